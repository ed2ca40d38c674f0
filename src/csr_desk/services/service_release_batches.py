"""The batch of a day for each company, and the one after a storm: made, sent, acknowledged, called off (G11, G12)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.models import company, release_batch
from csr_desk.data.queries import Connection, told
from csr_desk.data.queries import service_releases as rows
from csr_desk.data.queries.service_releases import Wanted
from csr_desk.data.queries.told import Record
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput, NotFound, WrongState
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.release_register import BatchPaper, BatchView, HeldBack, ReleaseView
from csr_desk.domain.steps import RELEASE_BATCH
from csr_desk.domain.telling import Change
from csr_desk.services import service_release_facts as facts
from csr_desk.services import service_release_records as records
from csr_desk.services.desk import Desk, moment
from csr_desk.services.receipts import earlier_event
from csr_desk.services.service_release_mail import Outgoing, Render, ToSend, csv_of, outgoing, paper_of
from csr_desk.services.service_release_sending import read_channel, refuse_missing, sent_change
from csr_desk.services.service_releases import change_to, relook
from csr_desk.services.words import plain_words

BATCH_KINDS = ("daily", "emergency")
_WAITING = ("requested", "eligible")


@dataclass(frozen=True, slots=True)
class MakeBatch:
    """Send everything that is ready for a company; an emergency batch takes what was asked for after a storm only."""

    key: str
    company: str
    kind: str = "daily"


@dataclass(frozen=True, slots=True)
class BatchSent:
    """Tell that a batch went out where it goes by no mail: by which channel, and who took it."""

    key: str
    batch: str
    contact: str
    channel: str = ""


@dataclass(frozen=True, slots=True)
class CancelBatch:
    """Call a batch off that did not go out; its releases wait for the next one."""

    key: str
    batch: str
    reason: str


def make_batch(desk: Desk, actor: Actor, command: MakeBatch, render: Render | None = None) -> Done[BatchView]:
    """Look at every release that waits for a company, and send those that lack nothing, in one mail.

    What does not go is told with its sentences. Where the company is not reached by mail the batch waits, made, for
    ``batch_sent``. Raises NotFound, BadInput, Ineligible (nothing is ready), MissingInput (no address is kept).
    """
    actor.require(Act.SEND_RELEASE_BATCH)
    if command.kind not in BATCH_KINDS:
        raise BadInput(f"A batch is {' or '.join(BATCH_KINDS)}.", field="kind")
    how = records.writing(command, desk, actor, EventKind.RELEASE_BATCH_MADE)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (before := earlier_event(work.conn, how.key, how.content)) is not None:
            number = next(one["key"][0] for one in before.facts["sets"] if one["table"] == "release_batch")
            return Done(batch_view(actor, work.conn, number), replayed=True)
        wires = facts.company_row(work.conn, command.company)
        waiting = _waiting(desk, work.conn, wires["company_id"], emergency=command.kind == "emergency")
        ready = [(row, view) for row, view in waiting if view.ready]
        held = tuple(HeldBack(view.number, view.site, view.missing) for _, view in waiting if not view.ready)
        if not ready:
            raise Ineligible(_nothing(wires["name"], held), field="company")
        number = _write(
            desk, work, how, (ToSend(how.key, wires, command.kind, _views(ready), _mails(wires)), waiting), render
        )
        shown = replace(batch_view(actor, work.conn, number), held_back=held)
    return Done(seen_by(actor.role, shown), records.SENT)


def batch_sent(desk: Desk, actor: Actor, command: BatchSent) -> Done[BatchView]:
    """Record that a batch went out by another channel than mail; each of its releases must lack nothing still.

    Raises NotFound, WrongState, MissingInput (who took it), and what a missing condition is refused with.
    """
    actor.require(Act.SEND_RELEASE_BATCH)
    contact = plain_words(command.contact, "contact", 120)
    how = records.writing(command, desk, actor, EventKind.RELEASE_BATCH_MADE)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, how.key, how.content) is not None:
            return Done(batch_view(actor, work.conn, command.batch), replayed=True)
        row = batch_row(work.conn, command.batch, lock=True)
        state = RELEASE_BATCH.after("send", row["state"])
        if not contact:
            raise MissingInput("Say who took the batch.", field="contact")
        wires = facts.company_row(work.conn, row["company_id"])
        channel = read_channel(command.channel) or wires["channel"]
        changes: list[Change] = [told.changed(release_batch, row, {"state": state, "sent_at": desk.now_text()})]
        subjects = {about.release_batch(row["batch_no"]), about.company(row["company_id"])}
        for one in releases_of(work.conn, row["batch_no"]):
            if one["state"] not in facts.BEFORE_SENDING:
                raise WrongState(_ended(one), field="batch")
            view = facts.view_of(desk, work.conn, one)
            refuse_missing(view)
            changes.append(sent_change(desk, one, view, (channel, contact, row["batch_no"])))
            subjects |= records.subjects_of(one)
        records.write(work, desk, how, changes, subjects)
        shown = batch_view(actor, work.conn, row["batch_no"])
    return Done(shown, records.TOPICS)


def cancel_batch(desk: Desk, actor: Actor, command: CancelBatch) -> Done[BatchView]:
    """Call off a batch that did not go out; raise NotFound, WrongState (it went out), MissingInput (no reason)."""
    actor.require(Act.SEND_RELEASE_BATCH)
    reason = plain_words(command.reason, "reason", 200)
    how = replace(records.writing(command, desk, actor, EventKind.RELEASE_BATCH_MADE), notes={"because": reason})
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, how.key, how.content) is not None:
            return Done(batch_view(actor, work.conn, command.batch), replayed=True)
        row = batch_row(work.conn, command.batch, lock=True)
        state = RELEASE_BATCH.after("cancel", row["state"])
        if not reason:
            raise MissingInput("Say why the batch is called off.", field="reason")
        changes = [told.changed(release_batch, row, {"state": state})]
        subjects = {about.release_batch(row["batch_no"]), about.company(row["company_id"])}
        for one in releases_of(work.conn, row["batch_no"]):
            waits = one["state"] in facts.BEFORE_SENDING
            off = {"batch_no": None}
            changes.append(relook(desk, work.conn, one, off) if waits else change_to(one, {**one, **off}))
            subjects |= records.subjects_of(one)
        records.write(work, desk, how, changes, subjects)
        shown = batch_view(actor, work.conn, row["batch_no"])
    return Done(shown, records.TOPICS)


def batches(desk: Desk, actor: Actor, company_id: str = "", states: Sequence[str] = ()) -> tuple[BatchView, ...]:
    """Return the batches, of one company or of all, the newest first."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = rows.batch_rows(work.conn, company=company_id, states=states)
        return tuple(_view(actor, work.conn, row) for row in found)


def batch_of(desk: Desk, actor: Actor, number: str) -> BatchView:
    """Return a batch; raise NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return batch_view(actor, work.conn, number)


def batch_files(desk: Desk, actor: Actor, number: str) -> tuple[BatchPaper, bytes]:
    """Return a batch as its paper shows it, and the file; for whoever uploads it, faxes it or takes it along."""
    actor.require(Act.SEND_RELEASE_BATCH)
    with desk.read() as work:
        row = batch_row(work.conn, number)
        wires = told.record(work.conn, company, row["company_id"]) or {}
        views = [facts.view_of(desk, work.conn, one) for one in releases_of(work.conn, row["batch_no"], lock=False)]
        on = date.fromisoformat(row["on_date"])
        sent = ToSend("", wires, row["kind"], views, by_mail=False)
        paper = paper_of(desk, work.conn, actor, (row["batch_no"], on), sent)
    return paper, csv_of(paper)


def _waiting(desk: Desk, conn: Connection, company_id: str, *, emergency: bool) -> list[tuple[Record, ReleaseView]]:
    """Return what waits for a company and is in no batch, looked at anew."""
    found = rows.release_rows(conn, Wanted(states=_WAITING, company=company_id))
    free = sorted(row["release_no"] for row in found if row["batch_no"] is None and row["emergency"] >= emergency)
    return [(row, facts.view_of(desk, conn, row)) for row in rows.locked(conn, free)]


def _write(
    desk: Desk, work: Work, how: records.Writing, what: tuple[ToSend, list[tuple[Record, ReleaseView]]],
    render: Render | None,
) -> str:  # fmt: skip
    """Tell a batch, what goes with it, and what is new of the conditions of what does not."""
    wanted, waiting = what
    went: Outgoing = outgoing(work, desk, how.actor, wanted, render)
    contact = wanted.company["send_to"] or ""
    changes, subjects = list(went.changes), {about.company(wanted.company["company_id"])}
    subjects.add(about.release_batch(str(went.batch)))
    for row, view in waiting:
        if view.ready and wanted.by_mail:
            changes.append(sent_change(desk, row, view, ("email", contact, went.batch)))
        else:
            change = relook(desk, work.conn, row, {"batch_no": went.batch} if view.ready else None)
            if not change.values and not change.words:
                continue
            changes.append(change)
        subjects |= records.subjects_of(row)
    records.write(work, desk, how, changes, subjects)
    return str(went.batch)


def _mails(wires: Record) -> bool:
    return bool(wires["channel"] == "email")


def _views(ready: Sequence[tuple[Record, ReleaseView]]) -> list[ReleaseView]:
    return [view for _, view in ready]


def releases_of(conn: Connection, number: str, *, lock: bool = True) -> tuple[Record, ...]:
    """Return the releases of a batch by number; ``lock`` keeps other writers waiting until this act is final."""
    found = sorted(rows.release_rows(conn, Wanted(batch=number)), key=lambda row: str(row["release_no"]))
    return rows.locked(conn, [str(row["release_no"]) for row in found]) if lock else tuple(found)


def _nothing(name: str, held: Sequence[HeldBack]) -> str:
    if not held:
        return f"Nothing waits for {name}."
    first = held[0]
    return f"No release for {name} is ready; {len(held):,} wait. {first.number}: {' '.join(first.sentences)}"


def _ended(one: Record) -> str:
    return (
        f"Release {one['release_no']} is {one['state']} since the batch was made: call the batch off and make it anew."
    )


def batch_row(conn: Connection, typed: str, *, lock: bool = False) -> Record:
    """Return a batch with the state of its mail; raise NotFound."""
    number = facts.read_series("release_batch", typed, "batch", "batch")
    if lock:
        told.record(conn, release_batch, number, lock=True)
    row = rows.batch_row(conn, number)
    if row is None:
        raise NotFound(f"There is no batch {number}.", field="batch")
    return row


def batch_view(actor: Actor, conn: Connection, number: str) -> BatchView:
    """Return a batch as a person may see it; raise NotFound."""
    return _view(actor, conn, batch_row(conn, number))


def _view(actor: Actor, conn: Connection, row: Record) -> BatchView:
    wires = told.record(conn, company, row["company_id"]) or {}
    view = BatchView(
        number=row["batch_no"],
        company=row["company_id"],
        company_name=str(wires.get("name", "")),
        kind=row["kind"],
        on=date.fromisoformat(row["on_date"]),
        state=row["state"],
        releases=row["releases"],
        file_hash=row["file_hash"],
        channel=str(wires.get("channel", "")),
        message=row["message_no"] or "",
        message_state=row["message_state"] or "",
        sent_at=moment(row["sent_at"]) if row["sent_at"] else None,
        acknowledged_at=moment(row["acknowledged_at"]) if row["acknowledged_at"] else None,
        acknowledged_by=row["acknowledged_by"] or "",
        matched=row["matched"],
        unmatched=row["unmatched"],
    )
    return seen_by(actor.role, view)
