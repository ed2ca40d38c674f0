"""What is said of work orders and inspections on more than one page. Knows no Qt."""

from __future__ import annotations

from datetime import date

from csr_desk.domain.inspections import InspectionKind
from csr_desk.domain.work_orders import Priority, WorkKind
from csr_desk.ui.dates import us_date
from csr_desk.ui.wording import tr


def work_words(kind: WorkKind) -> str:
    """What is to be done."""
    return {
        WorkKind.RESTORE_SERVICE: tr("Restore service"), WorkKind.CUT_OFF: tr("Cut service off"),
        WorkKind.READ_METER: tr("Read the meter again"), WorkKind.TEST_METER: tr("Test the meter"),
        WorkKind.SET_METER: tr("Set a meter"), WorkKind.LEAK: tr("Look for a leak"),
        WorkKind.SEWER: tr("Sewer stoppage"), WorkKind.STREET: tr("Street or sidewalk"),
        WorkKind.SIGNAL: tr("Sign or signal"), WorkKind.CONTAINER: tr("Bring or change a container"),
        WorkKind.ADDRESS: tr("Look at an address"), WorkKind.OTHER: tr("Other work"),
    }[kind]  # fmt: skip


def priority_words(priority: Priority) -> str:
    """How soon."""
    return {
        Priority.EMERGENCY: tr("Emergency"), Priority.URGENT: tr("Urgent"), Priority.NORMAL: tr("Normal"),
        Priority.LOW: tr("Low"),
    }[priority]  # fmt: skip


def look_words(kind: InspectionKind) -> str:
    """What is looked at."""
    return {
        InspectionKind.TEMPORARY_POLE: tr("Temporary pole"), InspectionKind.TEMPORARY_CUT_IN: tr("Temporary cut-in"),
        InspectionKind.RECONNECT: tr("Reconnect"), InspectionKind.SERVICE: tr("Electric service"),
        InspectionKind.GAS_TEST: tr("Gas test"), InspectionKind.WATER: tr("Water"),
        InspectionKind.ROUGH_IN: tr("Rough-in"), InspectionKind.COVER: tr("Cover"),
        InspectionKind.OCCUPANCY: tr("Occupancy"), InspectionKind.FINAL: tr("Final"),
    }[kind]  # fmt: skip


def standing(state: str) -> str:
    """How a work order or an inspection stands."""
    return {
        "open": tr("Open"), "assigned": tr("Assigned"), "started": tr("Begun"), "done": tr("Done"),
        "not_done": tr("Came back undone"), "cancelled": tr("Called off"), "requested": tr("Asked for"),
        "scheduled": tr("Scheduled"), "passed": tr("Passed"), "failed": tr("Failed"),
    }[state]  # fmt: skip


def tone_of(state: str, late: int) -> str:
    """The colour that helps the word of a state."""
    if late or state in {"not_done", "failed"}:
        return "bad"
    return {"done": "ok", "passed": "ok", "cancelled": "text_soft"}.get(state, "")


def due_words(due: date, late: int) -> str:
    """By when, and how late it is (working days)."""
    if not late:
        return us_date(due)
    return (tr("{0}, {1} days late") if late > 1 else tr("{0}, a day late")).format(us_date(due), late)
