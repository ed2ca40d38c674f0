"""The difference finder on 1,000 seeded days with one planted error each, on quiet days, and on days beyond it."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from csr_desk.domain.difference import Kind, candidates, unexplained
from csr_desk.domain.difference.guesses import ONE
from csr_desk.domain.difference.ranking import FINDERS, Finder
from difference_errors import day_with, day_without_error
from difference_measure import DAYS, FIRST, FIRST_THREE, Measured, beyond, measure, measured_days


@pytest.fixture(scope="module")
def measured() -> Measured:
    """Measure once."""
    return measured_days()


def test_the_true_cause_is_first_in_four_of_five_days_and_in_the_first_three_in_95_of_100(measured: Measured) -> None:
    assert measured.days == 1000
    assert measured.first * 100 >= FIRST * measured.days
    assert measured.in_three * 100 >= FIRST_THREE * measured.days


def test_every_kind_of_error_was_planted_equally_often_and_none_is_mostly_missed(measured: Measured) -> None:
    assert set(measured.kinds) == set(Kind)
    numbers = {row.days for row in measured.kinds.values()}
    assert max(numbers) - min(numbers) <= 1
    assert {kind: row for kind, row in measured.kinds.items() if row.in_three * 3 < row.days * 2} == {}


def test_what_is_called_strong_is_right_in_nine_of_ten_days(measured: Measured) -> None:
    assert measured.strong_right * 10 >= measured.strong * 9


def test_a_day_that_agrees_has_no_cause() -> None:
    assert beyond().quiet_claimed == 0
    facts = day_without_error(1)
    assert (candidates(facts), unexplained(facts, ())) == ((), ())


def test_a_difference_that_no_error_made_is_mostly_said_to_be_unexplained() -> None:
    found = beyond()
    assert found.unknown_said * 10 >= found.unknown * 9
    assert found.unknown_strong * 10 <= found.unknown


@pytest.fixture
def figures() -> ModuleType:
    """tools/difference_figures.py, which is no part of a package."""
    path = Path(__file__).resolve().parents[2] / "tools" / "difference_figures.py"
    spec = importlib.util.spec_from_file_location("difference_figures", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_document_of_the_finder_says_what_is_measured(figures: ModuleType) -> None:
    written = figures.DOCUMENT.read_text(encoding="utf-8")
    words = "docs/difference-finder.md is stale: run python tools/difference_figures.py"
    assert written == figures.document(written), words


def without(*names: str) -> tuple[Finder, ...]:
    """Return the finders but those."""
    left = tuple(find for find in FINDERS if find.__name__ not in names)
    assert len(left) == len(FINDERS) - len(names)
    return left


@pytest.mark.parametrize(
    "weakened",
    [without("transpositions"), without("extra"), without("item_missing")],
    ids=["no transpositions", "no receipts too many", "no missing items"],
)
def test_a_finder_that_looks_for_less_fails_the_bar(weakened: Iterable[Finder]) -> None:
    found = measure(DAYS // 2, tuple(weakened))
    assert found.in_three * 100 < FIRST_THREE * found.days


def test_a_finder_that_believes_a_cause_without_counting_its_places_fails_the_bar() -> None:
    """Each guess as heavy as any other: what fits in many places by chance then comes before what fits in one."""
    found = measure(DAYS // 2, tuple(_flat(find) for find in FINDERS))
    assert found.first * 100 < FIRST * found.days


def _flat(find: Finder) -> Finder:
    return lambda facts, tender: (replace(guess, weight=ONE) for guess in find(facts, tender))


def test_the_finder_gets_nothing_that_tells_the_planted_error() -> None:
    """The same seed without its error has the same receipts but for what the error keyed: no field names a kind."""
    facts, truth = day_with(Kind.TRANSPOSITION, 1)
    assert truth.kind.value not in repr(facts)
    assert {type(part).__name__ for part in facts.receipts} == {"ReceiptFact"}
