"""The rail at the left: one button a page, an icon over a word."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout

from csr_desk.ui.icons import icon
from csr_desk.ui.page import PageSpec
from csr_desk.ui.theme import say


class Rail(QFrame):
    """Emits the key of the page that somebody chose."""

    chosen = Signal(str)

    def __init__(self, specs: Sequence[PageSpec]) -> None:
        """Show these pages from top to bottom; those ``at_end`` stand at the foot."""
        super().__init__()
        say(self, role="rail")
        self.setFixedWidth(84)
        self._buttons: dict[str, QToolButton] = {}
        self._icons: dict[str, str] = {}
        group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 10)
        column.setSpacing(2)
        for spec in (spec for spec in specs if not spec.at_end):
            column.addWidget(self._button(spec, group, specs.index(spec) + 1))
        column.addStretch(1)
        for spec in (spec for spec in specs if spec.at_end):
            column.addWidget(self._button(spec, group, specs.index(spec) + 1))

    def show_page(self, key: str) -> None:
        """Mark the page that is in front."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)
        self.redraw()

    def redraw(self) -> None:
        """Draw the icons in the colours of the look in force."""
        for key, button in self._buttons.items():
            button.setIcon(icon(self._icons[key], "rail_on" if button.isChecked() else "rail_text"))

    def _button(self, spec: PageSpec, group: QButtonGroup, place: int) -> QToolButton:
        title = QCoreApplication.translate("pages", spec.title)
        button = QToolButton()
        say(button, role="rail")
        button.setObjectName(f"page-{spec.key}")
        button.setAccessibleIdentifier(f"page-{spec.key}")
        button.setText(title)
        button.setToolTip(f"{title}  Ctrl {place}")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(22, 22))
        button.setFixedSize(84, 56)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked=False, key=spec.key: self.chosen.emit(key))
        group.addButton(button)
        self._buttons[spec.key] = button
        self._icons[spec.key] = spec.icon
        return button
