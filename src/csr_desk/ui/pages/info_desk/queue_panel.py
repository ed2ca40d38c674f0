"""The queue: who waits at left, whom one serves and where everybody else is served at right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import cast

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.visits import Reason, Visit
from csr_desk.ui.context import Context
from csr_desk.ui.pages.info_desk.queue_display import QueueDisplay
from csr_desk.ui.pages.info_desk.queue_presenter import NewTicket, QueuePicture, QueuePresenter
from csr_desk.ui.pages.info_desk.ticket_sheet import TicketSheet
from csr_desk.ui.queue_words import language_words, span_words
from csr_desk.ui.switched_page import ViewPanel
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable, Row
from csr_desk.ui.widgets.key_row import KeyRow

LOOK_MS = 5_000
"""How often the queue is read anew while it is in front: other counters call as well."""


class QueuePanel(ViewPanel):
    """Tickets given, called, served, finished, each by a key."""

    topics = frozenset({Topic.QUEUE})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = QueuePresenter(context, self)
        self.display: QueueDisplay | None = None
        self._shown: tuple[Visit, ...] = ()
        self.table = FiguresTable("queue-waiting", self.tr("Who waits"), (
            Column(self.tr("Ticket"), width=90), Column(self.tr("What for")), Column(self.tr("Turn"), width=110),
            Column(self.tr("Language"), width=110), Column(self.tr("Waits"), width=130),
        ))  # fmt: skip
        self.busy = FiguresTable("queue-busy", self.tr("Called and served"), (
            Column(self.tr("Ticket"), width=80), Column(self.tr("Counter"), width=90), Column(self.tr("Who serves")),
            Column(self.tr("State"), width=80), Column(self.tr("Since"), width=140),
        ))  # fmt: skip
        self.nobody = EmptyState(self.tr("Nobody waits"), self.tr("Alt T gives a ticket to whoever comes."))
        self.idle = EmptyState(self.tr("Nobody is called"), self.tr("Ctrl F8 calls the next from every page."))
        self.ticket = Label("", "figure", "queue-mine")
        self.who = Label("", "soft", "queue-mine-about")
        self.who.setWordWrap(True)
        self._make_keys()
        self._assemble()
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self.load)
        self.show_picture(self.presenter.picture)

    def _make_keys(self) -> None:
        go = self.presenter
        self.give = self.key("queue-give", self.tr("New ticket"), "Alt+T", go.give)
        self.call = self.key("queue-call", self.tr("Call this one"), "Alt+C", self._call_picked)
        self.gone = self.key("queue-gone", self.tr("Has left"), "Alt+L", self._picked_left)
        self.paper = self.key("queue-print", self.tr("Print again"), "Alt+P", self._print_picked)
        self.steps = {
            "serve": self.key("queue-serve", self.tr("Is here"), "Alt+H", partial(go.move, "serve")),
            "finish": self.key("queue-finish", self.tr("Finished"), "Alt+F", partial(go.move, "finish")),
            "put_back": self.key("queue-back", self.tr("Put back"), "Alt+B", partial(go.move, "put_back")),
            "leave": self.key("queue-never", self.tr("Did not come"), "Alt+N", partial(go.move, "leave")),
        }
        self.customer = self.key("queue-customer", self.tr("Customer"), "Alt+U", go.open_customer)
        self.wall = self.key("queue-display", self.tr("Display for the waiting room"), "Alt+D", self.open_display)

    def _assemble(self) -> None:
        self.line = Card(self.tr("Who waits"), self.tr("in the order in which they are called"), flush=True)
        self.line.body.addWidget(self.table, 1)
        self.line.body.addWidget(self.nobody, 1)
        self.line.body.addWidget(KeyRow(self.give, self.call, self.gone, self.paper))
        mine = Card(self.tr("At my counter"))
        mine.body.addWidget(self.ticket)
        mine.body.addWidget(self.who)
        mine.body.addWidget(KeyRow(*self.steps.values(), self.customer, edge=0))
        others = Card(self.tr("Called and served"), self.tr("at every counter"), flush=True)
        others.body.addWidget(self.busy, 1)
        others.body.addWidget(self.idle, 1)
        others.body.addWidget(KeyRow(self.wall))
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(mine)
        right.addWidget(others, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.line, 6)
        row.addLayout(right, 5)

    def load(self) -> None:
        """Read the queue anew."""
        self.presenter.load()

    def about(self) -> tuple[str, ...]:
        """Return who stands at one's own counter."""
        mine = self.presenter.picture.mine
        number = mine.visit.customer_id if mine is not None and mine.visit is not None else ""
        return (f"customer:{number}",) if number else ()

    def first_focus(self) -> QWidget:
        """Who waits."""
        return self.table

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew while in front."""
        super().showEvent(event)
        self._looks.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest while nobody looks."""
        super().hideEvent(event)
        self._looks.stop()

    def show_picture(self, picture: QueuePicture) -> None:
        """Show what the presenter read; the row that is picked stays picked while its ticket waits."""
        picked = self._picked()
        self.table.show_rows([self._waiting(picture, one) for one in picture.waiting])
        if picked is not None:
            at = next((at for at, one in enumerate(picture.waiting) if one.number == picked.number), 0)
            self.table.go_to(at)
        self._shown = picture.waiting
        self.busy.show_rows([self._busy(picture, one) for one in picture.busy])
        for some, none, things in (
            (self.table, self.nobody, picture.waiting), (self.busy, self.idle, picture.busy),
        ):  # fmt: skip
            some.setVisible(bool(things))
            none.setVisible(not things)
        self._show_mine(picture)
        self.give.setEnabled(picture.may_serve)
        for action in (self.call, self.gone, self.paper):
            action.setEnabled(picture.may_serve and bool(picture.waiting))

    def _show_mine(self, picture: QueuePicture) -> None:
        visit = picture.mine.visit if picture.mine is not None else None
        state = visit.state if visit is not None else ""
        self.ticket.setText(visit.ticket if visit is not None else "–")
        self.ticket.setAccessibleName(
            self.tr("At my counter: {0}").format(visit.ticket if visit else self.tr("nobody"))
        )
        self.who.setText(self._mine_words(picture))
        allowed = {"called": {"serve", "put_back", "leave"}, "serving": {"finish"}}.get(state, set())
        for step, action in self.steps.items():
            action.setEnabled(step in allowed)
            action.setVisible(step in allowed)
        known = visit is not None and bool(visit.customer_id)
        self.customer.setEnabled(known)
        self.customer.setVisible(known)

    def _mine_words(self, picture: QueuePicture) -> str:
        mine = picture.mine
        if mine is None or mine.visit is None:
            return self.tr("Nobody is called. Ctrl F8 calls the next.") if picture.may_serve else ""
        visit = mine.visit
        said = [picture.reason_words(visit.reason)]
        if visit.language and visit.language != "en":
            said.append(language_words(visit.language))
        if mine.customer_name:
            said.append(mine.customer_name)
        if visit.state == "serving":
            since = span_words(picture.now - (visit.served_at or visit.came_at))
            said.append(self.tr("served for {0}").format(since))
        else:
            called = span_words(picture.now - (visit.called_at or visit.came_at))
            said.append(self.tr("called to {0}, {1} ago").format(mine.counter, called))
        return " · ".join(said)

    def _waiting(self, picture: QueuePicture, one: Visit) -> Row:
        turn = (
            Cell(self.tr("▲ goes first"), "warn", strong=True)
            if one.priority
            else Cell(self.tr("in line"), "text_soft")
        )
        waits = span_words(one.waited(picture.now))
        return [
            Cell(one.ticket, strong=True),
            picture.reason_words(one.reason),
            turn,
            language_words(one.language or "en"),
            waits,
        ]

    def _busy(self, picture: QueuePicture, one: Visit) -> Row:
        serving = one.state == "serving"
        since = span_words(picture.now - ((one.served_at if serving else one.called_at) or one.came_at))
        state = Cell(self.tr("served"), "ok") if serving else Cell(self.tr("called"), "warn", strong=True)
        return [Cell(one.ticket, strong=True), one.counter, picture.name_of(one.served_by), state, since]

    def ask_ticket(self, reasons: tuple[Reason, ...], take: Callable[[NewTicket], None]) -> None:
        """Ask what somebody comes for."""
        self.context.shell.open_over(lambda shell: TicketSheet(cast("QWidget", shell), reasons, take))

    def open_display(self) -> None:
        """Open the window for the waiting room, or bring it to the front."""
        if self.display is not None and self.display.isVisible():
            self.display.raise_()
            return

        def make(shell: object) -> None:
            self.display = QueueDisplay(self.context, cast("QWidget", shell))
            self.display.show()

        self.context.shell.open_over(make)

    def _picked(self) -> Visit | None:
        at = self.table.currentIndex().row()
        return self._shown[at] if 0 <= at < len(self._shown) else None

    def _call_picked(self) -> None:
        if (one := self._picked()) is not None:
            self.presenter.call(one.number)

    def _picked_left(self) -> None:
        if (one := self._picked()) is not None:
            self.presenter.take_off(one.number)

    def _print_picked(self) -> None:
        if (one := self._picked()) is not None:
            self.presenter.print_slip(one.number)
