"""How an office without real money is told from a live one at a glance: words, always, and a colour beside them."""

from __future__ import annotations

from csr_desk.domain.receipt import Office
from csr_desk.ui.wording import tr

LIVE, TRAINING, DEMONSTRATION = "", "training", "demonstration"
"""The looks that the style sheet knows (``money``)."""


def look_of(office: Office) -> str:
    """Return how the window of an office is dressed; a demo city is looked at, every other one is trained in."""
    if office.training and (office.training_day or not office.demonstration):
        return TRAINING
    return DEMONSTRATION if office.training or office.demonstration else LIVE


def words_of(office: Office) -> str:
    """Return what stands on every page, on the sign-in and in the title of the window; nothing in a live office."""
    return {
        LIVE: "",
        TRAINING: tr("TRAINING – no real money"),
        DEMONSTRATION: tr("DEMONSTRATION – no real money"),
    }[look_of(office)]


def title_of(office: Office) -> str:
    """Return the title of the window."""
    words = words_of(office)
    return " · ".join(part for part in (words, tr("CSR Desk")) if part)
