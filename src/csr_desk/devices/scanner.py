"""A barcode scanner types faster than anybody: tells its bursts from typing, so that one scan is one scan.

Pure: characters and times in milliseconds in, what they mean out. Scanners that end with CR and LF send two line
ends; the second must not finish the sale that the first one began, so it is swallowed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

_LINE_ENDS = frozenset("\r\n")


class Kind(StrEnum):
    """What a key meant."""

    TYPED = "typed"
    """A character for the field."""
    ENTER = "enter"
    """Enter pressed by a person."""
    SCAN = "scan"
    """The end of a scan: its text replaces the characters that its burst typed."""
    REPEATED = "repeated"
    """The same code once more, too soon to be meant."""
    SWALLOWED = "swallowed"
    """The second line end of a scan, or a control character: nothing to do."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a key meant; ``text`` is the character typed or the whole code scanned."""

    kind: Kind
    text: str = ""


@dataclass(slots=True)
class ScanReader:
    """Listens to one keyboard. Times in milliseconds from any clock that does not run backwards."""

    fastest_typist_ms: int = 35
    """Characters closer together than this come from a scanner (a very fast typist needs 60)."""
    shortest: int = 4
    """A burst shorter than this is two keys hit at once."""
    echo_ms: int = 120
    """A line end this soon after a scan is the scanner's second one."""
    repeat_ms: int = 700
    """The same code again within this time is the trigger bouncing."""
    _burst: list[str] = field(default_factory=list)
    _last_ms: int | None = None
    _scan: str = ""
    _scan_ms: int | None = None

    def key(self, char: str, at_ms: int) -> Heard:
        """Take one character with the time of its key press."""
        quick = self._last_ms is not None and 0 <= at_ms - self._last_ms <= self.fastest_typist_ms
        self._last_ms = at_ms
        if char in _LINE_ENDS:
            return self._line_end(at_ms, quick=quick)
        if not char.isprintable():
            return Heard(Kind.SWALLOWED)
        if not quick:
            self._burst.clear()
        self._burst.append(char)
        return Heard(Kind.TYPED, char)

    def _line_end(self, at_ms: int, *, quick: bool) -> Heard:
        burst = "".join(self._burst)
        self._burst.clear()
        if quick and len(burst) >= self.shortest:
            repeated = burst == self._scan and self._since_scan(at_ms) <= self.repeat_ms
            self._scan, self._scan_ms = burst, at_ms
            return Heard(Kind.REPEATED if repeated else Kind.SCAN, burst)
        if not burst and self._since_scan(at_ms) <= self.echo_ms:
            return Heard(Kind.SWALLOWED)
        return Heard(Kind.ENTER)

    def _since_scan(self, at_ms: int) -> int:
        """Milliseconds since the last scan ended; very many when there was none."""
        return at_ms - self._scan_ms if self._scan_ms is not None and at_ms >= self._scan_ms else self.repeat_ms + 1
