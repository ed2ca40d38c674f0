"""The six duties that must be in different hands: what makes one, who did two, which pairs are grave (control 2).

An office reads this twice: as the role-conflict report, and as the test of control 2 in the auditor's evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act, Role


class Duty(StrEnum):
    """The duties of control 2, in its order."""

    CASH = "receive_cash"
    VOIDS = "approve_voids_refunds"
    RECEIVABLES = "adjust_receivables"
    BATCH = "approve_batch"
    BANK = "reconcile_bank"
    USERS = "administer_users"

    @property
    def words(self) -> str:
        """What somebody with this duty does."""
        return _WORDS[self]


_WORDS = {
    Duty.CASH: "receives cash",
    Duty.VOIDS: "approves voids and refunds",
    Duty.RECEIVABLES: "adjusts receivables",
    Duty.BATCH: "approves batches",
    Duty.BANK: "reconciles the bank",
    Duty.USERS: "administers users",
}

BORNE = frozenset({
    frozenset({Duty.VOIDS, Duty.BATCH}), frozenset({Duty.RECEIVABLES, Duty.BANK}),
    frozenset({Duty.VOIDS, Duty.RECEIVABLES}), frozenset({Duty.BATCH, Duty.RECEIVABLES}),
})  # fmt: skip
"""Pairs that one desk commonly holds, the supervisor's and the accountant's: neither touches cash or the other's books.
A supervisor decides small adjustments that a clerk asked for, and takes no money. They are shown for a person to judge;
every other pair is grave."""

ACTS: Mapping[Duty, frozenset[Act]] = {
    Duty.CASH: frozenset({Act.SELL, Act.OPEN_DRAWER, Act.DROP, Act.COUNT, Act.VOID, Act.REFUND, Act.HAND_OVER}),
    Duty.VOIDS: frozenset({Act.APPROVE}),
    Duty.RECEIVABLES: frozenset(
        {
            Act.RETURN_ITEM,
            Act.DECIDE_ADJUSTMENT,
            Act.REVERSE_ADJUSTMENT,
            Act.LOAD_BILLS,
            Act.CHARGE_BILLS,
        }
    ),
    Duty.BATCH: frozenset({Act.ACCEPT_BATCH, Act.REJECT_BATCH, Act.REOPEN_BATCH, Act.CLOSE_DAY}),
    Duty.BANK: frozenset({Act.CONFIRM_DEPOSIT, Act.EXPORT_JOURNAL}),
    Duty.USERS: frozenset({Act.SET_POLICY, Act.LOAD_CATALOGUE, Act.MANAGE_STAFF}),
}
"""Which permissions make a duty; whoever sets the rules and prices administers, as whoever sets the users does."""

KINDS: Mapping[EventKind, Duty] = {
    EventKind.BATCH_OPENED: Duty.CASH,
    EventKind.SALE: Duty.CASH,
    EventKind.VOID: Duty.CASH,
    EventKind.REFUND: Duty.CASH,
    EventKind.TENDER_CORRECTED: Duty.CASH,
    EventKind.NO_SALE: Duty.CASH,
    EventKind.DROP: Duty.CASH,
    EventKind.COUNT: Duty.CASH,
    EventKind.COUNT_SUBMITTED: Duty.CASH,
    EventKind.CHANGE_ORDER: Duty.CASH,
    EventKind.CUSTODY_HANDED: Duty.CASH,
    EventKind.BATCH_ACCEPTED: Duty.BATCH,
    EventKind.BATCH_REJECTED: Duty.BATCH,
    EventKind.BATCH_REOPENED: Duty.BATCH,
    EventKind.DAY_CLOSED: Duty.BATCH,
    EventKind.DEPOSIT_CONFIRMED: Duty.BANK,
    EventKind.ITEM_RETURNED: Duty.RECEIVABLES,
    EventKind.ADJUSTMENT_REVERSED: Duty.RECEIVABLES,
    EventKind.BILL_CHARGED: Duty.RECEIVABLES,
    EventKind.EXPORT: Duty.BANK,
    EventKind.POLICY_SET: Duty.USERS,
    EventKind.CATALOGUE_LOADED: Duty.USERS,
    EventKind.STAFF_CHANGED: Duty.USERS,
}
"""Of which duty an entry is, for who wrote it. ``ADJUSTMENT_DECIDED`` is of none: whoever asked may withdraw by it, and
control 37 looks at each decision itself."""

_WITNESSED = frozenset({
    EventKind.DROP, EventKind.DEPOSIT_PREPARED, EventKind.CHANGE_ORDER, EventKind.SUSPECT_NOTE,
    EventKind.CUSTODY_HANDED, EventKind.SURPRISE_COUNT,
})  # fmt: skip
"""Entries whose second signature is that of a witness or of another custodian, not of an approver."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody did in a period: a kind of entry, as who wrote it or who signed it, how often, and one of them."""

    user: str
    kind: EventKind
    signed: bool
    batch: str
    number: int
    entry: str


@dataclass(frozen=True, slots=True)
class DutyConflict:
    """One person (or role) with duties that must be apart, with what shows it."""

    who: str
    duties: tuple[Duty, ...]
    same_batch: str
    """The batch in which both happened; empty where they happened apart."""
    deeds: tuple[Deed, ...] = ()


def held(may: frozenset[Act]) -> tuple[Duty, ...]:
    """Return the duties that permissions make."""
    return tuple(duty for duty, acts in ACTS.items() if acts & may)


def pairs(duties: Iterable[Duty]) -> tuple[tuple[Duty, Duty], ...]:
    """Return every pair of duties that one hand holds."""
    return tuple(combinations(sorted(set(duties), key=tuple(Duty).index), 2))


def grave(one: Duty, other: Duty) -> bool:
    """Say whether nobody may hold both."""
    return frozenset({one, other}) not in BORNE


def _in_conflict(duties: Iterable[Duty]) -> bool:
    return any(grave(*pair) for pair in pairs(duties))


def role_conflicts(permissions: Mapping[Role, frozenset[Act]]) -> tuple[DutyConflict, ...]:
    """Return the roles that hold a grave pair; the reviewer accepts, but takes no money, and so holds one duty."""
    found = (DutyConflict(role.value, held(may), "") for role, may in permissions.items())
    return tuple(one for one in found if _in_conflict(one.duties))


def duty_of(deed: Deed) -> Duty | None:
    """Say of which duty a deed is; a signature approves, unless it is a witness's or another custodian's."""
    if deed.signed:
        return None if deed.kind in _WITNESSED else Duty.VOIDS
    return KINDS.get(deed.kind)


def people_conflicts(deeds: Iterable[Deed]) -> tuple[DutyConflict, ...]:
    """Return who did things of a grave pair in a period: in one batch first (the graver), then over the period."""
    by_person: dict[str, dict[Duty, list[Deed]]] = defaultdict(lambda: defaultdict(list))
    by_batch: dict[tuple[str, str], dict[Duty, list[Deed]]] = defaultdict(lambda: defaultdict(list))
    for deed in deeds:
        duty = duty_of(deed)
        if duty is not None:
            by_person[deed.user][duty].append(deed)
            if deed.batch:
                by_batch[deed.batch, deed.user][duty].append(deed)
    batches = [_conflict(user, batch, found) for (batch, user), found in sorted(by_batch.items())]
    people = [_conflict(user, "", found) for user, found in sorted(by_person.items())]
    return tuple(one for one in (*batches, *people) if _in_conflict(one.duties))


def _conflict(user: str, batch: str, found: Mapping[Duty, list[Deed]]) -> DutyConflict:
    duties = tuple(duty for duty in Duty if duty in found)
    deeds = tuple(deed for duty in duties for deed in sorted(found[duty], key=lambda one: (one.kind, one.entry)))
    return DutyConflict(user, duties, batch, deeds)
