"""The entry form: Enter or Tab from field to field, who may be here already at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.customers import (
    LONGEST_ADDRESS,
    LONGEST_EMAIL,
    LONGEST_NAME,
    LONGEST_PHONE,
    CustomerKind,
)
from csr_desk.ui.customer_words import languages
from csr_desk.ui.pages.customer.entry_form import FIELDS
from csr_desk.ui.pages.customer.picture import FormPicture, FoundRow
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.widgets import Card, KeyButton, Label
from csr_desk.ui.widgets.pick_list import Pick, PickList

_LONGEST = {"name": LONGEST_NAME, "address": LONGEST_ADDRESS, "phone": LONGEST_PHONE, "email": LONGEST_EMAIL}
_FORM_WIDTH = 560
_ALIKE_WIDTH = 400


class EntryPanel(QWidget):
    """Shows what the presenter says, and tells every change at once."""

    keyed = Signal(str, str)
    """Name of the field, its text."""
    done = Signal(str)
    """Enter in a field."""
    escaped = Signal()

    def __init__(self, keys: Sequence[QAction]) -> None:
        """``keys`` are what can be done with the form: save, empty, open who may be the same."""
        super().__init__()
        self.fields: dict[str, QLineEdit | QComboBox] = {}
        self.title = Label("", "head", "entry-title")
        self.hint = Label("", "soft", "entry-hint")
        self.fault = Label("", "fault", "entry-fault")
        self.alike_words = Label("", "strong", "entry-alike-words")
        for label in (self.title, self.hint, self.fault, self.alike_words):
            label.setWordWrap(True)
        self.alike = PickList("entry-alike", self.tr("May be here already"))
        self.alike_card = Card(self.tr("Here already?"), flush=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._form(keys), 1)
        row.addWidget(self._alike())

    def _form(self, keys: Sequence[QAction]) -> Card:
        card = Card()
        card.body.addWidget(self.title)
        scan = Label(
            self.tr("Scan a licence to fill name and address. Enter goes on; after the last field it saves."), "soft"
        )
        scan.setWordWrap(True)
        card.body.addWidget(scan)
        card.body.addWidget(self.hint)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        for at, (name, words) in enumerate(self._words().items()):
            edit = self._edit(name, words)
            label = Label(words, "small")
            label.setBuddy(edit)
            grid.addWidget(label, at, 0)
            grid.addWidget(edit, at, 1)
        holder = QWidget()
        holder.setMaximumWidth(_FORM_WIDTH)
        holder.setLayout(grid)
        card.body.addWidget(holder)
        card.body.addWidget(self.fault)
        card.body.addStretch(1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for at, action in enumerate(keys):
            foot.addWidget(KeyButton.for_action(action, "primary" if at + 1 == len(keys) else ""))
        card.body.addLayout(foot)
        return card

    def _alike(self) -> Card:
        card = self.alike_card
        card.setFixedWidth(_ALIKE_WIDTH)
        words = QVBoxLayout()
        words.setContentsMargins(12, 4, 12, 8)
        words.addWidget(self.alike_words)
        card.body.addLayout(words)
        card.body.addWidget(self.alike, 1)
        return card

    def _words(self) -> dict[str, str]:
        words = (
            self.tr("Name"), self.tr("Address"), self.tr("Telephone"), self.tr("E-mail"), self.tr("Language"),
            self.tr("Person or firm"),
        )  # fmt: skip
        return dict(zip(FIELDS, words, strict=True))

    def _edit(self, name: str, words: str) -> QLineEdit | QComboBox:
        field: QLineEdit | QComboBox
        if name in _LONGEST:
            field = line_edit(f"entry-{name}", words)
            field.setMaxLength(_LONGEST[name])
            field.textChanged.connect(partial(self.keyed.emit, name))
        else:
            field = QComboBox()
            field.setObjectName(f"entry-{name}")
            field.setAccessibleIdentifier(f"entry-{name}")
            field.setAccessibleName(words)
            for value, text in self._choices(name).items():
                field.addItem(text, value)
            field.currentIndexChanged.connect(lambda _at: self.keyed.emit(name, self.value(name)))
        field.installEventFilter(self)
        self.fields[name] = field
        return field

    def _choices(self, name: str) -> dict[str, str]:
        if name == "kind":
            return {CustomerKind.PERSON.value: self.tr("Person"), CustomerKind.FIRM.value: self.tr("Firm")}
        return {short: f"{short}  {words}" for short, words in languages().items()}

    # ---- what the presenter says

    def value(self, name: str) -> str:
        """What stands in a field."""
        field = self.fields[name]
        return field.text() if isinstance(field, QLineEdit) else str(field.currentData() or "")

    def show_form(self, picture: FormPicture) -> None:
        """Show a form."""
        self.title.setText(picture.title)
        self.hint.setText(picture.hint)
        self.hint.setVisible(bool(picture.hint))
        self.fill(picture.values)

    def fill(self, values: dict[str, str]) -> None:
        """Put values into the fields, without telling anybody what they say already."""
        for name, value in values.items():
            field = self.fields[name]
            if self.value(name) == value:
                continue
            field.blockSignals(True)
            if isinstance(field, QLineEdit):
                field.setText(value)
                field.setCursorPosition(0)
            else:
                if field.findData(value) < 0:  # a language that is kept although no list has it
                    field.addItem(value, value)
                field.setCurrentIndex(field.findData(value))
            field.blockSignals(False)
            field.update()

    def show_alike(self, rows: Sequence[FoundRow], words: str) -> None:
        """Show who may be here already."""
        self.alike_words.setText(words or self.tr("Nobody like this so far."))
        self.alike.show_picks([Pick(row.key, row.name, row.below, right=row.right) for row in rows])
        self.alike.setVisible(bool(rows))
        self.alike_card.body.setStretch(0, 0 if rows else 1)

    def show_fault(self, text: str) -> None:
        """Say what is wrong."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field, with what stands there picked."""
        field = self.fields.get(name)
        if field is None or not self.isVisible():
            return False
        field.setFocus(Qt.FocusReason.TabFocusReason)
        if isinstance(field, QLineEdit):
            field.selectAll()
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on, Esc goes back, Shift+Enter goes to the field before."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            name = next((one for one, field in self.fields.items() if field is watched), None)
            if name is not None and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                    self.focus_field(FIELDS[max(0, FIELDS.index(name) - 1)])
                else:
                    self.done.emit(name)
                return True
            if name is not None and event.key() == Qt.Key.Key_Escape:
                self.escaped.emit()
                return True
        return super().eventFilter(watched, event)
