"""Business days: opened by the first act that needs one, closed once."""

from __future__ import annotations

from datetime import date, timedelta

from csr_desk.data.queries import office, tape
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.errors import DayClosed
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Actor
from csr_desk.services.clock import read_stamp
from csr_desk.services.clock_watch import BACKWARD
from csr_desk.services.desk import Desk, content_of


def ensure_open(work: Work, desk: Desk, actor: Actor, business_date: date) -> None:
    """Open a business day unless it is open; raise DayClosed if it was closed. The office series is locked before."""
    state = office.day_state(work.conn, business_date)
    if state == "closed":
        raise DayClosed(f"{business_date} is closed; nothing can be posted to it.")
    if state == "open":
        return
    if any(closed >= business_date for closed, state in office.business_days(work.conn) if state == "closed"):
        raise DayClosed(f"A day after {business_date} is closed already; nothing can be posted before it.")
    office.insert_day(work.conn, desk.office.office_id, business_date)
    work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.DAY_OPENED,
            business_date=business_date,
            actor=actor.user,
            idem_key=f"day-opened-{business_date}",
            content_hash=content_of(desk, "", business_date),
        ),
        desk.now_text(),
    )


def day_to_open(work: Work, desk: Desk) -> date:
    """Return the business date of a drawer that is opened now: today, unless the clock went back behind a closed day.

    A clock that stands behind the newest entry is wrong, and nobody is kept from taking money by it: the day is then
    the one after the newest closed day.
    """
    today = desk.today()
    closed = [day for day in desk.closed_days(work) if day >= today]
    if closed and read_stamp(tape.newest(work.conn)) - desk.clock.now() > BACKWARD:
        return max(closed) + timedelta(days=1)
    return today


def day_for_office(work: Work, desk: Desk, actor: Actor, wanted: date) -> date:
    """Return the day that an act of the office is posted to: ``wanted``, or the first day after it that is not closed.

    What the accountant learns after a day was closed belongs to the next one; a closed day is never posted to.
    """
    day = wanted
    newest_closed = max(
        (closed for closed, state in office.business_days(work.conn) if state == "closed"), default=None
    )
    if newest_closed is not None and day <= newest_closed and office.day_state(work.conn, day) != "open":
        day = newest_closed + timedelta(days=1)
    ensure_open(work, desk, actor, day)
    return day
