"""Sending what was queued: a try is recorded before the mail server is spoken to, and what it said after that.

So a program that dies between the two leaves the message ``sending``. It may have gone out: it is shown to a person and
never sent blindly. Whoever sells waits for none of it: the server is spoken to between two short acts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from csr_desk.data.models import outbox
from csr_desk.data.queries import outbox as rows
from csr_desk.data.queries import told
from csr_desk.data.queries.outbox import MessageRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.errors import Ineligible
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.outbox import (
    LONGEST_ANSWER,
    SENDING,
    Envelope,
    Message,
    MessageState,
    Outcome,
    Transport,
    Verdict,
    is_here,
    mime,
    next_try,
)
from csr_desk.domain.steps import MESSAGE
from csr_desk.domain.telling import Value
from csr_desk.services import people_journal, telling
from csr_desk.services.clock import read_stamp, stamp
from csr_desk.services.desk import Desk

NO_SERVER = "No mail server is set up yet: an administrator keys it under Setup. The messages wait."
TRAINING = "A training office sends mail to no other computer. The messages wait."


@dataclass(frozen=True, slots=True)
class Try:
    """A message on its way: what to hand over, and which row it is."""

    envelope: Envelope
    attempts: int


def why_not(desk: Desk) -> str:
    """Say why nothing is sent from this office at all, or nothing."""
    policy = desk.policy
    if not policy.mail_server or not policy.mail_from:
        return NO_SERVER
    return TRAINING if desk.office.training and not is_here(policy.mail_server) else ""


def begin_try(desk: Desk) -> Try | None:
    """Record that the next message that is due is being sent, and return it; None where nothing is due.

    From now on it is nobody else's, at whatever station. Raises Ineligible where nothing is sent at all, Trouble where
    a file of it was changed behind the program.
    """
    if said := why_not(desk):
        raise Ineligible(said)
    with desk.read() as look:
        if rows.due(look.conn, desk.now_text()) is None:
            return None
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        number = rows.due(work.conn, desk.now_text())
        record = rows.one_message(work.conn, number) if number else None
        if record is None:
            return None
        state = MESSAGE.after("try", record.state)
        until = stamp(desk.clock.now() + SENDING)
        attempts = record.attempts + 1
        _tell(
            work, desk, EventKind.MESSAGE_TRIED, record.number,
            ({"state": state, "attempts": attempts, "next_try_at": until}, {}),
        )  # fmt: skip
        files = rows.files(work.conn, record.files)
        mail = Message("", record.kind, record.recipient, record.title, record.body, files=files)
        ids = (record.message_id, desk.policy.mail_from)
        content = mime(mail, record.number, ids, read_stamp(record.queued_at))
    return Try(Envelope(record.number, desk.policy.mail_from, record.recipient, content), attempts)


def end_try(desk: Desk, sent: Try, outcome: Outcome) -> MessageState:
    """Record what the server said; return where the message stands.

    A server's yes counts also where a person gave up waiting meanwhile: so it is not sent once more. Anything else is
    left as that person decided.
    """
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        record = rows.one_message(work.conn, sent.envelope.number)
        if record is None:
            raise AssertionError(sent.envelope.number)
        ours = record.state is MessageState.SENDING and record.attempts == sent.attempts
        late = outcome.verdict is Verdict.TAKEN and record.state in {MessageState.QUEUED, MessageState.FAILED}
        if not ours and not late:
            return record.state
        kind, values = _after(desk, record, outcome)
        answer = _kept(outcome.answer)
        words: dict[str, str | None] = {"answer": answer} if answer and answer != record.answer else {}
        _tell(work, desk, kind, record.number, (values, words))
    return MessageState(str(values.get("state", record.state)))


def send_due(desk: Desk, transport: Transport, most: int = 100) -> tuple[MessageState, ...]:
    """Send what is due, one after the other; return where each message stands. What ``begin_try`` raises."""
    done: list[MessageState] = []
    while len(done) < most and (sent := begin_try(desk)) is not None:
        done.append(end_try(desk, sent, transport(sent.envelope)))
    return tuple(done)


def hanging(desk: Desk) -> int:
    """Count the messages that a person has to look at."""
    with desk.read() as work:
        return rows.hanging(work.conn, desk.now_text())


def _kept(answer: str) -> str:
    """Return a server's words as they are kept: one short line, and no number in it that could be a card's."""
    line = "".join(mark for mark in " ".join(answer.split()) if mark.isprintable())[:LONGEST_ANSWER].strip()
    return re.sub(r"\d(?=\d{4})", "•", line) if find_card_number(line) else line


def _after(desk: Desk, record: MessageRecord, outcome: Outcome) -> tuple[EventKind, dict[str, Value]]:
    """Say what an outcome makes of a message."""
    now = desk.clock.now()
    if outcome.verdict is Verdict.TAKEN:
        return EventKind.MESSAGE_ENDED, {"state": "sent", "sent_at": stamp(now), "next_try_at": None}
    if outcome.verdict is Verdict.UNKNOWN:
        return EventKind.MESSAGE_TRIED, {"next_try_at": None}
    policy = desk.policy
    again = next_try(now, record.attempts, policy.mail_attempts, policy.mail_minutes)
    if outcome.verdict is Verdict.REFUSED:
        again = None
    return EventKind.MESSAGE_TRIED, {
        "state": MESSAGE.after("fail", record.state), "next_try_at": None if again is None else stamp(again),
    }  # fmt: skip


def _tell(
    work: Work, desk: Desk, kind: EventKind, number: str, new: tuple[dict[str, Value], dict[str, str | None]]
) -> None:
    """Write a step of a message as the program's own entry; each step of a row has a key of its own."""
    row = told.record(work.conn, outbox, number, lock=True)
    if row is None:
        raise AssertionError(number)
    people_journal.know_program(work)
    draft = EntryDraft(
        series=desk.office_series, kind=kind, business_date=desk.today(), actor=people_journal.PROGRAM,
        idem_key=f"{number}-{row['version'] + 1}",
    )  # fmt: skip
    subject = (row["subject"],) if row["subject"] else ()
    telling.tell(work, desk, draft, [told.changed(outbox, row, *new)], [about.message(number), *subject])
