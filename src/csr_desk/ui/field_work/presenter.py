"""Work orders of a project or an account: opened, given to a crew, closed, printed. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.people import Act
from csr_desk.domain.work_orders import Priority, WorkKind, WorkOrder
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.field_work.words import priority_words, work_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.changes import Done

_DIGITS = "123456789abcdefgh"


@dataclass(frozen=True, slots=True)
class WorkPicture:
    """All that the list shows; ``about`` is what it is of: ``project:26-…``, ``account:0041``, or nothing."""

    about: str = ""
    orders: tuple[WorkOrder, ...] = ()
    days_late: Mapping[str, int] = field(default_factory=dict)
    crews: tuple[str, ...] = ()
    may: bool = False

    def late(self, order: WorkOrder) -> int:
        """Working days that an order is overdue."""
        return self.days_late.get(order.number, 0)


class WorkView(Protocol):
    """What the presenter asks of the list."""

    def show_picture(self, picture: WorkPicture) -> None:
        """Show it."""

    def pick(self, number: str) -> None:
        """Put the cursor on an order."""


class WorkPresenter:
    """One project or account at a time."""

    def __init__(self, context: Context, view: WorkView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = WorkPicture()

    def show(self, about: str) -> None:
        """Read the work orders of a project or an account."""
        desk, actor = self.context.desk, self.context.actor
        self.picture = WorkPicture(about)
        noun, _, number = about.partition(":")

        def read() -> WorkPicture:
            from csr_desk.services.work_order_lists import WhichWork, crews, work_board

            which = WhichWork(project=number) if noun == "project" else WhichWork(account=number)
            board = work_board(desk, actor, which)
            orders = tuple(one for lane in board for one in lane.rows)
            late = {number: days for lane in board for number, days in lane.late.items()}
            return WorkPicture(about, orders, late, crews(desk, actor), actor.may(Act.KEEP_WORK_ORDERS))

        def show(found: WorkPicture) -> None:
            if self.picture.about == about:  # else another was asked for meanwhile
                self.picture = found
                self.view.show_picture(found)

        self.context.read(read, show)

    def order_at(self, at: int) -> WorkOrder | None:
        """The order of a row, or None."""
        return self.picture.orders[at] if 0 <= at < len(self.picture.orders) else None

    def can(self, step: str, at: int) -> bool:
        """Say whether a step is possible with the order of a row, for this person."""
        order = self.order_at(at)
        return order is not None and self.picture.may and order.can(step)

    def open(self) -> None:
        """Ask what, then where and how soon; open a work order about what is looked at."""
        kinds = [Choice(digit, work_words(kind), kind.value) for digit, kind in zip(_DIGITS, WorkKind, strict=False)]
        self.context.shell.ask_reason(tr("What is to be done?"), kinds, self._ask_words)

    def _ask_words(self, kind: str) -> None:
        soon = ", ".join(f"{at} {priority_words(one)}" for at, one in enumerate(Priority, 1))
        fields = (
            Field("work", tr("What the crew has to know")),
            Field("priority", tr("How soon"), "3", hint=soon),
            Field("site", tr("Where"), hint=tr("empty: where this is")),
            Field("crew", tr("Crew or agency"), hint=tr("empty: not assigned yet")),
        )
        title = tr("{0}: a work order").format(work_words(WorkKind(kind)))
        self.context.shell.ask_fields(title, fields, lambda keyed: self._open(kind, keyed), tr("Open it"), keep=True)

    def _open(self, kind: str, keyed: dict[str, str]) -> str | None:
        from csr_desk.services import work_orders

        soon = keyed["priority"].strip()
        if soon not in {"1", "2", "3", "4"}:
            return tr("How soon is a figure from 1 to 4.")
        desk, actor = self.context.desk, self.context.actor
        command = work_orders.OpenWorkOrder(
            uuid4().hex, WorkKind(kind), keyed["work"], keyed["site"], self.picture.about,
            priority=tuple(Priority)[int(soon) - 1], crew=keyed["crew"],
        )  # fmt: skip
        self._do(lambda: work_orders.open_work_order(desk, actor, command), tr("{0} is open."))
        return None

    def assign(self, at: int) -> None:
        """Ask which crew gets it."""

        def take(order: WorkOrder, crew: str) -> None:
            from csr_desk.services import work_orders

            desk, actor = self.context.desk, self.context.actor
            command = work_orders.AssignWorkOrder(uuid4().hex, order.number, crew)
            self._do(lambda: work_orders.assign_work_order(desk, actor, command), tr("{0} has its crew."))

        self._ask("assign", at, tr("Which crew or agency?"), self.picture.crews[:9], take)

    def start(self, at: int) -> None:
        """The crew is at it."""
        order = self.order_at(at)
        if order is None or not self.can("start", at):
            return
        from csr_desk.services import work_orders

        desk, actor = self.context.desk, self.context.actor
        command = work_orders.StartWorkOrder(uuid4().hex, order.number)
        self._do(lambda: work_orders.start_work_order(desk, actor, command), tr("{0} is begun."))

    def close(self, at: int, *, done: bool) -> None:
        """Ask what came of it; it goes back to the customer's time line."""
        well = (tr("Done as ordered"), tr("Mended"), tr("Nothing found"))
        undone = (tr("Nobody let the crew in"), tr("The place was not found"), tr("It is not ours"))

        def take(order: WorkOrder, result: str) -> None:
            from csr_desk.services import work_orders

            desk, actor = self.context.desk, self.context.actor
            command = work_orders.CloseWorkOrder(uuid4().hex, order.number, result, done)
            self._do(lambda: work_orders.close_work_order(desk, actor, command), tr("{0} is closed."))

        self._ask("finish", at, tr("What came of it?"), well if done else undone, take)

    def cancel(self, at: int) -> None:
        """Ask why, then call it off."""

        def take(order: WorkOrder, reason: str) -> None:
            from csr_desk.services import work_orders

            desk, actor = self.context.desk, self.context.actor
            command = work_orders.CancelWorkOrder(uuid4().hex, order.number, reason)
            self._do(lambda: work_orders.cancel_work_order(desk, actor, command), tr("{0} is called off."))

        self._ask("cancel", at, tr("Why is it called off?"), (tr("Reported twice"), tr("Opened by mistake")), take)

    def reopen(self, at: int) -> None:
        """Ask why, then open it again."""

        def take(order: WorkOrder, reason: str) -> None:
            from csr_desk.services import work_orders

            desk, actor = self.context.desk, self.context.actor
            command = work_orders.ReopenWorkOrder(uuid4().hex, order.number, reason)
            self._do(lambda: work_orders.reopen_work_order(desk, actor, command), tr("{0} is open again."))

        self._ask("open_again", at, tr("Why again?"), (tr("The customer called"), tr("It did not last")), take)

    def print_slip(self, at: int) -> None:
        """Print the slip that the crew carries; one about a confidential customer's account is logged first."""
        order = self.order_at(at)
        if order is None:
            return
        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex
        noun, _, number = order.subject.partition(":")

        def make() -> bytes:
            from csr_desk.documents.work_papers import work_slip_pdf
            from csr_desk.services.customer_papers import GivePaper, log_paper
            from csr_desk.services.work_order_lists import work_slip

            if noun == "account":
                log_paper(desk, actor, GivePaper(key, (number,), tr("Work order {0}").format(order.number)))
            return work_slip_pdf(work_slip(desk, actor, order.number))

        self.context.shell.print_paper(f"work-order-{order.number}", make)
        self.context.shell.banner(tr("The slip of {0} goes to the printer.").format(order.number), Tone.INFO)

    def _ask(
        self, step: str, at: int, title: str, offered: Sequence[str], take: Callable[[WorkOrder, str], None]
    ) -> None:
        order = self.order_at(at)
        if order is None or not self.can(step, at):
            return
        choices = [Choice(digit, text, text) for digit, text in zip(_DIGITS, offered, strict=False)]
        self.context.shell.ask_reason(title, choices, lambda said: take(order, said), free_text=True)

    def _do(self, job: Callable[[], Done[WorkOrder]], said: str) -> None:
        about = self.picture.about

        def done(order: WorkOrder) -> None:
            self.context.shell.banner(said.format(order.number), Tone.OK)
            self.view.pick(order.number)
            self.show(about)

        self.context.act(job, done)
