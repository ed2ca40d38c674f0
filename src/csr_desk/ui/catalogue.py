"""The table of pages: a page is a folder and one line here. A page is loaded when it is first shown."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act, Actor
from csr_desk.ui.context import Context
from csr_desk.ui.page import Page, PageSpec


def _sell(context: Context) -> Page:
    from csr_desk.ui.pages.sell.view import SellPage

    return SellPage(context)


PAGES: tuple[PageSpec, ...] = (PageSpec("sell", str(QT_TRANSLATE_NOOP("pages", "Sell")), "sell", Act.SELL, _sell),)


def pages_for(actor: Actor) -> tuple[PageSpec, ...]:
    """The pages that a person's role may see, in the order of the rail (Ctrl+1 is the first)."""
    return tuple(spec for spec in PAGES if spec.act is None or actor.may(spec.act))
