"""What happens on the Drawer page: which stage the custodian's drawer is at, and each act on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.domain.deposit import Deposit
from csr_desk.domain.drawer import (
    Band,
    Batch,
    BatchState,
    CountSheet,
    CountVerdict,
    DropSlip,
    OpeningSlip,
    cash_total,
)
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import Act, Approval, Role
from csr_desk.domain.training import Standing
from csr_desk.services import deposits, drawers, training_records
from csr_desk.services.counting import CheckItem, CountDrawer
from csr_desk.services.deposits import Part, PrepareDeposit
from csr_desk.services.drawers import DrawerCard, DropCash, OpenDrawer
from csr_desk.ui.context import ApprovalRequest, Context, Tone
from csr_desk.ui.wording import tr


class Stage(StrEnum):
    """Where the custodian's drawer is."""

    CHOOSE = "choose"
    SELLING = "selling"
    LOCKED = "locked"
    COUNTING = "counting"
    SUBMITTED = "submitted"


@dataclass(frozen=True, slots=True)
class DrawerFacts:
    """All that the page shows, read in one go; no amount that is expected (D3)."""

    stage: Stage
    batch: Batch | None
    band: Band
    cards: tuple[DrawerCard, ...]
    checks: tuple[CheckItem, ...]
    to_deposit: tuple[Batch, ...] = ()
    """Accepted batches of this person (of everybody for a head cashier) that are in no bag yet."""
    training: Standing | None = None
    """How the person's training in handling cash stands, before a drawer is opened (J11)."""


def stage_of(batch: Batch | None) -> Stage:
    """The stage that a batch puts the page in; none open, or one accepted, lets a drawer be chosen."""
    if batch is None or batch.state is BatchState.ACCEPTED:
        return Stage.CHOOSE
    if batch.state is BatchState.SUBMITTED:
        return Stage.SUBMITTED
    if batch.state is BatchState.COUNTING:
        return Stage.COUNTING
    return Stage.LOCKED if batch.suspended else Stage.SELLING


class DrawerScreen(Protocol):
    """What the view can show."""

    def show_facts(self, facts: DrawerFacts) -> None:
        """Show the stage and its facts."""

    def show_verdict(self, verdict: CountVerdict) -> None:
        """Show what agrees and what does not, without amounts."""

    def show_opened(self, slip: OpeningSlip) -> None:
        """The drawer is open."""

    def show_dropped(self, slip: DropSlip) -> None:
        """The cash is in the safe."""

    def show_parts(self, parts: tuple[Part, ...]) -> None:
        """Show what the ticked batches put into a bag."""

    def show_deposited(self, deposit: Deposit) -> None:
        """The bag is prepared."""

    def count_again(self) -> None:
        """Free the fields for another count."""

    def focus_field(self, name: str) -> bool:
        """Put the cursor into the named field, if this page has it."""


class DrawerPresenter:
    """Turns what the custodian does into acts; decides nothing that a service decides."""

    def __init__(self, context: Context, screen: DrawerScreen) -> None:
        self._context = context
        self._screen = screen
        self._key = uuid4().hex
        self.facts: DrawerFacts | None = None
        self.parts: tuple[Part, ...] = ()
        """What the ticked batches put into the bag."""

    @property
    def batch(self) -> Batch | None:
        """The custodian's batch as last read."""
        return self.facts.batch if self.facts else None

    def load(self) -> None:
        """Read where the drawer stands and show it."""
        desk, actor = self._context.desk, self._context.actor

        def job() -> DrawerFacts:
            batch = drawers.my_batch(desk, actor)
            stage = stage_of(batch)
            return DrawerFacts(
                stage=stage,
                batch=batch,
                band=drawers.cash_band(desk, actor) if stage in {Stage.SELLING, Stage.LOCKED} else Band.NORMAL,
                cards=drawers.drawers(desk, actor) if stage is Stage.CHOOSE else (),
                training=training_records.my_training(desk, actor) if stage is Stage.CHOOSE else None,
                checks=drawers.items_to_tick(desk, actor) if stage is Stage.COUNTING else (),
                to_deposit=tuple(
                    waiting
                    for waiting in deposits.undeposited(desk, actor)
                    if actor.role is Role.HEAD_CASHIER or waiting.custodian == actor.user
                ),
            )

        self._context.read(job, self._show)

    def open_drawer(self, card: DrawerCard, pieces: Mapping[Cents, int]) -> None:
        """Open a drawer with what was counted; a difference from the float wants a reason and a second person (C3)."""
        counted = cash_total(pieces)
        if not counted:
            self._problem(MissingInput(tr("Count the float first: key the pieces in the drawer."), field="pieces"))
            return
        if counted == card.float_amount:
            self._open(OpenDrawer(self._key, card.drawer, dict(pieces)), None)
            return
        more, person = counted > card.float_amount, self._context.actor.name
        difference = shown(abs(counted - card.float_amount))

        def with_reason(reason: str) -> None:
            command = OpenDrawer(self._key, card.drawer, dict(pieces), reason=reason)
            signed = (
                tr("{person} opens {drawer} with {amount}: {difference} more than the float. Reason: {reason}")
                if more
                else tr("{person} opens {drawer} with {amount}: {difference} less than the float. Reason: {reason}")
            )
            sentence = signed.format(
                person=person, drawer=card.name, amount=shown(counted), difference=difference, reason=reason
            )
            request = ApprovalRequest(Act.OPEN_DRAWER, card.drawer, counted, sentence)
            self._context.shell.ask_approval(request, lambda approval: self._open(command, approval))

        question = (
            tr("{drawer} holds {difference} more than the float. Why?")
            if more
            else tr("{drawer} holds {difference} less than the float. Why?")
        )
        asked = question.format(drawer=card.name, difference=difference)
        self._context.shell.ask_reason(asked, (), with_reason, free_text=True)

    def _open(self, command: OpenDrawer, approval: Approval | None) -> None:
        desk, actor = self._context.desk, self._context.actor

        def done(slip: OpeningSlip) -> None:
            self._next_key()
            self._screen.show_opened(slip)
            self.load()

        self._context.act(lambda: drawers.open_drawer(desk, actor, command, approval), done, self._problem)

    def toggle_lock(self) -> None:
        """Lock the drawer for a while, or unlock it (C8)."""
        batch = self.batch
        if batch is None or batch.state is not BatchState.OPEN:
            return
        desk, actor, key = self._context.desk, self._context.actor, self._key

        def job() -> Done[Batch]:
            return (drawers.unsuspend if batch.suspended else drawers.suspend)(desk, actor, key)

        self._context.act(job, self._after, self._problem)

    def drop(self, pieces: Mapping[Cents, int], bag: str) -> None:
        """Carry cash to the safe: a witness signs for the amount (C6)."""
        batch = self.batch
        amount = cash_total(pieces)
        if batch is None:
            return
        if not amount:
            self._problem(MissingInput(tr("Key the pieces that go to the safe."), field="drop-pieces"))
            return
        if not bag.strip():
            self._problem(MissingInput(tr("Key the number of the bag."), field="drop-bag"))
            return
        desk, actor = self._context.desk, self._context.actor
        command = DropCash(self._key, dict(pieces), bag.strip())

        def done(slip: DropSlip) -> None:
            self._next_key()
            self._screen.show_dropped(slip)
            self.load()

        self._context.act_with_approval(
            lambda approval: drawers.drop(desk, actor, command, approval),
            ApprovalRequest(
                Act.DROP,
                batch.batch_id,
                amount,
                tr(
                    "{person} drops {amount} from {drawer} to the safe in bag {bag}. Count it together before you sign."
                ).format(person=actor.name, amount=shown(amount), drawer=batch.drawer_name, bag=bag.strip()),
                witness=True,
            ),
            done,
            self._problem,
        )

    def stop_selling(self) -> None:
        """End the selling of this drawer and begin its count (D2)."""
        desk, actor, key = self._context.desk, self._context.actor, self._key
        self._context.act(lambda: drawers.stop_selling(desk, actor, key), self._after, self._problem)

    def count(self, sheet: CountSheet) -> None:
        """Hand in a blind count; the verdict says what agrees, never by how much it does not."""
        desk, actor = self._context.desk, self._context.actor
        command = CountDrawer(self._key, sheet)

        def done(verdict: CountVerdict) -> None:
            self._next_key()
            self._screen.show_verdict(verdict)

        self._context.act(lambda: drawers.count(desk, actor, command), done, self._problem)

    def submit(self) -> None:
        """Send the last count to the supervisor."""
        desk, actor, key = self._context.desk, self._context.actor, self._key

        def done(batch: Batch) -> None:
            self._after(batch)
            words = tr("The count of {drawer} is with your supervisor. Nothing more to do until it is accepted.")
            self._context.shell.banner(words.format(drawer=batch.drawer_name), Tone.OK)

        def failed(error: Exception) -> None:
            if isinstance(error, Ineligible):  # it came back from the supervisor: a new count is wanted
                self._screen.count_again()
            self._problem(error)

        self._context.act(lambda: drawers.submit_count(desk, actor, key), done, failed)

    def weigh(self, batches: tuple[str, ...]) -> None:
        """Ask what these accepted batches put into a bag."""
        if not batches:
            self.parts = ()
            self._screen.show_parts(())
            return
        desk, actor = self._context.desk, self._context.actor
        self._context.read(lambda: deposits.contents(desk, actor, batches), self._show_parts, self._problem)

    def prepare(self, pieces: Mapping[Cents, int], bag: str) -> None:
        """Close the bag: a second person verifies its total (D13)."""
        parts = self.parts
        if not parts:
            self._problem(MissingInput(tr("Tick the drawers that go into the bag.")))
            return
        if not bag.strip():
            self._problem(MissingInput(tr("Key the number of the bag."), field="deposit-bag"))
            return
        desk, actor = self._context.desk, self._context.actor
        ids, total = tuple(part.batch for part in parts), sum(part.total for part in parts)
        command = PrepareDeposit(self._key, ids, bag.strip(), dict(pieces) if cash_total(pieces) else None)

        def done(deposit: Deposit) -> None:
            self._next_key()
            self.parts = ()
            self._screen.show_deposited(deposit)
            self.load()

        self._context.act_with_approval(
            lambda approval: deposits.prepare_deposit(desk, actor, command, approval),
            ApprovalRequest(
                Act.PREPARE_DEPOSIT,
                ",".join(ids),
                total,
                bag_words(actor.name, bag.strip(), total, len(ids)),
                witness=True,
            ),
            done,
            self._problem,
        )

    def _show_parts(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        self._screen.show_parts(parts)

    def refuse(self, problem: BadInput) -> None:
        """Show a fault found while reading what was keyed."""
        self._problem(problem)

    def _after(self, _batch: Batch) -> None:
        self._next_key()
        self.load()

    def _show(self, facts: DrawerFacts) -> None:
        self.facts = facts
        self._screen.show_facts(facts)

    def _problem(self, error: Exception) -> None:
        self._context.shell.problem(error, self._screen.focus_field)

    def _next_key(self) -> None:
        """A finished act: the next one is another, however alike."""
        self._key = uuid4().hex


def bag_words(person: str, bag: str, total: Cents, drawers_in_it: int) -> str:
    """What the second person signs for a bag (cents)."""
    words = (
        tr("{person} closes bag {bag} with {total} for the bank: 1 drawer. Look into it together before you sign.")
        if drawers_in_it == 1
        else tr(
            "{person} closes bag {bag} with {total} for the bank: {number} drawers. "
            "Look into it together before you sign."
        )
    )
    return words.format(person=person, bag=bag, total=shown(total), number=drawers_in_it)
