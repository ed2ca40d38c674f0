"""The parts of the information desk, each by a key."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act
from csr_desk.ui.view_spec import ViewSpec

VIEWS: tuple[ViewSpec, ...] = (
    ViewSpec(
        "card", str(QT_TRANSLATE_NOOP("views", "Cards")), "F2", Act.SEE_CARDS, "info_desk.cards_panel", "CardsPanel"
    ),
    ViewSpec(
        "notice", str(QT_TRANSLATE_NOOP("views", "What changed")), "F3", Act.READ_NOTICE,
        "info_desk.notices_panel", "NoticesPanel",
    ),
    ViewSpec(
        "form", str(QT_TRANSLATE_NOOP("views", "Forms")), "F4", Act.SEE_CARDS, "info_desk.forms_panel", "FormsPanel"
    ),
    ViewSpec(
        "need", str(QT_TRANSLATE_NOOP("views", "Referrals")), "F5", Act.SEE_REQUESTS,
        "info_desk.referrals_panel", "ReferralsPanel",
    ),
    ViewSpec(
        "visit", str(QT_TRANSLATE_NOOP("views", "Queue")), "F6", Act.SEE_REQUESTS, "info_desk.queue_panel", "QueuePanel"
    ),
    ViewSpec(
        "item", str(QT_TRANSLATE_NOOP("views", "What would it cost?")), "F7", Act.QUOTE,
        "info_desk.estimate_panel", "EstimatePanel",
    ),
)  # fmt: skip
"""In the order of the row above the page."""
