"""What is left of people: the same key again, nobody's refusals, hashes that age, periods that do not exist."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from argon2 import PasswordHasher

from csr_desk.data.queries import heads, people
from csr_desk.domain.errors import BadInput, Ineligible, NotFound, NotPermitted, SelfApproval, TrainingExpired
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.services import (
    corrections,
    hand_overs,
    people_changes,
    people_journal,
    refused_acts,
    secrets_kept,
    staff,
    training_records,
)
from csr_desk.services.setup import demo_secret
from demo_city import City

DAY = date(2026, 7, 14)


def test_nobody_brings_a_deferred_approval_along(city: City) -> None:
    city.open()
    number = city.sell().number
    own = replace(city.yes(Act.VOID, number, 5000), approver=city.who("clerk1"), deferred=True)
    with pytest.raises(SelfApproval):
        corrections.void(city.desk, city.who("clerk1"), corrections.Void(city.key(), number, "why"), own)


def test_the_same_key_changes_a_person_once_and_another_thing_is_a_change_of_its_own(city: City) -> None:
    admin = city.who("admin1")
    change = people_changes.ChangePerson("k", "clerk1", Role.CASHIER, "supervisor1")
    first = people_changes.change_person(city.desk, admin, change)
    again = people_changes.change_person(city.desk, admin, change)
    assert (first.value, first.replayed, again.value, again.replayed) == (again.value, False, first.value, True)
    assert (first.value.role, first.value.supervisor) == (Role.CASHIER, "supervisor1")
    nobody = people_changes.change_person(city.desk, admin, people_changes.ChangePerson("l", "clerk1", supervisor=""))
    assert nobody.value.supervisor == ""
    staff.deactivate(city.desk, admin, "clerk1", "m")
    assert staff.deactivate(city.desk, admin, "clerk1", "m").replayed


def test_a_person_is_not_their_own_supervisor_and_nobody_unknown_is_changed(city: City) -> None:
    admin = city.who("admin1")
    for user, supervisor in (("supervisor1", "supervisor1"), ("clerk1", "nobody"), ("clerk1", "auditor1")):
        change = people_changes.ChangePerson(city.key(), user, supervisor=supervisor)
        with pytest.raises(BadInput):
            people_changes.change_person(city.desk, admin, change)
    with pytest.raises(NotFound):
        people_changes.change_person(city.desk, admin, people_changes.ChangePerson(city.key(), "nobody", Role.CLERK))


def test_what_is_refused_to_somebody_who_is_no_person_of_the_office_is_not_written(city: City) -> None:
    stranger = Actor("stranger", "A Stranger", "None", Role.CLERK)
    assert not refused_acts.report(city.desk, stranger, NotPermitted("no"))


def test_a_hash_of_weaker_settings_is_made_again_at_the_next_right_secret(city: City) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(demo_secret("clerk1"))
    with city.desk.begin() as work:
        people.update_staff(work.conn, "clerk1", {"secret_hash": weak})
    staff.sign_in(city.desk, "clerk1", demo_secret("clerk1"))
    with city.desk.read() as work:
        record = people.one_staff(work.conn, "clerk1")
    assert record is not None
    assert not secrets_kept.is_outdated(record.secret_hash)


def test_nothing_is_written_of_the_hash_of_somebody_who_is_gone(city: City) -> None:
    with city.desk.begin() as work:
        before = heads.all_heads(work.conn)
        people_journal.note_stronger_hash(work, city.desk, "nobody")
        assert heads.all_heads(work.conn) == before


def test_whoever_holds_no_drawer_needs_no_training_and_stands_in_no_list_of_it(city: City) -> None:
    found = {one.user: one for one in training_records.trainings(city.desk)}
    assert set(found) == {"clerk1", "clerk2", "clerk3", "clerk4", "clerk5", "cashier1"}
    assert found["clerk1"].trained_until == date(2029, 1, 12)
    assert training_records.my_training(city.desk, city.who("clerk1")).until == date(2029, 1, 12)
    assert training_records.my_training(city.desk, city.who("supervisor1")).holds


def test_nobody_takes_a_drawer_over_without_a_training_that_holds(city: City) -> None:
    admin = city.who("admin1")
    new = people_changes.AddPerson("k", "newcomer", "New Comer", "CSR I", Role.CLERK, "a long secret")
    people_changes.add_person(city.desk, admin, new)
    batch = city.open()
    pieces = {2000: 10}
    yes = city.yes(Act.HAND_OVER, batch, 20_000, "newcomer")
    command = hand_overs.HandOver("h", "newcomer", pieces, pieces)
    with pytest.raises(TrainingExpired):
        hand_overs.hand_over(city.desk, city.who("clerk1"), command, yes)
    record = training_records.RecordTraining("t", "newcomer", DAY, 90)
    training_records.record_training(city.desk, city.who("supervisor1"), record)
    hand_overs.hand_over(city.desk, city.who("clerk1"), command, yes)


def test_whoever_holds_a_drawer_is_not_retired_for_nobody_else_could_count_it(city: City) -> None:
    city.open()
    with pytest.raises(Ineligible, match="holds drawer HPC-1"):
        people_changes.deactivate(city.desk, city.who("admin1"), "clerk1", "retire")
    assert staff.person(city.desk, "clerk1").user == "clerk1"
