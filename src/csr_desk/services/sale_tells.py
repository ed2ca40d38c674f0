"""What a sale tells beside its money: orders that it pays; and what a void takes back of it.

The rows are told by the sale's own entry (``services.telling``), so that money and right come about in one act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.about import ABOUT
from csr_desk.domain.errors import Ineligible
from csr_desk.domain.ledger import EntryDraft, EventKey, Written
from csr_desk.domain.telling import SETS, Change
from csr_desk.services import orders_sold, telling
from csr_desk.services.desk import Desk
from csr_desk.services.orders_sold import Ordered


@dataclass(frozen=True, slots=True)
class Tells:
    """Rows that an entry tells, and what it is about beside what its draft says already."""

    changes: tuple[Change, ...] = ()
    about: tuple[str, ...] = ()


def next_entry(work: Work, series: str) -> EventKey:
    """Return where the next entry of a series will stand: sure while the series is locked, until something is written.

    An entry that tells a row may name itself there (``paid_seq``, ``receipt_seq``).
    """
    work.lock_series(series)
    return EventKey(series, work.heads[series].last_seq + 1)


def of_sale(work: Work, draft: EntryDraft, ordered: Sequence[Ordered]) -> Tells:
    """Say what a sale tells: the orders that it pays."""
    if not ordered:
        return Tells()
    changes = orders_sold.paid(ordered, next_entry(work, draft.series))
    return Tells(changes, tuple(sorted(orders_sold.subjects_of(ordered))))


def of_void(work: Work, event: Event) -> Tells:
    """Say what the void of a receipt tells: its orders may be paid again."""
    changes = orders_sold.unpaid(work.conn, event)
    return Tells(changes, tuple(event.facts.get(ABOUT, ()))) if changes else Tells()


def refuse_anew(event: Event) -> None:
    """Raise Ineligible where a receipt told more than money: that is not applied to something else."""
    if event.facts.get(SETS):
        raise Ineligible("This receipt paid an order of a project. Void it, or refund it, and sell again.")


def told_draft(draft: EntryDraft, tells: Tells) -> EntryDraft:
    """Return the draft with what it tells."""
    return telling.told_draft(draft, tells.changes, tells.about) if tells.changes else draft


def append(work: Work, desk: Desk, draft: EntryDraft, tells: Tells) -> Written:
    """Write an entry and the rows that it tells; what it is about is noted with its money (``applying.note``)."""
    written = work.append(draft, desk.now_text())
    telling.remember(work, written, tells.changes)
    return written
