"""The six duties that an auditor keeps apart, by what the program lets people do and by what they did (control 2)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Act
from csr_desk.services.evidence.look import Look

CASH, APPROVES, ADJUSTS = "receives cash", "approves voids and refunds", "adjusts receivables"
ACCEPTS, BANK, USERS = "approves batches", "reconciles the bank", "administers users"

DUTIES: dict[str, frozenset[Act]] = {
    CASH: frozenset({Act.SELL, Act.OPEN_DRAWER, Act.COUNT}),
    APPROVES: frozenset({Act.APPROVE}),
    ADJUSTS: frozenset({Act.RETURN_ITEM}),
    ACCEPTS: frozenset({Act.ACCEPT_BATCH}),
    BANK: frozenset({Act.CONFIRM_DEPOSIT}),
    USERS: frozenset({Act.MANAGE_STAFF}),
}
"""Which acts make up a duty."""

GRAVE = frozenset({CASH, USERS})
"""With one of these no other duty goes."""

_DONE = {
    EventKind.SALE: CASH,
    EventKind.BATCH_OPENED: CASH,
    EventKind.ITEM_RETURNED: ADJUSTS,
    EventKind.BATCH_ACCEPTED: ACCEPTS,
    EventKind.DEPOSIT_CONFIRMED: BANK,
    EventKind.STAFF_CHANGED: USERS,
}
_APPROVED = (EventKind.VOID, EventKind.REFUND)


def conflicts(duties: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return every pair of duties that one hand holds."""
    order = list(DUTIES)
    return tuple(combinations(sorted(duties, key=order.index), 2))


def exercised(look: Look) -> dict[str, set[str]]:
    """Return what each person did in the period, by user."""
    found: dict[str, set[str]] = {}
    for kind, duty in _DONE.items():
        for event in look.of(kind):
            found.setdefault(event.actor, set()).add(duty)
    for event in look.of(*_APPROVED):
        if event.approver is not None:
            found.setdefault(event.approver, set()).add(APPROVES)
    return found
