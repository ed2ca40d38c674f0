"""Books of paper receipts for the day when nothing works: each number is entered later or void (A25, control 12)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.errors import BadInput, CardNumberRefused
from csr_desk.domain.receipt import Office

MOST_NUMBERS = 1000
"""Numbers of one book."""
HIGHEST_NUMBER = 9_999_999
_BOOK = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,19}", re.ASCII)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A number of a book that is accounted for."""

    number: int
    state: str
    """``entered`` or ``void``."""
    written: date | None
    entered: date
    """Business date of the entry."""
    receipt: str
    """The receipt of the program; empty where void."""
    late: bool
    reason: str
    """Why it is void."""


@dataclass(frozen=True, slots=True)
class ReceiptBook:
    """A book of paper receipts with what became of its numbers."""

    office: Office
    book: str
    first: int
    last: int
    holder: str
    holder_name: str
    issued_on: date
    issued_by: str
    returned_on: date | None
    returned_by: str
    rows: tuple[PaperRow, ...]
    explained: Mapping[int, str]
    """Numbers that were missing when the book came back, with the reason that was accepted."""

    @property
    def returned(self) -> bool:
        """Whether the book came back."""
        return self.returned_on is not None

    @property
    def open_numbers(self) -> tuple[int, ...]:
        """Numbers neither entered nor void: still blank in the hands of the holder, or missing."""
        return open_numbers(self.first, self.last, (row.number for row in self.rows))

    @property
    def gaps(self) -> tuple[int, ...]:
        """Open numbers below the highest that was used: receipts are written in order, so these are missing."""
        used = max((row.number for row in self.rows), default=0)
        return tuple(number for number in self.open_numbers if number < used)

    @property
    def late(self) -> int:
        """How many were entered after their time."""
        return sum(row.late for row in self.rows)


def check_book(book: str, first: int, last: int) -> None:
    """Raise BadInput for a book that cannot be, CardNumberRefused for a name that is a card's number."""
    if find_card_number(book):
        raise CardNumberRefused(field="book")
    if not _BOOK.fullmatch(book):
        raise BadInput("A book is named by letters, figures and dashes, 20 at most.", field="book")
    if not 1 <= first <= last <= HIGHEST_NUMBER:
        raise BadInput("A book runs from its first number to its last.", field="last")
    if last - first >= MOST_NUMBERS:
        raise BadInput(f"A book has at most {MOST_NUMBERS:,} numbers.", field="last")


def open_numbers(first: int, last: int, done: Iterable[int]) -> tuple[int, ...]:
    """Return the numbers of a book that are not accounted for."""
    known = set(done)
    return tuple(number for number in range(first, last + 1) if number not in known)


def number_words(numbers: Iterable[int]) -> str:
    """Write numbers with runs drawn together: ``1001–1003, 1007``."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{low}" if low == high else f"{low}–{high}" for low, high in runs)
