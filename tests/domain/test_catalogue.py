from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from csr_desk.domain.catalogue import Catalogue, Item, ItemUse, ItemVersion, Share
from csr_desk.domain.errors import NotInForce, UnknownItem
from csr_desk.domain.pricing import Flat, PriceRule, Step

SHARE = Share("1000", "6400010001", "426990", percent=Decimal(100))


def version(start: date, end: date | None, amount: str = "5.00") -> ItemVersion:
    return ItemVersion(start, end, PriceRule((Step(Flat(Decimal(amount))),)), (SHARE,))


OLD = version(date(2023, 1, 1), date(2023, 12, 31))
NEW = version(date(2026, 1, 1), None)
ITEM = Item("FEE", "A fee", "Finance", versions=(OLD, NEW))


def city(*items: Item) -> Catalogue:
    return Catalogue("A city", "1", {item.code: item for item in items})


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2023, 1, 1), OLD),
        (date(2023, 12, 31), OLD),
        (date(2026, 1, 1), NEW),
        (date(2050, 6, 1), NEW),
        (date(2022, 12, 31), None),
        (date(2024, 1, 1), None),
        (date(2025, 12, 31), None),
    ],
)
def test_a_version_holds_on_its_first_and_its_last_day_and_never_in_a_gap(day: date, found: ItemVersion | None) -> None:
    if found is not None:
        assert ITEM.version_on(day) is found
    else:
        with pytest.raises(NotInForce, match="2023-01-01 to 2023-12-31; 2026-01-01 on"):
            ITEM.version_on(day)


def test_an_item_without_any_price_is_refused_and_says_so() -> None:
    empty = Item("EMPTY", "Empty", "Finance")
    assert empty.latest is None
    with pytest.raises(NotInForce, match="none at all"):
        empty.version_on(date(2026, 1, 1))


def test_a_code_is_found_in_any_letter_case_and_another_is_refused() -> None:
    assert city(ITEM).item(" fee ") is ITEM
    with pytest.raises(UnknownItem, match="“FEES”"):
        city(ITEM).item("FEES")


def test_a_catalogue_knows_its_administrative_fee_and_the_fees_of_tenders() -> None:
    admin = replace(ITEM, code="ADM", use=ItemUse.ADMIN_FEE)
    card = replace(ITEM, code="CONV", use=ItemUse.TENDER_FEE, fee_on_tenders=frozenset({"card", "wallet"}))
    catalogue = city(ITEM, admin, card)
    assert catalogue.admin_fee_item is admin
    assert catalogue.tender_fee_item("wallet") is card
    assert catalogue.tender_fee_item("cash") is None
    assert city(ITEM).admin_fee_item is None


def test_the_content_hash_is_the_same_for_the_same_content_only() -> None:
    same = replace(ITEM, versions=(OLD, version(date(2026, 1, 1), None, "5")))
    dearer = replace(ITEM, versions=(OLD, version(date(2026, 1, 1), None, "5.01")))
    limited = [replace(ITEM, tenders=frozenset(kinds)) for kinds in (("cash", "check"), ("check", "cash"))]
    assert city(ITEM).content_hash == city(same).content_hash
    assert city(ITEM).content_hash != city(dearer).content_hash
    assert city(limited[0]).content_hash == city(limited[1]).content_hash != city(ITEM).content_hash
    assert len(city(ITEM).content_hash) == 64
