"""Tabs below the head of a customer: the time line, the notes, and the panels of the account that is picked.

A panel takes the whole page below the head, and lends its keys to the page while it is in front.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.moments import MomentRow
from csr_desk.ui.page import Page
from csr_desk.ui.pages.customer.panels import PanelSpec
from csr_desk.ui.pages.customer.picture import NoteRow
from csr_desk.ui.panel import LentKeys
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.widgets.flow import FlowRow
from csr_desk.ui.widgets.moments_list import MomentsList
from csr_desk.ui.widgets.stack import Stack

TIMELINE, NOTES = "timeline", "notes"
_TAB_HEIGHT = 32
"""Pixels, as the style has it: two lines of tabs leave room for what they show."""


@dataclass(frozen=True, slots=True)
class TabActs:
    """Acts beside the tabs: those on notes, and the step to another account beside a panel."""

    note: QAction
    take_off: QAction
    another: QAction


class Tabs(QWidget):
    """Alt+1, Alt+2 and so on, Alt+0 the tenth; a panel is made when it is first chosen."""

    chosen = Signal(str)

    def __init__(self, page: Page, specs: Sequence[PanelSpec], acts: TabActs) -> None:
        """``acts`` stand beside the tabs."""
        super().__init__()
        self._page = page
        self._specs = {spec.key: spec for spec in specs if page.context.actor.may(spec.act)}
        self._made: dict[str, AccountPanel] = {}
        self._lent = LentKeys(page.keys)
        self._account = self._customer = ""
        self.several = False
        self.current = TIMELINE
        self.moments = MomentsList("customer-timeline", self.tr("Time line"))
        self.notes = FiguresTable("customer-notes", self.tr("Notes"), self._columns())
        self._rows: tuple[NoteRow, ...] = ()
        self.buttons: dict[str, KeyButton] = {}
        self.stack = Stack()
        self._quiet = EmptyState(
            self.tr("Nothing has happened yet"), self.tr("Bills, payments, adjustments and notes will stand here.")
        )
        self._no_account = EmptyState(self.tr("No account"), self.tr("This customer has no account yet."))
        self.another = KeyButton.for_action(acts.another)
        say(self.another, fit="small")
        self._note_acts = (acts.note, acts.take_off)
        self.account_words = Label("", "soft", "tab-account")
        self._assemble()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Level"), width=110), Column(self.tr("Note")), Column(self.tr("Counts until"), width=130),
            Column(self.tr("Written"), width=120),
        )  # fmt: skip

    def _assemble(self) -> None:
        card = Card("", flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 4)
        head.setSpacing(3)
        cap = Label("Alt", "keycap", "tab-cap")
        row = FlowRow(3, 2)
        row.add(cap)
        titles = {TIMELINE: self.tr("Time line"), NOTES: self.tr("Notes")}
        titles |= {key: QCoreApplication.translate("customer", spec.title) for key, spec in self._specs.items()}
        for at, (key, words) in enumerate(titles.items(), start=1):
            action = self._page.key(f"tab-{key}", words, f"Alt+{at % 10}", partial(self.choose, key))
            button = self.buttons[key] = KeyButton.for_action(action, "tab", str(at % 10))
            say(button, fit="small")
            button.setFixedHeight(_TAB_HEIGHT)
            row.add(button)
        head.addWidget(row, 1)
        head.addWidget(self.account_words, 0, Qt.AlignmentFlag.AlignTop)
        head.addSpacing(8)
        head.addWidget(self.another, 0, Qt.AlignmentFlag.AlignTop)
        card.body.setSpacing(0)
        card.body.addLayout(head)
        self._notes_page = self._with_acts()
        for widget in (self.moments, self._notes_page, self._quiet, self._no_account):
            self.stack.addWidget(widget)
        card.body.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._show()

    def _with_acts(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notes, 1)
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 12)
        row.setSpacing(8)
        for action in self._note_acts:
            row.addWidget(KeyButton.for_action(action))
        row.addStretch(1)
        column.addLayout(row)
        return page

    # ---- what is shown

    def choose(self, key: str) -> None:
        """Bring a tab to the front, with the keys in it."""
        self.bring(key)
        # the database answers in order: by then the panel shows its account, and knows where the keys are of use
        self._page.context.read(lambda: None, lambda _done: self.first_focus().setFocus())

    def bring(self, key: str) -> None:
        """Bring a tab to the front; the keys stay where they are."""
        self.current = key
        self._show()
        self.chosen.emit(key)

    @property
    def wide(self) -> bool:
        """A panel is in front, and wants the whole page below the head."""
        return self.current not in {TIMELINE, NOTES}

    def first_focus(self) -> QWidget:
        """What takes the keys of the tab in front: its list, or where it is empty the tab itself."""
        widget = self.stack.currentWidget()
        if isinstance(widget, AccountPanel):
            widget = widget.first_focus()
        elif widget is self._notes_page:
            widget = self.notes
        takes = widget is not None and widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        return widget if widget is not None and takes else self.buttons[self.current]

    def show_account(self, number: str, words: str = "", *, several: bool = False, customer: str = "") -> None:
        """Another account is picked, or something of it changed; ``words`` say which it is, of ``several`` or one.

        ``customer`` is whose page it is.
        """
        self._account, self._customer = number, customer
        self.account_words.setText(words)
        self.several = several
        self._show()

    def show_moments(self, rows: Sequence[MomentRow]) -> None:
        """Show the time line."""
        self.moments.show_rows(rows)
        self._show()

    def show_notes(self, rows: Sequence[NoteRow]) -> None:
        """Show every note, those that count first."""
        self._rows = tuple(rows)
        self.notes.show_rows([_cells(row) for row in rows])
        words = self.tr("Notes")
        self.buttons[NOTES].say_text(self.tr("{0} ({1})").format(words, len(rows)) if rows else words)

    def picked_note(self) -> str:
        """The note of the cursor; nothing where the notes are not in front, or it is taken off already."""
        at = self.notes.currentIndex().row()
        if self.current != NOTES or not 0 <= at < len(self._rows):
            return ""
        return self._rows[at].note_id if self._rows[at].live else ""

    def _show(self) -> None:
        for at, (key, button) in enumerate(self.buttons.items(), start=1):
            say(button, state="on" if key == self.current else "")
            pressed = self.tr("Alt {0}").format(at % 10)
            front = self.tr("{0}, in front").format(pressed)
            button.setAccessibleDescription(front if key == self.current else pressed)
        whole = self.wide and self._specs[self.current].of_customer
        self.account_words.setVisible(self.wide and not whole)
        self.another.setVisible(self.wide and not whole and self.several)
        about = self._customer if whole else self._account
        if not self.wide or not about:
            self._lent.lend(None)
        if self.current == TIMELINE:
            self.stack.setCurrentWidget(self.moments if self.moments.moments.rows else self._quiet)
        elif self.current == NOTES:
            self.stack.setCurrentWidget(self._notes_page)
        elif not about:
            self.stack.setCurrentWidget(self._no_account)
        else:
            self._show_panel()

    def _show_panel(self) -> None:
        if self.current not in self._made:
            panel = self._made[self.current] = self._specs[self.current].factory(self._page.context)
            panel.setContentsMargins(8, 4, 8, 8)
            self.stack.addWidget(panel)
        panel = self._made[self.current]
        self.stack.setCurrentWidget(panel)
        self._lent.lend(panel)
        if self._specs[self.current].of_customer:
            panel.show_customer(self._customer)
        else:
            panel.show_account(self._account)


def _cells(row: NoteRow) -> list[str | Cell]:
    tone = "" if row.live else "text_soft"
    level = Cell(row.level.chip, row.level.tone if row.live else tone, strong=row.live)
    return [level, Cell(row.level.words, tone), Cell(row.until, tone), Cell(row.written, tone)]
