"""The number of somebody who waits."""

from __future__ import annotations

from csr_desk.domain.visits import TicketSlip
from documents.samples import MOMENT, OFFICE


def slip(language: str = "en", **more: object) -> TicketSlip:
    """What they take along."""
    told: dict[str, object] = {
        "office": OFFICE, "ticket": "A017", "reason": "Permits and fees", "came_at": MOMENT, "ahead": 3,
        "language": language, **more,
    }  # fmt: skip
    return TicketSlip(**told)  # type: ignore[arg-type]
