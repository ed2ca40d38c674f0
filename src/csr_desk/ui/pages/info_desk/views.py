"""The parts of the information desk, each by a key."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act
from csr_desk.ui.view_spec import ViewSpec

VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(
        "visit", str(QT_TRANSLATE_NOOP("views", "Queue")), "F6", Act.SEE_REQUESTS, "info_desk.queue_panel", "QueuePanel"
    ),
)
"""In the order of the row above the page."""
