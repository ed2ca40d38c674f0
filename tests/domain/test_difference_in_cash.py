"""What goes wrong with notes and coins, on small drawers whose figures are worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from csr_desk.domain.difference import DropFact, Kind, TenderPart, candidates
from csr_desk.domain.difference.words import piece_word
from csr_desk.domain.drawer import CountSheet, TapeCount
from difference_drawers import MORNING, cash, check, drawer, first, sale, told

PILE = {2000: 12, 1000: 3, 100: 40, 25: 80}


@pytest.mark.parametrize(
    ("off", "pieces", "words"),
    [
        (-2_000, PILE, "A $20 note may stick to another: fan the $20 notes and count them once more."),
        (-4_000, PILE, "2 $20 notes may stick to another: fan the $20 notes and count them once more."),
        (2_000, PILE, "A $20 note may be counted twice: count the $20 notes once more."),
        (-50_000, {500: 120, 25: 80}, "A strap of 100 $5 notes"),
        (1_000, {25: 80, 10000: 1}, "A roll of 40 quarters more or less than was counted: count and weigh the rolls."),
        (2_500, {1000: 5, 100: 40}, "The $10 notes may be another note keyed in the row beside its own"),
    ],
)
def test_miscounted_pieces_are_told_by_what_was_counted(off: int, pieces: Mapping[int, int], words: str) -> None:
    # five fives keyed as tens are 25.00 over; a strap of fives is 500.00, a roll of quarters 10.00
    held = sum(value * number for value, number in pieces.items())
    rest = sale(1, TenderPart("transfer", 1)), sale(2, cash(held - 20_000 - off, 100_000 + held - off))
    one = next(
        one for one in candidates(drawer(*rest, off={"cash": off}, pieces=pieces)) if one.kind is Kind.DENOMINATION
    )
    assert one.sentence.startswith(words)


def test_the_float_left_in_or_taken_out_is_told_by_its_amount_and_its_coins() -> None:
    receipts = (sale(1, cash(41_205)),)
    left = first(drawer(*receipts, off={"cash": 20_000}))
    assert (left.kind, left.amount) == (Kind.FLOAT_LEFT_IN, 20_000)
    out = first(drawer(*receipts, off={"cash": -20_000}, pieces={2000: 20, 1000: 1, 100: 2, 1: 5}))
    assert out.kind is Kind.FLOAT_TAKEN_OUT
    assert out.sentence == "Short by just the float, 200.00: see whether it was set aside before the count."
    # the coins of the float (20.00) lie there still: 380.00 + 10.00 + 2.00 + 20.00 + 0.05 = 412.05
    coins = {2000: 19, 1000: 1, 100: 2, 25: 80, 1: 5}
    held = {one.kind: one for one in candidates(drawer(*receipts, off={"cash": -20_000}, pieces=coins))}
    assert held[Kind.FLOAT_TAKEN_OUT].likelihood < out.likelihood


def test_a_drawer_without_a_float_misses_none() -> None:
    facts = drawer(sale(1, cash(41_205)), off={"cash": -20_000}, float_counted=0, float_pieces={})
    assert Kind.FLOAT_TAKEN_OUT not in {one.kind for one in candidates(facts)}


def test_a_drop_that_was_not_written_down_or_never_carried_is_found() -> None:
    receipts = tuple(sale(at, cash(10_025, 11_000)) for at in range(1, 8))
    out = first(drawer(*receipts, off={"cash": -50_000}))
    assert (out.kind, out.amount) == (Kind.DROP_NOT_RECORDED, 50_000)
    assert out.sentence.startswith("500.00 carried to the safe and not written down")
    drop = DropFact(1, MORNING + timedelta(hours=5), 34_000, {2000: 17})
    still = first(drawer(*receipts, off={"cash": 34_000}, drops=(drop,)))
    assert still.sentence == "Drop #1 of 340.00 may lie in the drawer still: look for its bag in the safe."


def test_a_change_order_that_went_one_way_only_is_found() -> None:
    # a fifty went to the safe for coin and ones that never came
    facts = drawer(
        sale(1, cash(1_765)), off={"cash": -5_000}, pieces={2000: 8, 100: 7, 25: 2, 5: 3}, change_orders=(5_000,)
    )
    found = {one.kind: one for one in candidates(facts)}
    assert found[Kind.DROP_NOT_RECORDED].sentence == (
        "The change order of 50.00 may have gone one way only: count what the safe gave and got."
    )


def test_change_for_another_note_names_the_receipt() -> None:
    # 17.65 of 100.00 are 82.35 back; of 20.00 they would have been 2.35: 80.00 too much went out.
    facts = drawer(sale(1, cash(1_765, 10_000)), sale(2, cash(6_435)), off={"cash": -8_000})
    one = first(facts)
    assert told(facts) == (Kind.CHANGE, "R-1", 10_000, 2_000, 8_000)
    assert one.sentence == "Change for 100.00 where 20.00 was given, receipt R-1: ask who served."


def test_a_note_too_many_or_too_few_in_the_change_is_told() -> None:
    few, much = (
        {one.kind: one for one in candidates(drawer(sale(1, cash(1_765, 10_000)), off={"cash": off}))}[Kind.CHANGE]
        for off in (-1_000, 1_000)
    )
    assert few.sentence == "A $10 note too much in the change of 82.35 on receipt R-1: ask who served."
    assert much.sentence == "A $10 note too little in the change of 82.35 on receipt R-1: ask who served."


def test_what_was_given_is_looked_at_only_where_it_is_one_note() -> None:
    facts = drawer(sale(1, cash(10_400, 12_000)), off={"cash": -8_000})
    assert Kind.CHANGE not in {one.kind for one in candidates(facts)}


def test_coins_missing_besides_do_not_hide_a_cause_and_are_told() -> None:
    facts = drawer(sale(1, cash(6_435)), sale(2, cash(2_780)), off={"cash": -6_460})
    one = first(facts)
    assert (one.kind, one.receipt, one.amount) == (Kind.EXTRA, "R-1", 6_435)
    assert one.evidence[-1] == "0.25 more in coins stays open, within the tolerance."
    assert first(drawer(sale(1, cash(6_435)), off={"cash": -6_435})).likelihood > one.likelihood
    assert first(drawer(sale(1, cash(6_435)), off={"cash": -6_438})).evidence[-1].startswith("0.03")


def test_two_counts_that_differ_speak_for_an_error_of_counting() -> None:
    def weighed(first_count: int) -> int:
        facts = drawer(sale(1, cash(19_400)), off={"cash": -2_000}, pieces={2000: 15, 1000: 7, 100: 4})
        before = CountSheet({2000: first_count, 1000: 7, 100: 4}, {})
        again = drawer(
            sale(1, cash(19_400)), off={"cash": -2_000}, pieces={2000: 15, 1000: 7, 100: 4},
            sheets=(before, facts.sheets[-1]),
        )  # fmt: skip
        return next(one.likelihood for one in candidates(again) if one.kind is Kind.DENOMINATION)

    assert weighed(14) > weighed(15)


def test_a_single_count_says_nothing_of_repetition() -> None:
    facts = drawer(sale(1, check(15_482)), off={"check": -900})
    once = drawer(sale(1, check(15_482)), off={"check": -900}, sheets=facts.sheets[-1:])
    assert "The last two counts are the same." not in first(once).evidence
    differ = drawer(
        sale(1, check(15_482)), off={"check": -900},
        sheets=(CountSheet({1: 20_000}, {"check": TapeCount(1, 15_000)}), facts.sheets[-1]),
    )  # fmt: skip
    assert "The last two counts differ." in first(differ).evidence


def test_pieces_are_named_as_people_name_them() -> None:
    assert [piece_word(1), piece_word(1, many=True), piece_word(25, many=True), piece_word(2000)] == [
        "penny", "pennies", "quarters", "$20 note",
    ]  # fmt: skip
