"""The parts of the information desk, each by a key."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act
from csr_desk.ui.view_spec import ViewSpec

VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(
        "form", str(QT_TRANSLATE_NOOP("views", "Forms")), "F4", Act.SEE_CARDS, "info_desk.forms_panel", "FormsPanel"
    ),
    ViewSpec(
        "need", str(QT_TRANSLATE_NOOP("views", "Referrals")), "F5", Act.SEE_REQUESTS,
        "info_desk.referrals_panel", "ReferralsPanel",
    ),
)  # fmt: skip
"""In the order of the row above the page."""
