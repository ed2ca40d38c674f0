"""A database is opened safely or not at all, with a sentence why."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from csr_desk import locations
from csr_desk.data import keys, sqlite
from csr_desk.data.engine import Store, open_store, parse_address
from csr_desk.data.instance_lock import InstanceLock
from csr_desk.data.unit_of_work import write
from csr_desk.domain.errors import Trouble
from data.office import AT, sale, seed
from postgres_cluster import Cluster


@pytest.mark.parametrize(
    ("given", "driver"),
    [
        ("postgresql://host/name", "postgresql+psycopg"),
        ("postgres://host/name", "postgresql+psycopg"),
        ("postgresql+psycopg://host/name", "postgresql+psycopg"),
        ("sqlite:////var/desk.db", "sqlite"),
        ("desk.db", "sqlite"),
    ],
)
def test_an_address_is_read_as_people_write_it(given: str, driver: str) -> None:
    assert parse_address(given).drivername == driver


@pytest.mark.parametrize(
    "given", ["mysql://host/name", "sqlite://", "sqlite:///:memory:", "sqlite:///file:x?uri=true", "://"]
)
def test_an_address_that_cannot_hold_a_ledger_is_refused(given: str) -> None:
    with pytest.raises(Trouble):
        parse_address(given)


def test_a_missing_file_is_not_made_unless_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "desk.db"
    with pytest.raises(Trouble, match="There is no database"):
        open_store(str(path))
    assert not path.exists()
    open_store(str(path), create=True).close()
    assert path.exists()


def test_every_pragma_of_the_recipe_is_in_force_on_every_connection(sqlite_office: Store) -> None:
    for engine in (sqlite_office.engine, sqlite_office.write_engine):
        with engine.connect() as connection:
            for name, _, expected in sqlite.PRAGMAS:
                assert connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() == expected, name


@pytest.mark.parametrize("pragma", [name for name, _, _ in sqlite.PRAGMAS])
def test_a_pragma_that_was_not_taken_stops_the_start(
    pragma: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wrong = tuple((name, asked, "never" if name == pragma else expected) for name, asked, expected in sqlite.PRAGMAS)
    monkeypatch.setattr(sqlite, "PRAGMAS", wrong)
    with pytest.raises(Trouble, match=pragma):
        open_store(str(tmp_path / "a.db"), create=True)


def test_a_file_in_wal_mode_is_refused_by_an_sqlite_that_may_damage_it(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode=WAL").fetchone() == ("wal",)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(Trouble, match="WAL mode"):
        open_store(sqlite_url)
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 51, 3))
    open_store(sqlite_url).close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_network_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "file_system", lambda _folder: "nfs4")
    with pytest.raises(Trouble, match="network disk"):
        open_store(str(tmp_path / "a.db"), create=True)


def test_the_file_system_of_a_folder_is_the_one_of_its_own_mount(tmp_path: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux lists its mounts in /proc")
    assert sqlite.file_system(Path("/proc/self")) == "proc"
    assert sqlite.file_system(tmp_path) not in sqlite.NETWORK_FILE_SYSTEMS | {"proc", ""}


@pytest.mark.parametrize("folder", ["Dropbox/city", "OneDrive - City of Houston", "iCloud Drive"])
def test_a_folder_that_is_copied_to_a_cloud_is_refused(tmp_path: Path, folder: str) -> None:
    place = tmp_path / folder
    place.mkdir(parents=True)
    with pytest.raises(Trouble, match="copied to a cloud"):
        open_store(str(place / "a.db"), create=True)


def test_a_folder_with_a_cloud_program_s_mark_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(Trouble, match="copied to a cloud"):
        open_store(str(tmp_path / "a.db"), create=True)


def test_a_file_that_is_no_database_is_refused_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    path.write_text("this is a letter, not a database\n" * 100)
    with pytest.raises(Trouble, match="cannot be opened"):
        open_store(str(path))


def test_a_server_that_is_not_there_is_a_sentence_not_a_traceback() -> None:
    with pytest.raises(Trouble, match="cannot be opened"):
        open_store("postgresql://nobody@/nothing?host=/nowhere")


def test_the_key_of_an_office_is_private_and_beside_nothing(office: Store, station_home: Path) -> None:
    files = list(locations.key_folder().glob("*.key"))
    assert office.key in {path.read_bytes() for path in files}
    assert locations.key_folder().is_relative_to(station_home)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}


def test_an_office_opens_again_with_its_own_key(office: Store, database_url: str) -> None:
    again = open_store(database_url)
    assert again.key == office.key
    again.close()


def test_without_its_key_an_office_does_not_open_and_gets_no_new_one(
    office: Store, database_url: str, tmp_path: Path
) -> None:
    folder = tmp_path / "other keys"
    with pytest.raises(Trouble, match="key of this office is missing"):
        open_store(database_url, key_folder=folder)
    assert not folder.exists()


def test_a_damaged_key_is_named_and_never_used(tmp_path: Path) -> None:
    keys.make_key("one", tmp_path)
    (tmp_path / "one.key").write_bytes(b"short")
    with pytest.raises(Trouble, match="damaged"):
        keys.read_key("one", tmp_path)


def test_a_key_is_never_replaced(tmp_path: Path) -> None:
    first = keys.make_key("one", tmp_path)
    with pytest.raises(Trouble, match="already"):
        keys.make_key("one", tmp_path)
    assert keys.read_key("one", tmp_path) == first
    assert keys.make_key("two", tmp_path) != first


def test_the_folder_of_the_keys_may_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CSR_DESK_KEYS", str(tmp_path / "token"))
    assert locations.key_folder() == tmp_path / "token"
    monkeypatch.delenv("CSR_DESK_KEYS")
    monkeypatch.delenv("CSR_DESK_HOME")
    assert locations.key_folder().name == "keys"


def test_a_database_without_an_office_has_no_key(store: Store) -> None:
    with pytest.raises(Trouble, match="no office yet"):
        _ = store.key


@pytest.fixture
def careless(postgres: Cluster, postgres_url: str) -> Iterator[str]:
    """Give a database on a server that may lose an acknowledged payment."""
    postgres.execute("ALTER SYSTEM SET synchronous_commit = off", "SELECT pg_reload_conf()")
    yield postgres_url
    postgres.execute("ALTER SYSTEM RESET synchronous_commit", "SELECT pg_reload_conf()")


def test_a_live_office_refuses_a_careless_server_and_training_warns(careless: str, postgres: Cluster) -> None:
    store = open_store(careless)
    seed(store, training=True)
    store.close()
    again = open_store(careless)
    (warning,) = again.warnings
    assert "synchronous_commit is off" in warning
    with write(again) as work:
        work.conn.exec_driver_sql("UPDATE office SET training = 0")
    again.close()
    with pytest.raises(Trouble, match="synchronous_commit is off"):
        open_store(careless)


def test_a_live_office_opens_on_a_durable_server(postgres_url: str) -> None:
    store = open_store(postgres_url)
    seed(store, training=False)
    store.close()
    again = open_store(postgres_url)
    assert again.warnings == ()
    again.close()


def test_a_connection_to_the_server_has_limits_and_the_program_s_role(postgres_office: Store) -> None:
    limits = {"lock_timeout": "5s", "statement_timeout": "30s", "idle_in_transaction_session_timeout": "1min"}
    with postgres_office.write_engine.connect() as connection:
        for name, value in (limits | {"role": "csr_app", "transaction_isolation": "read committed"}).items():
            assert connection.exec_driver_sql(f"SHOW {name}").scalar_one() == value


def test_only_one_window_is_open_on_a_file(tmp_path: Path) -> None:
    database = tmp_path / "desk.db"
    first = InstanceLock(database)
    with pytest.raises(Trouble, match="open on this database already"):
        InstanceLock(database)
    first.release()
    InstanceLock(database).release()


def test_a_killed_window_leaves_no_lock(tmp_path: Path) -> None:
    database = tmp_path / "desk.db"
    program = (
        "import os, sys, signal; from pathlib import Path; from csr_desk.data.instance_lock import InstanceLock; "
        "lock = InstanceLock(Path(sys.argv[1])); print('held', flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(database)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode < 0) == ("held\n", True)
    InstanceLock(database).release()


@pytest.mark.parametrize("act", ["unlink", "rename", "replace"])
def test_a_file_that_is_swapped_in_use_takes_no_payment(sqlite_office: Store, act: str, tmp_path: Path) -> None:
    with write(sqlite_office) as work:
        work.append(sale("a"), AT)
    path = Path(str(sqlite_office.address.database))
    copy = path.with_name("copy.db")
    copy.write_bytes(path.read_bytes())
    if act == "unlink":
        path.unlink()
    elif act == "rename":
        path.rename(tmp_path / "elsewhere.db")
    else:
        os.replace(copy, path)  # noqa: PTH105 - the very call that a restore would make
    with pytest.raises(Trouble), write(sqlite_office) as work:
        work.append(sale("b"), AT)
    assert sqlite_office.latched
    with pytest.raises(Trouble, match="verified"), write(sqlite_office) as work:
        work.append(sale("c"), AT)
