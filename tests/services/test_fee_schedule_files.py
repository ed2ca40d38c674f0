from __future__ import annotations

import os
from pathlib import Path

import pytest

from csr_desk.domain.catalogue import Share
from csr_desk.services.catalogue_check import check
from csr_desk.services.catalogue_exchange import export_catalogue, load_catalogue
from csr_desk.services.catalogue_sheets import FaultyCatalogue
from csr_desk.services.fee_schedule_files import Schedule, amount_doubt, read_schedule

POSTING = Share("9999", "9999999999", "999999")
HEADER = "row,dept_inferred,category,description,statutory_authority,amount_text,as_of\n"
CLEAN = "7,Health (HHD),Food,Required reinspection,20-20(g),$106.52,2023-01-01\n"


def read(tmp_path: Path, *rows: str, header: str = HEADER) -> Schedule:
    path = tmp_path / "schedule.csv"
    path.write_text(header + "".join(rows), encoding="utf-8")
    return read_schedule(path, POSTING)


def reasons(tmp_path: Path, row: str) -> list[str]:
    schedule = read(tmp_path, row)
    assert not schedule.catalogue.items
    return [f"{fault.row} {fault.column}: {fault.sentence}" for fault in schedule.doubtful]


def test_a_clean_row_becomes_a_flat_item_in_force_since_its_date(tmp_path: Path) -> None:
    schedule = read(tmp_path, CLEAN)
    (item,) = schedule.catalogue.items.values()
    version = item.versions[0]
    assert (item.name, item.department, item.category) == ("Required reinspection", "Health (HHD)", "Food")
    assert (str(version.effective_from), version.authority, version.note) == (
        "2023-01-01",
        "20-20(g)",
        "Row 7 of the schedule.",
    )
    assert version.shares == (POSTING,)
    assert schedule.doubtful == ()
    assert not [finding for finding in check(schedule.catalogue) if finding.is_error]


def test_a_code_comes_from_what_the_row_says_and_not_from_where_it_stands(tmp_path: Path) -> None:
    other = "8,Finance,Æther,Something else,1-1,$5.00,2023-01-01\n"
    first, second = (set(read(tmp_path, *rows).catalogue.items) for rows in ((CLEAN, other), (other, CLEAN)))
    assert first == second
    assert sorted(code.rsplit("-", 1)[0] for code in first) == ["FIN-FEE", "HHD-FOOD"]
    changed = read(tmp_path, CLEAN.replace("106.52", "109.00")).catalogue.items
    assert set(changed) < first


@pytest.mark.parametrize("text", ["$25.00", "1,286.60", "$1,286", "0.10"])
def test_a_plain_amount_has_no_doubt(text: str) -> None:
    assert amount_doubt(text) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("$9.00 including sales tax", "holds tax"),
        ("0-3 hours $5.00 including tax", "holds tax"),
        ("$0.0042", "a rate finer or coarser than cents"),
        ("$3.5", "a rate finer or coarser than cents"),
        ("8% of gross receipts", "a percentage"),
        ("$20.00 - $75.00", "more than one amount"),
        ("75.00 MINIMUM", "more than one amount"),
        ("Calculation", "is not an amount"),
        ("No charge", "is not an amount"),
        ("-5.00", "more than one amount"),
        ("", "There is no amount"),
    ],
)
def test_an_amount_that_is_not_plain_is_never_read_as_if_it_were(text: str, reason: str) -> None:
    assert reason in amount_doubt(text)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (CLEAN.replace("2023-01-01", ""), "2 as_of: No date says since when this holds."),
        (
            CLEAN.replace("2023-01-01", "Calculation"),
            "2 as_of: “Calculation” is not a date. Say since when this holds.",
        ),
        (CLEAN.replace("Required reinspection", ""), "2 description: The fee has no description."),
        (CLEAN.replace("Required", "Occupations tax"), "2 description: The description speaks of tax"),
        (CLEAN.replace("Required", "MINIMUM"), "2 description: The description speaks of a minimum or maximum"),
        (CLEAN.replace("Required", "Each additional"), "2 description: The description speaks of a part that comes"),
        (
            CLEAN.replace("Required", "($0-$7000 valuation)"),
            "2 description: The description speaks of amounts of its own",
        ),
        (CLEAN.replace("Required", "[Double Fee]"), "2 description: The description speaks of a doubled fee"),
        (CLEAN.replace("Required", "First installment"), "2 description: The description speaks of instalments"),
        (CLEAN.replace("Required", "First 200 heads"), "2 description: The description speaks of tiers"),
        (CLEAN.replace("Required", "15% of"), "2 description: The description speaks of a percentage"),
        (CLEAN.replace("\n", ",one too many\n"), "2 : The row has more cells than there are columns."),
    ],
)
def test_a_doubtful_row_is_listed_with_its_row_column_and_reason(tmp_path: Path, row: str, reason: str) -> None:
    found = reasons(tmp_path, row)
    assert any(one.startswith(reason) for one in found), found


def test_the_same_fee_twice_is_for_a_person_to_decide(tmp_path: Path) -> None:
    schedule = read(tmp_path, CLEAN, CLEAN.replace("106.52", "106.53"))
    assert not schedule.catalogue.items
    assert (schedule.rows, schedule.doubtful_rows) == (2, 2)
    assert "more than once" in schedule.doubtful[0].sentence


def test_two_codes_that_would_be_alike_are_told_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csr_desk.services.fee_schedule_files.CODE_LETTERS", 0)
    rows = (CLEAN, CLEAN.replace("reinspection", "other"))
    assert len(read(tmp_path, *rows).catalogue.items) == 2


def test_a_schedule_without_department_and_row_is_read_as_citywide(tmp_path: Path) -> None:
    header = "category,description,statutory_authority,amount_text,as_of\n"
    schedule = read(tmp_path, "Records,Copy of a tape,2-96,$1.00,1/1/2012\n", header=header)
    (item,) = schedule.catalogue.items.values()
    assert (item.department, item.code[:11], item.versions[0].note) == ("Citywide", "CIT-RECORDS", "")


def test_a_file_without_its_columns_or_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyCatalogue) as refused:
        read(tmp_path, header="category,description\n")
    assert [fault.column for fault in refused.value.faults] == ["statutory_authority", "amount_text", "as_of"]
    (tmp_path / "latin.csv").write_bytes("Gebühr".encode("latin-1"))
    for name in ("latin.csv", "none.csv"):
        with pytest.raises(FaultyCatalogue, match=r"UTF-8|cannot be read"):
            read_schedule(tmp_path / name, POSTING)


def published() -> Path:
    root = Path(os.environ.get("CSR_DESK_SHARED") or Path(__file__).resolve().parents[3] / "shared")
    return root / "data" / "houston_fee_schedule" / "houston_fee_schedule_2023.csv"


@pytest.mark.skipif(not published().is_file(), reason="the published schedule is not at hand: see CSR_DESK_SHARED")
def test_no_row_of_the_published_schedule_is_dropped_and_none_is_guessed(tmp_path: Path) -> None:
    schedule = read_schedule(published(), POSTING)
    assert schedule.rows == 2308
    assert len(schedule.catalogue.items) + schedule.doubtful_rows == 2308
    assert len(schedule.catalogue.items) > 1000
    told = " ".join(fault.sentence for fault in schedule.doubtful)
    for trap in ("$9.00 including sales tax", "75.00 MINIMUM", "$20.00 - $75.00", "8% of gross receipts", "$0.0042"):
        assert f"“{trap}”" in told
    export_catalogue(schedule.catalogue, tmp_path / "catalogue")
    assert load_catalogue(tmp_path / "catalogue") == schedule.catalogue
