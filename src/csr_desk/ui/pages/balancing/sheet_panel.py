"""One drawer before the supervisor: receipts, expected, counts, over and short, and what happened at it."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.domain.difference import Explanation
from csr_desk.domain.drawer import BatchSheet, BatchState, TenderTie
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.pages.balancing.board import beyond, tone
from csr_desk.ui.pages.balancing.causes_card import CausesCard
from csr_desk.ui.pages.balancing.words import standing_words
from csr_desk.ui.widgets import Card, Chip, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable

_DASH = "–"


class SheetPanel(QWidget):
    """The table of tenders, the events of the drawer, and the acts that its state allows."""

    def __init__(self, actions: dict[str, QAction]) -> None:
        """``actions``: reopen, z, why, back, reason, accept."""
        super().__init__()
        self.card = Card(" ", flush=True)
        self.chip = Chip("", "info", "sheet-standing")
        self.card.head.addWidget(self.chip)
        self.table = FiguresTable("sheet-tenders", self.tr("Tenders of the drawer"), self._columns(1))
        self.card.body.addWidget(self.table)
        self.selling = Label(
            self.tr("Figures are shown when the count has been sent: nobody tells a drawer what it should hold."),
            "soft",
            "sheet-blind",
        )
        self.selling.setWordWrap(True)
        self.selling.setContentsMargins(12, 8, 12, 12)
        self.card.body.addWidget(self.selling)
        self.events = Card(self.tr("What happened at this drawer"))
        self.left, self.right = KeyValues("sheet-money"), KeyValues("sheet-events")
        self.history = Label("", "", "sheet-history")
        self.history.setWordWrap(True)
        self.causes = CausesCard()
        self.below = QStackedWidget()
        """What happened at the drawer, or why it may be off."""
        self.buttons = {name: KeyButton.for_action(action) for name, action in actions.items() if name != "accept"}
        self.buttons["accept"] = KeyButton.for_action(actions["accept"], "primary")
        self._assemble()

    def _assemble(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(48)
        columns.addWidget(self.left, 1)
        columns.addWidget(self.right, 1)
        self.events.body.addLayout(columns)
        self.events.body.addSpacing(8)
        self.events.body.addWidget(self.history)
        self.events.body.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.buttons["reopen"])
        row.addWidget(self.buttons["why"])
        row.addStretch(1)
        for name in ("z", "back", "reason", "accept"):
            row.addWidget(self.buttons[name])
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.card)
        self.below.addWidget(self.events)
        self.below.addWidget(self.causes)
        box.addWidget(self.below, 1)
        box.addLayout(row)

    def show_sheet(self, sheet: BatchSheet, tolerance: Cents) -> None:
        """Show a drawer as it stands."""
        batch = sheet.batch
        self.card.title.setText(f"{batch.drawer_name} · {batch.custodian_name} · {batch.batch_id}")
        self.chip.show_state(standing_words(sheet), tone(sheet, tolerance))
        in_hand = batch.state in {BatchState.SUBMITTED, BatchState.ACCEPTED} and bool(sheet.ties)
        self.table.setVisible(in_hand)
        self.selling.setVisible(not in_hand)
        if in_hand:
            attempts = max(len(tie.counts) for tie in sheet.ties)
            rows = [self._row(tie, attempts, tolerance) for tie in sheet.ties]
            self.table.show_rows(rows, self._columns(attempts))
            self.table.fit()
            worst = max(range(len(sheet.ties)), key=lambda at: abs(sheet.ties[at].over_short or 0))
            self.table.go_to(worst)
        self._show_events(sheet, in_hand=in_hand)

    def show_causes(self, found: Explanation | None) -> None:
        """Show why the drawer may be off in the place of what happened; None shows what happened."""
        if found is not None:
            self.causes.show_causes(found)
        self.look_at_causes(seen=found is not None)

    def look_at_causes(self, *, seen: bool) -> None:
        """Turn to the causes, or back to what happened."""
        self.below.setCurrentWidget(self.causes if seen else self.events)

    def sees_causes(self) -> bool:
        """Say whether the causes are in front."""
        return self.below.currentWidget() is self.causes

    def _show_events(self, sheet: BatchSheet, *, in_hand: bool) -> None:
        money = [
            (self.tr("Float"), shown(sheet.float_amount)),
            (self.tr("Dropped to the safe"), shown(sheet.drops)),
            (self.tr("Cash rounding"), shown(sheet.rounding)),
            (self.tr("Service fees (settled apart)"), shown(sheet.fees)),
            (self.tr("Over and short, all tenders"), shown(sheet.over_short)),
        ]
        self.left.show_facts(money if in_hand else money[:1], figures=True)
        events = [
            (self.tr("Voids"), str(sheet.voids)),
            (self.tr("Refunds"), str(sheet.refunds)),
            (self.tr("Drawer opened without a sale"), str(sheet.no_sales)),
            (self.tr("Reprints"), str(sheet.reprints)),
            (self.tr("Carts cancelled"), str(sheet.cancelled)),
        ]
        self.right.show_facts(events, figures=True)
        self.causes.show_happened([*money[:4], *events])
        self.history.setText("\n".join(sheet.history))
        self.history.setVisible(bool(sheet.history))

    def _columns(self, attempts: int) -> list[Column]:
        counts = [Column(self.tr("Count {0}").format(at + 1), figures=True, width=112) for at in range(attempts)]
        return [
            Column(self.tr("Tender")),
            Column(self.tr("Receipts"), figures=True, width=90),
            Column(self.tr("Expected"), figures=True, width=120),
            *counts,
            Column(self.tr("Over / short"), figures=True, width=120),
        ]

    @staticmethod
    def _row(tie: TenderTie, attempts: int, tolerance: Cents) -> list[str | Cell]:
        counts: list[str | Cell] = [shown(cents) for cents in tie.counts]
        counts += [_DASH] * (attempts - len(counts))
        if tie.over_short is None:
            last = Cell(_DASH)
        elif beyond(tie, tolerance):
            last = Cell(_signed(tie.over_short), "bad", strong=True)
        else:
            last = Cell(_signed(tie.over_short), "warn" if tie.over_short else "")
        receipts = str(tie.receipts)
        if tie.items_expected is not None and tie.items_counted not in {None, tie.items_expected}:
            receipts = f"{tie.items_counted} / {tie.items_expected}"
        return [tie.name, receipts, shown(tie.expected), *counts, last]


def _signed(cents: Cents) -> str:
    return f"+{shown(cents)}" if cents > 0 else shown(cents)
