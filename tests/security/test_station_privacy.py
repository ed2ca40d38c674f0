"""What a station keeps is its own user's: permissions of files and folders, and no secret outside of the keys."""

from __future__ import annotations

import base64
import logging
import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from csr_desk import durable, locations
from csr_desk.data.backup import copy_file
from csr_desk.data.engine import open_store
from csr_desk.domain.errors import Refusal
from csr_desk.domain.people import Actor, Role
from csr_desk.durable import PRIVATE_FILE, write_file
from csr_desk.services import setup, staff
from csr_desk.services.desk import open_desk
from csr_desk.services.fault_log import fault_log
from csr_desk.ui.saved_files import save_file

pytestmark = pytest.mark.skipif(os.name != "posix", reason="permissions of files are POSIX’s")
SECRET = "a-sentence-that-only-she-knows"  # pragma: allowlist secret


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_others(folder: Path) -> list[str]:
    """Say which files and folders somebody else may look into, with their permissions."""
    found = [folder, *sorted(folder.rglob("*"))]
    return [f"{path.name} {mode(path):o}" for path in found if mode(path) & 0o077]


@pytest.fixture
def profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A station's folder in which a live office was set up and somebody signed in, with the laxest umask there is."""
    home = tmp_path / "place" / "profile"
    monkeypatch.setenv("CSR_DESK_HOME", str(home))
    new = setup.NewOffice("T", "Test", ("1 Main St",), "", "America/Chicago", training=False, drawers=("T-1",))
    admin = Actor("admin1", "Chidi Nwosu", "Administrator", Role.ADMINISTRATOR)
    with umask(0):
        url = f"sqlite:///{locations.data_folder() / 'office.sqlite'}"
        setup.init_office(url, new, admin, SECRET)
        with closing(open_desk(url)) as desk:
            staff.sign_in(desk, "admin1", SECRET)
            with pytest.raises(Refusal):
                staff.sign_in(desk, "admin1", f"{SECRET}x")
        copy_file(home / "office.sqlite", home / "backup.sqlite")
        log = fault_log(home)
        log.emit(logging.LogRecord("csr_desk", logging.ERROR, "", 0, "fault %s", ("A1",), None))
        log.close()
        write_file(home / "seal.json", b"{}", PRIVATE_FILE)
    return home


def test_nobody_else_may_look_into_what_a_station_keeps(profile: Path) -> None:
    assert {path.name for path in profile.iterdir()} >= {"keys", "office.sqlite", "backup.sqlite", "csr-desk.log"}
    assert open_to_others(profile) == []
    assert open_to_others(profile.parent) == []


def test_the_journal_of_the_database_is_as_private_as_the_database(profile: Path) -> None:
    store = open_store(f"sqlite:///{profile / 'office.sqlite'}")
    with umask(0), store.write_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE office SET phone = '1'")
        assert mode(profile / "office.sqlite-journal") == 0o600
    store.close()


def test_a_database_of_an_older_release_is_closed_to_others_when_it_is_opened(profile: Path) -> None:
    (profile / "office.sqlite").chmod(0o664)
    open_store(f"sqlite:///{profile / 'office.sqlite'}").close()
    assert mode(profile / "office.sqlite") == 0o600


def test_a_paper_that_was_asked_for_goes_by_the_umask(profile: Path) -> None:
    with umask(0o022):
        assert mode(save_file("revenue.csv", b"x")) == 0o644
    with umask(0o027):
        assert mode(save_file("journal.csv", b"x")) == 0o640


def test_a_folder_that_is_shared_on_purpose_keeps_its_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    durable.make_folder(tmp_path / "a" / "b", 0o700)
    assert [mode(path) for path in (tmp_path, tmp_path / "a", tmp_path / "a" / "b")] == [0o755, 0o700, 0o700]


def test_a_copy_of_the_profile_carries_no_secret_and_no_key_outside_of_the_keys(profile: Path) -> None:
    (key,) = (profile / "keys").glob("*.key")
    raw = key.read_bytes()
    told = [SECRET.encode(), SECRET.encode("utf-16-le"), base64.b64encode(SECRET.encode()), raw, raw.hex().encode(),
            raw.hex().upper().encode(), base64.b64encode(raw)]  # fmt: skip
    files = [path for path in profile.rglob("*") if path.is_file() and path.parent != profile / "keys"]
    assert len(files) >= 4
    assert [path.name for path in files if any(one in path.read_bytes() for one in told)] == []
    (profile / "note.txt").write_bytes(b"key " + raw.hex().encode())
    assert any(one in (profile / "note.txt").read_bytes() for one in told)
