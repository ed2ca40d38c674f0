"""The sheet for a storm: the list and its reason at the left, what becomes of each line at the right, one key sends."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPlainTextEdit, QProgressBar, QVBoxLayout, QWidget

from csr_desk.ui.pages.projects.storm_presenter import LineRow, StormPresenter, Wires
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.widgets import KeyButton, Label, Sheet
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable

_WIDTH = 1120
_LEFT = 360
_HEIGHT = 380


class StormSheet(Sheet):
    """Ctrl+Enter looks over, and sends what was looked over; Alt+O takes a file; Esc stops what goes on, or leaves."""

    told = Signal(int, int)

    def __init__(self, parent: QWidget, presenter: StormPresenter, companies: Sequence[Wires], chosen: str) -> None:
        """``chosen`` is the number of the company that is offered first."""
        super().__init__(parent, parent.tr("After a storm: many releases in one batch"), "storm", width=_WIDTH)
        self.presenter = presenter
        self.choose: Callable[[], Path | None] = self._choose_file
        self.company = QComboBox()
        self.company.setObjectName("storm-company")
        self.company.setAccessibleIdentifier("storm-company")
        self.company.setAccessibleName(self.tr("Company that sets the meters"))
        for one in companies:
            self.company.addItem(one.name, one.number)
        self.company.setCurrentIndex(max(self.company.findData(chosen), 0))
        self.reason = line_edit("storm-reason", self.tr("Which storm"))
        self.reason.setPlaceholderText(self.tr("such as “Hurricane of July 8”"))
        self.lines = QPlainTextEdit()
        self.lines.setTabChangesFocus(True)
        self.lines.setObjectName("storm-lines")
        self.lines.setAccessibleIdentifier("storm-lines")
        self.lines.setAccessibleName(self.tr("Addresses or permits, one a line"))
        self.lines.setPlaceholderText(self.tr("An address or a permit on each line; an ESI ID may follow it."))
        self.table = FiguresTable("storm-looked", self.tr("What becomes of each line"), (
            Column(self.tr("Line"), width=230), Column(self.tr("Permit"), width=145),
            Column(self.tr("What becomes of it")),
        ))  # fmt: skip
        self.summary = Label("", "strong", "storm-summary")
        self.bar = QProgressBar()
        self.bar.setAccessibleIdentifier("storm-progress")
        self.bar.setAccessibleName(self.tr("How far the list is"))
        self.said = Label("", "soft", "storm-said")
        self.back = KeyButton(self.tr("Back"), "Esc", "", "storm-back")
        self.file = KeyButton(self.tr("From a file…"), "Alt+O", "", "storm-file")
        self.go = KeyButton(self.tr("Look over"), "Ctrl+Return", "primary", "storm-go")
        self._assemble()
        self._connect()
        self.show_busy("")
        presenter.attach(self)

    def _assemble(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(6)
        for words, widget in (
            (self.tr("Company"), self.company), (self.tr("Which storm"), self.reason),
            (self.tr("Addresses or permits, one a line"), self.lines),
        ):  # fmt: skip
            label = Label(words, "small")
            label.setBuddy(widget)
            left.addWidget(label)
            left.addWidget(widget, 1 if widget is self.lines else 0)
        side = QWidget()
        side.setFixedWidth(_LEFT)
        left.setContentsMargins(0, 0, 0, 0)
        side.setLayout(left)
        right = QVBoxLayout()
        right.setSpacing(6)
        right.addWidget(self.table, 1)
        right.addWidget(self.summary)
        both = QHBoxLayout()
        both.setSpacing(14)
        both.addWidget(side)
        both.addLayout(right, 1)
        self.table.setMinimumHeight(_HEIGHT)
        self.body.addLayout(both, 1)
        self.body.addWidget(self.said)
        self.body.addWidget(self.bar)
        self.foot.addWidget(self.back)
        self.foot.addWidget(self.file)
        self.foot.addWidget(self.go, 1)

    def _connect(self) -> None:
        self.told.connect(self._told, Qt.ConnectionType.QueuedConnection)
        self.lines.textChanged.connect(self.presenter.forget)
        self.company.currentIndexChanged.connect(lambda _at: self.presenter.forget())
        self.back.clicked.connect(self.cancel)
        self.file.clicked.connect(self._choose)
        self.go.clicked.connect(self.accept)
        self.closed.connect(self.presenter.leave)
        of_file = QShortcut(QKeySequence("Alt+O"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        of_file.activated.connect(self._choose)

    def start(self) -> None:
        """Open with the cursor in the reason; the list follows it."""
        self.open(self.reason)

    def accept(self) -> None:
        """Look over what is keyed; where that was done, send it."""
        if self.presenter.busy:
            return
        company = str(self.company.currentData())
        if self.presenter.goes:
            self.presenter.send(company, self.reason.text())
        else:
            self.presenter.look(company, self.lines.toPlainText())

    def cancel(self) -> None:
        """Stop what goes on, or leave."""
        if self.presenter.busy:
            self.presenter.stop()
        else:
            self.close_sheet()

    # ---- what the presenter shows

    def show_looked(self, rows: tuple[LineRow, ...], words: str, *, goes: int) -> None:
        """Show what becomes of each line, what does not go first."""
        self.table.show_rows([[one.text, one.permit, Cell(one.words, one.tone)] for one in rows])
        if rows:
            self.table.go_to(0)
        self.summary.setText(words)
        self.go.say_text(self.tr("Send {0}").format(f"{goes:,}") if goes else self.tr("Look over"))

    def show_text(self, text: str) -> None:
        """Show the lines of a file."""
        self.say_fault("")
        self.lines.setPlainText(text)

    def show_busy(self, said: str) -> None:
        """Say what is going on; empty when nothing is."""
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.bar.setRange(0, 0)
        self.bar.setVisible(bool(said))
        self.back.say_text(self.tr("Stop") if said else self.tr("Back"))
        for widget in (self.company, self.reason, self.lines, self.file, self.go):
            widget.setEnabled(not said)
        if not said and self.isVisible():
            self.lines.setFocus(Qt.FocusReason.OtherFocusReason)
        elif said:
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def tell(self, done: int, every: int) -> None:
        """Say how far it is, from whichever thread."""
        self.told.emit(done, every)

    def _told(self, done: int, every: int) -> None:
        if self.presenter.busy and every:
            self.bar.setRange(0, every)
            self.bar.setValue(done)

    def _choose(self) -> None:
        if self.presenter.busy:
            return
        path = self.choose()
        if path is not None:
            self.presenter.take_file(path)

    def _choose_file(self) -> Path | None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a list"), "", self.tr("Lists (*.csv *.txt)"))
        return Path(name) if name else None
