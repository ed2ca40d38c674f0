"""Where the training clock stands is kept with the office, so that the next script or window goes on from there."""

from __future__ import annotations

from csr_desk.data.queries import office
from csr_desk.services.desk import Desk


def keep(desk: Desk) -> None:
    """Keep the training clock's time; a live office has none."""
    if desk.office.training:
        with desk.begin() as work:
            office.set_training_clock(work.conn, desk.now_text())
