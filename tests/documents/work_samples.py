"""Facts of work orders and inspections, from which the tests print slips and lists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from csr_desk.domain.inspections import Inspection, InspectionKind
from csr_desk.domain.work_orders import OverdueList, Priority, Source, WorkKind, WorkOrder, WorkSlip
from documents import samples

ORDER = WorkOrder(
    "W26-000002-4", WorkKind.LEAK, Priority.URGENT, "assigned", Source.ACCOUNT, "account:0041-2277-9", "C-100",
    "Water crew 3", "4107 Leeland St Unit B", "Water runs from the meter box since last night; the street is wet.",
    "", date(2026, 7, 14), date(2026, 7, 15), None, "clerk1", "",
)  # fmt: skip
LOOK = Inspection(
    "I26-000001-9", "P26-000001-7", InspectionKind.RECONNECT, "scheduled", date(2026, 7, 14), date(2026, 7, 16),
    date(2026, 7, 16), None, "R. Diaz", "", "Ana 713-555-0142", "", "4107 Leeland St #B", "Reconnection fee",
    "issued", "26-118842-3", "C-100",
)  # fmt: skip


def slip(**more: object) -> WorkSlip:
    """The slip of a leak that a customer reported."""
    return WorkSlip(samples.OFFICE, replace(ORDER, **more), "Dolores Reyes", "María Álvarez")  # type: ignore[arg-type]


def overdue() -> OverdueList:
    """Two work orders and one inspection that are late on 20 July."""
    fire = replace(
        ORDER, number="W26-000006-2", kind=WorkKind.SEWER, priority=Priority.EMERGENCY, crew="",
        due_on=date(2026, 7, 14), site="1000 Main St",
    )  # fmt: skip
    return OverdueList(samples.OFFICE, date(2026, 7, 20), (fire, ORDER), (LOOK,), frozenset())
