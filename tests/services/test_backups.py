"""Backups of an office: when they are due, what is kept, the second place, the drill, and the way back."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from csr_desk import durable, locations
from csr_desk.data import backup_folder
from csr_desk.data.instance_lock import InstanceLock
from csr_desk.domain.backups import BackupKind, Copies
from csr_desk.domain.errors import NotPermitted, Trouble
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.people import Role
from csr_desk.services import backups, policies, restoring, server_backups, staff, virtual_tape
from csr_desk.services.backups import Plan, Stopped
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import open_desk
from csr_desk.services.verification import verify_url
from demo_city import City
from services.test_every_role_and_act import somebody


@pytest.fixture(autouse=True)
def home_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give each test a data folder of its own; the keys stay where they are."""
    monkeypatch.setenv("CSR_DESK_KEYS", str(locations.key_folder()))
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a second place, as if it were another disk."""
    monkeypatch.setattr(backups, "same_disk", lambda _one, _other: False)
    place = tmp_path / "usb"
    place.mkdir()
    return place


def plan_with(city: City, place: Path | None = None) -> Plan:
    """Put the second place in force, and plan."""
    if place is not None:
        command = policies.SetPolicy(city.key(), {"second_backup": str(place)})
        policies.set_policy(city.desk, city.who("admin1"), command)
    return backups.plan_of(city.desk)


def on(city: City, **ahead: float) -> None:
    """Let time go on."""
    clock = city.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now() + timedelta(**ahead))


def test_a_backup_is_private_verified_and_named_by_its_manifest(sqlite_city: City) -> None:
    sqlite_city.open()
    receipt = sqlite_city.sell().number
    made = backups.make(backups.plan_of(sqlite_city.desk), BackupKind.BY_HAND)
    manifest = made.one.manifest
    assert (manifest.content.last_receipt, manifest.kind, made.second_fault) == (receipt, BackupKind.BY_HAND, "")
    for path in (made.one.path, backup_folder.manifest_path(made.one.path)):
        assert path.stat().st_mode & 0o777 == 0o600
    assert made.one.path.parent.stat().st_mode & 0o777 == 0o700
    assert durable.hash_file(made.one.path) == (manifest.sha256, manifest.size)
    assert verify_url(f"sqlite:///{made.one.path}").ok
    assert not list(made.one.path.parent.glob(".*"))


def test_a_backup_is_due_when_something_was_recorded_and_at_the_close_at_once(sqlite_city: City) -> None:
    plan = backups.plan_of(sqlite_city.desk)
    first = backups.make(plan, BackupKind.EXIT)
    assert backups.due_now(plan) is None
    assert backups.due_now(plan, leaving=True) is None
    sqlite_city.open()
    sqlite_city.sell()
    assert backups.due_now(plan) is None
    assert backups.due_now(plan, leaving=True) is BackupKind.EXIT
    on(sqlite_city, minutes=15)
    assert backups.due_now(plan) is BackupKind.INTERVAL
    shutil.rmtree(first.one.path.parent)
    assert backups.due_now(plan) is BackupKind.INTERVAL


def test_two_backups_of_one_second_have_two_names(sqlite_city: City) -> None:
    plan = backups.plan_of(sqlite_city.desk)
    names = {backups.make(plan, BackupKind.BY_HAND).one.path.name for _ in range(3)}
    assert {name.removesuffix(".sqlite").rsplit("by-hand")[-1] for name in names} == {"", "-2", "-3"}


def test_a_stopped_backup_leaves_nothing_and_so_does_one_that_finds_a_fault(sqlite_city: City) -> None:
    plan = backups.plan_of(sqlite_city.desk)
    sqlite_city.open()
    with pytest.raises(Stopped):
        backups.make(plan, BackupKind.BY_HAND, lambda done, total: done < total)
    with pytest.raises(Trouble, match="The backup is not good"):
        backups.make(replace(plan, key=b"another key"), BackupKind.BY_HAND)
    assert not list(plan.folder.glob("*.sqlite*"))
    assert not list(plan.folder.glob(".*"))


def test_only_one_backup_is_made_at_a_time_and_stale_drafts_are_swept(sqlite_city: City) -> None:
    plan = backups.plan_of(sqlite_city.desk)
    with backup_folder.alone(plan.folder), pytest.raises(Trouble, match="Another backup"):
        backups.make(plan, BackupKind.BY_HAND)
    (plan.folder / ".copy.0123.part").write_bytes(b"left by a kill")
    backups.make(plan, BackupKind.BY_HAND)
    assert not list(plan.folder.glob(".*"))


def test_what_retention_does_not_keep_goes_with_its_manifest_and_nothing_else(
    sqlite_city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("csr_desk.domain.backups.NEWEST", 2)
    plan = backups.plan_of(sqlite_city.desk)
    plan.folder.mkdir(parents=True)
    strange = plan.folder / "HPC-2020-01-01T000000Z-exit.sqlite"
    strange.write_bytes(b"nobody's")
    (plan.folder / "notes.json").write_text("{}")
    made = []
    for _ in range(4):
        on(sqlite_city, seconds=5)
        made.append(backups.make(plan, BackupKind.BY_HAND).one)
    kept = {one.path.name for one in made if one.path.exists()}
    assert kept == {one.path.name for one in made[2:]}
    assert not any(backup_folder.manifest_path(one.path).exists() for one in made[:2])
    assert strange.exists()
    assert (plan.folder / "notes.json").exists()


def test_a_damaged_backup_takes_no_place_from_a_good_one(sqlite_city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("csr_desk.domain.backups.NEWEST", 1)
    plan = backups.plan_of(sqlite_city.desk)
    good = backups.make(plan, BackupKind.BY_HAND).one
    on(sqlite_city, seconds=5)
    bad = backups.make(plan, BackupKind.BY_HAND).one
    assert not good.path.exists()
    bad.path.write_bytes(b"cut")
    rows = backups.overview(sqlite_city.desk, sqlite_city.who("admin1"))
    assert [row.one.fault for row in rows] == ["the file has another length"]
    bad.path.unlink()
    assert backups.overview(sqlite_city.desk, sqlite_city.who("admin1"))[0].one.fault == "the file is not there"
    assert backups.standing_of(plan).copies is Copies.NONE


def test_the_second_place_gets_a_copy_that_is_read_back_there(sqlite_city: City, second: Path) -> None:
    plan = plan_with(sqlite_city, second)
    assert backups.standing_of(plan).copies is Copies.NONE
    made = backups.make(plan, BackupKind.EXIT)
    assert plan.second is not None
    copy = plan.second / made.one.path.name
    assert copy.read_bytes() == made.one.path.read_bytes()
    assert backups.standing_of(plan).copies is Copies.TWO
    assert [row.second for row in backups.overview(sqlite_city.desk, sqlite_city.who("supervisor1"))] == [True]
    on(sqlite_city, days=4)
    assert backups.standing_of(plan).copies is Copies.OLD
    shutil.rmtree(plan.folder)
    rows = backups.overview(sqlite_city.desk, sqlite_city.who("supervisor1"))
    assert [(row.one.path, row.second) for row in rows] == [(copy, True)]


def test_a_second_place_that_is_not_plugged_in_is_told_and_never_made(sqlite_city: City, second: Path) -> None:
    second.rmdir()
    plan = plan_with(sqlite_city, second)
    made = backups.make(plan, BackupKind.EXIT)
    assert "cannot be reached" in made.second_fault
    assert not second.exists()
    assert backups.standing_of(plan).copies is Copies.AWAY


def test_a_second_copy_that_reads_back_otherwise_is_told(
    sqlite_city: City, second: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_with(sqlite_city, second)
    real = durable.copy_hashed

    def worn_out(source: Path, target: Path) -> str:
        seal = real(source, target)
        if second in target.parents:
            target.write_bytes(b"worn out")
        return seal

    monkeypatch.setattr(durable, "copy_hashed", worn_out)
    made = backups.make(plan, BackupKind.EXIT)
    assert "is not the same as the backup" in made.second_fault
    assert made.one.path.exists()
    assert plan.second is not None
    assert not list(plan.second.glob("*.sqlite"))


def test_a_second_place_on_the_same_disk_is_a_single_copy(sqlite_city: City, tmp_path: Path) -> None:
    place = tmp_path / "beside"
    place.mkdir()
    plan = plan_with(sqlite_city, place)
    backups.make(plan, BackupKind.EXIT)
    assert backups.standing_of(plan).copies is Copies.SAME_DISK


def test_the_drill_restores_each_place_and_remembers_what_came_of_it(sqlite_city: City, second: Path) -> None:
    plan, who = plan_with(sqlite_city, second), sqlite_city.who("accountant1")
    assert backups.drill(sqlite_city.desk, who) == ()
    assert backups.last_drill(plan) == {}
    made = backups.make(plan, BackupKind.EXIT)
    before = verify_url(sqlite_city.url)
    assert [(one.place, one.ok) for one in backups.drill(sqlite_city.desk, who)] == [("first", True), ("second", True)]
    assert backups.last_drill(plan)["ok"] == "yes"
    content = bytearray(made.one.path.read_bytes())
    content[len(content) // 2] ^= 4
    made.one.path.write_bytes(content)
    first, other = backups.drill(sqlite_city.desk, who)
    assert (first.ok, other.ok) == (False, True)
    assert "is damaged" in first.said
    assert backups.last_drill(plan)["ok"] == "no"
    assert verify_url(sqlite_city.url) == before
    with pytest.raises(Stopped):
        backups.drill(sqlite_city.desk, who, lambda _done, _total: False)


# ---- the way back


def restored(city: City, path: Path) -> restoring.Restored:
    """Close the office and restore it as the administrator."""
    who, clock = city.who("admin1"), city.desk.clock
    command = restoring.Restore(path, Path(city.url.removeprefix("sqlite:///")))
    city.desk.close()
    return restoring.restore_backup(who, command, clock)


def test_a_restore_says_what_is_missing_keeps_the_old_file_and_records_itself(sqlite_city: City) -> None:
    sqlite_city.open()
    sqlite_city.sell()
    made = backups.make(backups.plan_of(sqlite_city.desk), BackupKind.BY_HAND).one
    later = sqlite_city.sell().number
    compared = restoring.compare(sqlite_city.desk, sqlite_city.who("admin1"), made.path)
    (behind,) = compared.behind
    assert (behind.receipts, behind.perpetual, compared.live) == (1, 5_000, True)
    assert [(row.receipt, row.amount) for row in compared.missing] == [(later, 5_000)]
    done = restored(sqlite_city, made.path)
    assert done.report.ok
    assert done.aside is not None
    assert verify_url(f"sqlite:///{done.aside}").ok
    assert verify_url(sqlite_city.url).ok
    desk = open_desk(sqlite_city.url)
    try:
        query = virtual_tape.TapeQuery(desk.today(), desk.today(), kinds=(EventKind.RESTORED,))
        (row,) = virtual_tape.page(desk, staff.person(desk, "supervisor1"), query).rows
    finally:
        desk.close()
    assert "1 receipts missing since" in str(row)


def test_what_only_another_manifest_knows_is_missing_as_well(sqlite_city: City) -> None:
    """The database is gone and the newest backup is damaged: its sealed manifest still says how far it went."""
    sqlite_city.open()
    plan = backups.plan_of(sqlite_city.desk)
    older = backups.make(plan, BackupKind.BY_HAND).one
    sqlite_city.sell()
    on(sqlite_city, seconds=5)
    backups.make(plan, BackupKind.BY_HAND).one.path.write_bytes(b"")
    sqlite_city.desk.close()
    plan.database.write_bytes(b"nothing that can be read" * 100)
    compared = restoring.look_at(restoring.Restore(older.path, plan.database))
    assert (compared.live, compared.missing) == (False, ())
    assert [(one.receipts, one.perpetual) for one in compared.behind] == [(1, 5_000)]


def test_a_restore_is_refused_while_a_window_is_open(sqlite_city: City) -> None:
    plan = backups.plan_of(sqlite_city.desk)
    made = backups.make(plan, BackupKind.BY_HAND).one
    before = plan.database.read_bytes()
    lock = InstanceLock(plan.database)
    with pytest.raises(Trouble, match="open on this database already"):
        restored(sqlite_city, made.path)
    lock.release()
    assert plan.database.read_bytes() == before


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR], ids=str)
def test_nobody_but_an_administrator_restores(sqlite_city: City, role: Role, tmp_path: Path) -> None:
    command = restoring.Restore(tmp_path / "no.sqlite", tmp_path / "new.sqlite")
    with pytest.raises(NotPermitted):
        restoring.restore_backup(somebody(sqlite_city, role), command, sqlite_city.desk.clock)


def test_a_backup_of_another_office_is_refused_with_a_sentence(sqlite_city: City, tmp_path: Path) -> None:
    from csr_desk.services.setup import make_demo_office  # noqa: PLC0415 - used here only

    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    make_demo_office(other)
    desk = open_desk(other)
    made = backups.make(backups.plan_of(desk), BackupKind.BY_HAND).one
    desk.close()
    with pytest.raises(Trouble, match="of another office"):
        restored(sqlite_city, made.path)


def test_the_database_itself_is_no_backup_of_itself(sqlite_city: City) -> None:
    plan = backups.plan_of(sqlite_city.desk)
    made = backups.make(plan, BackupKind.BY_HAND).one
    with pytest.raises(Trouble, match="the database itself"):
        restoring.look_at(restoring.Restore(made.path, made.path))


def test_a_half_done_act_of_the_old_file_goes_aside_with_it(sqlite_city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """A journal that SQLite could not play back belongs to the old file; beside the new one it would spoil it."""
    monkeypatch.setattr("csr_desk.data.restore._finish_journal", lambda _database: None)
    plan = backups.plan_of(sqlite_city.desk)
    made, who = backups.make(plan, BackupKind.BY_HAND).one, sqlite_city.who("admin1")
    sqlite_city.desk.close()
    plan.database.write_bytes(b"not a database any more" * 50)
    journal = plan.database.with_name(f"{plan.database.name}-journal")
    journal.write_bytes(b"half" * 500)
    done = restoring.restore_backup(who, restoring.Restore(made.path, plan.database), plan.clock)
    assert done.aside is not None
    assert done.aside.read_bytes().startswith(b"not a database any more")
    assert done.aside.with_name(f"{done.aside.name}-journal").read_bytes().startswith(b"half")
    assert not journal.exists()
    assert verify_url(sqlite_city.url).ok


def test_where_names_cannot_be_linked_the_old_file_is_renamed(
    sqlite_city: City, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_one: Path, _other: Path) -> None:
        raise OSError("no links here")

    made = backups.make(backups.plan_of(sqlite_city.desk), BackupKind.BY_HAND).one
    monkeypatch.setattr("os.link", refuse)
    first = restored(sqlite_city, made.path)
    assert first.aside is not None
    assert verify_url(f"sqlite:///{first.aside}").ok
    assert verify_url(sqlite_city.url).ok


def test_who_is_not_known_to_the_backup_is_named_in_the_facts(sqlite_city: City) -> None:
    made = backups.make(backups.plan_of(sqlite_city.desk), BackupKind.BY_HAND).one
    new = replace(sqlite_city.who("admin1"), user="admin9", name="New Admin")
    clock, path = sqlite_city.desk.clock, backups.plan_of(sqlite_city.desk).database
    sqlite_city.desk.close()
    assert restoring.restore_backup(new, restoring.Restore(made.path, path), clock).report.ok
    with closing(sqlite3.connect(path)) as link:
        row = link.execute("SELECT actor_id, facts FROM ledger_event WHERE kind = 'restored'").fetchone()
    assert row[0] == "csr-desk"
    assert '"by":"admin9"' in row[1]


def test_a_server_is_backed_up_by_its_own_administrator(city: City, tmp_path: Path) -> None:
    who = city.who("admin1")
    if city.desk.store.file is not None:
        with pytest.raises(Trouble, match="needs no folder"):
            server_backups.dump(city.desk, who, tmp_path)
        return
    for ask in (
        lambda: backups.back_up(city.desk, who),
        lambda: backups.overview(city.desk, who),
        lambda: backups.drill(city.desk, who),
    ):
        with pytest.raises(Trouble, match="database administrator"):
            ask()
    assert "csr-desk verify" in server_backups.standing(city.desk)
