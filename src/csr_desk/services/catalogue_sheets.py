"""The spreadsheet form of a catalogue: which sheets there are and which columns each has, and the faults in them.

A sheet is ``<name>.csv`` in a folder or a sheet of that name in one workbook. Everything is plain columns that a
finance clerk can edit: no JSON, no formulas. Amounts are dollars, percentages are percent, dates are ISO.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias, TypeVar

from csr_desk.domain.errors import BadInput, Refusal
from csr_desk.domain.money import Cents, parse_cents
from csr_desk.domain.pricing import read_day, read_number
from csr_desk.services.files_read import cell_fault
from csr_desk.services.spreadsheet_text import runs_as_formula

Row: TypeAlias = Mapping[str, str]
Choice = TypeVar("Choice", bound=StrEnum)
Read = TypeVar("Read")

WHEN = ("when_inputs", "when_over", "when_upto", "when_is")
AND = ("and_inputs", "and_over", "and_upto", "and_is")
VERSION_KEY = ("item", "effective_from")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "catalogue": ("name", "label", "demonstration"),
    "items": (
        "item", "name", "department", "division", "category", "use", "permit", "tenders", "fee_on_tenders",
        "multi_group", "active",
    ),
    "versions": (
        *VERSION_KEY, "effective_to", "name", "authority", "unit", "price_basis", "minimum", "maximum", "admin_fee",
        "tax", "tax_code", "tax_item", "tax_rate", "refund", "refund_percent", "refund_words", "waivable", "document",
        "validity", "late_rule", "source", "note", "refund_over",
    ),
    "price_steps": (
        *VERSION_KEY, "step", "kind", "label", "amount", "percent", "inputs", "included", "increment", "parts", "upto",
        "per", "of_item", "count", "least", "most", "joining", *WHEN, *AND,
    ),
    "price_table": (*VERSION_KEY, "step", "row", "key_1", "key_2", "over", "upto", "amount", "rate"),
    "inputs": (
        *VERSION_KEY, "order", "input", "label", "kind", "required", "prices", "counts", "least", "most", "decimals",
        "multiple", "pattern", "min_length", "max_length", "entries", "choices", "also_called", "worked_out",
        "from_inputs", "example", "help",
    ),
    "shares": (*VERSION_KEY, "order", "fund", "cost_center", "gl", "internal_order", "percent", "fixed"),
    "companions": (*VERSION_KEY, "order", "companion", *WHEN),
}  # fmt: skip
"""The sheets in the order in which they are written, and their columns."""

OPTIONAL_COLUMNS: Mapping[str, frozenset[str]] = {"versions": frozenset({"refund_over"})}
"""Columns that came later: a file without them is as good as one where they are empty."""

NUMBER_COLUMNS = frozenset({
    "minimum", "maximum", "tax_rate", "refund_percent", "step", "amount", "percent", "included", "increment", "upto",
    "count", "least", "most", "when_over", "when_upto", "and_over", "and_upto", "row", "over", "rate", "order",
    "decimals", "multiple", "min_length", "max_length", "entries", "fixed", "refund_over",
})  # fmt: skip
"""Columns of numbers: written as numbers into a workbook and never guarded as text."""

DATE_COLUMNS = frozenset({"effective_from", "effective_to"})
"""Columns of dates: ISO in CSV, true dates in a workbook."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file: where it stands and a sentence for the person who can mend it."""

    file: str
    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = ", ".join(part for part in (self.file, f"row {self.row}" if self.row else "", self.column) if part)
        return f"{place}: {self.sentence}"


MOST_FAULTS = 1_000
"""Faults that are told; a table that is wrong throughout has one in each cell, and nobody reads on from here."""


class Faults(list[Fault]):
    """The faults of a file as they are found; those beyond the first thousand are not kept."""

    def append(self, fault: Fault, /) -> None:
        """Keep a fault while there is room."""
        if len(self) < MOST_FAULTS:
            super().append(fault)

    def extend(self, faults: Iterable[Fault], /) -> None:
        """Keep as many as there is room for."""
        for fault in faults:
            self.append(fault)


class FaultyCatalogue(Refusal):
    """The catalogue files have faults; nothing was taken over."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep every fault; the message names the first ones."""
        self.faults = tuple(faults)
        shown = "; ".join(str(fault) for fault in self.faults[:5])
        more = f"; and {len(self.faults) - 5} more" if len(self.faults) > 5 else ""  # noqa: PLR2004 - as shown above
        super().__init__(f"The catalogue was not taken over: {shown}{more}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet as text, with the name to quote in a fault; ``rows`` pairs the row number with cells."""

    name: str
    file: str
    rows: tuple[tuple[int, Row], ...]


@dataclass(slots=True)
class RowReader:
    """Reads the cells of one row; what cannot be read becomes a fault and a harmless stand-in."""

    file: str
    place: int
    cells: Row
    faults: list[Fault] = field(repr=False)

    def fault(self, column: str, sentence: str) -> None:
        """Note a fault of this row."""
        self.faults.append(Fault(self.file, self.place, column, sentence))

    def text(self, column: str) -> str:
        """Return the text of a cell."""
        return self.cells.get(column, "")

    def needed(self, column: str) -> str:
        """Return the text of a cell that must not be empty."""
        found = self.text(column)
        if not found:
            self.fault(column, "This cell must not be empty.")
        return found

    def words(self, column: str) -> tuple[str, ...]:
        """Return the parts of a cell that lists several things, separated by semicolons."""
        found = self.text(column)
        return tuple(part.strip() for part in found.split(";") if part.strip()) if found else ()

    def decimal(self, column: str) -> Decimal | None:
        """Return an exact number, or nothing from an empty cell."""
        return self._read(column, _signed)

    def number(self, column: str, default: Decimal) -> Decimal:
        """Return an exact number, or the default from an empty cell."""
        found = self.decimal(column)
        return default if found is None else found

    def amount(self, column: str) -> Decimal:
        """Return dollars or a rate; an empty cell is a fault."""
        found = self.decimal(column)
        if found is None and not self.text(column):
            self.fault(column, "An amount is missing.")
        return found or Decimal(0)

    def cents(self, column: str) -> Cents | None:
        """Return dollars and cents in cents, or nothing from an empty cell."""
        return self._read(column, parse_cents)

    def whole(self, column: str) -> int | None:
        """Return a whole number, or nothing from an empty cell."""
        found = self.decimal(column)
        if found is None:
            return None
        if found != int(found):
            self.fault(column, f"“{self.text(column)}” is not a whole number.")
        return int(found)

    def day(self, column: str) -> date | None:
        """Return a date, or nothing from an empty cell."""
        return self._read(column, read_day)

    def yes(self, column: str) -> bool:
        """Return whether the cell says yes; anything but yes, no or nothing is a fault."""
        found = self.text(column).casefold()
        if found not in {"", "yes", "no"}:
            self.fault(column, f"“{self.text(column)}” is neither yes nor no.")
        return found == "yes"

    def choice(self, column: str, kind: type[Choice], default: Choice) -> Choice:
        """Return one of a fixed set of words."""
        found = self.text(column)
        if not found:
            return default
        try:
            return kind(found.casefold())
        except ValueError:
            allowed = ", ".join(one.value for one in kind)
            self.fault(column, f"“{found}” is not one of: {allowed}.")
            return default

    def _read(self, column: str, reader: Callable[[str], Read]) -> Read | None:
        found = self.text(column)
        if not found:
            return None
        try:
            return reader(found)
        except BadInput as refusal:
            self.fault(column, refusal.message)
            return None


def _signed(text: str) -> Decimal:
    return -read_number(text[1:]) if text.startswith("-") else read_number(text)


def guard(text: str, column: str) -> str:
    """Put an apostrophe before text that a spreadsheet would run as a formula; numbers are left alone."""
    if column not in NUMBER_COLUMNS and (runs_as_formula(text) or text.startswith("'")):
        return f"'{text}"
    return text


def unguard(text: str, column: str) -> str:
    """Take the apostrophe of ``guard`` away again."""
    if column in NUMBER_COLUMNS or not text.startswith("'"):
        return text
    return text[1:]


def cell_faults(file: str, row: int, cells: Row) -> Iterator[Fault]:
    """Yield a fault for each cell whose text may not be kept."""
    for column, text in cells.items():
        if said := cell_fault(text):
            yield Fault(file, row, column, said)


def check_columns(name: str, file: str, header: Iterable[str], faults: list[Fault]) -> None:
    """Note every missing, doubled and unknown column of a sheet."""
    found = list(header)
    needed = [column for column in COLUMNS[name] if column not in OPTIONAL_COLUMNS.get(name, frozenset())]
    missing = (column for column in needed if column not in found)
    faults.extend(Fault(file, 1, column, "This column is missing.") for column in missing)
    for column in sorted(set(found)):
        if column not in COLUMNS[name]:
            faults.append(Fault(file, 1, column, "This column is not known; remove it or correct its name."))
        if found.count(column) > 1:
            faults.append(Fault(file, 1, column, "This column stands there twice."))
