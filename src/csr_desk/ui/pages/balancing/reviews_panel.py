"""What an office of one person did without a second one: the named outsider looks at it here (J13)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.money import shown
from csr_desk.services import deferred
from csr_desk.services.deferred import Deferred, Review
from csr_desk.ui.context import Tone
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.act_words import act_words
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.widgets.pick_list import Pick


class ReviewsPanel(PlacePanel):
    """A table of acts without a second person; each is found in order, or not and why."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.APPROVALS, Topic.RECEIPTS, Topic.DRAWER, Topic.DEPOSITS})

    def __init__(self, page: Page) -> None:
        """Nothing is read yet."""
        super().__init__(page)
        self._rows: tuple[Deferred, ...] = ()
        self._key = uuid.uuid4().hex
        self.ok_key = self.key("review-ok", self.tr("In order"), "Ctrl+Return", lambda: self._review(ok=True))
        self.bad_key = self.key("review-bad", self.tr("Not in order"), "Ctrl+Delete", lambda: self._review(ok=False))
        self.card = Card(self.tr("To review"), self.tr("done without a second person"), flush=True)
        self.table = FiguresTable("reviews", self.tr("Acts to review"), (
            Column(self.tr("When"), width=150), Column(self.tr("Who"), width=170), Column(self.tr("What")),
            Column(self.tr("Receipt or subject"), width=190), Column(self.tr("Amount"), figures=True, width=110),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("Nothing waits for a review"),
            self.tr("What is done here without a second person stands on this list until you looked at it."),
        )
        self.words = line_edit("review-words", self.tr("What is not in order"))
        self._assemble()
        self.table.chosen.connect(lambda _row: self.let_keys(front=self.isVisible()))

    def _assemble(self) -> None:
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self.none, 1)
        form = Card(self.tr("Your word on it"))
        caption = Label(self.tr("In words; needed where it is not in order"), "small")
        caption.setBuddy(self.words)
        form.body.addWidget(caption)
        form.body.addWidget(self.words)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(KeyButton.for_action(self.bad_key, "danger"))
        buttons.addWidget(KeyButton.for_action(self.ok_key, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.card, 1)
        box.addWidget(form)
        box.addLayout(buttons)

    def allowed(self, _action: QAction) -> bool:
        """Something must be picked."""
        return self.chosen() is not None

    def load(self) -> None:
        """Read the list."""
        desk, actor = self.context.desk, self.context.actor
        self.context.read(lambda: deferred.deferred(desk, actor), self._show)

    def pick(self) -> Pick:
        """How many wait."""
        number = len(self._rows)
        chip = self.tr("{0} to review").format(number) if number else ""
        return Pick("reviews", self.tr("To review"), self.tr("done without a second person"), chip, "warn")

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    def chosen(self) -> Deferred | None:
        """The act that is picked."""
        row = self.table.currentIndex().row()
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def _show(self, found: tuple[Deferred, ...]) -> None:
        self._rows = found
        self.table.setVisible(bool(found))
        self.none.setVisible(not found)
        desk = self.context.desk
        self.table.show_rows([
            [
                f"{desk.local(one.recorded_at):%-m/%-d/%Y %H:%M}", one.name, act_words(one.act),
                one.receipt or one.subject[:26], Cell(shown(one.amount), strong=True),
            ]
            for one in found
        ])  # fmt: skip
        self.changed.emit()

    def _review(self, *, ok: bool) -> None:
        one = self.chosen()
        if one is None:
            return
        desk, actor = self.context.desk, self.context.actor
        command = Review(self._key, one.entry, ok, self.words.text())

        def done(_seen: Deferred) -> None:
            self._key = uuid.uuid4().hex
            self.words.clear()
            words = self.tr("Recorded: in order.") if ok else self.tr("Recorded: not in order, with your words.")
            self.context.shell.banner(words, Tone.OK)
            self.load()

        def failed(error: Exception) -> None:
            self._key = uuid.uuid4().hex
            self.context.shell.problem(error, self._focus)

        self.context.act(lambda: deferred.review(desk, actor, command), done, failed)

    def _focus(self, _field: str) -> bool:
        self.words.setFocus()
        return True
