"""The steps of the counter script for inspections and work orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.inspections import Inspection, InspectionKind
from csr_desk.domain.people import Actor
from csr_desk.domain.work_orders import Priority, WorkKind, WorkOrder
from csr_desk.services import inspection_lists, inspections, work_order_lists, work_orders
from csr_desk.services.desk import Desk
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]
E = TypeVar("E", bound=StrEnum)


def request_inspection(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Ask for an inspection."""
    command = inspections.RequestInspection(
        step.key, step.needed("permit"), _one_of(InspectionKind, step.needed("kind"), "kind"), step.text("contact"),
        step.date("on"), step.text("inspector"),
    )  # fmt: skip
    return of_inspection(inspections.request_inspection(desk, actor_of(actor), command).value)


def schedule_inspection(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Set a day for an inspection."""
    on = step.date("on")
    if on is None:
        raise MissingInput("The step needs “on”.", field="on")
    command = inspections.ScheduleInspection(step.key, step.needed("inspection"), on, step.text("inspector"))
    return of_inspection(inspections.schedule_inspection(desk, actor_of(actor), command).value)


def record_inspection(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Record a result: ``passed`` true or false."""
    command = inspections.RecordInspection(
        step.key, step.needed("inspection"), step.flag("passed"), step.text("inspector"), step.text("result"),
        step.date("on"),
    )  # fmt: skip
    return of_inspection(inspections.record_inspection(desk, actor_of(actor), command).value)


def cancel_inspection(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Call an inspection off."""
    command = inspections.CancelInspection(step.key, step.needed("inspection"), step.text("reason"))
    return of_inspection(inspections.cancel_inspection(desk, actor_of(actor), command).value)


def show_inspections(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give the board of inspections by state; with ``overdue`` the list of those that are late."""
    who = actor_of(actor)
    if step.flag("overdue"):
        late = inspection_lists.overdue_inspections(desk, who)
        return {"overdue": [{**of_inspection(one), "days_late": _days_late(desk, one)} for one in late]}
    if number := step.text("inspection"):
        return of_inspection(inspection_lists.inspection_of(desk, who, number))
    which = inspection_lists.WhichInspections(step.text("customer"), step.text("project"), step.text("permit"))
    board = inspection_lists.inspection_board(desk, who, which)
    return {lane.state: [of_inspection(one) for one in lane.rows] for lane in board}


def open_work_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Open a work order."""
    command = work_orders.OpenWorkOrder(
        key=step.key,
        kind=_one_of(WorkKind, step.needed("kind"), "kind"),
        work=step.text("work"),
        site=step.text("site"),
        subject=step.text("subject"),
        customer=step.text("customer"),
        priority=_one_of(Priority, step.text("priority") or Priority.NORMAL.value, "priority"),
        crew=step.text("crew"),
        receipt=step.text("receipt"),
        due=step.date("due"),
    )
    return of_work_order(work_orders.open_work_order(desk, actor_of(actor), command).value)


def assign_work_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give a work order to a crew."""
    command = work_orders.AssignWorkOrder(step.key, step.needed("work_order"), step.text("crew"))
    return of_work_order(work_orders.assign_work_order(desk, actor_of(actor), command).value)


def start_work_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Note that the crew is at it."""
    command = work_orders.StartWorkOrder(step.key, step.needed("work_order"))
    return of_work_order(work_orders.start_work_order(desk, actor_of(actor), command).value)


def close_work_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Record what came of a work order; ``undone`` true where it came back."""
    command = work_orders.CloseWorkOrder(
        step.key, step.needed("work_order"), step.text("result"), not step.flag("undone"), step.date("on")
    )
    return of_work_order(work_orders.close_work_order(desk, actor_of(actor), command).value)


def cancel_work_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Call a work order off."""
    command = work_orders.CancelWorkOrder(step.key, step.needed("work_order"), step.text("reason"))
    return of_work_order(work_orders.cancel_work_order(desk, actor_of(actor), command).value)


def reopen_work_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Open a work order again."""
    command = work_orders.ReopenWorkOrder(step.key, step.needed("work_order"), step.text("reason"))
    return of_work_order(work_orders.reopen_work_order(desk, actor_of(actor), command).value)


def hasten_work_order(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give a work order another priority or another day."""
    priority = step.text("priority")
    command = work_orders.HastenWorkOrder(
        step.key, step.needed("work_order"), step.text("reason"),
        _one_of(Priority, priority, "priority") if priority else None, step.date("due"),
    )  # fmt: skip
    return of_work_order(work_orders.hasten_work_order(desk, actor_of(actor), command).value)


def show_work_orders(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give the board of work orders by state; with ``overdue`` the list of those that are late."""
    who = actor_of(actor)
    if step.flag("overdue"):
        late = work_order_lists.overdue_work(desk, who)
        return {"overdue": [{**of_work_order(one), "days_late": _days_late(desk, one)} for one in late]}
    if number := step.text("work_order"):
        return of_work_order(work_order_lists.work_order_of(desk, who, number))
    which = work_order_lists.WhichWork(
        step.text("customer"), step.text("account"), step.text("project"), step.text("permit"), step.text("crew")
    )
    board = work_order_lists.work_board(desk, who, which)
    return {lane.state: [of_work_order(one) for one in lane.rows] for lane in board}


def _days_late(desk: Desk, one: Inspection | WorkOrder) -> int:
    return one.days_late(desk.today(), holidays=desk.policy.days_off)


def of_inspection(one: Inspection) -> Result:
    """Write an inspection out."""
    return {
        "inspection": one.number, "permit": one.permit, "kind": one.kind.value, "state": one.state,
        "requested_on": _day(one.requested_on), "due_on": _day(one.due_on), "scheduled_on": _day(one.scheduled_on),
        "inspected_on": _day(one.inspected_on), "inspector": one.inspector, "result": one.result,
        "repeats": one.repeats or None, "site": one.site, "permit_state": one.permit_state,
        "project": one.project or None, "customer": one.customer or None,
    }  # fmt: skip


def of_work_order(one: WorkOrder) -> Result:
    """Write a work order out."""
    return {
        "work_order": one.number, "kind": one.kind.value, "priority": one.priority.value, "state": one.state,
        "source": one.source.value, "subject": one.subject or None, "customer": one.customer or None,
        "crew": one.crew, "site": one.site, "work": one.work, "result": one.result, "opened_on": _day(one.opened_on),
        "due_on": _day(one.due_on), "closed_on": _day(one.closed_on), "receipt": one.receipt or None,
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _one_of(kind: type[E], text: str, name: str) -> E:
    try:
        return kind(text)
    except ValueError:
        named = ", ".join(one.value for one in kind)
        raise BadInput(f"“{name}” is one of: {named}.", field=name) from None


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "request_inspection": request_inspection,
    "schedule_inspection": schedule_inspection,
    "record_inspection": record_inspection,
    "cancel_inspection": cancel_inspection,
    "inspections": show_inspections,
    "open_work_order": open_work_order,
    "assign_work_order": assign_work_order,
    "start_work_order": start_work_order,
    "close_work_order": close_work_order,
    "cancel_work_order": cancel_work_order,
    "reopen_work_order": reopen_work_order,
    "hasten_work_order": hasten_work_order,
    "work_orders": show_work_orders,
}
