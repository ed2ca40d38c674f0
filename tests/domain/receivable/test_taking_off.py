"""Which month a bill is of, how much was used, where the cents of an adjustment come off, and who decides."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.distribution import Share
from csr_desk.domain.ledger import Posting
from csr_desk.domain.people import Actor, Role
from csr_desk.domain.policy import Policy
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.receivable import adjusting
from csr_desk.domain.receivable.adjusting import CORRECTION, EXCEPTIONAL, LEAK, Case, Step
from csr_desk.domain.receivable.adjustment import decider_of, kind_named, limit_of, may_decide
from csr_desk.domain.receivable.billed import merged
from csr_desk.domain.receivable.taking_off import OpenBill, credit_postings, spread
from csr_desk.domain.receivable.used import Billed, gallons_of, last_day, months_of

JUNE, TODAY = date(2026, 6, 1), date(2026, 7, 14)
WATER, SEWER, DRAIN = Share("8300", "1", "425010"), Share("8300", "1", "425020"), Share("2310", "1", "425090")


@pytest.mark.parametrize(
    ("words", "gallons"),
    [
        ("15,001 gallons", 15_001), ("15001", 15_001), (" 15 kgal ", 15_000), ("4.5 KGAL", 4_500), ("1 gal", 1),
        ("15 × 1,000 gal", 15_000), ("3 thousand gallons", 3_000), ("0", 0), ("7.5", 8),
        ("", None), ("12 ccf", None), ("1,5 gallons", None), ("about 5,000", None), ("5000 kWh", None),
    ],
)  # fmt: skip
def test_a_use_is_read_as_bills_print_it_or_not_at_all(words: str, gallons: int | None) -> None:
    assert gallons_of(words) == gallons


def test_a_bill_is_of_the_month_in_the_middle_of_its_service() -> None:
    period = Billed("A", date(2026, 5, 28), date(2026, 6, 27), date(2026, 7, 2), date(2026, 7, 22))
    read = Billed("B", end=date(2026, 5, 27))
    sent, asked, bare = Billed("C", issued=date(2026, 4, 2)), Billed("D", due=date(2026, 3, 9)), Billed("E")
    assert months_of([bare, asked, sent, read, period], TODAY) == {
        "A": JUNE, "B": date(2026, 5, 1), "C": date(2026, 4, 1), "D": date(2026, 3, 1), "E": date(2026, 7, 1),
    }  # fmt: skip


def test_where_two_periods_fall_into_one_month_the_earlier_is_of_the_free_one_before() -> None:
    days = [date(2026, 5, 31), date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 30)]
    found = months_of([Billed(f"B{n}", end=day) for n, day in enumerate(days)], TODAY)
    assert [found[f"B{n}"].month for n in range(4)] == [5, 6, 7, 8]
    crowded = [Billed(f"B{n}", end=date(2026, month, 5)) for n, month in enumerate((6, 7, 7))]
    assert sorted(months_of(crowded, TODAY).values()) == [JUNE, date(2026, 7, 1), date(2026, 7, 1)]
    assert last_day(date(2028, 2, 1)) == date(2028, 2, 29)


def test_it_comes_off_where_it_was_computed_and_never_below_what_was_paid() -> None:
    bill = OpenBill(((WATER, 10_000), (SEWER, 20_000)), 0, {})
    assert spread(3_000, bill, {WATER.account: 1_000, SEWER.account: 2_000}) == ((WATER, 1_000), (SEWER, 2_000))
    # of what was computed for water 9,000 was paid already: the rest comes off where there is room
    paid = OpenBill(((WATER, 10_000), (SEWER, 20_000)), 9_000, {WATER.account: 9_000})
    assert (paid.open, paid.lacking()) == (21_000, (1_000, 20_000))
    assert spread(3_000, paid, {WATER.account: 3_000}) == ((WATER, 1_000), (SEWER, 2_000))
    # without a computation, by what each still lacks
    assert spread(2_100, paid, {}) == ((WATER, 100), (SEWER, 2_000))


def test_what_is_added_is_spread_as_the_bill_is_and_a_bill_of_nothing_evenly() -> None:
    assert spread(-300, OpenBill(((WATER, 10_000), (SEWER, 20_000)), 0, {}), {}) == ((WATER, -100), (SEWER, -200))
    assert spread(-3, OpenBill(((WATER, 0), (SEWER, 0)), 0, {}), {}) == ((WATER, -2), (SEWER, -1))


def test_where_the_books_do_not_say_what_each_account_got_the_open_amount_is_spread_by_the_bill() -> None:
    twice = OpenBill(((WATER, 100), (WATER, 300)), 100, {WATER.account: 100})
    assert twice.lacking() == (75, 225)
    other = OpenBill(((WATER, 100), (SEWER, 300)), 200, {"9.9.9": 200})
    assert other.lacking() == (50, 150)
    assert merged([(WATER, 100), (SEWER, 5), (WATER, -40)]) == ((WATER, 60), (SEWER, 5))


@given(
    st.lists(st.integers(0, 10**6), min_size=3, max_size=3),
    st.integers(0, 100),
    st.integers(0, 100),
    st.lists(st.integers(-50, 10**6), min_size=3, max_size=3),
)
def test_the_parts_add_up_and_no_account_goes_below_nothing(
    cents: list[int], paid: int, off: int, wanted: list[int]
) -> None:
    shares = (WATER, SEWER, DRAIN)
    parts = tuple(zip(shares, cents, strict=True))
    bill = OpenBill(parts, sum(cents) * paid // 100, {})
    less = spread(bill.open * off // 100, bill, {s.account: w for s, w in zip(shares, wanted, strict=True)})
    assert sum(part for _, part in less) == bill.open * off // 100
    assert all(0 <= part <= had for (_, part), (_, had) in zip(less, parts, strict=True))


def test_what_was_paid_is_taken_out_of_revenue_and_owed_to_the_account() -> None:
    booked = {WATER.account: 400, SEWER.account: 600, DRAIN.account: -5}
    assert credit_postings(300, booked, {}) == (
        Posting(WATER.account, 120), Posting(SEWER.account, 180), Posting(HOUSE.on_account, -300),
    )  # fmt: skip
    assert credit_postings(300, booked, {WATER.account: 240, SEWER.account: 60, DRAIN.account: 9}) == (
        Posting(WATER.account, 240), Posting(SEWER.account, 60), Posting(HOUSE.on_account, -300),
    ), "what the computation takes off comes out first"  # fmt: skip
    assert credit_postings(500, booked, {WATER.account: 1_000}) == (
        Posting(WATER.account, 400), Posting(SEWER.account, 100), Posting(HOUSE.on_account, -500),
    ), "no account gives more than it was booked"  # fmt: skip


def test_tiers_say_who_decides() -> None:
    policy = Policy()
    assert [decider_of(cents, policy) for cents in (50_000, -50_000, 50_001, 1_000_000, 1_000_001)] == [
        Role.SUPERVISOR, Role.SUPERVISOR, Role.ACCOUNTANT, Role.ACCOUNTANT, None,
    ]  # fmt: skip
    supervisor = Actor("s", "S", "Supervisor", Role.SUPERVISOR)
    assert may_decide(supervisor, -50_000, policy)
    assert not may_decide(supervisor, 50_001, policy)
    assert limit_of(Role.CLERK, policy) == 0


def test_kinds_go_by_their_code_their_name_and_their_section() -> None:
    for name in ("lka", "LKA", "leak", "Repaired leak", "47-74"):
        assert kind_named(name) is LEAK
    assert kind_named("Unusually large bill") is kind_named("47-75") is kind_named("large-bill")
    assert kind_named("exceptional circumstances") is EXCEPTIONAL
    assert kind_named("waiver") is None


def case(kind: adjusting.Kind = EXCEPTIONAL, **evidence: str) -> Case:
    return Case(kind, (JUNE,), TODAY, evidence)


def test_an_amount_that_was_computed_elsewhere_is_looked_at_as_far_as_it_can_be() -> None:
    sheet = adjusting.taken_over(case(circumstances="Flood"), 5_000, [9_000])
    assert (sheet.eligible, sheet.amount, sheet.by_month) == (True, 5_000, ((JUNE, 5_000),))
    assert Step("Use above 200 % of the average", "no use on record: look at the evidence") in sheet.steps
    assert [step.words for step in adjusting.taken_over(case(), 9_001, [9_000]).failed] == [
        "Circumstances", "No more than",
    ]  # fmt: skip
    rich = adjusting.taken_over(case(circumstances="Flood"), 1_000_001, [2_000_000])
    assert [step.figure for step in rich.failed] == ["10,000.00"]
    assert not adjusting.taken_over(case(circumstances="Flood"), 0, [9_000]).eligible
    assert not adjusting.taken_over(case(circumstances="Flood"), -1, [9_000]).eligible


def test_a_correction_goes_up_or_down_and_a_month_that_was_adjusted_is_no_hindrance() -> None:
    found = Case(CORRECTION, (JUNE,), TODAY, {"finding": "Misread"}, adjusted_before=(JUNE,))
    up = adjusting.taken_over(found, -1_250, [9_000])
    assert (up.eligible, up.amount, up.steps[-1]) == (True, -1_250, Step("Is added", "12.50"))
    assert adjusting.taken_over(found, 1_250, [9_000]).steps[-1] == Step("Comes off", "12.50")
    assert not adjusting.taken_over(found, 0, [0]).eligible
    assert adjusting.taken_over(found, -5, [0]).by_month == ((JUNE, -5),)
