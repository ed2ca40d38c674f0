"""The picked line: what it asks for, checked beside the field while it is keyed; F1 shows the price step by step."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from csr_desk.domain.catalogue import FieldKind
from csr_desk.ui.cart.line_picture import FieldPicture, LinePanel
from csr_desk.ui.dates import sentence_words
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Card, KeyValues, Label
from csr_desk.ui.widgets.words import say_tip

_WIDE = ("address", "description", "declaration", "contacts", "location", "route")


class LineForm(Card):
    """Fields in two columns; the ones that price the item stand first."""

    keyed = Signal(str, str)
    """Name of the field, its text."""
    done = Signal(str)
    """Enter in a field."""

    def __init__(self) -> None:
        """Nothing is picked yet."""
        super().__init__()
        self._shown: tuple[object, ...] = ()
        self._edits: dict[str, QLineEdit | QComboBox] = {}
        self._faults: dict[str, Label] = {}
        self._labels: dict[str, Label] = {}
        self._words: dict[str, str] = {}
        self.heading = Label("", "title", "line-title")
        self.heading.setWordWrap(True)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.why = Label("", "small", "line-why")
        self.why.setWordWrap(True)
        cap = Label("F1", "keycap")
        foot = QHBoxLayout()
        foot.addWidget(self.why, 1)
        foot.addWidget(cap, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.area, 1)
        self.body.addLayout(foot)
        self.demo = Label("", "small", "line-demo")
        self.demo.hide()
        self.body.addWidget(self.demo)

    def show_line(self, panel: LinePanel | None, *, explained: bool) -> None:
        """Show a line; the fields stay the same widgets while the same line is keyed."""
        self.setVisible(panel is not None)
        if panel is None:
            self._shown = ()
            return
        self.heading.setText(self.tr("Line {0} · {1}").format(panel.number, panel.title))
        self.why.setText(self.tr("Back to the fields") if explained else panel.why)
        names: tuple[object, ...] = (panel.at, explained, panel.title, tuple(field.name for field in panel.fields))
        names = (*names, panel.explain) if explained else (*names, panel.facts)
        if names != self._shown:
            self._shown = names
            self.area.setWidget(self._inside(panel, explained=explained))
        if not explained:
            for field in panel.fields:
                self._show_field(field)

    def show_demo(self, text: str) -> None:
        """In a demonstration: how to fill in what is missing."""
        self.demo.setText(text)
        self.demo.setVisible(bool(text))

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field; False when the line does not ask for it."""
        edit = self._edits.get(name)
        if edit is None or not self.isVisible():
            return False
        edit.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(edit, QLineEdit):
            edit.selectAll()
        self.area.ensureWidgetVisible(edit)
        return True

    def has_focus(self) -> bool:
        """Say whether somebody is keying a field."""
        return any(edit.hasFocus() for edit in self._edits.values())

    def _inside(self, panel: LinePanel, *, explained: bool) -> QWidget:
        if explained:
            return self._steps(panel)
        return self._facts(panel) if panel.facts else self._form(panel)

    def _facts(self, panel: LinePanel) -> QWidget:
        """What is owed asks for nothing: it says whose it is."""
        self._edits = {}
        inside = QWidget()
        values = KeyValues("owed-fact")
        values.show_facts(panel.facts)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        column.addWidget(values)
        column.addStretch(1)
        return inside

    def _form(self, panel: LinePanel) -> QWidget:
        self._edits, self._faults, self._labels, self._words = {}, {}, {}, {}
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 4, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        row, column = 0, 0
        for field in panel.fields:
            wide = any(word in field.name for word in _WIDE) or len(panel.fields) == 1
            if wide and column:
                row, column = row + 1, 0
            grid.addLayout(self._cell(field), row, column, 1, 2 if wide else 1)
            row, column = (row + 1, 0) if wide or column else (row, 1)
        grid.setRowStretch(row + 1, 1)
        return inside

    def _cell(self, field: FieldPicture) -> QVBoxLayout:
        edit = self._edit(field)
        edit.setObjectName(f"input-{field.name}")
        edit.setAccessibleIdentifier(f"input-{field.name}")
        edit.setAccessibleName(field.label)
        edit.installEventFilter(self)
        label = Label(field.label, "small")
        label.setBuddy(edit)
        fault = Label("", "fault", f"input-{field.name}-fault")
        fault.setWordWrap(True)
        fault.hide()
        cell = QVBoxLayout()
        cell.setSpacing(2)
        for widget in (label, edit, fault):
            cell.addWidget(widget)
        cell.addStretch(1)
        self._edits[field.name], self._faults[field.name] = edit, fault
        self._labels[field.name], self._words[field.name] = label, field.label
        return cell

    def _edit(self, field: FieldPicture) -> QLineEdit | QComboBox:
        choices = field.choices or (("yes", "no") if field.kind is FieldKind.YES_NO else ())
        if choices:
            box = QComboBox()
            box.addItems(["", *choices])
            box.setCurrentText(field.value)
            box.currentTextChanged.connect(partial(self.keyed.emit, field.name))
            return box
        edit = QLineEdit(field.value)
        edit.setPlaceholderText(field.example or (self.tr("month/day/year") if field.kind is FieldKind.DATE else ""))
        say_tip(edit, field.help)
        edit.setMaxLength(300)
        edit.textEdited.connect(partial(self.keyed.emit, field.name))
        return edit

    def _show_field(self, field: FieldPicture) -> None:
        edit, fault, label = self._edits[field.name], self._faults[field.name], self._labels[field.name]
        wrong = bool(field.fault) and not field.missing
        say(edit, state="fault" if wrong else "missing" if field.missing else "")
        words = self._words[field.name]
        optional = self.tr("{0} (if any)").format(words)
        label.setText(self.tr("{0} – needed").format(words) if field.missing else words if field.required else optional)
        fault.setText(field.fault if wrong else "")
        fault.setVisible(wrong)
        edit.setAccessibleDescription(field.fault)
        now = edit.text() if isinstance(edit, QLineEdit) else edit.currentText()
        if now != field.value and not edit.hasFocus():
            if isinstance(edit, QLineEdit):
                edit.setText(field.value)
                edit.setCursorPosition(0)
            else:
                edit.setCurrentText(field.value)

    def _steps(self, panel: LinePanel) -> QWidget:
        self._edits = {}
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 4, 0)
        for at, step in enumerate(panel.explain, start=1):
            label = Label(f"{at}. {sentence_words(step)}", "", f"explain-{at}")
            label.setWordWrap(True)
            column.addWidget(label)
        column.addStretch(1)
        return inside

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field goes on."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            name = next((one for one, edit in self._edits.items() if edit is watched), None)
            if name is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.done.emit(name)
                return True
        return super().eventFilter(watched, event)
