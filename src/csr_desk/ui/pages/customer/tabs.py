"""Tabs below the head of a customer: the time line, the notes, and the panels of the account that is picked."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.ui.page import Page
from csr_desk.ui.pages.customer.moments_list import MomentsList
from csr_desk.ui.pages.customer.panels import PanelSpec
from csr_desk.ui.pages.customer.picture import MomentRow, NoteRow
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Card, EmptyState, KeyButton
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable

TIMELINE, NOTES = "timeline", "notes"


class Tabs(QWidget):
    """Alt+1, Alt+2 and so on; a panel is made when it is first chosen."""

    chosen = Signal(str)

    def __init__(self, page: Page, specs: Sequence[PanelSpec], note: QAction, take_off: QAction) -> None:
        """``note`` and ``take_off`` are the acts on notes."""
        super().__init__()
        self._page = page
        self._specs = {spec.key: spec for spec in specs if page.context.actor.may(spec.act)}
        self._made: dict[str, QWidget] = {}
        self._account = ""
        self.current = TIMELINE
        self.moments = MomentsList("customer-timeline", self.tr("Time line"))
        self.notes = FiguresTable("customer-notes", self.tr("Notes"), self._columns())
        self._rows: tuple[NoteRow, ...] = ()
        self.buttons: dict[str, KeyButton] = {}
        self.stack = QStackedWidget()
        self._quiet = EmptyState(
            self.tr("Nothing has happened yet"), self.tr("Bills, payments, adjustments and notes will stand here.")
        )
        self._no_account = EmptyState(self.tr("No account"), self.tr("This customer has no account yet."))
        self._assemble(note, take_off)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Level"), width=110), Column(self.tr("Note")), Column(self.tr("Counts until"), width=130),
            Column(self.tr("Written"), width=120),
        )  # fmt: skip

    def _assemble(self, note: QAction, take_off: QAction) -> None:
        card = Card("", flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 4)
        head.setSpacing(6)
        titles = {TIMELINE: self.tr("Time line"), NOTES: self.tr("Notes")}
        titles |= {key: QCoreApplication.translate("customer", spec.title) for key, spec in self._specs.items()}
        for at, (key, words) in enumerate(titles.items(), start=1):
            action = self._page.key(f"tab-{key}", words, f"Alt+{at}" if at <= 9 else "", partial(self.choose, key))  # noqa: PLR2004 - figures of the keyboard
            button = self.buttons[key] = KeyButton.for_action(action, "tab")
            head.addWidget(button)
        head.addStretch(1)
        for action in (note, take_off):
            button = KeyButton.for_action(action)
            say(button, fit="small")
            head.addWidget(button)
        card.body.setSpacing(0)
        card.body.addLayout(head)
        for widget in (self.moments, self.notes, self._quiet, self._no_account):
            self.stack.addWidget(widget)
        card.body.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._show()

    # ---- what is shown

    def choose(self, key: str) -> None:
        """Bring a tab to the front, with the keys in it."""
        self.current = key
        self._show()
        self.chosen.emit(key)
        widget = self.stack.currentWidget()
        if widget is not None:
            (widget.focusProxy() or widget).setFocus()

    def show_account(self, number: str) -> None:
        """Another account is picked, or something of it changed."""
        self._account = number
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
        for key, button in self.buttons.items():
            say(button, state="on" if key == self.current else "")
            button.setAccessibleDescription(self.tr("in front") if key == self.current else "")
        if self.current == TIMELINE:
            self.stack.setCurrentWidget(self.moments if self.moments.moments.rows else self._quiet)
        elif self.current == NOTES:
            self.stack.setCurrentWidget(self.notes)
        elif not self._account:
            self.stack.setCurrentWidget(self._no_account)
        else:
            self._show_panel()

    def _show_panel(self) -> None:
        if self.current not in self._made:
            self._made[self.current] = self._specs[self.current].factory(self._page.context)
            self.stack.addWidget(self._made[self.current])
        panel = self._made[self.current]
        self.stack.setCurrentWidget(panel)
        panel.show_account(self._account)  # type: ignore[attr-defined]  # panels.AccountPanel says so


def _cells(row: NoteRow) -> list[str | Cell]:
    tone = "" if row.live else "text_soft"
    level = Cell(row.level.chip, row.level.tone if row.live else tone, strong=row.live)
    return [level, Cell(row.level.words, tone), Cell(row.until, tone), Cell(row.written, tone)]
