"""Projects and orders for the cashier, tried by every role."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.domain.cart import CartLine
from csr_desk.domain.people import Act
from csr_desk.domain.projects import ProjectState
from csr_desk.services import orders, projects

if TYPE_CHECKING:
    from services.role_trials import World

ALARM = (CartLine("ALM-RES"),)


def _project(world: World) -> str:
    """Have a clerk open a project."""
    command = projects.OpenProject(world.city.key(), "Garage", "900 Bagby St")
    return projects.open_project(world.city.desk, world.city.who("clerk1"), command).value.number


def _order(world: World) -> str:
    """Have a clerk prepare an order."""
    command = orders.PrepareOrder(world.city.key(), ALARM, demo_inputs=True)
    return orders.prepare_order(world.city.desk, world.city.who("clerk1"), command).value.number


def _open(world: World) -> object:
    command = projects.OpenProject(world.city.key(), "Garage", "900 Bagby St")
    return projects.open_project(world.city.desk, world.actor, command)


def _change(world: World) -> object:
    command = projects.ChangeProject(world.city.key(), _somewhere(world), "Misread", site="901 Bagby St")
    return projects.change_project(world.city.desk, world.actor, command)


def _end(world: World) -> object:
    command = projects.EndProject(world.city.key(), _somewhere(world), ProjectState.CLOSED, "Finished")
    return projects.end_project(world.city.desk, world.actor, command)


def _somewhere(world: World) -> str:
    """Give a project to who may keep it; whoever may not is refused before one is looked for."""
    return _project(world) if world.actor.may(Act.KEEP_PROJECTS) else "26-000001"


def _prepare(world: World) -> object:
    command = orders.PrepareOrder(world.city.key(), ALARM, demo_inputs=True)
    return orders.prepare_order(world.city.desk, world.actor, command)


def _cancel(world: World) -> object:
    number = _order(world) if world.actor.may(Act.PREPARE_ORDER) else "SO26-000001"
    return orders.cancel_order(world.city.desk, world.actor, orders.CancelOrder(world.city.key(), number, "Left"))


def _seen(world: World) -> str:
    return _order(world) if world.actor.may(Act.SEE_PROJECTS) else "SO26-000001"


def _seen_project(world: World) -> str:
    return _project(world) if world.actor.may(Act.SEE_PROJECTS) else "26-000001"


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "projects.open_project": (Act.KEEP_PROJECTS, _open),
    "projects.change_project": (Act.KEEP_PROJECTS, _change),
    "projects.end_project": (Act.KEEP_PROJECTS, _end),
    "projects.project_of_number": (
        Act.SEE_PROJECTS,
        lambda w: projects.project_of_number(w.city.desk, w.actor, _seen_project(w)),
    ),
    "orders.orders_on": (Act.SEE_PROJECTS, lambda w: orders.orders_on(w.city.desk, w.actor, _seen_project(w))),
    "orders.due_on": (Act.SEE_PROJECTS, lambda w: orders.due_on(w.city.desk, w.actor, _seen_project(w))),
    "orders.prepare_order": (Act.PREPARE_ORDER, _prepare),
    "orders.cancel_order": (Act.PREPARE_ORDER, _cancel),
    "orders.end_run_out": (
        Act.PREPARE_ORDER,
        lambda w: orders.end_run_out(w.city.desk, w.actor, orders.EndRunOut(w.city.key())),
    ),
    "orders.order": (Act.SEE_PROJECTS, lambda w: orders.order(w.city.desk, w.actor, _seen(w))),
    "orders.order_paper": (Act.SEE_PROJECTS, lambda w: orders.order_paper(w.city.desk, w.actor, _seen(w))),
    "orders.open_orders": (Act.SEE_PROJECTS, lambda w: orders.open_orders(w.city.desk, w.actor)),
}
"""By module and function: the act, and how it is tried."""
