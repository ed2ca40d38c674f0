"""Recomputes a stretch of one series from the stored bytes. Light on imports: worker processes load it.

It uses nothing of the program but the canon, so an auditor can read the whole of it.
"""

from __future__ import annotations

import gc
import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
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
    purged: set[tuple[str, int, str]] = field(default_factory=set)
    """Series, entry and topic of each text that is gone."""
    redacted: set[tuple[str, int, str]] = field(default_factory=set)
    """Those that a redaction names."""
    batches: dict[str, set[str]] = field(default_factory=dict)
    """The steps seen of each batch."""
    people: set[bytes] = field(default_factory=set)
    """Who acted or approved."""


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
            found.fault = said_of(span.series, mismatch)
        except (TypeError, ValueError):
            found.fault = (
                f"{span.series}, entry {span.first + found.entries} or one soon after it cannot be read as an entry"
            )
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
        parts: list[list[bytes]] = [[] for _ in range(first, last + 1)]
        sums = [[0, 0, 0, 0, 0] for _ in parts]
        for table in ("ledger_line", "ledger_tender", "ledger_posting", "ledger_note"):
            rows = self.fetch(self.queries[table], where)
            if rows:
                _lay_out(rows, self.layouts[table], first, parts)
                _ADDERS[table](rows, first, sums)
        for at, row in enumerate(events):
            self._entry(first + at, row, parts[row[0] - first], sums[row[0] - first])
        if len(events) < len(parts):
            raise Mismatch(first + len(events), None, "is missing")
        self._texts(where)

    def _entry(self, seq: int, row: tuple[Any, ...], children: list[bytes], sums: list[int]) -> None:
        if row[0] != seq:
            raise Mismatch(seq, None, "is missing")
        _, prev_mac, mac, *values = row
        kind, batch, receipt = values[3], values[5], values[11]
        number = None if receipt == chain.NULL else int(receipt)
        if prev_mac != self.mac:
            raise Mismatch(seq, number, "does not follow the entry before it")
        if values[15] != b"1":
            raise Mismatch(seq, number, "has a seal of a kind that this program does not know")
        own = self.layouts["ledger_event"].row(values)
        if chain.mac(self.secret, prev_mac, b"".join([own, *children])) != mac:
            raise Mismatch(seq, number, _suspicion(sums, kind))
        _refuse_unbalanced(seq, number, kind, sums)
        self.mac = mac
        found = self.found
        found.entries += 1
        found.takings += sums[_TENDERS]
        found.people.add(values[6])
        if values[7] != chain.NULL:
            found.people.add(values[7])
        if number is not None:
            self._receipt(seq, number)
        if (number is not None) != (kind in _NUMBERED):
            raise Mismatch(seq, number, "has a receipt number that is not due, or lacks one")
        if kind in _BATCH_STEPS and batch != chain.NULL:
            found.batches.setdefault(batch.decode(), set()).add(_BATCH_STEPS[kind])
        if kind == b"note_redacted":
            found.redacted |= _named(json.loads(values[14]))

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

_LINES, _TENDERS, _POSTINGS, _FROM_LINES, _FROM_TENDERS = range(5)


def _query(table: str, layout: chain.RowLayout, dialect: str) -> str:
    """Select a table's chained columns as bytes: whole numbers as decimals, text as it is stored."""

    def column(name: str, letter: str) -> str:
        if dialect == "sqlite":
            plain = f"CAST({name} AS TEXT)" if letter in "Ii" else f'"{name}"'
            return f"ifnull({plain}, x'FF')" if letter.islower() else plain
        plain = f'"{name}"::text' if letter in "Ii" else f'"{name}"'
        octets = plain if letter == "B" else f"convert_to({plain}, 'UTF8')"
        return f"coalesce({octets}, '\\xff'::bytea)" if letter.islower() else octets

    columns = ", ".join(column(name, letter) for name, letter in zip(layout.columns, layout.letters, strict=True))
    seals, order = ("prev_mac, mac, ", "seq") if table == "ledger_event" else ("", "seq, n")
    return (
        f"SELECT seq, {seals}{columns} FROM {table} "  # noqa: S608 - the names are the layout's own
        f"WHERE series_id = ? AND seq BETWEEN ? AND ? ORDER BY {order}"
    )


def _lay_out(rows: Iterable[tuple[Any, ...]], layout: chain.RowLayout, first: int, parts: list[list[bytes]]) -> None:
    """Write each row in the canon, beside its entry; the same bytes as ``RowLayout.row``, without a call a row."""
    head, pack, join = layout.head, layout.lengths.pack, b"".join
    for seq, *values in rows:
        parts[seq - first].append(head + pack(*map(len, values)) + join(values))


def _add_lines(rows: Iterable[tuple[Any, ...]], first: int, sums: list[list[int]]) -> None:
    for row in rows:
        sums[row[0] - first][_LINES] += int(row[8])


def _add_tenders(rows: Iterable[tuple[Any, ...]], first: int, sums: list[list[int]]) -> None:
    for row in rows:
        sums[row[0] - first][_TENDERS] += int(row[4])


def _add_postings(rows: Iterable[tuple[Any, ...]], first: int, sums: list[list[int]]) -> None:
    for row in rows:
        entry, amount = sums[row[0] - first], int(row[3])
        entry[_POSTINGS] += amount
        if row[5] != chain.NULL:
            entry[_FROM_LINES] += amount
        if row[6] != chain.NULL:
            entry[_FROM_TENDERS] += amount


def _add_nothing(_rows: Iterable[tuple[Any, ...]], _first: int, _sums: list[list[int]]) -> None:
    return


_ADDERS = {
    "ledger_line": _add_lines,
    "ledger_tender": _add_tenders,
    "ledger_posting": _add_postings,
    "ledger_note": _add_nothing,
}


def _imbalance(sums: list[int], kind: bytes) -> str | None:
    if sums[_POSTINGS]:
        return "has postings that do not sum to zero"
    if kind == b"sale" and sums[_FROM_TENDERS] != sums[_TENDERS]:
        return "has tenders that are not what was posted for them"
    if kind == b"sale" and sums[_FROM_LINES] != -sums[_LINES]:
        return "has lines that are not what was posted for them"
    return None


def _refuse_unbalanced(seq: int, number: int | None, kind: bytes, sums: list[int]) -> None:
    fault = _imbalance(sums, kind)
    if fault:
        raise Mismatch(seq, number, fault)


def _suspicion(sums: list[int], kind: bytes) -> str:
    """Say what can be said about an entry whose seal is broken: its own sums may tell which part was touched."""
    hint = _imbalance(sums, kind)
    return "was changed after it was recorded" + (f"; it {hint}" if hint else "")


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
