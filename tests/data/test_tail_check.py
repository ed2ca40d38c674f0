"""The check of every start: what was recorded in the open days, in well under a second."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from csr_desk.data.engine import Store, open_store
from csr_desk.data.tail_check import Tail, verify_open_days
from csr_desk.data.unit_of_work import write
from csr_desk.data.verify import verify
from csr_desk.services.clock import TrainingClock
from data.office import AT, sale
from proof.counter import MORNING, make_office, open_counter

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
TAMPERED = {
    "UPDATE ledger_tender SET amount_minor = amount_minor + 100 WHERE seq = 10 AND series_id = 'HPC-1'": "entry 10",
    "UPDATE ledger_event SET mac = prev_mac WHERE seq = 9 AND series_id = 'HPC-1'": "entry 9",
    "DELETE FROM ledger_event WHERE seq = 10 AND series_id = 'HPC-1'": "end at 9",
    "UPDATE series SET last_seq = 9 WHERE series_id = 'HPC-1'": "end at 10",
    "UPDATE series SET head_mac = x'00' WHERE series_id = 'HPC-1'": "not the last one",
    "UPDATE series SET last_receipt_no = 3 WHERE series_id = 'HPC-1'": "receipts end at",
    "UPDATE batch SET state = 'counting' WHERE state = 'open'": "its state is counting",
    "UPDATE batch SET custodian_id = 'clerk2' WHERE state = 'open'": "its custodian",
    "UPDATE day SET state = 'open'": "business day",
}


@pytest.fixture
def two_days(sqlite_url: str, tmp_path: Path) -> Store:
    """A closed day, and an open one with two sales."""
    make_office(sqlite_url, tmp_path / "keys", counters=2)
    counter = open_counter(sqlite_url, tmp_path / "keys")
    for _, _, act in counter.acts(sales=2):
        act()
    assert isinstance(counter.desk.clock, TrainingClock)
    counter.desk.clock.set(MORNING.replace(day=15))
    counter.open()
    counter.sell()
    return counter.desk.store


def spoil(store: Store, statement: str) -> None:
    """Do what somebody with a tool for databases could, the guards put back afterwards."""
    with closing(sqlite3.connect(str(store.file))) as connection, connection:
        guards = connection.execute(TRIGGERS).fetchall()
        for name, _ in guards:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, text in guards:
            connection.execute(text)


def test_the_open_days_verify_and_are_counted(two_days: Store) -> None:
    tail = verify_open_days(two_days)
    assert tail.fault is None
    assert 2 <= tail.checked < verify(two_days).checked


@pytest.mark.parametrize("statement", TAMPERED)
def test_what_was_changed_in_an_open_day_is_named(two_days: Store, statement: str) -> None:
    spoil(two_days, statement)
    fault = verify_open_days(two_days).fault
    assert fault is not None
    assert TAMPERED[statement] in fault


def test_an_office_of_either_engine_verifies(office: Store) -> None:
    for number in range(3):
        with write(office) as work:
            work.append(sale(f"k{number}"), AT)
    assert verify_open_days(office) == Tail(3, None)


def test_five_thousand_receipts_of_a_day_take_less_than_a_second(sqlite_office: Store) -> None:
    with write(sqlite_office) as work:
        for number in range(5_000):
            work.append(sale(f"k{number}"), AT)
    store = open_store(sqlite_office.url, key_folder=sqlite_office.key_folder)
    begun = time.process_time()
    assert verify_open_days(store) == Tail(5_000, None)
    took = time.process_time() - begun
    assert took < 1, took
    store.close()
