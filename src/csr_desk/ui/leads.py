"""Where what an entry, a note or a card is about is looked at: one table from nouns to pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from csr_desk.ui.context import Context

_PAGES = {
    "receipt": "sell", "customer": "customer", "account": "customer",
    "project": "projects", "permit": "projects", "order": "projects", "inspection": "projects",
    "work_order": "projects", "release": "projects", "request": "requests",
    "card": "info_desk", "notice": "info_desk", "form": "info_desk", "handout": "info_desk", "need": "info_desk",
    "referral": "info_desk", "visit": "info_desk",
}  # fmt: skip


def leads(about: str) -> bool:
    """Say whether there is a page for what something is about."""
    return about.partition(":")[0] in _PAGES


def follow(context: Context, about: str) -> None:
    """Go to what something is about (``request:SR26-000001-9``); nothing where the person sees no such page."""
    page = _PAGES.get(about.partition(":")[0])
    if page is not None:
        context.shell.go(page, about)
