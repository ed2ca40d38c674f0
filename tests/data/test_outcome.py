"""When the database fails, the clerk is told the truth: recorded, not recorded, or not known yet."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import DBAPIError, OperationalError

from csr_desk.data import sqlite, unit_of_work
from csr_desk.data.engine import Store, open_store
from csr_desk.data.unit_of_work import read, write
from csr_desk.data.verify import verify
from csr_desk.domain.errors import Trouble
from csr_desk.domain.ledger import Written
from data.office import AT, sale, seed

BREAK = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid = %s"


def sell(store: Store, key: str) -> Written:
    """Record one sale as a service does."""
    with write(store) as work:
        return work.append(sale(key), AT)


def is_recorded(store: Store, key: str) -> bool:
    """Look a key up."""
    with read(store) as work:
        return work.find_by_key(key) is not None


def fault(store: Store) -> OperationalError:
    """Make the error that a failing disk (SQLite) or a cut link (PostgreSQL) raises at COMMIT."""
    if store.dialect == "postgresql":
        return OperationalError("COMMIT", {}, psycopg.OperationalError("server closed the connection"))
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR | 4 << 8
    return OperationalError("COMMIT", {}, error)


def at_commit(store: Store, act: Callable[[Connection], None]) -> None:
    """Do something once, when the next transaction commits."""
    pending = [act]

    def listen(connection: Connection) -> None:
        if pending:
            pending.pop()(connection)

    event.listen(store.write_engine, "commit", listen)


def test_a_commit_that_failed_is_told_as_not_recorded(office: Store) -> None:
    def fail(_connection: Connection) -> None:
        raise fault(office)

    at_commit(office, fail)
    with pytest.raises(Trouble, match="not recorded"):
        sell(office, "a")
    assert not is_recorded(office, "a")


def test_a_commit_that_raised_but_had_recorded_is_told_as_recorded(office: Store) -> None:
    def commit_then_fail(connection: Connection) -> None:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.commit()
        raise fault(office)

    at_commit(office, commit_then_fail)
    assert sell(office, "a").receipt == "HPC1-0000001"
    assert is_recorded(office, "a")
    assert verify(office).ok


def test_an_act_without_an_entry_whose_commit_failed_is_not_known(office: Store) -> None:
    def fail(_connection: Connection) -> None:
        raise fault(office)

    def rename() -> None:
        with write(office) as work:
            work.conn.exec_driver_sql("UPDATE staff SET name = 'Other'")

    at_commit(office, fail)
    with pytest.raises(Trouble, match="nobody knows yet"):
        rename()


def test_a_failing_disk_takes_no_further_payment_until_it_is_opened_anew(sqlite_office: Store) -> None:
    def fail(_connection: Connection) -> None:
        raise fault(sqlite_office)

    at_commit(sqlite_office, fail)
    with pytest.raises(Trouble):
        sell(sqlite_office, "a")
    with pytest.raises(Trouble, match="and verified"):
        sell(sqlite_office, "b")
    again = open_store(f"sqlite:///{sqlite_office.address.database}")
    assert sell(again, "b").receipt == "HPC1-0000001"
    again.close()


def test_a_full_disk_records_nothing_and_stops_the_counter(sqlite_office: Store) -> None:
    with sqlite_office.write_engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
        connection.rollback()

    def sell_until_full() -> None:
        for number in range(200):
            sell(sqlite_office, f"k{number}")

    with pytest.raises(Trouble, match="disk or the database failed"):
        sell_until_full()
    assert sqlite_office.latched
    assert verify(sqlite_office).ok


def test_a_link_cut_before_the_commit_is_not_recorded_and_the_next_sale_is(
    postgres_office: Store, postgres_url: str
) -> None:
    def cut(connection: Connection) -> None:
        pid = connection.connection.dbapi_connection.info.backend_pid  # type: ignore[union-attr]
        with psycopg.connect(postgres_url, autocommit=True) as link:
            link.execute(BREAK, (pid,))

    at_commit(postgres_office, cut)
    with pytest.raises(Trouble, match="not recorded"):
        sell(postgres_office, "a")
    assert not is_recorded(postgres_office, "a")
    assert sell(postgres_office, "a").receipt == "HPC1-0000001"


def test_a_link_cut_in_the_middle_is_not_recorded(postgres_office: Store, postgres_url: str) -> None:
    def cut_in_the_middle() -> None:
        with write(postgres_office) as work:
            pid = work.conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
            with psycopg.connect(postgres_url, autocommit=True) as link:
                link.execute(BREAK, (pid,))
            work.append(sale("a"), AT)

    with pytest.raises(Trouble, match="not recorded"):
        cut_in_the_middle()
    assert sell(postgres_office, "a").receipt == "HPC1-0000001"


def test_a_database_that_is_gone_at_the_commit_leaves_the_outcome_open(
    office: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: Connection) -> None:
        monkeypatch.setattr(unit_of_work, "_recorded", gone)
        raise fault(office)

    def gone(*_: object) -> bool:
        raise fault(office)

    at_commit(office, fail)
    with pytest.raises(Trouble, match="never recorded twice"):
        sell(office, "a")


def test_another_writer_that_does_not_end_is_waited_for_and_then_named(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
    store = open_store(sqlite_url)
    seed(store)
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Trouble, match="Another station"):
            sell(store, "a")
        other.execute("ROLLBACK")
        assert sell(store, "a").receipt == "HPC1-0000001"
        other.execute("BEGIN")
        other.execute("SELECT COUNT(*) FROM staff").fetchall()
        with pytest.raises(Trouble, match="Another station"):
            sell(store, "b")
        other.execute("ROLLBACK")
    assert not store.latched
    assert sell(store, "b").receipt == "HPC1-0000002"
    store.close()


def test_a_series_locked_for_too_long_is_named_on_postgresql(postgres_office: Store, postgres_url: str) -> None:
    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT 1 FROM series WHERE series_id = 'HPC-1' FOR UPDATE")
        with postgres_office.write_engine.connect() as connection:
            connection.exec_driver_sql("SET lock_timeout = '100ms'")
            connection.connection.dbapi_connection.commit()  # type: ignore[union-attr]
        with pytest.raises(Trouble, match="Another station"):
            sell(postgres_office, "a")
    assert sell(postgres_office, "a").receipt == "HPC1-0000001"


def test_counters_that_sell_at_once_leave_no_gap_and_no_duplicate(office: Store, database_url: str) -> None:
    each = 12
    faults: list[BaseException] = []

    def sell_many(counter: int) -> None:
        store = open_store(database_url)
        try:
            for number in range(each):
                sell(store, f"{counter}-{number}")
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test shows it
            faults.append(error)
        finally:
            store.close()

    threads = [threading.Thread(target=sell_many, args=(counter,)) for counter in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    with read(office) as work:
        numbers = work.conn.exec_driver_sql("SELECT receipt_no FROM ledger_event ORDER BY seq").scalars().all()
    assert list(numbers) == list(range(1, 4 * each + 1))
    assert verify(office).ok


def test_the_same_key_from_two_counters_at_once_is_recorded_once(office: Store, database_url: str) -> None:
    results: list[Written] = []

    def sell_once() -> None:
        store = open_store(database_url)
        results.append(sell(store, "same"))
        store.close()

    threads = [threading.Thread(target=sell_once) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {result.receipt for result in results} == {"HPC1-0000001"}
    assert sorted(result.replayed for result in results) == [False, True, True, True]


KILLED = """
import os, signal, sys
from csr_desk.data.engine import open_store
from csr_desk.data.unit_of_work import write
from data.office import AT, sale
store = open_store(sys.argv[1])
number = 0
while True:
    number += 1
    with write(store) as work:
        work.append(sale(f"k{number}"), AT)
        if number == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
    print(number, flush=True)
"""


@pytest.mark.parametrize("at", [1, 3])
def test_a_killed_program_loses_nothing_that_it_had_acknowledged(office: Store, database_url: str, at: int) -> None:
    tests = str(Path(__file__).parents[1])
    program = f"import sys\nsys.path.insert(0, {tests!r})\n{KILLED}"
    command = [sys.executable, "-c", program, database_url, str(at)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [str(number) for number in range(1, at)], done.stderr
    with read(office) as work:
        recorded = [work.find_by_key(f"k{number}") is not None for number in range(1, at + 1)]
    assert recorded == [True] * (at - 1) + [False]
    assert verify(office).ok


def test_what_is_read_cannot_write(office: Store) -> None:
    with pytest.raises(RuntimeError, match="appends nothing"), read(office) as work:
        work.append(sale("a"), AT)
    with pytest.raises((Trouble, DBAPIError), match=r"(?i)read-?\s?only"), read(office) as work:
        work.conn.exec_driver_sql("UPDATE staff SET name = 'x'")
