"""The cells of a file read as fields: every fault is noted with its row and column, none ends the reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from csr_desk.domain.card_numbers import SHORTEST, find_card_number
from csr_desk.domain.errors import BadInput
from csr_desk.domain.import_columns import (
    COLUMNS,
    CellKind,
    ColumnMapping,
    ImportColumn,
    ImportKind,
    folded,
    lacking,
)
from csr_desk.domain.money import parse_cents
from csr_desk.services.catalogue_sheets import Fault
from csr_desk.services.clock import FIRST_YEAR, LAST_YEAR
from csr_desk.services.files_read import cell_fault

Value: TypeAlias = str | int | None
Fields: TypeAlias = dict[str, Value]

MOST_FAULTS = 10_000
"""Faults that are kept with their rows; those beyond are counted."""
MOST_PRIORITY = 9_999
LONGEST_NUMBER, LONGEST_WORDS = 40, 120
"""Characters, where a field says nothing of its own."""

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]*", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?", re.ASCII)
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_COUNT = re.compile(r"\d{1,4}", re.ASCII)
_FLAGS = {"yes": 1, "y": 1, "true": 1, "1": 1, "x": 1, "no": 0, "n": 0, "false": 0, "0": 0}
_REMEMBERED = 1_000
_UNKEPT = "This cell holds characters that cannot be kept."
_CARD = "This looks like a card number. Never keep one; take it out."


@dataclass(slots=True)
class FaultList:
    """What is wrong with a file, row by row."""

    file: str
    kept: list[Fault] = field(default_factory=list)
    total: int = 0

    def by_row(self) -> tuple[Fault, ...]:
        """Return those that are kept, as they stand in the file."""
        return tuple(sorted(self.kept, key=lambda fault: fault.row))

    def add(self, row: int, column: str, sentence: str) -> None:
        """Note a fault."""
        self.total += 1
        if len(self.kept) < MOST_FAULTS:
            self.kept.append(Fault(self.file, row, column, sentence))


class RowReader:
    """Reads the rows of one file under one mapping."""

    def __init__(self, kind: ImportKind, mapping: ColumnMapping, titles: Sequence[str], faults: FaultList) -> None:
        """Find the columns; what is missing or unknown is a fault of row 1."""
        self.faults = faults
        self.ready = True
        places = {folded(title): at for at, title in reversed(list(enumerate(titles)))}
        self._cells: list[tuple[ImportColumn, int, Callable[[str], Value]]] = []
        self._fixed: Fields = {}
        self._dates: dict[str, str | None] = {}
        for column in COLUMNS[kind]:
            if column.name in mapping.fixed:
                self._fix(column, mapping.fixed[column.name])
            elif column.name in mapping.columns:
                title = mapping.columns[column.name]
                if folded(title) in places:
                    self._cells.append((column, places[folded(title)], self._reader(column)))
                else:
                    self._unready(column.name, f"There is no column “{title[:60]}” in this file.")
        for name in lacking(kind, mapping):
            self._unready(name, "No column of this file is this field. Say which one is.")

    def read(self, row: int, cells: Sequence[str]) -> Fields | None:
        """Return the fields of a row, or None where something in it is wrong."""
        found = dict(self._fixed)
        sound = True
        width = len(cells)
        for column, at, reader in self._cells:
            text = cells[at].strip() if at < width else ""
            if not text:
                if column.needed:
                    self.faults.add(row, column.name, "This must not be empty.")
                    sound = False
                found[column.name] = None
                continue
            try:
                found[column.name] = reader(text)
            except ValueError as wrong:
                self.faults.add(row, column.name, str(wrong))
                sound = False
        return found if sound else None

    def _unready(self, name: str, sentence: str) -> None:
        self.faults.add(1, name, sentence)
        self.ready = False

    def _fix(self, column: ImportColumn, text: str) -> None:
        try:
            self._fixed[column.name] = self._reader(column)(text.strip())
        except ValueError as wrong:
            self._unready(column.name, f"“{text[:40]}” in every row: {wrong}")

    def _reader(self, column: ImportColumn) -> Callable[[str], Value]:
        readers: dict[CellKind, Callable[[str, ImportColumn], Value]] = {
            CellKind.NUMBER: _number,
            CellKind.MONEY: _money,
            CellKind.CHOICE: _choice,
            CellKind.COUNT: _count,
            CellKind.FLAG: _flag,
        }
        if column.kind is CellKind.DATE:
            return self._date
        if column.kind is CellKind.WORDS:
            return _Words(column)
        return lambda text, read=readers[column.kind]: read(text, column)  # type: ignore[misc]

    def _date(self, text: str) -> Value:
        """Read a date; a file has few of them, many times."""
        if text not in self._dates:
            self._dates[text] = _iso_of(text)
        found = self._dates[text]
        if found is None:
            raise ValueError(f"“{text[:40]}” is not a date. Write it like “2026-07-14” or “7/14/2026”.")
        return found


class _Words:
    """Reads words, and remembers those that were in order: a bill says the same as the thousand before it."""

    def __init__(self, column: ImportColumn) -> None:
        self._column = column
        self._good: set[str] = set()

    def __call__(self, text: str) -> Value:
        if text not in self._good:
            _words(text, self._column)
            if len(self._good) < _REMEMBERED:
                self._good.add(text)
        return text


def _iso_of(text: str) -> str | None:
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _US.fullmatch(text):
        month, day, year = match.groups()
    else:
        return None
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found.isoformat() if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _number(text: str, column: ImportColumn) -> Value:
    longest = column.longest or LONGEST_NUMBER
    if len(text) > longest or not _NUMBER.fullmatch(text):
        raise ValueError(f"A number is at most {longest} letters, digits, dots, slashes and hyphens.")
    if len(text) >= SHORTEST and find_card_number(text):
        raise ValueError(_CARD)
    return text


def _words(text: str, column: ImportColumn) -> Value:
    longest = column.longest or LONGEST_WORDS
    if len(text) > longest:
        raise ValueError(f"This has at most {longest} characters.")
    if len(text) >= SHORTEST or not text.isprintable():
        wrong = cell_fault(text)
        if wrong or any("\ud800" <= mark <= "\udfff" for mark in text):
            raise ValueError(wrong or _UNKEPT)
    return text


def _money(text: str, _column: ImportColumn) -> Value:
    try:
        cents = parse_cents(text)
    except BadInput as wrong:
        raise ValueError(wrong.message) from None
    if cents <= 0:
        raise ValueError("An amount is above zero.")
    return cents


def _choice(text: str, column: ImportColumn) -> Value:
    word = text.casefold()
    if word not in column.choices:
        raise ValueError(f"This is one of: {', '.join(column.choices)}.")
    return word


def _count(text: str, _column: ImportColumn) -> Value:
    if not _COUNT.fullmatch(text):
        raise ValueError(f"This is a whole number from 0 to {MOST_PRIORITY:,}.")
    return int(text)


def _flag(text: str, _column: ImportColumn) -> Value:
    if text.casefold() not in _FLAGS:
        raise ValueError("This is yes or no.")
    return _FLAGS[text.casefold()]
