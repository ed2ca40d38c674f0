"""Tenders counted by number of items and adding-machine tape (D5)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRegularExpression, QSize, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.drawer import TapeCount
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents, parse_till
from csr_desk.ui.widgets.counted_row import ArrowKeys, CountedRow, column_heads
from csr_desk.ui.widgets.money_field import MoneyField
from csr_desk.ui.widgets.words import Label

ITEMS_WIDTH = 64
TOTAL_WIDTH = 132


class TapeRow(CountedRow):
    """A tender: its name, how many items, what the tape says. Empty means what the hint says."""

    changed = Signal()

    def __init__(self, kind: str, name: str) -> None:
        super().__init__()
        self.kind = kind
        self.items = QLineEdit()
        self.items.setObjectName(f"{kind}-items")
        self.items.setAccessibleIdentifier(f"{kind}-items")
        self.items.setAccessibleName(self.tr("{0}, number of items").format(name))
        self.items.setValidator(QRegularExpressionValidator(QRegularExpression(r"\d{0,5}"), self.items))
        self.total = MoneyField(f"{kind}-total", self.tr("{0}, total of the tape").format(name))
        self.watch(self.items, ITEMS_WIDTH)
        self.watch(self.total, TOTAL_WIDTH)
        self.hint("0", "0.00")
        label = Label(name)
        label.setBuddy(self.items)
        self.box.addWidget(label, 1)
        self.box.addWidget(self.items)
        self.box.addWidget(self.total)
        for field in self.fields:
            field.textChanged.connect(lambda _text: self.changed.emit())

    @property
    def fields(self) -> tuple[QLineEdit, MoneyField]:
        """Items, then total."""
        return self.items, self.total

    def hint(self, items: str, total: str) -> None:
        """Show what is taken where nothing is keyed."""
        self.items.setPlaceholderText(items)
        self.total.setPlaceholderText(total)

    def clear(self) -> None:
        """Empty both fields."""
        self.items.clear()
        self.total.set_cents(None)


class TapeRows(QWidget):
    """Several tenders below each other, under a head."""

    changed = Signal()
    finished = Signal()
    """Enter or ↓ in the last field."""

    def __init__(self, tenders: Sequence[tuple[str, str]]) -> None:
        """``tenders`` are pairs of kind and name; the kind prefixes the identifiers (``card-items``)."""
        super().__init__()
        self.rows = tuple(TapeRow(kind, name) for kind, name in tenders)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        heads = ((self.tr("Tender"), 0), (self.tr("Items"), ITEMS_WIDTH), (self.tr("Total of the tape"), TOTAL_WIDTH))
        box.addWidget(column_heads(*heads))
        for row in self.rows:
            box.addWidget(row)
            row.changed.connect(self.changed)
        keys = ArrowKeys([field for row in self.rows for field in row.fields], self)
        keys.finished.connect(self.finished)

    def row(self, kind: str) -> TapeRow:
        """The row of a tender."""
        return next(row for row in self.rows if row.kind == kind)

    def tapes(self) -> dict[str, TapeCount]:
        """What is keyed, by kind; a row without anything is left out. Raise BadInput naming the field."""
        found: dict[str, TapeCount] = {}
        for row in self.rows:
            items, total = row.items.text().strip(), row.total.text().strip()
            if items or total:
                found[row.kind] = TapeCount(int(items or "0"), _cents(total, row.total.objectName()))
        return found

    def focus_field(self, name: str) -> bool:
        """Put the cursor into the field of this name, if it is here."""
        for field in (field for row in self.rows for field in row.fields):
            if field.objectName() == name:
                field.setFocus()
                return True
        return False

    def set_read_only(self, read_only: bool) -> None:
        """Freeze or free the fields."""
        for field in (field for row in self.rows for field in row.fields):
            field.setReadOnly(read_only)

    def clear(self) -> None:
        """Start again from nothing."""
        for row in self.rows:
            row.clear()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return self.minimumSizeHint()


def _cents(text: str, name: str) -> Cents:
    try:
        return parse_till(text) if text else 0
    except BadInput as wrong:
        raise BadInput(wrong.message, field=name) from None
