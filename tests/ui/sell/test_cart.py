"""The open cart prices itself without a window or a database."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.tender import Rounding, Tender, TenderKind
from csr_desk.locations import resources
from csr_desk.services.catalogue_files import load_folder
from csr_desk.ui.cart.cart import Cart
from csr_desk.ui.cart.line_panel import line_panel
from csr_desk.ui.pages.sell import searching, tenders

DAY = date(2026, 7, 14)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_folder(resources() / "demo" / "catalogue")


@pytest.fixture
def cart(catalogue: Catalogue) -> Cart:
    return Cart(catalogue, DAY, Rounding.OFF)


def test_the_price_shows_while_fields_that_do_not_price_are_still_empty(cart: Cart) -> None:
    # 47.00 + 15 started thousands over 7,000 at 5.36 = 127.40, and the administrative fee of 2026
    cart.lines.append(CartLine("BLD-STRUCT", {"valuation": "21300"}))
    picture = cart.picture()
    assert [row.amount for row in picture.rows] == [12740, 3356]
    assert picture.total == 16096
    assert not picture.sellable
    assert picture.faults[0][0].missing


def test_a_line_without_what_prices_it_has_no_amount_and_the_others_are_still_counted(cart: Cart) -> None:
    cart.lines += [CartLine("REC-COPY"), CartLine("REC-COPY", {"pages": "5"})]
    picture = cart.picture()
    assert [row.amount for row in picture.rows] == [None, 50]
    assert picture.total == 50
    assert [row.number for row in picture.rows] == [1, 2]


def test_what_prices_an_item_is_asked_for_first(cart: Cart) -> None:
    cart.lines.append(CartLine("BLD-STRUCT"))
    assert next(iter(cart.fields(0))).name == "valuation"


def test_a_wrong_value_keeps_the_line_without_a_price_and_says_why(cart: Cart) -> None:
    cart.lines.append(CartLine("REC-COPY", {"pages": "many"}))
    picture = cart.picture()
    assert picture.rows[0].amount is None
    assert picture.rows[0].fault
    assert not picture.faults[0][0].missing


def test_a_quantity_goes_where_the_item_is_counted(cart: Cart) -> None:
    cart.lines += [CartLine("REC-COPY"), CartLine("WTR-TEST")]
    cart.set_quantity(0, Decimal(12))
    cart.set_quantity(1, Decimal(2))
    copies, test = cart.lines
    assert isinstance(copies, CartLine)
    assert copies.inputs["pages"] == "12"
    assert isinstance(test, CartLine)
    assert test.quantity == 2


def test_the_rest_is_what_the_tenders_leave(cart: Cart) -> None:
    cart.lines.append(CartLine("REC-COPY", {"pages": "1000"}))
    assert cart.picture().rest == 10000
    cart.tenders.append(Tender(TenderKind.CHECK, 9000, number="1042"))
    assert cart.picture().rest == 1000
    cart.tenders.append(Tender(TenderKind.CASH, 2000))
    settled = cart.picture().settlement
    assert settled is not None
    assert (settled.rest, settled.change) == (0, 1000)


def test_a_tender_that_cannot_be_taken_refuses_the_cart_with_its_sentence(cart: Cart) -> None:
    cart.lines.append(CartLine("REC-COPY", {"pages": "10"}))
    cart.tenders.append(Tender(TenderKind.CHECK, 500, number="1042"))
    assert cart.picture().refusal is not None


def test_an_unknown_item_is_said_and_priced_at_nothing(cart: Cart) -> None:
    cart.lines.append(CartLine("NO-SUCH"))
    picture = cart.picture()
    assert picture.rows[0].amount is None
    assert "NO-SUCH" in picture.rows[0].fault


def test_a_date_without_a_price_is_said_and_never_guessed(catalogue: Catalogue) -> None:
    cart = Cart(catalogue, date(2024, 6, 1), Rounding.OFF, lines=[CartLine("BLD-STRUCT", {"valuation": "21300"})])
    picture = cart.picture()
    assert picture.rows[0].amount is None
    assert "no price in force" in picture.rows[0].fault


def test_the_panel_explains_the_line_and_what_was_added_to_it(cart: Cart) -> None:
    cart.lines.append(CartLine("BLD-STRUCT", {"valuation": "21300"}))
    panel = line_panel(cart, cart.picture(), 0)
    assert panel is not None
    assert "127.40" in panel.why
    assert any("Administrative fee" in step for step in panel.explain)
    assert line_panel(cart, cart.picture(), None) is None


def test_an_override_needs_an_amount_that_can_be_read_and_a_reason(cart: Cart) -> None:
    cart.lines.append(CartLine("REC-COPY", {"pages": "10"}))
    assert cart.override(0, "x", "why") is not None
    assert cart.override(0, "100", "") is not None
    assert cart.override(0, "50", "damaged") is None
    assert cart.picture().total == 50
    assert cart.override(0, "", "") is None
    assert cart.picture().total == 100


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5*cop", (Decimal(5), "cop")),
        ("5*", (Decimal(5), "")),
        ("*5", (Decimal(5), "")),
        ("2.5*", (Decimal("2.5"), "")),
        ("cop", None),
        ("5", None),
        ("..*", None),
    ],
)
def test_a_star_makes_a_quantity(text: str, expected: tuple[Decimal, str] | None) -> None:
    assert searching.read_times(text) == expected


def test_a_receipt_is_asked_for_by_three_figures_or_more() -> None:
    assert searching.is_receipt_like("HPC3-0000021")
    assert searching.is_receipt_like("0021")
    assert not searching.is_receipt_like("cop")
    assert not searching.is_receipt_like("H-0007 x")


def test_a_fee_is_part_of_the_headline_only_when_there_is_one() -> None:
    assert tenders.headline(TenderKind.CARD, 10000, 250) == "Card 100.00 + service fee 2.50 = 102.50"
    assert tenders.headline(TenderKind.CHECK, 10000, 0) == "Check 100.00"


def test_every_other_tender_has_a_digit_and_its_fields() -> None:
    assert [choice.digit for choice in tenders.other_choices()] == ["1", "2", "3", "4", "5"]
    for kind in tenders.OTHERS:
        assert tenders.fields_of(kind)
