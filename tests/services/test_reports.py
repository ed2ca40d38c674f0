"""The daily revenue report and the three-way tie, against figures worked out by hand (services/known_day.py)."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from csr_desk.domain.drawer import RevenueRow
from csr_desk.domain.errors import NotFound, NotPermitted
from csr_desk.services import reports
from demo_city import City
from services.known_day import DAY, bag_the_day, close_the_day, count_the_day, sell_the_day, whole_day


def amounts(rows: tuple[RevenueRow, ...]) -> dict[str, int]:
    return {row.code: row.amount for row in rows}


def counts(rows: tuple[RevenueRow, ...]) -> dict[str, int]:
    return {row.code: row.count for row in rows}


def test_a_day_is_told_by_item_account_tender_drawer_and_hour(city: City) -> None:
    whole_day(city)
    told = reports.daily_revenue(city.desk, city.who("auditor1"), DAY, DAY)
    assert (told.total, told.taxes, told.fees, told.rounding, told.over_short) == (28780, 124, 293, 1, -25)
    assert amounts(told.by_item) == {
        "REC-MAP": 1500,
        "SALES-TAX": 124,
        "ELE-RECON": 9400,
        "ADM-114": 3356,
        "ALM-RES": 5000,
        "BLD-REINSP": 9400,
    }
    # the map's 15.00 by 62.5, 25 and 12.5 %; the alarm's 5.00 fixed; re-inspection to building inspection
    assert amounts(told.by_account) == {
        "2401.7000010001.421500": 938,
        "2301.7000010001.421501": 375,
        "1000.7000010001.421502": 187,
        "1000.9900010001.204010": 124,
        "2301.2000050004.421030": 9400,
        "1000.6400010001.426990": 3356,
        "1000.6500010020.422050": 4500,
        "2206.6500010021.424100": 500,
        "2301.2000050001.421010": 9400,
    }
    assert amounts(told.by_tender) == {"cash": 1625, "card": 12756, "check": 5000, "transfer": 9400}
    assert amounts(told.by_drawer) == {"HPC-1": 14380, "HPC-2": 14400}
    assert amounts(told.by_hour) == {"09": 14380, "10": 5000, "11": 9400}
    # six documents: four live sales, one voided and its void
    assert counts(told.by_drawer) == {"HPC-1": 2, "HPC-2": 4}
    assert counts(told.by_hour) == {"09": 2, "10": 1, "11": 3}


def test_every_key_of_the_report_adds_up_to_the_same_total(city: City) -> None:
    whole_day(city)
    told = reports.daily_revenue(city.desk, city.who("accountant1"), DAY, DAY)
    for rows in (told.by_item, told.by_account, told.by_drawer, told.by_hour):
        assert sum(amounts(rows).values()) == told.total
    assert sum(amounts(told.by_tender).values()) == told.total + told.rounding


def test_the_three_books_agree_only_when_the_money_is_counted_and_bagged(city: City) -> None:
    batches = sell_the_day(city)
    selling = reports.tie(city.desk, DAY)
    assert (selling.receipts, selling.journal, selling.deposited, selling.ties) == (28780, 28780, 0, False)
    assert "66.25" in selling.sentence
    count_the_day(city, batches)
    counted = reports.tie(city.desk, DAY)
    assert (counted.over_short, counted.ties) == (-25, False)
    assert "66.00" in counted.sentence
    bag_the_day(city, batches)
    close_the_day(city)
    done = reports.tie(city.desk, DAY)
    assert (done.deposited, done.card, done.transfers, done.other, done.rounding) == (6600, 12756, 9400, 0, 1)
    assert done.receipts == done.deposited + done.card + done.transfers - done.over_short - done.rounding
    assert done.counted["cash"] == 1600
    assert done.counted["check"] == 5000
    assert done.ties


def test_a_period_adds_its_days_and_no_others(city: City) -> None:
    whole_day(city)
    city.at("2026-07-15T09:00")
    city.open("clerk1", "HPC-1")
    city.sell(user="clerk1")
    who = city.who("supervisor1")
    next_day = date(2026, 7, 15)
    assert reports.daily_revenue(city.desk, who, next_day, next_day).total == 5000
    both = reports.daily_revenue(city.desk, who, DAY, next_day)
    assert (both.total, both.over_short) == (33780, -25)
    assert amounts(both.by_item)["ALM-RES"] == 10000
    assert reports.daily_revenue(city.desk, who, date(2026, 1, 1), date(2026, 7, 13)).total == 0
    assert reports.daily_revenue(city.desk, who, DAY, DAY).total == 28780


def test_a_day_without_business_ties_and_is_empty(city: City) -> None:
    told = reports.daily_revenue(city.desk, city.who("auditor1"), DAY, DAY)
    assert (told.total, told.by_item, told.by_hour, told.tie.ties) == (0, (), (), True)


@pytest.mark.parametrize("name", ["daily_revenue", "tie", "items", "accounts", "tenders", "drawers", "hours"])
def test_each_report_is_plain_data_with_money_as_text(sqlite_city: City, name: str) -> None:
    sell_the_day(sqlite_city)
    told = reports.report(sqlite_city.desk, sqlite_city.who("auditor1"), name, DAY, DAY)
    assert (told["report"], told["from"], told["to"]) == (name, "2026-07-14", "2026-07-14")
    if name == "tie":
        assert told["receipts"] == "287.80"
    else:
        assert told["total"] == "287.80"
    rows = told.get("rows", [])
    assert all(isinstance(row["amount"], str) and row["amount"][-3] == "." for row in rows)


def test_a_report_that_is_none_and_a_person_who_may_not_are_refused(sqlite_city: City) -> None:
    with pytest.raises(NotFound):
        reports.report(sqlite_city.desk, sqlite_city.who("auditor1"), "horoscope", DAY, DAY)
    with pytest.raises(NotPermitted):
        reports.report(sqlite_city.desk, sqlite_city.who("clerk1"), "tie", DAY, DAY)


def test_the_report_as_csv_has_every_row_and_its_sums(city: City) -> None:
    whole_day(city)
    told = reports.daily_revenue(city.desk, city.who("auditor1"), DAY, DAY)
    rows = list(csv.DictReader(io.StringIO(reports.revenue_csv(told).decode("utf-8"), newline="")))
    by_item = {row["code"]: row["amount"] for row in rows if row["section"] == "by_item"}
    assert by_item["REC-MAP"] == "15.00"
    assert len(by_item) == 6
    summary = {row["code"]: row["amount"] for row in rows if row["section"] == "summary"}
    assert summary == {
        "total": "287.80",
        "taxes": "1.24",
        "fees": "2.93",
        "rounding": "0.01",
        "over_short": "-0.25",
    }
    # a negative figure is a figure, never text with a mark before it
    assert b"'-0.25" not in reports.revenue_csv(told)
