"""Bills that utilities worked out and published themselves, through the catalogue, the service and the ledger."""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.money import to_cents
from csr_desk.domain.receivable.penalty import PenaltyRule
from csr_desk.services import accounts, catalogue, penalties, service_bills, statements
from csr_desk.services.setup import demo_catalogue_folder
from csr_desk.services.verification import verify_url
from demo_city import City
from examination.published_rows import shared_data

LAST, FIRST = date(2026, 7, 13), date(2026, 6, 14)


@dataclass(frozen=True)
class Utility:
    """A row of ``water_rates/texas_small_utilities_published.csv``: dollars, tiers in thousand gallons as printed."""

    name: str
    code: str
    base: str
    tiers: str
    examples: str


COLLEGE_MOUND = Utility(
    "College Mound WSC TX", "CMW-WATER", "34.00",
    "1-3k 9.00; 3-5k 11.75; 5-7k 12.75; 7-10k 13.75; 10k+ 14.75",
    "2000:52.00; 5000:84.50; 10000:151.25; 25000:372.50",
)  # fmt: skip
WELLBORN = Utility(
    "Wellborn SUD TX", "WSUD-WATER", "37.50",
    "0-2k 4.40; 2-10k 4.80; 10-20k 5.30; 20-30k 6.10; 30-40k 7.00; 40-50k 8.10; 50-90k 9.30; 90k+ 14.00", "",
)  # fmt: skip
UTILITIES = (COLLEGE_MOUND, WELLBORN)
_TIER = re.compile(r"(\d+)(?:-(\d+))?k(?:\+)? (\S+)")


def tiers_of(utility: Utility) -> list[tuple[int, int | None, Decimal]]:
    """Read the printed tiers: over, up to, rate. The first begins at nothing, whatever its print says."""
    found = []
    for at, part in enumerate(utility.tiers.split("; ")):
        match = _TIER.fullmatch(part)
        assert match is not None, part
        low = 0 if at == 0 else int(match[1])
        found.append((low, int(match[2]) if match[2] else None, Decimal(match[3])))
    return found


def by_hand(utility: Utility, thousands: int) -> int:
    """Work a bill out as a clerk would, thousand by thousand (cents)."""
    total = Decimal(utility.base)
    for one in range(1, thousands + 1):
        total += next(rate for low, high, rate in tiers_of(utility) if low < one and (high is None or one <= high))
    return to_cents(total)


def with_rows(folder: Path, sheet: str, rows: Sequence[Mapping[str, str]]) -> None:
    """Add rows to a sheet of a catalogue."""
    path = folder / f"{sheet}.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads = csv.DictReader(file).fieldnames or []
    with path.open("a", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, heads, restval="", lineterminator="\r\n")
        writer.writerows(rows)


def catalogue_with(folder: Path, utilities: Sequence[Utility]) -> Path:
    """Copy the demonstration catalogue and add the water of some utilities: a base and its tiers."""
    copy = folder / "catalogue"
    shutil.copytree(demo_catalogue_folder(), copy)
    label = copy / "catalogue.csv"
    label.write_bytes(label.read_bytes().replace(b"Demonstration catalogue", b"With neighbours", 1))
    for one in utilities:
        mark = {"item": one.code, "effective_from": "2023-01-01"}
        item = {"item": one.code, "name": one.name, "department": "Neighbours", "use": "counter", "active": "yes"}
        with_rows(copy, "items", [item])
        fixed = {"price_basis": "service", "admin_fee": "none", "tax": "none", "refund": "none"}
        with_rows(copy, "versions", [{**mark, **fixed, "authority": "Rates as published"}])
        asked = {"input": "usage_kgal", "label": "Usage", "kind": "number", "required": "yes", "prices": "yes"}
        day = {"input": "service_date", "label": "Service date", "kind": "date"}
        with_rows(copy, "inputs", [{**mark, "order": "1", **asked}, {**mark, "order": "2", **day}])
        flat = {"step": "1", "kind": "flat", "label": "Base", "amount": one.base}
        tiers = {"step": "2", "kind": "tiers", "label": "Usage", "inputs": "usage_kgal"}
        with_rows(copy, "price_steps", [{**mark, **flat}, {**mark, **tiers}])
        rows = [
            {"over": str(low), "upto": "" if high is None else str(high), "rate": str(rate)}
            for low, high, rate in tiers_of(one)
        ]
        with_rows(copy, "price_table", [{**mark, "step": "2", "row": str(n), **row} for n, row in enumerate(rows, 1)])
        share = {"order": "1", "fund": "8300", "cost_center": "2000070001", "gl": "425010", "percent": "100"}
        with_rows(copy, "shares", [{**mark, **share}])
    return copy


@pytest.fixture
def neighbours(city: City, tmp_path: Path) -> City:
    """The demo city that bills for its neighbours as well, with an account for it."""
    folder = catalogue_with(tmp_path, UTILITIES)
    catalogue.load_release(city.desk, city.who("admin1"), catalogue.LoadRelease("neighbours", folder))
    who = city.who("clerk1")
    accounts.add_customer(city.desk, who, accounts.NewCustomer("c", "Ana Lopez", number="C-1"))
    accounts.add_account(city.desk, who, accounts.NewAccount("a", "0001", "C-1", "water"))
    return city


def billed(city: City, code: str, usage: Decimal, penalty: PenaltyRule | None = None) -> int:
    """Bill some thousand gallons; return what the account owes for it."""
    before = statements.balance_at(city.desk, city.who("clerk1"), "0001").balance
    command = service_bills.ServiceBill(
        city.key(), "0001", FIRST, LAST, (code,), usage=usage, due=LAST + timedelta(days=16), penalty=penalty
    )
    made = service_bills.bill_service(city.desk, city.who("clerk1"), command).value
    after = statements.balance_at(city.desk, city.who("clerk1"), "0001").balance
    assert after - before == made.amount
    return made.amount


def test_the_bills_that_a_utility_published_come_out_to_the_cent(neighbours: City) -> None:
    told = [example.split(":") for example in COLLEGE_MOUND.examples.split("; ")]
    assert [gallons for gallons, _ in told] == ["2000", "5000", "10000", "25000"]
    for gallons, amount in told:
        found = billed(neighbours, COLLEGE_MOUND.code, Decimal(gallons) / 1000)
        assert found == to_cents(Decimal(amount)), gallons
        assert by_hand(COLLEGE_MOUND, int(gallons) // 1000) == found
    assert verify_url(neighbours.url).first_fault is None


def test_every_tier_is_worked_out_as_by_hand(neighbours: City) -> None:
    for thousands in (0, 1, 2, 3, 10, 11, 20, 21, 50, 51, 90, 91, 120):
        assert billed(neighbours, WELLBORN.code, Decimal(thousands)) == by_hand(WELLBORN, thousands)
    assert billed(neighbours, WELLBORN.code, Decimal("2.5")) == to_cents(
        Decimal("37.50") + 2 * Decimal("4.40") + Decimal("2.40")
    )


def test_a_bill_says_step_by_step_how_it_came_about(neighbours: City) -> None:
    command = service_bills.ServiceBill("k", "0001", FIRST, LAST, (COLLEGE_MOUND.code,), usage=Decimal(5))
    bill = accounts.bill_of(neighbours.desk, service_bills.computed(neighbours.desk, command))
    (item,) = bill.items
    assert item.description == "College Mound WSC TX, 5 thousand gallons"
    assert "Usage: usage kgal 5: 3 × 9.00 + 2 × 11.75 = 50.50" in item.explain
    assert (bill.usage, bill.service_from, bill.service_to) == ("5 thousand gallons", FIRST, LAST)


def test_a_late_bill_costs_the_greater_of_20_00_or_a_quarter(neighbours: City) -> None:
    late = PenaltyRule(percent=Decimal(25), least=2_000)  # Sonterra MUD, sonterramud.org/utilities.html
    billed(neighbours, COLLEGE_MOUND.code, Decimal(2), late)  # 52.00: a quarter is 13.00
    billed(neighbours, COLLEGE_MOUND.code, Decimal(10), late)  # 151.25: a quarter is 37.8125
    neighbours.at("2026-07-30T09:00")
    charge = penalties.ChargePenalties("late")
    done = penalties.charge_penalties(neighbours.desk, neighbours.who("accountant1"), charge).value
    assert sorted(one.item.amount for one in done.charges) == [2_000, 3_781]


def test_the_twelve_parts_of_a_yearly_charge_are_the_year_whatever_the_area(city: City) -> None:
    for tenths in range(0, 40_000, 1_237):
        area = Decimal(tenths) / 10
        for code, rate in (("DRN-CURB", "0.032"), ("DRN-DITCH", "0.026")):
            year = to_cents(area * Decimal(rate))
            parts = [part_of(city, code, area, month) for month in range(1, 13)]
            assert sum(parts) == year
            assert max(parts) - min(parts) <= 1


def part_of(city: City, code: str, area: Decimal, month: int) -> int:
    """Price the part of a month; a part of nothing is no bill, so the cart is asked."""
    line = CartLine(code, {"account": "1", "impervious_sqft": str(area), "month": str(month)})
    return price_cart(city.desk.catalogue, (line,), price_date=date(2026, 7, 14)).total


@pytest.mark.skipif(shared_data() is None, reason="the published rows are not at hand")
def test_the_rates_here_are_those_that_were_published() -> None:
    data = shared_data()
    assert data is not None
    with (data / "water_rates" / "texas_small_utilities_published.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["utility"]: row for row in csv.DictReader(file)}
    for one in UTILITIES:
        row = rows[one.name]
        assert (row["base"], row["tiers_per_1000_gal"], row["published_examples"]) == (
            one.base,
            one.tiers,
            one.examples,
        )
