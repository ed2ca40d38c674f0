"""The training office of a live office: a database of its own, own numbers, no secrets, nothing written back (J7)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from csr_desk.data.queries import people
from csr_desk.domain.errors import Ineligible, NotPermitted, Trouble
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.services import exports, ledger_csv, policies, setup, staff, training, training_office
from csr_desk.services.clock import TrainingClock, read_stamp
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.setup import NewOffice, demo_catalogue_folder
from csr_desk.services.staff import AddPerson, add_person
from csr_desk.services.training import StartDay
from csr_desk.services.training_office import own_prefix
from csr_desk.services.verification import verify_url
from training_player import Player

MORNING = TrainingClock(read_stamp("2026-07-14T13:00:00.000000Z"))
SECRET = "nine blue carrots sing"
ADMIN = Actor("boss1", "Chidi Nwosu", "Administrator", Role.ADMINISTRATOR)


@pytest.fixture
def live(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """A live office with two drawers and a cashier, on the demo city's morning."""
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    url = f"sqlite:///{tmp_path / 'office.sqlite'}"
    new = NewOffice(
        "HPC", "Permit Office", ("1002 Washington Avenue",), "713-555-0100", "America/Chicago", False,
        ("HPC-1", "HPC-2"), drawer_names=("Counter 1", "Counter 2"),
    )  # fmt: skip
    setup.init_office(url, new, ADMIN, SECRET, catalogue_folder=demo_catalogue_folder())
    desk = open_desk(url, clock=MORNING)
    for user, name, role in (("ana", "Ana Ortiz", Role.CLERK), ("sue", "Sue Lane", Role.SUPERVISOR)):
        add_person(desk, ADMIN, AddPerson(user, user, name, "CSR", role, SECRET))
    yield desk
    desk.close()


def bytes_of(desk: Desk) -> dict[str, str]:
    """The hash of every file of a database (with its journal)."""
    path = desk.store.file
    assert path is not None
    return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in path.parent.glob(f"{path.name}*")}


def trainee(desk: Desk) -> Player:
    """Ana with the first drawer of the training office."""
    supervisor = next(card for card in staff.sign_in_page(desk).people if card.role is Role.SUPERVISOR)
    return Player(desk, staff.person(desk, "ana"), staff.person(desk, supervisor.user), "T1")


def test_a_training_day_leaves_the_live_database_as_it_is_byte_for_byte(live: Desk) -> None:
    before = bytes_of(live)
    url = training_office.ensure(live)
    desk = open_desk(url)
    assert trainee(desk).play(1).earned == 10_000
    desk.close()
    assert verify_url(url).first_fault is None
    assert bytes_of(live) == before
    assert str(live.store.file) not in url


def test_it_takes_over_names_prices_and_settings_but_no_secret_and_no_rights(live: Desk) -> None:
    policies.set_policy(live, ADMIN, policies.SetPolicy("p", {"rounding": "nearest", "cash_warn": "500.00"}))
    desk = open_desk(training_office.ensure(live))
    assert (desk.office.name, desk.office.training, desk.office.training_day) == ("Permit Office", True, True)
    assert desk.catalogue.content_hash == live.catalogue.content_hash
    assert {row.drawer: row.name for row in desk.drawers.values()} == {
        "T1": "Counter 1 training", "T2": "Counter 2 training",
    }  # fmt: skip
    assert (desk.policy.rounding, desk.policy.cash_warn) == (live.policy.rounding, 50_000)
    assert desk.policy.training_months == 0
    page = staff.sign_in_page(desk).people
    # Ana sells; the live supervisor and administrator stay out, made-up people stand in for them
    assert {card.user: card.role for card in page} == {
        "ana": Role.CLERK, "trainer1": Role.SUPERVISOR, "trainer2": Role.SUPERVISOR, "trainer3": Role.ADMINISTRATOR,
    }  # fmt: skip
    with desk.read() as work, live.read() as own:
        copied = {row.secret_hash for row in people.all_staff(work.conn)} - {"-"}
        assert not copied & {row.secret_hash for row in people.all_staff(own.conn)}
    with pytest.raises(NotPermitted):
        staff.sign_in(desk, "ana", SECRET)
    assert staff.sign_in(desk, "ana", "ana-demo").name == "Ana Ortiz"
    desk.close()


def test_no_receipt_of_training_has_the_number_of_a_live_one(live: Desk) -> None:
    desk = open_desk(training_office.ensure(live))
    clerk = trainee(desk)
    clerk.receipts = []
    now, day = clerk.begin(1)
    for card in day.cards[:6]:
        now = clerk.call(now)
        clerk.serve(now, card)
    desk.close()
    numbers = {receipt.number.split("-")[0] for receipt in clerk.receipts}
    assert numbers == {"T1"}
    assert clerk.receipts[0].number == "T1-0000001"
    assert not numbers & {row.series.replace("-", "") for row in live.drawers.values()}
    assert all(receipt.office.training for receipt in clerk.receipts)


@pytest.mark.parametrize(
    ("taken", "prefix"),
    [
        (("HPC-1", "HPC"), "T"),
        (("T-1", "T"), "TR"),
        (("t1",), "TR"),
        (("T-1", "TR-7", "TRA"), "TRAI"),
        (("T", "TR", "TRA", "TRAI", "TRAIN", "TRAINX1"), "TRAINXX"),
        (("TX-1",), "T"),
    ],
)
def test_the_training_registers_are_called_like_no_live_one(taken: tuple[str, ...], prefix: str) -> None:
    assert own_prefix(taken) == prefix


def test_it_is_made_once_and_brought_up_to_date_when_nobody_plays(live: Desk) -> None:
    url = training_office.ensure(live)
    add_person(live, ADMIN, AddPerson("k", "ben", "Ben Cho", "CSR", Role.CASHIER, SECRET))
    live.take_catalogue(replace(live.catalogue, items=dict(list(live.catalogue.items.items())[:-1]), label="Next"))
    live.clock = TrainingClock(read_stamp("2026-07-20T13:00:00.000000Z"))
    assert training_office.ensure(live) == url
    desk = open_desk(url)
    assert staff.person(desk, "ben").name == "Ben Cho"
    assert desk.catalogue.content_hash == live.catalogue.content_hash
    assert desk.today().isoformat() == "2026-07-20"
    # somebody is in the middle of a day: only people come over
    training.start(desk, staff.person(desk, "ben"), StartDay("run", 1))
    desk.close()
    live.clock = TrainingClock(read_stamp("2026-07-21T13:00:00.000000Z"))
    policies.set_policy(live, ADMIN, policies.SetPolicy("p", {"rounding": "nearest"}))
    training_office.ensure(live)
    desk = open_desk(url)
    assert (desk.today().isoformat(), desk.policy.rounding.value) == ("2026-07-20", "off")
    desk.close()


def test_a_training_office_trains_for_no_office(live: Desk) -> None:
    desk = open_desk(training_office.ensure(live))
    with pytest.raises(NotPermitted, match="already"):
        training_office.ensure(desk)
    desk.close()


def test_an_office_without_a_catalogue_has_nothing_to_train_with(live: Desk) -> None:
    live.take_catalogue(replace(live.catalogue, items={}))
    with pytest.raises(Ineligible, match="no catalogue"):
        training_office.ensure(live)


def test_a_file_that_is_no_training_office_is_left_alone(live: Desk) -> None:
    path = training_office.training_file(live)
    path.parent.mkdir(parents=True, exist_ok=True)
    setup.make_demo_office(f"sqlite:///{path}")
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(NotPermitted, match="no training office"):
        training_office.ensure(live)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    path.write_bytes(b"")
    with pytest.raises(Trouble):
        training_office.ensure(live)


def test_an_office_called_like_a_training_office_gets_one_with_another_name(live: Desk) -> None:
    live.office_series = "TRAINHPC"
    desk = open_desk(training_office.ensure(live))
    assert desk.office.office_id == "TRAINHPCX"
    desk.close()


def test_nothing_of_a_training_day_goes_to_the_general_ledger(live: Desk) -> None:
    desk = open_desk(training_office.ensure(live))
    trainee(desk).play(1)
    accountant = Actor("acc", "Sam Park", "Accountant", Role.ACCOUNTANT)
    assert accountant.may(Act.EXPORT_JOURNAL)
    refused = (
        lambda: exports.gl_journal(desk, accountant, exports.ExportJournal("x", desk.today())),
        lambda: exports.beancount(desk, accountant),
        lambda: ledger_csv.ledger_csv(desk, accountant),
    )
    for export in refused:
        with pytest.raises(NotPermitted, match="nothing of it goes to the general ledger"):
            export()
    desk.close()
