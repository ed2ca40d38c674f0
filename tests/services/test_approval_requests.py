"""Approvals at another screen: two answers at once, a yes used twice, what the window's clerk and supervisor see."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from csr_desk.domain.approval_request import RequestState
from csr_desk.domain.errors import ApprovalNeeded, BadInput, Conflict, NotPermitted, Refusal, SelfApproval
from csr_desk.domain.people import Act, Role
from csr_desk.services import approval_requests, corrections, people_changes, policies, staff
from csr_desk.services.approval_requests import AskApproval, Decide
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import open_desk
from csr_desk.services.setup import demo_secret
from demo_city import City


def ask(city: City, number: str, amount: int = 5000, user: str = "clerk1") -> str:
    """Ask for the void of a receipt; return the request."""
    command = AskApproval(city.key(), Act.VOID, number, amount, "Void?")
    return approval_requests.ask(city.desk, city.who(user), command).value.request_id


def decide(city: City, request: str, by: str = "supervisor1", *, yes: bool = True) -> None:
    """Answer it."""
    approval_requests.decide(city.desk, city.who(by), Decide(city.key(), request, yes))


def void(city: City, number: str, request: str) -> str:
    """Void with the answer; return the number of the void."""
    clerk = city.who("clerk1")
    yes = approval_requests.answer_of(city.desk, clerk, request).usable()
    command = corrections.Void(city.key(), number, "Wrong item")
    return corrections.void(city.desk, clerk, command, yes).value.number


def test_the_supervisor_sees_the_receipt_with_its_lines_and_what_becomes_of_it(city: City) -> None:
    city.open()
    number = city.sell().number
    ask(city, number)
    (seen,) = approval_requests.waiting(city.desk, city.who("supervisor1"))
    assert (seen.user_name, seen.details.receipt, seen.details.before, seen.details.after) == (
        "Maria Delgado", number, 5000, 0
    )  # fmt: skip
    assert [amount for _, amount in seen.details.lines] == [5000]


def test_of_two_supervisors_who_answer_at_once_the_first_wins_and_the_other_is_told(city: City) -> None:
    city.open()
    request = ask(city, city.sell().number)
    start, told = threading.Barrier(2), []

    def answer(user: str, *, yes: bool) -> None:
        desk = open_desk(city.url)
        try:
            who = staff.person(desk, user)
            start.wait()
            approval_requests.decide(desk, who, Decide(f"key of {user}", request, yes))
            told.append("done")
        except Refusal as refusal:
            told.append(refusal.code)
        finally:
            desk.close()

    threads = [
        threading.Thread(target=answer, args=("supervisor1",), kwargs={"yes": True}),
        threading.Thread(target=answer, args=("supervisor2",), kwargs={"yes": False}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["conflict", "done"]


def test_a_yes_is_used_once_and_only_by_who_asked(city: City) -> None:
    city.open()
    number = city.sell().number
    request = ask(city, number)
    decide(city, request)
    yes = approval_requests.answer_of(city.desk, city.who("clerk1"), request).usable()
    assert void(city, number, request) == "HPC1-0000002"
    with pytest.raises(ApprovalNeeded):
        void(city, number, request)
    other = city.sell().number
    with pytest.raises(ApprovalNeeded):
        corrections.void(city.desk, city.who("clerk1"), corrections.Void(city.key(), other, "again"), yes)
    with pytest.raises(NotPermitted):
        approval_requests.answer_of(city.desk, city.who("clerk2"), request)


def test_the_same_yes_for_the_same_subject_is_refused_the_second_time(city: City) -> None:
    city.open()
    request = ask(city, city.sell().number)
    decide(city, request)
    yes = approval_requests.answer_of(city.desk, city.who("clerk1"), request).usable()
    from dataclasses import replace  # noqa: PLC0415 - only here

    from csr_desk.services import drawers  # noqa: PLC0415 - only here

    drop = drawers.DropCash(city.key(), {2000: 1}, "B1")
    batch = drawers.my_batch(city.desk, city.who("clerk1"))
    assert batch is not None
    signed = replace(yes, act=Act.DROP, subject=batch.batch_id, amount=2000)
    drawers.drop(city.desk, city.who("clerk1"), drop, signed)
    with pytest.raises(ApprovalNeeded, match="used already"):
        drawers.drop(city.desk, city.who("clerk1"), replace(drop, key=city.key()), signed)


def test_a_yes_runs_out_when_the_request_would_have(city: City) -> None:
    city.open()
    number = city.sell().number
    request = ask(city, number)
    decide(city, request)
    clerk, clock = city.who("clerk1"), city.desk.clock
    assert isinstance(clock, TrainingClock)
    clock.set(clock.now() + timedelta(minutes=city.desk.policy.request_minutes))
    late = approval_requests.answer_of(city.desk, clerk, request)
    assert (late.expired, late.settled) == (False, True)
    clock.set(clock.now() + timedelta(seconds=1))
    answer = approval_requests.answer_of(city.desk, clerk, request)
    assert (answer.request.state, answer.expired) == (RequestState.GRANTED, True)
    with pytest.raises(ApprovalNeeded):
        answer.usable()
    assert answer.approval is not None
    with pytest.raises(ApprovalNeeded, match="run out"):
        corrections.void(city.desk, clerk, corrections.Void(city.key(), number, "why"), answer.approval)


def test_nobody_decides_what_they_asked_themselves_even_with_another_role_since(city: City) -> None:
    city.open("clerk2", "HPC-2")
    city.sell(user="clerk2")
    request = ask(city, "HPC2-0000001", user="clerk1")
    change = people_changes.ChangePerson(city.key(), "clerk1", Role.SUPERVISOR)
    people_changes.change_person(city.desk, city.who("admin1"), change)
    assert approval_requests.waiting(city.desk, city.who("clerk1")) == ()
    with pytest.raises(SelfApproval):
        decide(city, request, "clerk1")


def test_a_head_cashier_witnesses_and_decides_no_request_and_a_witness_is_not_asked_from_afar(city: City) -> None:
    city.open()
    request = ask(city, city.sell().number)
    new = people_changes.AddPerson(city.key(), "head1", "Greta Holm", "Head", Role.HEAD_CASHIER, "a long secret")
    people_changes.add_person(city.desk, city.who("admin1"), new)
    with pytest.raises(NotPermitted):
        decide(city, request, "head1")
    with pytest.raises(BadInput, match="stands beside"):
        approval_requests.ask(city.desk, city.who("clerk1"), AskApproval(city.key(), Act.DROP, "b", 2000, "Witness?"))


def test_with_subordinates_only_the_own_supervisor_approves_at_the_station_too(city: City) -> None:
    city.open()
    number = city.sell().number
    admin, clerk = city.who("admin1"), city.who("clerk1")
    policies.set_policy(city.desk, admin, policies.SetPolicy(city.key(), {"approvers": "subordinates"}))
    wish = staff.Grant("supervisor1", demo_secret("supervisor1"), Act.VOID, number, 5000)
    with pytest.raises(NotPermitted, match="Nobody is set"):
        staff.grant(city.desk, clerk, wish)
    change = people_changes.ChangePerson(city.key(), "clerk1", supervisor="supervisor2")
    people_changes.change_person(city.desk, admin, change)
    with pytest.raises(NotPermitted, match="Only Angela Ruiz"):
        staff.grant(city.desk, clerk, wish)
    with pytest.raises(NotPermitted, match="Only Angela Ruiz"):
        corrections.void(
            city.desk, clerk, corrections.Void(city.key(), number, "why"), city.yes(Act.VOID, number, 5000)
        )
    own = staff.Grant("supervisor2", demo_secret("supervisor2"), Act.VOID, number, 5000)
    yes = staff.grant(city.desk, clerk, own)
    done = corrections.void(city.desk, clerk, corrections.Void(city.key(), number, "why"), yes)
    assert done.value.approver == "Angela Ruiz"


def test_a_station_that_saw_no_answer_takes_it_back_only_while_nobody_decided(city: City) -> None:
    city.open()
    request = ask(city, city.sell().number)
    clerk = city.who("clerk1")
    done = approval_requests.withdraw(city.desk, clerk, approval_requests.Withdraw("w", request))
    assert done.value.state is RequestState.WITHDRAWN
    assert approval_requests.withdraw(city.desk, clerk, approval_requests.Withdraw("w", request)).replayed
    with pytest.raises(Conflict):
        decide(city, request)
