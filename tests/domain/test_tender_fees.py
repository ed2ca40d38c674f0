from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from csr_desk import locations
from csr_desk.domain.cart import plain_inputs, tender_fee
from csr_desk.domain.catalogue import Catalogue, Item, ItemUse, ItemVersion, Share
from csr_desk.domain.errors import BadInput, NotInForce
from csr_desk.domain.pricing import Percent, PriceRule, Step
from csr_desk.services.catalogue_files import load_folder

TODAY = date(2026, 7, 14)
DEMO = load_folder(locations.resources() / "demo" / "catalogue")
REST = Share("1000", "6500010020", "422050")


def test_cash_and_checks_are_free_and_a_fee_of_nothing_is_no_line() -> None:
    assert tender_fee(DEMO, "cash", 10000, price_date=TODAY) is None
    assert tender_fee(DEMO, "card", 0, price_date=TODAY) is None
    tiny = ItemVersion(date(2026, 1, 1), None, PriceRule((Step(Percent(Decimal(1), "tender_amount")),)), (REST,))
    fees = Item("F", "Fee", "D", versions=(tiny,), use=ItemUse.TENDER_FEE, fee_on_tenders=frozenset({"card"}))
    assert tender_fee(Catalogue("C", "", {"F": fees}), "card", 40, price_date=TODAY) is None


def test_a_card_fee_has_no_price_before_the_first_notice() -> None:
    assert tender_fee(DEMO, "card", 1000, price_date=date(2025, 6, 30)) is not None
    with pytest.raises(NotInForce):
        tender_fee(DEMO, "card", 1000, price_date=date(2024, 9, 30))


def test_inputs_from_a_file_become_text() -> None:
    read: dict[str, object] = {"a": "x", "b": 3, "c": Decimal("1.50"), "d": True, "e": False, "f": ["p", 2], "g": None}
    assert plain_inputs(read) == {"a": "x", "b": "3", "c": "1.50", "d": "yes", "e": "no", "f": "p; 2"}
    with pytest.raises(BadInput) as refused:
        plain_inputs({"a": {"nested": 1}})
    assert refused.value.field == "a"
