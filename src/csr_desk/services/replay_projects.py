"""The steps of the counter script for projects and for orders that another counter takes the money for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import plain
from csr_desk.domain.orders import Order
from csr_desk.domain.people import Actor
from csr_desk.domain.projects import Project, ProjectState
from csr_desk.services import orders, project_search, projects
from csr_desk.services.desk import Desk
from csr_desk.services.replay_results import of_priced
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]
_CHANGED = ("title", "site", "customer", "contractor")


def open_project(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Open a project."""
    command = projects.OpenProject(
        step.key, step.text("title"), step.text("site"), step.text("customer"), step.text("contractor")
    )
    return _of_project(projects.open_project(desk, actor_of(actor), command).value)


def change_project(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Correct a project."""
    new = {name: step.text(name) if name in step.data else None for name in _CHANGED}
    command = projects.ChangeProject(
        step.key, step.needed("project"), step.text("reason"), new["title"], new["site"], new["customer"],
        new["contractor"],
    )  # fmt: skip
    return _of_project(projects.change_project(desk, actor_of(actor), command).value)


def end_project(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Close a project, call it off, or open it again."""
    try:
        state = ProjectState(step.text("state") or ProjectState.CLOSED.value)
    except ValueError:
        raise BadInput("A project is closed, cancelled or open.", field="state") from None
    command = projects.EndProject(step.key, step.needed("project"), state, step.text("reason"))
    return _of_project(projects.end_project(desk, actor_of(actor), command).value)


def project(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Show a project with its orders and what is due on it."""
    who, number = actor_of(actor), step.needed("project")
    return {
        **_of_project(projects.project_of_number(desk, who, number)),
        "orders": [
            {"order": one.number, "state": one.standing(desk.today()).value, "total": plain(one.total)}
            for one in orders.orders_on(desk, who, number)
        ],
        "due": plain(orders.due_on(desk, who, number)),
    }


def find_things(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Find projects, orders, permits and releases by any scrap."""
    found = project_search.find_things(desk, actor_of(actor), step.needed("text"))
    return {
        "found": [
            {"noun": one.noun, "number": one.number, "title": one.title, "project": one.project or None}
            for one in found.hits
        ],
        "more": found.more,
        "slip": found.slip,
    }


def prepare_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Price an order for the cashier."""
    command = orders.PrepareOrder(
        step.key,
        step.lines(),
        step.text("project"),
        step.text("customer_id"),
        step.text("contractor"),
        step.text("customer"),
        step.text("memo"),
        step.flag("demo_inputs"),
    )
    return _of_order(desk, orders.prepare_order(desk, actor_of(actor), command).value)


def cancel_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Call an order off."""
    command = orders.CancelOrder(step.key, step.needed("order"), step.text("reason"))
    return _of_order(desk, orders.cancel_order(desk, actor_of(actor), command).value)


def end_run_out(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """End the orders whose last day is over."""
    done = orders.end_run_out(desk, actor_of(actor), orders.EndRunOut(step.key)).value
    return {"orders": [one.number for one in done]}


def order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Show an order."""
    return _of_order(desk, orders.order(desk, actor_of(actor), step.needed("order")))


def open_orders(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """List the orders that wait for a cashier."""
    found = orders.open_orders(desk, actor_of(actor))
    return {"orders": [{"order": one.number, "total": plain(one.total)} for one in found]}


def _of_project(one: Project) -> dict[str, Any]:
    return {
        "project": one.number,
        "title": one.title,
        "site": one.site,
        "customer": one.customer_id or None,
        "owner": one.customer or None,
        "contractor": one.contractor or None,
        "state": one.state.value,
        "opened_on": one.opened_on.isoformat(),
        "closed_on": one.closed_on.isoformat() if one.closed_on else None,
    }


def _of_order(desk: Desk, one: Order) -> dict[str, Any]:
    return {
        "order": one.number,
        "project": one.project or None,
        "customer_id": one.customer_id or None,
        "customer": one.customer_name or None,
        "contractor": one.contractor or None,
        "state": one.standing(desk.today()).value,
        "lines": of_priced(one.lines),
        "total": plain(one.total),
        "price_date": one.price_date.isoformat(),
        "expires_on": one.expires_on.isoformat(),
        "receipt": one.receipt or None,
    }


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "open_project": open_project,
    "change_project": change_project,
    "end_project": end_project,
    "project": project,
    "find_things": find_things,
    "prepare_order": prepare_order,
    "cancel_order": cancel_order,
    "end_orders": end_run_out,
    "order": order,
    "open_orders": open_orders,
}
"""The steps of this module, by name."""
