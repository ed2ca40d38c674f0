"""The panel of permits: each with its place, how long it holds, what is due, and what happened to it since."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.money import shown
from csr_desk.services.permits import ChangeRecord, PermitView
from csr_desk.ui.context import Context
from csr_desk.ui.dates import us_date
from csr_desk.ui.pages.projects.permits_presenter import PermitsPicture, PermitsPresenter
from csr_desk.ui.project_panel import ProjectPanel
from csr_desk.ui.project_words import state_tone, state_words
from csr_desk.ui.widgets import Card, EmptyState
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow


class PermitsPanel(ProjectPanel):
    """Permits above, what happened to the one of the cursor below; ``keys`` are offered while in front."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = PermitsPresenter(context, self)
        self._picked = ""
        self.permits = FiguresTable("project-permits", self.tr("Permits"), (
            Column(self.tr("Permit"), width=140), Column(self.tr("What and where")),
            Column(self.tr("State"), width=110), Column(self.tr("Holds to"), width=120),
            Column(self.tr("Paid"), figures=True, width=110), Column(self.tr("Due"), figures=True, width=110),
        ))  # fmt: skip
        self.changes = FiguresTable("permit-changes", self.tr("What happened to it"), (
            Column(self.tr("Day"), width=120), Column(self.tr("What")), Column(self.tr("State"), width=120),
            Column(self.tr("Amount"), figures=True, width=120),
        ))  # fmt: skip
        self.nothing = EmptyState(
            self.tr("No permit"), self.tr("A permit stands here as soon as a receipt has issued it.")
        )
        self.quiet = EmptyState(
            self.tr("Nothing since"), self.tr("This permit stands as its receipt issued it: nothing happened since.")
        )
        self.printed = self.key(
            "print-permit", self.tr("Print the permit"), "Alt+P", self._do(self.presenter.print_paper)
        )
        self.pay = self.key("pay-permit", self.tr("Sell what is due"), "Alt+S", self._do(self.presenter.pay))
        self.renew = self.key("renew-permit", self.tr("Renew"), "Alt+R", self._do(self.presenter.renew))
        self.amend = self.key("amend-permit", self.tr("Amend"), "Alt+M", self._do(self.presenter.amend))
        self.correct = self.key(
            "correct-permit", self.tr("Correct the address"), "Alt+C", self._do(self.presenter.correct)
        )
        self.move_money = self.key(
            "move-permit-money", self.tr("Pay it from another"), "Alt+T", self._do(self.presenter.move)
        )
        self.final = self.key("final-permit", self.tr("Close as finished"), "Alt+L", lambda: self._end("final"))
        self.revoke = self.key("revoke-permit", self.tr("Revoke"), "Alt+K", lambda: self._end("revoke"))
        self._assemble()
        self.permits.selectionModel().currentRowChanged.connect(lambda *_rows: self._show_one())
        self.show_picture(PermitsPicture())

    def _assemble(self) -> None:
        permits = Card(self.tr("Permits of the project"), self.tr("issued by their payment"), flush=True)
        permits.body.addWidget(self.permits, 2)
        permits.body.addWidget(self.nothing, 2)
        permits.body.addWidget(
            KeyRow(
                self.printed, self.pay, self.renew, self.amend, self.correct, self.move_money, self.final, self.revoke
            )
        )
        changes = Card(self.tr("Since its receipt"), self.tr("amended, renewed, moved, corrected"), flush=True)
        changes.body.addWidget(self.changes, 1)
        changes.body.addWidget(self.quiet, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(permits, 3)
        column.addWidget(changes, 2)

    def show_project(self, project_no: str) -> None:
        """Show the permits of a project."""
        self.presenter.show_project(project_no)

    def pick(self, number: str) -> None:
        """Put the cursor on a permit, as soon as it was read."""
        self._picked = number
        self._go_to_picked()

    def first_focus(self) -> QWidget:
        """The permits."""
        return self.permits

    def show_picture(self, picture: PermitsPicture) -> None:
        """Show what the presenter read."""
        at = max(self.permits.currentIndex().row(), 0)
        self.permits.setVisible(bool(picture.permits))
        self.nothing.setVisible(not picture.permits)
        self.permits.show_rows([self._permit(view) for view in picture.permits])
        if picture.permits:
            self.permits.go_to(min(at, len(picture.permits) - 1))
        self._go_to_picked()
        self._show_one()

    def _go_to_picked(self) -> None:
        numbers = [view.record.number for view in self.presenter.picture.permits]
        if self._picked in numbers:
            self.permits.go_to(numbers.index(self._picked))
            self._picked = ""

    def _show_one(self) -> None:
        at = self.permits.currentIndex().row()
        permits = self.presenter.picture.permits
        happened = permits[at].changes if 0 <= at < len(permits) else ()
        self.changes.show_rows([self._change(one) for one in happened])
        self.changes.setVisible(bool(happened))
        self.quiet.setVisible(not happened and 0 <= at < len(permits))
        offered = self.presenter.offered(at)
        self.printed.setEnabled(0 <= at < len(permits))
        for action, on in (
            (self.pay, offered.pay), (self.renew, offered.renew), (self.amend, offered.amend),
            (self.correct, offered.correct), (self.move_money, offered.move), (self.final, offered.final),
            (self.revoke, offered.revoke),
        ):  # fmt: skip
            action.setEnabled(on)

    def _do(self, act: Callable[[int], None]) -> Callable[[], None]:
        """Do something with the permit of the cursor."""
        return lambda: act(self.permits.currentIndex().row())

    def _end(self, how: str) -> None:
        self.presenter.end(self.permits.currentIndex().row(), how)

    def _permit(self, view: PermitView) -> Row:
        record = view.record
        said = " · ".join(part for part in (record.description, record.site, view.contractor_name) if part)
        holds = us_date(record.expires_on) if record.expires_on else self.tr("no end")
        over = Cell(holds, tone="bad" if view.over else "")
        due = Cell(shown(view.due) if view.due else "", strong=True, tone="bad" if view.due > 0 else "warn")
        state = Cell(state_words(record.state), tone=_TONES[state_tone(record.state)])
        return [record.number, said, state, over, shown(record.paid), due]

    def _change(self, one: ChangeRecord) -> Row:
        kinds = {
            "amendment": self.tr("Amended"),
            "renewal": self.tr("Renewed"),
            "extension": self.tr("Extended"),
            "transfer_in": self.tr("Money came from {0}"),
            "transfer_out": self.tr("Money went to {0}"),
            "correction": self.tr("Corrected"),
            "revocation": self.tr("Revoked"),
        }
        states = {"due": self.tr("due"), "done": self.tr("done"), "cancelled": self.tr("taken back")}
        said = " · ".join(part for part in (kinds[one.kind].format(one.other), one.reason) if part)
        state = Cell(states[one.state], tone="bad" if one.state == "due" else "text_soft")
        return [us_date(one.on), said, state, Cell(shown(one.amount) if one.amount else "")]


_TONES = {"ok": "ok", "bad": "bad", "warn": "warn", "info": ""}
