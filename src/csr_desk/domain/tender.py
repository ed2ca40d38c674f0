"""The means of payment, what each allows, and how tenders settle a total."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.money import Cents


class TenderKind(StrEnum):
    """A means of payment."""

    CASH = "cash"
    CHECK = "check"
    MONEY_ORDER = "money_order"
    CASHIERS_CHECK = "cashiers_check"
    CARD = "card"
    ECHECK = "echeck"
    TRANSFER = "transfer"
    ON_ACCOUNT = "on_account"


@dataclass(frozen=True, slots=True)
class TenderTraits:
    """What a tender allows (field table B1)."""

    name: str
    gives_change: bool = False
    opens_drawer: bool = False
    counted: bool = False
    """Counted at the close of the drawer (cash by denomination, the others by items and tape)."""
    deposited: bool = False
    """Carried to the bank in the bag, listed item by item unless cash."""
    fee_item: str | None = None
    """Catalogue item of the service fee taken with it."""
    takes_rest: bool = False
    """Without an amount it takes what is left to pay."""


TRAITS: dict[TenderKind, TenderTraits] = {
    TenderKind.CASH: TenderTraits("Cash", gives_change=True, opens_drawer=True, counted=True, deposited=True,
                                  takes_rest=True),
    TenderKind.CHECK: TenderTraits("Check", opens_drawer=True, counted=True, deposited=True, takes_rest=True),
    TenderKind.MONEY_ORDER: TenderTraits("Money order", opens_drawer=True, counted=True, deposited=True,
                                         takes_rest=True),
    TenderKind.CASHIERS_CHECK: TenderTraits("Cashier’s check", opens_drawer=True, counted=True, deposited=True,
                                            takes_rest=True),
    TenderKind.CARD: TenderTraits("Card", counted=True, fee_item="CONV-CARD", takes_rest=True),
    TenderKind.ECHECK: TenderTraits("E-check", fee_item="CONV-ECHK", takes_rest=True),
    TenderKind.TRANSFER: TenderTraits("Departmental transfer", takes_rest=True),
    TenderKind.ON_ACCOUNT: TenderTraits("On account", takes_rest=True),
}  # fmt: skip


PAYABLES = "payables"
"""How a refund goes that the city's payables pay; nobody hands it over at the counter."""


def kind_name(kind: str) -> str:
    """Return the name of a means of payment as papers and screens show it."""
    return "City payables" if kind == PAYABLES else TRAITS[TenderKind(kind)].name


CHECK_LIKE = frozenset({TenderKind.CHECK, TenderKind.CASHIERS_CHECK, TenderKind.MONEY_ORDER})
"""Paper that the bank pays; each is endorsed when it is received."""

BANK_PAID = CHECK_LIKE | {TenderKind.ECHECK}
"""Tenders that name a bank account."""

CERTIFIED = frozenset({TenderKind.CASH, TenderKind.MONEY_ORDER, TenderKind.CASHIERS_CHECK})
"""Cash and certified funds: what a returned item is repaid with (E11)."""


class Rounding(StrEnum):
    """How the cash part of a payment is rounded to the nickel (Texas Comptroller, STAR 202512001M)."""

    OFF = "off"
    NEAREST = "nearest"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Tender:
    """A tender as offered: what was handed over. ``amount`` None takes what is left to pay (cents)."""

    kind: TenderKind
    amount: Cents | None = None
    number: str = ""
    routing: str = ""
    account: str = ""
    brand: str = ""
    last4: str = ""
    authorization: str = ""
    document: str = ""
    department: str = ""
    account_hash: str = ""
    """Keyed hash of the bank account; where it stands, ``account`` is masked."""
    check_date: date | None = None
    """The date written on a check."""
    drawn_by: str = ""
    """Who drew the check, as it is printed on it; kept as a purgeable note."""
    flags: tuple[str, ...] = ()
    """What is wrong with a check (``checks.CheckFlag``)."""


@dataclass(frozen=True, slots=True)
class SettledTender:
    """A tender after settling (cents)."""

    tender: Tender
    given: Cents
    """What was handed over."""
    applied: Cents
    """The part of the total it pays (before rounding and change)."""
    fee: Cents
    """The service fee taken on top of it."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """How tenders meet a total (cents). ``rest`` > 0 means that something is still to pay."""

    total: Cents
    tenders: tuple[SettledTender, ...]
    fees: Cents
    rounding: Cents
    """Cash rounded minus exact (−0.02 when 64.37 is taken as 64.35)."""
    change: Cents
    rest: Cents

    @property
    def collected(self) -> Cents:
        """What was taken: change deducted, fees and rounding included."""
        return sum(part.given + part.fee for part in self.tenders) - self.change
