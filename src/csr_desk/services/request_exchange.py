"""Requests in the shape of Open311 GeoReport v2, out to other systems and in from them (H2).

The other system's number stays; what we have no column for is kept beside the request and given back. Nobody's name
and address go out with a request of ours, and one about an employee does not go out at all (H8).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from csr_desk.data.models import request
from csr_desk.data.queries import Connection, entries, told
from csr_desk.data.queries import requests as rows
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about, numbering
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, NotFound, Refusal
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.open311 import Form, Raw, ServiceRequest, request_of, request_row, request_rows, write_request_rows
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_questions import answered, write_answers
from csr_desk.domain.request_steps import REQUEST
from csr_desk.domain.requests import Channel, Outcome, Request, RequestType, due_on, urgent
from csr_desk.domain.sites import site_key
from csr_desk.domain.telling import Value
from csr_desk.services import telling
from csr_desk.services.clock import read_stamp, stamp
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.exchange_files import Kept, foreign_key, keep, kept_for, last_kept
from csr_desk.services.request_closing import LONGEST_ANSWER
from csr_desk.services.requests import LONGEST_SUMMARY, SERIES, TOPICS, subjects_of
from csr_desk.services.words import plain_words

KIND = "request"
MOST = 5_000
"""Requests of one file."""
WHO = ("first_name", "last_name", "email", "phone", "device_id", "account_id")
"""Fields of the standard that say who asked."""


@dataclass(frozen=True, slots=True)
class ImportRequests:
    """A file of requests from another system."""

    content: bytes = field(repr=False)
    form: Form


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file, by the other system's numbers."""

    added: tuple[tuple[str, str], ...] = ()
    """Each foreign number with ours."""
    changed: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    refused: tuple[tuple[str, str], ...] = ()
    """Each with the reason; the others were taken."""


@dataclass(frozen=True, slots=True)
class Exported:
    """A file for another system."""

    content: bytes
    count: int
    held_back: int
    """Requests about employees, which stay here."""


def export_requests(desk: Desk, actor: Actor, first: date, last: date, form: Form) -> Exported:
    """Write the requests that were opened in a period, without who asked; none about an employee is among them."""
    actor.require(Act.EXCHANGE_REQUESTS)
    with desk.read() as work:
        found = rows.listed(work.conn, rows.Wanted(opened=(first, last), restricted=True, limit=MOST))
        out = sorted((one for one in found if not one.restricted), key=lambda one: one.number)
        written_rows = [_row(desk, work.conn, one) for one in out]
    return Exported(write_request_rows(written_rows, form), len(out), len(found) - len(out))


def import_requests(desk: Desk, actor: Actor, command: ImportRequests) -> Done[Imported]:
    """Take requests in, each in an act of its own; the same file once more changes nothing.

    Raises BadInput where the file is none; what is wrong with one request is told in the result.
    """
    actor.require(Act.EXCHANGE_REQUESTS)
    given = request_rows(command.content, command.form)
    if len(given) > MOST:
        raise BadInput(f"At most {MOST:,} requests are taken in at once. Divide the file.", field="file")
    added: list[tuple[str, str]] = []
    by: dict[str, list[str]] = {"changed": [], "same": []}
    refused: list[tuple[str, str]] = []
    for at, row in enumerate(given, 1):
        number = str(row.get("service_request_id") or at)
        try:
            how, ours = _take(desk, actor, row, at)
        except Refusal as why:
            refused.append((number, why.message))
            continue
        if how == "added":
            added.append((number, ours))
        else:
            by[how].append(number)
    done = Imported(tuple(added), tuple(by["changed"]), tuple(by["same"]), tuple(refused))
    return Done(done, TOPICS if added or by["changed"] else frozenset())


# ---- in


def _take(desk: Desk, actor: Actor, row: Raw, at: int) -> tuple[str, str]:
    """Take one request in; return what that was (added, changed, same) and our number."""
    given, said = request_of(row, at), _said(row)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        before = last_kept(work.conn, KIND, given.service_request_id)
        if before is None and (ours := _ours(work.conn, given.service_request_id)) is not None:
            return "same", ours.number
        if before is not None and _said(before.row) == said:
            return "same", before.subject.partition(":")[2]
        last = before.key if before is not None else ""
        key = f"{foreign_key(KIND, given.service_request_id)} after {last or 'nothing'}"
        what = (key, content_of(desk, actor.user, said), given)
        if before is None:
            return "added", _add(desk, actor, work, what, row)
        return "changed", _change(desk, actor, work, what, (row, before))


def _said(row: Raw) -> bytes:
    """Write a request in one way, so that the same one is known again in a file of the other form."""
    return write_request_rows([row], Form.XML)


def _ours(conn: Connection, number: str) -> Request | None:
    """Return the request of ours that a number names: our own export that came back."""
    try:
        read = numbering.read_number(numbering.FIXED[SERIES], number)
    except BadInput:
        return None
    return None if read is None else rows.one(conn, read.number)


def _add(desk: Desk, actor: Actor, work: Work, what: tuple[str, str, ServiceRequest], row: Raw) -> str:
    key, content, given = what
    kind = rows.one_type(work.conn, given.service_code.strip())
    if kind is None:
        raise NotFound(
            f"No service has the code “{given.service_code[:40]}”: take the services in first.", field="type"
        )
    number, counted = telling.next_number(work.conn, desk, SERIES, desk.today().year)
    values, words = _values(desk, actor, given, kind), _words(given, kind, row)
    if words["contact"] or words["reach"]:
        values["anonymous"] = 0
    added = told.added(
        request, (number,), {k: v for k, v in values.items() if v is not None}, {k: v for k, v in words.items() if v}
    )
    file, files = keep(desk, actor.user, (KIND, given.service_request_id, None), about.request(number), row)
    draft = _draft(desk, actor, (key, content), EventKind.REQUEST_OPENED, (number, "import"))
    of = subjects_of({"request_no": number, "customer_id": None, **values, **words})
    telling.tell(work, desk, draft, [counted, added, file], of, files)
    return number


def _change(desk: Desk, actor: Actor, work: Work, what: tuple[str, str, ServiceRequest], new: tuple[Raw, Kept]) -> str:
    """Keep what the other system says now; it closes ours where it closed its own, and opens nothing again."""
    (key, content, given), (row, before) = what, new
    number = before.subject.partition(":")[2]
    file, files = keep(desk, actor.user, (KIND, given.service_request_id, before), before.subject, row)
    changes, kind, step = [file], EventKind.REQUEST_CHANGED, "import"
    ours = told.record(work.conn, request, number, lock=True)
    if ours is None:
        raise NotFound("The request that it belongs to is gone.", field="request")
    if given.status == "closed" and ours["state"] != "closed":
        values: dict[str, Value] = {
            "state": REQUEST.after("close", ours["state"]), "outcome": Outcome.RESOLVED.value,
            "closed_on": _closed_on(desk, given).isoformat(),
        }  # fmt: skip
        changes.append(told.changed(request, ours, values, {"answer": _closing_words(given)}))
        kind, step = EventKind.REQUEST_CLOSED, "close"
    draft = _draft(desk, actor, (key, content), kind, (number, step))
    telling.tell(work, desk, draft, changes, subjects_of(ours), files)
    return number


def _values(desk: Desk, actor: Actor, given: ServiceRequest, kind: RequestType) -> dict[str, Value]:
    opened = _moment(given.requested_datetime, "requested_datetime") or desk.clock.now()
    day = desk.local(opened).date()
    expected = _moment(given.expected_datetime, "expected_datetime")
    due = desk.local(expected).date() if expected else due_on(kind, day, holidays=desk.policy.days_off)
    closed = given.status == "closed"
    return {
        "type_code": kind.code, "channel": Channel.WEB.value, "priority": urgent(kind).value,
        "state": "closed" if closed else "open", "outcome": Outcome.RESOLVED.value if closed else None,
        "department": plain_words(given.agency_responsible, "agency_responsible", 80) or kind.department,
        "restricted": int(kind.restricted), "anonymous": 1, "reopened": 0, "opened_at": stamp(opened),
        "opened_on": day.isoformat(), "due_on": due.isoformat(), "opened_by": actor.user,
        "closed_on": _closed_on(desk, given).isoformat() if closed else None,
    }  # fmt: skip


def _words(given: ServiceRequest, kind: RequestType, row: Raw) -> dict[str, str]:
    site = plain_words(given.address, "address", 200)
    names = " ".join(str(row.get(name) or "").strip() for name in ("first_name", "last_name")).strip()
    reach = " · ".join(said for name in ("email", "phone") if (said := str(row.get(name) or "").strip()))
    return {
        "summary": plain_words(given.description, "description", LONGEST_SUMMARY) or kind.name,
        "answers": write_answers(_answers(given, kind)), "site": site, "site_key": site_key(site) if site else "",
        "place": f"{given.lat},{given.long}"[:40] if given.lat and given.long else "",
        "contact": plain_words(names, "contact", 120), "reach": plain_words(reach, "reach", 200),
        "answer": _closing_words(given) if given.status == "closed" else "",
    }  # fmt: skip


def _answers(given: ServiceRequest, kind: RequestType) -> dict[str, str | list[str]]:
    """Return the answers that our questions ask for; whatever else was said stays in the kept file."""
    found: dict[str, str | list[str]] = {}
    for code, said in given.attributes:
        question = tuple(one for one in kind.questions if one.code == code)
        try:
            found |= answered(question, {code: list(said)})
        except Refusal:
            continue
    return found


def _closing_words(given: ServiceRequest) -> str:
    return plain_words(given.status_notes, "status_notes", LONGEST_ANSWER) or "Closed by the other system."


def _closed_on(desk: Desk, given: ServiceRequest) -> date:
    at = _moment(given.updated_datetime, "updated_datetime")
    return desk.local(at).date() if at is not None else desk.today()


def _moment(text: str, name: str) -> datetime | None:
    """Read an instant of the standard: ISO 8601 with its offset."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise BadInput(f"“{name}” is no date and time: {text[:40]}.", field=name) from None
    return at.astimezone(UTC) if at.tzinfo is not None else at.replace(tzinfo=UTC)


def _draft(desk: Desk, actor: Actor, key: tuple[str, str], kind: EventKind, what: tuple[str, str]) -> EntryDraft:
    facts = {"request": what[0], "step": what[1]}
    return EntryDraft(desk.office_series, kind, desk.today(), actor.user, key[0], content_hash=key[1], facts=facts)


# ---- out


def _row(desk: Desk, conn: Connection, ours: Request) -> Raw:
    """Lay a request out: as it came where nothing happened to it here, else with what is new of it."""
    kept = kept_for(conn, about.request(ours.number))
    record = told.record(conn, request, ours.number)
    version = record["version"] if record is not None else 1
    now = request_row(_service_request(desk, conn, ours, record))
    if kept is None:
        return now
    row = dict(kept.row)
    if version > 1:
        row |= {name: value for name, value in now.items() if name in _MOVES and (value is not None or name in row)}
        row["service_request_id"] = kept.row["service_request_id"]
    return {name: value for name, value in row.items() if not (ours.anonymous and name in WHO)}


_MOVES = ("status", "status_notes", "service_code", "service_name", "agency_responsible", "updated_datetime")
"""What we may have changed of a request that came from elsewhere."""


def _service_request(desk: Desk, conn: Connection, ours: Request, record: told.Record | None) -> ServiceRequest:
    lat, _, long = ours.place.partition(",")
    updated = None
    if record is not None:
        updated = entries.event_at(conn, EventKey(str(record["series_id"]), int(record["seq"])))
    return ServiceRequest(
        ours.number, "open" if ours.waits else "closed",
        ours.answer if not ours.waits else "",
        ours.type.name, ours.type.code, ours.summary, ours.department,
        requested_datetime=_iso(desk, ours.opened_at),
        updated_datetime=_iso(desk, updated.recorded_at) if updated is not None else "",
        expected_datetime=f"{ours.due_on.isoformat()}T23:59:59{_offset(desk, ours.due_on)}",
        address=ours.site, lat=lat.strip(), long=long.strip(),
        attributes=tuple(
            (code, tuple(said) if isinstance(said, list) else (said,)) for code, said in sorted(ours.answers.items())
        ),
    )  # fmt: skip


def _iso(desk: Desk, text: str) -> str:
    return desk.local(read_stamp(text)).isoformat(timespec="seconds")


def _offset(desk: Desk, day: date) -> str:
    noon = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    return desk.local(noon).isoformat()[-6:]
