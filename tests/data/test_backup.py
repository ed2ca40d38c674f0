"""A backup is whole and sound, made while the counter works, or it is not there at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csr_desk.data import backup as data_backup
from csr_desk.data.backup import Stopped, backup, connect_read_only
from csr_desk.data.engine import Store
from csr_desk.data.unit_of_work import write
from csr_desk.data.verify import verify
from csr_desk.domain.errors import Trouble
from data.office import AT, sale


@pytest.fixture
def path(sqlite_office: Store) -> Path:
    """Record two sales in a file that stays open."""
    with write(sqlite_office) as work:
        work.append(sale("a"), AT)
        work.append(sale("b"), AT)
    return Path(str(sqlite_office.address.database))


def test_a_backup_of_an_open_database_verifies(path: Path, tmp_path: Path) -> None:
    with closing(connect_read_only(path)) as source:
        copy = backup(source, tmp_path / "copy.db")
    assert verify(str(copy)) == verify(str(path))
    assert not list(tmp_path.glob(".copy.db*"))


def test_an_earlier_backup_is_replaced_only_by_a_whole_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "copy.db"
    target.write_bytes(b"yesterday's")
    monkeypatch.setattr("csr_desk.data.backup.check", broken)
    with closing(connect_read_only(path)) as source, pytest.raises(Trouble, match="could not be made"):
        backup(source, target)
    assert target.read_bytes() == b"yesterday's"
    assert not list(tmp_path.glob(".copy.db*"))


def broken(_source: sqlite3.Connection, _copy: sqlite3.Connection) -> None:
    """Find a copy that is not whole."""
    raise sqlite3.DatabaseError


def test_a_backup_to_nowhere_is_a_sentence(path: Path, tmp_path: Path) -> None:
    with closing(connect_read_only(path)) as source, pytest.raises(Trouble, match="Nothing was changed"):
        backup(source, tmp_path / "no such folder" / "copy.db")


def test_sales_recorded_between_two_steps_neither_stop_a_backup_nor_make_it_half(
    sqlite_office: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each step is followed by a sale, so SQLite begins anew each time until the copy is taken in one go."""
    monkeypatch.setattr("csr_desk.data.backup.PAGES", 4)
    sold = 0

    def told(_done: int, _total: int) -> bool:
        nonlocal sold
        sold += 1
        with write(sqlite_office) as work:
            work.append(sale(f"between {sold}"), AT)
        return True

    with closing(connect_read_only(path)) as source:
        copy = backup(source, tmp_path / "copy.db", told)
    assert sold > 4
    report = verify(str(copy), sqlite_office.key)
    assert (report.ok, report.receipts) == (True, 2 + sold)


def test_a_backup_that_is_stopped_leaves_nothing(path: Path, tmp_path: Path) -> None:
    with closing(connect_read_only(path)) as source, pytest.raises(Stopped):
        backup(source, tmp_path / "copy.db", lambda _done, _total: False)
    assert not list(tmp_path.glob("*copy*"))


def test_a_copy_that_ends_where_the_database_never_did_is_refused(
    sqlite_office: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = data_backup.copy_in_steps

    def changed(source: sqlite3.Connection, draft: Path, told: data_backup.Told | None = None) -> None:
        real(source, draft, told)
        with closing(sqlite3.connect(draft, isolation_level=None)) as link:
            link.execute("UPDATE series SET head_mac = x'00' WHERE last_seq > 0")

    monkeypatch.setattr(data_backup, "copy_in_steps", changed)
    with closing(connect_read_only(path)) as source, pytest.raises(Trouble, match="ends where the database never did"):
        backup(source, tmp_path / "copy.db")
