"""Settling a total, worked out a second time: rounding, split tenders, change from cash only, fees on their part.

The nickel follows the Texas Comptroller (STAR 202512001M) and the Treasury's table of 23 December 2025: 1, 2, 6 and
7 cents go down, 3, 4, 8 and 9 go up, one and two cents alone become a nickel; rounding down is the other way a city
may choose. Pennies offered exactly are taken exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.errors import BadInput, ChangeNotAllowed, TenderRefused
from csr_desk.domain.settle import settle
from csr_desk.domain.tender import Rounding, Settlement, Tender, TenderKind

PAPER = (TenderKind.CHECK, TenderKind.MONEY_ORDER, TenderKind.CASHIERS_CHECK, TenderKind.TRANSFER)
WITH_FEE = (TenderKind.CARD, TenderKind.ECHECK)
NEAREST = {0: 0, 1: -1, 2: -2, 3: 2, 4: 1, 5: 0, 6: -1, 7: -2, 8: 2, 9: 1}
"""What the nearest nickel adds to a cash amount that ends in this cent."""

totals = st.integers(1, 200_000)
modes = st.sampled_from(list(Rounding))


def nickel(due: int, mode: Rounding) -> int:
    """Cash due after rounding, cents."""
    if mode is Rounding.OFF or due == 0:
        return due
    if mode is Rounding.DOWN:
        return due // 5 * 5
    return max(due + NEAREST[due % 10], 5)


def fee_of(kind: TenderKind, part: int) -> int:
    """The published fees of July 2025: cards 2.30 % and at least 1.50, none under 1.00; e-checks 0.50."""
    if kind is TenderKind.ECHECK:
        return 50
    if kind is not TenderKind.CARD:
        return 0
    if part < 100:
        raise TenderRefused
    return max((part * 230 + 5000) // 10_000, 150)


@dataclass(frozen=True)
class Outcome:
    """What must come out, cents."""

    rounding: int
    change: int
    rest: int
    collected: int


def expected(total: int, other: int, cash: int | None, mode: Rounding, fees: int = 0) -> Outcome:
    """Reckon by hand: ``other`` paid by paper and cards, ``cash`` handed over in notes and coins."""
    due = total - other
    if cash is None:
        return Outcome(0, 0, due, other + fees)
    taken = nickel(due, mode)
    if cash == due:
        taken = due
    if cash < taken:
        if cash < due:
            return Outcome(0, 0, due - cash, other + fees + cash)
        taken = due
    return Outcome(taken - due, cash - taken, 0, other + fees + taken)


def outcome(settlement: Settlement) -> Outcome:
    return Outcome(settlement.rounding, settlement.change, settlement.rest, settlement.collected)


def cash(amount: int | None = None) -> Tender:
    return Tender(TenderKind.CASH, amount)


def paper(kind: TenderKind, amount: int | None = None) -> Tender:
    return Tender(kind, amount, number="1001", document="IDT-1")


@pytest.mark.parametrize("mode", list(Rounding))
def test_every_total_up_to_ten_dollars_rounds_as_the_table_says(mode: Rounding) -> None:
    for total in range(1, 1001):
        got = settle(total, [cash(2000)], mode)
        assert outcome(got) == expected(total, 0, 2000, mode), f"{total} cents, {mode}"


@pytest.mark.parametrize(
    ("total", "mode", "taken"),
    [
        (1, Rounding.NEAREST, 5),
        (2, Rounding.NEAREST, 5),
        (3, Rounding.NEAREST, 5),
        (7, Rounding.NEAREST, 5),
        (8, Rounding.NEAREST, 10),
        (1, Rounding.DOWN, 0),
        (4, Rounding.DOWN, 0),
        (9, Rounding.DOWN, 5),
        (1, Rounding.OFF, 1),
        (6437, Rounding.NEAREST, 6435),
        (6438, Rounding.NEAREST, 6440),
        (6438, Rounding.DOWN, 6435),
    ],
)
def test_one_and_two_cents_become_a_nickel_and_the_rest_follows_the_table(
    total: int, mode: Rounding, taken: int
) -> None:
    got = settle(total, [cash(10_000)], mode)
    assert got.change == 10_000 - taken
    assert got.rounding == taken - total


@pytest.mark.parametrize("mode", list(Rounding))
def test_pennies_offered_exactly_are_taken_exactly(mode: Rounding) -> None:
    for total in range(1, 300):
        got = settle(total, [cash(total)], mode)
        assert outcome(got) == Outcome(0, 0, 0, total)


@pytest.mark.parametrize("mode", list(Rounding))
def test_cash_without_an_amount_takes_what_is_left_to_the_nickel(mode: Rounding) -> None:
    for total in range(1, 300):
        got = settle(total, [cash()], mode)
        assert got.collected == nickel(total, mode)
        assert got.rest == got.change == 0
        assert got.rounding == nickel(total, mode) - total


@pytest.mark.parametrize("mode", list(Rounding))
@pytest.mark.parametrize("kind", [*PAPER, *WITH_FEE])
def test_nothing_but_cash_is_ever_rounded(kind: TenderKind, mode: Rounding) -> None:
    for total in (100, 101, 102, 103, 104, 6437):
        got = settle(total, [paper(kind)], mode, fee_of)
        assert got.rounding == got.change == got.rest == 0
        assert got.collected == total + got.fees


@given(total=totals, mode=modes, data=st.data())
def test_a_split_of_paper_and_cash_settles_as_reckoned_by_hand(total: int, mode: Rounding, data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.integers(1, total), max_size=3).filter(lambda p: sum(p) <= total))
    handed = data.draw(st.none() | st.integers(1, 3 * total + 100))
    if handed is not None and sum(parts) == total:
        handed = None
    tenders = [paper(PAPER[at % len(PAPER)], part) for at, part in enumerate(parts)]
    tenders += [] if handed is None else [cash(handed)]
    got = settle(total, tenders, mode)
    assert outcome(got) == expected(total, sum(parts), handed, mode)


@given(total=st.integers(100, 200_000), mode=modes, data=st.data())
def test_fees_are_figured_on_their_own_part_and_stand_on_top(total: int, mode: Rounding, data: st.DataObject) -> None:
    by_card = data.draw(st.integers(100, total))
    by_echeck = data.draw(st.integers(0, total - by_card))
    left = total - by_card - by_echeck
    tenders = [Tender(TenderKind.CARD, by_card)]
    tenders += [Tender(TenderKind.ECHECK, by_echeck)] if by_echeck else []
    tenders += [cash(left + 500)] if left else []
    got = settle(total, tenders, mode, fee_of)
    fees = fee_of(TenderKind.CARD, by_card) + (50 if by_echeck else 0)
    assert got.fees == fees
    assert outcome(got) == expected(total, by_card + by_echeck, left + 500 if left else None, mode, fees)
    shown = {part.tender.kind: (part.applied, part.fee) for part in got.tenders}
    assert shown[TenderKind.CARD] == (by_card, fee_of(TenderKind.CARD, by_card))


@given(total=st.integers(300, 50_000), mode=modes, data=st.data())
def test_the_order_of_tenders_changes_nothing(total: int, mode: Rounding, data: st.DataObject) -> None:
    check = data.draw(st.integers(1, total - 200))
    card = data.draw(st.integers(100, total - check - 1))
    handed = data.draw(st.integers(1, 2 * total))
    tenders = [paper(TenderKind.CHECK, check), Tender(TenderKind.CARD, card), cash(handed)]
    outcomes = {outcome(settle(total, order, mode, fee_of)) for order in permutations(tenders)}
    assert len(outcomes) == 1


@given(total=totals, mode=modes, data=st.data())
def test_books_close_what_is_applied_with_rounding_change_and_rest_is_the_total(
    total: int, mode: Rounding, data: st.DataObject
) -> None:
    check = data.draw(st.integers(0, total - 1))
    handed = data.draw(st.none() | st.integers(1, 3 * total))
    tenders = [paper(TenderKind.CHECK, check)] if check else []
    tenders.append(cash(handed))
    got = settle(total, tenders, mode)
    assert sum(part.applied for part in got.tenders) + got.rest == total
    assert sum(part.given for part in got.tenders) - got.change == total - got.rest + got.rounding
    assert abs(got.rounding) <= 4
    assert got.change >= 0
    assert got.rest >= 0
    assert not (got.rest and got.change)


@given(total=totals, extra=st.integers(1, 10_000), kind=st.sampled_from([*PAPER, *WITH_FEE]), mode=modes)
def test_change_is_given_from_cash_only(total: int, extra: int, kind: TenderKind, mode: Rounding) -> None:
    with pytest.raises(ChangeNotAllowed):
        settle(total, [paper(kind, total + extra)], mode)
    with pytest.raises(ChangeNotAllowed):
        settle(total, [paper(kind, total + extra), cash(500)], mode)


@given(total=totals, mode=modes, kinds=st.permutations([TenderKind.CASH, TenderKind.CARD, TenderKind.CHECK]))
def test_two_tenders_cannot_both_take_what_is_left(total: int, mode: Rounding, kinds: list[TenderKind]) -> None:
    with pytest.raises(BadInput):
        settle(total, [Tender(kinds[0]), Tender(kinds[1])], mode)


@pytest.mark.parametrize("amount", [0, -1, -500])
@pytest.mark.parametrize("kind", list(TenderKind))
def test_a_tender_of_nothing_or_less_is_refused(kind: TenderKind, amount: int) -> None:
    with pytest.raises(BadInput):
        settle(1000, [Tender(kind, amount)], Rounding.OFF)


def test_a_card_part_under_a_dollar_is_refused() -> None:
    with pytest.raises(TenderRefused):
        settle(1000, [cash(901), Tender(TenderKind.CARD, 99)], Rounding.OFF, fee_of)


def test_a_free_item_needs_no_tender() -> None:
    for mode in Rounding:
        assert outcome(settle(0, [], mode)) == Outcome(0, 0, 0, 0)


def test_a_refused_card_is_refused_wherever_it_stands() -> None:
    for tenders in permutations([cash(951), Tender(TenderKind.CARD)]):
        with pytest.raises(TenderRefused):
            settle(1000, list(tenders), Rounding.OFF, fee_of)
