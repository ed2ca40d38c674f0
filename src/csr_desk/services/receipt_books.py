"""Books of paper receipts: issued to a person, each number entered or void, taken back without a gap (control 12)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from csr_desk.data.queries import Connection, custody, entries, people
from csr_desk.data.queries.custody import BookRecord, PaperRecord
from csr_desk.data.queries.entries import Event
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, MissingInput, NotFound, NotPermitted
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.paper_books import PaperRow, ReceiptBook, check_book, number_words, open_numbers
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.services import approvals, days
from csr_desk.services.custody import written_event
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.receipts import earlier_event, number_of
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.BOOKS})


@dataclass(frozen=True, slots=True)
class IssueBook:
    """Give a book of numbered paper receipts to a person."""

    key: str
    book: str
    first: int
    last: int
    to: str


@dataclass(frozen=True, slots=True)
class VoidPaper:
    """A spoilt number of the actor's own book."""

    key: str
    book: str
    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A book that comes back; every number neither entered nor void with the reason that is accepted for it."""

    key: str
    book: str
    reasons: Mapping[int, str] = field(default_factory=dict)


def issue_book(desk: Desk, actor: Actor, command: IssueBook) -> Done[ReceiptBook]:
    """Give out a book; raise BadInput, NotFound (the person), Conflict (the book was issued before)."""
    actor.require(Act.MANAGE_BOOKS)
    content = content_of(desk, actor.user, command)
    check_book(command.book, command.first, command.last)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_as_issued(desk, work.conn, command.book), replayed=True)
        holder = people.one_staff(work.conn, command.to)
        if holder is None or not holder.active:
            raise NotFound(f"Nobody is named “{command.to[:40]}” here.", field="to")
        if not holder.actor.may(Act.ENTER_PAPER):
            raise BadInput(f"{holder.actor.name} writes no receipts. Name a clerk or cashier.", field="to")
        if custody.one_book(work.conn, command.book) is not None:
            raise Conflict(f"Book {command.book} was issued before.")
        written = work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.BOOK_ISSUED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={"book": command.book, "first": command.first, "last": command.last, "to": command.to},
            ),
            desk.now_text(),
        )
        custody.insert_book(
            work.conn,
            {
                "book_id": command.book,
                "first_no": command.first,
                "last_no": command.last,
                "issued_to": command.to,
                "state": "issued",
                "series_id": written.key.series,
                "seq": written.key.seq,
                "returned_series": None,
                "returned_seq": None,
            },
        )
        done = _as_issued(desk, work.conn, command.book)
    return Done(done, TOPICS)


def _as_issued(desk: Desk, conn: Connection, book: str) -> ReceiptBook:
    """Return a book as it was given out: the same for the same command, whatever was written in it since."""
    return replace(book_of(desk, conn, book), returned_on=None, returned_by="", rows=(), explained={})


def own_number(conn: Connection, actor: Actor, book: str, number: int) -> BookRecord:
    """Return the actor's own book, kept from others, with a number in it that is still open.

    Raises NotFound, NotPermitted (another person's book, or one that came back), BadInput, Conflict.
    """
    record = _book(conn, book, lock=True)
    if record.holder != actor.user:
        raise NotPermitted("This book was issued to somebody else. Its holder enters its receipts.", field="book")
    if record.returned:
        raise NotPermitted("This book came back already. Ask your supervisor for another.", field="book")
    if not record.first <= number <= record.last:
        raise BadInput(f"Book {book} has the numbers {record.first} to {record.last}.", field="number")
    known = custody.one_paper(conn, book, number)
    if known is not None:
        raise Conflict(f"Number {number} of book {book} is {known.state} already.")
    return record


def void_paper(desk: Desk, actor: Actor, command: VoidPaper, approval: Approval | None = None) -> Done[PaperRow]:
    """Account for a spoilt number of the actor's book, with a reason and before a witness.

    Raises what ``own_number`` raises, MissingInput, ApprovalNeeded, SelfApproval.
    """
    actor.require(Act.ENTER_PAPER)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_number(work.conn, command.book, command.number), replayed=True)
        own_number(work.conn, actor, command.book, command.number)
        if not reason:
            raise MissingInput("Say why the number is void.", field="reason")
        subject = f"{command.book}/{command.number}"
        witness = approvals.require(desk, approval, actor, (Act.ENTER_PAPER, subject, 0))
        written = work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.PAPER_VOIDED,
                business_date=days.day_for_office(work, desk, actor, desk.today()),
                actor=actor.user,
                approver=witness.signer,
                idem_key=command.key,
                content_hash=content,
                facts={"book": command.book, "number": command.number},
                notes={"reason": reason},
            ),
            desk.now_text(),
        )
        approvals.use(work, witness, actor, written)
        custody.insert_paper(
            work.conn,
            {
                "book_id": command.book,
                "number": command.number,
                "state": "void",
                "written_on": None,
                "series_id": written.key.series,
                "seq": written.key.seq,
            },
        )
        done = _number(work.conn, command.book, command.number)
    return Done(done, TOPICS)


def return_book(desk: Desk, actor: Actor, command: TakeBack) -> Done[ReceiptBook]:
    """Take a book back: every number is entered, void, or missing with a reason that the supervisor accepts.

    Raises NotFound, Conflict (came back before), Ineligible (numbers without a reason), BadInput (a reason for a number
    that is not missing).
    """
    actor.require(Act.MANAGE_BOOKS)
    content = content_of(desk, actor.user, command)
    reasons = {number: plain_words(text, "reason", 200) for number, text in command.reasons.items()}
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(book_of(desk, work.conn, command.book), replayed=True)
        record = _book(work.conn, command.book, lock=True)
        if record.returned:
            raise Conflict(f"Book {command.book} came back already.")
        gaps = _explained(work.conn, record, reasons)
        written = work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.BOOK_RETURNED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={"book": command.book, "gaps": list(gaps)},
                notes={"gaps": json.dumps(sorted(reasons.items()), ensure_ascii=False)} if gaps else {},
            ),
            desk.now_text(),
        )
        back = {"state": "returned", "returned_series": written.key.series, "returned_seq": written.key.seq}
        custody.update_book(work.conn, command.book, back)
        done = book_of(desk, work.conn, command.book)
    return Done(done, TOPICS)


def _explained(conn: Connection, record: BookRecord, reasons: Mapping[int, str]) -> tuple[int, ...]:
    papers = custody.papers_of(conn, record.book)
    gaps = open_numbers(record.first, record.last, (row.number for row in papers))
    left = [number for number in gaps if not reasons.get(number)]
    if left:
        raise Ineligible(
            f"Neither entered nor void: {number_words(left)}. Enter or void them, or give a reason for each.",
            field="reasons",
        )
    wrong = sorted(reasons.keys() - set(gaps))
    if wrong:
        raise BadInput(f"Not missing: {number_words(wrong)}.", field="reasons")
    return gaps


def books(desk: Desk, actor: Actor) -> tuple[ReceiptBook, ...]:
    """Return all books with their numbers, those that are out first: the register and the gap report (control 12)."""
    actor.require(Act.SEE_REPORTS)
    with desk.read() as work:
        return seen_by(actor.role, tuple(_value(desk, work.conn, record) for record in custody.all_books(work.conn)))


def my_books(desk: Desk, actor: Actor) -> tuple[ReceiptBook, ...]:
    """Return the books that the actor holds."""
    with desk.read() as work:
        held = [row for row in custody.all_books(work.conn) if row.holder == actor.user and not row.returned]
        return tuple(_value(desk, work.conn, record) for record in held)


def book_of(desk: Desk, conn: Connection, book: str) -> ReceiptBook:
    """Return a book with its numbers; raise NotFound."""
    return _value(desk, conn, _book(conn, book))


def _book(conn: Connection, book: str, *, lock: bool = False) -> BookRecord:
    record = custody.one_book(conn, book, lock=lock)
    if record is None:
        raise NotFound(f"There is no book “{book[:40]}”.", field="book")
    return record


def _value(desk: Desk, conn: Connection, record: BookRecord) -> ReceiptBook:
    issued = entries.entry(conn, written_event(conn, record.issued))
    back = entries.entry(conn, written_event(conn, record.came_back)) if record.came_back else None
    holder = people.one_staff(conn, record.holder)
    missing = {int(number): "" for number in back.event.facts["gaps"]} if back else {}
    told = dict(json.loads(back.notes.get("gaps", "[]"))) if back else {}
    return ReceiptBook(
        desk.office,
        record.book,
        record.first,
        record.last,
        record.holder,
        holder.actor.name if holder else record.holder,
        desk.local(moment(issued.event.recorded_at)).date(),
        issued.actor_name,
        desk.local(moment(back.event.recorded_at)).date() if back else None,
        back.actor_name if back else "",
        tuple(_row(conn, paper) for paper in custody.papers_of(conn, record.book)),
        {number: told.get(number, "") for number in missing},
    )


def _number(conn: Connection, book: str, number: int) -> PaperRow:
    """Return a number that is accounted for."""
    return next(_row(conn, paper) for paper in custody.papers_of(conn, book) if paper.number == number)


def _row(conn: Connection, paper: PaperRecord) -> PaperRow:
    event = written_event(conn, paper.key)
    reason = entries.notes_of(conn, paper.key).get("reason", "") if paper.state == "void" else ""
    return PaperRow(
        paper.number,
        paper.state,
        paper.written,
        event.business_date,
        number_of(event),
        _late(event),
        reason,
    )


def _late(event: Event) -> bool:
    paper = event.facts.get("paper", {})
    return bool(paper.get("late", 0))
