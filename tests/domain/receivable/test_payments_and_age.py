"""How old what is owed is, where a payment lands, what lateness costs, and paying off in parts."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.errors import BadInput
from csr_desk.domain.receivable.ageing import Aged, Open, age, days_late
from csr_desk.domain.receivable.application import Applied, Debt, Part, apply, apply_by_hand, order
from csr_desk.domain.receivable.instalments import (
    Terms,
    behind,
    is_broken,
    least_down,
    make_plan,
    month_later,
    next_due,
)
from csr_desk.domain.receivable.penalty import PenaltyRule, due_penalties, penalty

TODAY = date(2026, 7, 14)
TERMS = Terms(most_parts=12, least_down_percent=25)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def test_each_column_begins_the_day_after_its_bound() -> None:
    open_items = [
        Open(1, None),
        Open(2, ago(0)),
        Open(4, ago(30)),
        Open(8, ago(31)),
        Open(16, ago(60)),
        Open(32, ago(61)),
    ]
    open_items += [Open(64, ago(90)), Open(128, ago(91)), Open(256, TODAY + timedelta(days=5))]
    # current 1+2+4+256, over 30 8+16, over 60 32+64, over 90 128
    assert age(open_items, TODAY) == Aged(263, 24, 96, 128)
    assert age(open_items, TODAY).total == 511
    assert Aged(1, 2, 3, 4) + Aged(10, 20, 30, 40) == Aged(11, 22, 33, 44)
    assert (days_late(None, TODAY), days_late(TODAY, TODAY), days_late(ago(3), TODAY)) == (0, 0, 3)


LATE = Debt("B2", 1, 3_000, ago(40))
LATE_PENALTY = Debt("B2", 2, 300, ago(40), priority=1)
OLDER = Debt("B1", 1, 1_000, ago(70))
NOT_DUE = Debt("B3", 1, 2_000, TODAY + timedelta(days=4))
ON_DEMAND = Debt("B0", 1, 500, None)


def test_late_debts_are_covered_first_the_oldest_in_front_and_a_penalty_before_its_charge() -> None:
    debts = [NOT_DUE, LATE, ON_DEMAND, OLDER, LATE_PENALTY]
    assert order(debts, TODAY) == (OLDER, LATE_PENALTY, LATE, NOT_DUE, ON_DEMAND)
    # 20.00: 10.00 on the oldest, 3.00 penalty, 7.00 of the 30.00
    assert apply(2_000, debts, TODAY) == Applied((Part("B1", 1, 1_000), Part("B2", 2, 300), Part("B2", 1, 700)))


def test_what_exceeds_every_debt_is_credit() -> None:
    assert apply(1_250, [OLDER], TODAY) == Applied((Part("B1", 1, 1_000),), 250)
    assert apply(40, [], TODAY) == Applied((), 40)
    with pytest.raises(BadInput, match="above zero"):
        apply(0, [OLDER], TODAY)


@given(
    st.integers(1, 10**7),
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(-100, 100), st.integers(1, 9)), max_size=12),
)
def test_parts_and_credit_add_up_to_the_payment_and_no_debt_is_overpaid(
    payment: int, rows: list[tuple[int, int, int]]
) -> None:
    debts = [Debt(f"B{n}", 1, cents, ago(days), rank) for n, (cents, days, rank) in enumerate(rows)]
    applied = apply(payment, debts, TODAY)
    assert sum(part.amount for part in applied.parts) + applied.credit == payment
    left = {debt.bill: debt.open for debt in debts}
    for part in applied.parts:
        assert 0 < part.amount <= left[part.bill]
    assert applied.credit == max(0, payment - sum(left.values()))


def test_a_person_may_say_where_it_goes_but_not_pay_more_than_is_open() -> None:
    wanted = [Part("B3", 1, 1_500)]
    assert apply_by_hand(2_000, [OLDER, NOT_DUE], wanted) == Applied(tuple(wanted), 500)
    for wrong, said in (
        ([Part("B9", 1, 1)], "not open"),
        ([Part("B1", 1, 1), Part("B1", 1, 1)], "stands twice"),
        ([Part("B1", 1, 1_001)], "Key that or less"),
        ([Part("B1", 1, 0)], "Key that or less"),
        ([Part("B1", 1, 1_000), Part("B3", 1, 1_500)], "the payment is"),
    ):
        with pytest.raises(BadInput, match=said):
            apply_by_hand(2_000, [OLDER, NOT_DUE], wrong)


def test_a_penalty_is_a_share_of_what_is_open_but_at_least_the_least() -> None:
    # greater of 20.00 or 25 % : 64.37 gives 16.0925, so 20.00; 100.02 gives 25.005, half up 25.01
    rule = PenaltyRule(Decimal(25), 2_000)
    assert (penalty(rule, 6_437), penalty(rule, 10_002), penalty(rule, 0)) == (2_000, 2_501, 0)


def test_penalties_come_after_the_grace_and_again_for_each_period_until_their_number_is_reached() -> None:
    once = PenaltyRule(Decimal(10), after_days=3)
    assert [due_penalties(once, ago(days), TODAY) for days in (0, 3, 4, 400)] == [0, 0, 1, 1]
    monthly = PenaltyRule(Decimal(10), after_days=0, every_days=30, most=3)
    assert [due_penalties(monthly, ago(days), TODAY) for days in (0, 1, 30, 31, 61, 400)] == [0, 1, 1, 2, 3, 3]
    assert due_penalties(PenaltyRule(), ago(9), TODAY) == 0
    assert due_penalties(once, None, TODAY) == 0


def test_instalments_and_down_payment_add_up_and_fall_due_on_the_last_day_of_a_short_month() -> None:
    plan = make_plan(10_000, 2_500, 4, date(2026, 1, 31), TERMS)
    assert [(part.due.isoformat(), part.amount) for part in plan.parts] == [
        ("2026-01-31", 1_875), ("2026-02-28", 1_875), ("2026-03-31", 1_875), ("2026-04-30", 1_875),
    ]  # fmt: skip
    # 75.01 in four: the odd cent goes to the first
    assert [part.amount for part in make_plan(10_001, 2_500 + 1, 4, TODAY, TERMS).parts] == [1_875] * 4
    assert [part.amount for part in make_plan(10_002, 2_501, 4, TODAY, TERMS).parts] == [1_876, 1_875, 1_875, 1_875]
    assert month_later(date(2026, 12, 5), 2) == date(2027, 2, 5)


@given(st.integers(100, 10**8), st.integers(1, 12), st.integers(0, 74))
def test_any_plan_adds_up_to_what_is_owed(total: int, parts: int, more: int) -> None:
    down = least_down(total, TERMS) + total * more // 101
    if down >= total or total - down < parts:
        return
    plan = make_plan(total, down, parts, TODAY, TERMS)
    assert plan.down + sum(part.amount for part in plan.parts) == total
    assert max(part.amount for part in plan.parts) - min(part.amount for part in plan.parts) <= 1


def test_a_plan_is_broken_when_an_instalment_is_late_and_says_what_is_missing() -> None:
    plan = make_plan(10_000, 2_500, 3, date(2026, 8, 14), TERMS)
    assert behind(plan, 2_500, date(2026, 8, 13)) == 0
    assert behind(plan, 3_000, date(2026, 8, 14)) == 2_000
    assert not is_broken(plan, 2_500, date(2026, 8, 14))
    assert is_broken(plan, 2_500, date(2026, 8, 15))
    assert not is_broken(plan, 2_500, date(2026, 8, 17), grace_days=3)
    assert not is_broken(plan, 5_000, date(2026, 9, 13))
    first, last = plan.parts[0], plan.parts[-1]
    assert (next_due(plan, 2_500), next_due(plan, 7_500), next_due(plan, 10_000)) == (first, last, None)


def test_terms_of_a_plan_are_kept() -> None:
    assert least_down(10_001, TERMS) == 2_501
    for total, down, parts, said in (
        (0, 0, 1, "nothing owed"),
        (10_000, 2_500, 13, "1 to 12"),
        (10_000, 2_499, 4, "25.00 at least"),
        (10_000, 10_000, 4, "below all"),
        (5, 2, 4, "a cent at least"),
    ):
        with pytest.raises(BadInput, match=said):
            make_plan(total, down, parts, TODAY, TERMS)
