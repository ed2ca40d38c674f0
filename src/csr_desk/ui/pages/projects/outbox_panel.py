"""The board of mail that goes out: what hangs first, each message with what the server said of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.projects.outbox_presenter import OutboxPicture, OutboxPresenter, state_words
from csr_desk.ui.panel import Panel
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row

if TYPE_CHECKING:
    from csr_desk.services.outbox_keeping import Mail


class OutboxPanel(Panel):
    """Messages above, the one that is picked below."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.OUTBOX})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = OutboxPresenter(context, self)
        self.table = FiguresTable("outbox-messages", self.tr("Messages"), (
            Column(self.tr("Message"), width=140), Column(self.tr("To"), width=270), Column(self.tr("Subject")),
            Column(self.tr("Queued"), width=150), Column(self.tr("Tries"), figures=True, width=70),
            Column(self.tr("Where it stands"), width=130),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("Nothing waits to be sent"), self.tr("What is queued stands here until a mail server took it.")
        )
        self.head = Label("", "soft", "outbox-head")
        self.why = Label("", "", "outbox-why-not")
        self.why.setWordWrap(True)
        self.why.setContentsMargins(12, 0, 12, 8)
        self.words = Label("", "", "outbox-words")
        self.words.setWordWrap(True)
        self.facts = KeyValues("outbox-fact")
        settle = self.presenter.settle
        self.again = self.key("outbox-again", self.tr("Send it again"), "Alt+S", lambda: settle(self.at(), "again"))
        self.there = self.key("outbox-arrived", self.tr("It arrived"), "Alt+A", lambda: settle(self.at(), "arrived"))
        self.drop = self.key("outbox-give-up", self.tr("Give it up…"), "Alt+G", lambda: settle(self.at(), "give_up"))
        self.all = self.key("outbox-all", self.tr("Show what is done too"), "Alt+D", self.presenter.show_everything)
        self._assemble()
        self.table.chosen.connect(lambda _row: self._show_chosen())
        self.show_picture(OutboxPicture())

    def _assemble(self) -> None:
        card = Card(self.tr("Mail that goes out"), self.tr("nobody waits for it"), flush=True)
        card.head.addWidget(self.head)
        card.body.addWidget(self.why)
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.none, 1)
        self.about = Card(self.tr("The message"))
        self.about.body.addWidget(self.facts)
        self.about.body.addWidget(self.words, 1)
        buttons = QHBoxLayout()
        for action in (self.again, self.there, self.drop):
            buttons.addWidget(KeyButton.for_action(action))
        buttons.addStretch(1)
        buttons.addWidget(KeyButton.for_action(self.all))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card, 2)
        column.addWidget(self.about, 1)
        column.addLayout(buttons)

    def load(self) -> None:
        """Read anew what waits."""
        self.presenter.load()

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    def at(self) -> int:
        """The row that is picked; below zero for none."""
        return self.table.currentIndex().row()

    def show_picture(self, picture: OutboxPicture) -> None:
        """Show what the presenter read."""
        at = max(self.at(), 0)
        self.head.setText(picture.head)
        self.why.setText(picture.why_not)
        self.why.setVisible(bool(picture.why_not))
        self.table.setVisible(bool(picture.messages))
        self.none.setVisible(not picture.messages)
        self.about.setVisible(bool(picture.messages))
        self.table.show_rows([self._row(one) for one in picture.messages])
        if picture.messages:
            self.table.go_to(min(at, len(picture.messages) - 1))
        self._show_chosen()

    def _show_chosen(self) -> None:
        messages = self.presenter.picture.messages
        mail = messages[self.at()] if 0 <= self.at() < len(messages) else None
        wishes = set(mail.wishes) if mail is not None else set()
        for action, wish in ((self.again, "again"), (self.there, "arrived"), (self.drop, "give_up")):
            action.setEnabled(wish in wishes)
        self.facts.show_facts([] if mail is None else [
            (self.tr("The server said"), mail.record.answer or "–"),
            (self.tr("Company"), mail.record.company_name or "–"),
            (self.tr("About"), mail.record.subject.replace(":", " ").replace("_", " ") or "–"),
            (self.tr("Files"), str(len(mail.record.files))),
        ])  # fmt: skip
        self.words.setText("" if mail is None else mail.record.body)

    def _row(self, mail: Mail) -> Row:
        record = mail.record
        tone = "bad" if mail.hangs else "warn" if record.state == "failed" else ""
        state = Cell(state_words(mail), strong=mail.hangs, tone=tone)
        queued = self.context.desk.local(datetime.fromisoformat(record.queued_at))
        when = f"{us_date(queued.date())} {queued:%H:%M}"
        return [record.number, record.recipient, record.title, when, str(record.attempts), state]
