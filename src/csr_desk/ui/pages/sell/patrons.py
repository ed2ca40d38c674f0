"""A customer who was found: their page, or onto the sale with everything that warns of them. Knows no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csr_desk.domain.customers import Level, Note
from csr_desk.domain.holds import Hold, Stops
from csr_desk.ui.context import Choice, Tone
from csr_desk.ui.customer_words import alert_words, level_words, receipt_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.customer_pages import CustomerPage
    from csr_desk.ui.pages.sell.presenter import SellPresenter


@dataclass(frozen=True, slots=True)
class Patron:
    """Somebody for the sale, with the holds in force on them and on their own accounts."""

    page: CustomerPage
    holds: tuple[Hold, ...]

    @property
    def owing(self) -> tuple[str, ...]:
        """The accounts in their own name on which something is due."""
        return tuple(line.number for line in self.page.accounts if not line.role and line.aged.total > 0)


class Patrons:
    """Acts of the sell page on people of the customer files."""

    def __init__(self, owner: SellPresenter) -> None:
        """Acts on the cart that its owner has open."""
        self._owner = owner

    def choose(self, number: str) -> None:
        """Enter on a person: onto the sale that is open; without one, to their page."""
        if self._owner.cart.lines:
            self.put(number)
        else:
            self._owner.context.shell.go("customer", f"customer:{number}")

    def put(self, number: str, *, pays: bool = False) -> None:
        """Put a person on the sale; what stops is read first, what warns is said above the page (F12).

        With ``pays`` all that is due on their own accounts comes into the cart.
        """
        desk, actor = self._owner.context.desk, self._owner.context.actor

        def read() -> Patron:
            from csr_desk.services import holds
            from csr_desk.services.customer_pages import customer_page

            page = customer_page(desk, actor, number)
            found = {one.hold_id: one for one in holds.holds_of(desk, actor, customer=page.number)}
            for line in page.accounts:
                if not line.role:
                    found |= {one.hold_id: one for one in holds.holds_of(desk, actor, account=line.number)}
            return Patron(page, tuple(found.values()))

        self._owner.context.read(read, lambda patron: self._warn(patron, pays=pays))

    def _warn(self, patron: Patron, *, pays: bool) -> None:
        stops = [note for note in patron.page.notes if note.level is Level.STOP]
        if not stops:
            self._take(patron, pays=pays)
            return
        title = tr("{customer}: {words}").format(
            customer=patron.page.form.name, words=" · ".join(alert_words(note) for note in stops)
        )
        yes = Choice("1", tr("I have read this: put them on the sale"), "yes")
        self._owner.context.shell.ask_reason(title, (yes,), lambda _yes: self._take(patron, pays=pays))

    def _take(self, patron: Patron, *, pays: bool) -> None:
        owner = self._owner
        owner.take_customer(receipt_words(patron.page), patron.page.number)
        said = [_note_words(note) for note in patron.page.notes]
        said += [_hold_words(hold) for hold in patron.holds]
        loud = bool(patron.holds) or any(note.level is not Level.INFO for note in patron.page.notes)
        if pays:
            owner.debts.put_accounts(patron.owing, lambda more: self._say((*said, *more), loud=loud or bool(more)))
        else:
            self._say(said, loud=loud)
        owner.view.focus_search()

    def _say(self, said: Sequence[str], *, loud: bool) -> None:
        """Say before the conversation how to begin it; how loud it is stands in words."""
        if said:
            self._owner.context.shell.banner(" · ".join(said), Tone.WARN if loud else Tone.INFO)


def _note_words(note: Note) -> str:
    return tr("{level}: {words}").format(level=level_words(note.level) or tr("Note"), words=alert_words(note))


def _hold_words(hold: Hold) -> str:
    if hold.stops is Stops.ALL:
        return tr("Hold: {words}. A second person signs.").format(words=hold.words)
    return tr("Hold on what is new: {words}. A second person signs for it.").format(words=hold.words)
