"""What a sale tells beside its money: orders that it pays, permits that it issues; and what takes those back.

The rows are told by the sale's own entry (``services.telling``), so that money and right come about in one act.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from csr_desk.data.queries import Connection
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.about import ABOUT
from csr_desk.domain.cart import PricedLine
from csr_desk.domain.changes import Topic
from csr_desk.domain.errors import Ineligible
from csr_desk.domain.ledger import EntryDraft, EventKey, LineRow, Written
from csr_desk.domain.permits import permits_sold
from csr_desk.domain.telling import SETS, Change
from csr_desk.services import (
    orders_sold,
    permit_backs,
    permit_dues,
    permit_renewals,
    permit_sales,
    permit_takings,
    telling,
)
from csr_desk.services.desk import Desk
from csr_desk.services.orders_sold import Ordered
from csr_desk.services.permit_sales import PERMITS, Buying, Plan
from csr_desk.services.permit_takings import Gone

_ORDER = "sales_order"
_TOPICS = {
    "sales_order": {Topic.PROJECTS}, "permit": {Topic.PROJECTS, Topic.PERMITS},
    "permit_change": {Topic.PROJECTS, Topic.PERMITS},
}  # fmt: skip
"""What a page shows that has to look again, by the table of a told row."""


@dataclass(frozen=True, slots=True)
class Tells:
    """Rows that an entry tells, and what it is about beside what its draft says already."""

    changes: tuple[Change, ...] = ()
    about: tuple[str, ...] = ()
    permits: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    """The lines of each permit that it issues."""


def topics_of(draft: EntryDraft) -> frozenset[Topic]:
    """Return what the rows that an entry tells are shown under: pages that show such look again."""
    facts: Mapping[str, Any] = draft.facts
    found = [_TOPICS.get(told["table"], set()) for told in facts.get(SETS, ())]
    return frozenset().union(*found)


def next_entry(work: Work, series: str) -> EventKey:
    """Return where the next entry of a series will stand: sure while the series is locked, until something is written.

    An entry that tells a row may name itself there (``paid_seq``, ``receipt_seq``).
    """
    work.lock_series(series)
    return EventKey(series, work.heads[series].last_seq + 1)


def planned(
    conn: Connection,
    desk: Desk,
    lines: Sequence[PricedLine],
    whose: tuple[Buying, str, Sequence[Ordered], date],
) -> Plan:
    """Return the permits that the lines of a sale issue; an order may say which contractor buys them.

    ``whose``: the contractor that the sale names, its customer's number, the orders that it pays, the business date.
    Raises what ``permit_sales.planned`` refuses.
    """
    buying, customer, ordered, day = whose
    orders = [order for one in ordered for order in one.orders]
    named = buying.contractor or next((order.contractor for order in orders if order.contractor), "")
    alone = orders[0] if len(orders) == 1 else None
    whole = Plan(
        buying=replace(buying, contractor=named),
        customer_id=customer,
        order=alone.number if alone else "",
        project=alone.project if alone else "",
    )
    plan = permit_sales.planned(conn, desk, lines, whole, day)
    renewals = [one for one in permits_sold(desk.catalogue, lines) if one.renews]
    return replace(plan, renewals=tuple(permit_renewals.planned(conn, desk, one, day) for one in renewals))


def written(
    work: Work, desk: Desk, draft: EntryDraft, what: tuple[Sequence[Ordered], Plan], day: date
) -> tuple[Written, EntryDraft]:
    """Write the entry of a sale with the orders that it pays and the permits that it issues on a day.

    Returns what was written, and the draft as it was written.
    """
    ordered, plan = what
    key = next_entry(work, draft.series)
    paid = orders_sold.paid(ordered, key) if ordered else ()
    issued = permit_sales.issued(work, desk, key, plan, day)
    renewed = permit_renewals.renewed(work.conn, desk, key, plan.renewals, day)
    settled = permit_dues.settled(work.conn, key, draft.lines)
    about = {*(orders_sold.subjects_of(ordered) if ordered else ()), *issued.about, *renewed.about, *settled.about}
    tells = Tells((*paid, *issued.changes, *renewed.changes, *settled.changes), tuple(sorted(about)), issued.lines)
    draft = told_draft(permit_sales.with_reason(draft, plan), tells)
    return append(work, desk, draft, tells), draft


def of_void(work: Work, desk: Desk, original: tuple[Event, Sequence[LineRow]], day: date) -> Tells:
    """Say what the void of a receipt tells: its orders may be paid again, its permits are void, renewals undone.

    ``original`` is the entry of the receipt, and its lines as they go back (negative). Raises what
    ``permit_takings.voided`` and ``permit_renewals.taken_back`` refuse.
    """
    event, lines = original
    unpaid = orders_sold.unpaid(work.conn, event)
    about = tuple(event.facts.get(ABOUT, ())) if unpaid else ()
    ended = permit_takings.voided(work.conn, event, day)
    undone = permit_renewals.taken_back(work.conn, desk, event, dict.fromkeys((one.number for one in lines), True))
    due = permit_dues.unsettled(work.conn, lines)
    changes = (*unpaid, *ended.changes, *undone.changes, *due.changes)
    return Tells(changes, (*about, *ended.about, *undone.about, *due.about))


def of_refund(
    work: Work, desk: Desk, refund: tuple[Event, EntryDraft], gone: Mapping[int, Gone], of: tuple[str, date]
) -> Tells:
    """Say what a refund tells: which permits are void, were paid for in part only, or are not renewed after all.

    ``refund`` is the entry of the receipt and the draft that gives back; ``of`` the permit whose amendment it settles
    (or nothing), and the day.
    """
    (event, draft), (amended, day) = refund, of
    lines = draft.lines
    if amended:
        settled = permit_backs.settled(work.conn, next_entry(work, draft.series), amended, lines)
        return Tells(settled.changes, settled.about)
    ended = permit_takings.refunded(work.conn, event, lines, gone, day)
    whole = {number: one.whole for number, one in gone.items()}
    undone = permit_renewals.taken_back(work.conn, desk, event, whole)
    due = permit_dues.unsettled(work.conn, lines)
    return Tells((*ended.changes, *undone.changes, *due.changes), (*ended.about, *undone.about, *due.about))


def refuse_anew(event: Event) -> None:
    """Raise Ineligible where a receipt paid an order: that is not applied to something else."""
    if any(one["table"] == _ORDER for one in event.facts.get(SETS, ())):
        raise Ineligible("This receipt paid an order of a project. Void it, or refund it, and sell again.")


def told_draft(draft: EntryDraft, tells: Tells) -> EntryDraft:
    """Return the draft with what it tells."""
    if tells.permits:
        lines = {number: list(of) for number, of in tells.permits.items()}
        draft = replace(draft, facts={**draft.facts, PERMITS: lines})
    return telling.told_draft(draft, tells.changes, tells.about) if tells.changes else draft


def append(work: Work, desk: Desk, draft: EntryDraft, tells: Tells) -> Written:
    """Write an entry and the rows that it tells; what it is about is noted with its money (``applying.note``)."""
    entry = work.append(draft, desk.now_text())
    telling.remember(work, entry, tells.changes)
    return entry
