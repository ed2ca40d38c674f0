"""The GL journal and the ledger as beancount text: balanced, once, byte-identical, judged by a stranger."""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from csr_desk.data.queries import export_runs
from csr_desk.domain.errors import Conflict, Ineligible, NotFound, NotPermitted
from csr_desk.services import deposits, exports, policies
from csr_desk.services.desk import open_desk
from csr_desk.services.exports import ExportFile, ExportJournal
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.known_day import DAY, count_the_day, sell_the_day, whole_day

CASH, CHECKS, CARDS = "1000.9900010001.101010", "1000.9900010001.101020", "1000.9900010001.101030"


def export(city: City, key: str = "", day: date = DAY) -> ExportFile:
    command = ExportJournal(key or city.key(), day)
    return exports.gl_journal(city.desk, city.who("accountant1"), command).value


def rows_of(file: ExportFile) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8"), newline="")))


def account_of(row: dict[str, str]) -> str:
    parts = (row["fund"], row["cost_center"], row["gl"], row["internal_order"])
    return ".".join(part for part in parts if part)


def test_the_journal_of_a_closed_day_balances_and_holds_every_account(city: City) -> None:
    whole_day(city)
    file = export(city)
    rows = rows_of(file)
    debits = sum((Decimal(row["debit"]) for row in rows), Decimal(0))
    assert debits == sum((Decimal(row["credit"]) for row in rows), Decimal(0))
    assert (int(debits * 100), len(rows)) == (file.total, file.rows)
    assert {(row["business_date"], row["fiscal_year"], row["period"]) for row in rows} == {
        ("2026-07-14", "FY2027", "01")
    }
    assert file.name == "TRAINING-gl-HPC-2026-07-14.csv"
    assert file.sha256 == hashlib.sha256(file.content).hexdigest()
    sums: dict[str, Decimal] = {}
    for row in rows:
        account = account_of(row)
        sums[account] = sums.get(account, Decimal(0)) + Decimal(row["debit"]) - Decimal(row["credit"])
    # the drawers: 400.00 float in, 16.25 taken, 0.25 short, 416.00 out to the change fund and the bag
    assert sums[CASH] == 0
    assert sums[CHECKS] == 0
    assert sums["1000.9900010001.101005"] == 0
    assert sums["1000.9900010001.101050"] == Decimal("66.00")
    assert sums[CARDS] == Decimal("127.56")
    assert sums["1000.9900010001.101031"] == Decimal("2.93")
    assert sums["1000.9900010001.101040"] == Decimal("94.00")
    # card fee 2.93 and the nickel 0.01 are credits, 0.25 short is a debit: -2.93 - 0.01 + 0.25
    assert sums["1000.9900010001.434505"] == Decimal("-2.69")
    assert sums["2401.7000010001.421500"] == Decimal("-9.38")
    assert sums["1000.6500010020.422050"] == Decimal("-45.00")


def test_account_numbers_stay_text_and_figures_stay_figures(city: City) -> None:
    whole_day(city)
    for row in rows_of(export(city)):
        assert row["fund"].isdigit()
        assert len(row["cost_center"]) == 10
        assert not any(value.startswith("'") for value in row.values())
        assert (row["debit"] == "0.00") or (row["credit"] == "0.00") or (row["debit"] and row["credit"])


def test_a_journal_is_made_once_and_comes_again_byte_for_byte(city: City) -> None:
    whole_day(city)
    first = export(city, "first")
    assert not first.again
    # later acts, another policy and another station change nothing of it
    policies.set_policy(city.desk, city.who("admin1"), policies.SetPolicy(city.key(), {"tolerance": "5.00"}))
    city.at("2026-07-15T09:00")
    bag = deposits.deposits(city.desk, city.who("accountant1"), DAY, DAY)[0].deposit_id
    confirm = deposits.ConfirmDeposit(city.key(), bag, date(2026, 7, 15), 6500)
    deposits.confirm_deposit(city.desk, city.who("accountant1"), confirm)
    again = export(city, "second")
    assert again.again
    assert (again.content, again.sha256, again.rows, again.total) == (
        first.content,
        first.sha256,
        first.rows,
        first.total,
    )
    other = open_desk(city.url)
    try:
        elsewhere = exports.gl_journal(other, city.who("accountant1"), ExportJournal("third", DAY)).value
    finally:
        other.close()
    assert (elsewhere.content, elsewhere.again) == (first.content, True)
    assert verify_desk(city.desk).ok


def test_each_row_carries_the_head_of_the_ledger_at_the_close_and_later_acts_change_nothing_of_it(city: City) -> None:
    whole_day(city)
    rows = rows_of(export(city))
    assert list(rows[0])[-1] == "ledger_head"
    with city.desk.read() as work:
        closed = work.conn.exec_driver_sql("SELECT seq, mac FROM ledger_event WHERE kind = 'day_closed'").one()
    assert {row["ledger_head"] for row in rows} == {f"HPC:{closed.seq}:{bytes(closed.mac).hex()[:16]}"}


def test_an_export_of_an_earlier_release_comes_again_as_it_was(city: City) -> None:
    whole_day(city)
    with city.desk.begin() as work:
        first = {
            "export_id": "before", "kind": "gl", "business_date": DAY.isoformat(), "sha256": "0" * 64, "rows": 1,
            "total_minor": 0, "content": b"journal,business_date\r\n", "created_at": "", "created_by": "accountant1",
            "series_id": "HPC", "seq": 1,
        }  # fmt: skip
        export_runs.keep(work.conn, first)
    again = export(city)
    assert (again.content, again.again) == (b"journal,business_date\r\n", True)


def test_the_same_command_twice_leaves_one_trace_and_another_day_under_its_key_is_refused(city: City) -> None:
    whole_day(city)
    export(city, "once")
    before = verify_desk(city.desk).checked
    export(city, "once")
    assert verify_desk(city.desk).checked == before
    with pytest.raises((Conflict, NotFound)):
        export(city, "once", date(2026, 7, 13))


def test_an_open_day_and_a_day_without_business_are_not_exported(city: City) -> None:
    with pytest.raises(NotFound):
        export(city)
    batches = sell_the_day(city)
    with pytest.raises(Ineligible):
        export(city)
    count_the_day(city, batches)
    with pytest.raises(Ineligible):
        export(city)
    with pytest.raises(NotPermitted):
        exports.gl_journal(city.desk, city.who("supervisor1"), ExportJournal("no", DAY))


@pytest.mark.parametrize(
    ("day", "first_month", "year", "period"),
    [
        (date(2026, 6, 30), 7, 2026, 12),
        (date(2026, 7, 1), 7, 2027, 1),
        (date(2026, 12, 31), 7, 2027, 6),
        (date(2027, 1, 1), 7, 2027, 7),
        (date(2026, 9, 30), 10, 2026, 12),
        (date(2026, 10, 1), 10, 2027, 1),
        (date(2026, 1, 1), 1, 2026, 1),
        (date(2026, 12, 31), 1, 2026, 12),
    ],
)
def test_the_fiscal_year_is_named_by_its_end(day: date, first_month: int, year: int, period: int) -> None:
    assert exports.fiscal(day, first_month) == (year, period)


def bean_check(path: Path) -> subprocess.CompletedProcess[str]:
    """Let beancount's own program judge a file."""
    program = Path(sys.executable).parent / "bean-check"
    return subprocess.run([str(program), str(path)], capture_output=True, text=True, check=False, timeout=60)


def test_bean_check_accepts_the_whole_ledger_and_finds_a_cent_that_was_changed(city: City, tmp_path: Path) -> None:
    whole_day(city)
    text = exports.beancount(city.desk, city.who("accountant1")).decode("utf-8")
    book = tmp_path / "ledger.beancount"
    book.write_text(text, encoding="utf-8")
    accepted = bean_check(book)
    assert (accepted.returncode, accepted.stdout + accepted.stderr) == (0, "")
    assert "  Assets:F1000:C9900010001:G101020  -50.00 USD\n" in text
    assert text.count('"sale HPC1-') == 2
    assert 'void HPC2-0000003"' in text
    book.write_text(text.replace("G101020  -50.00 USD", "G101020  -50.01 USD", 1), encoding="utf-8")
    refused = bean_check(book)
    assert refused.returncode == 1
    assert "does not balance" in refused.stdout + refused.stderr


def test_the_beancount_text_of_some_days_holds_only_these(city: City) -> None:
    whole_day(city)
    city.at("2026-07-15T09:00")
    city.open("clerk1", "HPC-1")
    city.sell(user="clerk1")
    who = city.who("accountant1")
    first = exports.beancount(city.desk, who, DAY, DAY).decode()
    second = exports.beancount(city.desk, who, date(2026, 7, 15), date(2026, 7, 15)).decode()
    assert "2026-07-15 *" not in first
    assert "2026-07-14 *" not in second
    assert second.count('"sale ') == 1
    everything = exports.beancount(city.desk, who).decode()
    assert everything.count("\n2026-07-1") == first.count("\n2026-07-14 *") + second.count("\n2026-07-15 *") + len(
        [line for line in everything.splitlines() if " open " in line]
    )
