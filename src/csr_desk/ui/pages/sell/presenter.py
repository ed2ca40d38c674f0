"""What the sell page does with every key: find, add, fill in, take tenders, finish. Knows no Qt."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from csr_desk.domain.cart_lines import CartLine, read_quantity
from csr_desk.domain.changes import Topic
from csr_desk.domain.drawer import Batch
from csr_desk.domain.errors import DrawerNotOpen, Refusal
from csr_desk.domain.keyed_amount import looks_like_amount
from csr_desk.domain.micr import looks_like_micr
from csr_desk.domain.money import plain, shown
from csr_desk.domain.receipt import Receipt
from csr_desk.ui.cart.cart import Cart, CartPicture
from csr_desk.ui.cart.line_panel import line_panel
from csr_desk.ui.context import BannerAction, Context, Tone
from csr_desk.ui.pages.sell import searching
from csr_desk.ui.pages.sell.by_hand import ByHand
from csr_desk.ui.pages.sell.corrections import Corrections
from csr_desk.ui.pages.sell.debts import Debts
from csr_desk.ui.pages.sell.drafts import Drafts
from csr_desk.ui.pages.sell.finding import Finding
from csr_desk.ui.pages.sell.holding import Holding
from csr_desk.ui.pages.sell.late_papers import LatePapers
from csr_desk.ui.pages.sell.ordering import Ordering
from csr_desk.ui.pages.sell.papers import Papers, paper_words
from csr_desk.ui.pages.sell.patrons import Patrons
from csr_desk.ui.pages.sell.picture import Finished, Found, SellView, Suggestion
from csr_desk.ui.pages.sell.taking_back import TakingBack
from csr_desk.ui.pages.sell.things import Things
from csr_desk.ui.pages.sell.till import Till
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.sell import CartDraft


class SellPresenter:
    """One open cart at a time; another person's or a held one is in the database."""

    def __init__(self, context: Context, view: SellView) -> None:
        """Start with an empty cart; ``start`` brings back an unfinished one."""
        self.context = context
        self.view = view
        self.cart = self._new_cart(context.desk.today())
        self.picture = CartPicture()
        self.picked: int | None = None
        self.finished: Finished | None = None
        self.explained = False
        self.sending = False
        self.drafts = Drafts(context)
        self.corrections = Corrections(context, view)
        self.taking_back = TakingBack(self)
        self.finding = Finding(context, view)
        self.till = Till(self)
        self.by_hand = ByHand(self)
        self.debts = Debts(self)
        self.holding = Holding(self)
        self.ordering = Ordering(self)
        self.papers = Papers(self)
        self.patrons = Patrons(self)
        self.things = Things(self)
        self.late_papers = LatePapers(self)

    # ---- coming and going

    def start(self) -> None:
        """Bring back what was open when the program ended, and learn the business date of the drawer."""
        self.drafts.load(self._take_back)
        self.finding.read_held()
        self.show()

    def read_date(self) -> None:
        """Price by the business date of the drawer, or by today where none is open."""
        desk, actor = self.context.desk, self.context.actor

        def open_batch() -> Batch | None:
            from csr_desk.services.drawers import my_batch

            return my_batch(desk, actor)

        self.context.read(open_batch, self._take_date)

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Something changed elsewhere."""
        if Topic.HELD in topics or not topics:
            self.finding.read_held()
        if topics & {Topic.CATALOGUE, Topic.POLICY}:
            self.cart.catalogue = self.context.desk.catalogue
            self.cart.rounding = self.context.desk.policy.rounding
            self.show()

    def _take_date(self, batch: Batch | None) -> None:
        if batch is not None and not self.cart.paper and batch.business_date != self.cart.price_date:
            self.cart.price_date = batch.business_date
            self.show()

    def _take_back(self, draft: CartDraft) -> None:
        if self.cart.lines:
            return
        self.take_draft(draft)
        if self.cart.lines:
            self.context.shell.banner(tr("Your unfinished sale was kept. Go on where you were."), Tone.INFO)

    def take_draft(self, draft: CartDraft) -> None:
        """Go on with a kept or held cart."""
        fresh = self._new_cart(self.cart.price_date)
        fresh.key, fresh.held = draft.key, draft.held_number
        fresh.customer, fresh.customer_id = draft.customer, draft.customer_id
        fresh.lines = [line for line in draft.lines if isinstance(line, CartLine)]
        owed = [line for line in draft.lines if not isinstance(line, CartLine)]
        fresh.tenders = list(draft.tenders)
        self.cart = fresh
        self.picked = len(fresh.lines) - 1 if fresh.lines else None
        self.forget_finished()
        self.show()
        if owed:
            self.debts.bring_back(owed)
        else:
            self.drafts.save(self.cart)

    def _new_cart(self, price_date: date) -> Cart:
        desk = self.context.desk
        return Cart(desk.catalogue, price_date, desk.policy.rounding)

    # ---- searching

    def typed(self, text: str) -> None:
        """The text in the search box changed: show what it finds and how it is read."""
        self.finding.typed(text, self.picture, self.picked)

    def entered(self, text: str, chosen: Suggestion | None) -> None:
        """Enter in the search box: always forward."""
        times = searching.read_times(text)
        if looks_like_micr(text):
            self.till.read_check(text)
        elif times is not None and not times[1]:
            self._times(times[0])
        elif self.debts.reads(text, chosen):
            self.debts.look_up(text, chosen)
        elif chosen is not None:
            self.choose(chosen, times[0] if times is not None else None)
        elif not text.strip():
            self._forward()
        elif looks_like_amount(text) and self.picture.rows:
            self.view.show_hint(tr("An amount: F5 cash, F6 check, F7 card"), fault=True)
        elif not self.finding.enter_when_found(text, self.choose):
            self.view.show_hint(tr("Nothing has this name or number"), fault=True)

    def choose(self, chosen: Suggestion, quantity: Decimal | None = None) -> None:
        """Take a suggestion: add the item, go on with the held sale, look at the receipt."""
        self.view.set_search("")
        if chosen.kind is Found.ITEM:
            self.add(CartLine(chosen.key), quantity)
        elif chosen.kind is Found.HELD:
            self.holding.resume(chosen.key)
        elif chosen.kind is Found.CUSTOMER:
            self.patrons.choose(chosen.key)
        elif chosen.kind is Found.THING:
            self.things.choose(chosen)
        else:
            self.corrections.look_at(chosen.key)

    def _forward(self) -> None:
        """Enter with nothing typed: to what is missing, else finish."""
        if not self.picture.rows:
            return
        if not self.go_to_fault():
            self.finish()

    # ---- lines

    def add(self, line: CartLine, quantity: Decimal | None = None) -> None:
        """Add a line and put the cursor where its price is made."""
        self.forget_finished()
        self.corrections.look_away()
        self.cart.lines.append(line)
        self.picked = len(self.cart.lines) - 1
        self.explained = False
        if quantity is not None:
            self._set_quantity(self.picked, quantity)
        self.changed()
        fault = next(iter(self.picture.faults.get(self.picked, ())), None)
        if fault is None or not fault.field or not self.view.focus_field(fault.field):
            self.view.focus_search()

    def again(self) -> None:
        """F2: the last line once more."""
        if self.cart.lines and isinstance(line := self.cart.lines[-1], CartLine):
            self.add(line)

    def pick(self, at: int) -> None:
        """Pick another line."""
        if 0 <= at < len(self.cart.lines) and at != self.picked:
            self.picked = at
            self.explained = False
            self.show()

    def step(self, by: int) -> None:
        """Pick the next line or the one before."""
        if self.picked is not None:
            self.pick(self.picked + by)

    def set_input(self, name: str, value: str) -> None:
        """A field of the picked line changed: the price follows at once."""
        if self.picked is not None:
            self.cart.set_input(self.picked, name, value)
            self.changed(same_line=True)

    def field_done(self, name: str) -> None:
        """Enter in a field: to the next one that is missing, else back to the search box."""
        missing = [fault.field for fault in self.picture.faults.get(self.picked if self.picked is not None else -1, ())]
        if name in missing:
            self.view.focus_field(name)
        elif not missing or not self.view.focus_field(missing[0]):
            self.view.focus_search()

    def remove(self) -> None:
        """Remove the picked line with everything that was added to it."""
        if self.picked is None or self.sending:
            return
        del self.cart.lines[self.picked]
        self.picked = min(self.picked, len(self.cart.lines) - 1) if self.cart.lines else None
        if not self.cart.lines:
            self.cart.tenders.clear()
        self.changed()
        if not self.cart.lines:
            self.cart = self.cart.fresh()  # the emptied one was given up under its key
            self.show()
        self.view.focus_search()

    def _times(self, number: Decimal) -> None:
        if self.picked is None:
            self.view.show_hint(tr("There is no line to multiply"), fault=True)
            return
        if self._set_quantity(self.picked, number):
            self.view.set_search("")
            self.changed()

    def _set_quantity(self, at: int, number: Decimal) -> bool:
        try:
            quantity = read_quantity(number)
        except Refusal as refusal:
            self.view.show_hint(refusal.message, fault=True)
            return False
        if quantity is not None:
            self.cart.set_quantity(at, quantity)
        return True

    def explain(self) -> None:
        """F1: every step of the price of the picked line, or back to its fields."""
        if self.picked is not None:
            self.explained = not self.explained
            self.show()

    def fill_demonstration(self) -> None:
        """In a demonstration: fill what is missing with values that fit."""
        office = self.context.desk.office
        if self.picked is None or not (office.demonstration or office.training):
            return
        values = {one.name: one.demonstrate(self.cart.price_date) for one in self.cart.fields(self.picked)}
        for fault in self.picture.faults.get(self.picked, ()):
            if fault.missing and fault.field in values:
                self.cart.set_input(self.picked, fault.field, values[fault.field])
        self.view.focus_search()  # a field that is being keyed is not written over, and would go on looking empty
        self.changed()

    # ---- finishing

    def go_to_fault(self) -> bool:
        """Put the cursor to the first thing that is missing; False when nothing is."""
        for at in sorted(self.picture.faults):
            fault = self.picture.faults[at][0]
            self.picked, self.explained = at, False
            self.show()
            self.view.show_hint(fault.sentence, fault=True)
            if fault.field:
                self.view.focus_field(fault.field)
            return True
        if self.picture.refusal is not None:
            self.view.show_hint(self.picture.refusal.message, fault=True)
            return True
        return False

    def finish(self) -> None:
        """Record the sale once; whatever happens on the way, the same key gives the same receipt."""
        if self.sending or self.go_to_fault():
            return
        if self.picture.rest > 0:
            words = tr("{amount} still to pay: F5 cash, F6 check, F7 card")
            self.view.show_hint(words.format(amount=shown(self.picture.rest)), fault=True)
            return
        from csr_desk.services import sell

        self.sending = True
        cart, desk, actor = self.cart, self.context.desk, self.context.actor
        tenders = tuple(cart.tenders)
        who = cart.customer, cart.customer_id
        command = sell.CompleteSale(
            cart.key, None, cart.plain_lines(), tenders, who[0], paper=cart.paper, customer_id=who[1],
            buying=self.late_papers.buying,
        )  # fmt: skip
        self.context.act_or_ask_all(
            lambda approvals: sell.complete_sale(desk, actor, command, approvals),
            self._sold,
            self._not_sold,
            self._not_sending,
        )

    def _sold(self, receipt: Receipt) -> None:
        self.sending = False
        self.drafts.forget()
        self.cart = self._new_cart(receipt.business_date)
        self.picked = None
        self.corrections.look_away()
        words = tr("{receipt} · {amount} taken").format(receipt=receipt.number, amount=plain(receipt.collected))
        self.finished = Finished(receipt, receipt.change, words)
        self.context.shell.clear_banner()
        self.show()
        self.view.show_finished(self.finished)
        self.view.show_hint("")
        self.view.focus_search()

    def _not_sold(self, error: Exception) -> None:
        self.sending = False
        if self.late_papers.ask(error):
            return
        self.context.shell.problem(error, self.view.focus_field)
        self.debts.look_again(error)
        if isinstance(error, DrawerNotOpen):
            shell = self.context.shell
            shell.banner(error.message, Tone.WARN, BannerAction(tr("Go to the drawer"), lambda: shell.go("drawer")))

    def _not_sending(self) -> None:
        self.sending = False

    # ---- giving up

    def empty(self) -> None:
        """Give the cart up: what was in it stands on a receipt."""
        self.cart.lines.clear()
        self.cart.tenders.clear()
        self.changed()
        self.clear()

    def clear(self) -> None:
        """Start an empty cart under a key of its own."""
        self.cart = self._new_cart(self.cart.price_date)
        self.picked = None
        self.show()
        self.view.focus_search()

    # ---- who pays, what is shown

    def ask_customer(self) -> None:
        """F4: who pays; whoever keeps their name keeps their number, and with it what holds for them."""
        before, number = self.cart.customer, self.cart.customer_id

        def take(customer: str) -> None:
            same = customer.partition(" · ")[0] == before.partition(" · ")[0]
            self.take_customer(customer, number if same else "")

        self.corrections.ask_customer(before, take)

    def take_customer(self, customer: str, number: str = "") -> None:
        """Put a name on the sale, with the customer's number where they were found in the files."""
        self.forget_finished()
        self.cart.customer, self.cart.customer_id = customer, number
        self.changed()

    def forget_finished(self) -> None:
        """The next customer started: the change of the last one goes."""
        if self.finished is not None:
            self.finished = None
            self.view.show_finished(None)

    def changed(self, *, same_line: bool = False) -> None:
        """Price again, show, and keep the draft."""
        self.show(same_line=same_line)
        self.drafts.save(self.cart)

    def show(self, *, same_line: bool = False) -> None:
        """Price and show the cart as it stands."""
        self.picture = self.cart.picture()
        self.view.show_cart(self.picture, self.picked)
        self.view.show_customer(self.cart.customer)
        self.view.show_paper(paper_words(self.cart.paper))
        panel = line_panel(self.cart, self.picture, self.picked)
        self.view.show_line(panel, explained=self.explained)
        if not same_line:
            self.view.show_hint("")
