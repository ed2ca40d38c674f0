"""An auditor reads everything and sees nothing masked in clear, whatever service function is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.errors import BadInput
from csr_desk.domain.masking import HIDDEN
from csr_desk.domain.people import PERMISSIONS, Act, Role
from csr_desk.services import (
    balancing,
    carts_held,
    corrections,
    deposits,
    papers,
    people_changes,
    printing,
    receipts,
    reports,
    role_conflicts,
    suspect_notes,
)
from csr_desk.services.clock import TrainingClock
from demo_city import City
from services.role_trials import DAY, TRIALS, World
from services.test_every_role_and_act import somebody

PHONE, MAIL = "713-555-0142", "rosa@example.com"


def planted(city: City) -> World:
    """A day with a telephone number or an e-mail wherever people key words."""
    auditor = somebody(city, Role.AUDITOR)
    world = World.of(city, auditor)
    clerk = city.who("clerk1")
    number = city.sell(customer=f"Rosa Villarreal · {PHONE}", memo=f"mail {MAIL}").number
    void = corrections.Void(city.key(), number, f"call {PHONE}")
    world.receipt = corrections.void(city.desk, clerk, void, city.yes(Act.VOID, number, 5000)).value.number
    draft = carts_held.CartDraft(city.key(), (CartLine("ALM-RES"),), customer=f"Rosa · {PHONE}")
    carts_held.hold(city.desk, clerk, carts_held.Hold(draft, "", demo_inputs=True))
    passer = suspect_notes.ReportSuspect(
        city.key(), 2000, "MB12345678A", description="Tall, green hat", vehicle="TX ABC-1234", words=f"rang {PHONE}"
    )
    suspect_notes.report_suspect(city.desk, clerk, passer)
    back = balancing.ReturnBatch(city.key(), world.batches["clerk3"], f"ask {MAIL} or {PHONE}")
    balancing.reopen_batch(city.desk, city.who("supervisor1"), back)
    return world


def told(value: object) -> str:
    """Everything that a result says."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else repr(value)


def test_nothing_that_an_auditor_may_ask_for_gives_a_telephone_number_or_an_e_mail(city: City) -> None:
    world = planted(city)
    may = PERMISSIONS[Role.AUDITOR]
    seen = {name: told(trial(world)) for name, (act, trial) in TRIALS.items() if act in may}
    assert len(seen) >= 15
    for secret in (PHONE, MAIL, "green hat", "ABC-1234"):
        assert {name for name, words in seen.items() if secret in words} == set()
    assert HIDDEN in seen["suspect_notes.suspect_notes"]
    assert "Rosa Villarreal · •••-•••-••42" in seen["receipts.receipt"]
    assert "•••@•••" in seen["balancing.batch_sheet"] + told(
        balancing.batch_sheet(city.desk, world.actor, world.batches["clerk3"])
    )


def test_a_supervisor_sees_the_same_receipt_in_clear(city: City) -> None:
    world = planted(city)
    assert PHONE in told(receipts.receipt(city.desk, city.who("supervisor1"), world.receipt))
    assert PHONE not in told(receipts.find_receipts(city.desk, world.actor, "Rosa"))
    assert PHONE in told(receipts.find_receipts(city.desk, city.who("clerk1"), "Rosa"))


def test_a_paper_of_the_outbox_asked_for_by_an_auditor_is_masked_too(city: City) -> None:
    world = planted(city)
    jobs = printing.pending_prints(city.desk, city.who("clerk1"))
    seen = [told(papers.paper_of(city.desk, world.actor, job)) for job in jobs]
    assert seen
    assert not [words for words in seen if PHONE in words or MAIL in words]
    assert [words for words in seen if "•••-•••-••42" in words]


def test_who_stands_on_both_sides_is_told_with_the_entries(city: City) -> None:
    world = World.of(city, somebody(city, Role.AUDITOR))
    auditor = world.actor
    calm = role_conflicts.role_conflicts(city.desk, auditor, DAY, DAY)
    assert (calm.roles, calm.people) == ((), ())
    # supervisor2 accepted HPC-3 this morning; made an accountant since, they confirm the deposit of HPC-4
    change = people_changes.ChangePerson(city.key(), "supervisor2", Role.ACCOUNTANT)
    people_changes.change_person(city.desk, city.who("admin1"), change)
    clock = city.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now() + timedelta(minutes=1))
    deposits.confirm_deposit(
        city.desk, city.who("supervisor2"), deposits.ConfirmDeposit(city.key(), world.bag, DAY, 5000)
    )
    data = reports.report(city.desk, auditor, "role_conflicts", DAY, DAY)
    (found,) = data["people"]
    assert (found["person"], found["duties"]) == ("supervisor2", ["approve_batch", "reconcile_bank"])
    assert ("deposit_confirmed", False) in [(one["kind"], one["signed"]) for one in found["entries"]]


def test_a_period_that_ends_before_it_begins_is_refused(sqlite_city: City) -> None:
    with pytest.raises(BadInput):
        role_conflicts.role_conflicts(sqlite_city.desk, sqlite_city.who("auditor1"), DAY + timedelta(days=1), DAY)
