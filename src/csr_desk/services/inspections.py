"""Inspections of permits: asked for, scheduled, passed or failed, called off; a result moves the permit (G4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from csr_desk.data.models import inspection, permit
from csr_desk.data.queries import Connection, told
from csr_desk.data.queries import inspections as rows
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput, WrongState
from csr_desk.domain.inspections import (
    KIND_WORDS,
    Inspection,
    InspectionKind,
    in_the_way,
    permit_after,
    redoes,
)
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.steps import INSPECTION, PERMIT
from csr_desk.domain.telling import Change, Value
from csr_desk.domain.validity import is_over
from csr_desk.domain.workdays import after_workdays
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.typed_numbers import no_such, typed_number
from csr_desk.services.words import plain_words

SERIES = "inspection"
TOPICS = frozenset({Topic.PERMITS})
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class RequestInspection:
    """Somebody asks that the work of a permit is looked at; ``on`` is a day that was agreed on."""

    key: str
    permit: str
    kind: InspectionKind
    contact: str = ""
    """Who lets the inspector in, and how they are reached."""
    on: date | None = None
    inspector: str = ""


@dataclass(frozen=True, slots=True)
class ScheduleInspection:
    """A day for it, or another day."""

    key: str
    inspection: str
    on: date
    inspector: str = ""


@dataclass(frozen=True, slots=True)
class RecordInspection:
    """What the inspector found; a failed one says what is to be mended."""

    key: str
    inspection: str
    passed: bool
    inspector: str = ""
    result: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class CancelInspection:
    """Nobody needs it any more."""

    key: str
    inspection: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Step:
    """What an act says of an inspection: the kind of entry, the step, and what it tells beside the state."""

    kind: EventKind
    step: str
    values: Mapping[str, Value] = field(default_factory=dict)
    words: Mapping[str, str | None] = field(default_factory=dict)


def request_inspection(desk: Desk, actor: Actor, command: RequestInspection) -> Done[Inspection]:
    """Ask for an inspection under the next number; one that was failed before is redone by it.

    Due in the working days of the policy, or on the day that was agreed on. Raises NotFound (permit), WrongState (the
    permit is over), Ineligible (one of this kind waits already), BadInput (a day that is past).
    """
    actor.require(Act.REQUEST_INSPECTION)
    content = content_of(desk, actor.user, command)
    contact = plain_words(command.contact, "contact", 200)
    inspector = plain_words(command.inspector, "inspector", LONGEST_NAME)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_told_before(work.conn, earlier), replayed=True)
        of = _permit(work.conn, typed_number("permit", command.permit))
        refuse_permit(of, desk.today())
        before = _refuse_waiting(work.conn, of, command.kind)
        on = None if command.on is None else _day_to_come(desk, command.on)
        number, counted = telling.next_number(work.conn, desk, SERIES, desk.today().year)
        due = on or after_workdays(desk.today(), desk.policy.inspection_days, holidays=desk.policy.days_off)
        values: dict[str, Value] = {
            "permit_no": of["permit_no"], "kind": command.kind.value, "state": "scheduled" if on else "requested",
            "requested_on": desk.today().isoformat(), "due_on": due.isoformat(),
            **({"scheduled_on": on.isoformat()} if on else {}),
            **({"repeats": again} if (again := redoes(command.kind, before)) else {}),
        }  # fmt: skip
        words = {"contact": contact, "inspector": inspector}
        row = told.added(inspection, (number,), values, {name: text for name, text in words.items() if text})
        draft = EntryDraft(
            desk.office_series, EventKind.INSPECTION_REQUESTED, desk.today(), actor.user, command.key,
            content_hash=content, facts=_facts(number, of, command.kind.value, "request"),
        )  # fmt: skip
        telling.tell(work, desk, draft, [counted, row], _subjects(number, of))
        done = one(work.conn, number)
    return Done(done, TOPICS)


def schedule_inspection(desk: Desk, actor: Actor, command: ScheduleInspection) -> Done[Inspection]:
    """Set a day for it, or another one; raise NotFound, BadInput (a day that is past), WrongState."""
    actor.require(Act.REQUEST_INSPECTION)
    on = _day_to_come(desk, command.on).isoformat()
    inspector = plain_words(command.inspector, "inspector", LONGEST_NAME)
    words = {"inspector": inspector} if inspector else {}
    return _moved(
        desk, actor, command, _Step(EventKind.INSPECTION_CHANGED, "schedule", {"scheduled_on": on, "due_on": on}, words)
    )


def cancel_inspection(desk: Desk, actor: Actor, command: CancelInspection) -> Done[Inspection]:
    """Call it off; raise NotFound, MissingInput (no reason), WrongState."""
    actor.require(Act.REQUEST_INSPECTION)
    reason = plain_words(command.reason, "reason", 200)
    if not reason:
        raise MissingInput("Say why it is called off.", field="reason")
    return _moved(desk, actor, command, _Step(EventKind.INSPECTION_CHANGED, "cancel", words={"result": reason}))


def record_inspection(desk: Desk, actor: Actor, command: RecordInspection) -> Done[Inspection]:
    """Record what the inspector found; what was passed keeps the permit alive, the final one finishes it.

    Raises NotFound, MissingInput (who looked; what is to be mended), BadInput (a day to come, or before it was asked
    for), WrongState (done already; the permit is over), Ineligible (a final one while others wait or were failed).
    """
    actor.require(Act.RECORD_INSPECTION)
    on = command.on or desk.today()
    if on > desk.today():
        raise BadInput("A result is recorded once the inspector was there, not before.", field="on")
    inspector = plain_words(command.inspector, "inspector", LONGEST_NAME)
    result = plain_words(command.result, "result")
    if not command.passed and not result:
        raise MissingInput("Say what is to be mended: the customer will ask.", field="result")
    words = {name: text for name, text in (("inspector", inspector), ("result", result)) if text}
    step = "pass" if command.passed else "fail"
    return _moved(desk, actor, command, _Step(EventKind.INSPECTION_DONE, step, {"inspected_on": on.isoformat()}, words))


def called_off(conn: Connection, permit_no: str, reason: str) -> list[Change]:
    """Say of a permit that ends (void, revoked) that its waiting inspections are called off, for its own entry."""
    changes = []
    for each in rows.of_permits(conn, [permit_no]):
        if each.waits and (row := told.record(conn, inspection, each.number, lock=True)) is not None:
            state = INSPECTION.after("cancel", row["state"])
            changes.append(told.changed(inspection, row, {"state": state}, {"result": reason}))
    return changes


def one(conn: Connection, number: str) -> Inspection:
    """Return an inspection; raise NotFound."""
    found = rows.one(conn, number)
    if found is None:
        raise no_such(SERIES, number)
    return found


def refuse_permit(of: told.Record, today: date) -> None:
    """Raise WrongState where the work of a permit is not looked at any more: it is over, or ran out."""
    PERMIT.after("inspect", of["state"])
    last = None if of["expires_on"] is None else date.fromisoformat(of["expires_on"])
    if is_over(of["state"], last, today):
        raise WrongState(f"Permit {of['permit_no']} ended on {last}: it is renewed before its work is looked at.")


def _refuse_waiting(conn: Connection, of: told.Record, kind: InspectionKind) -> Sequence[Inspection]:
    """Return what was asked for before; raise Ineligible where one of the kind waits already."""
    before = rows.of_permits(conn, [of["permit_no"]])
    for each in before:
        if each.kind is kind and each.waits:
            said = (
                f"{each.number} ({KIND_WORDS[kind].lower()}) of this permit is {each.state} already, due {each.due_on}."
            )
            raise Ineligible(said, field="kind")
    return before


_Moving = ScheduleInspection | RecordInspection | CancelInspection


def _moved(desk: Desk, actor: Actor, command: _Moving, new: _Step) -> Done[Inspection]:
    """Take a step with an inspection that nobody else moves meanwhile; the permit goes along where it does."""
    content = content_of(desk, actor.user, command)
    number = typed_number(SERIES, command.inspection)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_told_before(work.conn, earlier), replayed=True)
        of, row = _both(work.conn, number)
        state = INSPECTION.after(new.step, row["state"])
        _refuse_result(row, new)
        if new.step == "schedule":
            refuse_permit(of, desk.today())
        changes = [told.changed(inspection, row, {**new.values, "state": state}, new.words)]
        changes += _permit_moves(work, desk, (row, of), new)
        draft = EntryDraft(
            desk.office_series, new.kind, desk.today(), actor.user, command.key, content_hash=content,
            facts=_facts(number, of, row["kind"], new.step),
        )  # fmt: skip
        telling.tell(work, desk, draft, changes, _subjects(number, of))
        done = one(work.conn, number)
    return Done(done, TOPICS)


def _refuse_result(row: told.Record, new: _Step) -> None:
    inspected = new.values.get("inspected_on")
    if inspected is None:
        return
    if str(inspected) < row["requested_on"]:
        raise BadInput("It was asked for later than that.", field="on")
    if not row["inspector"] and "inspector" not in new.words:
        raise MissingInput("Say who looked at it.", field="inspector")


def _permit_moves(work: Work, desk: Desk, what: tuple[told.Record, told.Record], new: _Step) -> list[Change]:
    """Say what a passed inspection makes of its permit; raise WrongState, Ineligible."""
    if new.step != "pass":
        return []
    row, of = what
    kind, on = InspectionKind(row["kind"]), date.fromisoformat(str(new.values["inspected_on"]))
    refuse_permit(of, on)
    if kind is InspectionKind.FINAL:
        others = [each for each in rows.of_permits(work.conn, [of["permit_no"]]) if each.number != row["inspection_no"]]
        if left := in_the_way(others):
            named = ", ".join(f"{each.number} ({KIND_WORDS[each.kind].lower()}, {each.state})" for each in left)
            raise Ineligible(f"Not everything before the final inspection was passed: {named}.")
    last = None if of["expires_on"] is None else date.fromisoformat(of["expires_on"])
    after = permit_after(kind, (of["state"], last), on, days=desk.policy.permit_days)
    values: dict[str, Value] = {"state": after.state} if after.state != of["state"] else {}
    values |= {"expires_on": after.until.isoformat()} if after.until else {}
    values |= {"ended_on": after.ended_on.isoformat()} if after.ended_on else {}
    return [told.changed(permit, of, values)] if values else []


def _permit(conn: Connection, number: str) -> told.Record:
    of = told.record(conn, permit, number, lock=True)
    if of is None:
        raise no_such("permit", number)
    return of


def _both(conn: Connection, number: str) -> tuple[told.Record, told.Record]:
    """Lock the permit and then its inspection, in the order in which a void does; raise NotFound."""
    seen = told.record(conn, inspection, number)
    of = None if seen is None else _permit(conn, seen["permit_no"])
    row = told.record(conn, inspection, number, lock=True)
    if of is None or row is None:
        raise no_such(SERIES, number)
    return of, row


def _facts(number: str, of: told.Record, kind: str, step: str) -> dict[str, object]:
    return {"inspection": number, "permit": of["permit_no"], "kind": kind, "step": step}


def _subjects(number: str, of: told.Record) -> tuple[str, ...]:
    """Say what an entry about an inspection is about: so each time line finds it."""
    found = {about.inspection(number), about.permit(of["permit_no"]), about.site(of["site_key"])}
    found |= {about.project(of["project_no"])} if of["project_no"] else set()
    found |= {about.customer(of["customer_id"])} if of["customer_id"] else set()
    return tuple(sorted(found))


def _day_to_come(desk: Desk, day: date) -> date:
    if day < desk.today():
        raise BadInput("That day is past.", field="on")
    return day


def _told_before(conn: Connection, event: Event) -> Inspection:
    return one(conn, str(event.facts["inspection"]))
