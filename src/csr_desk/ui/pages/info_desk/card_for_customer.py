"""From any page to the cards, with the customer in front kept in mind: what is shown then stands on their time line."""

from __future__ import annotations

from csr_desk.ui.context import Context


def start(context: Context, about: tuple[str, ...]) -> None:
    """Go to the cards, for the customer among what the page in front looks at."""
    customer = next((one for one in about if one.startswith("customer:")), "")
    context.shell.go("info_desk", customer or "cards")
