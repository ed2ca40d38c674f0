"""The panel of collection: where an account stands, what ends it, more time, its payment plan, the steps it took."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.money import shown
from csr_desk.domain.receivable.collection import Collected, PlanOf, StepTaken
from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.customer.collection_presenter import CollectionPicture, CollectionPresenter
from csr_desk.ui.pages.customer.collection_words import (
    move_words,
    next_words,
    plan_state_words,
    settle_label,
    stage_words,
)
from csr_desk.ui.widgets import Card, Chip, EmptyState, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row

_SIDE = 340


class CollectionPanel(AccountPanel):
    """Standing and keys on the left, plan and steps on the right; ``keys`` are offered while the panel is in front."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble, connect."""
        super().__init__(context)
        self.presenter = CollectionPresenter(context, self)
        self.stage = Chip("", "info", "collection-stage")
        self.facts = KeyValues("collection-fact")
        self.plan_state = Chip("", "info", "plan-state")
        self.plan_line = Label("", "soft", "plan-line")
        self.parts = FiguresTable("plan-parts", self.tr("Down payment and instalments of the plan"), (
            Column(self.tr("Part")), Column(self.tr("Due"), width=126),
            Column(self.tr("Amount"), figures=True, width=110), Column(self.tr("State"), width=150),
        ))  # fmt: skip
        self.no_plan = EmptyState(
            self.tr("No payment plan"),
            self.tr("A plan covers all that is owed today: a down payment, then an instalment a month."),
        )
        self.steps = FiguresTable("collection-steps", self.tr("Steps of collection, the newest first"), (
            Column(self.tr("Date"), width=126), Column(self.tr("Step")),
            Column(self.tr("Late then"), figures=True, width=100), Column(self.tr("Fee"), figures=True, width=80),
            Column(self.tr("Because of"), width=170), Column(self.tr("By"), width=140),
        ))  # fmt: skip
        self.no_steps = EmptyState(
            self.tr("Never in collection"), self.tr("The round reminds whoever is late by the days of the policy.")
        )
        presenter = self.presenter
        self.extend = self.key("extend", self.tr("More time…"), "Alt+M", presenter.extend)
        self.plan = self.key("make-plan", self.tr("Payment plan…"), "Alt+P", presenter.plan)
        self.end = self.key("end-plan", self.tr("End the plan…"), "Alt+E", presenter.end)
        self.letter = self.key("print-letter", self.tr("Print the letter"), "Alt+L", presenter.print_letter)
        self.restore = self.key("order-restore", self.tr("Restore unpaid…"), "Alt+R", presenter.restore)
        self._assemble()
        self.show_picture(CollectionPicture())

    def _assemble(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self._side())
        right = QVBoxLayout()
        right.setSpacing(12)
        plan = Card(self.tr("Payment plan"), flush=True)
        plan.head.addWidget(self.plan_line)
        plan.head.addWidget(self.plan_state)
        plan.body.addWidget(self.parts, 1)
        plan.body.addWidget(self.no_plan, 1)
        steps = Card(self.tr("Steps"), self.tr("the newest first"), flush=True)
        steps.body.addWidget(self.steps, 1)
        steps.body.addWidget(self.no_steps, 1)
        right.addWidget(plan, 1)
        right.addWidget(steps, 1)
        row.addLayout(right, 1)

    def _side(self) -> Card:
        side = Card(self.tr("Collection"))
        side.setFixedWidth(_SIDE)
        side.body.addWidget(self.stage)
        side.body.addSpacing(4)
        side.body.addWidget(self.facts)
        side.body.addStretch(1)
        for action in (self.extend, self.plan, self.end, self.letter, self.restore):
            side.body.addWidget(KeyButton.for_action(action))
        return side

    # ---- what the page asks

    def show_account(self, account_no: str) -> None:
        """Show another account, or the same anew."""
        self.presenter.show_account(account_no)

    def first_focus(self) -> QWidget:
        """The steps."""
        return self.steps

    # ---- what it shows

    def show_picture(self, picture: CollectionPicture) -> None:
        """Show where the account stands, and offer what may be done."""
        offered = {
            self.extend: picture.may_extend,
            self.plan: picture.may_plan,
            self.end: picture.may_end,
            self.letter: picture.may_print,
            self.restore: picture.may_restore,
        }
        for action, may in offered.items():
            action.setEnabled(may)
            action.setVisible(may)
        found = picture.found
        self._show_plan(found.plan if found else None, picture.today)
        steps = found.steps if found else ()
        self.steps.setVisible(bool(steps))
        self.no_steps.setVisible(not steps)
        self.steps.show_rows([self._step(step) for step in reversed(steps)])
        if found is None:
            self.stage.show_state("", "info")
            self.facts.show_facts(())
            return
        words, tone = stage_words(found.stage)
        self.stage.show_state(words, tone)
        self.facts.show_facts(self._facts(found, picture))

    def _facts(self, found: Collected, picture: CollectionPicture) -> list[tuple[str, str]]:
        since = ((self.tr("Since"), us_date(found.since)),) if found.since else ()
        oldest = ((self.tr("Oldest was due"), us_date(found.oldest_due)),) if found.oldest_due else ()
        held = ((self.tr("Time until"), us_date(found.extended_until)),) if found.extended_until else ()
        return [
            *since,
            (self.tr("Owed"), shown(found.owed)),
            (self.tr("Late"), shown(found.late)),
            *oldest,
            (settle_label(found.stage), shown(found.to_settle)),
            (self.tr("Next"), next_words(found, picture.today)),
            *held,
            (self.tr("Extensions"), self.tr("{0} of {1} this year").format(found.extensions, picture.most_extensions)),
        ]

    def _step(self, step: StepTaken) -> Row:
        because = step.receipt or step.because or step.reason or step.bill
        fee = shown(step.fee) if step.fee else ""
        return [us_date(step.on), move_words(step.move), shown(step.late), fee, because, step.by]

    def _show_plan(self, plan: PlanOf | None, today: date) -> None:
        self.parts.setVisible(plan is not None)
        self.no_plan.setVisible(plan is None)
        self.plan_line.setText("")
        self.plan_state.show_state("", "info")
        if plan is None:
            self.parts.show_rows([])
            return
        words, tone = plan_state_words(plan, today)
        self.plan_state.show_state(words, tone)
        said = self.tr("{0} · {1} of {2} paid")
        self.plan_line.setText(said.format(plan.number, shown(plan.paid), shown(plan.plan.total)))
        self.parts.show_rows(self._parts(plan, today))

    def _parts(self, plan: PlanOf, today: date) -> list[Row]:
        rows: list[Row] = []
        before = 0
        lines = [(self.tr("Down payment"), plan.made_on, plan.plan.down)]
        lines += [(self.tr("Instalment {0}").format(part.number), part.due, part.amount) for part in plan.plan.parts]
        for name, due, amount in lines:
            got = max(0, min(amount, plan.paid - before))
            before += amount
            rows.append([name, us_date(due), shown(amount), self._part_state(amount, got, late=due < today)])
        return rows

    def _part_state(self, amount: int, got: int, *, late: bool) -> Cell:
        if got >= amount:
            return Cell(self.tr("Paid"), "ok")
        left = self.tr("{0} open").format(shown(amount - got)) if got else self.tr("Open")
        return Cell(self.tr("Late: {0}").format(shown(amount - got)), "bad", strong=True) if late else Cell(left)
