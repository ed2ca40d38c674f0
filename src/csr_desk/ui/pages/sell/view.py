"""The sell page: the search box and the cart on the left, customer, line and money on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.people import Act
from csr_desk.domain.tender import TenderKind
from csr_desk.ui.cart.cart import CartPicture
from csr_desk.ui.cart.cart_table import CartTable
from csr_desk.ui.cart.line_form import LineForm
from csr_desk.ui.cart.line_picture import LinePanel
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.page import Page
from csr_desk.ui.pages.sell.pay_panel import PayPanel
from csr_desk.ui.pages.sell.picture import Finished, Found, RefundRow, Suggestion, Wanted
from csr_desk.ui.pages.sell.presenter import SellPresenter
from csr_desk.ui.pages.sell.refund_sheet import RefundSheet
from csr_desk.ui.pages.sell.suggestion_list import SuggestionList
from csr_desk.ui.pages.sell.things import PAID_HERE
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Card, Chip, EmptyState, KeyButton, Label
from csr_desk.ui.widgets.counted_row import PassOn
from csr_desk.ui.widgets.search_box import SearchBox

_RIGHT_WIDTH = 392


class SellPage(Page):
    """Shows what the presenter says and hands every key to it."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble, connect, start."""
        super().__init__(context)
        self.presenter = SellPresenter(context, self)
        words = self.tr("item, person, account, bill, held sale, receipt or scan")
        self.search = SearchBox("search", self.tr("Search or key an amount"), words)
        self.table = CartTable()
        self.count = Label("", "soft", "line-count")
        self.customer = Label("", "strong", "customer")
        self.line = LineForm()
        self.refund: RefundSheet | None = None
        self._make_keys()
        self.pay = PayPanel(
            {"cash": self.cash, "check": self.check, "card": self.card, "other": self.other}, self.finish
        )
        self.suggestions = SuggestionList(self)
        PassOn(self.search.edit)
        self._assemble()
        self._connect()
        self.presenter.start()

    # ---- making

    def _make_keys(self) -> None:
        go, till = self.presenter, self.presenter.till
        self.cash = self.key("cash", self.tr("Cash"), "F5", lambda: till.cash(self.search.text()))
        self.check = self.key(
            "check", self.tr("Check"), "F6", lambda: till.tender(TenderKind.CHECK, self.search.text())
        )
        self.card = self.key("card", self.tr("Card"), "F7", lambda: till.tender(TenderKind.CARD, self.search.text()))
        self.other = self.key("other-tender", self.tr("Other"), "F10", lambda: till.other(self.search.text()))
        self.finish = self.key("finish", self.tr("Finish and print"), "", go.finish)
        self.hold = self.key("hold", self.tr("Hold"), "F3", go.holding.hold)
        self.remove = self.key("remove-line", self.tr("Remove"), "Del", go.remove)
        self.again = self.key("again", self.tr("Again"), "F2", go.again)
        self.void = self.key("void", self.tr("Take back"), "F8", go.taking_back.start)
        self.no_sale = self.key("no-sale", self.tr("No sale"), "F12", go.corrections.no_sale)
        self.quantity = self.key("quantity", self.tr("Quantity"), "", self._start_quantity)
        self.key("cash-keep-open", self.tr("Cash, do not finish yet"), "Shift+F5", self._cash_keep_open)
        self.key("reprint", self.tr("Print the last receipt again"), "Shift+F8", go.corrections.print_again)
        self.key("take-back", self.tr("Give the last tender back"), "Ctrl+Del", till.take_back)
        self.key("explain", self.tr("Explain this price"), "F1", go.explain)
        self.key("override", self.tr("Key another price for this line"), "Ctrl+P", go.by_hand.override)
        self.key("apply-by-hand", self.tr("Put this payment on other debts"), "Ctrl+O", go.debts.put_by_hand)
        self.key("order", self.tr("Order for the cashier"), "Shift+F3", go.ordering.start)
        self.key("waive", self.tr("Waive the fee of this line"), "Ctrl+W", go.by_hand.waive)
        self.key("customer", self.tr("Customer"), "F4", self._customer)
        may = self.context.actor.may
        if may(Act.ENTER_PAPER):
            self.key("paper-receipt", self.tr("Enter a paper receipt"), "Ctrl+B", go.papers.toggle)
            self.key("paper-void", self.tr("Void a number of a paper receipt book"), "Ctrl+Shift+B", go.papers.void)
        if may(Act.REPORT_SUSPECT):
            self.key("suspect-note", self.tr("Report a suspect note"), "Shift+F12", go.papers.suspect)
        self.key("to-search", self.tr("Search"), "/", self.focus_search)
        # the Drawer page stops selling on the same key: twice, so that a slip of a finger ends no morning
        self.key(
            "to-drawer", self.tr("To the drawer: stop selling"), "Ctrl+End", lambda: self.context.shell.go("drawer")
        )
        office = self.context.desk.office
        if office.demonstration or office.training:
            self.key("fill-demo", self.tr("Fill in demonstration values"), "Ctrl+D", go.fill_demonstration)

    def _assemble(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.search)
        left.addWidget(self._cart_card(), 1)
        right = QWidget()
        right.setFixedWidth(_RIGHT_WIDTH)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._customer_card())
        column.addWidget(self.line, 1)
        column.addWidget(self.pay, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(right)

    def _cart_card(self) -> QWidget:
        card = Card(flush=True)
        self.paper = Chip("", Tone.WARN, "paper-receipt-mark")
        self.paper_line = QWidget()  # without a paper receipt it takes no room
        self.paper_line.hide()
        mark = QHBoxLayout(self.paper_line)
        mark.setContentsMargins(12, 8, 12, 2)
        mark.addWidget(self.paper)
        mark.addStretch(1)
        card.body.addWidget(self.paper_line)
        body = QWidget()
        self._cart_stack = QStackedLayout(body)
        empty = EmptyState(
            self.tr("Ready for the next customer"),
            self.tr("Type the name or code of an item, or scan. F3 shows held sales, F8 takes the last receipt back."),
        )
        self._cart_stack.addWidget(empty)
        self._cart_stack.addWidget(self.table)
        foot = QFrame()
        say(foot, role="foot")
        foot.setFixedHeight(58)
        row = QHBoxLayout(foot)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        keys: tuple[tuple[QAction, str], ...] = (
            (self.hold, ""), (self.remove, ""), (self.quantity, "*"), (self.again, ""), (self.void, ""),
            (self.no_sale, ""),
        )  # fmt: skip
        for action, cap in keys:
            row.addWidget(KeyButton.for_action(action, "", cap))
        row.addStretch(1)
        row.addWidget(self.count)
        card.body.addWidget(body, 1)
        card.body.addWidget(foot)
        card.body.setSpacing(0)
        return card

    def _customer_card(self) -> Card:
        card = Card(self.tr("Customer"))
        card.head.addWidget(Label(self.tr("change"), "soft"))
        card.head.addWidget(Label("F4", "keycap"))
        self.customer.setWordWrap(True)
        card.body.addWidget(self.customer)
        return card

    def _connect(self) -> None:
        self.search.typed.connect(self.presenter.typed)
        self.search.entered.connect(lambda text: self.presenter.entered(text, self.suggestions.picked()))
        self.search.stepped.connect(self._step)
        self.search.escaped.connect(self._back)
        self.search.deleted.connect(self.presenter.remove)
        self.suggestions.chosen.connect(self.presenter.choose)
        self.table.picked.connect(self.presenter.pick)
        self.line.keyed.connect(self.presenter.set_input)
        self.line.done.connect(self.presenter.field_done)
        self.pay.taken_back.connect(self.presenter.till.take_back)

    # ---- the page

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Held sales, catalogue or policy may have changed."""
        self.presenter.refresh(topics)

    def enter(self) -> None:
        """The drawer may have been opened meanwhile."""
        self.presenter.read_date()

    def look_at(self, about: str) -> None:
        """Put on the sale a customer, what is owed, a renewal, a deposit, a held sale; or see a receipt."""
        kind, _, key = about.partition(":")
        if kind in {"customer", "payer"}:
            self.presenter.patrons.put(key, pays=kind == "payer")
        elif kind in PAID_HERE:
            self.presenter.debts.look_up(key)
        elif kind == "renewal":
            self.presenter.things.renew(key)
        elif kind == "deposit":
            self.presenter.debts.put_deposit(key)
        elif kind == "receipt":
            self.presenter.corrections.look_at(key)
        elif kind == "held":
            self.presenter.holding.resume(key)

    def about(self) -> tuple[str, ...]:
        """The customer on the sale; while the one that was just finished is shown, its receipt."""
        go = self.presenter
        whose = (f"customer:{go.cart.customer_id}",) if go.cart.customer_id else ()
        sold = (f"receipt:{go.finished.receipt.number}",) if go.finished is not None else ()
        return (*whose, *sold)

    def first_focus(self) -> QWidget:
        """The search box, unless a field is being keyed."""
        return self.focusWidget() if self.line.has_focus() else self.search.edit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing anywhere goes to the search box; Enter forward, Esc back."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape}:
            self.focus_search()
            if not self.search.heard(event):
                super().keyPressEvent(event)
        elif not self.search.take_key(event):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The suggestions hang under the box."""
        super().resizeEvent(event)
        box = self.search.geometry()
        self.suggestions.setGeometry(box.left() + 15, box.bottom() + 6, min(620, box.width() - 30), 100)

    # ---- what the presenter says

    def show_cart(self, picture: CartPicture, picked: int | None) -> None:
        """Rows, totals and tenders."""
        self._cart_stack.setCurrentIndex(1 if picture.rows else 0)
        self.table.show_rows(picture.rows, picked)
        number = len(picture.rows)
        words = self.tr("1 line") if number == 1 else self.tr("{0} lines").format(number)
        self.count.setText(words if number else "")
        self.pay.show_cart(picture)
        for action in (self.remove, self.quantity, self.again):
            action.setEnabled(bool(picture.rows))
        for action in (self.cash, self.check, self.card, self.other):
            action.setEnabled(bool(picture.rows) and picture.rest > 0)
        self.finish.setEnabled(picture.paid)

    def show_line(self, panel: LinePanel | None, *, explained: bool) -> None:
        """The fields of the picked line."""
        self.line.show_line(panel, explained=explained)
        office = self.context.desk.office
        missing = panel is not None and not explained and any(field.missing for field in panel.fields)
        self.line.show_demo(self.tr("Ctrl D fills in demonstration values.") if missing and office.training else "")

    def show_suggestions(self, found: Sequence[Suggestion], *, picked: bool) -> None:
        """What the text finds."""
        self.suggestions.show_found(found, picked=picked)

    def show_hint(self, text: str, *, fault: bool = False) -> None:
        """How the text is read."""
        self.search.show_hint(text, fault=fault)

    def show_paper(self, words: str) -> None:
        """That a paper receipt is entered."""
        self.paper.show_state(words, Tone.WARN)
        self.paper_line.setVisible(bool(words))

    def show_customer(self, customer: str) -> None:
        """Who pays."""
        self.customer.setText(customer or self.tr("Walk-in customer"))
        say(self.customer, role="strong" if customer else "soft")

    def ask_refund(
        self,
        title: str,
        rows: Sequence[RefundRow],
        look: Callable[[Wanted, bool], None],
        then: Callable[[Wanted, bool], None],
    ) -> None:
        """How many of each line go back."""

        def make(parent: object) -> object:
            self.refund = RefundSheet(parent, title, rows, look, then) if isinstance(parent, QWidget) else None
            return self.refund

        self.context.shell.open_over(make)

    def show_refund(self, amount: str, how: str, *, two_ways: bool) -> None:
        """What that comes to."""
        if self.refund is not None:
            self.refund.show_amount(amount, how, two_ways=two_ways)

    def show_refund_fault(self, text: str) -> None:
        """Why it cannot be."""
        if self.refund is not None:
            self.refund.show_fault(text)

    def show_finished(self, finished: Finished | None) -> None:
        """The change, until the next customer starts."""
        self.pay.show_finished(finished)

    def set_search(self, text: str) -> None:
        """Replace the text of the box."""
        self.search.set_text(text)

    def focus_search(self) -> None:
        """The cursor into the box."""
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_field(self, name: str) -> bool:
        """The cursor into a field of the line."""
        return self.line.focus_field(name)

    # ---- small steps

    def _step(self, by: int) -> None:
        if self.suggestions.isVisible():
            self.suggestions.step(by)
        else:
            self.presenter.step(by)

    def _back(self) -> None:
        if self.search.text():
            self.search.set_text("")
        elif self.suggestions.isVisible():
            self.suggestions.hide()
        elif self.presenter.explained:
            self.presenter.explain()
        else:
            self.context.shell.clear_banner()

    def _customer(self) -> None:
        picked = self.suggestions.picked()
        if picked is not None and picked.kind is Found.CUSTOMER:
            self.search.set_text("")
            self.presenter.patrons.put(picked.key)
        elif picked is not None and picked.kind is Found.THING:
            self.search.set_text("")
            self.presenter.things.see(picked)
        else:
            self.presenter.ask_customer()

    def _start_quantity(self) -> None:
        self.search.set_text("*")
        self.focus_search()

    def _cash_keep_open(self) -> None:
        self.presenter.till.cash(self.search.text(), finish=False)
