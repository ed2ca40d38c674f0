"""The policy as a form: each setting with its sentence beside it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.policy import Policy
from csr_desk.ui.pages.setup.policy_form import TUPLES, as_keyed, settings
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Card, KeyButton, Label, scrolled
from csr_desk.ui.widgets.counted_row import ArrowKeys
from csr_desk.ui.widgets.words import say_tip

_FIELD = 140


class PolicyPanel(QWidget):
    """Read by everybody who comes here, changed by the administrator."""

    def __init__(self, save: QAction, *, may_set: bool) -> None:
        super().__init__()
        self.fields: dict[str, QLineEdit] = {}
        card = Card(
            self.tr("The city's policy"), self.tr("in force from the moment it is saved; the ledger keeps each change")
        )
        rows = QWidget()
        grid = QGridLayout(rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(3, 1)
        for row, setting in enumerate(settings()):
            field = QLineEdit()
            field.setObjectName(setting.name)
            field.setAccessibleIdentifier(f"policy-{setting.name}")
            label = Label(setting.label, "strong")
            label.setBuddy(field)
            field.setAccessibleName(label.text())
            field.setReadOnly(not may_set)
            described = f"{setting.sentence} ({setting.unit})"
            field.setAccessibleDescription(described)
            grid.addWidget(label, row, 0)
            if setting.name in TUPLES:
                say_tip(field, described)
                grid.addWidget(field, row, 1, 1, 3)
            else:
                field.setFixedWidth(_FIELD)
                grid.addWidget(field, row, 1)
                grid.addWidget(Label(setting.unit, "small"), row, 2)
                grid.addWidget(Label(setting.sentence, "soft"), row, 3)
            self.fields[setting.name] = field
        grid.setRowStretch(len(self.fields), 1)
        card.body.addWidget(scrolled(rows), 1)
        ArrowKeys(list(self.fields.values()), self)
        button = KeyButton.for_action(save, "primary")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(card, 1)
        box.addLayout(foot)

    def show_policy(self, policy: Policy) -> None:
        """Show what is in force."""
        for name, text in as_keyed(policy).items():
            if name in self.fields:
                self.fields[name].setText(text)
                self.fields[name].setCursorPosition(0)
                say(self.fields[name], state="")

    def keyed(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.text() for name, field in self.fields.items()}

    def focus_field(self, name: str) -> bool:
        """Mark a field as faulty and go there."""
        for of, field in self.fields.items():
            say(field, state="fault" if of == name else "")
        if name in self.fields:
            self.fields[name].setFocus()
            self.fields[name].selectAll()
        return name in self.fields
