"""The event journal as people read it (J6): everything that was done, failed or cancelled, page by page, and as CSV."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from csr_desk.data.queries import Connection, entries, exceptions, people, tape
from csr_desk.data.queries.entries import Event
from csr_desk.data.queries.tape import ABOUT_ONESELF, Place
from csr_desk.domain.errors import BadInput
from csr_desk.domain.ledger import NUMBERED, EventKey, EventKind, receipt_number
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk, moment
from csr_desk.services.request_privacy import veiled
from csr_desk.services.spreadsheet_text import write_rows
from csr_desk.services.tape_words import WORDS, details

PAGE = 200
"""Entries on a page."""
VEILED = "about an employee: for those who may read it"
ALL = 1_000_000
"""Entries that a file holds at most."""


@dataclass(frozen=True, slots=True)
class TapeQuery:
    """Business dates, both included; of some people and kinds if any are named; below where the last page ended."""

    first: date
    last: date
    people: tuple[str, ...] = ()
    kinds: tuple[EventKind, ...] = ()
    below: Place | None = None


@dataclass(frozen=True, slots=True)
class TapeRow:
    """An entry on the tape (cents)."""

    kind: EventKind
    words: str
    entry: str
    """Series and place in it, like ``HPC-1/17``."""
    receipt: str
    """Empty where the entry has no number."""
    points_at: str
    """The entry that it takes back or answers, like ``entry``."""
    at: datetime
    """UTC."""
    business_date: date
    user: str
    """Whose entry it is; of what the program wrote in a person's place, that person."""
    name: str
    approver: str
    batch: str
    amount: Cents | None
    details: str
    reason: str
    seal: str
    """The entry's seal in the chain (hexadecimal)."""

    @property
    def place(self) -> str:
        """Where people look it up: receipt number, or series and place in it."""
        return self.receipt or self.entry

    @property
    def told(self) -> str:
        """What happened, with what its facts add."""
        return f"{self.words}: {self.details}" if self.details else self.words


@dataclass(frozen=True, slots=True)
class TapePage:
    """A page of the tape, newest first; ``below`` is where the next one begins, None at the end."""

    rows: tuple[TapeRow, ...]
    below: Place | None


def page(desk: Desk, actor: Actor, query: TapeQuery, limit: int = PAGE) -> TapePage:
    """Return a page of the journal. What is recorded meanwhile stands above it and moves nothing below."""
    actor.require(Act.SEE_JOURNAL)
    if query.first > query.last:
        raise BadInput("The period ends before it begins.", field="to")
    with desk.read() as work:
        found = tape.page(work.conn, (query.first, query.last), query.people, query.kinds, query.below, limit + 1)
        hidden = veiled(work.conn, actor, found[:limit])
        read = _rows(work.conn, found[:limit], _amounts(work.conn, query, found[:limit]))
    rows = tuple(
        replace(row, details=VEILED, reason="") if event.key in hidden else row
        for event, row in zip(found, read, strict=False)
    )
    return TapePage(seen_by(actor.role, rows), tape.place_of(found[limit - 1]) if len(found) > limit else None)


def everybody(desk: Desk, actor: Actor) -> tuple[tuple[str, str], ...]:
    """Return users and names to look for, by name."""
    actor.require(Act.SEE_JOURNAL)
    with desk.read() as work:
        found = people.names(work.conn)
    return tuple(sorted(found.items(), key=lambda pair: (pair[1], pair[0])))


def _amounts(conn: Connection, query: TapeQuery, events: tuple[Event, ...]) -> dict[EventKey, Cents]:
    """Add up the tenders of the receipts among some entries: one by one on a page, all at once for a file."""
    if len(events) > PAGE:
        return exceptions.taken(conn, query.first, query.last, tuple(NUMBERED))
    numbered = [event.key for event in events if event.kind in NUMBERED]
    return {key: sum(row.amount for row in entries.tenders_of(conn, key)) for key in numbered}


def _reasons(conn: Connection, events: tuple[Event, ...]) -> dict[EventKey, str]:
    found: dict[EventKey, str] = {}
    for at in range(0, len(events), PAGE):
        found |= entries.texts_of(conn, [event.key for event in events[at : at + PAGE]], "reason")
    return found


def _rows(conn: Connection, events: tuple[Event, ...], amounts: dict[EventKey, Cents]) -> tuple[TapeRow, ...]:
    names = people.names(conn)
    reasons = _reasons(conn, events)
    return tuple(_row(event, names, amounts.get(event.key), reasons.get(event.key, "")) for event in events)


def _row(event: Event, names: Mapping[str, str], taken: Cents | None, reason: str) -> TapeRow:
    user = str(event.facts.get("user", event.actor)) if event.kind in ABOUT_ONESELF else event.actor
    told = event.facts.get("amount")
    return TapeRow(
        kind=event.kind,
        words=WORDS[event.kind],
        entry=_at(event.key),
        receipt="" if event.receipt_no is None else receipt_number(event.key.series, event.receipt_no),
        points_at="" if event.reverses is None else _at(event.reverses),
        at=moment(event.recorded_at),
        business_date=event.business_date,
        user=user,
        name=names.get(user, user),
        approver=names.get(event.approver or "", event.approver or ""),
        batch=event.batch or "",
        amount=told if taken is None and isinstance(told, int) else taken,
        details=details(event.kind, event.facts, names),
        reason=reason,
        seal=event.mac.hex(),
    )


def _at(key: EventKey) -> str:
    return f"{key.series}/{key.seq}"


def journal_data(desk: Desk, actor: Actor, first: date, last: date) -> dict[str, Any]:
    """Return the first page of a period as plain data, oldest first, money as dollars in strings."""
    found = page(desk, actor, TapeQuery(first, last))
    return {"rows": [_row_data(row) for row in reversed(found.rows)], "more": found.below is not None}


def _row_data(row: TapeRow) -> dict[str, Any]:
    return {
        "kind": row.kind.value, "words": row.words, "entry": row.place, "date": row.business_date.isoformat(),
        "who": row.name, "approver": row.approver, "details": row.details, "reason": row.reason,
        "amount": None if row.amount is None else plain(row.amount),
    }  # fmt: skip


def journal_csv(desk: Desk, actor: Actor, query: TapeQuery) -> tuple[bytes, int]:
    """Return the whole journal of a query as a CSV file (UTF-8, RFC 4180), oldest first, and how many rows it has."""
    found = page(desk, actor, query, ALL)
    table: list[tuple[str | int, ...]] = [
        (
            "entry", "receipt", "business_date", "utc", "local", "kind", "words", "user", "name", "second_person",
            "batch", "amount", "details", "reason", "points_at", "seal",
        )
    ]  # fmt: skip
    for row in reversed(found.rows):
        times = (row.business_date.isoformat(), row.at.isoformat(), desk.local(row.at).isoformat())
        amount = "" if row.amount is None else plain(row.amount)
        table.append((
            row.entry, row.receipt, *times, row.kind.value, row.words, row.user, row.name, row.approver,
            row.batch, amount, row.details, row.reason, row.points_at, row.seal,
        ))  # fmt: skip
    return write_rows(table, numbers=frozenset({11})), len(found.rows)
