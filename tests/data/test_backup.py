"""A backup is whole and sound, made while the counter works, or it is not there at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csr_desk.data.backup import backup, connect_read_only
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
    monkeypatch.setattr("csr_desk.data.backup._check", broken)
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
