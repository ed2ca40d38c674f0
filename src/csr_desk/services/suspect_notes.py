"""A note that may be counterfeit: recorded with what the Secret Service asks for, never credited (B18)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, entries, sums
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.custody import SuspectReport, check_note, note_letters, note_serial, note_year
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.services import approvals
from csr_desk.services.custody import held_then, own_batch, written_event
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.receipts import earlier_event, queue_print
from csr_desk.services.words import plain_words


@dataclass(frozen=True, slots=True)
class ReportSuspect:
    """A suspect note as it lies there (denomination in cents), and who passed it; ``witnessed`` asks for a second."""

    key: str
    denomination: Cents
    serial: str
    series_year: str = ""
    letters: str = ""
    description: str = ""
    vehicle: str = ""
    words: str = ""
    witnessed: bool = False


def report_suspect(
    desk: Desk, actor: Actor, command: ReportSuspect, approval: Approval | None = None
) -> Done[SuspectReport]:
    """Record a suspect note at the actor's drawer, whether it sells or is counted; no money is booked.

    Raises DrawerNotOpen, BadInput, MissingInput, and ApprovalNeeded where a witness was called for.
    """
    actor.require(Act.REPORT_SUSPECT)
    content = content_of(desk, actor.user, command)
    check_note(command.denomination)
    facts = {
        "denomination": command.denomination,
        "serial": note_serial(command.serial),
        "series_year": note_year(command.series_year),
        "letters": note_letters(command.letters),
    }
    told = {
        "description": plain_words(command.description, "description"),
        "vehicle": plain_words(command.vehicle, "vehicle", 200),
        "words": plain_words(command.words, "words"),
    }
    with desk.begin() as work:
        if (before := _before(desk, work, command, content)) is not None:
            return before
        row = own_batch(work, actor)
        # its series is locked only now: the same act may have been recorded from elsewhere meanwhile
        if (before := _before(desk, work, command, content)) is not None:
            return before
        report = _record(work, desk, actor, (row, command, content, facts, told, approval))
    return Done(report, frozenset({Topic.SUSPECTS, Topic.PRINTING}))


def _record(
    work: Work,
    desk: Desk,
    actor: Actor,
    what: tuple[BatchRecord, ReportSuspect, str, dict[str, object], dict[str, str], Approval | None],
) -> SuspectReport:
    row, command, content, facts, told, approval = what
    witness = None
    if command.witnessed or approval is not None:
        asked = (Act.REPORT_SUSPECT, row.batch_id, command.denomination)
        witness = approvals.require(desk, approval, actor, asked)
    number = sums.count_events(work.conn, row.batch_id, EventKind.SUSPECT_NOTE) + 1
    written = work.append(
        EntryDraft(
            series=row.series,
            kind=EventKind.SUSPECT_NOTE,
            business_date=row.business_date,
            actor=actor.user,
            approver=witness.signer if witness else None,
            idem_key=command.key,
            content_hash=content,
            batch=row.batch_id,
            facts={**facts, "number": number},
            notes={topic: text for topic, text in told.items() if text},
        ),
        desk.now_text(),
    )
    if witness:
        approvals.use(work, witness, actor, written)
    queue_print(work.conn, written.key, desk.now_text(), document="suspect_report")
    return suspect_report_of(desk, work.conn, written_event(work.conn, written.key))


def _before(desk: Desk, work: Work, command: ReportSuspect, content: str) -> Done[SuspectReport] | None:
    earlier = earlier_event(work.conn, command.key, content)
    return None if earlier is None else Done(suspect_report_of(desk, work.conn, earlier), replayed=True)


def suspect_report_of(desk: Desk, conn: Connection, event: Event) -> SuspectReport:
    """Read the report of a suspect note back; words that were purged are gone from it."""
    entry, facts = entries.entry(conn, event), event.facts
    return SuspectReport(
        desk.office,
        held_then(conn, event, entry.actor_name),
        facts["number"],
        facts["denomination"],
        facts["serial"],
        facts["series_year"],
        facts["letters"],
        entry.notes.get("description", ""),
        entry.notes.get("vehicle", ""),
        entry.notes.get("words", ""),
        entry.actor_name,
        entry.approver_name,
        moment(event.recorded_at),
    )


def suspect_notes(desk: Desk, actor: Actor, first: date, last: date) -> tuple[SuspectReport, ...]:
    """Return the suspect notes of some business dates, oldest first."""
    actor.require(Act.SEE_REPORTS)
    with desk.read() as work:
        events = entries.day_events(work.conn, first, last, (EventKind.SUSPECT_NOTE,))
        return seen_by(actor.role, tuple(suspect_report_of(desk, work.conn, event) for event in events))
