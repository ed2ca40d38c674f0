"""Proves the ledger from outside: read-only, on a connection of its own, with the canon and nothing else."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection, create_engine
from sqlalchemy.exc import DBAPIError

from csr_desk.data import keys, postgres, schema
from csr_desk.data.chain_check import Found, Place, Span, check_span
from csr_desk.data.dangling import dangling_rows
from csr_desk.data.engine import Store, parse_address
from csr_desk.data.state_check import state_faults
from csr_desk.domain.chain import NO_TEXT, genesis
from csr_desk.domain.errors import Trouble
from csr_desk.domain.ledger import receipt_number
from csr_desk.domain.seal import SealedHead

if TYPE_CHECKING:
    from concurrent.futures import Future

SPAN = 25_000
"""Entries that one process checks at a time."""

Told: TypeAlias = Callable[[int, int], None]
"""Hears how many entries of how many were checked; called in the thread that asked."""

CHILDREN = ("ledger_line", "ledger_tender", "ledger_posting", "ledger_note", "note_text")


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found."""

    ok: bool
    checked: int
    """Entries."""
    receipts: int
    first_fault: str | None
    """The first thing that does not agree, in words; None when all is well."""
    training: bool = False
    purged: int = 0
    """Texts that were removed by a recorded redaction."""
    heads: tuple[SealedHead, ...] = ()
    fault_at: tuple[str, int] | None = None
    """Series and number of the entry that the first fault is about, where it is about one."""


@dataclass(frozen=True, slots=True)
class _Series:
    """A series row and where its stretch of the ledger really begins and ends."""

    head: SealedHead
    office: str
    kind: str
    genesis: bytes
    last_receipt: int

    @property
    def words(self) -> str:
        return f"{self.kind} {self.head.series}"


@dataclass(frozen=True, slots=True)
class _Pace:
    """In how many processes, and who hears how far it is."""

    processes: int
    told: Told | None

    def tell(self, every: int, results: Iterable[Found]) -> Iterator[Found]:
        done = 0
        for result in results:
            done += result.entries
            if self.told is not None:
                self.told(done, every)
            yield result


def verify(
    target: str | Store,
    key: bytes | None = None,
    *,
    key_folder: Path | None = None,
    processes: int | None = None,
    told: Told | None = None,
) -> Report:
    """Check everything that must hold in a ledger; raise Trouble only where it cannot even be opened.

    ``key`` is the office's chain key; without it the key file of the station is used. ``told`` hears how far it is.
    """
    if isinstance(target, Store):
        key, key_folder = key or target.key, key_folder or target.key_folder
    place = place_of(target)
    pace = _Pace(processes or min(os.cpu_count() or 1, 8), told)
    try:
        with reading(place) as connection:
            return _verify(connection, place, key, key_folder, pace)
    except damage_errors(place) as error:
        return Report(ok=False, checked=0, receipts=0, first_fault=said_of_damage(error))


def place_of(target: str | Store) -> Place:
    """Say where a ledger is, so that another connection or process can read it; raise Trouble where it is not there."""
    address = target.address if isinstance(target, Store) else parse_address(target)
    if address.drivername != "sqlite":
        return Place("postgresql", address.set(drivername="postgresql").render_as_string(hide_password=False))
    path = Path(str(address.database)).resolve()
    if not path.exists():
        raise Trouble(f"There is no database at {path}.")
    return Place("sqlite", f"{path.as_uri()}?mode=ro")


def said_of_damage(error: Exception) -> str:
    """Put one of the errors of ``damage_errors`` in words."""
    said = next(iter(str(getattr(error, "orig", error)).splitlines()), "")
    return f"the database is damaged or cannot be read: {said}"


def damage_errors(place: Place) -> tuple[type[Exception], ...]:
    """Name the errors that a damaged file, or a table that somebody dropped, may give."""
    errors = (DBAPIError, sqlite3.Error, ValueError, TypeError, LookupError)
    if place.dialect == "sqlite":
        return errors
    import psycopg  # noqa: PLC0415 - only where the ledger is on PostgreSQL

    return (*errors, psycopg.Error)


def _open_file(place: Place) -> sqlite3.Connection:
    return sqlite3.connect(place.address, uri=True, timeout=5, isolation_level=None)


@contextmanager
def reading(place: Place) -> Iterator[Connection]:
    """Open a ledger for reading on a connection of its own, whatever else is open; no chain key is needed for it."""
    if place.dialect == "sqlite":
        engine = create_engine("sqlite://", creator=lambda: _open_file(place))
    else:
        engine = postgres.make_engine(parse_address(place.address), as_app=False)
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection
    finally:
        engine.dispose()


@contextmanager
def snapshot(connection: Connection) -> Iterator[None]:
    """See one state for a moment, so that what is recorded meanwhile is not taken for a fault."""
    level = "" if connection.dialect.name == "sqlite" else " ISOLATION LEVEL REPEATABLE READ READ ONLY"
    connection.exec_driver_sql(f"BEGIN{level}")
    try:
        yield
    finally:
        connection.exec_driver_sql("ROLLBACK")


_BATCHES = "SELECT batch_id, state FROM batch ORDER BY batch_id"


def refuse_other_version(connection: Connection) -> None:
    """Raise Trouble for a database that this version does not read."""
    if schema.revision_of(connection) != schema.HEAD:
        raise Trouble(
            "The database was made by an older version of CSR Desk. Start the program once to bring it up to date."
        )


def _verify(connection: Connection, place: Place, key: bytes | None, folder: Path | None, pace: _Pace) -> Report:
    refuse_other_version(connection)
    offices = connection.exec_driver_sql("SELECT office_id, install_uuid, training FROM office").all()
    if not offices:
        raise Trouble("There is no office in this database yet, so there is nothing to verify.")
    secret = key or keys.read_key(str(offices[0].install_uuid), folder)
    installs = {str(office.office_id): str(office.install_uuid) for office in offices}
    with snapshot(connection):
        series = _series(connection)
        batches = [(str(row[0]), str(row[1])) for row in connection.exec_driver_sql(_BATCHES)]
        staff = {str(name).encode() for name in connection.exec_driver_sql("SELECT user_id FROM staff").scalars()}
        states = list(state_faults(connection, secret))
        misplaced = _orphans(connection, {one.head.series: one.head.seq for one in series})
    found, unsound = _check(place, secret, series, pace)
    every = [part for parts in found.values() for part in parts]
    faults = [
        *unsound,
        schema.schema_fault(connection),
        *(_series_fault(one, found[one.head.series], installs) for one in series),
        misplaced,
        *_batch_faults(batches, every),
        *dangling_rows(connection),
        *_strangers(staff, every),
        *states,
        _missing_texts(every),
    ]
    first = next((fault for fault in faults if fault), None)
    return Report(
        ok=first is None,
        checked=sum(part.entries for part in every),
        receipts=sum(part.receipts for part in every),
        first_fault=first,
        training=any(office.training for office in offices),
        purged=sum(len(part.purged) for part in every),
        heads=tuple(one.head for one in series),
        fault_at=next(
            (
                (part.span.series, part.fault_seq)
                for part in every
                if part.fault and first and first.endswith(part.fault)
            ),
            None,
        ),
    )


def _series(connection: Connection) -> list[_Series]:
    rows = connection.exec_driver_sql(
        "SELECT series_id, last_seq, last_receipt_no, perpetual_minor, head_mac, office_id, kind, genesis "
        "FROM series ORDER BY kind DESC, series_id"
    )
    return [
        _Series(
            SealedHead(
                row.series_id, row.last_seq, row.last_receipt_no, row.perpetual_minor, bytes(row.head_mac).hex()
            ),
            row.office_id,
            row.kind,
            bytes(row.genesis),
            row.last_receipt_no,
        )
        for row in rows
    ]


def _check(
    place: Place, secret: bytes, series: list[_Series], pace: _Pace
) -> tuple[dict[str, list[Found]], list[str | None]]:
    """Check every stretch, and on SQLite every table's pages, in as many processes as pay."""
    spans = [
        Span(one.head.series, first, min(first + SPAN - 1, one.head.seq), one.genesis)
        for one in series
        for first in range(1, one.head.seq + 1, SPAN)
    ]
    tables = _tables(place)
    found: dict[str, list[Found]] = {one.head.series: [] for one in series}
    every = sum(one.head.seq for one in series)
    if len(spans) - len(series) < pace.processes or pace.processes == 1:
        unsound = [unsound_table(place, table) for table in tables]
        results = list(pace.tell(every, (check_span(place, secret, span) for span in spans)))
    else:
        from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415 - a start verifies in its own process
        from multiprocessing import get_context  # noqa: PLC0415 - the same

        with ProcessPoolExecutor(pace.processes, mp_context=get_context("spawn")) as pool:
            checks: list[Future[str | None]] = [pool.submit(unsound_table, place, table) for table in tables]
            stretches = [pool.submit(check_span, place, secret, span) for span in spans]
            results = list(pace.tell(every, (stretch.result() for stretch in stretches)))
            unsound = [check.result() for check in checks]
    for result in results:
        found[result.span.series].append(result)
    return found, unsound


def _tables(place: Place) -> list[str]:
    """Name SQLite's tables, the big ones first; PostgreSQL checks its pages by checksums as it reads them."""
    if place.dialect != "sqlite":
        return []
    connection = _open_file(place)
    try:
        names = [str(row[0]) for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    finally:
        connection.close()
    return sorted(names, key=lambda name: (not name.startswith("ledger_"), name))


def unsound_table(place: Place, table: str) -> str | None:
    """Ask SQLite whether a table's pages and indexes are sound; one table at a time, so that nobody waits long."""
    connection = _open_file(place)
    connection.text_factory = bytes
    try:
        (said,) = connection.execute(f"PRAGMA integrity_check('{table}')").fetchone()
    except sqlite3.Error as error:
        return f"the database file is damaged in table {table}: {error}"
    finally:
        connection.close()
    return None if said == b"ok" else f"the database file is damaged in table {table}: {said.decode(errors='replace')}"


def _series_fault(one: _Series, parts: list[Found], installs: dict[str, str]) -> str | None:
    """Name the first thing in a series that does not agree."""
    if one.genesis != genesis(one.office, one.head.series, installs.get(one.office, "")):
        return f"{one.words} does not begin where it was set up"
    receipts = 0
    mac = one.genesis
    for part in parts:
        if part.first_receipt not in {None, receipts + 1}:
            return f"{one.words}: receipt {receipt_number(one.head.series, receipts + 1)} is missing"
        if part.fault:
            return f"{one.kind} {part.fault}"
        receipts += part.receipts
        mac = part.last_mac
    fault = None
    if mac.hex() != one.head.head:
        fault = f"{one.words}: entry {one.head.seq} is not the last one that was recorded"
    elif receipts != one.last_receipt:
        fault = f"{one.words}: its receipts end at {receipts}, but {one.last_receipt} were numbered"
    elif sum(part.takings for part in parts) != one.head.perpetual:
        fault = f"{one.words}: its perpetual total is not the sum of its receipts"
    return fault


def _orphans(connection: Connection, ends: dict[str, int]) -> str | None:
    """Look for rows that belong to no entry: of an unknown series, or before the first or after the last entry."""
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    for table in ("ledger_event", *CHILDREN):
        after = f"SELECT MIN(series_id) FROM {table} WHERE series_id > {mark}"  # noqa: S608 - fixed names
        edges = f"SELECT MIN(seq), MAX(seq) FROM {table} WHERE series_id = {mark}"  # noqa: S608 - fixed names
        name: str | None = ""
        while (name := connection.exec_driver_sql(after, (name,)).scalar_one()) is not None:
            low, high = connection.exec_driver_sql(edges, (name,)).one()
            if name not in ends:
                return f"{table} has rows of {name}, which is no series of this office"
            if low < 1 or high > ends[name]:
                place = low if low < 1 else high
                return f"series {name}: {table} has a row at entry {place}, but the series ends at {ends[name]}"
    return None


def _batch_faults(batches: list[tuple[str, str]], every: list[Found]) -> Iterator[str]:
    """Compare the batches' current state with what the entries say."""
    steps: dict[str, set[str]] = {}
    for part in every:
        for batch, seen in part.batches.items():
            steps.setdefault(batch, set()).update(seen)
    for batch, state in batches:
        seen = steps.get(batch, set())
        if "opened" not in seen:
            yield f"batch {batch} stands in no entry of the ledger"
        elif state == "accepted" and "accepted" not in seen:
            yield f"batch {batch} is marked accepted, but no entry says so"


def _strangers(staff: set[bytes], every: list[Found]) -> Iterator[str]:
    """Name who acted in an entry but is not on the staff."""
    for stranger in sorted({who for part in every for who in part.people} - staff - {NO_TEXT}):
        yield f"an entry names {stranger.decode(errors='replace')}, who is no member of the staff"


def _missing_texts(every: list[Found]) -> str | None:
    """Name the first text that is gone though no redaction says so."""
    redacted = {text for part in every for text in part.redacted}
    gone = sorted({text for part in every for text in part.purged} - redacted)
    if not gone:
        return None
    series, seq, topic = gone[0]
    return f"series {series}, entry {seq}: its text “{topic}” was removed, but no redaction is recorded"
