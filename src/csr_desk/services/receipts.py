"""Receipts: made from what was just written, or read back from the ledger; both give the same."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csr_desk.data.queries import Connection, entries, receipts_found
from csr_desk.data.queries.entries import Event
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.cart import LineKind
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.endorsement import endorsement
from csr_desk.domain.errors import Conflict, NotFound
from csr_desk.domain.ledger import (
    NUMBERED,
    EntryDraft,
    EventKey,
    EventKind,
    TenderRole,
    Written,
    receipt_number,
)
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.paper_note import paper_note_of
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receipt import Receipt
from csr_desk.services.desk import Desk, content_of, moment
from csr_desk.services.line_notes import grounds_of

_NUMBER = re.compile(r"(?P<series>[A-Za-z0-9]+)-(?P<number>\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class People:
    """The names on a receipt."""

    clerk: str
    approver: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """What happened to a receipt around its own entry."""

    reverses: str = ""
    voided_by: str = ""
    copy: int = 0
    printed: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptHit:
    """A receipt in a list of results (cents)."""

    number: str
    business_date: date
    customer: str
    total: Cents
    state: str
    """``""``, ``void`` (it was voided), or what it is: ``void of …``, ``refund of …``."""


@dataclass(frozen=True, slots=True)
class Reprint:
    """Print the paper of a receipt again."""

    key: str
    number: str


def receipt_from(desk: Desk, draft: EntryDraft, written: Written, people: People, past: Past = Past()) -> Receipt:
    """Make the receipt of an entry that was just written."""
    taken = sum(row.amount for row in draft.tenders)
    fees = sum(row.amount for row in draft.tenders if row.role is TenderRole.FEE)
    total = sum(row.amount for row in draft.lines if row.kind != LineKind.TENDER_FEE.value)
    receipt = Receipt(
        key=written.key,
        kind=draft.kind,
        number=written.receipt or "",
        code=written.receipt_code,
        office=desk.office,
        drawer=desk.drawers[draft.series].name,
        batch=draft.batch or "",
        business_date=draft.business_date,
        recorded_at=moment(written.recorded_at),
        clerk=people.clerk,
        approver=people.approver,
        customer=draft.notes.get("customer", ""),
        memo=draft.notes.get("memo", ""),
        lines=draft.lines,
        tenders=draft.tenders,
        postings=draft.postings,
        inputs=_inputs(draft.notes),
        grounds=grounds_of(draft.notes),
        waived=_waived(draft.facts),
        total=total,
        taxes=sum(row.amount for row in draft.lines if row.kind == LineKind.TAX.value),
        fees=fees,
        rounding=taken - fees - total if draft.tenders else 0,
        change=-sum(row.amount for row in draft.tenders if row.role is TenderRole.CHANGE),
        collected=taken,
        reverses=past.reverses,
        voided_by=past.voided_by,
        reason=draft.notes.get("reason", ""),
        copy=past.copy,
        printed=past.printed,
        paper=paper_note_of(draft.facts),
        balance_after=_after(draft.facts, 0),
        credit_after=_after(draft.facts, 1),
    )
    checks = endorsement(receipt, desk.policy.endorsements).checks
    return replace(receipt, endorse=checks[0].lines) if checks else receipt


def _inputs(notes: Mapping[str, str]) -> tuple[tuple[int, str, str], ...]:
    return tuple((int(line), str(label), str(value)) for line, label, value in json.loads(notes.get("inputs", "[]")))


def _after(facts: Mapping[str, Any], at: int) -> Cents | None:
    """Return what the accounts that were paid owe after it (0), or have to their credit (1)."""
    after = facts.get("after")
    return sum(int(figures[at]) for figures in after.values()) if after else None


def _waived(facts: Mapping[str, Any]) -> tuple[int, ...]:
    return tuple(int(line) for line, _, _ in facts.get("waivers", ()))


def receipt_at(desk: Desk, conn: Connection, event: Event, copy: int | None = None) -> Receipt:
    """Read a receipt back from the ledger."""
    entry = entries.entry(conn, event)
    draft = EntryDraft(
        series=event.key.series,
        kind=event.kind,
        business_date=event.business_date,
        actor=event.actor,
        idem_key=event.idem_key,
        batch=event.batch,
        approver=event.approver,
        reverses=event.reverses,
        facts=event.facts,
        notes=entry.notes,
        lines=entry.lines,
        tenders=entry.tenders,
        postings=entry.postings,
    )
    void = entries.reversal_of(conn, event.key, EventKind.VOID)
    back = entries.event_at(conn, event.reverses) if event.reverses else None
    past = Past(
        reverses=number_of(back) if back else "",
        voided_by=number_of(void) if void else "",
        copy=entries.reprints(conn, event.key) if copy is None else copy,
        printed=entries.was_printed(conn, event.key),
    )
    return receipt_from(desk, draft, written_of(event), People(entry.actor_name, entry.approver_name), past)


def written_of(event: Event) -> Written:
    """Return what the writer had added to an entry."""
    return Written(event.key, number_of(event) or None, event.recorded_at, event.mac, replayed=True)


def number_of(event: Event) -> str:
    """Return the printed receipt number of an entry, or nothing."""
    return "" if event.receipt_no is None else receipt_number(event.key.series, event.receipt_no)


def event_of_number(desk: Desk, conn: Connection, number: str) -> Event:
    """Find a receipt's entry by its printed number; raise NotFound."""
    match = _NUMBER.fullmatch(number.strip())
    if match is not None:
        for row in desk.drawers.values():
            if row.series.replace("-", "").casefold() == match["series"].casefold():
                event = entries.event_of_receipt(conn, row.series, int(match["number"]))
                if event is not None:
                    return event
    raise NotFound(f"There is no receipt “{number[:40]}”.", field="receipt")


def receipt(desk: Desk, actor: Actor, number: str) -> Receipt:
    """Return a receipt by its number; raise NotFound."""
    actor.require(Act.QUOTE)
    with desk.read() as work:
        return seen_by(actor.role, receipt_at(desk, work.conn, event_of_number(desk, work.conn, number)))


def find_receipts(desk: Desk, actor: Actor, text: str, limit: int = 8) -> tuple[ReceiptHit, ...]:
    """Find receipts by part of a number or by the customer's name, newest first."""
    actor.require(Act.QUOTE)
    wanted = text.strip()
    if not wanted:
        return ()
    digits = re.search(r"(\d{1,9})$", wanted)
    with desk.read() as work:
        series = {
            row.series: row.series.replace("-", "")
            for row in desk.drawers.values()
            if "-" not in wanted or row.series.replace("-", "").casefold() == wanted.split("-")[0].casefold()
        }
        number = int(digits.group(1)) if digits else None
        rows = receipts_found.find(work.conn, tuple(series), number, wanted, limit)
    hits = tuple(
        ReceiptHit(
            receipt_number(row.series, row.number),
            row.business_date,
            row.customer,
            row.total,
            "void" if row.voided else ("" if row.kind == EventKind.SALE.value else row.kind.replace("_", " ")),
        )
        for row in rows
    )
    return seen_by(actor.role, hits)


def last_receipt(desk: Desk, actor: Actor) -> Receipt | None:
    """Return the last receipt that a person made, if any."""
    actor.require(Act.QUOTE)
    with desk.read() as work:
        event = entries.last_event_of(work.conn, actor.user, tuple(NUMBERED))
        return None if event is None else seen_by(actor.role, receipt_at(desk, work.conn, event))


def reprint(desk: Desk, actor: Actor, command: Reprint) -> Done[Receipt]:
    """Record that a paper is printed again and queue it, marked DUPLICATE n; raise NotFound (A17)."""
    actor.require(Act.REPRINT)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        event = event_of_number(desk, work.conn, command.number)
        work.lock_series(event.key.series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            copy = int(earlier.facts["copy"])
            return Done(receipt_at(desk, work.conn, event, copy), replayed=True)
        copy = append_reprint(work, desk, actor, event, command.key, content)
        queue_print(work.conn, event.key, desk.now_text(), copy)
        done = receipt_at(desk, work.conn, event, copy)
    return Done(done, frozenset({Topic.PRINTING}))


def append_reprint(work: Work, desk: Desk, actor: Actor, event: Event, key: str, content: str = "") -> int:
    """Write that a paper is printed once more and return its number; the series of the entry is locked before."""
    copy = entries.reprints(work.conn, event.key) + 1
    work.append(
        EntryDraft(
            series=event.key.series,
            kind=EventKind.REPRINT,
            business_date=event.business_date,
            actor=actor.user,
            idem_key=key,
            content_hash=content or content_of(desk, actor.user, key),
            batch=event.batch,
            reverses=event.key,
            facts={"copy": copy, "receipt": number_of(event)},
        ),
        desk.now_text(),
    )
    return copy


def queue_print(conn: Connection, key: EventKey, now: str, copy: int = 0, document: str = "receipt") -> None:
    """Put a paper into the outbox, in the same transaction as what it proves."""
    receipts_found.insert_job(
        conn,
        {
            "job_id": f"{key.series}-{key.seq}-{document}-{copy}",
            "series_id": key.series,
            "seq": key.seq,
            "document": document,
            "copy_no": copy,
            "state": "queued",
            "attempts": 0,
            "message": "",
            "created_at": now,
        },
    )


def earlier_event(conn: Connection, key: str, content: str) -> Event | None:
    """Return what this very command wrote before; raise Conflict if the key was used for something else."""
    if not key:
        raise Conflict("An act needs its key.")
    event = entries.event_of_key(conn, key)
    if event is not None and event.content_hash != content:
        raise Conflict("This key was used for something else already. Open the page again.")
    return event
