"""What is owed on any day, how old it is, and what the statement and its coupon say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.distribution import Share
from csr_desk.domain.receipt import Office
from csr_desk.domain.receivable import scan_line
from csr_desk.domain.receivable.ageing import Aged
from csr_desk.domain.receivable.billed import BILL_FIELDS, ITEM_FIELDS, leaf, merged, parts_of, rows_hash, shares_text
from csr_desk.domain.receivable.penalty import PenaltyRule
from csr_desk.domain.receivable.statement import (
    AccountHead,
    Move,
    MoveKind,
    Spared,
    StatedBill,
    Statement,
    Story,
    statement_of,
    total_aged,
)

START = date(2026, 1, 1)
OFFICE = Office("HPC", "Center", (), "", "America/Chicago", training=False, demonstration=False)
HEAD = AccountHead("0041-2277-9", "water", "Rosa Villarreal")
DAYS = st.integers(0, 400).map(lambda days: START + timedelta(days=days))


@st.composite
def stories(draw: st.DrawFn) -> Story:
    """Bills with payments, penalties and adjustments on any days, and credit."""
    bills, moves = [], []
    for n in range(draw(st.integers(0, 4))):
        issued, amount = draw(DAYS), draw(st.integers(1, 100_000))
        bills.append(StatedBill(f"B-{n}", "water", amount, draw(st.none() | DAYS), issued))
        moves.append(Move(issued, MoveKind.BILL, amount, f"B-{n}"))
        kinds = st.sampled_from([MoveKind.PAYMENT, MoveKind.PENALTY, MoveKind.ADJUSTMENT])
        for kind in draw(st.lists(kinds, max_size=4)):
            cents = draw(st.integers(1, 100_000))
            moves.append(Move(draw(DAYS), kind, cents if kind is MoveKind.PENALTY else -cents, f"B-{n}"))
    credit = draw(st.lists(st.tuples(DAYS, st.integers(-50_000, 50_000)), max_size=3))
    moves.extend(Move(day, MoveKind.PAID_AHEAD, cents) for day, cents in credit)
    return Story(tuple(bills), tuple(moves))


@given(stories(), DAYS)
def test_the_columns_of_age_are_the_balance_on_any_day(story: Story, day: date) -> None:
    assert story.aged(day).total == story.balance(day)
    assert all(cents >= 0 for cents in story.aged(day).columns[1:])


@given(stories(), DAYS, st.integers(0, 90))
def test_a_statement_begins_where_the_one_before_it_ended(story: Story, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    made = statement_of(OFFICE, HEAD, story, (first, last))
    assert made.opening == story.balance(first - timedelta(days=1))
    assert made.closing == story.balance(last) == made.aged.total
    after = statement_of(OFFICE, HEAD, story, (last + timedelta(days=1), last + timedelta(days=30)))
    assert after.opening == made.closing
    assert 0 <= made.past_due <= max(made.closing, 0)
    assert made.late_amount >= made.closing


@given(stories(), DAYS)
def test_a_coupon_reads_back_as_what_is_owed(story: Story, last: date) -> None:
    made = statement_of(OFFICE, HEAD, story, (START, last))
    if made.closing <= 0:
        assert made.scan_line == ""
        return
    coupon = scan_line.read(made.scan_line)
    assert coupon is not None
    assert (coupon.account, coupon.net) == ("00004122779", made.closing)
    assert (coupon.due, coupon.gross) == (made.pay_by, made.late_amount)


def stated(story: Story, account: str = "0041-2277-9") -> Statement:
    return statement_of(OFFICE, replace(HEAD, account=account), story, (START, START + timedelta(days=30)))


def one_bill(due: int | None, amount: int = 10_000, rule: PenaltyRule | None = None) -> Story:
    """One bill, issued on the first day, due so many days after it."""
    day = None if due is None else START + timedelta(days=due)
    bill = StatedBill("B-1", "water", amount, day, START, rule=rule)
    return Story((bill,), (Move(START, MoveKind.BILL, amount, "B-1"),))


def test_an_account_with_letters_or_too_many_figures_has_no_line_of_figures() -> None:
    assert stated(one_bill(40)).scan_line
    assert stated(one_bill(40), "ALM-77120").scan_line == ""
    assert stated(one_bill(40), "123456789012").scan_line == ""


def test_what_is_due_on_the_last_day_is_not_past_due() -> None:
    assert (stated(one_bill(30)).past_due, stated(one_bill(30)).pay_by) == (0, START + timedelta(days=30))
    assert (stated(one_bill(29)).past_due, stated(one_bill(29)).pay_by) == (10_000, None)
    assert (stated(one_bill(None)).past_due, stated(one_bill(None)).pay_by) == (0, None)


def test_the_late_amount_counts_only_what_comes_on_the_next_day() -> None:
    ten, patient = PenaltyRule(Decimal(10)), PenaltyRule(Decimal(10), after_days=5)
    assert stated(one_bill(40, rule=ten)).late_amount == 11_000
    assert stated(one_bill(40, rule=patient)).late_amount == 10_000
    assert stated(one_bill(20, rule=ten)).late_amount == 10_000


def test_time_that_was_given_and_a_plan_that_runs_keep_the_penalty_out_of_the_late_amount() -> None:
    """As of the last day of the statement (30): the bill is due ten days later, the penalty the day after that."""
    story = one_bill(40, rule=PenaltyRule(Decimal(10)))

    def late_with(since: int, until: int | None, bills: frozenset[str] | None = None) -> int:
        end = None if until is None else START + timedelta(days=until)
        given_then = Spared(START + timedelta(days=since), end, bills)
        return stated(replace(story, spared=(given_then,))).late_amount

    assert [late_with(30, 41), late_with(30, 40), late_with(31, 50)] == [10_000, 11_000, 11_000]
    covered = frozenset({"B-1"})
    assert [late_with(30, None, covered), late_with(31, None, covered)] == [10_000, 11_000]
    assert [late_with(20, 31, covered), late_with(20, 30, covered)] == [10_000, 11_000]
    assert late_with(20, None, frozenset({"B-2"})) == 11_000


def test_what_came_before_the_program_is_owed_on_any_day() -> None:
    story = Story((StatedBill("B-0", "old", 500, None),), (Move(None, MoveKind.BILL, 500, "B-0"),))
    assert story.balance(date(1999, 1, 1)) == 500
    assert story.between(date(1999, 1, 1), date(2099, 1, 1)) == ()


def test_credit_counts_as_current_and_lowers_the_balance() -> None:
    story = one_bill(0)
    ahead = replace(story, moves=(*story.moves, Move(START, MoveKind.PAID_AHEAD, -300)))
    assert ahead.aged(START + timedelta(days=91)) == Aged(-300, 0, 0, 10_000)
    assert total_aged([stated(ahead), stated(story)]).total == 19_700


def test_the_hash_of_a_load_does_not_ask_for_an_order_but_for_every_figure() -> None:
    bill, item = dict.fromkeys(BILL_FIELDS, "1"), dict.fromkeys(ITEM_FIELDS, "1")
    one, two = leaf(bill, [item]), leaf(bill, [item, item])
    assert rows_hash([one, two]) == rows_hash([two, one]) != rows_hash([one, one, two])
    assert len({one, two, *(leaf({**bill, name: "2"}, [item]) for name in bill)}) == 2 + len(bill)
    assert len({one, *(leaf(bill, [{**item, name: "2"}]) for name in item)}) == 1 + len(item)


def test_shares_of_the_same_account_are_added_up() -> None:
    water, sewer = Share("8300", "2", "425010", percent=Decimal(50)), Share("8300", "2", "425020")
    parts = merged([(water, 100), (sewer, 30), (Share("8300", "2", "425010"), 5)])
    assert [(share.account, cents) for share, cents in parts] == [("8300.2.425010", 105), ("8300.2.425020", 30)]
    assert parts_of(shares_text(parts)) == parts
