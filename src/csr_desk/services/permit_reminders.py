"""Reminders by mail: permits and contractors' papers that end soon, each once for its last day (G14).

They go into the outbox; selling waits for no server. Who has no mail address stays on the list for the telephone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, contractors, customers, entries, permits
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.outbox import Message
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.validity import list_until
from csr_desk.services import outbox
from csr_desk.services.desk import Desk

KIND = "reminder"
MOST = 200
"""Reminders of one run."""

_WORDS = {
    "en": (
        "{what} ends on {day}",
        "{what} ends on {day}.\n\nPlease renew it at any counter before that day. {office}, {phone}",
    ),
    "es": (
        "{what} vence el {day}",
        "{what} vence el {day}.\n\nRenuévelo en cualquier ventanilla antes de esa fecha. {office}, {phone}",
    ),
}
_PERMIT = {"en": "Permit {number} ({site})", "es": "El permiso {number} ({site})"}
_KINDS_ES = {
    PaperKind.LICENCE: "licencia", PaperKind.INSURANCE: "seguro", PaperKind.BOND: "fianza",
    PaperKind.REGISTRATION: "registro",
}  # fmt: skip
_PAPER = {"en": "Your {kind} {number}", "es": "Su {kind} {number}"}


@dataclass(frozen=True, slots=True)
class RemindOfEnds:
    """Write to whoever has a permit or a paper that ends within so many days (the policy's, if None)."""

    key: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class _Reminder:
    key: str
    customer: str
    subject: str
    named: dict[str, str]
    """What ends, by language."""
    day: date


def remind_of_ends(desk: Desk, actor: Actor, command: RemindOfEnds) -> Done[tuple[str, ...]]:
    """Queue the reminders that were not sent for this last day yet; return what they are about.

    Run again, it queues nothing twice: the message of a permit and its last day has one key for ever.
    """
    actor.require(Act.AMEND_PERMIT)
    within = desk.policy.paper_warn_days if command.days is None else command.days
    sent: list[str] = []
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        for one in _ending(work.conn, desk.today(), within):
            record = customers.one(work.conn, one.customer)
            if record is None or not record.email or entries.event_of_key(work.conn, one.key) is not None:
                continue
            title, body = _WORDS.get(record.language, _WORDS["en"])
            said = {
                "what": one.named.get(record.language, one.named["en"]), "day": one.day.isoformat(),
                "office": desk.office.name, "phone": desk.office.phone,
            }  # fmt: skip
            mail = Message(one.key, KIND, record.email, title.format(**said), body.format(**said), one.subject)
            outbox.queue(work, desk, actor, mail)
            work.lock_series(desk.office_series)
            sent.append(one.subject)
    return Done(tuple(sent), frozenset({Topic.OUTBOX}))


def _ending(conn: Connection, today: date, within: int) -> Iterator[_Reminder]:
    until = list_until(today, within)
    for one in permits.ending(conn, today, until, MOST):
        if one.customer_id and one.expires_on:
            named = {language: text.format(number=one.number, site=one.site) for language, text in _PERMIT.items()}
            key = f"reminder-{one.number}-{one.expires_on}"
            yield _Reminder(key, one.customer_id, about.permit(one.number), named, one.expires_on)
    for who, paper in contractors.ending(conn, until, MOST):
        ends = paper.paper.expires_on
        if ends is not None and ends >= today:
            kinds = {"en": paper.paper.kind.value, "es": _KINDS_ES[paper.paper.kind]}
            named = {
                language: text.format(kind=kinds[language], number=paper.number) for language, text in _PAPER.items()
            }
            key = f"reminder-{who.number}-{paper.n}-{ends}"
            yield _Reminder(key, who.customer_id, about.contractor(who.number), named, ends)
