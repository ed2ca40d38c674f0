"""A new account looked into: what belongs to it, and whether the deposit is waived or charged, by rule (F13).

Waived: good standing with another utility for so many months (the forms' “based on customer's payment history with
another utility”), nobody owing us anything. Charged otherwise: by owner or tenant.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from csr_desk.domain.errors import Ineligible
from csr_desk.domain.money import Cents, shown


class Item(StrEnum):
    """What is looked into, in the order of the list; none is left out silently."""

    IDENTITY = "identity"
    TENURE = "tenure"
    """The lease, or the deed or closing paper."""
    PRIOR_BALANCE = "prior_balance"
    """What this customer owes here from before."""
    ADDRESS = "address"
    """The service address is the one on the papers."""
    STANDING = "standing"
    """Payment history with another utility: who was asked, how, reference, answer."""


class State(StrEnum):
    """What came of one thing."""

    OPEN = "open"
    MET = "met"
    NOT_MET = "not_met"
    SKIPPED = "skipped"
    """Left out with a reason, signed by a second person."""


MUST = frozenset({Item.IDENTITY, Item.TENURE, Item.ADDRESS})
"""Without these there is no account; the other two decide the deposit."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The city's terms (cents, months)."""

    owner: Cents
    tenant: Cents
    months: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a verification comes to."""

    verified: bool
    waived: bool
    deposit: Cents
    rule: str
    """``good_standing``, ``owner``, ``tenant``, ``owes_here``, or ``not_verified``."""
    sentence: str


def ruling(states: Mapping[Item, State], tenure: str, months: int, terms: Terms) -> Ruling:
    """Decide a verification; raise Ineligible naming what nobody looked into yet.

    ``tenure`` is ``owner`` or ``tenant``; ``months`` of good standing elsewhere, 0 where nobody could say.
    """
    still = [item for item in Item if states.get(item, State.OPEN) is State.OPEN]
    if still:
        words = ", ".join(item.value.replace("_", " ") for item in still)
        raise Ineligible(f"Nobody looked into this yet: {words}.")
    failed = [item for item in Item if item in MUST and states[item] is State.NOT_MET]
    if failed:
        words = ", ".join(item.value for item in failed)
        return Ruling(verified=False, waived=False, deposit=0, rule="not_verified", sentence=f"Not verified: {words}.")
    deposit = terms.owner if tenure == "owner" else terms.tenant
    charged = f"A deposit of {shown(deposit)} is charged"
    if states[Item.PRIOR_BALANCE] is not State.MET:
        why = (
            "something is owed here" if states[Item.PRIOR_BALANCE] is State.NOT_MET else "what is owed here is unknown"
        )
        return Ruling(verified=True, waived=False, deposit=deposit, rule="owes_here", sentence=f"{charged}: {why}.")
    if states[Item.STANDING] is State.MET and months >= terms.months:
        said = f"The deposit is waived: {months} months in good standing elsewhere."
        return Ruling(verified=True, waived=True, deposit=0, rule="good_standing", sentence=said)
    return Ruling(verified=True, waived=False, deposit=deposit, rule=tenure, sentence=f"{charged}: {_article(tenure)}.")


def _article(tenure: str) -> str:
    return f"an owner without {_SHORT}" if tenure == "owner" else f"a tenant without {_SHORT}"


_SHORT = "good standing elsewhere"
