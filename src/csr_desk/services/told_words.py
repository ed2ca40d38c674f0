"""What entries about projects, permits, releases and the like say, in words: which row, and what is new of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import shown
from csr_desk.domain.steps import spelled
from csr_desk.domain.telling import SETS

Facts: TypeAlias = Mapping[str, Any]

MOST = 3
"""So many rows are named; of a storm batch the rest is counted."""
_SILENT = frozenset({"number_counter"})
_SHOWN = ("state", "kind", "form_no", "need_code", "total_minor", "amount_minor", "deposit", "releases", "attempts")
"""What is told of a row beside its number, in this order, where the entry sets it."""


def told(facts: Facts) -> str:
    """Name the rows that an entry tells and what became of them."""
    rows = [one for one in facts[SETS] if one["table"] not in _SILENT]
    named = [_row(one) for one in rows[:MOST]]
    more = len(rows) - len(named)
    return "; ".join([*named, f"{more} more"] if more > 0 else named)


def _row(one: Mapping[str, Any]) -> str:
    noun = str(one["table"]).replace("_", " ")
    new = [_value(name, one["values"][name]) for name in _SHOWN if one["values"].get(name) is not None]
    return f"{noun} {' '.join(map(str, one['key']))}{': ' if new else ''}{', '.join(new)}"


def _value(name: str, value: object) -> str:
    return shown(int(str(value))) if name.endswith("_minor") else spelled(str(value))


_KINDS = (
    EventKind.PROJECT_OPENED, EventKind.PROJECT_CHANGED, EventKind.ORDER_MADE, EventKind.ORDER_ENDED,
    EventKind.CONTRACTOR_CHANGED, EventKind.PERMIT_CHANGED, EventKind.PERMIT_MONEY_MOVED,
    EventKind.INSPECTION_REQUESTED, EventKind.INSPECTION_CHANGED, EventKind.INSPECTION_DONE,
    EventKind.WORK_ORDER_OPENED, EventKind.WORK_ORDER_CHANGED, EventKind.RELEASE_REQUESTED,
    EventKind.RELEASE_CHANGED, EventKind.RELEASE_BATCH_MADE, EventKind.RELEASE_BATCH_ANSWERED,
    EventKind.COMPANY_CHANGED, EventKind.COMPANY_ASKED, EventKind.VERIFICATION_OPENED,
    EventKind.VERIFICATION_CHANGED, EventKind.MESSAGE_QUEUED, EventKind.MESSAGE_TRIED, EventKind.MESSAGE_ENDED,
    EventKind.REQUEST_TYPES_SET, EventKind.REQUEST_OPENED, EventKind.REQUEST_CHANGED, EventKind.REQUEST_CLOSED,
    EventKind.CARD_CHANGED, EventKind.CARD_SHOWN, EventKind.NOTICE_POSTED, EventKind.NOTICE_READ,
    EventKind.FORM_CHANGED, EventKind.FORM_HANDED, EventKind.AGENCY_CHANGED, EventKind.REFERRED,
    EventKind.REFERRAL_FOLLOWED, EventKind.VISIT_CHANGED, EventKind.HELP_CALLED,
)  # fmt: skip
DETAILS: Mapping[EventKind, Callable[[Facts], str]] = dict.fromkeys(_KINDS, told)
"""What stands behind the name of such a kind; a slice may put words of its own in the place of these."""
