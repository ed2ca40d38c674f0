"""Ctrl+K: every page and every act by its name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from csr_desk.ui.prompts import line_edit
from csr_desk.ui.widgets import Sheet


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette."""

    text: str
    keys: str
    do: Callable[[], None]


class PaletteSheet(Sheet):
    """Type a part of a name, ↑ and ↓ pick, Enter does it."""

    def __init__(self, parent: QWidget, commands: Sequence[Command]) -> None:
        """Offer these commands."""
        super().__init__(parent, "Commands", "palette", width=520)
        self._commands = list(commands)
        self.box = line_edit("palette-box", self.tr("What do you want to do?"))
        self.box.setPlaceholderText(self.tr("type a part of its name"))
        self.list = QListWidget()
        self.list.setObjectName("palette-list")
        self.list.setAccessibleIdentifier("palette-list")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMinimumHeight(300)
        self.body.addWidget(self.box)
        self.body.addWidget(self.list)
        self.box.textChanged.connect(self._show)
        self.box.installEventFilter(self)
        self.list.itemClicked.connect(lambda _item: self.accept())
        self._shown: list[Command] = []
        self._show("")

    def accept(self) -> None:
        """Do what is picked."""
        at = self.list.currentRow()
        self.close_sheet()
        if 0 <= at < len(self._shown):
            self._shown[at].do()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the box move in the list."""
        if watched is self.box and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
            if step:
                self.list.setCurrentRow(max(0, min(self.list.count() - 1, self.list.currentRow() + step)))
                return True
        return super().eventFilter(watched, event)

    def _show(self, text: str) -> None:
        words = text.casefold().split()
        self._shown = [one for one in self._commands if all(word in one.text.casefold() for word in words)]
        self.list.clear()
        for command in self._shown:
            item = QListWidgetItem(f"{command.text}    {command.keys}" if command.keys else command.text)
            self.list.addItem(item)
        if not self._shown:
            nothing = QListWidgetItem(self.tr("No command has these words in its name."))
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(nothing)
        self.list.setCurrentRow(0)
