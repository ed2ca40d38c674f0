"""The station's anchor on each engine: yesterday's database put back and a tail cut off are found at the next start."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from csr_desk.data.anchor import Anchor, anchor_file
from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.services import anchors
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.verification import verify_desk
from demo_city import City
from proof.counter import MORNING, Counter, new_key
from sealing import ADMIN, Office, cut, office


@pytest.fixture
def own(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """Give an office on each engine."""
    with office(database_url, tmp_path) as made:
        yield made


@pytest.fixture
def plain(sqlite_url: str, tmp_path: Path) -> Iterator[Office]:
    """Give an office on SQLite only, whose file can be put aside and back."""
    with office(sqlite_url, tmp_path) as made:
        yield made


def start(own: Office) -> Desk:
    """Open the office as its window does."""
    return open_desk(own.url, key_folder=own.keys, clock=TrainingClock(MORNING), running=True)


def file_of(own: Office) -> Path:
    """Where this station's anchor is."""
    return anchor_file(own.desk.store.install_uuid, own.keys)


def put_back(own: Office, copy: Path) -> None:
    """Put a copy of the database where the database is, while no program has it open."""
    reopen(own, copy, Path(own.url.removeprefix("sqlite:///")))


def copy_now(own: Office, folder: Path) -> Path:
    """Copy the database as it is now, while no program has it open."""
    copy = folder / "yesterday.sqlite"
    reopen(own, Path(own.url.removeprefix("sqlite:///")), copy)
    return copy


def reopen(own: Office, source: Path, target: Path) -> None:
    """Close the desk, copy a file, and open the desk again as a program does that looks at no anchor."""
    clock = own.desk.clock
    own.desk.close()
    shutil.copyfile(source, target)
    own.counter.desk = open_desk(own.url, clock=clock, key_folder=own.keys)


@pytest.mark.parametrize("left", ["closed", "accepted"])
def test_payments_cut_off_the_end_are_found_at_the_next_start_with_what_is_missing(own: Office, left: str) -> None:
    for name, _, act in own.counter.acts(3):
        act()
        if name == "accept" and left == "accepted":
            break
    own.tamper(*cut("HPC-1", 3))
    with pytest.raises(Trouble) as refused:
        start(own)
    said = str(refused.value)
    assert "older copy, or it was shortened" in said
    assert "receipts HPC1-0000003 to HPC1-0000004" in said
    assert "Expected entry 10, perpetual total 100.00; found entry 3, perpetual total 100.00" in said
    assert "Restore the newest backup" in said


def test_a_clean_exit_remembers_the_last_payment_as_well(own: Office) -> None:
    desk = start(own)
    counter = Counter(desk)
    counter.open()
    counter.sell()
    assert anchor_of(own).series[0].seq == 0
    desk.close()
    assert anchor_of(own).series[0].seq == 2
    own.tamper(*cut("HPC-1", 1))
    with pytest.raises(Trouble, match=r"receipt HPC1-0000001, 50\.00 of takings"):
        start(own)


def anchor_of(own: Office) -> Anchor:
    """Read the anchor."""
    found = anchors.read_anchor(file_of(own), own.desk.store.key, own.desk.store.install_uuid)
    assert found is not None
    return found


def test_yesterdays_file_put_back_is_refused_and_found_by_verify_unless_it_is_called_a_backup(
    plain: Office, tmp_path: Path
) -> None:
    plain.day()
    copy = copy_now(plain, tmp_path)
    plain.next_day()
    plain.day(2)
    put_back(plain, copy)
    with pytest.raises(Trouble, match="HPC-1 is shorter than this station’s anchor says"):
        start(plain)
    found = plain.judge()
    assert found.fault is not None
    assert "shorter than this station’s anchor" in found.fault.what
    backup = plain.judge(backup=True)
    assert backup.ok
    assert any("older than this station’s anchor" in note for note in backup.notes)


def test_another_past_of_the_same_length_is_refused(plain: Office, tmp_path: Path) -> None:
    plain.counter.open()
    copy = copy_now(plain, tmp_path)
    plain.counter.sell()
    anchors.keep(plain.desk)
    put_back(plain, copy)
    plain.counter.sell(new_key())
    with pytest.raises(Trouble, match="HPC-1, entry 2 is another than the one that this station’s anchor knows"):
        start(plain)


def test_an_older_database_never_takes_the_anchor_back(plain: Office, tmp_path: Path) -> None:
    plain.counter.open()
    copy = copy_now(plain, tmp_path)
    plain.counter.sell()
    anchors.keep(plain.desk)
    seen = file_of(plain).read_bytes()
    put_back(plain, copy)
    anchors.keep(plain.desk)
    assert file_of(plain).read_bytes() == seen


def test_what_other_stations_recorded_since_is_no_fault(own: Office) -> None:
    start(own).close()
    own.counter.open()
    own.counter.sell()
    start(own).close()
    assert anchor_of(own).series[0].seq == 2


def test_every_byte_of_the_anchor_is_guarded_and_a_damaged_one_stops_the_start(own: Office) -> None:
    start(own).close()
    path = file_of(own)
    good = path.read_bytes()
    key, install = own.desk.store.key, own.desk.store.install_uuid
    for at in range(len(good)):
        with pytest.raises(BadInput):
            Anchor.of(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :], key, install)
    for content in (b"", good[:-1], good + b" "):
        path.write_bytes(content)
        with pytest.raises(Trouble, match="is damaged or was changed"):
            start(own)
        fault = own.judge().fault
        assert fault is not None
        assert "damaged or was changed" in fault.what
        anchors.keep(own.desk)
        assert path.read_bytes() == content, "a damaged anchor is looked at by a person, not overwritten"
    path.unlink()
    start(own).close()
    assert path.exists()


def test_an_anchor_that_cannot_be_written_is_no_failure_of_the_close(plain: Office) -> None:
    path = file_of(plain)
    path.mkdir()  # nothing can be written there, whoever runs this
    plain.day()
    assert verify_desk(plain.desk).ok
    assert path.is_dir()


def test_a_recorded_restore_is_accepted_here_and_at_stations_that_saw_no_more(plain: Office, tmp_path: Path) -> None:
    plain.day()
    copy = copy_now(plain, tmp_path)
    plain.next_day()
    plain.counter.open()
    anchors.keep(plain.desk)
    elsewhere = tmp_path / "other station"
    shutil.copytree(plain.keys, elsewhere)
    plain.counter.sell()
    anchors.keep(plain.desk)
    ahead = tmp_path / "station that saw more"
    shutil.copytree(plain.keys, ahead)
    lost = anchor_of(plain)
    put_back(plain, copy)
    clock = plain.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now().replace(hour=20))
    key = new_key()
    at = anchors.accept_restored(plain.desk, ADMIN, key, {"backup": "yesterday.sqlite"})
    assert anchors.accept_restored(plain.desk, ADMIN, key, {"backup": "yesterday.sqlite"}) == at
    with plain.desk.read() as work:
        facts = str(work.conn.exec_driver_sql("SELECT facts FROM ledger_event WHERE kind = 'restored'").scalar_one())
    assert lost.series[0].head in facts
    start(plain).close()
    assert verify_desk(plain.desk).ok
    for keys in (elsewhere, ahead):
        open_desk(plain.url, key_folder=keys, clock=TrainingClock(MORNING), running=True).close()
    # the restore is no licence: what is cut off after it is found again
    plain.tamper(*cut("HPC", at.seq - 1))
    with pytest.raises(Trouble, match="HPC is shorter"):
        start(plain)


def test_a_restore_that_names_what_is_lost_needs_nothing_more_at_the_next_start(plain: Office, tmp_path: Path) -> None:
    plain.day()
    copy = copy_now(plain, tmp_path)
    plain.next_day()
    plain.day(2)
    put_back(plain, copy)
    clock = plain.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now().replace(hour=20))
    with plain.desk.begin() as work:
        work.append(
            EntryDraft(
                series="HPC",
                kind=EventKind.RESTORED,
                business_date=plain.counter.day,
                actor=ADMIN.user,
                idem_key=new_key(),
                facts={"file": "yesterday.sqlite", **anchors.lost_facts(plain.desk)},
            ),
            plain.desk.now_text(),
        )
    start(plain).close()
    assert [one.seq for one in anchor_of(plain).series] == [10, 7]
    assert anchors.lost_facts(plain.desk) == {"lost": []}


def test_a_restore_is_no_licence_to_cut_off_what_was_recorded_after_it(plain: Office, tmp_path: Path) -> None:
    plain.day()
    copy = copy_now(plain, tmp_path)
    plain.next_day()
    plain.day(2)
    put_back(plain, copy)
    clock = plain.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now().replace(hour=20))
    anchors.accept_restored(plain.desk, ADMIN, new_key(), {})
    clock.set(clock.now().replace(hour=21))
    plain.counter.open()
    plain.counter.sell()
    anchors.keep(plain.desk)
    plain.tamper(*cut("HPC-1", 10))
    with pytest.raises(Trouble, match="HPC-1 is shorter"):
        start(plain)


def test_a_station_that_saw_more_than_the_restore_knew_refuses(plain: Office, tmp_path: Path) -> None:
    plain.day()
    copy = copy_now(plain, tmp_path)
    plain.next_day()
    plain.counter.open()
    anchors.keep(plain.desk)
    here = tmp_path / "this station"
    shutil.copytree(plain.keys, here)
    plain.counter.sell()
    anchors.keep(plain.desk)
    saw_more = file_of(plain).read_bytes()
    file_of(plain).write_bytes((here / file_of(plain).name).read_bytes())
    put_back(plain, copy)
    clock = plain.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now().replace(hour=20))
    anchors.accept_restored(plain.desk, ADMIN, new_key(), {})
    start(plain).close()
    file_of(plain).write_bytes(saw_more)
    with pytest.raises(Trouble, match=r"shorter|another"):
        start(plain)


def test_a_training_office_has_no_anchor_and_may_be_put_back(sqlite_city: City) -> None:
    sqlite_city.open()
    anchors.keep(sqlite_city.desk)
    assert not anchor_file(sqlite_city.desk.store.install_uuid).exists()
    open_desk(sqlite_city.url, running=True).close()


def test_the_anchor_lies_with_the_keys_and_only_there(plain: Office) -> None:
    start(plain).close()
    assert list(plain.keys.glob("*.anchor")) == [file_of(plain)]
    assert not list(Path(plain.url.removeprefix("sqlite:///")).parent.glob("*.anchor"))
