"""A button that shows its key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy

from csr_desk.ui.theme import say
from csr_desk.ui.widgets.words import Label

_SHORT = {"Del": "Del", "Return": "Enter", "PgDown": "PgDn"}


def key_words(shortcut: QKeySequence | str) -> str:
    """The key as the cap shows it: ``Ctrl+Return`` becomes ``Ctrl Enter``."""
    text = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.PortableText)
    return " ".join(_SHORT.get(part, part) for part in text.split("+") if part) or str(shortcut)


class KeyButton(QPushButton):
    """A button with its words on the left and the key that does the same on a cap."""

    def __init__(self, text: str, key: str = "", role: str = "", name: str = "") -> None:
        """``role`` is ``primary``, ``quiet`` or ``danger``; ``name`` the identifier."""
        super().__init__()
        self._text = Label(text, "button")
        self._cap = Label(key_words(key) if key else "", "keycap")
        if not key:
            self._cap.hide()  # never show(): without a parent yet it would be a window of its own
        row = self._row = QHBoxLayout(self)
        edge = 8 if role == "tab" else 12
        row.setContentsMargins(edge, 0, edge, 0)
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._text)
        row.addWidget(self._cap)
        row.addStretch(1)
        for label in (self._text, self._cap):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, True)
            label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(text)
        self.setAccessibleDescription(self._cap.text())
        if name:
            self.setObjectName(name)
            self.setAccessibleIdentifier(name)
        if role:
            say(self, role=role)
        self.setAutoDefault(False)

    @classmethod
    def for_action(cls, action: QAction, role: str = "", key: str = "") -> KeyButton:
        """A button that does, says and allows what the action does."""
        button = cls(action.text(), key or action.shortcut().toString(), role, action.objectName())
        button.clicked.connect(action.trigger)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)

        seen = [action.isVisible()]

        def follow() -> None:
            button.setEnabled(action.isEnabled())
            if action.isVisible() != seen[0]:  # showing a button that has no parent yet would open a window
                seen[0] = action.isVisible()
                button.setVisible(seen[0])
            button.say_text(action.text())

        action.changed.connect(follow)
        button.setEnabled(action.isEnabled())
        if not seen[0]:
            button.hide()
        return button

    def changeEvent(self, event: QEvent) -> None:
        """Words and cap look again when the button may or may not be used."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            for label in (self._text, self._cap):
                label.style().unpolish(label)
                label.style().polish(label)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is forward on a button as everywhere; Space works as on any button."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
            return
        super().keyPressEvent(event)

    def say_text(self, text: str) -> None:
        """Say something else (the key stays)."""
        if text != self._text.text():
            self._text.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()

    def words(self) -> str:
        """What the button says."""
        return self._text.text()

    def sizeHint(self) -> QSize:
        """Wide enough for the words and the cap."""
        return QSize(self._row.sizeHint().width() + 4, 38)

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()
