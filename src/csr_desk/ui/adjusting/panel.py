"""The panel of adjustments: the requests of an account with their worksheets, and what is done with them by key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.money import shown
from csr_desk.domain.receivable.adjusting import Step
from csr_desk.domain.receivable.adjustment import Adjustment, Mark, State
from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.adjusting.presenter import AdjustingPicture, AdjustingPresenter, Draft
from csr_desk.ui.context import Context
from csr_desk.ui.dates import day_words, us_date
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row

_SIDE = 340
_NARROW = 290
_TONES = {
    State.REQUESTED: "warn",
    State.APPROVED: "ok",
    State.REFUSED: "bad",
    State.WITHDRAWN: "",
    State.REVERSED: "bad",
}


class AdjustingPanel(AccountPanel):
    """Two tables and a card; ``keys`` are offered while the panel is in front."""

    showing = Signal()
    """What it shows is another now."""

    def __init__(self, context: Context, *, queue: bool = False) -> None:
        """State, widgets, keys, assemble, connect; a ``queue`` stands beside a list and has less room."""
        super().__init__(context)
        self.presenter = AdjustingPresenter(context, self)
        self.choose: Callable[[], list[Path]] = self._choose_files
        self._queue = queue
        whose = (Column(self.tr("Months"), width=130), Column(self.tr("Asked by"), width=150)) if not queue else ()
        self.rows = FiguresTable("adjustments", self.tr("Adjustments, the newest first"), (
            Column(self.tr("Number"), width=160), Column(self.tr("What")), *whose,
            Column(self.tr("Amount"), figures=True, width=100), Column(self.tr("State"), width=100 if queue else 130),
        ))  # fmt: skip
        self.nothing = EmptyState(
            self.tr("No adjustment yet"),
            self.tr("Prepare one: it is worked out against the ordinance, and somebody else decides it."),
        )
        self.idle = EmptyState(
            self.tr("Nothing waits for you"), self.tr("Requests of your tier come here, those of every account.")
        )
        self.steps = FiguresTable("worksheet", self.tr("How it was computed, step by step"), (
            Column(self.tr("What was looked at")), Column(self.tr("Found"), width=268 if queue else 300),
            Column(self.tr("Holds"), width=80 if queue else 120),
        ))  # fmt: skip
        self.facts = KeyValues("adjusting-fact")
        self.sheet_card = Card(self.tr("Worksheet"), self.tr("each rule with what it found"), flush=True)
        self._make_keys()
        self._assemble()
        self.rows.chosen.connect(lambda _row: self._show_chosen())

    def _make_keys(self) -> None:
        do = self.presenter
        self.prepare = self.key("adjust-prepare", self.tr("Prepare an adjustment…"), "Ctrl+Shift+J", do.prepare)
        self.request = self.key("adjust-request", self.tr("Ask for it"), "Ctrl+Return", do.request)
        self.attach = self.key("adjust-attach", self.tr("Attach files…"), "Ctrl+Shift+F", self._attach)
        self.approve = self.key("adjust-approve", self.tr("Approve…"), "Ctrl+Y", self._with(do.approve))
        self.refuse = self.key("adjust-refuse", self.tr("Refuse…"), "Ctrl+Shift+N", self._with(do.refuse))
        self.withdraw = self.key("adjust-withdraw", self.tr("Take back…"), "Ctrl+Shift+W", self._with(do.withdraw))
        self.reverse = self.key("adjust-reverse", self.tr("Reverse…"), "Ctrl+Shift+R", self._with(do.reverse))
        self.letter = self.key("adjust-letter", self.tr("Letter"), "Ctrl+P", self._with(do.letter))
        self.save = self.key("adjust-save", self.tr("Save its files"), "Ctrl+Shift+S", self._with(do.save_documents))
        self.drop = self.key("adjust-drop", self.tr("Drop the draft"), "Ctrl+Backspace", do.drop_draft)

    def _assemble(self) -> None:
        self.list_card = Card(self.tr("Adjustments"), self.tr("newest first"), flush=True)
        self.list_card.body.addWidget(self.rows, 1)
        self.list_card.body.addWidget(self.nothing, 1)
        self.list_card.body.addWidget(self.idle, 1)
        self.sheet_card.body.addWidget(self.steps, 1)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.list_card, 3)
        left.addWidget(self.sheet_card, 7)
        side = Card(self.tr("About it"))
        side.setFixedWidth(_NARROW if self._queue else _SIDE)
        side.body.addWidget(self.facts)
        side.body.addStretch(1)
        self.buttons = {
            action: KeyButton.for_action(action, "primary" if action in {self.request, self.approve} else "")
            for action in (
                self.request, self.approve, self.refuse, self.attach, self.save, self.letter, self.withdraw,
                self.reverse, self.drop, self.prepare,
            )
        }  # fmt: skip
        for button in self.buttons.values():
            side.body.addWidget(button)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 1)
        row.addWidget(side)
        self.show_picture(AdjustingPicture())

    def show_account(self, account_no: str) -> None:
        """Show an account; with none named, what waits for this person's decision."""
        self.presenter.show_account(account_no)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.rows

    def show_picture(self, picture: AdjustingPicture) -> None:
        """Show what the presenter read; a draft stands in front of what is recorded."""
        self.rows.setVisible(bool(picture.rows))
        self.nothing.setVisible(not picture.rows and bool(picture.account))
        self.idle.setVisible(not picture.rows and not picture.account)
        self.rows.show_rows([self._row(one) for one in picture.rows])
        self._show_chosen()
        self.showing.emit()

    def go_to(self, number: str) -> None:
        """Pick an adjustment."""
        numbers = [one.number for one in self.presenter.picture.rows]
        if number in numbers:
            self.rows.go_to(numbers.index(number))

    def chosen(self) -> Adjustment | None:
        """The adjustment that is picked."""
        at, rows = self.rows.currentIndex().row(), self.presenter.picture.rows
        return rows[at] if 0 <= at < len(rows) else None

    def _row(self, one: Adjustment) -> Row:
        months = ", ".join(f"{part.month.month}/{part.month.year}" for part in one.parts)
        what = one.kind.name if self.presenter.picture.account else f"{one.account} · {one.kind.name}"
        amount = shown(one.amount) if one.amount > 0 else self.tr("+{0}").format(shown(-one.amount))
        whose = () if self._queue else (months, one.requested.by)
        state = Cell(self._state(one.state), _TONES[one.state])
        return [one.number, what, *whose, Cell(amount, strong=True), state]

    def _state(self, state: State) -> str:
        return {
            State.REQUESTED: self.tr("Waits"),
            State.APPROVED: self.tr("Approved"),
            State.REFUSED: self.tr("Refused"),
            State.WITHDRAWN: self.tr("Taken back"),
            State.REVERSED: self.tr("Reversed"),
        }[state]

    def _show_chosen(self) -> None:
        draft, one = self.presenter.picture.draft, self.chosen()
        steps = draft.sheet.steps if draft else one.steps if one else ()
        told = dict(draft.wanted.evidence) if draft else one.evidence if one else {}
        self.list_card.setVisible(draft is None)
        self.sheet_card.setVisible(bool(steps))
        self.steps.show_rows([self._step(step, _in_words(told)) for step in steps])
        if steps:  # what does not hold, else what came out, is what people look for
            failed = next((at for at, step in enumerate(steps) if step.holds is False), len(steps) - 1)
            self.steps.go_to(failed)
        facts = self._draft_facts(draft) if draft else self._facts(one) if one else []
        self.facts.show_facts([(name, words) for name, words in facts if words])
        self._let(one)

    def _step(self, step: Step, told: Mapping[str, str]) -> Row:
        """A line of the worksheet; evidence in the words in which it was given."""
        holds = {
            True: Cell(self.tr("✓ yes"), "ok"),
            False: Cell(self.tr("✗ no"), "bad", strong=True),
            None: Cell(""),
        }[step.holds]
        figure = day_words((told.get(step.words) or step.figure) if step.holds else step.figure)
        return [step.words, Cell(figure, strong=step.holds is False), holds]

    def _draft_facts(self, draft: Draft) -> list[tuple[str, str]]:
        return [
            (self.tr("Draft"), self.tr("nothing is recorded yet")),
            (self.tr("Kind"), draft.kind.name),
            (self.tr("Comes off"), shown(draft.sheet.amount) if draft.sheet.eligible else self.tr("not possible")),
            (self.tr("Files"), ", ".join(file.name for file in draft.files)),
            (self.tr("Note"), draft.reason),
        ]

    def _facts(self, one: Adjustment) -> list[tuple[str, str]]:
        shown_above = {step.words for step in one.steps}
        evidence = [(name, words) for name, words in _in_words(one.evidence).items() if name not in shown_above]
        files = [
            f"{file.name} (! {', '.join(file.seen_elsewhere)})" if file.seen_elsewhere else file.name
            for file in one.documents
        ]
        decider = one.decider.value.replace("_", " ") if one.decider and one.waits else ""
        return [
            (self.tr("Customer"), one.customer),
            (self.tr("Bills"), ", ".join(f"{part.bill} {shown(part.amount)}" for part in one.parts)),
            (self.tr("To credit"), shown(one.credit) if one.credit else ""),
            *evidence,
            (self.tr("Note"), one.reason),
            (self.tr("Files"), ", ".join(files)),
            (self.tr("Prepared"), self._mark(one.requested)),
            (self.tr("Decides"), decider),
            (self.tr("Decided"), self._mark(one.decided)),
            (self.tr("Reversed"), self._mark(one.reversed_)),
        ]

    def _mark(self, mark: Mark) -> str:
        if mark.at is None:
            return ""
        said = f"{us_date(self.presenter.context.desk.local(mark.at).date())}, {mark.by}"
        return f"{said}: {mark.words}" if mark.words else said

    def _let(self, one: Adjustment | None) -> None:
        """Offer what can be done now; a button of what cannot be done with this one is not shown."""
        draft = self.presenter.picture.draft
        names = {
            self.prepare: "prepare", self.request: "request", self.attach: "attach", self.approve: "approve",
            self.refuse: "refuse", self.withdraw: "withdraw", self.reverse: "reverse", self.letter: "letter",
            self.save: "save",
        }  # fmt: skip
        for action, name in names.items():
            action.setEnabled(self.presenter.may(name, one))
        self.drop.setEnabled(draft is not None)
        for action, button in self.buttons.items():
            button.setVisible(action.isEnabled())

    def _with(self, do: Callable[[Adjustment], None]) -> Callable[[], None]:
        def act() -> None:
            one = self.chosen()
            if one is not None:
                do(one)

        return act

    def _attach(self) -> None:
        self.presenter.attach(self.choose(), self.chosen())

    def _choose_files(self) -> list[Path]:
        kinds = self.tr("Documents (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic *.txt)")
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Attach files"), "", kinds)
        return [Path(name) for name in names]


def _in_words(evidence: Mapping[str, str]) -> dict[str, str]:
    """Name evidence as the worksheet does."""
    return {name.replace("_", " ").capitalize(): day_words(words) for name, words in evidence.items()}
