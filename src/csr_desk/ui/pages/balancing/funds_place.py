"""The change funds: their register, their unannounced counts, their audit sheets (controls 20 and 23)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from uuid import uuid4

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.custody import AuditSheet, FundRegister, FundRow
from csr_desk.domain.drawer import Batch
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Act
from csr_desk.services import change_funds, drawers, surprise_counts
from csr_desk.services.surprise_counts import CountUnannounced
from csr_desk.ui.context import Tone
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.fund_words import fund_cells, fund_facts, fund_fields, read_fund
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.pages.balancing.surprise_form import SurpriseForm
from csr_desk.ui.saved_files import save_file
from csr_desk.ui.widgets import Card, KeyButton, KeyValues
from csr_desk.ui.widgets.figures_table import Column, FiguresTable
from csr_desk.ui.widgets.pick_list import Pick


@dataclass(frozen=True, slots=True)
class FundsRead:
    """The register, and which drawers somebody holds now."""

    register: FundRegister
    held: dict[str, Batch]


class FundsPlace(PlacePanel):
    """A table of funds; the one that is picked can be counted, and changed by the accountant."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.FUNDS, Topic.BATCHES, Topic.POLICY})

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.read: FundsRead | None = None
        self._key = uuid4().hex
        self._counting: FundRow | None = None
        self.table = FiguresTable("funds", self.tr("Change funds"), (
            Column(self.tr("Fund")), Column(self.tr("Drawer"), width=90), Column(self.tr("Custodian"), width=150),
            Column(self.tr("Amount"), figures=True, width=110), Column(self.tr("Last count"), width=110),
            Column(self.tr("Result"), width=130), Column(self.tr("This quarter"), width=120),
        ))  # fmt: skip
        self.facts = KeyValues("fund-fact")
        self._make_keys()
        self.form = SurpriseForm(self.send_key, self.back_key)
        self._assemble()
        self.table.chosen.connect(lambda _row: self._show_chosen())
        self.form.send_wanted.connect(self._send)

    def _make_keys(self) -> None:
        self.count_key = self.key("surprise-count", self.tr("Count unannounced…"), "Ctrl+U", self._begin)
        self.sheet_key = self.key("audit-sheet", self.tr("Audit sheet"), "Ctrl+P", self._sheet)
        self.register_key = self.key("fund-register", self.tr("Print the register"), "Ctrl+Shift+P", self._register)
        self.csv_key = self.key("fund-csv", self.tr("Save as CSV"), "Ctrl+S", self._csv)
        self.change_key = self.key("fund-change", self.tr("Change…"), "Ctrl+R", lambda: self._edit(new=False))
        self.new_key = self.key("fund-new", self.tr("New fund…"), "Ctrl+Shift+N", lambda: self._edit(new=True))
        self.send_key = self.key("surprise-send", self.tr("The holder signs…"), "Ctrl+Return", self._send)
        self.back_key = self.key("surprise-back", self.tr("Back"), "Esc", self._leave)

    def _assemble(self) -> None:
        card = Card(self.tr("Change funds"), self.tr("↑ ↓"), flush=True)
        card.body.addWidget(self.table, 1)
        about = Card(self.tr("This fund"))
        line = QHBoxLayout()
        line.addWidget(self.facts, 1)
        column = QVBoxLayout()
        for action in (self.change_key, self.new_key):
            column.addWidget(KeyButton.for_action(action))
        column.addStretch(1)
        line.addLayout(column)
        about.body.addLayout(line)
        about.body.addStretch(1)
        about.setFixedHeight(170)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for action in (self.csv_key, self.register_key, self.sheet_key):
            buttons.addWidget(KeyButton.for_action(action))
        buttons.addWidget(KeyButton.for_action(self.count_key, "primary"))
        self.list_view = QWidget()
        box = QVBoxLayout(self.list_view)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(card, 1)
        box.addWidget(about)
        box.addLayout(buttons)
        self.stack = QStackedLayout(self)
        self.stack.addWidget(self.list_view)
        self.stack.addWidget(self.form)

    # what the page asks of a place
    def load(self) -> None:
        """Read the register."""
        desk, actor = self.context.desk, self.context.actor

        def job() -> FundsRead:
            held = {card.drawer: card.batch for card in drawers.drawers(desk, actor) if card.batch is not None}
            return FundsRead(change_funds.fund_register(desk, actor), held)

        self.context.read(job, self._show)

    def pick(self) -> Pick:
        """How many funds still miss a count this quarter."""
        rows = self.read.register.rows if self.read else ()
        missing = sum(not row.counted_enough for row in rows if row.fund.active)
        below = self.tr("register, unannounced counts")
        if missing:
            return Pick("funds", self.tr("Change funds"), below, self.tr("{0} to count").format(missing), "warn")
        return Pick("funds", self.tr("Change funds"), below, self.tr("Counted") if rows else "", "ok")

    def allowed(self, action: object) -> bool:
        """What may be done with the picked fund now."""
        row, may, counting = self.chosen(), self.context.actor.may, self._counting is not None
        if action in {self.send_key, self.back_key}:
            return counting
        if counting:
            return False
        if action is self.count_key:
            return may(Act.SURPRISE_COUNT) and row is not None and row.fund.active
        if action is self.sheet_key:
            return row is not None and row.last is not None
        if action in {self.change_key, self.new_key}:
            return may(Act.MANAGE_FUNDS) and (row is not None or action is self.new_key)
        return self.read is not None

    def first_focus(self) -> QWidget:
        """The table, or the form of the count."""
        return self.form.grid.first_field() if self._counting is not None else self.table

    def chosen(self) -> FundRow | None:
        """The fund that is picked."""
        rows, at = self.read.register.rows if self.read else (), self.table.currentIndex().row()
        return rows[at] if 0 <= at < len(rows) else None

    def _show(self, read: FundsRead) -> None:
        self.read = read
        self.table.show_rows([fund_cells(row) for row in read.register.rows])
        self._show_chosen()
        self.changed.emit()

    def _show_chosen(self) -> None:
        row = self.chosen()
        facts = fund_facts(row) if row else []
        if row is not None and self.read is not None and (held := self.read.held.get(row.fund.drawer or "")):
            facts.insert(0, (self.tr("Held now by"), held.custodian_name))
        self.facts.show_facts(facts)
        self.let_keys(front=self.isVisible())

    # the count
    def _begin(self) -> None:
        row = self.chosen()
        if row is None or self.read is None:
            return
        held = self.read.held.get(row.fund.drawer or "")
        self._counting = row
        place = held.drawer_name if held else row.fund.name
        self.form.begin(place, held.custodian_name if held else row.fund.custodian_name, drawer=held is not None)
        self.stack.setCurrentWidget(self.form)
        self.let_keys(front=True)
        self.first_focus().setFocus()

    def _leave(self) -> None:
        self._counting = None
        self.stack.setCurrentWidget(self.list_view)
        self.let_keys(front=True)
        self.table.setFocus()

    def _send(self) -> None:
        row, desk, actor = self._counting, self.context.desk, self.context.actor
        if row is None or self.read is None:
            return
        held = self.read.held.get(row.fund.drawer or "")
        try:
            sheet = self.form.sheet()
        except BadInput as problem:
            self._problem(problem)
            return
        command = CountUnannounced(
            self._key, sheet, drawer=held.drawer if held else "", fund="" if held else row.fund.fund
        )
        signer = held.custodian if held else (row.fund.custodian or "")
        self.context.act_or_ask(
            lambda approval: surprise_counts.surprise_count(desk, actor, command, approval),
            self._counted,
            self._problem,
            signer=signer,
        )

    def _counted(self, sheet: AuditSheet) -> None:
        """Say that it is recorded; no amount, because the holder stands here (D3)."""
        self._key = uuid4().hex
        self._leave()
        words = self.tr("The count of {0} is recorded; {1} signed. Its audit sheet is with the fund.")
        self.context.shell.banner(words.format(sheet.name, sheet.signed_by), Tone.OK)

    def _problem(self, error: Exception) -> None:
        self.context.shell.problem(error, self.form.focus_field)

    # papers and the register
    def _sheet(self) -> None:
        row = self.chosen()
        if row is not None and row.last is not None:
            last = row.last
            self.context.shell.print_paper(f"audit-sheet-{row.fund.fund}", lambda: _sheet_pdf(last))
            self.context.shell.banner(self.tr("The audit sheet goes to the printer."), Tone.INFO)

    def _register(self) -> None:
        if self.read is not None:
            register = self.read.register
            self.context.shell.print_paper("change-funds", lambda: _register_pdf(register))
            self.context.shell.banner(self.tr("The register goes to the printer."), Tone.INFO)

    def _csv(self) -> None:
        if self.read is not None:
            register = self.read.register
            name = f"change-funds-{register.on.isoformat()}.csv"

            def saved(path: object) -> None:
                self.context.shell.banner(self.tr("Saved as {0}.").format(path), Tone.OK)

            self.context.read(lambda: save_file(name, change_funds.register_csv(register)), saved)

    def _edit(self, *, new: bool) -> None:
        row = None if new else self.chosen()
        fund = row.fund if row else None
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex

        def take(values: dict[str, str]) -> str | None:
            command = read_fund(key, fund, values)
            if isinstance(command, str):
                return command
            self.context.act(
                lambda: change_funds.set_fund(desk, actor, command),
                lambda done: self.context.shell.banner(self.tr("{0} is entered.").format(done.name), Tone.OK),
            )
            return None

        title = self.tr("A new change fund") if fund is None else self.tr("Change {0}").format(fund.name)
        self.context.shell.ask_fields(title, fund_fields(fund), take, self.tr("Enter it"), keep=True)


def _sheet_pdf(sheet: AuditSheet) -> bytes:
    from csr_desk.documents.fund_papers import audit_sheet_pdf

    return audit_sheet_pdf(sheet)


def _register_pdf(register: FundRegister) -> bytes:
    from csr_desk.documents.fund_papers import fund_register_pdf

    return fund_register_pdf(register)
