"""Catalogue files: a folder of CSV sheets, read and written whole. All or nothing; each fault names its place."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.errors import BadInput
from csr_desk.durable import write_file
from csr_desk.services.catalogue_export import sheet_rows
from csr_desk.services.catalogue_rows import read_catalogue
from csr_desk.services.catalogue_sheets import (
    COLUMNS,
    Fault,
    Faults,
    FaultyCatalogue,
    Row,
    Sheet,
    cell_faults,
    check_columns,
    guard,
    unguard,
)
from csr_desk.services.files_read import CSV_LIMIT, LARGEST_TABLE, LONGEST_CELL, decoded, read_bounded, table_rows

__all__ = ["Fault", "FaultyCatalogue", "load_files", "load_folder", "save_folder"]


def load_folder(folder: Path) -> Catalogue:
    """Read a catalogue from its CSV folder; raise FaultyCatalogue with every fault, and take over nothing then."""
    faults = Faults()
    files: dict[str, bytes] = {}
    for name in COLUMNS:
        path = folder / f"{name}.csv"
        if path.exists():
            try:
                files[path.name] = read_bounded(path, LARGEST_TABLE)
            except BadInput as refusal:
                faults.append(Fault(path.name, 0, "", refusal.message))
    if faults:
        raise FaultyCatalogue(faults)
    return load_files(files)


def load_files(files: Mapping[str, bytes], *, kept: bool = False) -> Catalogue:
    """Read a catalogue from the contents of its CSV files, by file name; raise FaultyCatalogue with every fault.

    ``kept`` is one that was taken over before: an office opens with it, whatever its cells would be asked today.
    """
    faults = Faults()
    sheets = {name: _read_csv(files.get(f"{name}.csv"), name, faults, kept=kept) for name in COLUMNS}
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


def _read_csv(content: bytes | None, name: str, faults: list[Fault], *, kept: bool) -> Sheet:
    file = f"{name}.csv"
    if content is None:
        faults.append(Fault(file, 0, "", "This file is missing."))
        return Sheet(name, file, ())
    rows: list[tuple[int, Row]] = []
    try:
        lines = table_rows(decoded(content), CSV_LIMIT if kept else LONGEST_CELL)
        _, header = next(lines, (1, []))
        check_columns(name, file, header, faults)
        for number, cells in lines:
            if not any(cells):
                continue
            if len(cells) > len(header):
                faults.append(Fault(file, number, "", "This row has more cells than there are columns."))
            row = _row(header, cells)
            rows.append((number, row))
            if not kept:
                faults.extend(cell_faults(file, number, row))
    except BadInput as refusal:
        faults.append(Fault(file, 0, "", refusal.message))
    return Sheet(name, file, tuple(rows))


def _row(header: list[str], cells: list[str]) -> Mapping[str, str]:
    return {column: unguard(text.strip(), column) for column, text in zip(header, cells, strict=False) if text}
