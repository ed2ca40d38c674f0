"""The accountant's place for what the bank sent back: the items with their clocks, and the list of bank accounts."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act
from csr_desk.domain.returned import ListedCheck, NoticeState, ReturnedItem
from csr_desk.ui.dates import us_date
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.pages.balancing.returned_desk import ReturnedDesk, ReturnedFacts, reason_words, state_words
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.widgets.pick_list import Pick

RETURNED = "returned"


class ReturnedPanel(PlacePanel):
    """Book, write, note the mail, refer; list and clear accounts."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.ACCOUNTS, Topic.RECEIPTS})

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.desk = ReturnedDesk(page.context, self)
        self.facts: ReturnedFacts | None = None
        self.items = FiguresTable("returned-items", self.tr("Returned items"), (
            Column(self.tr("Who")), Column(self.tr("Receipt"), width=160), Column(self.tr("Check"), width=80),
            Column(self.tr("Owed"), figures=True, width=100), Column(self.tr("State"), width=170),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("Nothing came back"),
            self.tr("When the bank sends a check or an e-check back, book it here by its receipt."),
        )
        self.listed = FiguresTable("returned-list", self.tr("Returned-check list"), (
            Column(self.tr("Account"), width=110), Column(self.tr("Why")), Column(self.tr("State"), width=234),
        ))  # fmt: skip
        self.nobody = EmptyState(
            self.tr("No account is listed"),
            self.tr("A returned check lists its account by itself; others are listed by hand."),
        )
        self.about = KeyValues("returned-fact")
        self._make_keys()
        self._assemble()
        self.items.chosen.connect(lambda _row: self._show_item())
        self.listed.chosen.connect(lambda _row: self.changed.emit())

    def _make_keys(self) -> None:
        do = self.desk
        self.book_key = self.key("returned-book", self.tr("Book a returned item…"), "Ctrl+Return", do.book)
        self.letter_key = self.key("returned-letter", self.tr("Letter"), "Ctrl+P", lambda: self._with_item(do.letter))
        mail = self.tr("Note the mail…")
        self.mail_key = self.key("returned-mail", mail, "Ctrl+M", lambda: self._with_item(do.note_mail))
        self.refer_key = self.key("returned-refer", self.tr("Refer what is overdue"), "Ctrl+Shift+P", do.refer)
        self.list_key = self.key("check-list", self.tr("List an account…"), "Ctrl+Shift+A", do.list_account)
        self.clear_key = self.key("check-clear", self.tr("Clear the account…"), "Ctrl+Shift+K", self._clear)

    def _assemble(self) -> None:
        items = Card(self.tr("Returned items"), flush=True)
        items.body.addWidget(self.items, 1)
        items.body.addWidget(self.none, 1)
        about = Card(self.tr("About it"))
        about.body.addWidget(self.about)
        about.body.addStretch(1)
        listed = Card(self.tr("Returned-check list"), flush=True)
        listed.body.addWidget(self.listed, 1)
        listed.body.addWidget(self.nobody, 1)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(about, 4)
        lower.addWidget(listed, 5)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(items, 5)
        box.addLayout(lower, 5)
        box.addLayout(_row(self.clear_key, self.list_key, self.refer_key))
        box.addLayout(_row(self.mail_key, self.letter_key, self.book_key, last="primary"))

    def load(self) -> None:
        """Read anew."""
        self.desk.load()

    def first_focus(self) -> QWidget:
        """The items."""
        return self.items

    def pick(self) -> Pick:
        """Its line: how many are overdue, or wait for their letter."""
        facts, title = self.facts, self.tr("Returned items")
        if facts is None:
            return Pick(RETURNED, title)
        states = (NoticeState.PAID,)
        still = len(facts.items) - facts.count(*states)
        below = self.tr("1 is owed") if still == 1 else self.tr("{0} are owed").format(still)
        overdue, letters = facts.count(NoticeState.OVERDUE), facts.count(NoticeState.LETTER_DUE)
        if overdue:
            return Pick(RETURNED, title, below, self.tr("{0} overdue").format(overdue), "bad")
        if letters:
            return Pick(RETURNED, title, below, self.tr("{0} to write").format(letters), "warn")
        return Pick(RETURNED, title, below)

    def allowed(self, action: QAction) -> bool:
        """Letters and mail belong to a check that is owed; clearing to a live line."""
        item, line, may = self.item(), self.line(), self.context.actor.may
        owed = item is not None and item.owed > 0 and item.needs_letter
        overdue = self.facts is not None and self.facts.count(NoticeState.OVERDUE) > 0
        return {
            self.book_key: may(Act.RETURN_ITEM),
            self.letter_key: owed,
            self.mail_key: owed and item is not None and item.received_on is None and may(Act.LIST_CHECKS),
            self.refer_key: overdue and may(Act.RETURN_ITEM),
            self.list_key: may(Act.LIST_CHECKS),
            self.clear_key: line is not None and line.live and may(Act.LIST_CHECKS),
        }[action]

    def item(self) -> ReturnedItem | None:
        """The item that is picked."""
        row, facts = self.items.currentIndex().row(), self.facts
        return facts.items[row] if facts is not None and 0 <= row < len(facts.items) else None

    def line(self) -> ListedCheck | None:
        """The line of the list that is picked."""
        row, facts = self.listed.currentIndex().row(), self.facts
        return facts.listed[row] if facts is not None and 0 <= row < len(facts.listed) else None

    def show_returned(self, facts: ReturnedFacts) -> None:
        """Show the items and the list."""
        self.facts = facts
        self.items.setVisible(bool(facts.items))
        self.none.setVisible(not facts.items)
        self.listed.setVisible(bool(facts.listed))
        self.nobody.setVisible(not facts.listed)
        self.items.show_rows([
            [
                Cell(item.name, strong=True), item.receipt, item.number, shown(item.owed),
                Cell(*state_words(item, facts.today)),
            ]
            for item in facts.items
        ])  # fmt: skip
        self.listed.show_rows([
            [line.account_masked, reason_words(line.reason), self._line_state(line)] for line in facts.listed
        ])  # fmt: skip
        self._show_item()

    def _line_state(self, line: ListedCheck) -> Cell:
        if line.cleared_on is None:
            return Cell(self.tr("Not taken since {0}").format(us_date(line.listed_on)), "bad")
        return Cell(self.tr("Cleared {0}").format(us_date(line.cleared_on)), "ok")

    def _show_item(self) -> None:
        item = self.item()
        facts = [] if item is None else [
            (self.tr("Bank’s reason"), item.reason),
            (self.tr("Check and fee"), f"{shown(item.amount)} + {shown(item.fee)}"),
            (self.tr("Bill"), item.bill if item.bill == item.account else f"{item.bill} · {item.account}"),
            (self.tr("Taken"), f"{us_date(item.taken_on)} · {item.clerk}"),
            (self.tr("Returned"), us_date(item.returned_on)),
            (self.tr("Mailed"), us_date(item.mailed_on) if item.mailed_on else ""),
                (self.tr("Certified mail"), item.mail_number),
            (self.tr("Received"), us_date(item.received_on) if item.received_on else ""),
            (self.tr("Pay by"), us_date(item.pay_by) if item.pay_by else ""),
        ]  # fmt: skip
        self.about.show_facts([pair for pair in facts if pair[1]])
        self.changed.emit()

    def _with_item(self, do: Callable[[ReturnedItem], None]) -> None:
        item = self.item()
        if item is not None:
            do(item)

    def _clear(self) -> None:
        line = self.line()
        if line is not None:
            self.desk.clear(line)


def _row(*actions: QAction, last: str = "") -> QHBoxLayout:
    """Buttons at the right, the last one in front of the others."""
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for action in actions:
        row.addWidget(KeyButton.for_action(action, last if action is actions[-1] else ""))
    return row
