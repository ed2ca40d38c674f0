"""The catalogue as one workbook (XLSX) with the same sheets and columns as the CSV folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.errors import BadInput
from csr_desk.durable import write_file
from csr_desk.services.catalogue_export import sheet_rows
from csr_desk.services.catalogue_rows import read_catalogue
from csr_desk.services.catalogue_sheets import (
    COLUMNS,
    DATE_COLUMNS,
    NUMBER_COLUMNS,
    Fault,
    Faults,
    FaultyCatalogue,
    Row,
    Sheet,
    cell_faults,
    check_columns,
)
from csr_desk.services.files_read import LONGEST_CELL, read_bounded
from csr_desk.services.workbook_parts import LARGEST_WORKBOOK, check_parts
from csr_desk.services.workbook_read import cell_rows, number_text, opened

WIDEST = 48


def load_workbook_file(path: Path) -> Catalogue:
    """Read a catalogue from a workbook; raise FaultyCatalogue with every fault, and take over nothing then."""
    faults = Faults()
    sheets: dict[str, Sheet] = {}
    try:
        content = read_bounded(path, LARGEST_WORKBOOK)
        check_parts(content)
        with closing(opened(content)) as book:
            sheets = {name: _read_sheet(book.worksheets, name, faults) for name in COLUMNS}
    except BadInput as refusal:
        raise FaultyCatalogue([Fault(path.name, 0, "", refusal.message)]) from refusal
    return read_catalogue(sheets, faults)


def save_workbook_file(catalogue: Catalogue, path: Path) -> None:
    """Write a catalogue as a workbook: numbers as numbers, dates as dates, text never as a formula; raises OSError."""
    book = Workbook()
    for at, (name, rows) in enumerate(sheet_rows(catalogue).items()):
        sheet = book.create_sheet(name, at)
        for column, title in enumerate(COLUMNS[name], start=1):
            sheet.cell(1, column, title).font = Font(bold=True)
        for number, cells in enumerate(rows, start=2):
            for column, title in enumerate(COLUMNS[name], start=1):
                if text := cells.get(title, ""):
                    _write(sheet.cell(number, column), title, text)
        _arrange(sheet)
    del book[book.sheetnames[-1]]  # the empty sheet that every new workbook starts with
    content = BytesIO()
    book.save(content)
    write_file(path, content.getvalue())


def _write(cell: Cell, title: str, text: str) -> None:
    if title in NUMBER_COLUMNS:
        cell.value = Decimal(text)
        places = len(text.partition(".")[2])
        cell.number_format = "0." + "0" * places if places else "0"
    elif title in DATE_COLUMNS:
        cell.value = date.fromisoformat(text)
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.value = text
        cell.data_type = "s"
        cell.number_format = "@"


def _arrange(sheet: Worksheet) -> None:
    sheet.freeze_panes = "A2"
    for at, column in enumerate(sheet.iter_cols(), start=1):
        widest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[get_column_letter(at)].width = min(widest + 2, WIDEST)


def _read_sheet(sheets: Sequence[Any], name: str, faults: list[Fault]) -> Sheet:
    sheet = next((one for one in sheets if one.title.strip().casefold() == name), None)
    if sheet is None:
        faults.append(Fault(name, 0, "", "This sheet is missing."))
        return Sheet(name, name, ())
    rows = cell_rows(sheet)
    header = [str(cell.value or "").strip() for cell in next(rows, ())]
    while header and not header[-1]:
        header.pop()
    check_columns(name, name, header, faults)
    return Sheet(name, name, tuple(_rows(name, header, rows, faults)))


def _rows(
    name: str, header: Sequence[str], rows: Iterator[tuple[Any, ...]], faults: list[Fault]
) -> Iterator[tuple[int, Row]]:
    for number, cells in enumerate(rows, start=2):
        read: Mapping[str, str] = {
            column: _text(Fault(name, number, column, ""), cell, faults)
            for column, cell in zip(header, cells, strict=False)
            if cell.value is not None
        }
        if any(read.values()):
            faults.extend(cell_faults(name, number, read))
            yield number, read


def _text(place: Fault, cell: Cell, faults: list[Fault]) -> str:
    value = cell.value
    sentence = ""
    if cell.data_type == "f":
        sentence = "This cell holds a formula. Key the value itself."
    elif cell.data_type == "e":
        sentence = f"This cell holds an error ({value})."
    elif isinstance(value, bool):
        return "yes" if value else "no"
    elif isinstance(value, datetime | date):
        if place.column in DATE_COLUMNS:
            return value.strftime("%Y-%m-%d")
        sentence = "This cell holds a date where there should be none. Format it as text and key it again."
    elif isinstance(value, str) and len(value) > LONGEST_CELL:
        sentence = f"This cell has more than {LONGEST_CELL:,} characters."
    elif isinstance(value, str):
        return value.strip()
    else:
        return number_text(value)
    faults.append(Fault(place.file, place.row, place.column, sentence))
    return ""
