"""What would it cost? Items put together, what each asks for, the price of today step by step. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.estimate import Estimate
from csr_desk.domain.people import Act
from csr_desk.ui.cart.cart import Cart, CartPicture
from csr_desk.ui.cart.line_panel import line_panel
from csr_desk.ui.cart.line_picture import LinePanel
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.customer_words import languages
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.search import Hit
    from csr_desk.services.carts_held import Held

MOST = 12


@dataclass(frozen=True, slots=True)
class EstimatePicture:
    """All that the panel shows."""

    found: tuple[Hit, ...] = ()
    cart: CartPicture = field(default_factory=CartPicture)
    picked: int | None = None
    line: LinePanel | None = None
    explained: bool = False
    language: str = "en"
    may_sell: bool = False

    @property
    def priced(self) -> bool:
        """Everything has a price: it can be printed. What does not price an item may still be open."""
        rows = self.cart.rows
        return bool(rows) and self.cart.refusal is None and all(row.amount is not None for row in rows)


class EstimateView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: EstimatePicture) -> None:
        """Show it."""

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field of the line; False where there is none."""

    def focus_search(self) -> None:
        """Put the cursor into the search box, empty."""


class EstimatePresenter:
    """A cart that is never sold: no draft is kept, nothing is recorded."""

    def __init__(self, context: Context, view: EstimateView) -> None:
        """Start empty."""
        self.context, self.view = context, view
        self.cart = self._fresh()
        self.picture = EstimatePicture(may_sell=context.actor.may(Act.SELL))

    def _fresh(self) -> Cart:
        desk = self.context.desk
        return Cart(desk.catalogue, desk.today(), desk.policy.rounding)

    def load(self) -> None:
        """Price it anew: by the catalogue in force, today."""
        self.cart.catalogue, self.cart.price_date = self.context.desk.catalogue, self.context.desk.today()
        self._show()

    # ---- items

    def typed(self, text: str) -> None:
        """Show the items that match."""
        found = self.context.desk.item_index.find(text, MOST) if text.strip() else ()
        self.picture = replace(self.picture, found=tuple(found))
        self._show()

    def add(self, code: str) -> None:
        """Put an item to the others, with the cursor where its price is made."""
        if code not in self.context.desk.catalogue.items:
            self.context.shell.banner(tr("Nothing in the catalogue has the code “{0}”.").format(code), Tone.WARN)
            return
        self.cart.lines.append(CartLine(code))
        self.picture = replace(self.picture, found=(), picked=len(self.cart.lines) - 1, explained=False)
        self._show()
        self.field_done("")

    def pick(self, at: int) -> None:
        """Show another line."""
        if 0 <= at < len(self.cart.lines):
            self.picture = replace(self.picture, picked=at, explained=False)
            self._show()

    def remove(self) -> None:
        """Take the line in front away."""
        at = self.picture.picked
        if at is not None and at < len(self.cart.lines):
            del self.cart.lines[at]
            left = len(self.cart.lines)
            self.picture = replace(self.picture, picked=min(at, left - 1) if left else None, explained=False)
            self._show()
            self.view.focus_search()

    def clear(self) -> None:
        """Begin anew, for somebody else."""
        self.cart = self._fresh()
        self.picture = replace(self.picture, found=(), picked=None, explained=False)
        self._show()
        self.view.focus_search()

    def set_input(self, name: str, value: str) -> None:
        """A field was keyed: the price follows at once."""
        if self.picture.picked is not None:
            self.cart.set_input(self.picture.picked, name, value)
            self._show()

    def field_done(self, name: str) -> None:
        """Enter in a field: on to the next that prices the item and is empty, else back to the search box."""
        fields = self.picture.line.fields if self.picture.line is not None else ()
        missing = [one.name for one in fields if one.fault]
        if name in missing:
            self.view.focus_field(name)
        elif not missing or not self.view.focus_field(missing[0]):
            self.view.focus_search()

    def explain(self) -> None:
        """F1: every step of the price, or back to the fields."""
        self.picture = replace(self.picture, explained=not self.picture.explained)
        self._show()

    def next_language(self) -> None:
        """Print it in the next language that is written."""
        from csr_desk.documents.info_card_words import LANGUAGES

        offered = list(LANGUAGES)
        at = offered.index(self.picture.language) + 1 if self.picture.language in offered else 0
        self.picture = replace(self.picture, language=offered[at % len(offered)])
        self._show()

    # ---- out of the window

    def print_it(self) -> None:
        """Print it at the prices that the service works out now."""
        if not self.picture.priced:
            return
        desk, actor, lines = self.context.desk, self.context.actor, self.cart.plain_lines()
        language = self.picture.language

        def read() -> Estimate:
            from csr_desk.services import sell

            cart = sell.quote(desk, actor, sell.Quote(lines, demo_inputs=True)).cart
            return Estimate(desk.office, desk.today(), actor.name, cart.lines, cart.total, language)

        def drawn(paper: Estimate) -> None:
            def make() -> bytes:
                from csr_desk.documents.estimate import estimate_pdf

                return estimate_pdf(paper)

            self.context.shell.print_paper(f"estimate-{paper.day}", make)
            self.context.shell.banner(tr("The estimate is printed. It is no receipt, and says so."), Tone.OK)

        self.context.read(read, drawn)

    def sell_it(self) -> None:
        """Put it on the sale: it is held under a number, and the sell page goes on with it."""
        if not self.cart.lines or not self.picture.may_sell:
            return
        from csr_desk.services import sell

        desk, actor, cart = self.context.desk, self.context.actor, self.cart
        draft = sell.CartDraft(cart.key, cart.plain_lines(), (), cart.customer, customer_id=cart.customer_id)

        def held(done: Held) -> None:
            self.clear()
            self.context.shell.go("sell", f"held:{done.number}")

        self.context.act(lambda: sell.hold(desk, actor, sell.Hold(draft, tr("Estimate"))), held)

    def _show(self) -> None:
        """Show it; what an item asks for and its price does not depend on is asked for when it is sold."""
        cart = self.cart.picture()
        cart = replace(cart, rows=tuple(row if row.amount is None else replace(row, fault="") for row in cart.rows))
        line = line_panel(self.cart, cart, self.picture.picked)
        if line is not None:
            pricing = {one.name for one in self.cart.fields(line.at) if one.prices or one.counts}
            line = replace(line, fields=tuple(one for one in line.fields if one.name in pricing))
        self.picture = replace(self.picture, cart=cart, line=line)
        self.view.show_picture(self.picture)


def language_name(short: str) -> str:
    """The language that an estimate is printed in."""
    return languages().get(short, short)


def found_words(found: Sequence[Hit]) -> str:
    """How many items match."""
    return tr("1 item") if len(found) == 1 else tr("{0} items").format(len(found))
