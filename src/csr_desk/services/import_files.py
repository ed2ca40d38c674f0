"""A file of customers, accounts or bills as rows of text: CSV (UTF-8; commas, semicolons or tabs) or a workbook."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeAlias

from csr_desk.domain.errors import BadInput
from csr_desk.services.files_read import LARGEST_IMPORT, LONGEST_CELL, MOST_IMPORTED, decoded, read_bounded, table_rows
from csr_desk.services.workbook_parts import LARGEST_WORKBOOK, check_parts

TextRow: TypeAlias = tuple[int, list[str], str]
"""Row number in the file, its cells, and what is wrong with them already (a formula, an error), or nothing."""

LARGEST_UNPACKED = 400_000_000
"""Bytes of the parts of a workbook of bills; 100,000 bills have 40 MB."""
_WORKBOOKS = frozenset({".xlsx", ".xlsm"})
_BETWEEN = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file that was read whole and not parsed yet."""

    name: str
    content: bytes
    sha256: str

    @property
    def about(self) -> int:
        """About how many rows there are, for whoever waits; a workbook does not say before it is read."""
        return 0 if self.is_workbook else self.content.count(b"\n")

    @property
    def is_workbook(self) -> bool:
        """Whether it is an XLSX workbook rather than CSV text."""
        return Path(self.name).suffix.casefold() in _WORKBOOKS

    def rows(self) -> Iterator[TextRow]:
        """Yield the head and then the rows that hold anything; raise BadInput for what is no table."""
        return self._of_workbook() if self.is_workbook else self._of_text()

    def _of_text(self) -> Iterator[TextRow]:
        text = decoded(self.content)
        head = text[: text.find("\n") + 1 or len(text)]
        between = max(_BETWEEN, key=head.count)
        for number, cells in table_rows(text, most=MOST_IMPORTED, between=between):
            if any(cells):
                yield number, cells, ""

    def _of_workbook(self) -> Iterator[TextRow]:
        from csr_desk.services.workbook_read import cell_rows, opened  # noqa: PLC0415 - slow to load, seldom needed

        check_parts(self.content, LARGEST_UNPACKED)
        with closing(opened(self.content)) as book:
            if not book.worksheets:
                raise BadInput("This workbook has no sheet.")
            for number, cells in enumerate(cell_rows(book.worksheets[0], MOST_IMPORTED), start=1):
                row = _texts(cells)
                if any(row[0]):
                    yield number, *row


def read_import_file(path: Path) -> ImportFile:
    """Read a file within the limits; raise BadInput for what is no file or larger than any city needs."""
    workbook = path.suffix.casefold() in _WORKBOOKS
    content = read_bounded(path, LARGEST_WORKBOOK * 4 if workbook else LARGEST_IMPORT)
    return ImportFile(path.name, content, hashlib.sha256(content).hexdigest())


def _texts(cells: Sequence[Any]) -> tuple[list[str], str]:
    """Write a row of a workbook as text, and say what in it cannot be."""
    from csr_desk.services.workbook_read import number_text  # noqa: PLC0415 - as above

    texts: list[str] = []
    wrong = ""
    for cell in cells:
        value = cell.value
        text = ""
        if value is None:
            pass
        elif cell.data_type == "f":
            wrong = "This row holds a formula. Save the values only."
        elif cell.data_type == "e":
            wrong = f"This row holds an error ({value})."
        elif isinstance(value, bool):
            text = "yes" if value else "no"
        elif isinstance(value, datetime | date):
            text = value.strftime("%Y-%m-%d")
        elif isinstance(value, str):
            text = value.strip()
        else:
            text = number_text(value)
        if len(text) > LONGEST_CELL:
            wrong = f"This row has a cell of more than {LONGEST_CELL:,} characters."
            text = ""
        texts.append(text)
    while texts and not texts[-1]:
        texts.pop()
    return texts, wrong
