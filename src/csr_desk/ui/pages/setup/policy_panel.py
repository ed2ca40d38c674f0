"""The policy as a form: each setting with its sentence beside it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.policy import Policy
from csr_desk.ui.pages.setup.holiday_box import HolidayBox
from csr_desk.ui.pages.setup.policy_form import TUPLES, Setting, as_keyed, settings
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
        listed = [setting for setting in settings() if setting.name != "holidays"]
        for row, setting in enumerate(listed):
            self._place(grid, row, setting, may_set=may_set)
        self.holidays = self._place_holidays(grid, may_set=may_set)
        grid.setRowStretch(len(self.fields) + 1, 1)
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

    def _place(self, grid: QGridLayout, row: int, setting: Setting, *, may_set: bool) -> None:
        """Lay a setting of one line into a row of the form."""
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

    def _place_holidays(self, grid: QGridLayout, *, may_set: bool) -> HolidayBox:
        """Lay the one setting of many lines under the others."""
        setting = next(one for one in settings() if one.name == "holidays")
        field = HolidayBox(f"{setting.sentence} ({setting.unit})", may_set=may_set)
        label = Label(setting.label, "strong")
        label.setBuddy(field.edit)
        grid.addWidget(label, len(self.fields), 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(field, len(self.fields), 1, 1, 3)
        return field

    def show_policy(self, policy: Policy, today: date, *, demonstration: bool) -> None:
        """Show what is in force."""
        for name, text in as_keyed(policy).items():
            if name in self.fields:
                self.fields[name].setText(text)
                self.fields[name].setCursorPosition(0)
                say(self.fields[name], state="")
            elif name == "holidays":
                self.holidays.show_holidays(text, policy.holidays, today, demonstration=demonstration)

    def keyed(self) -> dict[str, str]:
        """What stands in the fields."""
        keyed = {name: field.text() for name, field in self.fields.items()}
        return {**keyed, "holidays": self.holidays.edit.toPlainText()}

    def focus_field(self, name: str) -> bool:
        """Mark a field as faulty and go there."""
        for of, field in self.fields.items():
            say(field, state="fault" if of == name else "")
        self.holidays.focus_fault(faulty=name == "holidays")
        if name in self.fields:
            self.fields[name].setFocus()
            self.fields[name].selectAll()
        return name in self.fields or name == "holidays"
