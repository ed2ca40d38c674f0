"""Who it is, what warns, and what they owe in all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.ui.pages.customer.picture import PagePicture, Said
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import BigFigure, Card, Chip, KeyButton, Label


def emptied(layout: QHBoxLayout | QVBoxLayout) -> None:
    """Take everything out of a row."""
    while (item := layout.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()  # it is deleted only when the event loop comes round
            old.deleteLater()


class HeadCard(Card):
    """The head of the page; every alert stands there in words, with its level and its end."""

    def __init__(self, pay: QAction, tell: QAction) -> None:
        """``pay`` puts them on a sale, ``tell`` logs what is confidential."""
        super().__init__()
        self.name = Label("", "head", "customer-name")
        self.who = Label("", "soft", "customer-who")
        self.who.setWordWrap(True)
        self.owed = BigFigure("customer-owed")
        self.owed_words = Label("", "small", "customer-owed-words")
        self.more = Label("", "soft", "customer-more-alerts")
        self.more.hide()
        self.alerts = QVBoxLayout()
        self.alerts.setSpacing(4)
        self._brief = False
        self._more = ""
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        row = QHBoxLayout()
        row.setSpacing(20)
        row.addLayout(self._words(), 1)
        row.addLayout(self._figures())
        row.addLayout(_column(KeyButton.for_action(pay, "primary"), KeyButton.for_action(tell)))
        self.body.addLayout(row)
        self.body.addLayout(self.alerts)
        self.body.addWidget(self.more)

    def _words(self) -> QVBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(10)
        first.addWidget(self.name)
        first.addLayout(self._chips)
        first.addStretch(1)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addLayout(first)
        left.addWidget(self.who)
        left.addStretch(1)
        return left

    def _figures(self) -> QVBoxLayout:
        for label in (self.owed_words, self.owed):
            label.setAlignment(Qt.AlignmentFlag.AlignRight)
        figures = _column(self.owed_words, self.owed)
        figures.setSpacing(0)
        return figures

    def show_page(self, picture: PagePicture) -> None:
        """Show a customer."""
        self.name.setText(picture.name)
        self.who.setText(picture.who)
        self.owed.show_cents(abs(picture.owed))
        say(self.owed, tone="ok" if picture.owed < 0 else "")
        self.owed.setAccessibleName(f"{picture.owed_words}: {self.owed.text()}")
        self.owed_words.setText(picture.owed_words)
        self._more = picture.more_alerts
        emptied(self._chips)
        for at, chip in enumerate(picture.chips):
            self._chips.addWidget(Chip(chip.chip, chip.tone, f"customer-chip-{at + 1}"))
        emptied(self.alerts)
        for at, alert in enumerate(picture.alerts):
            self.alerts.addWidget(_alert(alert, at + 1))
        self.show_brief(brief=self._brief)

    def show_brief(self, *, brief: bool) -> None:
        """Show the loudest alert alone, or as many as there is room for beside the time line."""
        self._brief = brief
        rows = [item.widget() for at in range(self.alerts.count()) if (item := self.alerts.itemAt(at)) is not None]
        for at, row in enumerate(rows):
            if row is not None:
                row.setVisible(at == 0 or not brief)
        self.more.setText(self._more)
        self.more.setVisible(bool(self._more) and not brief)


def _column(*widgets: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(6)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return column


def _alert(alert: Said, number: int) -> QWidget:
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    words = Label(alert.words, "strong", f"customer-alert-{number}")
    words.setWordWrap(True)
    words.setAccessibleName(f"{alert.chip}: {alert.words} {alert.detail}".strip())
    chip = Chip(alert.chip, alert.tone)
    row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    row.addWidget(Label(alert.detail, "soft", f"customer-alert-{number}-until"), 0, Qt.AlignmentFlag.AlignTop)
    return line
