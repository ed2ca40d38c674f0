"""A live office that was restored goes on; one whose file was put back by hand does not (see also the anchors)."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from csr_desk import locations
from csr_desk.domain.backups import BackupKind
from csr_desk.domain.errors import Trouble
from csr_desk.services import backups, restoring
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import open_desk
from proof.counter import ADMIN, MORNING, Counter, make_office


@pytest.fixture(autouse=True)
def home_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give each test a data folder of its own; the keys stay where they are."""
    monkeypatch.setenv("CSR_DESK_KEYS", str(locations.key_folder()))
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))


def live_office(tmp_path: Path) -> tuple[str, Path]:
    """Make a live office that sold twice, with a backup in between; give its address and the backup."""
    url, keys = f"sqlite:///{tmp_path / 'live.sqlite'}", tmp_path / "keys"
    make_office(url, keys)
    desk = open_desk(url, clock=TrainingClock(MORNING, running=True), key_folder=keys, running=True)
    counter = Counter(desk)
    counter.open()
    counter.sell()
    made = backups.make(backups.plan_of(desk), BackupKind.BY_HAND).one.path
    counter.sell()
    desk.close()
    return url, made


def test_a_restored_office_goes_on_where_an_older_file_put_back_would_not(tmp_path: Path) -> None:
    url, made = live_office(tmp_path)
    path, keys = tmp_path / "live.sqlite", tmp_path / "keys"
    clock = TrainingClock(MORNING + timedelta(hours=1), running=True)
    newest = path.read_bytes()
    shutil.copyfile(made, path)
    with pytest.raises(Trouble, match="an older copy"):
        open_desk(url, clock=clock, key_folder=keys, running=True)
    path.write_bytes(newest)
    done = restoring.restore_backup(ADMIN, restoring.Restore(made, path, keys), clock)
    assert sum(one.receipts for one in done.behind) == 1
    open_desk(url, clock=clock, key_folder=keys, running=True).close()
    open_desk(url, clock=clock, key_folder=keys, running=True).close()


def test_where_the_database_is_lost_the_station_still_knows_how_far_it_went(tmp_path: Path) -> None:
    _, made = live_office(tmp_path)
    path = tmp_path / "live.sqlite"
    path.unlink()
    compared = restoring.look_at(restoring.Restore(made, path, tmp_path / "keys"))
    assert (compared.live, [one.receipts for one in compared.behind if one.receipts]) == (False, [1])
