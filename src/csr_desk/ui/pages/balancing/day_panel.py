"""The end of a business date: the three-way tie as a sentence and figures, and the close (D11, control 46)."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.deposit import DailyRevenue, DayBoard, DayTie
from csr_desk.domain.drawer import BatchState
from csr_desk.domain.money import shown
from csr_desk.domain.tender import TRAITS, TenderKind
from csr_desk.domain.witness import SealState
from csr_desk.ui.context import Tone
from csr_desk.ui.widgets import Card, Chip, KeyButton, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable


class DayPanel(QWidget):
    """Receipts = tenders counted ± over and short = deposit + card + transfers = journal."""

    def __init__(self, close: QAction, paper: QAction) -> None:
        super().__init__()
        self.tie_card = Card(self.tr("Does the day tie?"))
        self.chip = Chip("", Tone.INFO, "tie-chip")
        self.tie_card.head.addWidget(self.chip)
        self.sentence = Label("", "strong", "tie-sentence")
        self.sentence.setWordWrap(True)
        self.tie_card.body.addWidget(self.sentence)
        self.tables = [
            FiguresTable(f"tie-{at}", title, (Column(title), Column("", figures=True, width=112)))
            for at, title in enumerate((self.tr("Tenders counted"), self.tr("Where it went"), self.tr("Journal")))
        ]
        row = QHBoxLayout()
        row.setSpacing(12)
        for table in self.tables:
            row.addWidget(table, 1)
        self.tie_card.body.addLayout(row, 1)
        self.open_drawers = Label("", "soft", "day-open-drawers")
        self.open_drawers.setWordWrap(True)
        self.seal = Label("", "soft", "day-seal")
        self.seal.setWordWrap(True)
        self.close_button = KeyButton.for_action(close, "primary")
        self.paper_button = KeyButton.for_action(paper)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.open_drawers)
        said.addWidget(self.seal)
        buttons = QHBoxLayout()
        buttons.addLayout(said, 1)
        buttons.addWidget(self.paper_button)
        buttons.addWidget(self.close_button)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.tie_card, 1)
        box.addLayout(buttons)

    def show_day(self, board: DayBoard, revenue: DailyRevenue | None) -> None:
        """Show the tie as far as the day has come."""
        if revenue is None:
            self.chip.show_state("", Tone.INFO)
            self.sentence.setText(self.tr("Your role sees no figures of the day."))
        else:
            self._show_tie(revenue.tie)
        left = [sheet.batch for sheet in board.sheets if sheet.batch.state is not BatchState.ACCEPTED]
        if board.closed:
            self.open_drawers.setText(self.tr("The day is closed; nothing can be posted to it."))
        elif left:
            names = ", ".join(f"{batch.drawer_name} ({batch.custodian_name})" for batch in left)
            self.open_drawers.setText(self.tr("Not accepted yet: {0}").format(names))
        else:
            self.open_drawers.setText(self.tr("Every drawer is accepted."))
        self._show_seal(board)

    def _show_seal(self, board: DayBoard) -> None:
        """Say whether the finance officer signed for the day, and how many others wait; nothing where none is kept."""
        state = board.seals.state_of(board.business_date)
        said = ""
        if board.closed and state is SealState.SEALED:
            said = self.tr("Sealed by the finance officer.")
        elif board.closed and state is SealState.WAITING:
            said = self.tr("Not sealed by the finance officer yet.")
        others = sum(day != board.business_date for day in board.seals.waiting)
        if others:
            said = f"{said} {self.tr('Other days not sealed yet: {0}.').format(others)}".strip()
        self.seal.setText(said)
        self.seal.setVisible(bool(said))

    def _show_tie(self, tie: DayTie) -> None:
        words, tone = (self.tr("It ties"), Tone.OK) if tie.ties else (self.tr("It does not tie yet"), Tone.WARN)
        self.chip.show_state(words, tone)
        self.sentence.setText(tie.sentence)
        apart = [(self.tr("Over (−) short (+)"), -tie.over_short)] if tie.over_short else []
        apart += [(self.tr("Rounding"), -tie.rounding)] if tie.rounding else []
        counted = [(TRAITS[TenderKind(kind)].name, cents) for kind, cents in tie.counted.items()]
        counted += [(self.tr("Transfers"), tie.transfers)] if tie.transfers else []
        counted += [(self.tr("E-checks and other"), tie.other)] if tie.other else []
        went = [
            (self.tr("Deposits"), tie.deposited),
            (self.tr("Cards"), tie.card),
            (self.tr("Transfers"), tie.transfers),
            (self.tr("E-checks and other"), tie.other),
        ]
        journal = [(self.tr("Receipts"), tie.receipts), (self.tr("Journal"), tie.journal)]
        sides = ((counted + apart, True), (went + apart, True), (journal, False))
        for table, (rows, total) in zip(self.tables, sides, strict=True):
            cells: list[list[str | Cell]] = [[name, shown(cents)] for name, cents in rows]
            if total:
                sum_ = Cell(shown(sum(cents for _, cents in rows)), strong=True)
                cells.append([Cell(self.tr("Together"), strong=True), sum_])
            table.show_rows(cells)
