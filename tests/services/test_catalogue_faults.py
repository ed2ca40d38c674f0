from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from csr_desk import locations
from csr_desk.services.catalogue_exchange import import_catalogue
from csr_desk.services.catalogue_sheets import COLUMNS, Fault, FaultyCatalogue

DEMO_FOLDER = locations.resources() / "demo" / "catalogue"

Edit = Callable[[list[dict[str, str]]], object]


def faults_of(path: Path) -> list[Fault]:
    with pytest.raises(FaultyCatalogue) as refused:
        import_catalogue(path)
    return list(refused.value.faults)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = tmp_path / "catalogue"
    shutil.copytree(DEMO_FOLDER, copied)
    return copied


def edit(folder: Path, sheet: str, change: Edit) -> None:
    path = folder / f"{sheet}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    change(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS[sheet])
        writer.writeheader()
        writer.writerows(rows)


def put(code: str, column: str, text: str, **where: str) -> Edit:
    """Change one cell of the first row of an item (that also has the other cells given)."""

    def change(rows: list[dict[str, str]]) -> None:
        row = next(row for row in rows if row["item"] == code and where.items() <= row.items())
        row[column] = text

    return change


def drop(code: str) -> Edit:
    """Take every row of an item away."""

    def change(rows: list[dict[str, str]]) -> None:
        rows[:] = [row for row in rows if row["item"] != code]

    return change


@pytest.mark.parametrize(
    ("sheet", "change", "column", "sentence"),
    [
        ("price_steps", put("ALM-RES", "amount", "$9.00 including sales tax"), "amount", "not a number"),
        ("price_steps", put("ALM-RES", "amount", ""), "amount", "An amount is missing"),
        ("price_steps", put("ALM-RES", "amount", "1e3"), "amount", "not a number"),
        ("price_steps", put("ALM-RES", "kind", "formula"), "kind", "“formula” is not a kind of step"),
        ("price_steps", put("ALM-RES", "step", ""), "step", "needs its number"),
        ("price_steps", put("ALM-RES", "step", "1.5"), "step", "not a whole number"),
        ("price_steps", put("ALM-RES", "item", "ALM-RESX"), "item", "no version of “ALM-RESX”"),
        ("price_steps", put("REC-COPY", "inputs", ""), "inputs", "Name the input"),
        ("price_steps", put("REC-COPY", "inputs", "pgs"), "ALM", ""),
        ("price_steps", put("REC-COPY", "increment", "0"), "increment", "more than 0"),
        ("price_steps", put("REC-COPY", "joining", "maybe"), "joining", "not one of: add, or greater, or less"),
        ("price_steps", put("REC-COPY", "when_over", "5"), "when_inputs", "needs the input"),
        ("price_steps", put("REC-COPY", "when_inputs", "pages"), "when_is", "limits or words"),
        ("price_steps", put("BLD-STRUCT", "inputs", "a; b"), "inputs", "exactly one input"),
        ("price_steps", put("SWM-DUMP", "inputs", "a; b; c"), "inputs", "at most 2 inputs"),
        ("price_steps", put("VFH-TAXI", "count", "", kind="instalment"), "count", "how many instalments"),
        ("price_steps", put("ARA-COINOP", "count", "-1", kind="prorate"), "count", "more than 0"),
        ("price_steps", put("ALM-RES", "kind", "bracket"), "kind", "needs rows in the price table"),
        ("price_table", put("BLD-STRUCT", "step", "7"), "step", "no step of this number"),
        ("price_table", put("BLD-STRUCT", "row", "2"), "row", "The number 2 stands there twice"),
        ("price_table", put("SWM-DUMP", "key_1", ""), "key_1", "must not be empty"),
        ("versions", put("ALM-RES", "effective_from", "01.01.2011"), "effective_from", "not a date"),
        ("versions", put("ALM-RES", "effective_to", "2010-01-01"), "effective_to", "is before 2011-01-01"),
        ("versions", put("ALM-RES", "minimum", "ninety"), "minimum", "is not an amount"),
        ("versions", put("ALM-RES", "admin_fee", "auto:>50.00"), "admin_fee", "not one of: auto"),
        ("versions", put("ALM-RES", "tax", "added"), "tax_item", "names the item"),
        ("versions", put("PRK-LAKE", "tax_rate", ""), "tax_rate", "the rate in percent"),
        ("versions", put("ALM-RES", "item", "ALM-XXX"), "item", "not among the items"),
        ("items", put("ALM-RES", "item", "ALM-NONRES"), "item", "stands there twice"),
        ("items", put("ALM-RES", "item", "alm-res"), "item", "capital letters"),
        ("items", put("ALM-RES", "name", ""), "name", "must not be empty"),
        ("items", put("ALM-RES", "active", "perhaps"), "active", "neither yes nor no"),
        ("inputs", put("ALM-RES", "kind", "choice"), "choices", "something to choose from"),
        ("inputs", put("ALM-RES", "multiple", "0"), "multiple", "more than 0"),
        ("shares", put("ALM-RES", "percent", "50", fixed="5.00"), "fixed", "a percentage, or fixed"),
        ("shares", put("ALM-RES", "gl", ""), "gl", "must not be empty"),
        ("catalogue", lambda rows: rows.append(rows[0]), "", "exactly one row"),
        ("catalogue", lambda rows: rows[0].update(name=""), "name", "must not be empty"),
    ],
)  # fmt: skip
def test_a_fault_names_file_row_column_and_reason_and_nothing_is_taken_in(
    folder: Path, sheet: str, change: Edit, column: str, sentence: str
) -> None:
    edit(folder, sheet, change)
    found = faults_of(folder)
    if not sentence:  # the cells can be read, but the whole does not hold together
        assert any("the price goes by “pgs”, which is not asked for" in fault.sentence for fault in found)
        return
    fits = [fault for fault in found if fault.column == column and sentence in fault.sentence]
    assert fits, [str(fault) for fault in found]
    assert all(fault.file in {f"{sheet}.csv", sheet} for fault in fits)


def test_a_fault_stands_at_the_row_that_a_spreadsheet_shows(folder: Path) -> None:
    edit(folder, "items", lambda rows: rows[4].update(name=""))
    (fault,) = faults_of(folder)
    assert str(fault) == "items.csv, row 6, name: This cell must not be empty."


def test_every_fault_is_told_at_once_and_the_message_names_the_first_five(folder: Path) -> None:
    edit(folder, "items", lambda rows: [row.update(department="") for row in rows])
    with pytest.raises(FaultyCatalogue, match="and 124 more") as refused:
        import_catalogue(folder)
    assert len(refused.value.faults) == 129


def test_a_version_without_price_steps_is_a_fault(folder: Path) -> None:
    edit(folder, "price_steps", drop("ALM-RES"))
    (fault,) = faults_of(folder)
    assert fault.sentence == "This version has no price steps. Something free has one flat step of 0.00."


def test_two_versions_from_one_day_and_an_item_without_any_are_faults(folder: Path) -> None:
    edit(folder, "versions", lambda rows: rows.append(next(row for row in rows if row["item"] == "ALM-RES")))
    assert any("two versions from 2011-01-01" in fault.sentence for fault in faults_of(folder))
    edit(folder, "versions", drop("ALM-RES"))
    assert any("ALM-RES has no price" in fault.sentence for fault in faults_of(folder))


def test_missing_unknown_and_doubled_columns_are_faults(folder: Path) -> None:
    path = folder / "items.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("multi_group,active", "group,name", 1), encoding="utf-8")
    told = {(fault.row, fault.column, fault.sentence) for fault in faults_of(folder)}
    assert (1, "active", "This column is missing.") in told
    assert (1, "group", "This column is not known; remove it or correct its name.") in told
    assert (1, "name", "This column stands there twice.") in told


def test_a_missing_file_a_foreign_encoding_and_too_many_cells_are_faults(folder: Path) -> None:
    (folder / "companions.csv").unlink()
    (folder / "shares.csv").write_bytes("fund;Zürich".encode("latin-1"))
    with (folder / "items.csv").open("a", encoding="utf-8") as file:
        file.write("\n\nA,B,C,D,E,,,,,,yes,and more\n")
    told = [str(fault) for fault in faults_of(folder)]
    assert "companions.csv: This file is missing." in told
    assert "shares.csv: This file is not UTF-8. Save it as “CSV UTF-8” and try again." in told
    assert "items.csv, row 133: This row has more cells than there are columns." in told


def test_what_is_neither_a_folder_nor_a_workbook_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_text("x")
    assert "neither a folder" in str(faults_of(tmp_path / "x.txt")[0])
    (tmp_path / "x.xlsx").write_text("x")
    assert "cannot be opened as a workbook" in str(faults_of(tmp_path / "x.xlsx")[0])
    assert "cannot be read: No such file" in str(faults_of(tmp_path / "none.xlsx")[0])
