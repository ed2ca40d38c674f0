"""G16: every role tries every act, in every state of a drawer, at one's own and another's; the rest is refused.

The matrix is the one that the tests wrote by hand (``tests/services/test_every_role_and_act.py``); here each of its
cells is tried on both engines and counted, and once more with one permission too many.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from csr_desk.domain import people
from csr_desk.domain.people import PERMISSIONS, Act, Role
from csr_desk.services import setup
from csr_desk.services.desk import open_desk
from demo_city import City
from proof.places import Place, keys_in, places
from proof.table import Row, Tier
from services import role_states
from services.role_states import BY_ROLE, COLUMNS
from services.role_trials import TRIALS, World
from services.test_every_role_and_act import OTHERWISE, expected, outcome_of, somebody
from services.test_role_states import ROLES


@dataclass
class Found:
    """What the cells came to."""

    attempts: int = 0
    refused: int = 0
    altered: int = 0


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Try the cells on each engine; then with one permission opened."""
    logging.disable()
    roles = list(Role) if tier is not Tier.TASTE else [Role.AUDITOR]
    with places(folder) as engines, keys_in(folder / "keys"):
        for place in engines:
            yield row(place, "role and act", acts(place, roles))
            if tier is not Tier.TASTE:  # the suite tries these on SQLite anyway
                yield row(place, "role, act and state", states(place))
        more = {**PERMISSIONS, Role.AUDITOR: PERMISSIONS[Role.AUDITOR] | {Act.DROP}}
        with patch.dict(people.PERMISSIONS, more):
            yield row(engines[0], "an auditor may carry cash", acts(engines[0], [Role.AUDITOR]), broken=True)


def demo(place: Place) -> Callable[[], str]:
    """Make a demo city and give what copies it."""
    return place.copies(setup.make_demo_office)


def acts(place: Place, roles: list[Role]) -> Found:
    """Let each role try each function of the services; a refused one leaves no entry."""
    found, copy, matrix = Found(), demo(place), expected()
    for role in roles:
        url = copy()
        desk = open_desk(url)
        city = City(desk, url)
        world = World.of(city, somebody(city, role))
        before = world.entries
        for allowed in (False, True):
            for name, (act, _) in TRIALS.items():
                if (role in matrix[act]) is not allowed:
                    continue
                came = outcome_of(world, name)
                found.attempts += 1
                found.refused += came != "done"
                found.altered += came != (OTHERWISE.get((name, role), "done") if allowed else "refused by role")
            if not allowed:
                found.altered += world.entries != before
        desk.close()
        place.drop(url)
    return found


def states(place: Place) -> Found:
    """Let each column of people try each act in each state of two drawers."""
    found = Found()
    tables = role_states.tables_of(place.bare())
    for table in tables.values():
        for act, cells in table.items():
            for column, cell in zip(COLUMNS, cells, strict=True):
                found.attempts += 1
                found.refused += cell != role_states.DONE
                found.altered += (cell == BY_ROLE) is (act in PERMISSIONS[ROLES[column.user]])
    return found


def row(place: Place, what: str, found: Found, *, broken: bool = False) -> Row:
    """Lay out what was found."""
    return Row(
        "G16", what, place.engine, found.attempts, found.refused, altered=found.altered,
        remark=f"{found.refused:,} cells refused, none left a trace" if not broken else "", broken_on_purpose=broken,
    )  # fmt: skip
