"""Verifies what was recorded in the days that are still open: quick enough for every start of the window.

It trusts what lies before, up to the seal of the entry that the stretch follows; ``data.verify`` trusts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from csr_desk.data.chain_check import Found, Span, check_span
from csr_desk.data.engine import Store
from csr_desk.data.state_check import open_day_faults
from csr_desk.data.unit_of_work import read
from csr_desk.data.verify import damage_errors, place_of, said_of_damage
from csr_desk.domain.chain import NO_TEXT
from csr_desk.domain.ledger import receipt_number

_HEADS = """
SELECT series_id, kind, last_seq, last_receipt_no, head_mac, genesis FROM series ORDER BY kind DESC, series_id
"""
_FIRST = """
SELECT entry.series_id, MIN(entry.seq) AS seq FROM ledger_event AS entry
JOIN day ON day.business_date = entry.business_date AND day.state = 'open' GROUP BY entry.series_id
"""
_LAST = "SELECT MAX(seq) FROM ledger_event WHERE series_id = {mark}"
"""Asked for each series on its own: its index answers at once."""


@dataclass(frozen=True, slots=True)
class Tail:
    """What came of it."""

    checked: int
    """Entries."""
    fault: str | None
    """The first thing that does not agree, in words."""


@dataclass(frozen=True, slots=True)
class _Head:
    series: str
    kind: str
    seq: int
    receipt: int
    mac: bytes
    span: Span


def verify_open_days(store: Store) -> Tail:
    """Check the entries since the first one of a day that is open (at least the newest of each series), and the state.

    Chain, numbers, sums of each entry, the heads, and what the tables say of the open days' batches.
    """
    place = place_of(store)
    try:
        with read(store) as work:
            heads = list(_heads(work.conn))
            ends = {head.series: _end(work.conn, head.series) for head in heads}
            state = list(open_day_faults(work.conn))
            staff = {str(name).encode() for name in work.conn.exec_driver_sql("SELECT user_id FROM staff").scalars()}
        found = [check_span(place, store.key, head.span) for head in heads if head.seq]
    except damage_errors(place) as error:
        return Tail(0, said_of_damage(error))
    checked = {one.span.series: one for one in found}
    faults = (
        *(_fault(head, checked.get(head.series), ends[head.series]) for head in heads),
        *(f"an entry names {name}, who is no member of the staff" for name in _strangers(found, staff)),
        *state,
    )
    return Tail(sum(one.entries for one in found), next((fault for fault in faults if fault), None))


def _heads(conn: Connection) -> Iterator[_Head]:
    first = {str(row[0]): int(row[1]) for row in conn.exec_driver_sql(_FIRST)}
    for row in conn.exec_driver_sql(_HEADS):
        begins = min(first.get(row.series_id, row.last_seq), row.last_seq)
        span = Span(row.series_id, max(begins, 1), row.last_seq, bytes(row.genesis))
        yield _Head(row.series_id, row.kind, row.last_seq, row.last_receipt_no, bytes(row.head_mac), span)


def _end(conn: Connection, series: str) -> int:
    mark = "?" if conn.dialect.name == "sqlite" else "%s"
    return conn.exec_driver_sql(_LAST.format(mark=mark), (series,)).scalar() or 0


def _fault(head: _Head, found: Found | None, end: int) -> str | None:
    """Name the first thing about the end of a series that does not agree."""
    words = f"{head.kind} {head.series}"
    if end != head.seq:
        return f"{words}: its entries end at {end}, but {head.seq} were recorded"
    if found is None:
        return None
    if found.fault:
        return f"{head.kind} {found.fault}"
    if found.last_mac != head.mac:
        return f"{words}: entry {head.seq} is not the last one that was recorded"
    if found.last_receipt not in {None, head.receipt}:
        return f"{words}: its receipts end at {receipt_number(head.series, found.last_receipt or 0)}"
    return None


def _strangers(found: list[Found], staff: set[bytes]) -> list[str]:
    named = {who for one in found for who in one.people}
    return sorted(who.decode(errors="replace") for who in named - staff - {NO_TEXT})
