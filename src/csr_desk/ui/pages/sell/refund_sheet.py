"""What goes back of a receipt: how many of each line, and what its rule makes of that, before anybody is asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from csr_desk.ui.pages.sell.picture import RefundRow, Wanted
from csr_desk.ui.widgets import BigFigure, KeyButton, Label, Sheet


class RefundSheet(Sheet):
    """A number for each line: arrows change it, Tab goes on, P pays by payables, Enter asks for the reason."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        rows: Sequence[RefundRow],
        look: Callable[[Wanted, bool], None],
        then: Callable[[Wanted, bool], None],
    ) -> None:
        """``look`` is told of every change and answers with ``show_amount`` or ``show_fault``; ``then`` of the end."""
        super().__init__(parent, title, "refund", width=560)
        self._rows = list(rows)
        self._look, self._then = look, then
        self._by_payables = False
        self._ready = False
        self.spins: dict[int, QSpinBox] = {}
        self.amount = BigFigure("refund-amount")
        self.how = Label("", "", "refund-how")
        self.how.setWordWrap(True)
        self.payables = KeyButton("", "P", "", "refund-payables")
        self.go_on = KeyButton(self.tr("Go on"), "Enter", "primary", "refund-go-on")
        self._assemble()
        self._show_way()

    def _assemble(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for at, row in enumerate(self._rows):
            name = Label(row.name, "strong")
            name.setWordWrap(True)
            about = Label(row.refused or row.about, "small", f"refund-line-{row.number}-about")
            about.setWordWrap(True)
            grid.addWidget(name, 2 * at, 0)
            grid.addWidget(about, 2 * at + 1, 0, 1, 2)
            if not row.refused:
                grid.addWidget(self._spin(row), 2 * at, 1)
        self.body.addLayout(grid)
        self.body.addWidget(self.amount)
        self.body.addWidget(self.how)
        self.payables.clicked.connect(self._other_way)
        self.body.addWidget(self.payables)
        back = KeyButton(self.tr("Back"), "Esc", "", "refund-back")
        back.clicked.connect(self.cancel)
        self.go_on.clicked.connect(self.accept)
        self.foot.addWidget(back)
        self.foot.addWidget(self.go_on, 1)

    def _spin(self, row: RefundRow) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(0, row.most)
        spin.setObjectName(f"refund-line-{row.number}")
        spin.setAccessibleIdentifier(f"refund-line-{row.number}")
        spin.setAccessibleName(self.tr("How many of {0} go back").format(row.name))
        spin.setMinimumSize(88, 34)
        free = [one for one in self._rows if not one.refused]
        spin.setValue(row.most if len(free) == 1 else 0)
        spin.valueChanged.connect(lambda _value: self._changed())
        spin.installEventFilter(self)
        self.spins[row.number] = spin
        return spin

    def start(self) -> None:
        """Open on the first line that can go back."""
        self.open(next(iter(self.spins.values()), None))
        self._changed()

    def wanted(self) -> Wanted:
        """The lines and numbers that are picked."""
        picked = [(row, self.spins[row.number].value()) for row in self._rows if row.number in self.spins]
        return tuple((row.number, row.quantity(value)) for row, value in picked if value)

    def show_amount(self, amount: str, how: str, *, two_ways: bool) -> None:
        """Say what goes back, how, and by which rule; an answer that came too late changes nothing.

        Without ``two_ways`` only the city's payables can pay it back: no other way is offered.
        """
        if not self.isVisible():
            return
        self.payables.setVisible(two_ways)
        self._ready = True
        self.amount.setText(amount)
        self.how.setText(how)
        self.go_on.setEnabled(True)
        self.say_fault("")

    def show_fault(self, text: str) -> None:
        """Say why this cannot be given back."""
        self._ready = False
        self.amount.setText("\u2013")
        self.how.setText("")
        self.go_on.setEnabled(False)
        self.say_fault(text)

    def accept(self) -> None:
        """Enter: on to the reason."""
        if self._ready:
            wanted, by_payables = self.wanted(), self._by_payables
            self.close_sheet()
            self._then(wanted, by_payables)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A number box would keep these keys: P changes the way, Enter goes on."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_P:
                self._other_way()
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.accept()
                return True
        return super().eventFilter(watched, event)

    def _stops(self) -> list[QWidget]:
        """A number box is one stop; its inner field is not another."""
        return [widget for widget in super()._stops() if not isinstance(widget.parent(), QSpinBox)]

    def _other_way(self) -> None:
        if self.payables.isHidden():
            return
        self._by_payables = not self._by_payables
        self._show_way()
        self._changed()

    def _show_way(self) -> None:
        other = self.tr("As it was paid") if self._by_payables else self.tr("By the city’s payables instead")
        self.payables.say_text(other)

    def _changed(self) -> None:
        wanted = self.wanted()
        if wanted:
            self._ready = False
            self.go_on.setEnabled(False)
            self._look(wanted, self._by_payables)
        else:
            self.show_fault("")
