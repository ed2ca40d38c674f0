"""What every cart must be before it is priced: of a size within reason, with words that can be kept (A2, A3)."""

from __future__ import annotations

from collections.abc import Sequence

from csr_desk.domain.cart import CartLine, PricedCart
from csr_desk.domain.errors import BadInput, Ineligible, TenderRefused
from csr_desk.domain.tender import TRAITS, Tender
from csr_desk.services.lines import BillLine, Line
from csr_desk.services.words import plain_words

MOST_LINES = 200
MOST_TENDERS = 20


def check_cart(lines: Sequence[Line], tenders: Sequence[Tender]) -> None:
    """Refuse an empty cart, one beyond reason, and words that cannot be kept; raise BadInput, CardNumberRefused."""
    if not lines:
        raise BadInput("The cart is empty.", field="lines")
    if len(lines) > MOST_LINES or len(tenders) > MOST_TENDERS:
        raise BadInput(f"A receipt has at most {MOST_LINES} lines and {MOST_TENDERS} tenders.", field="lines")
    for line in lines:
        if isinstance(line, CartLine):
            for name, value in line.inputs.items():
                plain_words(value, name)
            plain_words(line.override_reason, "override_reason")
            plain_words(line.override_authority, "authority", 200)
            if line.waiver is not None:
                plain_words(line.waiver.authority, "waiver_authority", 200)
                plain_words(line.waiver.reason, "waiver_reason", 200)
        elif isinstance(line, BillLine):
            plain_words(line.reason, "reason", 200)


def check_allowed(cart: PricedCart, tenders: Sequence[Tender], taken: Sequence[str]) -> None:
    """Refuse a tender that the office or the item does not take, and items not for one receipt (A2, A3)."""
    for tender in tenders:
        if tender.kind.value not in taken:
            raise TenderRefused(f"{TRAITS[tender.kind].name}: this office does not take it.", field="tenders")
    for line in cart.lines:
        for tender in tenders:
            if line.tenders is not None and tender.kind.value not in line.tenders:
                raise TenderRefused(f"{line.name} is not sold for {TRAITS[tender.kind].name.lower()}.")
    groups = {line.multi_group for line in cart.lines if line.multi_group}
    if len(groups) > 1:
        raise Ineligible("These items may not stand on one receipt. Sell them one after the other.")
