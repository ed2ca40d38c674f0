"""What the demo city's customers buy and how they pay. Everybody in it is made up."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import PIECES
from csr_desk.domain.money import Cents
from csr_desk.domain.tender import Tender, TenderKind

CUSTOMERS = (
    "Alma Reyes", "Brian Kowalski", "Carmen Ortega", "Daniel Osei", "Elena Petrova", "Farid Rahimi", "Grace Kim",
    "Hugo Fernández", "Imani Brooks", "José Núñez", "Karen Whitfield", "Luis Ávila", "Minh Trần", "Nadia Haddad",
    "Olivia Grant", "Phạm Văn Đức", "Quentin Moss", "Rosa Villarreal", "Sean Murphy", "Thuỷ Lê", "Uma Iyer",
    "Bayou Electric LLC", "Heights Builders Inc.", "Gulf Plumbing Co.", "Third Ward Market",
)  # fmt: skip

NOTES: tuple[Cents, ...] = (100, 500, 1000, 2000, 5000, 10000)
MOST_CASH: Cents = 40_000
LEAST_CARD: Cents = 100


@dataclass(frozen=True, slots=True)
class Cart:
    """What one customer wants."""

    lines: tuple[CartLine, ...]
    customer: str

    def tenders(self, chance: random.Random, total: Cents) -> tuple[Tender, ...]:
        """Choose how they pay: mostly cash for little, checks and cards for more, now and then both."""
        if total == 0:
            return ()
        luck = chance.randrange(100)
        if total <= MOST_CASH and luck < (65 if total < NOTES[3] else 30):
            return (Tender(TenderKind.CASH, _offered(chance, total)),)
        if luck < SPLIT and LEAST_CARD * 20 < total <= MOST_CASH:
            first = total // 2 // 100 * 100
            return (_check(chance, first), Tender(TenderKind.CASH))
        if luck < CARDS and total >= LEAST_CARD:
            last4 = f"{chance.randrange(10000):04d}"
            return (Tender(TenderKind.CARD, brand="Visa", last4=last4, authorization=f"{chance.randrange(10**6):06d}"),)
        if luck < ORDERS:
            return (Tender(TenderKind.MONEY_ORDER, total, number=str(chance.randrange(10**9, 10**10))),)
        return (_check(chance, total),)


SPLIT, CARDS, ORDERS = 34, 68, 72
"""Of a hundred customers, where the next way to pay begins."""


def _check(chance: random.Random, amount: Cents) -> Tender:
    return Tender(TenderKind.CHECK, amount, number=str(chance.randrange(1001, 9999)), routing="113000023")


def _offered(chance: random.Random, total: Cents) -> Cents | None:
    """Choose the cash handed over: exact, or the next handful of notes."""
    if chance.randrange(4) == 0:
        return None
    note = chance.choice([note for note in NOTES if note * 20 >= total])
    return -(-total // note) * note


def make_cart(chance: random.Random) -> Cart:
    """Choose what a customer buys: one thing mostly, sometimes two or three."""
    number = chance.choice((1, 1, 1, 1, 2, 2, 3))
    return Cart(tuple(_line(chance) for _ in range(number)), chance.choice(CUSTOMERS))


_COMMON = (
    "ELE-RECON", "ELE-RECON", "ALM-RES", "ALM-NONRES", "BLD-DRIVE", "BLD-REINSP", "WTR-CHGCUST", "WTR-RESTORE",
    "LIB-NOTARY", "LIB-PASSPORT", "LIB-PHOTO", "HFD-ALARM-R", "PLB-TEMPGAS", "ELE-TCI", "VFH-DRIVER", "ANI-SENIOR",
    "ANI-STER1", "GARAGE-SALE", "MCD-CLEAR", "REC-MAP", "WTR-REREAD", "ARA-VENDOR",
)  # fmt: skip
"""Bought as they are; the fields they ask for are filled in by the demo."""


def _line(chance: random.Random) -> CartLine:
    kind = chance.randrange(10)
    if kind == 0:
        return CartLine("BLD-STRUCT", {"valuation": f"{chance.randrange(2, 120) * 500}.00"})
    if kind == 1:
        return CartLine("REC-COPY", {"pages": str(chance.randint(1, 60))})
    if kind == 2:  # noqa: PLR2004 - the third of ten
        return CartLine("VIT-BIRTH", {"copies": str(chance.randint(1, 3))})
    if kind == 3:  # noqa: PLR2004 - the fourth of ten
        return CartLine("WTR-SFR", {"meter_size": "3/4", "usage_kgal": str(chance.randint(1, 14))})
    return CartLine(chance.choice(_COMMON), quantity=Decimal(1))


def pieces_for(cash: Cents) -> dict[Cents, int]:
    """Lay an amount out in notes and coins, the largest first (a $2 note is rare, half dollars too)."""
    pieces: dict[Cents, int] = {}
    for value, _ in PIECES:
        if value in {200, 50}:
            continue
        number, cash = divmod(cash, value)
        if number:
            pieces[value] = number
    return pieces
