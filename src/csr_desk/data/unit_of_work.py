"""One act at the counter is one transaction; this is the only place where one is made final."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row, Transaction
from sqlalchemy import text as sql
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from csr_desk.data import ledger_writer, same_ledger
from csr_desk.data.engine import Store
from csr_desk.data.notebook import NOTED
from csr_desk.data.outcome import Fault, fault_of, is_broken, is_moved
from csr_desk.domain.errors import Latched, Trouble
from csr_desk.domain.ledger import EntryDraft, EventKey, Written

BUSY = "Another station was writing at the same moment; this was not recorded. Try again."
NOT_RECORDED = "The database failed; this was not recorded. Try again."
DISK = (
    "The disk or the database failed; this was not recorded, and nothing more is recorded until the database was "
    "opened anew and verified. Call the administrator."
)
UNREADABLE = (
    "The disk or the database failed while it was read; nothing more is recorded until the database was opened anew "
    "and verified. Call the administrator."
)
UNKNOWN = (
    "The database cannot be reached, and nobody knows yet whether this was recorded. Do not key it anew: "
    "run the same again when the database is back, it is never recorded twice."
)

_TRIES = 5
"""How often an act begins anew where somebody else writes to the file just as it begins."""

_PURGE = sql("""
DELETE FROM note_text WHERE series_id = :series AND seq = :seq AND n IN (
    SELECT n FROM ledger_note WHERE series_id = :series AND seq = :seq AND topic = :topic)
""")


@dataclass(slots=True)
class Work:
    """One open transaction and what may be done in it."""

    conn: Connection
    store: Store
    writing: bool = True
    written: list[Written] = field(default_factory=list)
    """The entries that this transaction appended."""
    keys: dict[str, str] = field(default_factory=dict)
    """Their idempotency keys, with the series of each."""
    heads: dict[str, Row[Any]] = field(default_factory=dict)
    """The heads that were read while locked: they stay true until this very transaction appends."""
    noted: bool = False
    """This act stands in the station's notebook."""

    def lock_series(self, *series: str) -> None:
        """Keep other writers of these series waiting, always in one order, so nobody waits in a circle."""
        for name in sorted(set(series) - self.heads.keys()):
            top = ledger_writer.head(self.conn, name)
            if name not in self.keys.values():  # else it is our own, and not committed
                with latching(self.store):
                    self.store.watch.check_head(self.conn, name, top.last_seq, bytes(top.head_mac))
            self.heads[name] = top

    def append(self, draft: EntryDraft, recorded_at: str) -> Written:
        """Write an entry at the head of its series (``data.ledger_writer``); ``recorded_at`` is UTC."""
        if not self.writing:
            raise RuntimeError("A reading transaction appends nothing.")
        self.lock_series(draft.series)
        top = self.heads.pop(draft.series)
        written = ledger_writer.append(self.conn, self.store.key, draft, recorded_at, top)
        if not written.replayed:
            self.written.append(written)
            self.keys[draft.idem_key] = draft.series
            self._note(draft, recorded_at)
        return written

    def _note(self, draft: EntryDraft, at: str) -> None:
        """Tell the station which act is about to be made final; raise Latched where its disk fails."""
        if self.store.notebook is None or self.noted or draft.kind not in NOTED:
            return
        try:
            self.store.notebook.note(draft, at)
        except OSError as error:
            self.store.latch(DISK)
            raise Latched(DISK) from error
        self.noted = True

    def find_by_key(self, idem_key: str) -> Written | None:
        """Find what an earlier run of the same command wrote."""
        found = ledger_writer.find(self.conn, idem_key)
        return found[0] if found else None

    def redact(self, key: EventKey, topic: str) -> int:
        """Delete one purgeable text and give how many rows went; its digest stays, so the chain still verifies.

        The caller appends the NOTE_REDACTED entry, by two persons, in the same transaction.
        """
        which = {"series": key.series, "seq": key.seq, "topic": topic}
        return self.conn.execute(_PURGE, which).rowcount


@contextmanager
def write(store: Store) -> Iterator[Work]:
    """Run one act: everything in it is recorded, or nothing; raise Trouble with the true outcome where that failed."""
    connection, transaction, begun = _begin(store)
    with connection:
        work = Work(connection, store)
        try:
            yield work
            with latching(store):
                store.watch.before_commit(begun)
        except DBAPIError as error:
            _undo(connection)
            if fault_of(error) is Fault.OTHER:
                raise
            raise _trouble(store, error) from error
        except BaseException:
            _undo(connection)
            raise
        try:
            transaction.commit()
        except DBAPIError as error:
            _undo(connection)
            _settle(store, work, error)
        with latching(store):
            store.watch.committed(begun, ((entry.key.series, entry.key.seq, entry.mac) for entry in work.written))


def _begin(store: Store) -> tuple[Connection, Transaction, same_ledger.Mark | None]:
    """Begin to write to the ledger as it stands in the file; raise Trouble where it is not ours, or never at rest."""
    for _ in range(_TRIES):
        connection = _connect(store)
        with _undone_on_error(store, connection):
            transaction = connection.begin()
            begun = _look_over(store, connection)
        if not store.watch.is_stale(begun):
            return connection, transaction, begun
        _undo(connection)
        connection.close()  # the next look notices the change and connects anew
    raise Trouble(BUSY)


@contextmanager
def _undone_on_error(store: Store, connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException as error:
        _undo(connection)
        connection.close()
        if isinstance(error, DBAPIError):
            raise _trouble(store, error) from error
        raise


def _connect(store: Store) -> Connection:
    """Take a connection of a database that may be written to; raise Trouble where it may not, or cannot be reached."""
    if store.latched:
        raise Latched(store.latched)
    try:
        with latching(store):
            if store.watch.look():
                store.write_engine.dispose()  # what it still holds of the file in memory may be stale
            if store.watch.doubtful:
                store.close()  # its heads are read from the file now, not from what we remember of it
            return store.write_engine.connect()
    except DBAPIError as error:
        raise _trouble(store, error) from error
    except PoolTimeout as error:
        raise Trouble(BUSY) from error


@contextmanager
def latching(store: Store) -> Iterator[None]:
    """Stop recording through this store for good if what it watches is not its ledger any more."""
    try:
        yield
    except Trouble as trouble:
        store.latch(str(trouble))
        raise Latched(str(trouble)) from trouble


def _look_over(store: Store, connection: Connection) -> same_ledger.Mark | None:
    """Look at the ledger once nobody else can write; raise Trouble where it is not the one this desk wrote to."""
    with latching(store):
        try:
            begun = store.watch.begun(connection)
        except DBAPIError as error:
            if fault_of(error) is not Fault.OTHER:
                raise
            raise Trouble(same_ledger.EMPTIED) from error
        if store.watch.doubtful:
            from csr_desk.data.verify import verify  # noqa: PLC0415 - hardly ever, and it loads much

            report = verify(store)
            if not report.ok:
                raise Trouble(same_ledger.WRITTEN_OVER.format(fault=report.first_fault))
            store.watch.doubtful = False
    return begun


@contextmanager
def read(store: Store) -> Iterator[Work]:
    """Look at one consistent state; keep it short and take all rows before it ends."""
    store.watch.look_for_journal()
    try:
        with store.engine.connect() as connection, connection.begin() as transaction:
            yield Work(connection, store, writing=False)
            transaction.rollback()
    except DBAPIError as error:
        if fault_of(error) is Fault.OTHER:
            raise
        if is_broken(error):
            store.latch(UNREADABLE)
            raise Latched(UNREADABLE) from error
        raise Trouble(f"The database cannot be read now: {error.orig}. Try again.") from error


def _undo(connection: Connection) -> None:
    """Roll back whatever is open; a connection that cannot even do that is thrown away."""
    try:
        connection.rollback()
    except DBAPIError:
        connection.invalidate()


def _trouble(store: Store, error: DBAPIError) -> Trouble:
    """Say what an error before COMMIT means: nothing was recorded."""
    fault = fault_of(error)
    if fault is Fault.BUSY:
        return Trouble(BUSY)
    if fault is Fault.DISK:
        said = same_ledger.MOVED if is_moved(error) else DISK
        store.latch(said)
        return Latched(store.latched or said)
    return Trouble(NOT_RECORDED)


def _settle(store: Store, work: Work, error: DBAPIError) -> None:
    """Find out whether a COMMIT that raised had recorded the act all the same; return only if it had."""
    fault = fault_of(error)
    if fault is Fault.BUSY:
        raise Trouble(BUSY) from error
    if fault is Fault.OTHER:
        raise error
    if fault is Fault.DISK:
        store.latch(DISK)
    work.conn.invalidate(error)  # else it would go back to a pool that nobody closes
    store.close()
    kind = Latched if fault is Fault.DISK else Trouble
    try:
        recorded = _recorded(store, work)
    except (DBAPIError, Trouble) as again:
        raise kind(UNKNOWN) from again
    if recorded is None:
        raise kind(UNKNOWN) from error
    if not recorded:
        raise kind(DISK if fault is Fault.DISK else NOT_RECORDED) from error


def _recorded(store: Store, work: Work) -> bool | None:
    """Look up an act's keys on a new connection; None if it had none. Waits for a transaction that is still ending."""
    if not work.keys:
        return None
    with store.write_engine.connect() as connection, connection.begin() as transaction:
        for series in sorted(set(work.keys.values())):
            top = ledger_writer.head(connection, series)
            with latching(store):
                store.watch.check_head(connection, series, top.last_seq, bytes(top.head_mac))
        found = all(ledger_writer.find(connection, key) is not None for key in work.keys)
        transaction.rollback()
    return found
