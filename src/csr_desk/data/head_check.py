"""Holds a database to a head that somebody outside kept: a seal, a paper, the station's anchor."""

from __future__ import annotations

from sqlalchemy import Connection

from csr_desk.data.queries import heads
from csr_desk.domain.first_fault import FirstFault, Place
from csr_desk.domain.ledger import receipt_number
from csr_desk.domain.money import shown
from csr_desk.domain.seal import SealedHead

RESTORE = "Record nothing. Restore the newest backup with the program, which says what is missing after it."
CALL = "Copy the database for the auditor before anybody works on, and compare with the papers of that day."


def place_of(conn: Connection, series: str, seq: int) -> Place:
    """Tell an entry as far as it is there."""
    told = heads.entry_told(conn, series, seq)
    if told is None:
        return Place(series, seq)
    event, who = told
    receipt = receipt_number(series, event.receipt_no) if event.receipt_no is not None else ""
    return Place(series, seq, receipt, event.kind.value, event.business_date, event.recorded_at, who)


def head_fault(conn: Connection, one: SealedHead, witness: str, *, sums: bool = True) -> FirstFault | None:
    """Compare a head that somebody outside kept with the database; ``witness`` says who, in words.

    With ``sums`` the receipts and the takings up to it are counted anew as well.
    """
    now = heads.head_now(conn, one.series)
    if now is None:
        return FirstFault(f"{witness} knows a series {one.series}, which is not in this database", advice=CALL)
    there = heads.mac_at(conn, one.series, one.seq)
    if there is None or now.seq < one.seq:
        return _shorter(conn, one, witness)
    if there.hex() != one.head:
        return FirstFault(
            f"{one.series}, entry {one.seq} is another than the one that {witness} knows",
            place_of(conn, one.series, one.seq),
            expected=f"head {one.code}",
            found=f"head {SealedHead(one.series, one.seq, 0, 0, there.hex()).code}",
            advice=after_restores(conn) or CALL,
        )
    if not sums:
        return None
    _, receipts, taken = heads.standing(conn, one.series, one.seq)
    if (receipts, taken) != (one.receipts, one.perpetual):
        return FirstFault(
            f"{one.series} up to entry {one.seq} does not add up to what {witness} says",
            Place(one.series, one.seq),
            expected=f"{one.receipts:,} receipts, {shown(one.perpetual)}",
            found=f"{receipts:,} receipts, {shown(taken)}",
            advice=CALL,
        )
    return None


def _shorter(conn: Connection, one: SealedHead, witness: str) -> FirstFault:
    """Say what is missing from the end of a series."""
    last = heads.last_known(conn, one.series)
    seq = last[0].key.seq if last else 0
    _, receipts, taken = heads.standing(conn, one.series, seq)
    missing = f"{one.seq - seq:,} {'entry is' if one.seq - seq == 1 else 'entries are'} missing"
    if one.receipts > receipts:
        first, until = receipt_number(one.series, receipts + 1), one.last_receipt
        missing += f", {'receipt ' + first if first == until else f'receipts {first} to {until}'}"
    if one.perpetual != taken:
        missing += f", {shown(one.perpetual - taken)} of takings"
    return FirstFault(
        f"{one.series} is shorter than {witness} says: {missing}",
        place_of(conn, one.series, seq) if seq else Place(one.series, 0),
        expected=f"entry {one.seq}, perpetual total {shown(one.perpetual)}",
        found=f"entry {seq}, perpetual total {shown(taken)}",
        advice=after_restores(conn) or RESTORE,
    )


def after_restores(conn: Connection) -> str:
    """Point to the restores that are on record: what a seal or a paper knew from before may be missing for that."""
    events = heads.restore_events(conn)
    if not events:
        return ""
    at = events[-1].key
    return f"A restore from a backup is recorded at {at.series}, entry {at.seq}: compare with what it says is missing."
