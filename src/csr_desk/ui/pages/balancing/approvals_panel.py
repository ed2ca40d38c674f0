"""What waits for the supervisor's yes: person, act, before and after, the receipt; decided by a key (J4)."""

from __future__ import annotations

import uuid
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction, QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.approval_request import Request
from csr_desk.domain.changes import Topic
from csr_desk.domain.money import shown
from csr_desk.services import approval_requests
from csr_desk.ui.context import Tone
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.act_words import act_words, age_words, asked_words, change_words
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.widgets.pick_list import Pick

LOOK_MS = 2_000
"""How often the queue is read anew while it is in front."""


class ApprovalsPanel(PlacePanel):
    """A table of requests; the one that is picked is shown whole and decided."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.APPROVALS})

    def __init__(self, page: Page) -> None:
        """Nothing is read yet."""
        super().__init__(page)
        self._requests: tuple[Request, ...] = ()
        self._rows: list[list[str | Cell]] = []
        self._key = uuid.uuid4().hex
        self.yes_key = self.key("approval-yes", self.tr("Approve"), "Ctrl+Return", lambda: self._decide(yes=True))
        self.no_key = self.key("approval-no", self.tr("Refuse"), "Ctrl+Delete", lambda: self._decide(yes=False))
        self.card = Card(self.tr("Waiting for you"), self.tr("the first yes or no stands"), flush=True)
        self.table = FiguresTable("approvals", self.tr("Requests"), (
            Column(self.tr("Who asks"), width=170), Column(self.tr("What")), Column(self.tr("Receipt"), width=150),
            Column(self.tr("Amount"), figures=True, width=110), Column(self.tr("Since"), width=90),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("Nobody waits for you"),
            self.tr("What a clerk asks from the counter comes here by itself; the bar above says so on every page."),
        )
        self.sentence = Label("", "strong", "approval-asked")
        self.sentence.setWordWrap(True)
        self.facts = KeyValues("approval-fact")
        self.words = line_edit("approval-answer", self.tr("Words for the clerk"))
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self.load)
        self._assemble()
        self.table.chosen.connect(lambda _row: self._show_chosen())

    def _assemble(self) -> None:
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self.none, 1)
        self.about = Card(self.tr("What is asked"))
        self.about.body.addWidget(self.sentence)
        self.about.body.addWidget(self.facts)
        caption = Label(self.tr("Words for the clerk (may stay empty)"), "small")
        caption.setBuddy(self.words)
        self.about.body.addStretch(1)
        self.about.body.addWidget(caption)
        self.about.body.addWidget(self.words)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(KeyButton.for_action(self.no_key, "danger"))
        buttons.addWidget(KeyButton.for_action(self.yes_key, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.card, 3)
        box.addWidget(self.about, 3)
        box.addLayout(buttons)

    def allowed(self, _action: QAction) -> bool:
        """Something must be picked."""
        return self.chosen() is not None

    def load(self) -> None:
        """Read the queue."""
        desk, actor = self.context.desk, self.context.actor
        self.context.read(lambda: approval_requests.waiting(desk, actor), self._show)

    def pick(self) -> Pick:
        """How many wait."""
        number = len(self._requests)
        below = self.tr("asked from the counter")
        chip = self.tr("{0} waiting").format(number) if number else ""
        return Pick("approvals", self.tr("Waiting for you"), below, chip, "warn")

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew while in front."""
        super().showEvent(event)
        self._looks.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._looks.stop()

    def chosen(self) -> Request | None:
        """The request that is picked."""
        row = self.table.currentIndex().row()
        return self._requests[row] if 0 <= row < len(self._requests) else None

    def _show(self, found: tuple[Request, ...]) -> None:
        before = self.chosen()
        moved = [one.request_id for one in found] != [one.request_id for one in self._requests]
        self._requests = found
        now = self.context.desk.clock.now()
        held = QApplication.focusWidget()
        if not found and held is not None and self.isAncestorOf(held):
            self.page.first_focus().setFocus()  # before what holds it goes: the next stop would be Lock
        self.table.setVisible(bool(found))
        self.none.setVisible(not found)
        self.about.setVisible(bool(found))
        rows = [_row(one, age_words(now - one.asked_at)) for one in found]
        if moved or rows != self._rows:
            self._rows = rows
            self.table.show_rows(rows)
            at = next((row for row, one in enumerate(found) if before and one.request_id == before.request_id), 0)
            if found:
                self.table.go_to(at)
        self._show_chosen()
        if moved:
            self.changed.emit()

    def _show_chosen(self) -> None:
        self.let_keys(front=self.isVisible())
        one = self.chosen()
        if one is None:
            self.sentence.setText("")
            self.facts.show_facts(())
            return
        self.sentence.setText(one.sentence)
        details = one.details
        facts = [(self.tr("Asked by"), one.user_name), (self.tr("What"), f"{act_words(one.act)} · {shown(one.amount)}")]
        if details.receipt:
            facts.append((self.tr("Receipt"), details.receipt))
            facts.append((self.tr("The receipt is"), change_words(details.before, details.after)))
        facts += [(self.tr("Line {0}").format(at), f"{name} · {shown(amount)}") for at, (name, amount) in
                  enumerate(details.lines[:5], start=1)]  # fmt: skip
        self.facts.show_facts(facts)

    def _decide(self, *, yes: bool) -> None:
        one = self.chosen()
        if one is None:
            return
        desk, actor = self.context.desk, self.context.actor
        command = approval_requests.Decide(self._key, one.request_id, yes, self.words.text())

        def done(request: Request) -> None:
            self._key = uuid.uuid4().hex
            self.words.clear()
            words = self.tr("{0} may do it: {1}") if yes else self.tr("{0} was told no: {1}")
            asked = asked_words(request.act, request.subject, request.amount)
            self.context.shell.banner(words.format(request.user_name, asked), Tone.OK if yes else Tone.INFO)
            self.load()

        def failed(error: Exception) -> None:
            self._key = uuid.uuid4().hex
            self.context.shell.problem(error, self._focus)
            self.load()

        self.context.act(lambda: approval_requests.decide(desk, actor, command), done, failed)

    def _focus(self, _field: str) -> bool:
        self.words.setFocus()
        return True


def _row(one: Request, age: str) -> list[str | Cell]:
    subject = one.details.receipt or one.subject[:20]
    return [one.user_name, act_words(one.act), subject, Cell(shown(one.amount), strong=True), age]
