"""Segregation of duties: who receives, approves, reconciles and administers must be different people (control 2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act, Role


class Duty(StrEnum):
    """The duties that nobody holds two of."""

    CUSTODY = "custody"
    APPROVAL = "approval"
    RECONCILIATION = "reconciliation"
    ADMINISTRATION = "administration"


ACTS: Mapping[Duty, frozenset[Act]] = {
    Duty.CUSTODY: frozenset({Act.SELL, Act.OPEN_DRAWER, Act.DROP, Act.COUNT, Act.VOID, Act.REFUND, Act.HAND_OVER}),
    Duty.APPROVAL: frozenset({Act.APPROVE, Act.ACCEPT_BATCH, Act.REJECT_BATCH, Act.REOPEN_BATCH, Act.CLOSE_DAY}),
    Duty.RECONCILIATION: frozenset({Act.CONFIRM_DEPOSIT, Act.RETURN_ITEM, Act.EXPORT_JOURNAL}),
    Duty.ADMINISTRATION: frozenset({Act.SET_POLICY, Act.LOAD_CATALOGUE, Act.MANAGE_STAFF}),
}
"""Which permissions make a duty."""

KINDS: Mapping[EventKind, Duty] = {
    EventKind.BATCH_OPENED: Duty.CUSTODY,
    EventKind.SALE: Duty.CUSTODY,
    EventKind.VOID: Duty.CUSTODY,
    EventKind.REFUND: Duty.CUSTODY,
    EventKind.TENDER_CORRECTED: Duty.CUSTODY,
    EventKind.NO_SALE: Duty.CUSTODY,
    EventKind.DROP: Duty.CUSTODY,
    EventKind.COUNT: Duty.CUSTODY,
    EventKind.COUNT_SUBMITTED: Duty.CUSTODY,
    EventKind.CHANGE_ORDER: Duty.CUSTODY,
    EventKind.CUSTODY_HANDED: Duty.CUSTODY,
    EventKind.BATCH_ACCEPTED: Duty.APPROVAL,
    EventKind.BATCH_REJECTED: Duty.APPROVAL,
    EventKind.BATCH_REOPENED: Duty.APPROVAL,
    EventKind.DAY_CLOSED: Duty.APPROVAL,
    EventKind.DEPOSIT_CONFIRMED: Duty.RECONCILIATION,
    EventKind.ITEM_RETURNED: Duty.RECONCILIATION,
    EventKind.EXPORT: Duty.RECONCILIATION,
    EventKind.POLICY_SET: Duty.ADMINISTRATION,
    EventKind.CATALOGUE_LOADED: Duty.ADMINISTRATION,
    EventKind.STAFF_CHANGED: Duty.ADMINISTRATION,
}
"""Of which duty an entry is, for who wrote it."""

_WITNESSED = frozenset({EventKind.CUSTODY_HANDED, EventKind.SURPRISE_COUNT})
"""Entries whose second signature is that of another custodian, not of an approver."""


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


def role_conflicts(permissions: Mapping[Role, frozenset[Act]]) -> tuple[DutyConflict, ...]:
    """Return the roles that hold two duties; the reviewer accepts, but takes no money, and so holds one."""
    found = []
    for role, may in permissions.items():
        held = tuple(duty for duty, acts in ACTS.items() if acts & may)
        if len(held) > 1:
            found.append(DutyConflict(role.value, held, ""))
    return tuple(found)


def duty_of(deed: Deed) -> Duty | None:
    """Say of which duty a deed is; a signature approves, unless it is another custodian's."""
    if deed.signed:
        return None if deed.kind in _WITNESSED else Duty.APPROVAL
    return KINDS.get(deed.kind)


def people_conflicts(deeds: Iterable[Deed]) -> tuple[DutyConflict, ...]:
    """Return who did things of two duties in a period: in one batch first (the graver), then over the period."""
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
    return tuple(one for one in (*batches, *people) if len(one.duties) > 1)


def _conflict(user: str, batch: str, found: Mapping[Duty, list[Deed]]) -> DutyConflict:
    duties = tuple(duty for duty in Duty if duty in found)
    deeds = tuple(deed for duty in duties for deed in sorted(found[duty], key=lambda one: (one.kind, one.entry)))
    return DutyConflict(user, duties, batch, deeds)
