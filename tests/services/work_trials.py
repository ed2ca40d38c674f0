"""The trials of inspections and work orders (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.data.models import permit, project
from csr_desk.data.queries import told
from csr_desk.domain import about
from csr_desk.domain.inspections import InspectionKind
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act
from csr_desk.domain.telling import Value
from csr_desk.domain.work_orders import Priority, WorkKind
from csr_desk.services import inspection_lists, inspections, telling, work_order_lists, work_orders
from csr_desk.services.desk import Desk
from csr_desk.services.receipts import event_of_number
from demo_city import City

if TYPE_CHECKING:
    from services.role_trials import World

PERMIT = "P26-000901-6"
"""The permit of the world that the trials find."""
WORK = "W26-000001-9"
LOOK, OTHER_LOOK = "I26-000001-9", "I26-000002-4"


def grant_permit(desk: Desk, number: str, receipt: str, **more: Value) -> str:
    """Tell a permit that a receipt paid, as a sale does; it holds to the end of the year."""
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        paid = event_of_number(desk, work.conn, receipt).key
        values: dict[str, Value] = {
            "kind": "ELE-RECON", "items": "ELE-RECON", "description": "Reconnection", "state": "issued",
            "issued_on": "2026-07-14", "expires_on": "2026-12-31", "renewals": 0, "paid_minor": 5000,
            "receipt_series": paid.series, "receipt_seq": paid.seq, "receipt_line": 1, **more,
        }  # fmt: skip
        words: dict[str, str | None] = {"inputs": "{}", "site": "4107 Leeland St #B", "site_key": "4107 leeland st b"}
        draft = EntryDraft(desk.office_series, EventKind.PERMIT_CHANGED, desk.today(), "clerk1", f"permit {number}")
        telling.tell(work, desk, draft, [told.added(permit, (number,), values, words)], [about.permit(number)])
    return number


def begin_project(desk: Desk, customer: str) -> str:
    """Tell a project of a customer, as the service of projects does; return its number."""
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        number, counted = telling.next_number(work.conn, desk, "project", desk.today().year)
        values: dict[str, Value] = {
            "customer_id": customer, "state": "open", "opened_on": desk.today().isoformat(), "opened_by": "clerk1",
        }  # fmt: skip
        words: dict[str, str | None] = {"title": "House", "site": "4107 Leeland St", "site_key": "4107 leeland st"}
        draft = EntryDraft(desk.office_series, EventKind.PROJECT_OPENED, desk.today(), "clerk1", "project")
        row = told.added(project, (number,), values, words)
        telling.tell(work, desk, draft, [counted, row], [about.project(number)])
    return number


def lay_out(city: City) -> None:
    """Leave a permit with two inspections that wait, and a work order; a receipt that nobody takes back paid it."""
    clerk = city.who("clerk1")
    grant_permit(city.desk, PERMIT, "HPC4-0000001")
    for kind in (InspectionKind.RECONNECT, InspectionKind.COVER):
        asked = inspections.RequestInspection(f"laid out {kind.value}", PERMIT, kind)
        inspections.request_inspection(city.desk, clerk, asked)
    work_orders.open_work_order(
        city.desk, clerk, work_orders.OpenWorkOrder("laid out work", WorkKind.LEAK, "Wet street", "900 Bagby St")
    )


def _request(world: World) -> object:
    command = inspections.RequestInspection(world.city.key(), PERMIT, InspectionKind.SERVICE)
    return inspections.request_inspection(world.city.desk, world.actor, command)


def _schedule(world: World) -> object:
    command = inspections.ScheduleInspection(world.city.key(), LOOK, world.city.desk.today(), "R. Diaz")
    return inspections.schedule_inspection(world.city.desk, world.actor, command)


def _record(world: World) -> object:
    command = inspections.RecordInspection(world.city.key(), LOOK, passed=True, inspector="R. Diaz")
    return inspections.record_inspection(world.city.desk, world.actor, command)


def _call_off(world: World) -> object:
    command = inspections.CancelInspection(world.city.key(), OTHER_LOOK, "Not needed")
    return inspections.cancel_inspection(world.city.desk, world.actor, command)


def _open(world: World) -> object:
    command = work_orders.OpenWorkOrder(world.city.key(), WorkKind.SEWER, "Stoppage", "901 Bagby St")
    return work_orders.open_work_order(world.city.desk, world.actor, command)


def _hasten(world: World) -> object:
    command = work_orders.HastenWorkOrder(world.city.key(), WORK, "School next door", Priority.URGENT)
    return work_orders.hasten_work_order(world.city.desk, world.actor, command)


def _assign(world: World) -> object:
    command = work_orders.AssignWorkOrder(world.city.key(), WORK, "Water crew 3")
    return work_orders.assign_work_order(world.city.desk, world.actor, command)


def _start(world: World) -> object:
    return work_orders.start_work_order(
        world.city.desk, world.actor, work_orders.StartWorkOrder(world.city.key(), WORK)
    )


def _close(world: World) -> object:
    command = work_orders.CloseWorkOrder(world.city.key(), WORK, "Main mended")
    return work_orders.close_work_order(world.city.desk, world.actor, command)


def _reopen(world: World) -> object:
    command = work_orders.ReopenWorkOrder(world.city.key(), WORK, "Wet again")
    return work_orders.reopen_work_order(world.city.desk, world.actor, command)


def _cancel(world: World) -> object:
    command = work_orders.CancelWorkOrder(world.city.key(), WORK, "Dry")
    return work_orders.cancel_work_order(world.city.desk, world.actor, command)


WORK_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "inspections.request_inspection": (Act.REQUEST_INSPECTION, _request),
    "inspections.schedule_inspection": (Act.REQUEST_INSPECTION, _schedule),
    "inspections.record_inspection": (Act.RECORD_INSPECTION, _record),
    "inspections.cancel_inspection": (Act.REQUEST_INSPECTION, _call_off),
    "inspection_lists.inspection_board": (
        Act.SEE_PROJECTS,
        lambda w: inspection_lists.inspection_board(w.city.desk, w.actor),
    ),
    "inspection_lists.overdue_inspections": (
        Act.SEE_PROJECTS,
        lambda w: inspection_lists.overdue_inspections(w.city.desk, w.actor),
    ),
    "inspection_lists.inspection_of": (
        Act.SEE_PROJECTS,
        lambda w: inspection_lists.inspection_of(w.city.desk, w.actor, LOOK),
    ),
    "work_orders.open_work_order": (Act.KEEP_WORK_ORDERS, _open),
    "work_orders.hasten_work_order": (Act.KEEP_WORK_ORDERS, _hasten),
    "work_orders.assign_work_order": (Act.KEEP_WORK_ORDERS, _assign),
    "work_orders.start_work_order": (Act.KEEP_WORK_ORDERS, _start),
    "work_orders.close_work_order": (Act.KEEP_WORK_ORDERS, _close),
    "work_orders.reopen_work_order": (Act.KEEP_WORK_ORDERS, _reopen),
    "work_orders.cancel_work_order": (Act.KEEP_WORK_ORDERS, _cancel),
    "work_order_lists.work_board": (Act.SEE_PROJECTS, lambda w: work_order_lists.work_board(w.city.desk, w.actor)),
    "work_order_lists.overdue_work": (Act.SEE_PROJECTS, lambda w: work_order_lists.overdue_work(w.city.desk, w.actor)),
    "work_order_lists.overdue_list": (Act.SEE_PROJECTS, lambda w: work_order_lists.overdue_list(w.city.desk, w.actor)),
    "work_order_lists.work_order_of": (
        Act.SEE_PROJECTS,
        lambda w: work_order_lists.work_order_of(w.city.desk, w.actor, WORK),
    ),
    "work_order_lists.crews": (Act.SEE_PROJECTS, lambda w: work_order_lists.crews(w.city.desk, w.actor)),
    "work_order_lists.work_slip": (
        Act.SEE_PROJECTS,
        lambda w: work_order_lists.work_slip(w.city.desk, w.actor, WORK),
    ),
}
"""By module and function: the act, and how it is tried."""
