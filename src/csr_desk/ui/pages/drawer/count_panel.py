"""The blind count: cash by pieces, checks ticked off or by tape, other tenders by items and tape (D3–D5)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.drawer import Batch, CountVerdict
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import shown
from csr_desk.domain.tender import TRAITS, TenderKind
from csr_desk.services.counting import CheckItem
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.drawer.count_model import TAPED, CountDraft, TapeEntry
from csr_desk.ui.widgets import BigFigure, Card, CheckList, Chip, KeyButton, Label, PiecesGrid, TapeItem, TapeRows
from csr_desk.ui.widgets.tape_rows import TapeRow

_GAP = 8
_LINE_WIDTH = 530


class CountPanel(QWidget):
    """What the custodian counts; nothing here was told what to expect."""

    def __init__(self, again: QAction, check: QAction) -> None:
        super().__init__()
        self.draft = CountDraft()
        self.grid = PiecesGrid("count")
        self.counted = BigFigure("count-cash")
        self.checks = CheckList()
        self.check_row = TapeRow(TenderKind.CHECK.value, self.tr("Checks in the drawer"))
        others = [kind for kind in TAPED if kind is not TenderKind.CHECK]
        self.others = TapeRows([(kind.value, self._name(kind)) for kind in others])
        self.chips = QVBoxLayout()
        self.advice = Label("", "soft", "count-advice")
        self.again_button = KeyButton.for_action(again)
        self.forward_button = KeyButton.for_action(check, "primary")
        self._assemble()
        self.grid.changed.connect(lambda: self.counted.show_cents(self.grid.total()))
        self.checks.changed.connect(self._hint)
        self.grid.finished.connect(self._after_cash)
        self.others.finished.connect(self.forward_button.setFocus)

    def _assemble(self) -> None:
        left = Card(self.tr("1 · Cash in the drawer"), self.tr("(pieces; Tab or ↓ for the next)"), flush=True)
        left.body.addWidget(self.grid)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 12, 12, 0)
        note = Label(self.tr("The float stays in the count: count everything.\nWhat the system expects is not shown."),
                     "soft")  # fmt: skip
        foot.addWidget(note, 1)
        figures = QVBoxLayout()
        figures.addWidget(Label(self.tr("Counted cash"), "small"))
        figures.addWidget(self.counted)
        foot.addLayout(figures)
        left.body.addLayout(foot)
        left.body.addStretch(1)
        checks = Card(self.tr("2 · Checks"), self.tr("key each amount, or the tape below"), flush=True)
        checks.body.addWidget(self.checks, 1)
        checks.body.addWidget(self.check_row)
        others = Card(self.tr("3 · Other tenders"), self.tr("items, then the tape"), flush=True)
        others.body.addWidget(self.others)
        verdict = Card()
        self.chips.setSpacing(6)
        verdict.body.addLayout(self.chips)
        self.advice.setWordWrap(True)
        verdict.body.addWidget(self.advice)
        buttons = QHBoxLayout()
        buttons.addWidget(self.again_button)
        buttons.addWidget(self.forward_button, 1)
        verdict.body.addLayout(buttons)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(checks, 1)
        right.addWidget(others)
        right.addWidget(verdict)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left, 8)
        row.addLayout(right, 7)

    @staticmethod
    def _name(kind: TenderKind) -> str:
        return "Card slips" if kind is TenderKind.CARD else TRAITS[kind].name + "s"

    def show_checks(self, checks: Sequence[CheckItem]) -> None:
        """Show the tick list of a count that begins."""
        self.draft = CountDraft()
        self.draft.listed = frozenset(TenderKind(item.kind) for item in checks)
        listed = [item for item in checks if item.kind == TenderKind.CHECK]
        self.draft.list_checks((item.number, item.from_name, item.receipt) for item in listed)
        tape = [TapeItem(item.number, item.from_name) for item in listed]
        self.checks.show_items(tape, self.check_row.fields, self.grid.last_field())
        self.grid.clear()
        self.check_row.clear()
        self.others.clear()
        self._hint()

    def read(self) -> CountDraft:
        """What stands in the fields now."""
        self.draft.pieces = self.grid.pieces()
        for tick, check in zip(self.draft.checks, self.checks.rows, strict=True):
            tick.ticked = check.tick.isChecked()
            tick.amount = check.amount.text()
        for row in (self.check_row, *self.others.rows):
            self.draft.tapes[TenderKind(row.kind)] = TapeEntry(row.items.text(), row.total.text())
        return self.draft

    def show_begin(self, batch: Batch, *, came_back: bool = False) -> None:
        """Ready for a count: nothing is said of any tender yet."""
        self._show_chips(())
        self._freeze(frozen=batch.attempts > 0 and not came_back)
        if came_back:
            words = self.tr("Your supervisor sent the drawer back. Count everything again, then check the count.")
        elif batch.attempts:
            words = self.tr("A count is recorded. Count again, or send the one that is recorded.")
        else:
            words = self.tr("Nothing can be sold from this drawer any more. Count everything, then check the count.")
        self.advice.setText(words)

    def show_verdict(self, verdict: CountVerdict) -> None:
        """Say of each tender whether it agrees, and of checks whether their number does; no amounts."""
        chips = []
        for kind in (kind.value for kind in TenderKind if kind.value in verdict.agrees):
            agrees = verdict.agrees[kind]
            name = self._name(TenderKind(kind)) if kind in TAPED else TRAITS[TenderKind(kind)].name
            if agrees and verdict.items_agree.get(kind, True):
                chips.append((self.tr("{0} OK").format(name), Tone.OK))
            elif not verdict.items_agree.get(kind, True):
                chips.append((self.tr("Number of {0} differs").format(name.lower()), Tone.BAD))
            else:
                verb = self.tr("{0} do not agree") if kind in TAPED else self.tr("{0} does not agree")
                chips.append((verb.format(name), Tone.BAD))
        self._show_chips(chips)
        self._freeze(frozen=True)
        if all(tone is Tone.OK for _, tone in chips):
            words = self.tr("Everything agrees. Send the count to your supervisor.")
        elif verdict.attempts_left:
            words = self.tr(
                "Count again what does not agree, or send the count to your supervisor. All counts are kept."
            )
        else:
            words = self.tr("That was the last count. Send it to your supervisor; all counts are kept.")
        self.advice.setText(words)

    def begin_again(self) -> None:
        """Free the fields for another count; what was keyed stays to be mended."""
        self._show_chips(())
        self._freeze(frozen=False)
        self.advice.setText(self.tr("Count again, then check the count. Every count is kept."))
        self.grid.first_field().setFocus()

    def focus_field(self, name: str) -> bool:
        """Put the cursor into a field of this panel."""
        fields = [self.check_row.items, self.check_row.total, *(row.amount for row in self.checks.rows)]
        fields += [field for row in self.others.rows for field in row.fields]
        for field in fields:
            if field.objectName() == name:
                field.setFocus()
                return True
        return False

    def _after_cash(self) -> None:
        (self.checks.first_field() or self.check_row.items).setFocus()

    def _hint(self) -> None:
        """Show what the tick list makes where no tape is keyed."""
        draft = self.read()
        try:
            total = shown(draft.listed_total())
        except BadInput:
            total = "?"
        self.check_row.hint(str(draft.ticked), total)

    def _freeze(self, *, frozen: bool) -> None:
        self.grid.set_read_only(frozen)
        for row in (self.check_row, *self.others.rows):
            for field in row.fields:
                field.setReadOnly(frozen)
        for check in self.checks.rows:
            check.amount.setReadOnly(frozen)
            check.tick.setEnabled(not frozen)

    def _show_chips(self, chips: Sequence[tuple[str, Tone]]) -> None:
        """Chips beside each other, a new line where the card ends."""
        while (line := self.chips.takeAt(0)) is not None:
            if (old := line.widget()) is not None:
                old.hide()
                old.deleteLater()
        line_of: QHBoxLayout | None = None
        used = 0
        for at, (words, tone) in enumerate(chips):
            chip = Chip(words, tone, f"verdict-{at}")
            wide = chip.sizeHint().width() + _GAP
            if line_of is None or used + wide > _LINE_WIDTH:
                holder = QWidget()
                line_of = QHBoxLayout(holder)
                line_of.setContentsMargins(0, 0, 0, 0)
                line_of.setSpacing(_GAP)
                line_of.setAlignment(Qt.AlignmentFlag.AlignLeft)
                self.chips.addWidget(holder)
                used = 0
            line_of.addWidget(chip)
            used += wide
