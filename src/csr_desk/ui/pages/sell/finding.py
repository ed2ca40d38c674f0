"""What the search box shows while somebody types. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.domain.errors import Refusal
from csr_desk.domain.keyed_amount import looks_like_amount, read_keyed
from csr_desk.domain.money import shown
from csr_desk.ui.context import Context
from csr_desk.ui.pages.sell import searching
from csr_desk.ui.pages.sell.cart import CartPicture
from csr_desk.ui.pages.sell.picture import SellView, Suggestion
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.sell import Held, ReceiptHit


class Finding:
    """Items at once, held sales from the list at hand, receipts when the ledger has answered."""

    def __init__(self, context: Context, view: SellView) -> None:
        """Nothing is typed yet."""
        self._context = context
        self._view = view
        self._typed = ""
        self.held: tuple[Held, ...] = ()

    def read_held(self) -> None:
        """Ask which sales are held."""
        desk, actor = self._context.desk, self._context.actor

        def read() -> tuple[Held, ...]:
            from csr_desk.services.sell import held_sales

            return held_sales(desk, actor)

        self._context.read(read, self._take_held)

    def _take_held(self, held: tuple[Held, ...]) -> None:
        self.held = held

    def typed(self, text: str, picture: CartPicture, picked: int | None) -> None:
        """Show what the text finds, and how it would be read as an amount or a quantity."""
        self._typed = text
        wanted = searching.searched(text)
        amount = bool(picture.rows) and looks_like_amount(text)  # figures beside an open cart are money
        found = () if amount else searching.item_suggestions(self._context.desk.item_index, wanted)
        held = searching.held_suggestions(self.held, wanted) if wanted[:2].casefold() == "h-" else ()
        self._view.show_suggestions((*held, *found), picked=not looks_like_amount(text))
        self._view.show_hint(_reading(text, picture, picked))
        if searching.is_receipt_like(wanted) and not held:
            self._find_receipts(wanted, found)

    def _find_receipts(self, text: str, found: tuple[Suggestion, ...]) -> None:
        desk, actor = self._context.desk, self._context.actor

        def read() -> tuple[ReceiptHit, ...]:
            from csr_desk.services.sell import find_receipts

            return find_receipts(desk, actor, text, 4)

        def show(hits: tuple[ReceiptHit, ...]) -> None:
            if hits and searching.searched(self._typed) == text:
                both = (*found, *searching.receipt_suggestions(hits))
                self._view.show_suggestions(both, picked=not looks_like_amount(text))

        self._context.read(read, show)


def _reading(text: str, picture: CartPicture, picked: int | None) -> str:
    times = searching.read_times(text)
    if times is not None:
        words = "× {number}" if times[1] or picked is None else tr("× {number}, Enter")
        return words.format(number=f"{times[0]:f}")
    if text and looks_like_amount(text) and picture.rows:
        try:
            return f"{text.strip()} → {shown(read_keyed(text, picture.rest, cash=True))}"
        except Refusal:
            return ""
    return ""
