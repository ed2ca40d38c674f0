"""The register of releases of the office: companies with what waits for them, batches, and the unmatched list."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.release_register import BatchView, CompanyLine, Unmatched, Why
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.projects.register_presenter import RegisterPicture, RegisterPresenter
from csr_desk.ui.pages.projects.storm_presenter import StormPresenter, Wires
from csr_desk.ui.pages.projects.storm_sheet import StormSheet
from csr_desk.ui.panel import Panel
from csr_desk.ui.widgets import Card, EmptyState
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow
from csr_desk.ui.worker import Worker


class ReleaseRegisterPanel(Panel):
    """Companies above, their batches and what does not match below."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = RegisterPresenter(context, self)
        self._worker: Worker | None = None
        self._stood = False
        """The cursor was put on the first company that waits for something."""
        self.companies = FiguresTable("release-companies", self.tr("Companies that set meters"), (
            Column(self.tr("Company")), Column(self.tr("Reached by"), width=120),
            Column(self.tr("Batch at"), width=110),
            _figures(self.tr("Held back")), _figures(self.tr("Ready")),
            _figures(self.tr("Of a storm")), _figures(self.tr("Unconfirmed")),
            Column(self.tr("Last batch"), width=250),
        ))  # fmt: skip
        self.batches = FiguresTable("release-batches", self.tr("Batches"), (
            Column(self.tr("Batch"), width=140), Column(self.tr("Company")), _figures(self.tr("Releases")),
            Column(self.tr("State"), width=190),
        ))  # fmt: skip
        self.unmatched = FiguresTable("releases-unmatched", self.tr("What does not match"), (
            Column(self.tr("Number"), width=140), Column(self.tr("Why")), _figures(self.tr("Days")),
        ))  # fmt: skip
        self.nothing = EmptyState(
            self.tr("No company"), self.tr("A supervisor adds the companies that set meters to the directory.")
        )
        self.all_matches = EmptyState(
            self.tr("Everything matches"), self.tr("What was sent was confirmed, and nothing else was.")
        )
        self._make_keys()
        self._assemble()
        self.companies.chosen.connect(lambda _at: self._let())
        self.batches.chosen.connect(lambda _at: self._let())
        self.show_picture(RegisterPicture())

    def _make_keys(self) -> None:
        does, companies, batches = self.presenter, self.companies, self.batches

        def at(table: FiguresTable) -> int:
            return table.currentIndex().row()

        self.send = self.key(
            "send-batch", self.tr("Send the batch"), "Alt+B", lambda: does.send(at(companies), "daily")
        )
        self.storm = self.key(
            "send-storm", self.tr("Send the storm batch"), "Alt+M", lambda: does.send(at(companies), "emergency")
        )
        self.list = self.key("storm-list", self.tr("After a storm…"), "Alt+T", self._storm)
        self.sent = self.key("batch-sent", self.tr("It went out"), "Alt+G", lambda: does.tell_sent(at(batches)))
        self.answer = self.key("batch-answer", self.tr("The answer"), "Alt+A", lambda: does.answer(at(batches)))
        self.paper = self.key("print-batch", self.tr("Print"), "Alt+P", lambda: does.print_batch(at(batches)))

    def _assemble(self) -> None:
        top = Card(self.tr("Companies"), self.tr("what waits for each, and what it has not confirmed"), flush=True)
        top.body.addWidget(self.companies, 1)
        top.body.addWidget(self.nothing, 1)
        top.body.addWidget(KeyRow(self.send, self.storm, self.list))
        left = Card(self.tr("Batches"), self.tr("the newest first"), flush=True)
        left.body.addWidget(self.batches, 1)
        left.body.addWidget(KeyRow(self.sent, self.answer, self.paper))
        right = Card(self.tr("Unmatched"), self.tr("to be asked for again today"), flush=True)
        right.body.addWidget(self.unmatched, 1)
        right.body.addWidget(self.all_matches, 1)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(left, 1)
        below.addWidget(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(top, 1)
        column.addLayout(below, 1)

    def refresh(self) -> None:
        """Show it anew."""
        self.presenter.refresh()

    def first_focus(self) -> QWidget:
        """The companies."""
        return self.companies

    def show_picture(self, picture: RegisterPicture) -> None:
        """Show what the presenter read."""
        self.companies.setVisible(bool(picture.companies))
        self.nothing.setVisible(not picture.companies)
        self.unmatched.setVisible(bool(picture.unmatched))
        self.all_matches.setVisible(not picture.unmatched)
        self.companies.show_rows([self._company(one) for one in picture.companies])
        waiting = next((at for at, one in enumerate(picture.companies) if one.ready + one.held_back), None)
        if not self._stood and waiting is not None:
            self._stood = True
            self.companies.go_to(waiting)
        self.batches.show_rows([self._batch(one) for one in picture.batches])
        self.unmatched.show_rows([self._fault(one) for one in picture.unmatched])
        self._let()

    def _let(self) -> None:
        picture = self.presenter.picture
        at, batch = self.companies.currentIndex().row(), self.batches.currentIndex().row()
        line = picture.companies[at] if 0 <= at < len(picture.companies) else None
        one = picture.batches[batch] if 0 <= batch < len(picture.batches) else None
        waits = line is not None and line.ready + line.held_back > 0
        self.send.setEnabled(picture.may_send and waits)
        self.list.setEnabled(picture.may_send and picture.may_ask)
        self.storm.setEnabled(picture.may_send and line is not None and line.emergency > 0)
        self.sent.setEnabled(picture.may_send and one is not None and one.state == "made")
        self.answer.setEnabled(picture.may_answer and one is not None and one.state == "sent")
        self.paper.setEnabled(picture.may_send and one is not None)

    def _storm(self) -> None:
        """Open the sheet for a list of addresses, the company of the cursor offered first."""
        picture, at = self.presenter.picture, self.companies.currentIndex().row()
        chosen = picture.companies[at].company if 0 <= at < len(picture.companies) else ""
        presenter = StormPresenter(self.context, self._own_thread, self._end_worker, self.presenter.refresh)

        def show(companies: tuple[Wires, ...]) -> None:
            def make(over: object) -> object:
                return StormSheet(over, presenter, companies, chosen) if isinstance(over, QWidget) else None

            self.context.shell.open_over(make)

        presenter.start(show)

    def _own_thread(self) -> Worker:
        self._worker = Worker(self, "storm")
        return self._worker

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _company(self, one: CompanyLine) -> Row:
        last = f"{one.last_batch}  {us_date(one.last_on)}" if one.last_on else ""
        due = Cell(self.tr("{0}, due").format(one.send_at), tone="warn", strong=True) if one.due else one.send_at
        return [
            Cell(one.name, strong=True), one.channel, due, str(one.held_back or ""),
            Cell(str(one.ready or ""), tone="ok", strong=True), str(one.emergency or ""), str(one.sent or ""), last,
        ]  # fmt: skip

    def _batch(self, one: BatchView) -> Row:
        states = {
            "made": self.tr("To be sent by hand"), "sent": self.tr("Sent"), "cancelled": self.tr("Called off"),
            "acknowledged": self.tr("{0} of {1} matched").format(one.matched or 0, one.releases),
        }  # fmt: skip
        hangs = one.message_state in {"failed", "given_up", "sending"}
        words = self.tr("mail: {0}").format(one.message_state.replace("_", " ")) if hangs else states[one.state]
        tone = "bad" if hangs or one.unmatched else ""
        return [one.number, one.company_name, str(one.releases), Cell(words, tone=tone)]

    def _fault(self, one: Unmatched) -> Row:
        whys = {
            Why.UNCONFIRMED: self.tr("not confirmed: {0}"),
            Why.UNMATCHED: self.tr("not in the answer: {0}"),
            Why.UNKNOWN: self.tr("answered, but does not fit: {0}"),
            Why.NO_ANSWER: self.tr("no answer: {0}"),
            Why.NOT_SENT: self.tr("mail hangs: {0}"),
        }
        return [one.number, Cell(whys[one.why].format(one.site or one.words), tone="bad"), str(one.days)]


def _figures(head: str) -> Column:
    return Column(head, figures=True, width=110)
