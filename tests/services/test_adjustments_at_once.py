"""Two people at two desks in the same moment: a request is decided once, a bill is never owed below nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest

from csr_desk.domain.errors import BadInput, Refusal, Trouble
from csr_desk.domain.receivable.adjustment import State
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import adjustment_decisions, sell, staff
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.lines import BillLine
from csr_desk.services.verification import verify_desk
from demo_city import City
from services.test_adjustments import account, ask, corrected, credit, owed, plain_bill

ROUNDS = 2


def at_once(city: City, *acts: Callable[[Desk], object]) -> list[object]:
    """Do each act at a desk of its own, all let go together; give what came of each."""
    desks = [open_desk(city.url) for _ in acts]
    gate = threading.Barrier(len(acts))
    found: list[object] = [None] * len(acts)

    def run(at: int) -> None:
        gate.wait()
        try:
            found[at] = acts[at](desks[at])
        except (Refusal, Trouble) as refused:
            found[at] = refused

    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(acts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    for desk in desks:
        desk.close()
    return found


def deciding(number: str, user: str) -> Callable[[Desk], object]:
    command = adjustment_decisions.DecideAdjustment(uuid4().hex, number, yes=True)
    return lambda desk: adjustment_decisions.decide(desk, staff.person(desk, user), command).value


def paying(number: str, cents: int) -> Callable[[Desk], object]:
    tender = Tender(TenderKind.CHECK, cents, number="7")
    command = sell.CompleteSale(uuid4().hex, None, (BillLine("bill", number, cents),), (tender,))
    return lambda desk: sell.complete_sale(desk, staff.person(desk, "clerk1"), command).value


def test_two_supervisors_decide_one_request_and_one_of_them_is_told(city: City) -> None:
    account(city)
    plain_bill(city, "B-1", 100_000)
    for n in range(1, ROUNDS + 1):
        one = ask(city, corrected(1_000))
        found = at_once(city, deciding(one.number, "supervisor1"), deciding(one.number, "supervisor2"))
        assert sorted(isinstance(result, Refusal | Trouble) for result in found) == [False, True]
        assert owed(city) == 100_000 - n * 1_000
    assert verify_desk(city.desk).first_fault is None


@pytest.mark.parametrize("paid", [6_000, 10_000])
def test_a_payment_and_an_approval_of_one_bill_in_the_same_moment_lose_no_cent(city: City, paid: int) -> None:
    account(city)
    city.open()
    for n in range(ROUNDS):
        number = plain_bill(city, f"B-{n}", 10_000)
        before = (owed(city) - 10_000, credit(city))
        one = ask(city, corrected(5_000, number))
        approved, sold = at_once(city, deciding(one.number, "supervisor1"), paying(number, paid))
        assert getattr(approved, "state", None) is State.APPROVED
        # paid first: what was paid above the other 50.00 is credit; approved first: only 50.00 is due, and it is told
        if isinstance(sold, BadInput):
            assert (owed(city) - before[0], credit(city) - before[1]) == (5_000, 0)
        else:
            assert (owed(city) - before[0], credit(city) - before[1]) == (0, paid - 5_000)
    assert verify_desk(city.desk).first_fault is None
