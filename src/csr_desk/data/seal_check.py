"""Holds a database to its day seals: signature by signature, head by head. Nothing here needs the chain key.

It compares what a seal says with the rows as they are stored. That the rows are what their MACs were made of is for
``data.verify``, which needs the chain key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from csr_desk.data.head_check import CALL, after_restores, head_fault, place_of
from csr_desk.data.queries import heads, office
from csr_desk.data.queries.entries import Event
from csr_desk.data.seal_keys import key_fault, signed_by
from csr_desk.domain.errors import BadInput
from csr_desk.domain.first_fault import FirstFault, Place
from csr_desk.domain.money import shown
from csr_desk.domain.seal import DayTotals, Seal, SealKey, SealStatement


@dataclass(frozen=True, slots=True)
class KeyInForce:
    """A public key of the ledger: from which entry of the office's series on it signs."""

    key: SealKey
    since: int
    set_by: str
    lost_before: bool
    """True where the key before it was said to be lost, so that only the entry speaks for this one."""


def keys_of(conn: Connection) -> tuple[list[KeyInForce], FirstFault | None]:
    """Read the seal keys of a ledger in their order, and the first that is not what it should be."""
    found: list[KeyInForce] = []
    for event in heads.key_events(conn):
        before = found[-1].key.public if found else ""
        fault: str | None
        try:
            facts = dict(event.facts)
            lost = bool(facts.pop("lost"))
            key = SealKey.of_data(facts)
            fault = key_fault(key, before)
            if before and not key.previous and not lost:
                fault = "it is not signed by the key before it"
        except (BadInput, KeyError, TypeError, ValueError):
            return found, _key_fault(conn, event, "it cannot be read")
        if fault:
            return found, _key_fault(conn, event, fault)
        found.append(KeyInForce(key, event.key.seq, event.actor, lost))
    return found, None


def _key_fault(conn: Connection, event: Event, why: str) -> FirstFault:
    said = f"the key of the day seals that was set at {event.key.series}, entry {event.key.seq} is not good: {why}"
    return FirstFault(said, place_of(conn, event.key.series, event.key.seq), advice=CALL)


def signature_fault(conn: Connection, seal: Seal) -> FirstFault | None:
    """Say if a seal is not signed by the key in force in this ledger."""
    keys, fault = keys_of(conn)
    if fault is not None:
        return fault
    if keys and signed_by(keys[-1].key.public, seal.statement.signed, seal.signature):
        return None
    return FirstFault(f"the seal of {seal.statement.business_date} is not signed by the key in force")


def seal_fault(conn: Connection, seal: Seal, public: str, *, sums: bool = True) -> FirstFault | None:
    """Return the first thing in which a database is not what a seal says; a ledger that has grown since is fine.

    ``public`` is the key to check with (hexadecimal). Without ``sums`` only the heads are compared, which is quick.
    """
    return next(_faults(conn, seal, public, sums=sums), None)


def _faults(conn: Connection, seal: Seal, public: str, *, sums: bool) -> Iterator[FirstFault]:
    what = seal.statement
    if not signed_by(public, what.signed, seal.signature):
        yield FirstFault(
            f"the seal of {what.business_date} is not signed by the key it was checked with",
            advice="Get the seal file and the public key from the finance officer again; one of them is not theirs.",
        )
        return
    record = office.read_office(conn)
    if record is None or (record.office.office_id, record.install_uuid) != (what.office, what.install):
        yield FirstFault(
            f"the seal of {what.business_date} is of another office or of another installation of {what.office}",
            expected=f"{what.office}, {what.install}",
            found=f"{record.office.office_id}, {record.install_uuid}" if record else "no office",
            advice="Give the database that this seal was made for.",
        )
        return
    for one in what.series:
        fault = head_fault(conn, one, f"the seal of {what.business_date}", sums=sums)
        if fault is not None:
            yield fault
            return
    if sums:
        yield from _count_faults(conn, what)
    yield from _day_faults(conn, what)
    yield from _record_faults(conn, what)


def _count_faults(conn: Connection, what: SealStatement) -> Iterator[FirstFault]:
    entries = 0
    for one in what.series:
        entries += heads.standing(conn, one.series, one.seq)[0]
        link = heads.broken_link(conn, one.series, one.seq)
        if link is not None:
            yield FirstFault(
                f"{one.series}, entry {link} does not follow the entry before it",
                place_of(conn, one.series, link),
                advice=CALL,
            )
            return
    if entries != what.entries:
        yield FirstFault(
            f"the seal of {what.business_date} counts other entries than there are",
            expected=f"{what.entries:,} entries",
            found=f"{entries:,} entries",
            advice=CALL,
        )


def _day_faults(conn: Connection, what: SealStatement) -> Iterator[FirstFault]:
    event = heads.closed_days(conn, what.business_date).get(what.business_date)
    if event is None or event.key.seq != what.closed:
        yield FirstFault(
            f"{what.business_date} was not closed where its seal says", Place("", what.closed), advice=CALL
        )
        return
    totals = totals_of(event)
    if totals != what.totals:
        yield FirstFault(
            f"the close of {what.business_date} does not say what its seal says",
            place_of(conn, event.key.series, event.key.seq),
            expected=_totals(what.totals),
            found=_totals(totals),
            advice=CALL,
        )


def totals_of(event: Event) -> DayTotals:
    """Return what the entry of a day's close says that the day brought."""
    facts = event.facts
    return DayTotals(facts["total"], facts["taxes"], facts["fees"], facts["rounding"], facts["over_short"])


def _totals(totals: DayTotals) -> str:
    return ", ".join(f"{name.replace('_', ' ')} {shown(int(str(cents)))}" for name, cents in totals.as_data().items())


def _record_faults(conn: Connection, what: SealStatement) -> Iterator[FirstFault]:
    known = [str(event.facts.get("sha256")) for event in heads.seal_events(conn, what.business_date)]
    if not known:
        yield FirstFault(
            f"the ledger has no entry of the seal of {what.business_date}", advice=after_restores(conn) or CALL
        )
    elif what.sha256 not in known:
        yield FirstFault(
            f"the ledger knows another seal of {what.business_date} than this one",
            expected=f"seal {what.sha256[:16]}",
            found=f"seal {known[-1][:16]}",
            advice="Ask the finance officer which of the two is theirs.",
        )


def recorded_seals(conn: Connection) -> Iterator[tuple[Event, Seal | None]]:
    """Yield the entries of seals with the seal that each keeps (None where it cannot be read)."""
    for event in heads.seal_events(conn):
        try:
            facts = event.facts
            seal = Seal(SealStatement.of(facts["statement"]), str(facts["signature"]))
            yield event, seal if seal.statement.sha256 == facts["sha256"] else None
        except (BadInput, KeyError, TypeError, ValueError):
            yield event, None


def key_at(keys: Iterable[KeyInForce], seq: int) -> KeyInForce | None:
    """Return the key in force at an entry of the office's series."""
    return next((one for one in reversed(list(keys)) if one.since < seq), None)


def ledger_fault(conn: Connection) -> tuple[int, FirstFault | None]:
    """Check every seal that the ledger itself keeps, with the keys that it keeps; give their number, the first fault.

    Whoever holds the chain key can write every MAC anew, but not the signatures over the old ones.
    """
    keys, fault = keys_of(conn)
    if fault is not None:
        return 0, fault
    previous, count = "", 0
    seals = list(recorded_seals(conn))
    for event, seal in seals:
        at = place_of(conn, event.key.series, event.key.seq)
        if seal is None:
            return count, FirstFault(f"the seal at {event.key.series}, entry {event.key.seq} cannot be read", at)
        key = key_at(keys, event.key.seq)
        day = seal.statement.business_date
        if key is None or key.key.key_id != seal.statement.key_id:
            return count, FirstFault(f"the seal of {day} was made with a key that was not in force then", at)
        if seal.statement.previous != previous:
            return count, FirstFault(f"the seal of {day} does not follow the one before it: one is missing", at)
        fault = seal_fault(conn, seal, key.key.public, sums=event is seals[-1][0])
        if fault is not None:
            return count, fault
        previous, count = seal.statement.sha256, count + 1
    return count, None
