"""Which project it is, what warns, and what is due on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.ui.pages.projects.picture import HeadPicture, Said
from csr_desk.ui.widgets import BigFigure, Card, Chip, KeyButton, Label


class HeadCard(Card):
    """The head of the page; every alert stands there in words."""

    def __init__(self, pay: QAction, owner: QAction) -> None:
        """``pay`` puts what is due on a sale, ``owner`` opens the owner's page."""
        super().__init__()
        self.number = Label("", "head", "project-number")
        self.name = Label("", "title", "project-title")
        self.where = Label("", "strong", "project-site")
        self.who = Label("", "soft", "project-who")
        self.due = BigFigure("project-due")
        self.due_words = Label("", "small", "project-due-words")
        self.more = Label("", "soft", "project-more-alerts")
        self.alerts = QVBoxLayout()
        self.alerts.setSpacing(4)
        self._brief = False
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        acts = QVBoxLayout()
        acts.setSpacing(6)
        acts.addWidget(KeyButton.for_action(pay, "primary"))
        self._owner = KeyButton.for_action(owner)
        acts.addWidget(self._owner)
        self._owner_action = owner
        acts.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(self._words(), 1)
        row.addLayout(self._figures())
        row.addLayout(acts)
        self.body.addLayout(row)
        self.body.addLayout(self.alerts)
        self.body.addWidget(self.more)

    def _words(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.number)
        first.addLayout(self._chips)
        first.addStretch(1)
        second = QHBoxLayout()
        second.setSpacing(10)
        second.addWidget(self.where)
        second.addWidget(self.name)
        second.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(first)
        left.addLayout(second)
        self.who.setWordWrap(True)
        left.addWidget(self.who)
        left.addStretch(1)
        return left

    def _figures(self) -> QVBoxLayout:
        figures = QVBoxLayout()
        figures.setSpacing(0)
        for label in (self.due_words, self.due):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
            figures.addWidget(label)
        figures.addStretch(1)
        return figures

    def show_head(self, picture: HeadPicture) -> None:
        """Show a project."""
        self.number.setText(picture.number)
        self.name.setText(picture.title)
        self.where.setText(picture.where)
        self.who.setText(picture.who)
        self.due.show_cents(picture.due)
        self.due.setAccessibleName(f"{picture.due_words}: {self.due.text()}")
        self.due_words.setText(picture.due_words)
        _empty(self._chips)
        for at, chip in enumerate(picture.chips, start=1):
            self._chips.addWidget(Chip(chip.chip, chip.tone, f"project-chip-{at}"))
        _empty(self.alerts)
        for at, alert in enumerate(picture.alerts, start=1):
            self.alerts.addWidget(_alert(alert, at))
        self.more.setText(picture.more_alerts)
        self.show_brief(brief=self._brief)

    def show_brief(self, *, brief: bool) -> None:
        """Make room for a panel: the loudest alert alone, and who it is for is beside the overview only."""
        self._brief = brief
        self.who.setVisible(not brief)
        self._owner.setVisible(not brief and self._owner_action.isVisible())
        rows = [item.widget() for at in range(self.alerts.count()) if (item := self.alerts.itemAt(at)) is not None]
        for at, row in enumerate(rows):
            if row is not None:
                row.setVisible(at == 0 or not brief)
        self.more.setVisible(bool(self.more.text()) and not brief)


def _empty(layout: QHBoxLayout | QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()  # it is deleted only when the event loop comes round
            old.deleteLater()


def _alert(alert: Said, number: int) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    words = Label(alert.words, "strong", f"project-alert-{number}")
    words.setAccessibleName(f"{alert.chip}: {alert.words} {alert.detail}".strip())
    row.addWidget(Chip(alert.chip, alert.tone))
    row.addWidget(words)
    row.addWidget(Label(alert.detail, "soft", f"project-alert-{number}-detail"))
    row.addStretch(1)
    return line
