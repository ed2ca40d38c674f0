"""Role × act × state, produced by running the services: each act by each role in each state of a drawer, then undone.

Two drawers go through the day together, one of a clerk and one of a cashier, so that each act is tried at one's own
drawer and by somebody of the same role who holds none.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from datetime import date
from functools import lru_cache
from pathlib import Path

from csr_desk.data.engine import Store
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.errors import NotPermitted, Refusal
from csr_desk.domain.people import Act, Actor, Approval, Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    accounts,
    balancing,
    catalogue,
    corrections,
    counting,
    deferred,
    deposits,
    drawers,
    exports,
    journal,
    people_changes,
    policies,
    receipts,
    refunds,
    replay_steps,
    reports,
    returned_items,
    sell,
    setup,
    staff,
    tender_corrections,
    training_records,
)
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.replay_step import Step
from csr_desk.services.setup import demo_catalogue_folder

DAY = date(2026, 7, 14)
STATES = ("open", "locked", "counting", "submitted", "accepted", "deposited", "day closed")
DONE, BY_ROLE = "done", "·"
_CASH, _CHECK = (Tender(TenderKind.CASH),), (Tender(TenderKind.CHECK, number="1"),)


class DryDesk(Desk):
    """A desk whose acts are undone: what an act says is heard, nothing of it stays."""

    @classmethod
    def of(cls, desk: Desk) -> DryDesk:
        """Take over everything that a desk knows, as copies."""
        dry = object.__new__(cls)
        parts = {part.name: getattr(desk, part.name) for part in fields(Desk)}
        dry.__dict__.update({name: dict(part) if isinstance(part, dict) else part for name, part in parts.items()})
        return dry

    def begin(self) -> AbstractContextManager[Work]:
        """Open a transaction that ends with a rollback."""
        return _undone(self.store)


@contextmanager
def _undone(store: Store) -> Iterator[Work]:
    with store.write_engine.connect() as connection:
        transaction = connection.begin()
        try:
            yield Work(connection, store)
        finally:
            transaction.rollback()


@dataclass(frozen=True)
class Drawer:
    """A drawer of the day: who holds it, its batch, an alarm permit for 50.00 cash, a building permit by check."""

    name: str
    holder: str
    batch: str
    cash: str
    check: str
    total: int
    """What the bag holds: both receipts (cents)."""


@dataclass(frozen=True)
class Case:
    """One cell: who tries it, at which drawer."""

    desk: Desk
    actor: Actor
    drawer: Drawer
    entry: str = ""

    @property
    def key(self) -> str:
        """The key of the act; nothing stays, so it is always new."""
        return "cell"

    def yes(self, act: Act, subject: str, amount: int) -> Approval:
        """The yes of a supervisor who is not the person that tries."""
        by = "supervisor2" if self.actor.user == "supervisor1" else "supervisor1"
        return staff.approval_by(self.desk, staff.person(self.desk, by), act, subject, amount)

    @property
    def holder(self) -> Actor:
        """Who holds the drawer."""
        return staff.person(self.desk, self.drawer.holder)


def _sale(c: Case, line: CartLine) -> sell.CompleteSale:
    return sell.CompleteSale(c.key, c.drawer.name, (line,), _CHECK, demo_inputs=True)


def _override(c: Case) -> object:
    line = CartLine("ALM-RES", amount=5000, override_reason="Court order")
    return sell.complete_sale(c.desk, c.actor, _sale(c, line), c.yes(Act.OVERRIDE_PRICE, c.key, 5000))


def _void(c: Case) -> object:
    command = corrections.Void(c.key, c.drawer.cash, "Wrong item")
    return corrections.void(c.desk, c.actor, command, c.yes(Act.VOID, c.drawer.cash, 5000))


def _refund(c: Case) -> object:
    command = refunds.Refund(c.key, c.drawer.check, ((1, None),), "Paid twice", "payables")
    try:
        return refunds.refund(c.desk, c.actor, command)
    except Refusal as asked:
        if asked.code != "approval_required":
            raise
        amount = int(getattr(asked, "amount", 0))
    return refunds.refund(c.desk, c.actor, command, c.yes(Act.REFUND, c.drawer.check, amount))


def _correct_tender(c: Case) -> object:
    right = Tender(TenderKind.CHECK, number="77")
    command = tender_corrections.CorrectTender(c.key, c.drawer.cash, TenderKind.CASH, right, "It was a check")
    yes = c.yes(Act.CORRECT_TENDER, c.drawer.cash, 5000)
    return tender_corrections.correct_tender(c.desk, c.actor, command, yes)


def _drop(c: Case) -> object:
    command = drawers.DropCash(c.key, {2000: 1}, "D-1")
    return drawers.drop(c.desk, c.actor, command, c.yes(Act.DROP, c.drawer.batch, 2000))


def _approve(c: Case) -> object:
    c.actor.require(Act.APPROVE)  # as the secret at the station and the queue do, before the act is looked at
    yes = staff.approval_by(c.desk, c.actor, Act.VOID, c.drawer.cash, 5000)
    return corrections.void(c.desk, c.holder, corrections.Void(c.key, c.drawer.cash, "Wrong item"), yes)


def _witness(c: Case) -> object:
    c.actor.require(Act.WITNESS)
    yes = staff.approval_by(c.desk, c.actor, Act.DROP, c.drawer.batch, 2000)
    return drawers.drop(c.desk, c.holder, drawers.DropCash(c.key, {2000: 1}, "D-1"), yes)


def _deposit(c: Case) -> object:
    command = deposits.PrepareDeposit(c.key, (c.drawer.batch,), "bag")
    yes = c.yes(Act.PREPARE_DEPOSIT, c.drawer.batch, c.drawer.total)
    return deposits.prepare_deposit(c.desk, c.actor, command, yes)


def _confirm(c: Case) -> object:
    command = deposits.ConfirmDeposit(c.key, "HPC-20260714-1", DAY, c.drawer.total)
    return deposits.confirm_deposit(c.desk, c.actor, command)


def _train(c: Case) -> object:
    command = training_records.RecordTraining(c.key, "clerk4", DAY, 80)
    return training_records.record_training(c.desk, c.actor, command)


def _change_person(c: Case) -> object:
    command = people_changes.ChangePerson(c.key, "clerk4", supervisor="supervisor1")
    return people_changes.change_person(c.desk, c.actor, command)


TRIALS: dict[Act, Callable[[Case], object]] = {
    Act.QUOTE: lambda c: receipts.receipt(c.desk, c.actor, c.drawer.cash),
    Act.SELL: lambda c: sell.complete_sale(c.desk, c.actor, _sale(c, CartLine("ALM-RES"))),
    Act.OPEN_DRAWER: lambda c: drawers.open_drawer(
        c.desk, c.actor, drawers.OpenDrawer(c.key, c.drawer.name, {2000: 10})
    ),
    Act.DROP: _drop,
    Act.COUNT: lambda c: counting.count(c.desk, c.actor, counting.CountDrawer(c.key, CountSheet({2000: 10}, {}))),
    Act.NO_SALE: lambda c: corrections.no_sale(c.desk, c.actor, corrections.NoSale(c.key, "Coin roll")),
    Act.REPRINT: lambda c: receipts.reprint(c.desk, c.actor, receipts.Reprint(c.key, c.drawer.cash)),
    Act.VOID: _void,
    Act.REFUND: _refund,
    Act.CORRECT_TENDER: _correct_tender,
    Act.OVERRIDE_PRICE: _override,
    Act.APPROVE: _approve,
    Act.WITNESS: _witness,
    Act.ACCEPT_BATCH: lambda c: balancing.accept_batch(
        c.desk, c.actor, balancing.AcceptBatch(c.key, c.drawer.batch, "Looked at")
    ),
    Act.REJECT_BATCH: lambda c: balancing.reject_batch(
        c.desk, c.actor, balancing.ReturnBatch(c.key, c.drawer.batch, "Again")
    ),
    Act.REOPEN_BATCH: lambda c: balancing.reopen_batch(
        c.desk, c.actor, balancing.ReturnBatch(c.key, c.drawer.batch, "Again")
    ),
    Act.SEE_EXPECTED: lambda c: balancing.batch_sheet(c.desk, c.actor, c.drawer.batch),
    Act.PREPARE_DEPOSIT: _deposit,
    Act.CONFIRM_DEPOSIT: _confirm,
    Act.CLOSE_DAY: lambda c: balancing.close_day(c.desk, c.actor, balancing.CloseDay(c.key, DAY)),
    Act.RETURN_ITEM: lambda c: returned_items.returned_item(
        c.desk, c.actor, returned_items.ReturnItem(c.key, c.drawer.check, 1, "Insufficient funds")
    ),
    Act.SEE_REPORTS: lambda c: reports.report(c.desk, c.actor, "tie", DAY, DAY),
    Act.EXPORT_JOURNAL: lambda c: exports.gl_journal(c.desk, c.actor, exports.ExportJournal(c.key, DAY)),
    Act.VERIFY_LEDGER: lambda c: replay_steps.verify(c.desk, c.actor, Step({}, c.key)),
    Act.SET_POLICY: lambda c: policies.set_policy(c.desk, c.actor, policies.SetPolicy(c.key, {"tolerance": "2.00"})),
    Act.LOAD_CATALOGUE: lambda c: catalogue.load_release(
        c.desk, c.actor, catalogue.LoadRelease(c.key, demo_catalogue_folder())
    ),
    Act.MANAGE_STAFF: _change_person,
    Act.EDIT_ACCOUNTS: lambda c: accounts.add_customer(c.desk, c.actor, accounts.NewCustomer(c.key, "Rosa Villarreal")),
    Act.RECORD_TRAINING: _train,
    Act.REVIEW_DEFERRED: lambda c: deferred.review(c.desk, c.actor, deferred.Review(c.key, c.entry, ok=True)),
    Act.SEE_JOURNAL: lambda c: journal.journal(c.desk, c.actor, DAY, DAY),
    Act.SEE_EXCEPTIONS: lambda c: deferred.deferred(c.desk, c.actor),
}
"""How each act is tried at a drawer."""

BESIDE_THE_TABLE = frozenset(Act) - TRIALS.keys()
"""Acts whose states stand in the scenarios of their own."""


@dataclass(frozen=True)
class Column:
    """A column of the tables: a role, at its own drawer or without one."""

    head: str
    user: str
    drawer: int


COLUMNS = (
    Column("clerk, own drawer", "clerk1", 0),
    Column("clerk, another’s", "clerk5", 0),
    Column("cashier, own drawer", "cashier1", 1),
    Column("cashier, another’s", "cashier2", 1),
    Column("head cashier", "head1", 0),
    Column("supervisor", "supervisor1", 0),
    Column("accountant", "accountant1", 0),
    Column("auditor", "auditor1", 0),
    Column("administrator", "admin1", 0),
    Column("reviewer", "reviewer1", 0),
)
"""Who tries it."""


@lru_cache(maxsize=1)
def tables() -> dict[str, dict[Act, tuple[str, ...]]]:
    """Return for each state and act what came of it, by column: done, refused by role, or the code of the refusal."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'states.sqlite'}"
        setup.make_demo_office(url)
        desk = open_desk(url)
        try:
            drawers_of_day = _morning(desk)
            found = {}
            for state in STATES:
                _advance(desk, drawers_of_day, state)
                found[state] = _table(desk, drawers_of_day)
            return found
        finally:
            desk.close()


def _morning(desk: Desk) -> tuple[Drawer, Drawer]:
    admin = staff.person(desk, "admin1")
    for user, role in (("cashier2", Role.CASHIER), ("head1", Role.HEAD_CASHIER), ("reviewer1", Role.REVIEWER)):
        new = people_changes.AddPerson(f"add {user}", user, user, role.value, role, "a long secret")
        people_changes.add_person(desk, admin, new)
    trained = training_records.RecordTraining("train", "cashier2", DAY, 90)
    training_records.record_training(desk, staff.person(desk, "supervisor1"), trained)
    return _opened(desk, "HPC-1", "clerk1"), _opened(desk, "HPC-5", "cashier1")


def _opened(desk: Desk, name: str, user: str) -> Drawer:
    who = staff.person(desk, user)
    opened = drawers.open_drawer(desk, who, drawers.OpenDrawer(f"open {name}", name, {2000: 10})).value
    cash = sell.CompleteSale(f"{name} cash", None, (CartLine("ALM-RES"),), _CASH, demo_inputs=True)
    alarm = sell.complete_sale(desk, who, cash).value
    permit = CartLine("BLD-STRUCT", {"valuation": "150000"})
    check = sell.CompleteSale(f"{name} check", None, (permit,), _CHECK, demo_inputs=True)
    built = sell.complete_sale(desk, who, check).value
    batch = opened.batch.batch_id
    return Drawer(name, user, batch, alarm.number, built.number, alarm.total + built.total)


def _advance(desk: Desk, both: tuple[Drawer, Drawer], state: str) -> None:
    """Bring both drawers into a state, from the one before it."""
    supervisor = staff.person(desk, "supervisor2")
    for drawer in both:
        who, key = staff.person(desk, drawer.holder), f"{drawer.name} {state}"
        if state == "locked":
            drawers.suspend(desk, who, key)
        elif state == "counting":
            drawers.unsuspend(desk, who, f"{key} first")
            drawers.stop_selling(desk, who, key)
        elif state == "submitted":
            sheet = CountSheet({2000: 12, 1000: 1}, {"check": TapeCount(1, drawer.total - 5000)})
            drawers.count(desk, who, counting.CountDrawer(f"{key} first", sheet))
            drawers.submit_count(desk, who, key)
        elif state == "accepted":
            balancing.accept_batch(desk, supervisor, balancing.AcceptBatch(key, drawer.batch))
        elif state == "deposited":
            yes = staff.approval_by(desk, supervisor, Act.PREPARE_DEPOSIT, drawer.batch, drawer.total)
            command = deposits.PrepareDeposit(key, (drawer.batch,), f"bag {drawer.name}")
            deposits.prepare_deposit(desk, who, command, yes)
    if state == "day closed":
        balancing.close_day(desk, supervisor, balancing.CloseDay("close", DAY))


def _table(desk: Desk, both: tuple[Drawer, Drawer]) -> dict[Act, tuple[str, ...]]:
    people = {column.user: staff.person(desk, column.user) for column in COLUMNS}
    return {
        act: tuple(
            outcome(act, Case(DryDesk.of(desk), people[column.user], both[column.drawer], f"{both[0].name}/1"))
            for column in COLUMNS
        )
        for act in TRIALS
    }


def outcome(act: Act, case: Case) -> str:
    """Try a cell; say how it went."""
    who = case.actor
    try:
        TRIALS[act](case)
    except NotPermitted as refusal:
        return BY_ROLE if refusal.message.startswith(f"{who.name} ({who.title}) may not ") else refusal.code
    except Refusal as refusal:
        return refusal.code
    return DONE
