"""The requests page: what people asked and complained about, one by one and in lists."""

from __future__ import annotations

from csr_desk.ui.context import Context
from csr_desk.ui.pages.requests.views import VIEWS
from csr_desk.ui.switched_page import SwitchedPage


class RequestsPage(SwitchedPage):
    """Shows requests."""

    def __init__(self, context: Context) -> None:
        """Show the first list."""
        super().__init__(context, VIEWS)

    def view_for(self, noun: str) -> str:
        """A request that another page sends somebody to is shown beside the list of all."""
        return "all" if noun == "request" else super().view_for(noun)
