"""Anybody does anything in any order, 20,000 times: the program and a page of plain arithmetic never differ.

``CSR_DESK_MACHINE_STEPS=1000000`` runs longer, ``CSR_DESK_MACHINE_SEED=7`` other days. They also depend on the code:
Hypothesis likes the constants that it finds in it, so a change elsewhere may lead to days that nobody tried before.
"""

from __future__ import annotations

import os

import pytest
from sqlalchemy.exc import DBAPIError

from machine import counter
from machine.planted import PLANTS, Plant

STEPS = int(os.environ.get("CSR_DESK_MACHINE_STEPS", "20000"))
BASE = int(os.environ.get("CSR_DESK_MACHINE_SEED", "2026")) * 1_000_000
PARTS = 10
"""Runs that xdist may spread over its workers, each with a seed of its own."""
MOST_TO_FIND = 5_000
"""Steps within which a mistake is noticed."""
EVERY_RUN_DOES = {
    "open_drawer", "sale", "hold", "void", "refund", "count", "submit", "accept", "deposit", "close_day", "confirm",
    "again",
}  # fmt: skip
"""Acts that are done, and not only refused, in every run: the days are days of an office."""


@pytest.mark.timeout(max(600, STEPS // 20))
@pytest.mark.parametrize("part", range(PARTS))
def test_the_program_and_the_model_never_differ(part: int) -> None:
    outcomes = counter.run(BASE + part * 10_000, STEPS // PARTS)
    assert outcomes.total() >= STEPS // PARTS
    assert EVERY_RUN_DOES - {act for act, refusal in outcomes if not refusal} == set()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("plant", PLANTS, ids=lambda plant: str(plant.__name__))
def test_a_planted_mistake_is_noticed(plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    # the same seed as the first part above, which finds nothing
    plant(monkeypatch)
    with pytest.raises((AssertionError, DBAPIError)):
        counter.run(BASE, MOST_TO_FIND)


def test_the_same_seed_gives_the_same_days() -> None:
    first, second = (counter.run(BASE + 1, 150) for _ in range(2))
    assert first == second
