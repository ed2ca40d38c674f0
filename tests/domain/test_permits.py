"""Which permits priced lines are, whose trade they are, and how long they hold."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.errors import Ineligible
from csr_desk.domain.permits import due_reference, last_day, permits_sold, read_due, renewal_code, trade_of
from csr_desk.services.catalogue_files import load_folder
from csr_desk.services.setup import demo_catalogue_folder

DAY = date(2026, 7, 14)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    """The demo city's."""
    return load_folder(demo_catalogue_folder())


def sold(catalogue: Catalogue, *lines: CartLine) -> list[tuple[tuple[int, ...], str, int]]:
    """The permits of a cart: their lines, their kind, what is paid for each."""
    cart = price_cart(catalogue, lines, price_date=DAY, demo_inputs=True)
    return [(one.lines, one.kind, one.paid) for one in permits_sold(catalogue, cart.lines)]


def test_two_electrical_lines_on_one_project_are_one_permit_and_on_two_projects_two(catalogue: Catalogue) -> None:
    one = CartLine("ELE-OUTLET", {"quantity": "10", "project_number": "77"})
    panel = CartLine("ELE-PANEL", {"quantity": "1", "project_number": "77"})
    other = CartLine("ELE-PANEL", {"quantity": "1", "project_number": "78"})
    together = sold(catalogue, one, panel)
    assert [(kind, len(lines)) for lines, kind, _ in together] == [("Electrical Inspections", 2)]
    assert together[0][2] == price_cart(catalogue, (one, panel), price_date=DAY, demo_inputs=True).total
    assert len(sold(catalogue, one, other)) == 2


def test_two_alarm_permits_on_one_line_are_two_and_ten_fixtures_are_one(catalogue: Catalogue) -> None:
    assert [paid for *_, paid in sold(catalogue, CartLine("ALM-RES", quantity=Decimal(2)))] == [5000, 5000]
    # 34.24 + 7 x 11.41 = 114.11, above the minimum; 33.56 for the administration
    assert [paid for *_, paid in sold(catalogue, CartLine("PLB-FIXTURE", {"fixtures": "10"}))] == [14767]


def test_copies_of_a_record_are_no_permit_and_nobody_buys_fifty_one_at_once(catalogue: Catalogue) -> None:
    assert sold(catalogue, CartLine("REC-COPY", {"pages": "12"})) == []
    with pytest.raises(Ineligible, match="At most 50"):
        sold(catalogue, CartLine("ALM-RES", quantity=Decimal(51)))


@pytest.mark.parametrize(
    ("code", "trade"),
    [
        ("ELE-RECON", "electrical"),
        ("PLB-GAS", "plumbing"),
        ("HVAC-NEW", "mechanical"),
        ("BLD-DRIVE", "driveway"),
        ("HFD-ALARM-N", "fire_alarm"),
        ("BLD-STRUCT", ""),
        ("ALM-RES", ""),
    ],
)
def test_the_trade_is_what_the_division_or_the_name_begins_with(catalogue: Catalogue, code: str, trade: str) -> None:
    assert trade_of(catalogue.items[code]) == trade


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("", date(2027, 1, 10)),
        ("180 days to start; while active", date(2027, 1, 10)),
        ("30 calendar days", date(2026, 8, 13)),
        ("1 year", date(2027, 7, 13)),
        ("1-3 years", date(2027, 7, 13)),
        ("12 months", date(2027, 7, 13)),
        ("to 31 December", date(2026, 12, 31)),
        ("calendar year", date(2026, 12, 31)),
        ("no expiry", None),
        ("event dates", None),
    ],
)
def test_a_permit_holds_as_long_as_the_catalogue_says(words: str, last: date | None) -> None:
    assert last_day(words, DAY, 180) == last


def test_a_year_from_the_last_of_february_ends_with_the_month() -> None:
    assert last_day("1 year", date(2028, 2, 29), 180) == date(2029, 2, 27)


def test_a_renewal_item_stands_beside_the_new_one(catalogue: Catalogue) -> None:
    assert renewal_code(catalogue, "HFD-ALARM-N") == "HFD-ALARM-R"
    assert renewal_code(catalogue, "ALM-RES") == "ALM-RES"


def test_what_a_line_pays_of_a_permit_is_read_back() -> None:
    assert read_due(due_reference("P26-000001-9", 12)) == ("P26-000001-9", 12)
    assert read_due("B-7") is None
