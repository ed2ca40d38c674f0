"""After a death the next start says the truth about the last act, verifies, and only then records again."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from csr_desk.data import notebook, unit_of_work, verify
from csr_desk.data.queries import entries
from csr_desk.domain.errors import Latched, Trouble, WrongSecret
from csr_desk.domain.ledger import EventKind
from csr_desk.services import recovery, secrets_kept, staff, tape_words
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk, open_desk
from proof.counter import MORNING, Counter, clerk, make_office, new_key

DAY = MORNING.date()


@pytest.fixture
def url(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A live office on either engine, at a station of the test's own."""
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    make_office(database_url, tmp_path / "home" / "keys")
    return database_url


def window(url: str, *, running: bool = True) -> Counter:
    """Open the office as a window does, or as the command line does."""
    return Counter(open_desk(url, clock=TrainingClock(MORNING, running=True), running=running))


def die(counter: Counter) -> None:
    """Let the program go as a kill would: nothing is closed, the system lets go of the lock."""
    book = counter.desk.store.notebook
    assert book is not None
    os.close(book._handle)
    for _, lock in book._locks:
        lock.release()
    counter.desk.store.close()


def interrupted(url: str) -> bool:
    """Whether a window that opens now has something to answer."""
    desk = window(url).desk
    asked = recovery.was_interrupted(desk)
    desk.close()
    return asked


def break_the_disk(desk: Desk, *, after: bool = False) -> None:
    """Let the next COMMIT fail as a disk does, before or after it is durable."""
    broken = [True]

    def fail(connection: Connection) -> None:
        if broken:
            broken.clear()
            raw = connection.connection.dbapi_connection
            assert raw is not None
            if after:
                raw.commit()
            if desk.store.dialect == "postgresql":
                raise OperationalError("COMMIT", {}, psycopg.errors.DiskFull("no space left"))
            error = sqlite3.OperationalError("disk I/O error")
            error.sqlite_errorcode = sqlite3.SQLITE_IOERR
            raise OperationalError("COMMIT", {}, error)

    event.listen(desk.store.write_engine, "commit", fail)


def recoveries(desk: Desk) -> list[dict[str, Any]]:
    """What the entries of recoveries say, oldest first."""
    with desk.read() as work:
        return [one.facts for one in entries.day_events(work.conn, DAY, DAY, (EventKind.RECOVERED,))]


def test_a_payment_that_was_recorded_before_the_death_is_named_with_its_receipt(url: str) -> None:
    counter = window(url)
    counter.open()
    counter.sell("k1")
    die(counter)
    again = window(url)
    assert recovery.was_interrupted(again.desk)
    found = recovery.check_first(again.desk)
    assert found is not None
    assert found.last is not None
    assert (found.ended, found.fault, found.whole) == (True, "", True)
    assert (found.last.key, found.last.recorded, found.last.receipt) == ("k1", True, "HPC1-0000001")
    assert (found.last.amount, found.last.actor, found.last.to_print) == (5000, "clerk1", True)
    assert found.last.at.strftime("%H:%M") == "07:30"
    (told,) = recoveries(again.desk)
    assert (told["act"], told["key"], told["recorded"], told["receipt"]) == ("sale", "k1", True, "HPC1-0000001")
    assert tape_words.details(EventKind.RECOVERED, told) == (
        f"the program was ended in the middle; {told['entries']} entries verified; the last act (sale): HPC1-0000001"
    )
    again.desk.close()


def test_a_payment_that_died_before_its_commit_is_named_as_not_recorded(
    url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter = window(url)
    counter.open()
    counter.sell("k1")

    class Killed(BaseException):
        """Nothing catches it."""

    def kill(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("csr_desk.services.sell._finish", kill)
        with pytest.raises(Killed):
            counter.sell("k2")
    die(counter)
    again = window(url)
    found = recovery.check_first(again.desk)
    assert found is not None
    assert found.last is not None
    assert (found.last.key, found.last.recorded, found.last.receipt) == ("k2", False, "")
    assert recoveries(again.desk)[0]["recorded"] is False
    assert Counter(again.desk).sell("k2").value.number == "HPC1-0000002"
    again.desk.close()


def test_nothing_is_recorded_before_the_check_that_the_start_owes(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = window(url)
    counter.open()
    die(counter)
    again = window(url)
    again.sell()  # the first act does the check itself, where the window did not get to it
    assert again.desk.checked is not None
    assert again.desk.checked.ended
    again.desk.close()

    def away(_store: object) -> None:
        raise Trouble("The server is away.")

    third = window(url)
    monkeypatch.setattr("csr_desk.data.tail_check.verify_open_days", away)
    for _ in range(2):
        with pytest.raises(Trouble, match="away"):
            third.sell()
    third.desk.close()


def test_a_clean_end_leaves_no_question_and_the_next_start_checks_the_open_day(url: str) -> None:
    counter = window(url)
    counter.open()
    counter.sell()
    counter.desk.close()
    again = window(url)
    assert not recovery.was_interrupted(again.desk)
    found = recovery.check_first(again.desk)
    assert found is not None
    assert (found.whole, found.fault, found.ended) == (False, "", False)
    assert found.entries >= 2
    assert recoveries(again.desk) == []
    again.desk.close()


def test_a_stopped_counter_stays_stopped_in_the_next_program_and_at_the_command_line(url: str) -> None:
    counter = window(url)
    counter.open()
    break_the_disk(counter.desk)
    with pytest.raises(Latched, match="not recorded"):
        counter.sell("k1")
    with pytest.raises(Latched):
        counter.sell("k2")
    counter.desk.close()  # also a clean end leaves the mark
    command = window(url, running=False)
    with pytest.raises(Latched, match="Open the window"):
        command.sell("k3")
    command.desk.close()
    again = window(url)
    assert recovery.was_interrupted(again.desk)
    assert again.sell("k4").value.number == "HPC1-0000001"
    assert [(one["key"], one["recorded"]) for one in recoveries(again.desk)] == [("k1", False)]
    again.desk.close()
    command = window(url, running=False)
    assert command.sell("k5").value.number == "HPC1-0000002"
    command.desk.close()


def test_check_the_database_lets_the_same_window_go_on(url: str) -> None:
    counter = window(url)
    counter.open()
    break_the_disk(counter.desk, after=True)
    assert counter.sell("k1").value.number == "HPC1-0000001"  # the commit raised, but it was recorded
    assert counter.desk.stopped
    with pytest.raises(Latched):
        counter.sell("k2")
    far: list[tuple[int, int]] = []
    found = recovery.check_again(counter.desk, lambda done, every: far.append((done, every)))
    assert found.last is not None
    assert (found.fault, found.ended, found.last.key, found.last.recorded) == ("", False, "k1", True)
    assert far[-1] == (found.entries, found.entries)
    assert not counter.desk.stopped
    assert counter.sell("k2").value.number == "HPC1-0000002"
    assert "recording had stopped" in tape_words.details(EventKind.RECOVERED, recoveries(counter.desk)[0])
    counter.desk.close()
    assert not interrupted(url)


def test_a_window_that_died_before_its_first_act_is_answered_for_without_an_act(url: str) -> None:
    die(window(url))
    again = window(url)
    found = recovery.check_first(again.desk)
    assert found is not None
    assert (found.whole, found.ended, found.last) == (True, True, None)
    said = tape_words.details(EventKind.RECOVERED, recoveries(again.desk)[0])
    assert said == f"the program was ended in the middle; {found.entries} entries verified"
    again.desk.close()


def test_a_ledger_that_does_not_verify_is_not_gone_on_with(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = window(url)
    counter.open()
    counter.sell()
    die(counter)
    again = window(url)
    bad = verify.Report(ok=False, checked=3, receipts=1, first_fault="entry 2 was changed")
    with monkeypatch.context() as patch:
        patch.setattr(verify, "verify", lambda *_, **__: bad)
        with pytest.raises(Latched, match="entry 2 was changed"):
            again.sell()
        assert recovery.check_again(again.desk).fault == "entry 2 was changed"
        with pytest.raises(Latched):
            again.sell()
    again.desk.close()
    third = window(url)
    assert recovery.was_interrupted(third.desk), "nobody has answered yet"
    found = recovery.check_first(third.desk)
    assert found is not None
    assert found.last is not None
    assert found.last.receipt == "HPC1-0000001"
    third.desk.close()


def test_an_open_day_that_does_not_verify_takes_no_payment(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = window(url)
    counter.open()
    counter.desk.close()
    again = window(url)
    with again.desk.store.write_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE batch SET state = 'counting'")
    with pytest.raises(Latched, match="its state is counting"):
        again.sell()
    again.desk.close()
    assert interrupted(url)


def test_where_nothing_can_be_recorded_people_come_in_to_look(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = window(url)
    counter.open()
    counter.desk.store.latch(unit_of_work.DISK)
    monkeypatch.setattr(secrets_kept, "fits", lambda _hash, secret: secret == "right")
    monkeypatch.setattr(secrets_kept, "is_outdated", lambda _hash: False)
    with pytest.raises(WrongSecret, match="not right"):
        staff.enter(counter.desk, "clerk1", "wrong")
    assert staff.enter(counter.desk, "clerk1", "right").actor == clerk(1)
    counter.desk.close()


def test_a_copy_of_a_database_does_not_share_its_notebook(url: str) -> None:
    assert notebook.place_of("u", "sqlite:///a.db") != notebook.place_of("u", "sqlite:///b.db")


def test_keys_are_never_doubled_by_a_death_between_the_record_and_the_word(url: str) -> None:
    key = new_key()
    counter = window(url)
    counter.open()
    first = counter.sell(key).value.number
    die(counter)
    again = window(url)
    done = Counter(again.desk).sell(key)
    assert (done.replayed, done.value.number) == (True, first)
    again.desk.close()
