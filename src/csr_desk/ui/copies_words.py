"""How many copies of the ledger there are, in words, for whoever may do something about it."""

from __future__ import annotations

from datetime import datetime

from csr_desk.domain.backups import Copies, Standing
from csr_desk.ui.wording import tr


def copies_words(standing: Standing) -> tuple[str, str]:
    """A short word for the bar (empty while all is well) and the whole sentence."""
    single = tr("Single copy")
    return {
        Copies.TWO: ("", tr("Two copies: one on this station, one at the second place.")),
        Copies.NONE: (tr("No backup"), tr("There is no backup yet.")),
        Copies.NO_SECOND: (
            single,
            tr("The policy names no second place: if this disk fails, the ledger and its backups are lost together."),
        ),
        Copies.AWAY: (single, tr("The second place cannot be reached. Plug the disk in, or ask who keeps the share.")),
        Copies.SAME_DISK: (single, tr("The second place is on the disk of the database: both are lost together.")),
        Copies.OLD: (single, tr("The newest copy at the second place is too old.")),
    }[standing.copies]


def moment_words(at: datetime) -> str:
    """A moment in the office's own time, ``7/14/2026 5:32 PM``."""
    hour = at.hour % 12 or 12
    half = "AM" if at.hour < 12 else "PM"  # noqa: PLR2004 - noon
    return f"{at.month}/{at.day}/{at.year} {hour}:{at.minute:02} {half}"
