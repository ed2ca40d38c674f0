"""A licence read by a 2-D scanner comes as keys, with line ends between its elements: told from typing by its speed.

Pure: characters and times in milliseconds in, what to do with each key out. The payload begins with ``@`` (AAMVA);
a person who keys the ``@`` of an e-mail address needs longer for the letter after it than a scanner.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

BEGINS = "@"
MARK = "\ufeff"
"""A byte order mark, which some scanners send in front; nobody types it."""


class Key(StrEnum):
    """What a key meant."""

    TYPED = "typed"
    """A key for whatever has the focus."""
    BEGAN = "began"
    """The second key of a card: the one before it was no typing either, and is to be taken back."""
    HELD = "held"
    """A key of the card."""


@dataclass(slots=True)
class CardReader:
    """Listens to one keyboard. Times in milliseconds from any clock that does not run backwards."""

    fastest_typist_ms: int = 35
    """Characters closer together than this come from a scanner (a very fast typist needs 60)."""
    reading: bool = False
    """A card is coming in; it ends when no key has come for a while."""
    _text: list[str] = field(default_factory=list)
    _began: bool = False
    _last_ms: int | None = None

    def expects(self, at_ms: int) -> bool:
        """Say whether a key at this time belongs to a card, whatever it is."""
        return self.reading or (self._began and self._quick(at_ms))

    def key(self, char: str, at_ms: int) -> Key:
        """Take one character with the time of its key press."""
        if self.reading:
            self._text.append(char)
            return Key.HELD
        quick = self._quick(at_ms)
        self._last_ms = at_ms
        if self._began and quick:
            self.reading, self._began = True, False
            self._text = [BEGINS, char]
            return Key.BEGAN
        if char != MARK:
            self._began = char == BEGINS and not quick
        else:
            self._last_ms = None
        return Key.TYPED

    def take(self) -> str:
        """Give the whole text that came in, and listen for the next one."""
        text = "".join(self._text)
        self._text.clear()
        self.reading = self._began = False
        self._last_ms = None
        return text

    def _quick(self, at_ms: int) -> bool:
        return self._last_ms is not None and 0 <= at_ms - self._last_ms <= self.fastest_typist_ms
