"""The information desk: cards, what changed, the shelf of forms, who else helps, who waits."""

from __future__ import annotations

from csr_desk.ui.context import Context
from csr_desk.ui.pages.info_desk.views import VIEWS
from csr_desk.ui.switched_page import SwitchedPage


class InfoDeskPage(SwitchedPage):
    """Shows what a clerk explains, hands out and refers to."""

    def __init__(self, context: Context) -> None:
        """Show the cards."""
        super().__init__(context, VIEWS)

    def view_for(self, noun: str) -> str:
        """A form that was handed out is on the shelf, a referral beside its need; the cards keep a customer in mind."""
        views = {"handout": "form", "referral": "need", "customer": "card", "cards": "card"}
        return super().view_for(views.get(noun, noun))
