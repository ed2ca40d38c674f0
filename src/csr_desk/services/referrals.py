"""People referred elsewhere: by what they need and where they live, warm or cold, and followed up (I4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from csr_desk.data.models import company_place, need, need_agency, referral
from csr_desk.data.queries import Connection, customers, told
from csr_desk.data.queries import referrals as rows
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.customer_words import fold
from csr_desk.domain.errors import BadInput, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.referrals import Agency, Area, Kind, Need, Place, Referral
from csr_desk.domain.request_steps import REFERRAL
from csr_desk.domain.telling import Change, Value
from csr_desk.domain.workdays import after_workdays
from csr_desk.services import companies, telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.request_privacy import open_to_all
from csr_desk.services.typed_numbers import no_such, typed_number
from csr_desk.services.words import needed_words, plain_words

SERIES = "referral"
TOPICS = frozenset({Topic.REFERRALS})
Lay: TypeAlias = Callable[[Connection], list[Change]]


@dataclass(frozen=True, slots=True)
class KeepNeed:
    """Say what people come for, or change it."""

    key: str
    code: str
    name: str
    keywords: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True)
class KeepAgency:
    """Say who answers a need; with ``n`` change it."""

    key: str
    need: str
    company: str
    area: Area = Area.ANYWHERE
    advice: str = ""
    n: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class KeepPlace:
    """Say where a company is found; with ``n`` in the place change it."""

    key: str
    company: str
    place: Place


@dataclass(frozen=True, slots=True)
class Refer:
    """Send somebody to an agency."""

    key: str
    need: str
    company: str
    kind: Kind = Kind.COLD
    customer_id: str = ""
    request: str = ""
    language: str = ""
    reason: str = ""
    inside: bool | None = None
    """Whether the address lies inside the city limits; asked for where the agency serves one side of them only."""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Whether it helped: ``reach``, ``fail`` or ``forget`` (nobody could say)."""

    key: str
    referral: str
    step: str
    outcome: str = ""


def needs(desk: Desk, actor: Actor) -> tuple[Need, ...]:
    """Return every need by name with who answers it."""
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        return rows.needs(work.conn)


def who_helps(desk: Desk, actor: Actor, words: str, *, inside: bool | None = None) -> tuple[Agency, ...]:
    """Return who answers a need by its code or by what people say, as far as they serve the address."""
    said = fold(words).split()
    found = []
    for one in needs(desk, actor):
        known = fold(f"{one.code} {one.written or one.name} {one.keywords}").split()
        if one.active and said and all(any(word.startswith(part) for word in known) for part in said):
            found += [agency for agency in one.agencies if agency.active and agency.serves(inside=inside)]
    return tuple(found)


def keep_need(desk: Desk, actor: Actor, command: KeepNeed) -> Done[str]:
    """Add or change a need; raise MissingInput, BadInput."""
    code = needed_words(command.code, "code", "Give the need a short code.", 40)
    values: dict[str, Value] = {"active": int(command.active)}
    words = {
        "name": needed_words(command.name, "name", "Say what people come for.", 300),
        "keywords": plain_words(command.keywords, "keywords", 300) or None,
    }

    def lay(conn: Connection) -> list[Change]:
        row = told.record(conn, need, code, lock=True)
        if row is None:
            return [told.added(need, (code,), values, {name: said for name, said in words.items() if said})]
        return [told.changed(need, row, values, words)]

    return _kept(desk, actor, command.key, command, (lay, about.need(code), code))


def keep_agency(desk: Desk, actor: Actor, command: KeepAgency) -> Done[str]:
    """Say who answers a need; raise NotFound (need, company, n)."""
    advice = plain_words(command.advice, "advice", 1500) or None
    code = command.need.strip()

    def lay(conn: Connection) -> list[Change]:
        if told.record(conn, need, code) is None:
            raise NotFound(f"There is no need “{code[:40]}”.", field="need")
        number = companies.known(conn, command.company).number
        values: dict[str, Value] = {
            "company_id": number, "area": command.area.value, "active": int(command.active),
        }  # fmt: skip
        if not command.n:
            at = rows.next_agency(conn, code)
            return [told.added(need_agency, (code, at), values, {"advice": advice} if advice else {})]
        row = told.record(conn, need_agency, code, command.n, lock=True)
        if row is None:
            raise NotFound(f"There is no agency {command.n} of this need.", field="n")
        return [told.changed(need_agency, row, values, {"advice": advice})]

    return _kept(desk, actor, command.key, command, (lay, about.need(code), code))


def keep_place(desk: Desk, actor: Actor, command: KeepPlace) -> Done[str]:
    """Say where a company is found; raise NotFound, MissingInput (no address), BadInput (link)."""
    place = command.place
    words: dict[str, str | None] = {
        "address": needed_words(place.address, "address", "Say where it is.", 200),
        "hours": plain_words(place.hours, "hours", 120) or None,
        "reach": plain_words(place.reach, "reach", 200) or None,
        "map_link": plain_words(place.map_link, "map_link", 300) or None,
    }
    if words["map_link"] and not words["map_link"].startswith("https://"):
        raise BadInput("A link to a map begins with https://: people open it with their telephone.", field="map_link")

    def lay(conn: Connection) -> list[Change]:
        number = companies.known(conn, command.company).number
        values: dict[str, Value] = {"active": int(place.active)}
        if not place.n:
            at = rows.next_place(conn, number)
            said = {name: text for name, text in words.items() if text}
            return [told.added(company_place, (number, at), values, said)]
        row = told.record(conn, company_place, number, place.n, lock=True)
        if row is None:
            raise NotFound(f"There is no place {place.n} of this company.", field="n")
        return [told.changed(company_place, row, values, words)]

    return _kept(desk, actor, command.key, command, (lay, "", command.company))


def refer(desk: Desk, actor: Actor, command: Refer) -> Done[Referral]:
    """Send somebody to an agency; a warm referral is followed up.

    Raises NotFound, BadInput (it does not answer this need, or serves the other side of the city limits), MissingInput
    (nobody asked on which side the address lies).
    """
    actor.require(Act.REFER)
    content = content_of(desk, actor.user, command)
    reason, language = plain_words(command.reason, "reason", 500), plain_words(command.language, "language", 10)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["referral"])), replayed=True)
        company = companies.known(work.conn, command.company).number
        _refuse_unknown(work.conn, command, company)
        named = open_to_all(work.conn, actor, command.request) if command.request else ""
        number, counted = telling.next_number(work.conn, desk, SERIES, desk.today().year)
        values: dict[str, Value] = {
            "need_code": command.need, "company_id": company, "kind": command.kind.value, "state": "given",
            "at": desk.now_text(), "referred_by": actor.user,
        }  # fmt: skip
        if command.kind is Kind.WARM:
            policy = desk.policy
            due = after_workdays(desk.today(), policy.referral_days, holidays=policy.days_off)
            values["follow_on"] = due.isoformat()
        more = {"customer_id": command.customer_id, "request_no": named, "language": language}
        values |= {name: said for name, said in more.items() if said}
        row = told.added(referral, (number,), values, {"reason": reason} if reason else {})
        draft = _draft(desk, actor, (command.key, content), EventKind.REFERRED, {"referral": number})
        telling.tell(work, desk, draft, [counted, row], subjects_of({"referral_no": number, **more, **values}))
        done = one(work.conn, number)
    return Done(done, TOPICS)


def follow_up(desk: Desk, actor: Actor, command: FollowUp) -> Done[Referral]:
    """Record whether a referral helped; raise NotFound, BadInput (step), MissingInput (what came of it), WrongState."""
    actor.require(Act.REFER)
    if command.step not in REFERRAL.moves:
        raise BadInput(f"A referral is followed up by one of {', '.join(REFERRAL.moves)}.", field="step")
    outcome = plain_words(command.outcome, "outcome", 500)
    if not outcome and command.step != "forget":
        raise MissingInput("Say what came of it.", field="outcome")
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["referral"])), replayed=True)
        row = told.record(work.conn, referral, typed_number(SERIES, command.referral), lock=True)
        if row is None:
            raise no_such(SERIES, command.referral)
        values: dict[str, Value] = {
            "state": REFERRAL.after(command.step, row["state"]), "followed_on": desk.today().isoformat(),
        }  # fmt: skip
        number = str(row["referral_no"])
        draft = _draft(desk, actor, (command.key, content), EventKind.REFERRAL_FOLLOWED, {"referral": number})
        change = told.changed(referral, row, values, {"outcome": outcome or None})
        telling.tell(work, desk, draft, [change], subjects_of(row))
        done = one(work.conn, number)
    return Done(done, TOPICS)


def to_follow(desk: Desk, actor: Actor) -> tuple[Referral, ...]:
    """Return what has to be followed up by now, the oldest first."""
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        return seen_by(actor.role, rows.to_follow(work.conn, desk.today()))


def one(conn: Connection, number: str) -> Referral:
    """Return a referral; raise NotFound."""
    found = rows.one(conn, number)
    if found is None:
        raise no_such(SERIES, number)
    return found


def subjects_of(row: Mapping[str, object]) -> tuple[str, ...]:
    """Say what an entry about a referral is about."""
    found = {about.referral(str(row["referral_no"])), about.company(str(row["company_id"]))}
    found |= {about.customer(str(row["customer_id"]))} if row.get("customer_id") else set()
    found |= {about.request(str(row["request_no"]))} if row.get("request_no") else set()
    return tuple(sorted(found))


def _refuse_unknown(conn: Connection, command: Refer, company: str) -> None:
    known = {one.code: one for one in rows.needs(conn) if one.active}
    if command.need not in known:
        raise NotFound(f"There is no need “{command.need[:40]}”.", field="need")
    found = [one for one in known[command.need].agencies if one.active and one.company == company]
    if not found:
        raise BadInput("This agency does not answer this need.", field="company")
    if command.inside is None and all(one.area is not Area.ANYWHERE for one in found):
        raise MissingInput(
            "Say whether the address lies inside the city limits: a Houston mailing address need not.", field="inside"
        )
    if not any(one.serves(inside=command.inside) for one in found):
        raise BadInput(f"{found[0].name} serves addresses {found[0].area.value} the city limits only.", field="company")
    if command.customer_id and customers.one(conn, command.customer_id) is None:
        raise NotFound(f"There is no customer “{command.customer_id[:40]}”.", field="customer_id")


def _kept(desk: Desk, actor: Actor, key: str, command: object, what: tuple[Lay, str, str]) -> Done[str]:
    """Tell what a change of the directory tells."""
    actor.require(Act.KEEP_AGENCIES)
    lay, subject, code = what
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, key, content) is not None:
            return Done(code, replayed=True)
        changes = lay(work.conn)
        draft = _draft(desk, actor, (key, content), EventKind.AGENCY_CHANGED, {"code": code})
        telling.tell(work, desk, draft, changes, [subject] if subject else [])
    return Done(code, TOPICS)


def _draft(desk: Desk, actor: Actor, key: tuple[str, str], kind: EventKind, facts: Mapping[str, object]) -> EntryDraft:
    return EntryDraft(
        desk.office_series, kind, desk.today(), actor.user, key[0], content_hash=key[1], facts=dict(facts)
    )
