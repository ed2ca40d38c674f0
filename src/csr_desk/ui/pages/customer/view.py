"""The customer page: people at the left, at the right one of them, or the form that enters them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context
from csr_desk.ui.moments import MomentRow
from csr_desk.ui.page import Page
from csr_desk.ui.pages.customer.accounts_cards import AccountsCards
from csr_desk.ui.pages.customer.entry_panel import EntryPanel
from csr_desk.ui.pages.customer.head_card import HeadCard
from csr_desk.ui.pages.customer.panels import PANELS
from csr_desk.ui.pages.customer.picture import (
    FormPicture,
    FoundRow,
    Months,
    NoteRow,
    PagePicture,
)
from csr_desk.ui.pages.customer.presenter import CustomerPresenter
from csr_desk.ui.pages.customer.record_panel import RecordPanel
from csr_desk.ui.pages.customer.tabs import TIMELINE, TabActs, Tabs
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.card_scans import CardScans
from csr_desk.ui.widgets.pick_list import Pick, PickList
from csr_desk.ui.widgets.search_box import SearchBox

_LEFT_WIDTH = 304


class CustomerPage(Page):
    """Shows what the presenter says and hands every key to it."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble, connect."""
        super().__init__(context)
        self.presenter = CustomerPresenter(context, self)
        self.search = SearchBox("customer-search", self.tr("Find a customer"), self.tr("name, address, phone, account"))
        self.found = PickList("customer-found", self.tr("Customers found"))
        self._make_keys()
        self.head = HeadCard(self.pay_key, self.tell_key)
        self.middle = AccountsCards(self.record_key)
        self.accounts, self.chart = self.middle.accounts, self.middle.chart
        self.tabs = Tabs(self, PANELS, TabActs(self.note_key, self.take_off_key, self.other_key))
        self.form = EntryPanel((self.empty_key, self.alike_key, self.save_key))
        self.record = RecordPanel(self)
        self.right = QStackedWidget()
        self.nobody = EmptyState(
            self.tr("Whom do you look for?"),
            self.tr(
                "Type any scrap of a name, an address, a telephone or an account number. Ctrl+N enters somebody new."
            ),
        )
        self.scans = CardScans(self)
        self._picture: PagePicture | None = None
        self._assemble()
        self._connect()
        self.let_acts()

    # ---- making

    def _make_keys(self) -> None:
        go, entry = self.presenter, self.presenter.entry
        self.pay_key = self.key("customer-pay", self.tr("Take payment"), "F5", go.pay)
        self.edit_key = self.key("customer-edit", self.tr("Change"), "F2", lambda: entry.start_edit(go.page))
        self.new_key = self.key("customer-new", self.tr("New customer"), "Ctrl+N", entry.start_new)
        self.contact_key = self.key(
            "customer-contact", self.tr("Another way to reach them"), "Ctrl+E", lambda: entry.ask_contact(go.page)
        )
        self.note_key = self.key("customer-note", self.tr("Note"), "Ctrl+M", go.ask_note)
        self.take_off_key = self.key("customer-note-off", self.tr("Take off"), "Ctrl+Del", self._take_off)
        self.tell_key = self.key("customer-tell", self.tr("Log and show"), "Ctrl+T", go.tell)
        self.turn_key = self.key("customer-confidential", self.tr("Confidential"), "", go.turn_confidential)
        self.record_key = self.key("customer-record", self.tr("Parts and record"), "Ctrl+G", self._look_at_record)
        self.undo_key = self.key("customer-undo", self.tr("Take the last change back"), "Ctrl+Z", entry.undo)
        self.save_key = self.key("entry-save", self.tr("Save"), "Ctrl+S", entry.save)
        self.alike_key = self.key("entry-open-alike", self.tr("Open that one"), "F3", self._open_alike)
        self.empty_key = self.key("entry-clear", self.tr("Empty"), "F10", entry.empty)
        self.other_key = self.key("account-next", self.tr("Next account"), "Alt+Down", lambda: self._step_account(1))
        self.key("account-before", self.tr("Account before"), "Alt+Up", lambda: self._step_account(-1))
        self.key("customer-to-search", self.tr("Search"), "F4", self.focus_search)

    def _assemble(self) -> None:
        left = self.left = QWidget()
        left.setFixedWidth(_LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.search)
        listed = Card("", flush=True)
        listed.body.addWidget(self.found, 1)
        self.list_words = Label("", "soft", "customer-list-words")
        self.list_words.setWordWrap(True)
        self.list_words.setContentsMargins(12, 8, 12, 8)
        listed.body.addWidget(self.list_words)
        column.addWidget(listed, 1)
        self.shown = QWidget()
        shown = QVBoxLayout(self.shown)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(12)
        shown.addWidget(self.head)
        shown.addWidget(self.middle)
        shown.addWidget(self.tabs, 1)
        for widget in (self.nobody, self.shown, self.form, self.record):
            self.right.addWidget(widget)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(self.right, 1)
        self._say_list()

    def _connect(self) -> None:
        go, entry = self.presenter, self.presenter.entry
        self.record.escaped.connect(self._leave_record)
        self.search.typed.connect(go.typed)
        self.search.entered.connect(lambda _text: go.entered(self.found.current_key()))
        self.search.stepped.connect(self._step)
        self.search.escaped.connect(self._back)
        self.search.edit.installEventFilter(self)
        self.found.entered.connect(go.look_at)
        self.accounts.chosen.connect(self._account_chosen)
        self.tabs.moments.opened.connect(go.open_moment)
        self.form.keyed.connect(entry.set_value)
        self.form.done.connect(entry.field_done)
        self.form.escaped.connect(entry.leave)
        self.form.alike.entered.connect(entry.open_alike)
        self.tabs.notes.selectionModel().currentRowChanged.connect(lambda _now, _before: self.let_acts())
        self.tabs.chosen.connect(lambda _key: self._tab_chosen())
        for field in (self.search.edit, *self.form.fields.values()):
            self.scans.watch(field)
        self.scans.scanned.connect(entry.scanned)

    # ---- the page

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Money moved, or a customer was changed."""
        if self.isVisible():
            self.presenter.refresh(topics)

    def enter(self) -> None:
        """What is shown may have changed meanwhile."""
        self.presenter.refresh(frozenset())

    def look_at(self, about: str) -> None:
        """Open a customer that another page found."""
        self.search.set_text("")
        self.tabs.bring(TIMELINE)
        self.presenter.look_at(about)

    def about(self) -> tuple[str, ...]:
        """The customer who is looked at, and the account that is picked."""
        page, account = self.presenter.page, self.presenter.account
        if page is None:
            return ()
        return (f"customer:{page.number}", *((f"account:{account}",) if account else ()))

    def first_focus(self) -> QWidget:
        """The form while somebody keys it, a panel while it is in front, else the search box."""
        if self.right.currentWidget() is self.form:
            return self.focusWidget() if self.form.isAncestorOf(self.focusWidget()) else self.form.fields["name"]
        if self.right.currentWidget() is self.record:
            return self.record.first_focus()
        if self.right.currentWidget() is self.shown and self.tabs.wide:
            return self.tabs.first_focus()
        return self.search.edit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back; typing anywhere goes to the search box."""
        if event.key() == Qt.Key.Key_Escape and self.right.currentWidget() is self.form:
            self.presenter.entry.leave()
        elif event.key() == Qt.Key.Key_Escape and self.right.currentWidget() is self.record:
            self._leave_record()
        elif event.key() == Qt.Key.Key_Escape:
            self.focus_search()
            super().keyPressEvent(event)
        elif self.tabs.wide or self.right.currentWidget() is self.form or not self.search.take_key(event):
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Ctrl+Z in the search box through to the page: it takes a change back, not a letter."""
        undo = isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.Undo)
        if undo and event.type() == QEvent.Type.ShortcutOverride and self.undo_key.isEnabled():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    # ---- what the presenters say

    def show_found(self, rows: Sequence[FoundRow], hint: str, *, fault: bool = False) -> None:
        """Show who was found, the first picked."""
        self.found.show_picks([_pick(row) for row in rows])
        self.found.pick(rows[0].key if rows else None)
        self.search.show_hint("", fault=False)
        self._say_list(hint)

    def show_page(self, picture: PagePicture, account: str) -> None:
        """Show a customer."""
        same = self._picture is not None and self._picture.number == picture.number
        self._picture = picture
        self.head.show_page(picture)
        self.middle.show_accounts(picture.accounts, account)
        if not same:
            self.tabs.show_moments(())
            self.chart.show_values((), ())
        self._show_account(account)
        if self.right.currentWidget() is self.record and same:
            self._look_at_record()
        elif self.right.currentWidget() is not self.form:
            self._bring(self.shown)
            self.search.edit.selectAll()

    def show_moments(self, rows: Sequence[MomentRow]) -> None:
        """Show the time line."""
        self.tabs.show_moments(rows)

    def show_notes(self, rows: Sequence[NoteRow]) -> None:
        """Show every note."""
        self.tabs.show_notes(rows)
        self.let_acts()

    def show_months(self, months: Months) -> None:
        """Show how the balance went."""
        self.chart.show_values(months.labels, months.values)

    def show_form(self, picture: FormPicture) -> None:
        """Bring the form to the front."""
        self.form.show_form(picture)
        self._bring(self.form)

    def fill_form(self, values: dict[str, str]) -> None:
        """Put values into the fields."""
        self.form.fill(values)

    def hide_form(self) -> None:
        """Back to who was looked at."""
        self._bring(self.shown if self._picture is not None else self.nobody)
        self.focus_search()

    def show_alike(self, rows: Sequence[FoundRow], words: str) -> None:
        """Show who may be here already."""
        self.form.show_alike(rows, words)

    def show_form_fault(self, text: str) -> None:
        """Say in the form what is wrong."""
        self.form.show_fault(text)

    def focus_field(self, name: str) -> bool:
        """The cursor into a field of the form."""
        return self.form.focus_field(name)

    def focus_search(self) -> None:
        """The cursor into the search box, which stands beside the time line and not beside a panel."""
        if self.tabs.wide:
            self.tabs.bring(TIMELINE)
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.edit.selectAll()

    def let_acts(self) -> None:
        """Offer what can be done now, and nothing else."""
        go, entry = self.presenter, self.presenter.entry
        keying = entry.draft is not None
        seen = go.page is not None and not keying
        may = {
            self.pay_key: seen and go.may_sell,
            self.edit_key: seen and entry.may_edit,
            self.new_key: not keying and entry.may_edit,
            self.contact_key: seen and entry.may_edit,
            self.note_key: seen and entry.may_edit,
            self.take_off_key: seen and entry.may_edit and bool(self.tabs.picked_note()),
            self.tell_key: seen and go.may_tell,
            self.turn_key: seen and go.may_turn,
            self.other_key: seen and self._picture is not None and len(self._picture.accounts) > 1,
            self.record_key: seen and self.right.currentWidget() is not self.record,
            self.undo_key: not keying and entry.edited is not None,
            self.save_key: keying,
            self.empty_key: keying,
            self.alike_key: keying and bool(entry.alike),
        }
        for action, can in may.items():
            action.setEnabled(can)
        for action in (self.pay_key, self.tell_key, self.take_off_key, self.other_key):
            action.setVisible(may[action])
        if go.page is not None:
            self.turn_key.setText(
                self.tr("No longer confidential") if go.page.confidential else self.tr("Make confidential")
            )

    # ---- small steps

    def _step(self, by: int) -> None:
        keys = [pick.key for pick in self.found.picks]
        if keys:
            at = keys.index(self.found.current_key() or keys[0]) + by
            self.found.pick(keys[max(0, min(at, len(keys) - 1))])

    def _back(self) -> None:
        if self.search.text():
            self.search.set_text("")
        elif self.right.currentWidget() is self.form:
            self.presenter.entry.leave()
        else:
            self.context.shell.clear_banner()

    def _say_list(self, hint: str = "") -> None:
        if hint:
            words = hint
        elif self.found.picks:
            words = self.tr("Enter opens the one that is picked.")
        else:
            words = self.tr("Those you looked at last will stand here.")
        if self.context.actor.may(Act.EDIT_ACCOUNTS):
            words = self.tr("{0} Ctrl+N enters somebody new.").format(words)
        self.list_words.setText(words)

    def _account_chosen(self, at: int) -> None:
        if self._picture is not None and 0 <= at < len(self._picture.accounts):
            number = self._picture.accounts[at].number
            self.presenter.pick_account(number)
            self._show_account(number)

    def _show_account(self, number: str) -> None:
        rows = self._picture.accounts if self._picture is not None else ()
        row = next((one for one in rows if one.number == number), None)
        self.middle.show_words(row.words if row is not None else "")
        several = len(rows) > 1
        named = f"{number} · {row.service}" if row is not None and row.service and not several else number
        whose = self._picture.number if self._picture is not None else ""
        self.tabs.show_account(number, named, several=several, customer=whose)

    def _step_account(self, by: int) -> None:
        row, rows = self.accounts.currentIndex().row() + by, self._picture.accounts if self._picture else ()
        if 0 <= row < len(rows):
            self.accounts.go_to(row)
        elif rows and self.tabs.wide:  # the accounts are not seen: around
            self.accounts.go_to(row % len(rows))

    def _tab_chosen(self) -> None:
        """A panel has the whole page below the head; who else was found and the other accounts make room."""
        for widget in (self.left, self.middle):
            widget.setVisible(not self.tabs.wide)
        self.head.show_brief(brief=self.tabs.wide)
        self.let_acts()

    def _look_at_record(self) -> None:
        """Bring parts, joined records and the log of disclosures in front of the page."""
        page = self.presenter.page
        if page is None:
            return
        if self.tabs.wide:
            self.tabs.bring(TIMELINE)
        kind, _, picked = (self.found.current_key() or "").partition(":")
        self.record.offered = picked if kind == "customer" else ""
        self._bring(self.record)
        self.record.presenter.show(page)
        # the database answers in order: by then the lists are filled, and the first of them takes the keys
        self.context.read(lambda: None, lambda _done: self.record.first_focus().setFocus())

    def _leave_record(self) -> None:
        self._bring(self.shown)
        self.focus_search()

    def _bring(self, widget: QWidget) -> None:
        """Bring one of the right side to the front; the record's keys are offered while it is there."""
        self.right.setCurrentWidget(widget)
        self.record.let_keys(front=widget is self.record)
        self.let_acts()

    def _take_off(self) -> None:
        self.presenter.take_off(self.tabs.picked_note())

    def _open_alike(self) -> None:
        self.presenter.entry.open_alike(self.form.alike.current_key() or "")


def _pick(row: FoundRow) -> Pick:
    return Pick(row.key, row.name, row.below, row.chip, row.tone, row.right)
