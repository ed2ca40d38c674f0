"""Who waits, who is called and served, and what a clerk does about it. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from csr_desk.domain.visits import Reason, TicketSlip, Visit
    from csr_desk.services.visits import AtCounter


@dataclass(frozen=True, slots=True)
class QueuePicture:
    """All that the panel shows."""

    now: datetime
    reasons: tuple[Reason, ...] = ()
    waiting: tuple[Visit, ...] = ()
    """In the order in which they are called."""
    busy: tuple[Visit, ...] = ()
    """Called and served, who was called last first."""
    mine: AtCounter | None = None
    names: tuple[tuple[str, str], ...] = ()
    """Who serves, by user."""
    may_serve: bool = False

    def reason_words(self, code: str) -> str:
        """Name a reason."""
        return next((one.words for one in self.reasons if one.code == code), code)

    def name_of(self, user: str) -> str:
        """Name whoever serves."""
        return dict(self.names).get(user, user)


@dataclass(frozen=True, slots=True)
class NewTicket:
    """What was keyed for somebody who came."""

    reason: str
    priority: bool
    language: str


class QueueView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: QueuePicture) -> None:
        """Show it."""

    def ask_ticket(self, reasons: tuple[Reason, ...], take: Callable[[NewTicket], None]) -> None:
        """Ask what somebody comes for."""


class QueuePresenter:
    """The queue of today."""

    def __init__(self, context: Context, view: QueueView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = QueuePicture(context.desk.clock.now())

    def load(self) -> None:
        """Read the queue."""
        desk, actor = self.context.desk, self.context.actor

        def read() -> QueuePicture:
            from csr_desk.domain.visits import in_turn
            from csr_desk.services import staff, visits

            found = visits.queue(desk, actor)
            may = actor.may(Act.SERVE_QUEUE)
            busy = sorted((*found.called, *found.serving), key=lambda one: one.called_at or one.came_at, reverse=True)
            names = tuple((user, staff.person(desk, user).name) for user in sorted({one.served_by for one in busy}))
            mine = visits.at_counter(desk, actor) if may else None
            return QueuePicture(
                desk.clock.now(), visits.reasons(desk), in_turn(found.waiting), tuple(busy), mine, names, may
            )

        def show(found: QueuePicture) -> None:
            self.picture = found
            self.view.show_picture(found)

        self.context.read(read, show)

    def give(self) -> None:
        """Somebody came: ask for what, give the ticket, print it."""
        if self.picture.may_serve:
            self.view.ask_ticket(self.picture.reasons, self._give)

    def _give(self, wish: NewTicket) -> None:
        from csr_desk.services import visits

        desk, actor = self.context.desk, self.context.actor
        command = visits.GiveTicket(uuid4().hex, wish.reason, priority=wish.priority, language=wish.language)

        def given(done: Visit) -> None:
            self.context.shell.banner(tr("Ticket {0} was given.").format(done.ticket), Tone.OK)
            self.print_slip(done.number)

        self.context.act(lambda: visits.give_ticket(desk, actor, command), given)

    def print_slip(self, number: str) -> None:
        """Print the slip of a ticket."""
        from csr_desk.services import visits

        desk, actor = self.context.desk, self.context.actor

        def printed(slip: TicketSlip) -> None:
            from csr_desk.documents.queue_slip import queue_slip_pdf

            self.context.shell.print_paper(f"ticket-{slip.ticket}", lambda: queue_slip_pdf(slip))

        self.context.read(lambda: visits.ticket_slip(desk, actor, number), printed)

    def call(self, number: str = "") -> None:
        """Call whoever is next, or this one."""
        call_next(self.context, number)

    def move(self, step: str) -> None:
        """Serve, finish, put back or take off whoever is at one's own counter."""
        from csr_desk.services import visits

        mine = self.picture.mine
        if mine is None or mine.visit is None:
            return
        desk, actor, command = (
            self.context.desk,
            self.context.actor,
            visits.MoveVisit(uuid4().hex, mine.visit.number, step),
        )
        self.context.act(lambda: visits.move_visit(desk, actor, command), lambda _done: None)

    def take_off(self, number: str) -> None:
        """Whoever waits has left."""
        from csr_desk.services import visits

        desk, actor, command = self.context.desk, self.context.actor, visits.MoveVisit(uuid4().hex, number, "leave")
        self.context.act(lambda: visits.move_visit(desk, actor, command), lambda _done: None)

    def open_customer(self) -> None:
        """Look at whoever stands at one's own counter."""
        mine = self.picture.mine
        if mine is not None and mine.visit is not None and mine.visit.customer_id:
            self.context.shell.go("customer", f"customer:{mine.visit.customer_id}")


def call_next(context: Context, number: str = "") -> None:
    """Call whoever is next to one's own counter."""
    from csr_desk.services import visits

    desk, actor, command = context.desk, context.actor, visits.CallNext(uuid4().hex, visit=number)

    def called(done: Visit) -> None:
        words = tr("{ticket} is called to {counter}.").format(ticket=done.ticket, counter=done.counter)
        context.shell.banner(words, Tone.OK)

    context.act(lambda: visits.call_next(desk, actor, command), called)
