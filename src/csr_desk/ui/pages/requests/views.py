"""The lists of the requests page, each by a key."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act
from csr_desk.ui.view_spec import ViewSpec

VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec("mine", str(QT_TRANSLATE_NOOP("views", "Mine")), "F2", Act.SEE_REQUESTS, "requests.lists", "Mine"),
    ViewSpec("all", str(QT_TRANSLATE_NOOP("views", "All")), "F3", Act.SEE_REQUESTS, "requests.lists", "All"),
    ViewSpec("late", str(QT_TRANSLATE_NOOP("views", "Overdue")), "F4", Act.SEE_REQUESTS, "requests.lists", "Overdue"),
    ViewSpec(
        "department",
        str(QT_TRANSLATE_NOOP("views", "By department")),
        "F5",
        Act.SEE_REQUESTS,
        "requests.lists",
        "ByDepartment",
    ),
    ViewSpec(
        "escalated",
        str(QT_TRANSLATE_NOOP("views", "Escalated")),
        "F6",
        Act.SEE_REQUESTS,
        "requests.lists",
        "Escalated",
    ),
    ViewSpec(
        "restricted",
        str(QT_TRANSLATE_NOOP("views", "Restricted")),
        "F7",
        Act.SEE_RESTRICTED,
        "requests.lists",
        "Restricted",
    ),
    ViewSpec(
        "times",
        str(QT_TRANSLATE_NOOP("views", "Times")),
        "F8",
        Act.SEE_REQUESTS,
        "requests.times_panel",
        "Times",
    ),
)
"""In the order of the row above the page."""
