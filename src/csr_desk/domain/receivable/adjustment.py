"""An adjustment as it stands: what was asked for, how it was computed, who decides, what became of it (F4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from csr_desk.domain.ledger import Posting
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Actor, Role
from csr_desk.domain.policy import Policy
from csr_desk.domain.receivable.adjusting import KINDS, Kind, Step


class State(StrEnum):
    """Where an adjustment stands."""

    REQUESTED = "requested"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REVERSED = "reversed"


OTHER_NAMES: Mapping[str, str] = {
    "leak": "LKA", "repaired_leak": "LKA", "47-74": "LKA",
    "large_bill": "ULB", "unusually_large_bill": "ULB", "47-75": "ULB",
    "exceptional": "ECA", "exceptional_circumstances": "ECA", "47-75.1": "ECA",
    "correction": "COR", "billing_error": "COR",
}  # fmt: skip
"""What people and scripts call the kinds."""


def kind_named(name: str) -> Kind | None:
    """Return the kind of a code, a name in words or a section of the ordinance; None for anything else."""
    bare = name.strip()
    code = OTHER_NAMES.get(bare.lower().replace(" ", "_").replace("-bill", "_bill"), bare.upper())
    return KINDS.get(code)


@dataclass(frozen=True, slots=True)
class Document:
    """A file that proves something, without its bytes."""

    number: str
    name: str
    media: str
    size: int
    sha256: str
    added_by: str
    added_at: datetime
    seen_elsewhere: tuple[str, ...] = ()
    """Other adjustments that were given the very same file."""


@dataclass(frozen=True, slots=True)
class BillPart:
    """What comes off of one bill (cents; below zero: is added); ``credit`` of it went to the account's credit."""

    bill: str
    month: date
    amount: Cents
    credit: Cents = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """Who did something with it, when, and what they said."""

    by: str = ""
    at: datetime | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An adjustment with everything that whoever decides it reads; ``amount`` comes off (cents)."""

    number: str
    account: str
    customer: str
    address: str
    kind: Kind
    state: State
    amount: Cents
    parts: tuple[BillPart, ...]
    steps: tuple[Step, ...]
    evidence: Mapping[str, str]
    reason: str
    documents: tuple[Document, ...]
    requested: Mark
    requested_by: str
    """The user."""
    decider: Role | None
    """Whose tier it falls into."""
    decided: Mark = field(default_factory=Mark)
    reversed_: Mark = field(default_factory=Mark)
    postings: tuple[Posting, ...] = ()
    """Of the last entry about it: only what goes to or comes from the account's credit is posted."""

    @property
    def waits(self) -> bool:
        """Say whether somebody has to decide it."""
        return self.state is State.REQUESTED

    @property
    def credit(self) -> Cents:
        """What of it went to the account's credit."""
        return sum(part.credit for part in self.parts)


def limit_of(role: Role, policy: Policy) -> Cents:
    """Say up to which amount a role decides (cents); 0 for a role that decides none."""
    return {Role.SUPERVISOR: policy.adjust_supervisor, Role.ACCOUNTANT: policy.adjust_accountant}.get(role, 0)


def decider_of(amount: Cents, policy: Policy) -> Role | None:
    """Say whose tier an amount falls into: the lowest role that may decide it, or nobody's."""
    tiers = ((limit_of(role, policy), role) for role in (Role.SUPERVISOR, Role.ACCOUNTANT))
    return next((role for limit, role in tiers if abs(amount) <= limit), None)


def may_decide(actor: Actor, amount: Cents, policy: Policy) -> bool:
    """Say whether an amount is within somebody's tier."""
    return abs(amount) <= limit_of(actor.role, policy)
