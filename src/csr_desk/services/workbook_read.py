"""A workbook read row by row, whatever it holds: its outer shape was looked over before (``workbook_parts``)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from csr_desk.domain.errors import BadInput
from csr_desk.services.files_read import LONGEST_CELL, MOST_COLUMNS, MOST_ROWS
from csr_desk.services.workbook_parts import NOT_A_WORKBOOK

MOST_PLACES = 30
"""Powers of ten of a number in a cell; more is no price."""


def opened(content: bytes) -> Workbook:
    """Open a workbook that is read row by row, so that no cell far out makes room for all before it; raise BadInput."""
    try:
        return load_workbook(BytesIO(content), read_only=True, keep_links=False)
    except Exception as fault:  # the library lets through whatever a broken part makes it stumble over
        raise BadInput(NOT_A_WORKBOOK) from fault


def cell_rows(sheet: Any, most: int = MOST_ROWS) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a sheet; raise BadInput beyond the limits of a table, and for a sheet that cannot be read."""
    for number, cells in enumerate(_parsed_rows(sheet), start=1):
        if number > most:
            raise BadInput(f"The sheet {sheet.title} has more than {most:,} rows.")
        if len(cells) > MOST_COLUMNS and cells[MOST_COLUMNS].value is not None:
            raise BadInput(f"The sheet {sheet.title} has more than {MOST_COLUMNS} columns.")
        yield cells


def _parsed_rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    try:
        yield from sheet.iter_rows(max_col=MOST_COLUMNS + 1)
    except Exception as fault:  # as in opened: a sheet is parsed only when its rows are asked for
        raise BadInput(NOT_A_WORKBOOK) from fault


def number_text(value: object) -> str:
    """Write a number of a workbook without an exponent; one that would fill the memory stays as it is written."""
    text = str(value)[:LONGEST_CELL]
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number:f}" if number.is_finite() and abs(number.adjusted()) < MOST_PLACES else text
