"""G13: a database is wholly of the old revision or wholly of the new one, whatever ends the program that changes it.

A big office of the first release is brought up to date and killed: on SQLite at the calls that write the file and its
journal, on both engines at the statements of the change, on PostgreSQL also by taking the server's side away.
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, Engine, event

from csr_desk.data import fingerprint, postgres, schema, sqlite
from csr_desk.data.engine import open_store, parse_address
from csr_desk.data.models import LEDGER
from csr_desk.data.unit_of_work import write
from csr_desk.data.verify import verify
from csr_desk.domain.errors import Trouble
from data.office import sale
from migrations import first_revision
from proof.forked import KILLED, die, forked
from proof.places import Place, keys_in, places
from proof.table import Row, Tier
from proof.traced import calls_of, can_trace, killed_at

SALES = {Tier.TASTE: 30, Tier.COMMIT: 720, Tier.NIGHT: 14_300}
"""Seven rows of the ledger each: 5,000 rows at the commit tier, 100,000 at night."""
POINTS = {Tier.TASTE: 4, Tier.COMMIT: 20, Tier.NIGHT: 10**9}
"""How many of the places where it may die are tried, spread over all of them."""
OLD = ("0001", "0002", "0003")


@dataclass
class Found:
    """What came of it."""

    attempts: int = 0
    faults: int = 0
    lost: int = 0
    altered: int = 0
    half: int = 0
    new: int = 0
    places: int = 0


@dataclass(frozen=True)
class Big:
    """A big database of an old revision: how to copy it, and what is in it."""

    place: Place
    revision: str
    copy: Callable[[], str]
    content: dict[str, tuple[int, int]] = field(hash=False)


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Kill each revision's change on each engine; then change without the one transaction."""
    logging.disable()
    with places(folder) as engines, keys_in(folder / "keys"):
        for place in engines:
            old = [big(place, revision, SALES[tier]) for revision in OLD]
            yield at_statements(old, POINTS[tier], "killed at a statement", die)
            if place.engine == "sqlite":
                yield at_calls(old, POINTS[tier] * 2)
                yield at_statements(old[:1], 8, "without the one transaction", die, broken=True)
            else:
                yield at_statements(old, POINTS[tier], "its server's side ended", partial(terminate, place))
            yield newer(old[0])


def big(place: Place, revision: str, sales: int) -> Big:
    """Make the office of the first release with many sales, and bring it up to a later old revision."""

    def make(url: str) -> None:
        first_revision.make(url)
        store = first_revision.open_as_it_is(url)
        store.read_office()
        with write(store) as work:
            for number in range(sales):
                first_revision.append(work.conn, store, sale(f"more {number}", 100 + number % 9_000, batch="B1"))
        store.close()
        if revision != first_revision.REVISION:
            engine = owner(url)
            first_revision.upgrade_to(engine, revision)
            engine.dispose()

    copy = place.copies(make)
    url = copy()
    return Big(place, revision, copy, content_of(url))


def owner(url: str) -> Engine:
    """Connect as whoever may change the tables."""
    address = parse_address(url)
    if address.drivername == "sqlite":
        return sqlite.make_engine(Path(str(address.database)), writing=True)
    return postgres.make_engine(address, as_app=False)


def content_of(url: str) -> dict[str, tuple[int, int]]:
    """Count the rows of each table of the ledger and add up what has an amount (cents)."""
    engine = owner(url)
    with engine.connect() as connection, connection.begin():
        found = {table.name: _content(connection, table.name) for table in LEDGER}
    engine.dispose()
    return found


def _content(connection: Connection, table: str) -> tuple[int, int]:
    amount = "SUM(amount_minor)" if table in {"ledger_line", "ledger_tender", "ledger_posting"} else "SUM(seq)"
    count, total = connection.exec_driver_sql(f"SELECT COUNT(*), {amount} FROM {table}").one()  # noqa: S608 - ours
    return int(count), int(total or 0)


def start(url: str) -> None:
    """Start the program as far as the database: it is brought up to date, or refused."""
    open_store(url).close()


def judge(old: Big, url: str, found: Found) -> None:
    """Say whether the database is wholly old or new, all there, and whether the next start makes it new."""
    engine = owner(url)
    with engine.connect() as connection, connection.begin():
        revision = schema.revision_of(connection) or ""
        shape = fingerprint.hash_of(fingerprint.shape(connection))
    engine.dispose()
    whole = schema.FINGERPRINTS.get((revision, old.place.engine)) == shape and revision in {old.revision, schema.HEAD}
    found.half += not whole
    found.new += revision == schema.HEAD
    found.lost += content_of(url) != old.content
    try:
        store = open_store(url)
    except Trouble:
        found.altered += 1
        return
    found.altered += not verify(store, processes=1).ok
    store.close()
    found.altered += content_of(url) != old.content


def spread(points: list[Any], most: int) -> list[Any]:
    """Choose some of the points, evenly, the first and the last among them."""
    if len(points) <= most:
        return points
    return [points[at * (len(points) - 1) // (most - 1)] for at in range(most)]


# ---- at the statements


def statements(old: Big) -> int:
    """Count what a start sends to the database, the commits as well."""
    url, said = old.copy(), old.place.folder / "statements"

    def count() -> None:
        with hooked(url, lambda number: said.write_text(str(number))):
            start(url)

    forked(count)
    old.place.drop(url)
    return int(said.read_text())


@contextlib.contextmanager
def hooked(url: str, at: Callable[[int], object]) -> Iterator[None]:
    """Call something before each statement and commit that goes to a database, with its number."""
    numbers, database = iter(range(1, 10**9)), parse_address(url).database

    def before(connection: Connection, *_more: object) -> None:
        if connection.engine.url.database == database:  # not the copy that is made and looked over before
            at(next(numbers))

    event.listen(Engine, "before_cursor_execute", before)
    event.listen(Engine, "commit", before)
    yield
    event.remove(Engine, "before_cursor_execute", before)
    event.remove(Engine, "commit", before)


def at_statements(bigs: list[Big], most: int, what: str, end: Callable[[], object], *, broken: bool = False) -> Row:
    """End the start at some of its statements."""
    found = Found()
    for old in bigs:
        every = statements(old)
        found.places += every
        for point in spread(list(range(1, every + 1)), most):
            url = old.copy()
            found.attempts += 1
            code = forked(partial(die_at, url, point, end, apart=broken))
            found.faults += code != 0
            judge(old, url, found)
            old.place.drop(url)
    return row(bigs[0].place, what, found, broken=broken)


def die_at(url: str, point: int, end: Callable[[], object], *, apart: bool) -> None:
    """Start, and end at a statement; ``apart`` makes every statement final by itself, as without a transaction."""
    if apart:
        event.listen(Engine, "after_cursor_execute", final)
    with hooked(url, lambda number: end() if number == point else None):
        try:
            start(url)
        except Trouble:
            os._exit(3)


def final(connection: Connection, *_more: object) -> None:
    """Commit what was sent by whoever may write."""
    link: Any = connection.connection.dbapi_connection
    if link.in_transaction and not link.execute("PRAGMA query_only").fetchone()[0]:
        link.execute("COMMIT")
        link.execute("BEGIN IMMEDIATE")


def terminate(place: Place) -> None:
    """Take the server's side of every connection of the program away."""
    if place.server is None:
        return
    with psycopg.connect(place.server.url("postgres"), autocommit=True) as link:
        link.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE pid <> pg_backend_pid() "
            "AND datname LIKE 'copy_%'"
        )


# ---- at the calls that write


def at_calls(bigs: list[Big], most: int) -> Row:
    """Kill at some of the calls that write the file or its journal, before each is carried out."""
    found = Found()
    place = bigs[0].place
    if not can_trace():
        return Row("G13", "killed at a write", place.engine, 0, 0, remark="strace is not here: nothing was tried")
    log = place.folder / "strace"
    for old in bigs:
        url = old.copy()
        calls = calls_of(partial(start, url), Path(url.removeprefix("sqlite:///")), log)
        old.place.drop(url)
        found.places += len(calls)
        for call in spread(calls, most):
            url = old.copy()
            found.attempts += 1
            found.faults += killed_at(partial(start, url), call, log) == KILLED
            judge(old, url, found)
            old.place.drop(url)
    return row(place, "killed at a write", found)


def newer(old: Big) -> Row:
    """Let a database be newer than the program: it must be refused and left alone."""
    url = old.copy()
    engine = owner(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    refused = False
    try:
        start(url)
    except Trouble as trouble:
        refused = "newer version" in str(trouble)
    kept = content_of(url) == old.content
    old.place.drop(url)
    return Row("G13", "newer than the program", old.place.engine, 1, 1, altered=(not refused) + (not kept))


def row(place: Place, what: str, found: Found, *, broken: bool = False) -> Row:
    """Lay out what was found."""
    remark = f"{found.half} half migrated, {found.new} new already; of {found.places} places"
    return Row(
        "G13", what, place.engine, found.attempts, found.faults, found.lost, 0, found.altered + found.half, remark,
        broken_on_purpose=broken,
    )  # fmt: skip
