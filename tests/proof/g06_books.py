"""G6: anybody does anything in any order, and the program's books never differ from a page of plain arithmetic.

The machine of ``tests/machine`` on both engines, with days of its own; mistakes planted into the program must be found.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from machine import counter, planted
from machine.station import Files, furnish
from proof.places import Place, keys_in, places
from proof.table import Row, Tier

STEPS = {
    ("sqlite", Tier.TASTE): 100, ("sqlite", Tier.COMMIT): 1_500, ("sqlite", Tier.NIGHT): 20_000,
    ("postgresql", Tier.TASTE): 100, ("postgresql", Tier.COMMIT): 800, ("postgresql", Tier.NIGHT): 20_000,
}  # fmt: skip
PLANTS = {Tier.TASTE: 1, Tier.COMMIT: 3, Tier.NIGHT: len(planted.PLANTS)}
SEED = 4_711_000_000
"""Not the suite's: each proof adds days that the suite did not try."""
FOUND_WITHIN = 5_000


class Offices(Files):
    """Gives each example a database of its own, on the engine that is asked."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._copy: Callable[[], str] = place.copies(furnish)

    def fresh(self) -> str:
        """Give the address of an office that nobody worked in."""
        return self._copy()

    def gone(self, url: str) -> None:
        """Take it away again."""
        self._place.drop(url)


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Run the machine on each engine; then with planted mistakes."""
    logging.disable()
    with places(folder) as engines, keys_in(folder / "keys"):
        for place in engines:
            yield days(Offices(place), place.engine, STEPS[place.engine, tier])
        offices = Offices(engines[0])
        for plant in planted.PLANTS[: PLANTS[tier]]:
            yield spoilt(offices, plant)


def days(offices: Offices, engine: str, steps: int) -> Row:
    """Run days without a mistake."""
    try:
        outcomes = counter.run(SEED, steps, offices)
    except (AssertionError, DBAPIError) as found:
        return Row("G6", "program and arithmetic", engine, steps, 0, altered=1, remark=str(found)[:120])
    refused = sum(number for (_, refusal), number in outcomes.items() if refusal)
    kinds = len({act for act, refusal in outcomes if not refusal})
    return Row(
        "G6", "program and arithmetic", engine, outcomes.total(), refused,
        remark=f"{kinds} kinds of acts done, {refused:,} refusals foretold",
    )  # fmt: skip


def spoilt(offices: Offices, plant: planted.Plant) -> Row:
    """Plant a mistake and run until it is found."""
    name = str(plant.__name__).replace("_", " ")
    with pytest.MonkeyPatch.context() as patch:
        plant(patch)
        try:
            counter.run(2026 * 1_000_000, FOUND_WITHIN, offices)
        except (AssertionError, DBAPIError):
            return Row("G6", name, "sqlite", 1, 1, altered=1, broken_on_purpose=True)
    return Row("G6", name, "sqlite", FOUND_WITHIN, 1, remark="never noticed", broken_on_purpose=True)
