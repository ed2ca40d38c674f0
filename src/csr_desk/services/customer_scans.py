"""A scanned driver licence fills the form of a customer: name and address, nothing else of the card is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from csr_desk.domain import licence_scan
from csr_desk.domain.addresses import address_words
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Scanned:
    """The form as the card fills it, which fields that changed, and what to know before it is relied on."""

    form: CustomerForm
    filled: tuple[str, ...]
    warning: str = ""


def is_licence(text: str) -> bool:
    """Say whether what a scanner sent is a driver licence or an identity card."""
    return licence_scan.looks_like_one(text)


def fill_from_licence(desk: Desk, actor: Actor, form: CustomerForm, text: str) -> Scanned:
    """Fill name and address of a form from a card; raise BadInput where it was read in part only.

    An expired card still says who somebody is; the clerk is told. Its number, birth date and description never leave
    ``domain.licence_scan``.
    """
    actor.require(Act.EDIT_ACCOUNTS)
    card = licence_scan.read(text)
    filled = replace(form, name=card.name, address=address_words(card.address))
    changed = tuple(name for name in ("name", "address") if getattr(filled, name) != getattr(form, name))
    return Scanned(filled, changed, _warning(card.expires, desk.today()))


def _warning(expires: date | None, today: date) -> str:
    return "" if expires is None or expires >= today else f"The card ran out on {expires.isoformat()}."
