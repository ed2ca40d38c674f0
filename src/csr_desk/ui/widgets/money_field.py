"""A field for an amount, keyed as on a till: ``6437`` and ``64.37`` both mean 64.37."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLineEdit

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents, parse_till, plain
from csr_desk.ui.theme import say
from csr_desk.ui.widgets.words import say_tip


class MoneyField(QLineEdit):
    """Right-aligned; shows a fault by its border and its description, and never guesses."""

    keyed = Signal()
    """Somebody changed the text."""

    def __init__(self, name: str, label: str, cents: Cents | None = None) -> None:
        """``label`` is the accessible name; ``cents`` the amount to start with."""
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleIdentifier(name)
        self.setAccessibleName(label)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setMaxLength(18)
        self.set_cents(cents)
        self.textEdited.connect(self._edited)
        self.editingFinished.connect(self._tidy)

    def cents(self) -> Cents | None:
        """The amount; None while empty or unreadable (see ``fault``)."""
        try:
            return parse_till(self.text()) if self.text().strip() else None
        except BadInput:
            return None

    def fault(self) -> str:
        """What is wrong with the text in a sentence, or nothing."""
        try:
            if self.text().strip():
                parse_till(self.text())
        except BadInput as bad:
            return bad.message
        return ""

    def set_cents(self, cents: Cents | None) -> None:
        """Show an amount (None empties the field)."""
        self.setText("" if cents is None else plain(cents))
        self._mark()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """What stands there is replaced by what is keyed."""
        super().focusInEvent(event)
        self.selectAll()

    def _edited(self) -> None:
        self._mark()
        self.keyed.emit()

    def _tidy(self) -> None:
        cents = self.cents()
        if cents is not None:
            self.setText(plain(cents))

    def _mark(self) -> None:
        fault = self.fault()
        say(self, state="fault" if fault else "")
        self.setAccessibleDescription(fault)
        say_tip(self, fault)
