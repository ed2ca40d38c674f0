"""Requests to the city's payables: what waits for a payee or an address, and the list that is handed over (E8)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar
from uuid import uuid4

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.money import shown
from csr_desk.domain.payables import PayablesList, PayablesRequest, RequestState
from csr_desk.ui.context import Field, Tone
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.saved_files import save_file
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.widgets.pick_list import Pick

if TYPE_CHECKING:
    from csr_desk.services.payables import CompletePayables

KEY = "payables"


class PayablesPanel(PlacePanel):
    """The accountant completes what is missing and hands over what is ready, each once."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.PAYABLES})

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._requests: tuple[PayablesRequest, ...] = ()
        self._send_key = uuid4().hex
        self.complete = self.key("payables-complete", self.tr("Payee and address…"), "Ctrl+E", self._complete)
        self.send = self.key("payables-send", self.tr("Hand over what is ready"), "Ctrl+Return", self._send)
        self.card = Card(self.tr("Refunds that the city’s payables pay"), flush=True)
        self.table = FiguresTable("payables-requests", self.tr("Requests to payables"), (
            Column(self.tr("Request"), width=160), Column(self.tr("Payee")),
            Column(self.tr("Amount"), figures=True, width=110), Column(self.tr("State"), width=190),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("Nothing waits for payables"),
            self.tr("A refund of a check, or of cash of an earlier day, comes here by itself."),
        )
        self.facts = KeyValues("payables-fact")
        self.total = Label("", "strong", "payables-total")
        self._assemble()
        self.table.chosen.connect(lambda _row: self._show_chosen())

    def _assemble(self) -> None:
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self.none, 1)
        about = Card(self.tr("The request"))
        about.body.addWidget(self.facts)
        about.body.addStretch(1)
        self.about = about
        buttons = QHBoxLayout()
        buttons.addWidget(self.total, 1)
        buttons.addWidget(KeyButton.for_action(self.complete))
        buttons.addWidget(KeyButton.for_action(self.send, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.card, 3)
        box.addWidget(about, 2)
        box.addLayout(buttons)

    # ---- what the page asks

    def load(self) -> None:
        """Read what is open."""
        desk, actor = self.context.desk, self.context.actor

        def read() -> tuple[PayablesRequest, ...]:
            from csr_desk.services.payables import open_requests

            return open_requests(desk, actor)

        self.context.read(read, self._show)

    def pick(self) -> Pick:
        """How many are ready, how many wait."""
        ready = sum(request.state is RequestState.READY for request in self._requests)
        waiting = len(self._requests) - ready
        below = self.tr("{0} ready, {1} to complete").format(ready, waiting)
        chip, tone = (self.tr("To complete"), "warn") if waiting else ("", "info")
        if ready and not waiting:
            chip, tone = self.tr("Ready"), "info"
        return Pick(KEY, self.tr("Payables"), below if self._requests else self.tr("nothing waits"), chip, tone)

    def allowed(self, action: QAction) -> bool:
        """Complete what is picked; hand over when something is ready."""
        if action is self.complete:
            return self.chosen() is not None
        return any(request.state is RequestState.READY for request in self._requests)

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    # ---- what it shows

    def chosen(self) -> PayablesRequest | None:
        """The request that is picked."""
        row = self.table.currentIndex().row()
        return self._requests[row] if 0 <= row < len(self._requests) else None

    def _show(self, requests: tuple[PayablesRequest, ...]) -> None:
        self._requests = requests
        self.table.setVisible(bool(requests))
        self.about.setVisible(bool(requests))
        self.none.setVisible(not requests)
        self.table.show_rows([
            (
                request.request_id,
                request.payee or self.tr("not named yet"),
                shown(request.amount),
                self._state(request),
            )
            for request in requests
        ])  # fmt: skip
        ready = [request.amount for request in requests if request.state is RequestState.READY]
        self.total.setText(self.tr("Ready: {0}, {1} together").format(len(ready), shown(sum(ready))) if ready else "")
        self._show_chosen()
        self.changed.emit()

    def _state(self, request: PayablesRequest) -> Cell:
        if request.state is RequestState.READY:
            return Cell(self.tr("Ready"), "ok")
        return Cell(self.tr("Address is missing") if request.payee else self.tr("Payee is missing"), "warn")

    def _show_chosen(self) -> None:
        request = self.chosen()
        if request is None:
            self.facts.show_facts(())
        else:
            other = ((self.tr("Why this payee"), request.payee_reason),) if request.payee_reason else ()
            self.facts.show_facts((
                (self.tr("Payee"), request.payee or "–"),
                *other,
                (self.tr("Address"), request.address or "–"),
                (self.tr("Paid by"), request.payor or self.tr("not named")),
                (self.tr("Refund"), self.tr("{0} of receipt {1}").format(request.refund, request.receipt)),
                (self.tr("Reason"), request.reason or "–"),
                (self.tr("Prepared by"), request.prepared_by),
                (self.tr("Approved by"), request.approved_by or "–"),
            ))  # fmt: skip
        self.let_keys(front=self.isVisible())

    # ---- what is done

    def _complete(self) -> None:
        request = self.chosen()
        if request is None:
            return
        key = uuid4().hex
        fields = (
            Field("payee", self.tr("Payee"), request.payee),
            Field("address", self.tr("Address"), request.address, hint=self.tr("where the payment is sent")),
            Field("reason", self.tr("Why somebody else than who paid"), request.payee_reason, self.tr("only then")),
        )

        def take(values: dict[str, str]) -> str | None:
            if not values["payee"] or not values["address"]:
                return self.tr("Payables need a payee and an address.")
            from csr_desk.services.payables import CompletePayables

            self._keep(CompletePayables(key, request.request_id, values["payee"], values["address"], values["reason"]))
            return None

        title = self.tr("{0}: who is paid, and where?").format(request.request_id)
        self.context.shell.ask_fields(title, fields, take, keep=True)

    def _keep(self, command: CompletePayables) -> None:
        from csr_desk.services import payables

        desk, actor = self.context.desk, self.context.actor
        self.context.act(lambda: payables.complete_payables(desk, actor, command), self._completed)

    def _completed(self, request: PayablesRequest) -> None:
        words = self.tr("{0} is ready: {1} to {2}.")
        said = words.format(request.request_id, shown(request.amount), request.payee)
        self.context.shell.banner(said, Tone.OK)

    def _send(self) -> None:
        from csr_desk.services import payables

        desk, actor, command = self.context.desk, self.context.actor, payables.SendPayables(self._send_key)

        def job() -> Done[tuple[PayablesList, Path]]:
            done = payables.send_payables(desk, actor, command)
            content = payables.payables_csv(desk, done.value)
            return Done((done.value, save_file(f"payables-{done.value.number}.csv", content)), done.topics)

        self.context.act(job, self._sent)

    def _sent(self, made: tuple[PayablesList, Path]) -> None:
        self._send_key = uuid4().hex
        sent, path = made
        words = self.tr("List {0} with {1} is handed over; it is saved as {2} and printed.")
        self.context.shell.banner(words.format(sent.number, shown(sent.total), path), Tone.OK)
        self.context.shell.print_paper(f"payables-{sent.number}", lambda: _paper(sent))


def _paper(sent: PayablesList) -> bytes:
    from csr_desk.documents.payables_request import payables_list_pdf

    return payables_list_pdf(sent)
