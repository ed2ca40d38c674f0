"""Recomputes a stretch of one series from the stored bytes. Light on imports: worker processes load it.

It uses nothing of the program but the canon, so an auditor can read the whole of it.
"""

from __future__ import annotations

import gc
import hmac
import json
import sqlite3
import struct
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, TypeAlias

from csr_desk.domain import chain
from csr_desk.domain.ledger import NUMBERED, receipt_number

Fetch: TypeAlias = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
"""Runs a query with ``?`` marks and gives all rows at once; texts come as bytes."""

PAGE = 2_000
"""Entries read at a time: a short read, so that counters can record in between."""

_NUMBERED = frozenset(kind.value.encode() for kind in NUMBERED)
_BATCH_STEPS = {b"batch_opened": "opened", b"batch_accepted": "accepted"}
_MARK = "?"


@dataclass(frozen=True, slots=True)
class Place:
    """Where the ledger is, in a form that another process can open."""

    dialect: str
    address: str


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a series, both ends included, and the MAC that it begins after."""

    series: str
    first: int
    last: int
    genesis: bytes


@dataclass(slots=True)
class Found:
    """What a stretch adds up to."""

    span: Span
    entries: int = 0
    receipts: int = 0
    first_receipt: int | None = None
    last_receipt: int | None = None
    takings: int = 0
    """Sum of all tender rows in cents: what the series' perpetual total grew by."""
    last_mac: bytes = b""
    fault: str | None = None
    fault_seq: int = 0
    """The entry that the fault is about."""
    purged: set[tuple[str, int, str]] = field(default_factory=set)
    """Series, entry and topic of each text that is gone."""
    redacted: set[tuple[str, int, str]] = field(default_factory=set)
    """Those that a redaction names."""
    batches: dict[str, set[str]] = field(default_factory=dict)
    """The steps seen of each batch."""
    people: set[bytes] = field(default_factory=set)
    """Who acted or approved (and ``chain.NO_TEXT`` for nobody)."""


class Mismatch(Exception):
    """An entry does not agree with itself; the text says how."""

    def __init__(self, seq: int, receipt: int | None, what: str) -> None:
        """Keep where it is and what was found."""
        super().__init__(what)
        self.seq = seq
        self.receipt = receipt


def open_place(place: Place) -> tuple[Fetch, Callable[[], None]]:
    """Open the ledger for reading; give a way to query it and a way to close it."""
    if place.dialect == "sqlite":
        connection = sqlite3.connect(place.address, uri=True, timeout=5)
        connection.text_factory = bytes
        return lambda query, values: connection.execute(query, values).fetchall(), connection.close
    import psycopg  # noqa: PLC0415 - only where the ledger is on PostgreSQL

    link = psycopg.connect(place.address, autocommit=True, options="-c default_transaction_read_only=on")

    def fetch(query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        with link.cursor(binary=True) as cursor:
            return cursor.execute(query.replace(_MARK, "%s").encode(), values).fetchall()

    return fetch, link.close


def check_span(place: Place, secret: bytes, span: Span) -> Found:
    """Recompute each MAC of a stretch and the sums that must hold; stop at the first entry that does not agree."""
    fetch, close = open_place(place)
    collecting = gc.isenabled()
    gc.disable()  # millions of short rows and no cycles: the collector would only look at them again and again
    try:
        return _Reader(fetch, place.dialect, secret, span).run()
    finally:
        close()
        if collecting:
            gc.enable()


class _Reader:
    """Walks a stretch page by page."""

    def __init__(self, fetch: Fetch, dialect: str, secret: bytes, span: Span) -> None:
        self.fetch = fetch
        self.secret = secret
        self.span = span
        self.layouts = chain.LAYOUTS[chain.CHAIN_VERSION]
        self.queries = {table: _query(table, layout, dialect) for table, layout in self.layouts.items()}
        self.found = Found(span)
        self.mac = span.genesis

    def run(self) -> Found:
        span, found = self.span, self.found
        try:
            if span.first > 1:
                self.mac = self._mac_before()
            for first in range(span.first, span.last + 1, PAGE):
                self._page(first, min(first + PAGE - 1, span.last))
        except Mismatch as mismatch:
            found.fault, found.fault_seq = said_of(span.series, mismatch), mismatch.seq
        except (TypeError, ValueError, LookupError, struct.error):
            found.fault = (
                f"{span.series}, entry {span.first + found.entries} or one soon after it cannot be read as an entry"
            )
            found.fault_seq = span.first + found.entries
        found.last_mac = self.mac
        return found

    def _mac_before(self) -> bytes:
        """Read the MAC that this stretch must follow; whoever checks the stretch before proves it."""
        query = "SELECT mac FROM ledger_event WHERE series_id = ? AND seq = ?"
        rows = self.fetch(query, (self.span.series, self.span.first - 1))
        if not rows:
            raise Mismatch(self.span.first - 1, None, "is missing")
        return bytes(rows[0][0])

    def _page(self, first: int, last: int) -> None:
        where = (self.span.series, first, last)
        events = self.fetch(self.queries["ledger_event"], where)
        page = _Page(first, last - first + 1)
        older = {row[2]: row[_VERSION] for row in events if row[_VERSION] != chain.CHAIN_VERSION}
        for table in ("ledger_line", "ledger_tender", "ledger_posting", "ledger_note"):
            rows = self.fetch(self.queries[table], where)
            if rows:
                page.lay_out(rows, table, older)
                _ADDERS[table](page, rows)
        self._entries(events, page)
        if len(events) < last - first + 1:
            raise Mismatch(first + len(events), None, "is missing")
        self.found.takings += sum(page.taken)
        self._texts(where)

    def _entries(self, events: Iterable[tuple[Any, ...]], page: _Page) -> None:
        layout = self.layouts["ledger_event"]
        head, pack, join, secret, cut = layout.head, layout.fixed.pack, b"".join, self.secret, 2 + len(layout.numbers)
        mac = self.mac
        for at, row in enumerate(events):
            prev_mac, stored, seq, receipt = row[:4]
            texts = row[cut:]
            kind = texts[_KIND]
            if seq != page.first + at:
                raise Mismatch(page.first + at, None, "is missing")
            number = None if receipt == chain.NO_NUMBER else receipt
            if prev_mac != mac:
                raise Mismatch(seq, number, "does not follow the entry before it")
            own = head + pack(*row[2:cut], *map(len, texts)) + join(texts)
            mac = hmac.digest(secret, join((prev_mac, own, *page.parts[at])), "sha256")
            wrong = page.balance[at] or (kind == b"sale" and (page.lines[at] or page.tenders[at]))
            if mac != stored or wrong or row[_VERSION] not in chain.LAYOUTS:
                raise Mismatch(seq, number, page.suspicion(at, kind, sealed=mac == stored))
            if (receipt == chain.NO_NUMBER) == (kind in _NUMBERED):
                raise Mismatch(seq, number, "has a receipt number that is not due, or lacks one")
            if number is not None:
                self._receipt(seq, number)
            self._note_what_it_says(texts, kind)
        self.mac = mac

    def _note_what_it_says(self, texts: Sequence[bytes], kind: bytes) -> None:
        found = self.found
        found.entries += 1
        found.people.add(texts[_ACTOR])
        found.people.add(texts[_APPROVER])
        if kind in _BATCH_STEPS and texts[_BATCH] != chain.NO_TEXT:
            found.batches.setdefault(texts[_BATCH].decode(), set()).add(_BATCH_STEPS[kind])
        elif kind == b"note_redacted":
            found.redacted |= _named(json.loads(texts[_FACTS]))

    def _receipt(self, seq: int, number: int) -> None:
        found = self.found
        if found.last_receipt is not None and number != found.last_receipt + 1:
            raise Mismatch(seq, number, f"follows receipt {receipt_number(self.span.series, found.last_receipt)}")
        if found.first_receipt is None:
            found.first_receipt = number
        found.last_receipt = number
        found.receipts += 1

    def _texts(self, where: tuple[str, int, int]) -> None:
        for seq, topic, digest, salt, text in self.fetch(_TEXTS, where):
            if salt is None:
                self.found.purged.add((self.span.series, seq, _text(topic)))
            elif sha256(salt + (text if isinstance(text, bytes) else text.encode())).digest() != digest:
                raise Mismatch(seq, None, f"has a note ({_text(topic)}) that is not the one recorded")


_TEXTS = """
SELECT note.seq, note.topic, note.digest, held.salt, held.text
FROM ledger_note AS note LEFT JOIN note_text AS held
  ON held.series_id = note.series_id AND held.seq = note.seq AND held.n = note.n
WHERE note.series_id = ? AND note.seq BETWEEN ? AND ? ORDER BY note.seq, note.n
"""

_EVENT = chain.LAYOUTS[chain.CHAIN_VERSION]["ledger_event"]
_KIND, _BATCH, _ACTOR, _APPROVER, _FACTS = (
    _EVENT.texts.index(name) for name in ("kind", "batch_id", "actor_id", "approver_id", "facts")
)
_VERSION = 2 + _EVENT.numbers.index("chain_version")


def _query(table: str, layout: chain.RowLayout, dialect: str) -> str:
    """Select a table's chained columns as they are stored: whole numbers, then texts as bytes."""

    def column(name: str, letter: str) -> str:
        missing = str(chain.NO_NUMBER + 1) + " - 1" if letter == "i" else "x'FF'"
        if dialect == "sqlite":
            return f'ifnull("{name}", {missing})' if letter.islower() else f'"{name}"'
        octets = f"convert_to(\"{name}\", 'UTF8')" if letter in "Tt" else f'"{name}"'
        missing = missing if letter == "i" else "'\\xff'::bytea"
        return f"coalesce({octets}, {missing})" if letter.islower() else octets

    columns = ", ".join(column(name, letter) for name, letter in zip(layout.columns, layout.letters, strict=True))
    first, order = ("prev_mac, mac", "seq") if table == "ledger_event" else ("seq", "seq, n")
    return (
        f"SELECT {first}, {columns} FROM {table} "  # noqa: S608 - the names are the layout's own
        f"WHERE series_id = ? AND seq BETWEEN ? AND ? ORDER BY {order}"
    )


class _Page:
    """The rows of some entries, written in the canon, and what they add up to (cents), by place in the page."""

    def __init__(self, first: int, count: int) -> None:
        self.first = first
        self.parts: list[list[bytes]] = [[] for _ in range(count)]
        self.balance = [0] * count
        """Sum of all postings."""
        self.lines = [0] * count
        """Lines and what was posted for them."""
        self.tenders = [0] * count
        """Tenders without what was posted for them."""
        self.taken = [0] * count

    def lay_out(self, rows: Iterable[tuple[Any, ...]], table: str, older: Mapping[int, int]) -> None:
        """Write each row beside its entry; the same bytes as ``RowLayout.row``, without a call a row.

        ``older`` names the entries that were sealed with an earlier layout, and its version.
        """
        layout = chain.LAYOUTS[chain.CHAIN_VERSION][table]
        head, pack, join, cut = layout.head, layout.fixed.pack, b"".join, 1 + len(layout.numbers)
        parts, first = self.parts, self.first
        for row in rows:
            if older and row[0] in older:
                parts[row[0] - first].append(_as_sealed(row, layout, chain.LAYOUTS[older[row[0]]][table]))
                continue
            texts = row[cut:]
            parts[row[0] - first].append(head + pack(*row[1:cut], *map(len, texts)) + join(texts))

    def add_lines(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add the amounts of lines (number, each, amount …)."""
        for row in rows:
            self.lines[row[0] - self.first] += row[3]

    def add_tenders(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add the amounts of tenders (number, amount)."""
        for row in rows:
            at = row[0] - self.first
            self.taken[at] += row[2]
            self.tenders[at] += row[2]

    def add_postings(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add postings (number, amount, line, tender): to the balance, and to what they were posted for."""
        first, balance, none = self.first, self.balance, chain.NO_NUMBER
        for seq, _, amount, line, tender, *_ in rows:
            at = seq - first
            balance[at] += amount
            if line != none:
                self.lines[at] += amount
            if tender != none:
                self.tenders[at] -= amount

    def add_nothing(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Notes carry no money."""

    def suspicion(self, at: int, kind: bytes, *, sealed: bool) -> str:
        """Say what does not agree; the entry's own sums may tell which part was touched."""
        hint = ""
        if self.balance[at]:
            hint = "has postings that do not sum to zero"
        elif kind == b"sale" and self.tenders[at]:
            hint = "has tenders that are not what was posted for them"
        elif kind == b"sale" and self.lines[at]:
            hint = "has lines that are not what was posted for them"
        if sealed:
            return hint or "has a seal of a kind that this program does not know"
        return "was changed after it was recorded" + (f"; it {hint}" if hint else "")


def _as_sealed(row: tuple[Any, ...], newest: chain.RowLayout, sealed: chain.RowLayout) -> bytes:
    """Write a row as the earlier layout did; a column that came later must hold nothing, because no seal covers it."""
    values = dict(zip(newest.columns, row[1:], strict=True))
    later = [values[name] for name in newest.columns if name not in sealed.columns]
    if any(value not in {chain.NO_NUMBER, chain.NO_TEXT} for value in later):
        raise Mismatch(row[0], None, "was changed after it was recorded; it has a value that its seal does not know")
    return sealed.row([values[name] for name in sealed.numbers], [values[name] for name in sealed.texts])


_ADDERS = {
    "ledger_line": _Page.add_lines,
    "ledger_tender": _Page.add_tenders,
    "ledger_posting": _Page.add_postings,
    "ledger_note": _Page.add_nothing,
}


def _named(facts: Any) -> set[tuple[str, int, str]]:
    try:
        return {(facts["series"], facts["seq"], topic) for topic in facts["topics"]}
    except (KeyError, TypeError):
        return set()


def _text(value: bytes | str) -> str:
    return value.decode(errors="replace") if isinstance(value, bytes) else value


def said_of(series: str, mismatch: Mismatch) -> str:
    """Put a mismatch in words: series, entry, receipt, what."""
    receipt = "" if mismatch.receipt is None else f" (receipt {receipt_number(series, mismatch.receipt)})"
    return f"{series}, entry {mismatch.seq}{receipt} {mismatch}"
