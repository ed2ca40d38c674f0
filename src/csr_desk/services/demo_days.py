"""Lifelike days for the demo city: made through the same services that the window calls, the same for the same seed.

Everybody in it is made up. The days before the demo's own one are balanced, deposited, confirmed and closed.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from csr_desk.data.queries import batches
from csr_desk.domain.count import Expected
from csr_desk.domain.deposit import Deposit, DepositState
from csr_desk.domain.drawer import Band, BatchState, CountSheet, DropSlip, OpeningSlip, TapeCount, ZReport
from csr_desk.domain.errors import ApprovalNeeded, Trouble
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.workdays import is_workday
from csr_desk.services import balancing, corrections, demo_cards, deposits, drawers, sell, setup, setup_clock, staff
from csr_desk.services.clock import TrainingClock
from csr_desk.services.counting import expected_of
from csr_desk.services.demo_carts import make_cart, pieces_for
from csr_desk.services.desk import Desk, open_desk

PAIRS = (("clerk1", "HPC-1"), ("clerk2", "HPC-2"), ("clerk3", "HPC-3"))
FEWEST, MOST = 15, 25
"""Sales of one drawer on one day."""

VOIDED = 3
"""So many of a hundred sales are voided."""
DIFFERENT = 50
"""In so many of a hundred counts a few cents may be missing or too many."""

_KEYS = uuid.UUID("0b9f1f2e-8f0c-5d55-8a6b-0d0e5d1c7a10")


@dataclass(slots=True)
class DayPlayed:
    """What a played day left: its papers' facts."""

    business_date: date
    receipts: list[Receipt] = field(default_factory=list)
    openings: list[OpeningSlip] = field(default_factory=list)
    drops: list[DropSlip] = field(default_factory=list)
    z_reports: list[ZReport] = field(default_factory=list)
    deposit: Deposit | None = None


def fill(url: str, days: int, seed: int, say: Callable[[str], None]) -> None:
    """Fill the last ``days`` working days before the demo's own day with balanced work."""
    if not days:
        return
    desk = open_desk(url)
    try:
        for number, day in enumerate(workdays_before(desk, setup.DEMO_MORNING.date(), days), 1):
            done = play_day(desk, day, seed)
            say(f"Day {number} of {days}: {day}, {len(done.receipts)} receipts.")
        _clock(desk).set(setup.DEMO_MORNING)
        setup_clock.keep(desk)
    finally:
        desk.close()


def workdays_before(desk: Desk, day: date, number: int) -> tuple[date, ...]:
    """Return the last working days before a date, by the city's holidays, the oldest first."""
    found: list[date] = []
    while len(found) < number:
        day -= timedelta(days=1)
        if is_workday(day, holidays=desk.policy.days_off):
            found.append(day)
    return tuple(reversed(found))


def next_day(desk: Desk) -> date:
    """Return the first working day from the training clock's own on which nothing happened yet."""
    with desk.read() as work:
        taken = {row.business_date for row in batches.batches_between(work.conn, date.min, date.max)}
    day = desk.today()
    while day in taken or day in desk_closed(desk) or not is_workday(day, holidays=desk.policy.days_off):
        day += timedelta(days=1)
    return day


def desk_closed(desk: Desk) -> frozenset[date]:
    """Return the closed business days."""
    with desk.read() as work:
        return desk.closed_days(work)


def _clock(desk: Desk) -> TrainingClock:
    if not isinstance(desk.clock, TrainingClock):
        raise Trouble("The demo city needs its training clock.")
    return desk.clock


def play_day(desk: Desk, day: date, seed: int) -> DayPlayed:
    """Play a whole day: floats, sales, drops, voids, counts, acceptance, one deposit, the bank, the close."""
    return _Day(desk, day, random.Random(f"{seed} {day}")).play()  # noqa: S311 - lifelike, not secret


class _Day:
    """One day being played."""

    def __init__(self, desk: Desk, day: date, chance: random.Random) -> None:
        self.desk, self.day, self.chance = desk, day, chance
        self.played = DayPlayed(day)
        self.number = 0
        self.people = {card.user: staff.person(desk, card.user) for card in setup.DEMO_STAFF}

    def key(self) -> str:
        """Return the next key of the day; the same seed gives the same ones."""
        self.number += 1
        return str(uuid.uuid5(_KEYS, f"{self.day} {self.number} {self.chance.getrandbits(32)}"))

    def at(self, hour: int, minute: int) -> None:
        """Put the training clock to a time of the day."""
        zone = ZoneInfo(self.desk.office.time_zone)
        _clock(self.desk).set(datetime.combine(self.day, time(hour, minute), zone))

    def yes(self, act: Act, subject: str, amount: Cents) -> Approval:
        """Return the supervisor's approval."""
        return staff.approval_by(self.desk, self.people["supervisor1"], act, subject, amount)

    def play(self) -> DayPlayed:
        """Play it."""
        self.at(7, 35)
        for user, drawer in PAIRS:
            float_pieces = {2000: 2, 1000: 5, 500: 14, 100: 25, 25: 40, 10: 30, 5: 40}
            command = drawers.OpenDrawer(self.key(), drawer, float_pieces)
            self.played.openings.append(drawers.open_drawer(self.desk, self.people[user], command).value)
        demo_cards.read_all(self.desk, [user for user, _ in PAIRS])
        plan = sorted(
            (8 * 60 + self.chance.randrange(505), user)
            for user, _ in PAIRS
            for _ in range(self.chance.randint(FEWEST, MOST))
        )
        for minute, user in plan:
            self.at(*divmod(minute, 60))
            self._serve(self.people[user])
        self.at(16, 45)
        ids = [self._close(self.people[user]) for user, _ in PAIRS]
        self._deposit(ids)
        return self.played

    def _serve(self, actor: Actor) -> None:
        if drawers.cash_band(self.desk, actor) is not Band.NORMAL:
            self._drop(actor)
        cart = make_cart(self.chance)
        priced = sell.quote(self.desk, actor, sell.Quote(cart.lines, (), self.day, demo_inputs=True))
        tenders = cart.tenders(self.chance, priced.cart.total)
        command = sell.CompleteSale(self.key(), None, cart.lines, tenders, cart.customer, demo_inputs=True)
        done = sell.complete_sale(self.desk, actor, command).value
        self.played.receipts.append(done)
        if self.chance.randrange(100) < VOIDED:
            self._void(actor, done)

    def _void(self, actor: Actor, done: Receipt) -> None:
        reason = self.desk.policy.void_reasons[self.chance.randrange(3)]
        approval = self.yes(Act.VOID, done.number, done.total)
        command = corrections.Void(self.key(), done.number, reason)
        self.played.receipts.append(corrections.void(self.desk, actor, command, approval).value)

    def _drop(self, actor: Actor) -> None:
        command = drawers.DropCash(self.key(), {2000: 20, 1000: 10}, f"D{self.chance.randrange(10**6):06d}")
        try:
            drawers.drop(self.desk, actor, command)
        except ApprovalNeeded as asked:
            approval = self.yes(Act(asked.act), asked.subject, asked.amount)
            self.played.drops.append(drawers.drop(self.desk, actor, command, approval).value)

    def _close(self, actor: Actor) -> str:
        drawers.stop_selling(self.desk, actor, self.key())
        with self.desk.read() as work:
            row = batches.unfinished_of(work.conn, actor.user)
            if row is None or row.state is not BatchState.COUNTING:
                raise AssertionError(actor)
            expected = expected_of(work.conn, row)
        drawers.count(self.desk, actor, drawers.CountDrawer(self.key(), self._sheet(expected)))
        drawers.submit_count(self.desk, actor, self.key())
        command = balancing.AcceptBatch(self.key(), row.batch_id)
        accepted = balancing.accept_batch(self.desk, self.people["supervisor2"], command)
        self.played.z_reports.append(accepted.value)
        return row.batch_id

    def _sheet(self, expected: dict[str, Expected]) -> CountSheet:
        """Count what is there; now and then a few cents are missing or too many, as in life."""
        off = self.chance.choice((0, 0, 0, 0, -25, 10, -5)) if self.chance.randrange(100) < DIFFERENT else 0
        tapes = {
            kind: TapeCount(should.items, should.amount)
            for kind, should in expected.items()
            if kind in {"check", "cashiers_check", "money_order", "card"}
        }
        return CountSheet(pieces_for(max(expected["cash"].amount + off, 0)), tapes)

    def _deposit(self, ids: list[str]) -> None:
        self.at(17, 5)
        clerk = self.people[PAIRS[0][0]]
        command = deposits.PrepareDeposit(self.key(), tuple(ids), f"B{self.day:%m%d}-1")
        try:
            deposits.prepare_deposit(self.desk, clerk, command)
        except ApprovalNeeded as asked:
            approval = self.yes(Act(asked.act), asked.subject, asked.amount)
            packed = deposits.prepare_deposit(self.desk, clerk, command, approval).value
            confirm = deposits.ConfirmDeposit(self.key(), packed.deposit_id, self.day + timedelta(days=1), packed.total)
            self.at(17, 20)
            done = deposits.confirm_deposit(self.desk, self.people["accountant1"], confirm).value
            self.played.deposit = done
            if done.state is not DepositState.CONFIRMED:
                raise AssertionError(done) from asked
        close = balancing.CloseDay(self.key(), self.day)
        balancing.close_day(self.desk, self.people["supervisor2"], close)
