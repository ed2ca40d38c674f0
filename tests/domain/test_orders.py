"""Orders: lines that come back as they were priced, and who may pay when."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from csr_desk.domain.cart import price_cart
from csr_desk.domain.cart_lines import LineKind, OpenAmount, PricedLine, Waiver
from csr_desk.domain.catalogue import Catalogue, PriceBasis
from csr_desk.domain.distribution import Share
from csr_desk.domain.errors import AlreadyPaid, OrderExpired, WrongState
from csr_desk.domain.orders import Order, OrderState, last_day, read_lines, write_lines

SHARES = (
    Share("2301", "2000050001", "421010", percent=Decimal(90)),
    Share("1000", "6500010020", "422050", "IO-7"),
    Share("7900", "9900010001", "205010", fixed_cents=25),
)
FULL = PricedLine(
    number=1, kind=LineKind.ITEM, item="BLD-DEMO", name="Building demolition", quantity=Decimal("2.5"), amount=0,
    shares=SHARES, each_cents=0, department="Houston Public Works", authority="Bldg. Code 118.2.1",
    explain=("2 × 47.00 = 94.00",), effective_from=date(2026, 1, 1), price_basis=PriceBasis.APPLICATION,
    price_date=date(2026, 7, 14), tax_cents=7, tax_shares=SHARES[:1], inputs={"stories": "2", "owner": "Ana"},
    document="permit", validity="60 days", overridden=True, override_reason="Court order", override_authority="Judge",
    waiver=Waiver("Res. 9", "Flood", 0), catalogue_amount=9400, tenders=frozenset({"cash", "check"}),
    multi_group="permits",
)  # fmt: skip
ADDED = PricedLine(2, LineKind.ADMIN_FEE, "ADM", "Administrative fee", Decimal(1), 3310, SHARES[:1], 1)
DAY, LAST = date(2026, 7, 14), date(2026, 8, 13)
ORDER = Order("SO26-000001-3", "", "", "", OrderState.OPEN, (FULL, ADDED), "Ana", "", DAY, DAY, LAST, 3310, "clerk1")


def test_lines_come_back_as_they_were_priced() -> None:
    assert read_lines(*write_lines((FULL, ADDED))) == (FULL, ADDED)


def test_nothing_that_was_keyed_stands_in_the_facts() -> None:
    facts, words = write_lines((FULL, ADDED))
    for keyed in ("Ana", "Court order", "Judge", "Res. 9", "Flood"):
        assert keyed not in facts
        assert keyed in words


def test_lines_whose_words_were_purged_keep_their_prices() -> None:
    facts, _ = write_lines((FULL, ADDED))
    lines = read_lines(facts, "")
    assert [line.amount for line in lines] == [0, 3310]
    assert lines[0].inputs == {}
    assert lines[0].waiver == Waiver("", "", 0)


def test_no_empty_field_is_written() -> None:
    assert "tenders" not in json.loads(write_lines((ADDED,))[0])[0]


@pytest.mark.parametrize(
    ("state", "day", "refusal"),
    [
        (OrderState.OPEN, LAST, None),
        (OrderState.OPEN, date(2026, 8, 14), OrderExpired),
        (OrderState.EXPIRED, DAY, OrderExpired),
        (OrderState.CANCELLED, DAY, WrongState),
        (OrderState.PAID, date(2027, 1, 1), AlreadyPaid),
    ],
)
def test_an_order_is_paid_once_to_the_end_of_its_last_day(
    state: OrderState, day: date, refusal: type[Exception] | None
) -> None:
    found = replace(ORDER, state=state, receipt="HPC1-0000001").why_not_paid(day)
    assert type(found) is (refusal or type(None))


def test_the_last_day_counts_from_the_day_it_was_made() -> None:
    assert last_day(DAY, 30) == LAST


def test_an_order_in_a_cart_keeps_its_lines_and_their_numbers_follow_the_cart() -> None:
    owed = OpenAmount("B-1", "Water", 6437, SHARES[1:2])
    cart = price_cart(Catalogue("None", "none", {}), (owed, ORDER.sold(), owed), price_date=date(2026, 8, 1))
    assert [(line.number, line.amount, line.added_with) for line in cart.lines] == [
        (1, 6437, None), (2, 0, None), (3, 3310, 2), (4, 6437, None),
    ]  # fmt: skip
    assert cart.lines[1].explain[-1] == "Order SO26-000001-3, prices of 2026-07-14."
    assert [line.order for line in cart.lines] == ["", "SO26-000001-3", "SO26-000001-3", ""]
    assert cart.total == 2 * 6437 + ORDER.sold().total
