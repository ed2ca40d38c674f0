"""Role × act × state, produced by running the services: each act by each role in each state of a drawer, then undone.

Two drawers go through the day together, one of a clerk and one of a cashier, so that each act is tried at one's own
drawer and by somebody of the same role who holds none.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path

from csr_desk.data.engine import Store
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.errors import NotPermitted, Refusal
from csr_desk.domain.people import Act, Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    balancing,
    counting,
    deposits,
    drawers,
    people_changes,
    receipt_books,
    sell,
    setup,
    staff,
    training_records,
)
from csr_desk.services.desk import Desk, open_desk
from services.state_trials import DAY, TRIALS, Case, Drawer

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
        return tables_of(f"sqlite:///{Path(folder) / 'states.sqlite'}")


def tables_of(url: str) -> dict[str, dict[Act, tuple[str, ...]]]:
    """Return the same for a database with nothing in it, on either engine."""
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
    for user in ("clerk1", "clerk5", "cashier1", "cashier2"):
        book = receipt_books.IssueBook(f"book {user}", f"P{user}", 1, 9, user)
        receipt_books.issue_book(desk, staff.person(desk, "supervisor1"), book)
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
