"""Whoever sells has read what is in force before the first sale of a business day (I2).

What is posted while somebody sells is read before their first sale of the next day: nobody is stopped in the middle of
a line of people. A sale pays for the rule with one indexed read, and from the second of the day on with none.
"""

from __future__ import annotations

from datetime import date

from csr_desk.data.queries import announcements, entries
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.errors import NoticesUnread
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Actor
from csr_desk.services.desk import Desk


def refuse_unread(work: Work, desk: Desk, actor: Actor, day: date) -> None:
    """Refuse the first sale of a business date to whoever has not read what is in force; raise NoticesUnread."""
    if desk.sold.get(actor.user) == day:
        return
    unread = announcements.unread(work.conn, actor.user, day)
    if not unread or entries.did_on(work.conn, actor.user, day, EventKind.SALE):
        return
    first, more = unread[0], len(unread) - 1
    others = f" and {more} more" if more else ""
    raise NoticesUnread(
        f"Read “{first.title}”{others} before your first sale of the day: it hangs at the information desk.",
        field=first.number,
    )


def has_sold(desk: Desk, user: str, day: date) -> None:
    """Remember that somebody sold on a business date; call it once the sale is recorded."""
    desk.sold[user] = day
