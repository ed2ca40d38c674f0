"""The trials of what the projects page reads (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.domain.people import Act
from csr_desk.services import project_boards, project_pages, project_search

if TYPE_CHECKING:
    from services.role_trials import World


def _project(world: World) -> str:
    """Find the project that stands in the city."""
    return project_search.newest_projects(world.city.desk, world.city.who("clerk1"))[0].number


def _page(world: World) -> object:
    return project_pages.project_page(world.city.desk, world.actor, _project(world))


def _moments(world: World) -> object:
    return project_pages.project_moments(world.city.desk, world.actor, _project(world))


PAGE_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "project_pages.project_page": (Act.SEE_PROJECTS, _page),
    "project_pages.project_moments": (Act.SEE_PROJECTS, _moments),
    "project_pages.project_of": (
        Act.SEE_PROJECTS,
        lambda world: project_pages.project_of(world.city.desk, world.actor, "permit:P26-000001-9"),
    ),
    "project_search.find_things": (
        Act.SEE_PROJECTS,
        lambda world: project_search.find_things(world.city.desk, world.actor, "4107 leeland"),
    ),
    "project_search.newest_projects": (
        Act.SEE_PROJECTS,
        lambda world: project_search.newest_projects(world.city.desk, world.actor),
    ),
    "project_boards.work_board": (
        Act.SEE_PROJECTS,
        lambda world: project_boards.work_board(world.city.desk, world.actor),
    ),
    "project_boards.release_board": (
        Act.SEE_PROJECTS,
        lambda world: project_boards.release_board(world.city.desk, world.actor),
    ),
}
