"""Words and figures: labels, chips, big amounts. Text is shown as text, never as markup."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csr_desk.domain.money import Cents, shown
from csr_desk.ui.context import Tone
from csr_desk.ui.theme import say


class Label(QLabel):
    """A plain-text label with a role (``soft``, ``small``, ``title``, ``strong``, ``head``) and an identifier."""

    def __init__(self, text: str = "", role: str = "", name: str = "", parent: QWidget | None = None) -> None:
        """Show ``text``; ``name`` is the identifier that tests and screen readers find it by."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if role:
            say(self, role=role)
        if name:
            self.setObjectName(name)
            self.setAccessibleIdentifier(name)


def say_tip(widget: QWidget, text: str) -> None:
    """Set a tooltip that shows ``text`` as it is: Qt would follow markup in it, pictures and all."""
    widget.setToolTip(f"<p>{escape(text)}</p>" if "<" in text else text)


class Chip(Label):
    """A state in a word or two on a tinted ground; the word carries the meaning, the colour only helps."""

    def __init__(self, text: str = "", tone: Tone | str = Tone.INFO, name: str = "") -> None:
        """Show ``text``; an empty chip hides itself."""
        super().__init__(text, "chip", name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        say(self, tone=str(tone))
        if not text:
            self.hide()  # never show(): without a parent yet it would be a window of its own

    def show_state(self, text: str, tone: Tone | str) -> None:
        """Show another state; an empty text hides the chip."""
        self.setText(text)
        say(self, tone=str(tone))
        self.setVisible(bool(text))


class BigFigure(Label):
    """An amount in large figures (cents in, ``$1,234.50`` shown)."""

    def __init__(self, name: str, tone: str = "", role: str = "figure") -> None:
        """Start at zero; ``tone`` is ``accent``, ``ok`` or ``bad``."""
        super().__init__("$0.00", role, name)
        if tone:
            say(self, tone=tone)
        self._cents: Cents = 0

    @property
    def cents(self) -> Cents:
        """The amount shown."""
        return self._cents

    def show_cents(self, cents: Cents) -> None:
        """Show an amount of cents."""
        self._cents = cents
        sign = "−" if cents < 0 else ""
        self.setText(f"{sign}${shown(abs(cents))}")
