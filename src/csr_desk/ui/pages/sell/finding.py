"""What the search box shows while somebody types. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.domain.errors import Refusal
from csr_desk.domain.keyed_amount import looks_like_amount, read_keyed
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act
from csr_desk.ui.asking import Newest
from csr_desk.ui.cart.cart import CartPicture
from csr_desk.ui.context import Context
from csr_desk.ui.pages.sell import searching
from csr_desk.ui.pages.sell.picture import SellView, Suggestion
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from csr_desk.services.customers import FoundCustomers
    from csr_desk.services.project_search import FoundThings
    from csr_desk.services.sell import Held, ReceiptHit


class Finding:
    """Items at once, held sales from the list at hand, receipts and people when the database has answered."""

    def __init__(self, context: Context, view: SellView) -> None:
        """Nothing is typed yet."""
        self._context = context
        self._view = view
        self._typed = ""
        self._rows: dict[str, tuple[Suggestion, ...]] = {}
        self._enter: Callable[[Suggestion], None] | None = None
        self.people = Newest(context, self._read_people, self._take_people)
        self.things = Newest(context, self._read_things, self._take_things)
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
        self._typed, self._enter = text, None
        wanted = searching.searched(text)
        amount = bool(picture.rows) and looks_like_amount(text)  # figures beside an open cart are money
        found = () if amount else searching.item_suggestions(self._context.desk.item_index, wanted)
        held = searching.held_suggestions(self.held, wanted) if wanted[:2].casefold() == "h-" else ()
        self._rows = {"held": held, "items": found}
        self._show()
        self._view.show_hint(_reading(text, picture, picked))
        if searching.is_receipt_like(wanted) and not held:
            self._find_receipts(wanted)
        if not amount and self._context.actor.may(Act.SEE_CUSTOMERS) and searching.may_be_person(text):
            self.people.ask(text.strip())
        else:
            self.people.forget()
        if not amount and self._context.actor.may(Act.SEE_PROJECTS) and searching.may_be_person(text):
            self.things.ask(text.strip())
        else:
            self.things.forget()

    def enter_when_found(self, text: str, then: Callable[[Suggestion], None]) -> bool:
        """Enter was faster than the answer: take the only person it brings. False where no answer is to come."""
        if self.people.pending is None or self.people.pending != text.strip():
            return False
        self._enter = then
        return True

    def _show(self) -> None:
        """Show every kind after the other; what was picked stays picked when more is found."""
        rows = tuple(
            row for kind in ("held", "items", "receipts", "people", "things") for row in self._rows.get(kind, ())
        )
        self._view.show_suggestions(rows, picked=not looks_like_amount(self._typed))

    def _find_receipts(self, text: str) -> None:
        desk, actor = self._context.desk, self._context.actor

        def read() -> tuple[ReceiptHit, ...]:
            from csr_desk.services.sell import find_receipts

            return find_receipts(desk, actor, text, 4)

        def show(hits: tuple[ReceiptHit, ...]) -> None:
            if hits and searching.searched(self._typed) == text:
                self._rows["receipts"] = searching.receipt_suggestions(hits)
                self._show()

        self._context.read(read, show)

    def _read_things(self, text: str) -> FoundThings:
        from csr_desk.services.project_search import find_things

        return find_things(self._context.desk, self._context.actor, text, searching.MOST_THINGS)

    def _take_things(self, text: str, found: FoundThings) -> None:
        """Show projects, permits and the like; a number with a wrong figure says so, unless it is something else's."""
        if self._typed.strip() != text:
            return
        meant = searching.thing_suggestions(found.meant, tr("Meant?"))
        self._rows["things"] = searching.thing_suggestions(found.hits) + meant
        if self._rows["things"]:
            self._show()
            if found.hits and not any(self._rows.get(kind) for kind in ("held", "items", "receipts", "people")):
                paid = self._rows["things"][0].right
                self._view.show_hint(tr("Enter takes what is due, F4 opens") if paid else tr("Enter opens"))
        if found.slip and not any(self._rows.get(kind) for kind in ("items", "receipts", "people")):
            self._view.show_hint(found.slip, fault=True)

    def only_thing(self, text: str) -> Suggestion | None:
        """The one thing that this number or address found, once its answer is here."""
        things = self._rows.get("things", ())
        return things[0] if self._typed.strip() == text.strip() and len(things) == 1 else None

    def _read_people(self, text: str) -> FoundCustomers:
        from csr_desk.services.customers import find_customers

        return find_customers(self._context.desk, self._context.actor, text, searching.MOST_PEOPLE)

    def _take_people(self, text: str, found: FoundCustomers) -> None:
        if self._typed.strip() != text:
            return
        self._rows["people"] = people = searching.customer_suggestions(found.hits)
        enter, self._enter = self._enter, None
        if enter is not None and len(people) == 1:
            enter(people[0])
            return
        if people:
            self._show()
        if enter is not None:
            words = tr("Several people: pick one") if people else tr("Nothing has this name or number")
            self._view.show_hint(words, fault=not people)
        elif people and not self._rows["items"]:
            self._view.show_hint(tr("Enter opens, F4 puts on the sale"))


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
