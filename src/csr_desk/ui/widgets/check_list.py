"""The checks of a drawer to be ticked off; no amount is shown that was not keyed here (D3, D5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QScrollArea, QVBoxLayout, QWidget

from csr_desk.ui.widgets.counted_row import EDGE, ArrowKeys, CountedRow, column_heads
from csr_desk.ui.widgets.money_field import MoneyField
from csr_desk.ui.widgets.tape_rows import TOTAL_WIDTH
from csr_desk.ui.widgets.tick import Tick
from csr_desk.ui.widgets.words import Label

_TICK_WIDTH = 22
_NUMBER_WIDTH = 84


@dataclass(frozen=True, slots=True)
class TapeItem:
    """One paper in the drawer, without its amount (the count is blind)."""

    number: str
    who: str


class CheckRow(CountedRow):
    """A check: found or not, its number, who gave it, the amount written on it."""

    changed = Signal()

    def __init__(self, at: int, item: TapeItem) -> None:
        super().__init__()
        self.tick = Tick()
        self.tick.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Space in the amount ticks: one stop a row
        self.tick.setAccessibleName(self.tr("Check {0} found").format(item.number))
        self.tick.setAccessibleIdentifier(f"check-tick-{at}")
        self.tick.setFixedWidth(_TICK_WIDTH)
        self.amount = MoneyField(f"check-amount-{at}", self.tr("Amount on check {0}").format(item.number))
        self.watch(self.amount, TOTAL_WIDTH)
        number = Label(item.number)
        number.setFixedWidth(_NUMBER_WIDTH)
        self.box.addWidget(self.tick)
        self.box.addWidget(number)
        self.box.addWidget(Label(item.who), 1)
        self.box.addWidget(self.amount)
        self.tick.toggled.connect(lambda _on: self.changed.emit())
        self.amount.textEdited.connect(lambda text: self.tick.setChecked(bool(text.strip())))
        self.amount.textChanged.connect(lambda _text: self.changed.emit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space in the amount ticks the check off: found, its amount is on the tape."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Space:
            if not self.amount.isReadOnly():
                self.tick.toggle()
            return True
        return super().eventFilter(watched, event)


class CheckList(QScrollArea):
    """A row for each check; keying its amount ticks it off, and so does Space."""

    changed = Signal()
    finished = Signal()
    """Enter or ↓ on the last check."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[CheckRow] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_items(
        self, items: Sequence[TapeItem], after: Sequence[QLineEdit] = (), before: QLineEdit | None = None
    ) -> None:
        """Show these checks, none ticked; Tab leads here from ``before``, Tab and the arrow keys on into ``after``."""
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        heads = (("✓", -_TICK_WIDTH), (self.tr("Check"), -_NUMBER_WIDTH), (self.tr("From"), 0))
        box.addWidget(column_heads(*heads, (self.tr("Amount on the check"), TOTAL_WIDTH)))
        self.rows = [CheckRow(at, item) for at, item in enumerate(items)]
        for row in self.rows:
            box.addWidget(row)
            row.changed.connect(self.changed)
            row.amount.installEventFilter(self)
        if not self.rows:
            none = Label(self.tr("No check is on the list of this drawer."), "soft", "no-checks")
            none.setContentsMargins(EDGE, 6, EDGE, 6)
            box.addWidget(none)
        box.addStretch(1)
        self.setWidget(inside)
        fields: list[QLineEdit] = [*(row.amount for row in self.rows), *after]
        # without ``before`` the new fields would stand behind the last button of the page
        for first, second in pairwise([*([before] if before else []), *fields]):
            QWidget.setTabOrder(first, second)
        ArrowKeys(fields, inside).finished.connect(self.finished)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the row of the focus in sight."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, MoneyField):
            self.ensureWidgetVisible(watched, 0, 24)
        return super().eventFilter(watched, event)

    def ticked(self) -> int:
        """How many checks were found."""
        return sum(row.tick.isChecked() for row in self.rows)

    def first_field(self) -> QLineEdit | None:
        """Where ticking begins."""
        return self.rows[0].amount if self.rows else None
