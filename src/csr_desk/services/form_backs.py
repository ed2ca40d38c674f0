"""What came of the forms that were handed out: those that came back, those still out, and how many of each (I3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.models import form_handout
from csr_desk.data.queries import Connection, customers, told
from csr_desk.data.queries import forms as rows
from csr_desk.domain import about
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import NotFound
from csr_desk.domain.forms import FormCount, Handout
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_steps import HANDOUT
from csr_desk.domain.telling import Change, Value
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.forms import SERIES, TOPICS, check_file, file_row
from csr_desk.services.receipts import earlier_event
from csr_desk.services.typed_numbers import no_such, typed_number
from csr_desk.services.words import plain_words


@dataclass(frozen=True, slots=True)
class TakeBack:
    """It came back filled in, with the scan of it where there is one."""

    key: str
    handout: str
    content: bytes = b""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Nobody waits for this form any more; if it comes after all, it is taken back as any other."""

    key: str
    handout: str


@dataclass(frozen=True, slots=True)
class StillOut:
    """A form that somebody has and did not bring back yet."""

    handout: Handout
    title: str
    customer: str
    """Name of the person who has it; empty where nobody was named."""


def take_back(desk: Desk, actor: Actor, command: TakeBack) -> Done[Handout]:
    """Note that a form came back, and keep the scan of it; raise NotFound, WrongState (it is back), BadInput (file)."""
    if command.content:
        check_file(desk, command.content)
    return _moved(desk, actor, command, "take_back")


def give_up(desk: Desk, actor: Actor, command: GiveUp) -> Done[Handout]:
    """Wait for a form no longer; raise NotFound, WrongState."""
    return _moved(desk, actor, command, "miss")


def still_out(desk: Desk, actor: Actor) -> tuple[StillOut, ...]:
    """Return the forms that named people have and did not bring back, the oldest first."""
    actor.require(Act.SEE_CARDS)
    with desk.read() as work:
        out = rows.still_out(work.conn)
        names = {one.number: one.name for one in customers.all_of(work.conn, {given.customer_id for given in out})}
        titles = {(one.form_no, one.revision, one.language): one.title for one in rows.shelf(work.conn)}
    return seen_by(actor.role, tuple(
        StillOut(one, titles[one.form_no, one.revision, one.language], names.get(one.customer_id, "")) for one in out
    ))  # fmt: skip


def counts(desk: Desk, actor: Actor, first: date, last: date) -> tuple[FormCount, ...]:
    """Count what was handed out in a period (UTC days) and came back, by month and form."""
    actor.require(Act.SEE_CARDS)
    with desk.read() as work:
        return rows.by_month(work.conn, first, last)


def scan_of(desk: Desk, actor: Actor, handout: str) -> bytes:
    """Return the scan of a form that came back; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        found = rows.handout(work.conn, typed_number(SERIES, handout))
        if found is None:
            raise no_such(SERIES, handout)
        scan = rows.content(work.conn, found.attachment_id) if found.attachment_id else None
    if scan is None:
        raise NotFound(f"Nobody scanned {found.number} when it came back.", field="handout")
    return scan


def _moved(desk: Desk, actor: Actor, command: TakeBack | GiveUp, step: str) -> Done[Handout]:
    actor.require(Act.HAND_FORM)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_one(work.conn, str(earlier.facts["handout"])), replayed=True)
        row = told.record(work.conn, form_handout, typed_number(SERIES, command.handout), lock=True)
        if row is None:
            raise no_such(SERIES, command.handout)
        number = str(row["handout_no"])
        values: dict[str, Value] = {"state": HANDOUT.after(step, row["state"])}
        changes: list[Change] = []
        files: dict[str, bytes] = {}
        if isinstance(command, TakeBack):
            values["back_on"] = desk.today().isoformat()
            if command.content:
                name = f"{number}/back"
                values["attachment_id"], files[name] = name, command.content
                shown = plain_words(command.file_name, "file_name", 120) or f"{number}.pdf"
                changes.append(file_row(desk, actor.user, (name, about.handout(number)), command.content, shown))
        changes.append(told.changed(form_handout, row, values))
        subjects = {about.handout(number), about.form(row["form_no"]), row["subject"] or ""} - {""}
        subjects |= {about.customer(row["customer_id"])} if row["customer_id"] else set()
        draft = EntryDraft(
            desk.office_series, EventKind.FORM_HANDED, desk.today(), actor.user, command.key, content_hash=content,
            facts={"handout": number},
        )  # fmt: skip
        telling.tell(work, desk, draft, changes, sorted(subjects), files)
        done = _one(work.conn, number)
    return Done(done, TOPICS)


def _one(conn: Connection, number: str) -> Handout:
    found = rows.handout(conn, number)
    if found is None:
        raise no_such(SERIES, number)
    return found
