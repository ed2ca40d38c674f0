"""Catalogue files: a folder of CSV sheets, read and written whole. All or nothing; each fault names its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from csr_desk.domain.catalogue import Catalogue
from csr_desk.services.catalogue_export import sheet_rows
from csr_desk.services.catalogue_rows import read_catalogue
from csr_desk.services.catalogue_sheets import (
    COLUMNS,
    Fault,
    FaultyCatalogue,
    Row,
    Sheet,
    check_columns,
    guard,
    unguard,
)
from csr_desk.services.files import write_file

__all__ = ["Fault", "FaultyCatalogue", "load_files", "load_folder", "save_folder"]


def load_folder(folder: Path) -> Catalogue:
    """Read a catalogue from its CSV folder; raise FaultyCatalogue with every fault, and take over nothing then."""
    paths = [folder / f"{name}.csv" for name in COLUMNS]
    return load_files({path.name: path.read_bytes() for path in paths if path.exists()})


def load_files(files: Mapping[str, bytes]) -> Catalogue:
    """Read a catalogue from the contents of its CSV files, by file name; raise FaultyCatalogue with every fault."""
    faults: list[Fault] = []
    sheets = {name: _read_csv(files.get(f"{name}.csv"), name, faults) for name in COLUMNS}
    return read_catalogue(sheets, faults)


def save_folder(catalogue: Catalogue, folder: Path) -> None:
    """Write a catalogue as a CSV folder (UTF-8 with a mark, so that spreadsheets read the accents).

    Each file is there whole or not at all; raises OSError.
    """
    for name, rows in sheet_rows(catalogue).items():
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(COLUMNS[name])
        for cells in rows:
            writer.writerow([guard(cells.get(column, ""), column) for column in COLUMNS[name]])
        write_file(folder / f"{name}.csv", text.getvalue().encode("utf-8-sig"))


def _read_csv(content: bytes | None, name: str, faults: list[Fault]) -> Sheet:
    file = f"{name}.csv"
    if content is None:
        faults.append(Fault(file, 0, "", "This file is missing."))
        return Sheet(name, file, ())
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        faults.append(Fault(file, 0, "", "This file is not UTF-8. Save it as “CSV UTF-8” and try again."))
        return Sheet(name, file, ())
    lines = csv.reader(io.StringIO(text, newline=""))
    header = next(lines, [])
    check_columns(name, file, header, faults)
    rows: list[tuple[int, Row]] = []
    for number, cells in enumerate(lines, start=2):
        if not any(cells):
            continue
        if len(cells) > len(header):
            faults.append(Fault(file, number, "", "This row has more cells than there are columns."))
        rows.append((number, _row(header, cells)))
    return Sheet(name, file, tuple(rows))


def _row(header: list[str], cells: list[str]) -> Mapping[str, str]:
    return {column: unguard(text.strip(), column) for column, text in zip(header, cells, strict=False) if text}
