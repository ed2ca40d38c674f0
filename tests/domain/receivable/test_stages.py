"""From a reminder to the cut-off: one step at a time, with the days of the policy between them, and back by payment."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csr_desk.domain.receivable.collection import Cover, OpenBill
from csr_desk.domain.receivable.stages import (
    Ladder,
    Move,
    Stage,
    Standing,
    after_payment,
    may_extend,
    move_to,
    next_stage,
    unfit_after_cut_off,
)
from csr_desk.domain.tender import Tender, TenderKind

LADDER = Ladder(5, 10, 20, {})
DUE = date(2026, 6, 30)


def on(days: int) -> date:
    """So many days after the due date."""
    return DUE + timedelta(days=days)


def test_a_bill_that_is_late_enough_is_reminded_and_one_that_is_not_is_left_alone() -> None:
    assert next_stage(Standing(DUE), LADDER, on(5)) is None
    assert next_stage(Standing(DUE), LADDER, on(6)) is Stage.REMINDER
    assert next_stage(Standing(None), LADDER, on(6)) is None


def test_however_late_a_bill_is_no_step_is_skipped_and_none_comes_sooner_than_the_policy_says() -> None:
    taken, standing = [], Standing(DUE)
    for days in range(100, 160):
        for _ in range(3):  # the round is done three times a day
            stage = next_stage(standing, LADDER, on(days))
            if stage is not None:
                taken.append((stage, days))
                standing = Standing(DUE, stage, on(days))
    assert taken == [(Stage.REMINDER, 100), (Stage.NOTICE, 105), (Stage.LISTED, 115)]


@settings(deadline=None)
@given(
    reminder=st.integers(0, 120), notice=st.integers(0, 120), listed=st.integers(0, 365),
    start=st.integers(0, 400), rounds=st.integers(1, 4),
)  # fmt: skip
def test_no_policy_and_no_number_of_rounds_brings_two_steps_on_one_day(
    reminder: int, notice: int, listed: int, start: int, rounds: int
) -> None:
    ladder, standing, steps = Ladder(reminder, notice, listed, {}), Standing(DUE), []
    for days in range(start, start + 30):
        for _ in range(rounds):
            stage = next_stage(standing, ladder, on(days))
            if stage is not None:
                steps.append((stage, days))
                standing = Standing(DUE, stage, on(days))
    order = [Stage.REMINDER, Stage.NOTICE, Stage.LISTED]
    assert [stage for stage, _ in steps] == order[: len(steps)]
    assert len({days for _, days in steps}) == len(steps)


def test_more_time_and_a_plan_hold_the_next_step_until_they_end() -> None:
    reminded = Standing(DUE, Stage.REMINDER, on(6))
    assert next_stage(reminded, LADDER, on(11)) is Stage.NOTICE
    assert next_stage(Standing(DUE, Stage.REMINDER, on(6), on(30)), LADDER, on(30)) is None
    assert next_stage(Standing(DUE, Stage.REMINDER, on(6), on(30)), LADDER, on(31)) is Stage.NOTICE
    assert next_stage(Standing(DUE, Stage.REMINDER, on(6), on_plan=True), LADDER, on(99)) is None


@pytest.mark.parametrize("stage", [Stage.LISTED, Stage.CUT_OFF, Stage.RESTORING])
def test_the_calendar_cuts_nobody_off(stage: Stage) -> None:
    assert next_stage(Standing(DUE, stage, on(21)), LADDER, on(900)) is None


def test_a_payment_ends_every_stage_once_nothing_late_is_left() -> None:
    assert after_payment(Stage.LISTED, 1) is Stage.LISTED
    assert after_payment(Stage.LISTED, 0) is None
    assert after_payment(Stage.CUT_OFF, 0) is Stage.RESTORING
    assert after_payment(Stage.CUT_OFF, 1) is Stage.CUT_OFF
    assert after_payment(None, 0) is None


def test_a_move_leaves_an_account_where_it_says() -> None:
    assert {move: move.stage for move in Move if move.stage is None} == {Move.RESTORED: None, Move.STOPPED: None}
    assert all(move_to(stage).stage is stage for stage in (None, *Stage))


def test_after_a_cut_off_nothing_is_taken_that_the_bank_may_send_back() -> None:
    taken = {kind for kind in TenderKind if not unfit_after_cut_off((Tender(kind),))}
    assert set(TenderKind) - taken == {TenderKind.CHECK, TenderKind.ECHECK}
    assert unfit_after_cut_off((Tender(TenderKind.CASH), Tender(TenderKind.CHECK))) == "Check"


def test_extensions_are_counted_and_never_lie_on_top_of_each_other() -> None:
    assert may_extend(2, 3, None, DUE)
    assert not may_extend(3, 3, None, DUE)
    assert not may_extend(0, 3, DUE, DUE)
    assert may_extend(0, 3, on(-1), DUE)


def test_what_a_plan_covers_is_settled_by_payments_and_adjustments_and_not_unsettled_by_penalties() -> None:
    cover = Cover("B", 9000, 1000)

    def now(amount: int, paid: int) -> OpenBill:
        return OpenBill("B", "Water", DUE, amount, paid)

    assert cover.settled(now(10_000, 1000)) == 0
    assert cover.settled(now(10_000, 4000)) == 3000
    assert cover.settled(now(8000, 1000)) == 2000  # adjusted down by 20.00
    assert cover.settled(now(11_000, 4000)) == 3000  # a penalty of 10.00 came later
    assert cover.settled(now(11_000, 1000)) == 0
    assert cover.settled(None) == 9000
