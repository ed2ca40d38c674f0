"""A server that its administrator restored: its stations refuse it until an administrator says what is lost."""

from __future__ import annotations

from pathlib import Path

import psycopg
import pytest

from cli.test_commands import run
from csr_desk.data.verify import verify
from csr_desk.domain.errors import BadInput, NotPermitted, Trouble
from csr_desk.services import anchors, staff
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.server_backups import AcceptRestored, accept_restored, missing
from postgres_cluster import Cluster
from proof.counter import ADMIN, MORNING, SUPERVISOR, make_office, new_key, open_counter

LATE = MORNING.replace(hour=20)
WHY = AcceptRestored("accepted", "the dump of noon; decided by the city's auditor")


class Restored:
    """A live office on a server, restored to how it stood before its last sale."""

    def __init__(self, postgres: Cluster, keys: Path) -> None:
        """Make it; the station's anchor has seen the sale."""
        self.keys = keys
        for name in ("restored_live", "restored_copy"):
            postgres.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        postgres.execute("CREATE DATABASE restored_live")
        make_office(postgres.url("restored_live"), keys)
        counter = open_counter(postgres.url("restored_live"), keys)
        counter.open()
        counter.desk.close()
        postgres.execute("CREATE DATABASE restored_copy TEMPLATE restored_live")
        counter = open_counter(postgres.url("restored_live"), keys)
        counter.sell()
        anchors.keep(counter.desk)
        counter.desk.close()
        self.url = postgres.url("restored_copy")

    def open(self, *, running: bool = False) -> Desk:
        """Open the restored database at the station."""
        return open_desk(self.url, key_folder=self.keys, clock=TrainingClock(LATE, running=True), running=running)


@pytest.fixture
def restored(postgres: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Restored:
    """Give one."""
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    return Restored(postgres, tmp_path / "keys")


def test_a_station_that_saw_more_goes_on_after_an_administrator_said_what_is_lost(restored: Restored) -> None:
    with pytest.raises(Trouble, match="older copy"):
        restored.open(running=True)
    desk = restored.open()
    assert "HPC-1 is shorter" in missing(desk, ADMIN)[0]
    accept_restored(desk, ADMIN, WHY)
    assert verify(desk.store).ok
    with desk.read() as work:
        facts = str(work.conn.exec_driver_sql("SELECT facts FROM ledger_event WHERE kind = 'restored'").scalar_one())
    assert "decided by the city's auditor" in facts
    with pytest.raises(Trouble, match="nothing to accept"):
        accept_restored(desk, ADMIN, AcceptRestored(new_key(), "again"))
    desk.close()
    restored.open(running=True).close()


def test_the_command_says_what_is_missing_and_asks_for_the_word(
    restored: Restored, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staff, "prove", lambda *_: ADMIN)  # nobody of this office has a secret
    monkeypatch.setenv("CSR_DESK_KEYS", str(restored.keys))
    command = ("accept-restored", "--database", restored.url, "--by", "admin", "--why", "the dump of noon")
    code, out, err = run(*command, env={"CSR_DESK_SECRET": "x"}, typed="YES\n")
    assert (code, "HPC-1 is shorter" in out, "Nothing was changed" in err) == (2, True, True)
    code, out, _ = run(*command, env={"CSR_DESK_SECRET": "x"}, typed="LOST\n")
    assert (code, "Verified and recorded as entry" in out) == (0, True)
    code, _, err = run(*command, env={"CSR_DESK_SECRET": "x"})
    assert (code, "nothing to accept" in err) == (2, True)
    restored.open(running=True).close()


def test_nobody_else_accepts_it_nor_without_words_nor_what_does_not_verify(restored: Restored) -> None:
    desk = restored.open()
    with pytest.raises(NotPermitted):
        accept_restored(desk, SUPERVISOR, WHY)
    with pytest.raises(BadInput, match="Say in words"):
        accept_restored(desk, ADMIN, AcceptRestored(new_key(), " "))
    with psycopg.connect(restored.url) as link:
        link.execute("ALTER TABLE ledger_event DISABLE TRIGGER ALL")
        link.execute("UPDATE ledger_event SET actor_id = 'nobody' WHERE series_id = 'HPC-1'")
    with pytest.raises(Trouble, match="does not verify"):
        accept_restored(desk, ADMIN, WHY)
    desk.close()
    with pytest.raises(Trouble, match=r"older copy|altered by another"):
        restored.open(running=True)


def test_a_file_is_restored_by_its_own_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    make_office(url, tmp_path / "keys")
    desk = open_desk(url, key_folder=tmp_path / "keys", clock=TrainingClock(MORNING))
    with pytest.raises(Trouble, match="csr-desk restore"):
        accept_restored(desk, ADMIN, WHY)
    desk.close()
