"""A live office and a clerk who works in it, for the proofs: everything goes through the program's own services."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from csr_desk.domain.cart import CartLine
from csr_desk.domain.changes import Done
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import balancing, corrections, deposits, drawers, exports, sell, setup, staff
from csr_desk.services.catalogue_files import load_folder
from csr_desk.services.clock import Clock, TrainingClock
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.people_changes import staff_row

FLOAT = {2000: 10}
"""200.00 as ten twenties: the authorized float."""
PRICE = 5_000
"""A residential alarm permit, in cents."""
ITEM = "ALM-RES"
MORNING = datetime(2026, 7, 14, 12, 30, tzinfo=UTC)
"""07:30 on Tuesday 14 July 2026 in Houston."""

ADMIN = Actor("admin1", "Chidi Nwosu", "System administrator", Role.ADMINISTRATOR)
SUPERVISOR = Actor("supervisor1", "Robert Hayes", "Counter supervisor", Role.SUPERVISOR)
ACCOUNTANT = Actor("accountant1", "Samuel Park", "Revenue accountant", Role.ACCOUNTANT)
CASHIER = Actor("cashier1", "Denise Carter", "Cashier", Role.CASHIER)


def clerk(number: int) -> Actor:
    """Return the clerk of a drawer (1, 2, …)."""
    return Actor(f"clerk{number}", f"Clerk {number}", "CSR I", Role.CLERK)


def drawer(number: int) -> str:
    """Return the name of a drawer (1, 2, …)."""
    return f"HPC-{number}"


def make_office(url: str, key_folder: Path, counters: int = 1) -> None:
    """Set up a live office with real money (no training mark) and its staff; nobody needs a secret here."""
    new = setup.NewOffice(
        office_id="HPC",
        name="Permit and Revenue Office",
        address=("1002 Washington Avenue", "Houston, TX 77002"),
        phone="713-555-0100",
        time_zone="America/Chicago",
        training=False,
        drawers=tuple(drawer(number) for number in range(1, counters + 1)),
    )
    everybody = (ADMIN, SUPERVISOR, ACCOUNTANT, CASHIER, *(clerk(number) for number in range(1, counters + 1)))
    trained = {"trained_on": "2020-01-01", "trained_until": "2099-12-31", "training_score": 100}
    rows = [{**staff_row(who, "-"), **(trained if who.may(Act.OPEN_DRAWER) else {})} for who in everybody]
    catalogue = load_folder(setup.demo_catalogue_folder())
    setup.set_up(url, new, rows, catalogue, (ADMIN.user, TrainingClock(MORNING), key_folder))


def new_key() -> str:
    """Return a fresh idempotency key, as a page makes one when it opens a cart."""
    return str(uuid.uuid4())


@dataclass
class Counter:
    """An open desk and the clerk of one drawer."""

    desk: Desk
    number: int = 1
    batch: str = ""
    receipts: list[str] = field(default_factory=list)
    cash: int = 20_000
    """What lies in the drawer, in cents; the float from the start."""
    taken: int = 0
    """What was taken and not given back, in cents."""

    @property
    def day(self) -> date:
        """The business day: the date on the office's calendar."""
        return self.desk.today()

    @property
    def clerk(self) -> Actor:
        """Who works here."""
        return clerk(self.number)

    def open(self, key: str = "") -> Done[Any]:
        """Open the drawer."""
        done = drawers.open_drawer(
            self.desk, self.clerk, drawers.OpenDrawer(key or new_key(), drawer(self.number), FLOAT)
        )
        self.batch = done.value.batch.batch_id
        return done

    def sell(self, key: str = "", *tenders: Tender) -> Done[Any]:
        """Sell one permit, for cash unless tenders are given."""
        command = sell.CompleteSale(
            key or new_key(), None, (CartLine(ITEM),), tenders or (Tender(TenderKind.CASH),), demo_inputs=True
        )
        done = sell.complete_sale(self.desk, self.clerk, command)
        self.receipts.append(done.value.number)
        self._moved(PRICE, replayed=done.replayed)
        return done

    def void(self, receipt: str, key: str = "") -> Done[Any]:
        """Void a receipt of this batch, the supervisor beside."""
        yes = staff.approval_by(self.desk, SUPERVISOR, Act.VOID, receipt, PRICE)
        command = corrections.Void(key or new_key(), receipt, "Keyed twice")
        done = corrections.void(self.desk, self.clerk, command, yes)
        self._moved(-PRICE, replayed=done.replayed)
        return done

    def _moved(self, cents: int, *, replayed: bool) -> None:
        if not replayed:
            self.cash += cents
            self.taken += cents

    def drop(self, key: str = "", bag: str = "") -> Done[Any]:
        """Carry 20.00 to the safe before a witness."""
        yes = staff.approval_by(self.desk, SUPERVISOR, Act.DROP, self.batch, 2_000)
        command = drawers.DropCash(key or new_key(), {2_000: 1}, bag or new_key()[:8])
        done = drawers.drop(self.desk, self.clerk, command, yes)
        self.cash -= 2_000
        return done

    def count(self, key: str = "") -> Done[Any]:
        """Stop selling and count the drawer blind, right to the cent."""
        drawers.stop_selling(self.desk, self.clerk, new_key())
        sheet = CountSheet({100: self.cash // 100}, {})
        return drawers.count(self.desk, self.clerk, drawers.CountDrawer(key or new_key(), sheet))

    def hand_in(self, key: str = "") -> Done[Any]:
        """Hand the count in."""
        return drawers.submit_count(self.desk, self.clerk, key or new_key())

    def accept(self, key: str = "") -> Done[Any]:
        """Accept the batch (the supervisor)."""
        return balancing.accept_batch(self.desk, SUPERVISOR, balancing.AcceptBatch(key or new_key(), self.batch))

    def bag(self, key: str = "", bag: str = "") -> Done[Any]:
        """Pack the deposit, the supervisor beside; without drops or checks it is the cash above the float."""
        yes = staff.approval_by(self.desk, SUPERVISOR, Act.PREPARE_DEPOSIT, self.batch, self.taken)
        command = deposits.PrepareDeposit(key or new_key(), (self.batch,), bag or new_key()[:8])
        return deposits.prepare_deposit(self.desk, self.clerk, command, yes)

    def close_day(self, key: str = "") -> Done[Any]:
        """Close the business day (the supervisor)."""
        return balancing.close_day(self.desk, SUPERVISOR, balancing.CloseDay(key or new_key(), self.day))

    def export(self, key: str = "") -> Done[Any]:
        """Export the closed day's journal (the accountant)."""
        return exports.gl_journal(self.desk, ACCOUNTANT, exports.ExportJournal(key or new_key(), self.day))

    def acts(self, sales: int = 4) -> Iterator[tuple[str, str, Callable[[], Done[Any]]]]:
        """Yield a whole day, act by act: its name, its key, and the call that does it."""
        key = new_key()
        yield "open", key, partial(self.open, key)
        for number in range(sales):
            key = new_key()
            yield "sale", key, partial(self.sell, key)
            if number % 4 == 1:
                key = new_key()
                yield "void", key, partial(self.void, self.receipts[-1], key)
            if number % 8 == 2:
                key = new_key()
                yield "drop", key, partial(self.drop, key)
        for name, act in (
            ("count", self.count),
            ("hand in", self.hand_in),
            ("accept", self.accept),
            ("deposit", self.bag),
            ("close", self.close_day),
            ("export", self.export),
        ):
            key = new_key()
            yield name, key, partial(act, key)


def open_counter(url: str, key_folder: Path, number: int = 1, clock: Clock | None = None) -> Counter:
    """Open the office at one of its counters."""
    return Counter(open_desk(url, clock=clock or TrainingClock(MORNING, running=True), key_folder=key_folder), number)
