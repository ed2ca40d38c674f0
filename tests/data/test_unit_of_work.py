"""Entries are written once, in order, whole or not at all, on both engines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csr_desk.data.engine import Store, open_store
from csr_desk.data.unit_of_work import read, write
from csr_desk.domain.errors import Conflict
from csr_desk.domain.ledger import EventKey
from data.office import AT, sale


def test_an_entry_gets_the_next_place_and_the_next_receipt_number(office: Store) -> None:
    with write(office) as work:
        first = work.append(sale("a"), AT)
        second = work.append(sale("b"), AT)
    assert (first.key, first.receipt) == (EventKey("HPC-1", 1), "HPC1-0000001")
    assert (second.key, second.receipt) == (EventKey("HPC-1", 2), "HPC1-0000002")
    assert first.mac != second.mac


def test_what_was_recorded_is_there_for_a_second_connection(office: Store, database_url: str) -> None:
    with write(office) as work:
        work.append(sale("a"), AT)
    other = open_store(database_url)
    with read(other) as work:
        found = work.find_by_key("a")
    other.close()
    assert found is not None
    assert found.receipt == "HPC1-0000001"


def test_the_same_command_again_gives_the_first_result(office: Store) -> None:
    with write(office) as work:
        first = work.append(sale("a"), AT)
    with write(office) as work:
        again = work.append(sale("a"), "2026-07-14T14:00:00.000000Z")
    assert again == replace(first, replayed=True)
    with read(office) as work:
        assert work.conn.exec_driver_sql("SELECT COUNT(*) FROM ledger_event").scalar_one() == 1


def test_the_same_key_for_another_command_is_refused(office: Store) -> None:
    with write(office) as work:
        work.append(sale("a"), AT)
    with pytest.raises(Conflict), write(office) as work:
        work.append(sale("a", 100), AT)


def test_an_act_that_fails_records_nothing_and_leaves_no_gap(office: Store) -> None:
    def fail_in_the_middle() -> None:
        with write(office) as work:
            work.append(sale("a"), AT)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_in_the_middle()
    with write(office) as work:
        assert work.append(sale("b"), AT).receipt == "HPC1-0000001"
