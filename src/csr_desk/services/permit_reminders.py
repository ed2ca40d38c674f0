"""What ends soon, and reminders of it by mail: permits and contractors' papers, each once for its last day (G14).

They go into the outbox; selling waits for no server. Who has no mail address stays on the list for the telephone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from csr_desk.data.queries import Connection, contractors, customers, entries, permits
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.contractor import PaperKind
from csr_desk.domain.errors import BadInput
from csr_desk.domain.masking import seen_by
from csr_desk.domain.outbox import Message, read_address
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.validity import list_until
from csr_desk.services import outbox
from csr_desk.services.desk import Desk

KIND = "reminder"
MOST = 200
"""Reminders of one run."""
MOST_LISTED = 2_000
"""Permits, and papers, that are looked through: those that were reminded of are among them."""

_TITLE = {"en": "{what} ends on {day}", "es": "{what} vence el {day}"}
_BODY = {
    "en": "{what}{place} ends on {day}.\n\nPlease renew it at any counter before that day. {office}, {phone}",
    "es": "{what}{place} vence el {day}.\n\nRenuévelo en cualquier ventanilla antes de esa fecha. {office}, {phone}",
}
_PERMIT = {"en": "Permit {number}", "es": "El permiso {number}"}
_PAPER = {"en": "Your {kind} {number}", "es": "Su {kind} {number}"}
_KINDS_ES = {
    PaperKind.LICENCE: "licencia", PaperKind.INSURANCE: "seguro", PaperKind.BOND: "fianza",
    PaperKind.REGISTRATION: "registro",
}  # fmt: skip
_DAY = {"en": "{month} {day}, {year}", "es": "{day} de {month} de {year}"}
_MONTHS = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "es": (
        "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
        "noviembre", "diciembre",
    ),
}  # fmt: skip


class Told(StrEnum):
    """Whether somebody was written to of a last day."""

    NOT_YET = "not_yet"
    QUEUED = "queued"
    """The message is in the outbox, or went out."""
    NO_MAIL = "no_mail"
    """Nobody can be written to: no customer, or one without a mail address."""
    OVER = "over"
    """It ran out: nobody is reminded of a day that is past."""


@dataclass(frozen=True, slots=True)
class RemindOfEnds:
    """Write to whoever has a permit or a paper that ends within so many days (the policy's, if None)."""

    key: str
    days: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A permit or a contractor's paper that ran out or ends soon."""

    subject: str
    """The permit or the contractor (``domain.about``)."""
    kind: PaperKind | None
    """None for a permit."""
    number: str
    """Of the permit, or what stands on the paper."""
    what: str
    """The place of a permit; the trade of a paper, empty for every trade."""
    day: date
    """The last day."""
    key: str
    """Of its reminder: one for ever for this last day."""
    customer: str
    name: str = ""
    phone: str = ""
    email: str = ""
    language: str = ""
    told: Told = Told.NOT_YET


def endings(desk: Desk, actor: Actor, days: int | None = None) -> tuple[Ending, ...]:
    """Return what ran out or ends within so many days (the policy's, if None), soonest first, and who was told.

    A permit that was recorded as expired is not among them; a confidential customer's telephone is kept back.
    """
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = _endings(work.conn, desk, _within(desk, days))
        kept_back = {one.number for one in customers.all_of(work.conn, {e.customer for e in found}) if one.confidential}
    shown = (replace(one, phone="", email="") if one.customer in kept_back else one for one in found)
    return seen_by(actor.role, tuple(shown))


def remind_of_ends(desk: Desk, actor: Actor, command: RemindOfEnds) -> Done[tuple[str, ...]]:
    """Queue the reminders that were not sent for this last day yet (MOST at once); return what they are about.

    Run again, it queues nothing twice: the message of a permit and its last day has one key for ever.
    """
    actor.require(Act.AMEND_PERMIT)
    sent: list[str] = []
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        waiting = [one for one in _endings(work.conn, desk, _within(desk, command.days)) if one.told is Told.NOT_YET]
        for one in waiting[:MOST]:
            outbox.queue(work, desk, actor, _message(desk, one))
            sent.append(one.subject)
    return Done(tuple(sent), frozenset({Topic.OUTBOX, Topic.PERMITS}))


def _within(desk: Desk, days: int | None) -> int:
    return desk.policy.paper_warn_days if days is None else days


def _message(desk: Desk, one: Ending) -> Message:
    """Write a reminder in the customer's language, English where there is no text in it."""
    language = one.language if one.language in _TITLE else "en"
    if one.kind is None:
        what, place = _PERMIT[language].format(number=one.number), f" ({one.what})"
    else:
        kind = _KINDS_ES[one.kind] if language == "es" else one.kind.value
        what, place = _PAPER[language].format(kind=kind, number=one.number), ""
    month = _MONTHS[language][one.day.month - 1]
    said = {
        "what": what, "place": place, "office": desk.office.name, "phone": desk.office.phone,
        "day": _DAY[language].format(day=one.day.day, month=month, year=one.day.year),
    }  # fmt: skip
    title, body = _TITLE[language].format(**said), _BODY[language].format(**said)
    return Message(one.key, KIND, one.email, title, body, one.subject)


def _endings(conn: Connection, desk: Desk, within: int) -> tuple[Ending, ...]:
    """Return what ends until a day, with whom it belongs to: a joined record's is its person's."""
    until = list_until(desk.today(), within)
    found = [
        Ending(
            about.permit(one.number), None, one.number, one.site, one.expires_on,
            f"reminder-{one.number}-{one.expires_on}", one.customer_id,
        )
        for one in permits.ending(conn, date.min, until, MOST_LISTED)
        if one.expires_on is not None
    ]  # fmt: skip
    found += [
        Ending(
            about.contractor(who.number), held.paper.kind, held.number, held.paper.trade, held.paper.expires_on,
            f"reminder-{who.number}-{held.n}-{held.paper.expires_on}", who.customer_id,
        )
        for who, held in contractors.ending(conn, until, MOST_LISTED)
        if held.paper.expires_on is not None
    ]  # fmt: skip
    found.sort(key=lambda one: (one.day, one.subject, one.number))
    queued = entries.keys_used(conn, [one.key for one in found])
    people = _people(conn, {one.customer for one in found if one.customer})
    return tuple(_with_person(one, people, queued, desk.today()) for one in found)


def _people(conn: Connection, numbers: Iterable[str]) -> dict[str, customers.CustomerRecord]:
    roots = {number: customers.root_of(conn, number) for number in numbers}
    records = {one.number: one for one in customers.all_of(conn, set(roots.values()))}
    return {number: records[root] for number, root in roots.items() if root in records}


def _with_person(
    one: Ending, people: Mapping[str, customers.CustomerRecord], queued: frozenset[str], today: date
) -> Ending:
    who = people.get(one.customer)
    email = "" if who is None else _mail_of(who)
    if one.key in queued:
        told = Told.QUEUED
    elif one.day < today:
        told = Told.OVER
    else:
        told = Told.NOT_YET if email else Told.NO_MAIL
    if who is None:
        return replace(one, told=told)
    return replace(
        one, customer=who.number, name=who.name, phone=who.phone, email=email, language=who.language, told=told
    )


def _mail_of(who: customers.CustomerRecord) -> str:
    """Give the address that a mail server takes; a customer may have one with letters that none does."""
    try:
        return read_address(who.email) if who.email else ""
    except BadInput:
        return ""
