"""Taking a catalogue in and giving it out, whichever form its files have; nothing faulty is ever taken in."""

from __future__ import annotations

from pathlib import Path

from csr_desk.domain.catalogue import Catalogue
from csr_desk.services.catalogue_check import check
from csr_desk.services.catalogue_files import load_folder, save_folder
from csr_desk.services.catalogue_sheets import Fault, FaultyCatalogue
from csr_desk.services.catalogue_workbook import load_workbook_file, save_workbook_file

WORKBOOK = ".xlsx"


def load_catalogue(path: Path) -> Catalogue:
    """Read a CSV folder or a workbook; raise FaultyCatalogue with every fault of its cells."""
    if path.suffix.casefold() == WORKBOOK:
        return load_workbook_file(path)
    if not path.is_dir():
        raise FaultyCatalogue([Fault(path.name, 0, "", "This is neither a folder of CSV files nor an XLSX workbook.")])
    return load_folder(path)


def import_catalogue(path: Path) -> Catalogue:
    """Read and check a catalogue; raise FaultyCatalogue when a cell or the whole does not hold together."""
    catalogue = load_catalogue(path)
    errors = [finding for finding in check(catalogue) if finding.is_error]
    if errors:
        raise FaultyCatalogue([Fault(found.where, 0, found.item, found.sentence) for found in errors])
    return catalogue


def export_catalogue(catalogue: Catalogue, path: Path) -> None:
    """Write a workbook when the name ends in .xlsx, else a folder of CSV files."""
    if path.suffix.casefold() == WORKBOOK:
        save_workbook_file(catalogue, path)
    else:
        save_folder(catalogue, path)
