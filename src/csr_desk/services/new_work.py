"""A work order as it is laid out for the entry that opens it, and what entries about one are about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.models import work_order
from csr_desk.data.queries import Connection, told
from csr_desk.domain import about
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.sites import site_key
from csr_desk.domain.telling import Change, Value
from csr_desk.domain.work_orders import Priority, Source, WorkKind, due_on
from csr_desk.services import telling
from csr_desk.services.desk import Desk

SERIES = "work_order"


@dataclass(frozen=True, slots=True)
class NewWork:
    """A work order as it is laid out for its entry; ``subject``, ``site`` and ``customer`` were looked up."""

    kind: WorkKind
    work: str
    site: str
    source: Source
    subject: str = ""
    customer: str = ""
    priority: Priority = Priority.NORMAL
    crew: str = ""
    paid: EventKey | None = None
    due: date | None = None
    project: str = ""


def laid_out(
    desk: Desk, conn: Connection, by: str, new: NewWork, after: Change | None = None
) -> tuple[str, list[Change], tuple[str, ...]]:
    """Give a new work order its number; ``by`` is the user who opens it.

    Returns the number, what its entry tells (the counter first), and what that is about.
    """
    today = desk.today()
    number, counted = telling.next_number(conn, desk, SERIES, today.year, after)
    due = new.due or due_on(new.priority, today, desk.policy.work_order_days, holidays=desk.policy.days_off)
    values: dict[str, Value] = {
        "kind": new.kind.value, "priority": new.priority.value, "state": "assigned" if new.crew else "open",
        "source": new.source.value, "subject": new.subject or None, "customer_id": new.customer or None,
        "opened_on": today.isoformat(), "due_on": due.isoformat(), "opened_by": by,
        "receipt_series": new.paid.series if new.paid else None, "receipt_seq": new.paid.seq if new.paid else None,
    }  # fmt: skip
    words = {"site": new.site, "site_key": site_key(new.site), "work": new.work, "crew": new.crew or None}
    filled = {name: value for name, value in values.items() if value is not None}
    row = told.added(work_order, (number,), filled, {name: text for name, text in words.items() if text})
    subjects = {about.work_order(number), new.subject, about.site(site_key(new.site))}
    subjects |= {about.customer(new.customer)} if new.customer else set()
    subjects |= {about.project(new.project)} if new.project else set()
    return number, [counted, row], tuple(sorted(subjects - {""}))


def opened_facts(number: str, new: NewWork) -> dict[str, object]:
    """Return the facts of the entry that opens a work order, beside the rows that it tells."""
    return {"work_order": number, "kind": new.kind.value, "step": "open"}


def subjects_of(row: told.Record) -> tuple[str, ...]:
    """Say what an entry about a work order is about: so each time line finds it."""
    whose = {about.customer(row["customer_id"])} if row["customer_id"] else set()
    return tuple(sorted({about.work_order(row["work_order_no"]), row["subject"] or "", *whose} - {""}))
