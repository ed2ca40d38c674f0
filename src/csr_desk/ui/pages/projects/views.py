"""What the page can show beside one project: the boards of the office and its lists, each by a key.

A new one is a line in ``VIEWS``; a list is a ``Panel`` that is loaded when it is first chosen.
"""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act
from csr_desk.ui.pages.projects.presenter import PROJECT, RELEASES, WORK
from csr_desk.ui.view_spec import ViewSpec

_SEEN = Act.SEE_PROJECTS
VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(PROJECT, str(QT_TRANSLATE_NOOP("views", "Projects")), "F7", _SEEN),
    ViewSpec(WORK, str(QT_TRANSLATE_NOOP("views", "Work orders")), "F8", _SEEN),
    ViewSpec(RELEASES, str(QT_TRANSLATE_NOOP("views", "Releases")), "Shift+F8", _SEEN),
    ViewSpec(
        "register", str(QT_TRANSLATE_NOOP("views", "Batches")), "F10", _SEEN,
        "projects.register_panel", "ReleaseRegisterPanel", "refresh",
    ),
    ViewSpec(
        "companies", str(QT_TRANSLATE_NOOP("views", "Companies")), "F11", _SEEN,
        "projects.companies_panel", "CompaniesPanel",
    ),
    ViewSpec(
        "outbox", str(QT_TRANSLATE_NOOP("views", "Outbox")), "F12", _SEEN, "projects.outbox_panel", "OutboxPanel"
    ),
    ViewSpec(
        "endings", str(QT_TRANSLATE_NOOP("views", "Ends soon")), "F3", _SEEN, "projects.endings_panel", "EndingsPanel"
    ),
)  # fmt: skip
"""In the order of the row above the page."""
