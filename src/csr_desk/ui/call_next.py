"""One key that calls whoever is next to one's own counter, from every page. Knows no Qt."""

from __future__ import annotations

from csr_desk.ui.context import Context
from csr_desk.ui.pages.info_desk.queue_presenter import call_next


def start(context: Context, _about: tuple[str, ...]) -> None:
    """Call the next."""
    call_next(context)
