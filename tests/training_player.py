"""Somebody who plays training days through the services: without a mistake, unless told to make one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from csr_desk.data.queries import batches
from csr_desk.domain.drawer import Band, CountSheet, TapeCount
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.training_cards import Card, TrainingDay, Turn, Wanted
from csr_desk.domain.training_day import make_day
from csr_desk.services import corrections, drawers, sell, staff, training
from csr_desk.services.clock import TrainingClock
from csr_desk.services.counting import expected_of
from csr_desk.services.demo_carts import pieces_for
from csr_desk.services.desk import Desk
from csr_desk.services.training import Progress, Stage

Twist = Callable[[Card, Turn, Wanted], Wanted]


def right(_card: Card, _turn: Turn, wanted: Wanted) -> Wanted:
    """Do what is right."""
    return wanted


@dataclass
class Player:
    """A trainee with a drawer of the training office, and a supervisor who signs."""

    desk: Desk
    actor: Actor
    supervisor: Actor
    drawer: str
    seconds: int = 20
    """How long each customer takes."""
    keys: int = 0
    receipts: list[Receipt] | None = None

    def key(self) -> str:
        """Return a fresh key."""
        self.keys += 1
        return f"{self.actor.user}-{self.drawer}-{self.desk.now_text()}-{self.keys}"

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        clock = self.desk.clock
        assert isinstance(clock, TrainingClock)
        clock.set(clock.now() + timedelta(seconds=seconds))

    def begin(self, seed: int) -> tuple[Progress, TrainingDay]:
        """Start the day of a seed and open the drawer."""
        first = training.start(self.desk, self.actor, training.StartDay(self.key(), seed)).value
        command = drawers.OpenDrawer(self.key(), self.drawer, {2000: 10})
        drawers.open_drawer(self.desk, self.actor, command)
        return first, make_day(self.desk.catalogue, self.desk.policy, self.desk.today(), seed)

    def play(self, seed: int, twist: Twist = right) -> Progress:
        """Play a whole day and its close."""
        now, day = self.begin(seed)
        for card in day.cards:
            now = self.call(now)
            self.serve(now, card, twist)
            self.drop_if_due()
        self.call(now)
        return self.close(now.run_id)

    def call(self, now: Progress) -> Progress:
        """Call the next customer."""
        command = training.CallNext(now.run_id, now.number)
        return training.call_next(self.desk, self.actor, command).value

    def serve(self, now: Progress, card: Card, twist: Twist = right) -> None:
        """Do everything that a customer wants."""
        last: Receipt | None = None
        self.wait(self.seconds)
        for turn in card.turns:
            if turn.answer is not None:
                command = training.AnswerVisit(now.run_id, card.number, turn.answer)
                training.answer(self.desk, self.actor, command)
            if turn.voids and last is not None:
                self.void(last)
            if turn.wanted is not None:
                last = self.sell(twist(card, turn, turn.wanted), card.customer)

    def sell(self, wanted: Wanted, customer: str = "") -> Receipt:
        """Sell what is wanted."""
        command = sell.CompleteSale(self.key(), None, wanted.lines, wanted.tenders, customer=customer, demo_inputs=True)
        done = sell.complete_sale(self.desk, self.actor, command).value
        if self.receipts is not None:
            self.receipts.append(done)
        return done

    def void(self, receipt: Receipt) -> None:
        """Take a receipt back; the supervisor signs."""
        approval = staff.approval_by(self.desk, self.supervisor, Act.VOID, receipt.number, receipt.total)
        command = corrections.Void(self.key(), receipt.number, self.desk.policy.void_reasons[0])
        done = corrections.void(self.desk, self.actor, command, approval).value
        if self.receipts is not None:
            self.receipts.append(done)

    def drop_if_due(self) -> None:
        """Carry cash to the safe as soon as the drawer is past its warning."""
        if drawers.cash_band(self.desk, self.actor) is Band.NORMAL:
            return
        batch = drawers.my_batch(self.desk, self.actor)
        assert batch is not None
        approval = staff.approval_by(self.desk, self.supervisor, Act.DROP, batch.batch_id, 50_000)
        drawers.drop(self.desk, self.actor, drawers.DropCash(self.key(), {10000: 5}, f"B{self.keys}"), approval)

    def sheet(self, *, off: int = 0) -> CountSheet:
        """Count what is there, cash off by so many cents."""
        with self.desk.read() as work:
            row = batches.unfinished_of(work.conn, self.actor.user)
            assert row is not None
            expected = expected_of(work.conn, row)
        tapes = {
            kind: TapeCount(should.items, should.amount)
            for kind, should in expected.items()
            if kind in {"check", "cashiers_check", "money_order", "card"}
        }
        return CountSheet(pieces_for(expected["cash"].amount + off), tapes)

    def close(self, run_id: str, *, counts: tuple[int, ...] = (0,)) -> Progress:
        """Count (cash off by so many cents each time), hand in, finish."""
        drawers.stop_selling(self.desk, self.actor, self.key())
        for off in counts:
            drawers.count(self.desk, self.actor, drawers.CountDrawer(self.key(), self.sheet(off=off)))
        drawers.submit_count(self.desk, self.actor, self.key())
        done = training.finish(self.desk, self.actor, run_id).value
        assert done.stage is Stage.FINISHED
        return done


def slower(player: Player, seconds: int) -> Player:
    """The same player, taking longer."""
    return replace(player, seconds=seconds)
