"""Tenders, notes and coins as people name them in a sentence."""

from __future__ import annotations

from csr_desk.domain.drawer import PIECES
from csr_desk.domain.money import Cents
from csr_desk.domain.tender import TRAITS, TenderKind

_ITEMS: dict[str, tuple[str, str]] = {
    TenderKind.CHECK: ("check", "checks"),
    TenderKind.MONEY_ORDER: ("money order", "money orders"),
    TenderKind.CASHIERS_CHECK: ("cashier’s check", "cashier’s checks"),
    TenderKind.CARD: ("card slip", "card slips"),
}

_NAMES = dict(PIECES)
_DOLLAR: Cents = 100


def item_word(tender: str, *, many: bool = False) -> str:
    """Name one item of a tender, or several: ``check``, ``card slips``."""
    return _ITEMS.get(tender, ("item", "items"))[many]


def tender_word(tender: str) -> str:
    """Name a tender inside a sentence: ``cash``, ``money order``."""
    return TRAITS[TenderKind(tender)].name.lower()


def piece_word(value: Cents, *, many: bool = False) -> str:
    """Name a note or coin (cents): ``$20 note``, ``quarters``."""
    if value < _DOLLAR:
        name = _NAMES[value].lower()
        return name if not many else ("pennies" if name == "penny" else f"{name}s")
    return f"{_NAMES[value]} note{'s' if many else ''}"
