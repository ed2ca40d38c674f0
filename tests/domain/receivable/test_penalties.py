"""Penalties by date and by count, and the rule as a bill keeps it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.receivable.penalty import (
    PenaltyRule,
    checked_rule,
    counted_since,
    due_penalties,
    penalty,
    penalty_words,
    rule_of,
    rule_text,
)

DUE = date(2026, 7, 1)
RECLOSE = PenaltyRule(steps=(0, 7_700, 23_612))
"""Houston Code 47-70(e): 0.00, 77.00, then 236.12 each time."""

RULES = st.builds(
    PenaltyRule,
    percent=st.decimals(0, 100, places=2),
    least=st.integers(0, 10_000),
    after_days=st.integers(0, 60),
    every_days=st.integers(0, 60),
    most=st.integers(1, 12),
    steps=st.lists(st.integers(0, 50_000), max_size=4).map(tuple),
    months=st.integers(1, 36),
)


def test_the_nth_late_bill_costs_the_nth_amount_and_the_last_one_stays() -> None:
    assert [penalty(RECLOSE, 1_000, nth) for nth in (1, 2, 3, 4, 9)] == [0, 7_700, 23_612, 23_612, 23_612]
    assert penalty(RECLOSE, 0, 3) == 0
    assert penalty_words(RECLOSE, 1_000, 2) == "late bill 2 within 12 months: 77.00"


def test_a_first_time_that_costs_nothing_is_still_a_penalty_that_is_due() -> None:
    assert due_penalties(RECLOSE, DUE, DUE + timedelta(days=1)) == 1
    assert due_penalties(PenaltyRule(steps=(0, 0)), DUE, DUE + timedelta(days=1)) == 0


def test_the_greater_of_a_share_and_an_amount_says_both() -> None:
    rule = PenaltyRule(Decimal(25), 2_000)
    assert [penalty(rule, cents) for cents in (6_437, 8_000, 8_002, 10_000)] == [2_000, 2_000, 2_001, 2_500]
    assert penalty_words(rule, 10_000) == "25 % of 100.00 = 25.00; at least 20.00"


def test_months_are_counted_back_from_the_day_of_the_penalty() -> None:
    assert counted_since(RECLOSE, date(2026, 7, 14)) == date(2025, 7, 14)
    assert counted_since(PenaltyRule(months=6), date(2026, 8, 31)) == date(2026, 2, 28)


@given(RULES)
def test_a_bill_keeps_its_rule_exactly(rule: PenaltyRule) -> None:
    text = rule_text(rule)
    assert (text is None) == (not rule.costs)
    if text is not None:
        assert rule_of(text) == rule
        assert rule_text(rule_of(text)) == text


@given(RULES, st.integers(0, 10**9), st.integers(1, 20), st.integers(-30, 400))
def test_no_penalty_comes_before_its_day_and_none_is_below_its_least(
    rule: PenaltyRule, cents: int, nth: int, days: int
) -> None:
    due = due_penalties(rule, DUE, DUE + timedelta(days=days))
    assert 0 <= due <= rule.most
    assert due == 0 or days > rule.after_days
    least = rule.steps[min(nth, len(rule.steps)) - 1] if rule.steps else rule.least
    assert penalty(rule, cents, nth) >= (least if cents else 0)


@pytest.mark.parametrize(
    "text",
    [
        "ten percent", "[]", "{}", "null", '{"percent":"ten"}', '{"percent":"-1"}', '{"percent":"1e99"}',
        '{"percent":"10.00"}', '{"percent": "10"}', '{"least":"20"}', '{"least":20.5}', '{"steps":5}', '{"cost":1}',
        "[" * 90_000,
    ],
)  # fmt: skip
def test_a_rule_that_somebody_else_wrote_is_told_in_words_and_never_guessed(text: str) -> None:
    with pytest.raises(Trouble, match="not as the program wrote it"):
        rule_of(text)


def test_what_costs_nothing_is_no_rule() -> None:
    assert rule_text(None) is rule_text(PenaltyRule()) is None
    assert rule_of(None) is rule_of("") is None
    assert rule_text(PenaltyRule(Decimal("10.00"))) == '{"percent":"10"}'


@pytest.mark.parametrize(
    "rule",
    [
        PenaltyRule(Decimal(101)),
        PenaltyRule(Decimal(-1)),
        PenaltyRule(Decimal("NaN")),
        PenaltyRule(least=-1),
        PenaltyRule(least=10**14),
        PenaltyRule(steps=(1,) * 13),
        PenaltyRule(steps=(-1,)),
        PenaltyRule(after_days=-1),
        PenaltyRule(every_days=4_000),
        PenaltyRule(most=0),
        PenaltyRule(months=0),
    ],
)
def test_a_rule_that_no_ordinance_could_mean_is_refused(rule: PenaltyRule) -> None:
    with pytest.raises(BadInput):
        checked_rule(rule)
    assert checked_rule(PenaltyRule(Decimal(10))) == PenaltyRule(Decimal(10))
