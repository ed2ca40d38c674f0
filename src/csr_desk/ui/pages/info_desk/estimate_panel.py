"""What would it cost? The items that match at the left, what is put together in the middle, what is asked below it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.money import shown
from csr_desk.ui.cart.cart_table import CartTable
from csr_desk.ui.cart.line_form import LineForm
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.info_desk.estimate_presenter import (
    EstimatePicture,
    EstimatePresenter,
    found_words,
    language_name,
)
from csr_desk.ui.switched_page import ViewPanel
from csr_desk.ui.widgets import BigFigure, Card, EmptyState, Label
from csr_desk.ui.widgets.key_row import KeyRow
from csr_desk.ui.widgets.pick_list import Pick, PickList
from csr_desk.ui.widgets.search_box import SearchBox

_LIST = 400
_FORM = 270


class EstimatePanel(ViewPanel):
    """Typing finds items, Enter puts the first one in; the price is there before the last figure is keyed."""

    topics = frozenset({Topic.CATALOGUE, Topic.POLICY})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = EstimatePresenter(context, self)
        self.search = SearchBox("estimate-search", self.tr("Items"), self.tr("item or what it is for"))
        self.list = PickList("estimate-items", self.tr("Items that match"))
        self.none = EmptyState(self.tr("What would it cost?"), self.tr("Type what it is for; Enter puts it in."))
        self.table = CartTable()
        self.table.setObjectName("estimate-lines")
        self.table.setAccessibleIdentifier("estimate-lines")
        self.empty = EmptyState(
            self.tr("Nothing put together yet"), self.tr("Each item asks for what its price depends on.")
        )
        self.line = LineForm()
        self.line.setFixedHeight(_FORM)
        self.day = Label("", "soft", "estimate-day")
        self.total = BigFigure("estimate-total")
        does = self.presenter
        self.print = self.key("estimate-print", self.tr("Print the estimate"), "Alt+P", does.print_it)
        self.tongue = self.key("estimate-language", "", "Alt+L", does.next_language)
        self.sale = self.key("estimate-sell", self.tr("Put it on the sale"), "Alt+S", does.sell_it)
        self.why = self.key("estimate-explain", self.tr("Explain this price"), "F1", does.explain)
        self.drop = self.key("estimate-remove", self.tr("Remove the line"), "Alt+D", does.remove)
        self.anew = self.key("estimate-clear", self.tr("Begin anew"), "Alt+X", does.clear)
        self._assemble()
        self._connect()
        self.show_picture(EstimatePicture())

    def _assemble(self) -> None:
        found = Card(self.tr("Items"), self.tr("↑ ↓, Enter"), flush=True)
        found.body.addWidget(self.list, 1)
        found.body.addWidget(self.none, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(found, 1)
        left.addWidget(self.line)
        self.line.setFixedWidth(_LIST)
        found.setFixedWidth(_LIST)
        lines = Card(flush=True)
        lines.body.addWidget(self.table, 1)
        lines.body.addWidget(self.empty, 1)
        sums = QHBoxLayout()
        sums.setContentsMargins(12, 4, 16, 0)
        sums.addWidget(self.day, 1)
        sums.addWidget(self.total)
        lines.body.addLayout(sums)
        lines.body.addWidget(KeyRow(self.print, self.tongue, self.sale, self.why, self.drop, self.anew))
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addLayout(left)
        below.addWidget(lines, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.search)
        column.addLayout(below, 1)

    def _connect(self) -> None:
        does = self.presenter
        self.search.typed.connect(does.typed)
        self.search.stepped.connect(self._step)
        self.search.escaped.connect(lambda: self.search.set_text(""))
        self.search.entered.connect(lambda _text: self._take(self.list.current_key()))
        self.list.entered.connect(self._take)
        self.table.picked.connect(does.pick)
        self.line.keyed.connect(does.set_input)
        self.line.done.connect(does.field_done)

    def load(self) -> None:
        """Price anew what is put together."""
        self.presenter.load()

    def look_at(self, about: str) -> None:
        """Put an item in: a card or a notice sent somebody here."""
        noun, _, code = about.partition(":")
        if noun == "item":
            self.presenter.add(code)

    def first_focus(self) -> QWidget:
        """The field that is being keyed, else the search box."""
        return self.focusWidget() if self.line.has_focus() else self.search.edit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What is typed anywhere goes into the search box."""
        if not self.search.take_key(event):
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        rows = [pick.key for pick in self.list.picks]
        now = self.list.current_key()
        if rows and now in rows:
            self.list.pick(rows[max(0, min(rows.index(now) + by, len(rows) - 1))])

    def _take(self, code: str | None) -> None:
        if code is not None and self.presenter.picture.found:
            self.search.edit.blockSignals(True)  # what was typed is done with; nothing is looked for
            self.search.set_text("")
            self.search.edit.blockSignals(False)
            self.presenter.add(code)

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field of the line."""
        return self.line.focus_field(name)

    def show_picture(self, picture: EstimatePicture) -> None:
        """Show what matches, what is put together, and what the line in front asks for."""
        self.list.setVisible(bool(picture.found))
        self.none.setVisible(not picture.found)
        self.list.show_picks([
            Pick(hit.code, hit.name, f"{hit.code} · {hit.department}",
                 right="" if hit.amount_hint is None else shown(hit.amount_hint))
            for hit in picture.found
        ])  # fmt: skip
        self.search.show_hint(found_words(picture.found) if picture.found else "", fault=False)
        rows = picture.cart.rows
        self.table.setVisible(bool(rows))
        self.empty.setVisible(not rows)
        self.table.show_rows(rows, picture.picked)
        asks = picture.line is not None and (picture.explained or bool(picture.line.fields))
        self.line.show_line(picture.line if asks else None, explained=picture.explained)
        today = us_date(self.context.desk.today())
        refused = picture.cart.refusal.message if picture.cart.refusal is not None else ""
        self.day.setText(refused or self.tr("Prices of {0}. An estimate, no receipt; fees of cards come on top.")
                         .format(today))  # fmt: skip
        self.total.show_cents(picture.cart.total)
        self.tongue.setText(self.tr("In {0}").format(language_name(picture.language)))
        for action, offered in (
            (self.print, picture.priced), (self.sale, bool(rows)), (self.why, picture.line is not None),
            (self.drop, picture.line is not None), (self.anew, bool(rows)),
        ):  # fmt: skip
            action.setEnabled(offered)
        self.sale.setVisible(picture.may_sell)
