"""The published weights: each kind of mistake costs exactly what the table says, worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.domain.training_cards import Card, Offer, SoldLine, Turn, Wanted
from csr_desk.domain.training_score import (
    Close,
    Deeds,
    Marks,
    Mistake,
    Sale,
    Score,
    close_points,
    is_served,
    judge,
    mistake_counts,
    score,
    turn_now,
)
from csr_desk.domain.training_visits import Answer, Visit, Words

LINE = SoldLine("WTR-SFR", "1", 6350, (("Meter size", "3/4"), ("Usage (1,000 gallons)", "7")))
CHECK = Tender(TenderKind.CHECK, number="4021")
WANTED = Wanted((CartLine("WTR-SFR"),), (CHECK,), (LINE,), 6350, (("check", 6350),), 0)
REFUSED = Offer("Check no. 4020, dated next week", Tender(TenderKind.CHECK, number="4020"), "post-dated")
CARD = Card(1, Visit.UTILITY, "Alma Reyes", (Turn(Words("water"), (REFUSED, Offer("check", CHECK)), WANTED),), 60)
RIGHT = Sale("T1-0000001", (LINE,), 6350, (("check", 6350),), frozenset({"4021"}), 0)

OTHER = SoldLine("WTR-SFR", "1", 9000, (("Meter size", "1"), ("Usage (1,000 gallons)", "9")))
SECOND = Wanted((CartLine("WTR-SFR"),), (Tender(TenderKind.CHECK, number="4022"),), (OTHER,), 9000,
                (("check", 9000),), 0)  # fmt: skip
WRONG_ACCOUNT = replace(CARD, turns=(CARD.turns[0], Turn(Words("wait"), (), SECOND, voids=True)))
AGAIN = Sale("T1-0000003", (OTHER,), 9000, (("check", 9000),), frozenset({"4022"}), 0)

NO_MONEY = Card(2, Visit.COMPLAINT, "Grace Kim", (Turn(Words("trash"), answer=Answer.CASE),), 30)


def points(card: Card, deeds: Deeds) -> tuple[int, tuple[Mistake, ...]]:
    marks = judge(card, deeds, 30_000)
    return marks.points, marks.mistakes


def test_what_is_right_earns_everything() -> None:
    assert judge(CARD, Deeds((RIGHT,)), 60_000) == Marks(1, 100, (), 60_000, 1000)
    assert points(NO_MONEY, Deeds(answer=Answer.CASE)) == (100, ())
    assert points(WRONG_ACCOUNT, Deeds((replace(RIGHT, voided=True), AGAIN))) == (100, ())


@pytest.mark.parametrize(
    ("wrong", "left", "mistakes"),
    [
        # another item at the same price: only the item is wrong
        ({"sold": (replace(LINE, item="SWR-SFR"),)}, 60, (Mistake.ITEMS,)),
        ({"sold": (replace(LINE, quantity="2"),)}, 60, (Mistake.ITEMS,)),
        ({"sold": (replace(LINE, inputs=(("Meter size", "1"),)),), "total": 7000}, 40, (Mistake.ITEMS, Mistake.TOTAL)),
        ({"total": 6300}, 80, (Mistake.TOTAL,)),
        ({"given": (("cash", 6350),)}, 80, (Mistake.TENDERS,)),
        ({"papers": frozenset({"4012"})}, 80, (Mistake.TENDERS,)),
        ({"change": 150}, 90, (Mistake.CHANGE,)),
        ({"given": (("cash", 7000),), "change": 650}, 70, (Mistake.TENDERS, Mistake.CHANGE)),
        # the post-dated check was taken beside the right one
        ({"papers": frozenset({"4021", "4020"})}, 90, (Mistake.ACTS,)),
    ],
)
def test_each_mistake_costs_what_is_published(
    wrong: dict[str, object], left: int, mistakes: tuple[Mistake, ...]
) -> None:
    assert points(CARD, Deeds((replace(RIGHT, **wrong),))) == (left, mistakes)  # type: ignore[arg-type]


def test_acts_that_should_not_be_or_are_missing_cost_ten() -> None:
    assert points(CARD, Deeds((RIGHT,), no_sales=1)) == (90, (Mistake.ACTS,))
    assert points(CARD, Deeds((RIGHT,), drop_missed=True)) == (90, (Mistake.ACTS,))
    assert points(NO_MONEY, Deeds(answer=Answer.CASE, drop_missed=True)) == (90, (Mistake.ACTS,))
    # one's own mistake taken back and sold right: the result is right, the way was one act too many
    wrong = replace(RIGHT, total=1, voided=True)
    assert points(CARD, Deeds((wrong, replace(RIGHT, receipt="T1-0000003")))) == (90, (Mistake.ACTS,))
    # sold twice, both still standing
    assert points(CARD, Deeds((RIGHT, replace(RIGHT, receipt="T1-0000002")))) == (90, (Mistake.ACTS,))


def test_a_customer_sent_away_or_answered_wrongly_earns_nothing() -> None:
    assert points(CARD, Deeds()) == (0, (Mistake.VISIT,))
    assert points(CARD, Deeds(answer=Answer.FORMS)) == (0, (Mistake.VISIT,))
    assert points(CARD, Deeds((replace(RIGHT, voided=True),))) == (0, (Mistake.VISIT,))
    assert points(NO_MONEY, Deeds(answer=Answer.FORMS)) == (0, (Mistake.VISIT,))
    assert points(NO_MONEY, Deeds((RIGHT,))) == (0, (Mistake.VISIT,))
    assert points(NO_MONEY, Deeds()) == (0, (Mistake.VISIT,))


def test_the_wrong_account_is_two_sales_of_which_the_first_does_not_stand() -> None:
    # the neighbor stays charged: 40 for the items and 10 for the act of the second half: (100 + 50) / 2
    left_standing = Deeds((RIGHT, AGAIN))
    assert points(WRONG_ACCOUNT, left_standing) == (75, (Mistake.ITEMS, Mistake.ACTS))
    # taken back and not sold again: the second half earns nothing
    assert points(WRONG_ACCOUNT, Deeds((replace(RIGHT, voided=True),))) == (50, (Mistake.VISIT,))
    # the wrong item again: the items cost once
    wrong = replace(AGAIN, sold=(LINE,))
    assert points(WRONG_ACCOUNT, Deeds((replace(RIGHT, voided=True), wrong))) == (80, (Mistake.ITEMS,))


def test_a_second_wish_is_heard_after_the_first_is_served() -> None:
    first, voided = Deeds((RIGHT,)), Deeds((replace(RIGHT, voided=True),))
    assert [turn_now(WRONG_ACCOUNT, deeds) for deeds in (Deeds(), first, voided)] == [0, 1, 1]
    assert turn_now(WRONG_ACCOUNT, Deeds((replace(RIGHT, voided=True), AGAIN))) == 2
    assert turn_now(WRONG_ACCOUNT, Deeds((RIGHT, AGAIN))) == 1
    assert [is_served(WRONG_ACCOUNT, deeds) for deeds in (Deeds(), first, voided)] == [False] * 3
    assert is_served(CARD, Deeds((RIGHT,)))
    assert is_served(CARD, Deeds(answer=Answer.DECLINE))
    assert not is_served(NO_MONEY, Deeds())
    assert is_served(NO_MONEY, Deeds((RIGHT,)))
    assert turn_now(NO_MONEY, Deeds()) == 0


@pytest.mark.parametrize(
    ("seconds", "speed"),
    # par 60 seconds: all until 60, none from 180, half at 120; 1000 · (180 − 90) / 120 = 750
    [(0, 1000), (60, 1000), (90, 750), (120, 500), (179, 8), (180, 0), (900, 0)],
)
def test_speed_falls_from_the_par_to_three_times_it(seconds: int, speed: int) -> None:
    assert judge(CARD, Deeds((RIGHT,)), seconds * 1000).speed == speed


def test_a_wrong_visit_earns_nothing_for_speed() -> None:
    assert judge(CARD, Deeds((replace(RIGHT, change=5),)), 1000).speed == 0


def test_the_day_adds_up_by_its_weights() -> None:
    perfect = tuple(Marks(at, 100, (), 1, 1000) for at in range(1, 61))
    assert score(perfect, 60, Close(1, (), 100)) == Score(7000, 2000, 1000)
    assert score(perfect, 60, Close(1, (), 100)).points == 100
    # one visit without its 40 points and its speed: 7000 · 5960 / 6000 = 6953.33, 2000 · 59 / 60 = 1966.67
    spoilt = (*perfect[:-1], Marks(60, 60, (Mistake.ITEMS,), 1, 0))
    assert score(spoilt, 60, Close(1, (), 100)) == Score(6953, 1966, 1000)
    # half of the customers, no close yet
    assert score(perfect[:30], 60) == Score(3500, 1000, 0)


def test_sixty_nine_point_nine_nine_does_not_pass() -> None:
    assert (Score(5999, 1000, 0).points, Score(5999, 1000, 0).passed) == (69, False)
    assert (Score(6000, 1000, 0).points, Score(6000, 1000, 0).passed) == (70, True)


@pytest.mark.parametrize(
    ("close", "earned"),
    [
        (Close(1, (), 100), 1000),
        (Close(1, (-25,), 100), 800),
        (Close(2, (), 100), 700),
        (Close(3, (), 100), 500),
        (Close(2, (-100, 50), 100), 500),
        (Close(0, (-101,), 100), 0),
        (Close(0, (100,), 100), 200),
    ],
)
def test_the_close_earns_by_the_count_that_agreed_and_by_the_balance(close: Close, earned: int) -> None:
    assert close_points(close) == earned


def test_mistakes_are_listed_the_dearest_first() -> None:
    rows = (
        Marks(1, 60, (Mistake.ITEMS,), 1, 0),
        Marks(2, 0, (Mistake.VISIT,), 1, 0),
        Marks(3, 50, (Mistake.ITEMS, Mistake.ACTS), 1, 0),
    )
    assert mistake_counts(rows) == ((Mistake.VISIT, 1), (Mistake.ITEMS, 2), (Mistake.ACTS, 1))
