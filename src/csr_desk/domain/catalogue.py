"""What the city sells: items, their dated versions, and the catalogue that holds them. Money in cents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.errors import NotInForce, UnknownItem
from csr_desk.domain.money import Cents
from csr_desk.domain.pricing import Condition, FieldKind, InputField, PriceRule

__all__ = [
    "AdminFeeRule",
    "Catalogue",
    "Companion",
    "FieldKind",
    "InputField",
    "Item",
    "ItemUse",
    "ItemVersion",
    "PriceBasis",
    "RefundKind",
    "RefundRule",
    "Share",
    "Tax",
    "TaxTreatment",
    "distribute",
]

PERMIT_LINE = "permit line"


class PriceBasis(StrEnum):
    """Which date picks the version of a price (City fee notices: "grandfathering")."""

    PAYMENT = "payment"
    APPLICATION = "application"
    INVOICE = "invoice"
    SERVICE = "service"


BASIS_INPUTS: Mapping[PriceBasis, tuple[str, ...]] = {
    PriceBasis.PAYMENT: (),
    PriceBasis.APPLICATION: ("application_date",),
    PriceBasis.INVOICE: ("invoice_date",),
    PriceBasis.SERVICE: ("service_date", "date", "arrival", "period_end"),
}
"""The inputs that carry the date of each basis, first one given wins; without any the price date counts."""


class AdminFeeRule(StrEnum):
    """Whether the administrative fee joins the permit (City Code 1-14)."""

    AUTO = "auto"
    NONE = "none"
    OWN = "own"
    ALWAYS = "always"


class TaxTreatment(StrEnum):
    """How sales or hotel tax stands to the price; ``exemptable`` is added unless a certificate is shown (01-339)."""

    NONE = "none"
    ADDED = "added"
    EXEMPTABLE = "added unless exempt"
    INCLUDED = "included"


class ItemUse(StrEnum):
    """What an item is for; only ``counter`` items are sold by hand."""

    COUNTER = "counter"
    ADMIN_FEE = "administrative fee"
    TAX = "tax"
    TENDER_FEE = "tender fee"
    ROUNDING = "cash rounding"
    OVER_SHORT = "over and short"
    ADJUSTMENT = "adjustment"


class RefundKind(StrEnum):
    """What may be given back after the batch closed."""

    NONE = "none"
    PERCENT_OVER_MINIMUM = "percent over minimum"
    """Of what was paid above the permit's own minimum (Bldg. Code 109.6)."""
    PERCENT_OVER_AMOUNT = "percent over amount"
    """Of what was paid above a fixed amount that the rule itself names (City Code 47-49: 25.00)."""
    AS_PUBLISHED = "as published"


@dataclass(frozen=True, slots=True)
class RefundRule:
    """A refund rule with the sentence that was published; ``over`` (cents) is never given back, fee by fee."""

    kind: RefundKind = RefundKind.NONE
    percent: Decimal | None = None
    words: str = ""
    over: Cents | None = None


@dataclass(frozen=True, slots=True)
class Tax:
    """The tax on an item: how it is treated, the published code, the item it posts to; ``rate`` when included (%)."""

    treatment: TaxTreatment = TaxTreatment.NONE
    code: str = ""
    item: str = ""
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Companion:
    """An item that joins another one, always or under a condition."""

    item: str
    when: Condition | None = None


@dataclass(frozen=True, slots=True)
class ItemVersion:
    """One price of an item for a span of dates (both days included); ``minimum`` and ``maximum`` are the permit's."""

    effective_from: date
    effective_to: date | None
    price: PriceRule
    shares: tuple[Share, ...]
    name: str = ""
    authority: str = ""
    unit: str = ""
    price_basis: PriceBasis = PriceBasis.PAYMENT
    minimum: Cents | None = None
    maximum: Cents | None = None
    admin_fee: AdminFeeRule = AdminFeeRule.NONE
    inputs: tuple[InputField, ...] = ()
    companions: tuple[Companion, ...] = ()
    tax: Tax = field(default_factory=Tax)
    refund: RefundRule = field(default_factory=RefundRule)
    waivable: str = ""
    document: str = ""
    validity: str = ""
    late_rule: str = ""
    source: str = ""
    note: str = ""

    def in_force(self, day: date) -> bool:
        """Tell whether this price holds on a day."""
        return self.effective_from <= day and (self.effective_to is None or day <= self.effective_to)

    @property
    def span(self) -> str:
        """The days of this price in words."""
        ends = f" to {self.effective_to}" if self.effective_to else " on"
        return f"{self.effective_from}{ends}"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that can be sold; the code is unique, the name need not be. Versions stand newest last."""

    code: str
    name: str
    department: str
    division: str = ""
    category: str = ""
    versions: tuple[ItemVersion, ...] = ()
    use: ItemUse = ItemUse.COUNTER
    permit: bool = False
    tenders: frozenset[str] | None = None
    fee_on_tenders: frozenset[str] = frozenset()
    multi_group: str = ""
    active: bool = True

    def version_on(self, day: date) -> ItemVersion:
        """Return the price in force on a day; raise NotInForce (a price is never guessed)."""
        for version in reversed(self.versions):
            if version.in_force(day):
                return version
        known = "; ".join(version.span for version in self.versions) or "none at all"
        raise NotInForce(
            f"{self.code} ({self.name}) has no price in force on {day}. Its prices: {known}. "
            "Ask a supervisor which fee schedule applies; prices are never guessed."
        )

    @property
    def latest(self) -> ItemVersion | None:
        """The newest price, for lists that show one."""
        return self.versions[-1] if self.versions else None

    @property
    def shares_a_permit(self) -> bool:
        """Tell whether lines of this kind on one project make up one permit (category "Permit line")."""
        return self.category.casefold() == PERMIT_LINE


@dataclass(frozen=True)
class Catalogue:
    """All items of one city under one version label."""

    name: str
    label: str
    items: Mapping[str, Item]
    demonstration: bool = False

    def item(self, code: str) -> Item:
        """Return an item by its code (letter case and blanks forgiven); raise UnknownItem."""
        found = self.items.get(code) or self.items.get(code.strip().upper())
        if found is None:
            raise UnknownItem(f"No item of the catalogue has the code “{code[:40]}”. Search by name instead.")
        return found

    @cached_property
    def admin_fee_item(self) -> Item | None:
        """The item that is the administrative fee, if the city has one."""
        return next((item for item in self.items.values() if item.use is ItemUse.ADMIN_FEE), None)

    def tender_fee_item(self, tender: str) -> Item | None:
        """Return the item that charges for a kind of tender, if there is one."""
        return next((item for item in self.items.values() if tender in item.fee_on_tenders), None)

    @cached_property
    def content_hash(self) -> str:
        """A SHA-256 of everything that can change a price or a posting; the same for the same content."""
        digest = hashlib.sha256()
        for code in sorted(self.items):
            digest.update("|".join(_plain(self.items[code])).encode())
        return digest.hexdigest()


def _plain(value: object) -> Iterator[str]:
    """Write a value so that equal values are written alike (5 and 5.00, sets in any order)."""
    if isinstance(value, Decimal):
        yield number_text(value)
    elif is_dataclass(value):
        yield type(value).__name__
        for part in fields(value):
            yield from _plain(getattr(value, part.name))
    elif isinstance(value, frozenset):
        yield from sorted(value)
    elif isinstance(value, tuple):
        yield str(len(value))
        for part in value:
            yield from _plain(part)
    else:
        yield str(value)


def number_text(number: Decimal) -> str:
    """Write a number plainly, without idle zeros beyond the cents."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
