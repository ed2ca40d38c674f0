"""The trials of deposits, holds, unclaimed property and files of another system (see ``role_trials``)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.cart import CartLine
from csr_desk.domain.import_columns import ColumnMapping, ImportKind
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import dormant, guarantees, holds, import_mappings, imports, sell
from csr_desk.services.import_files import ImportFile
from csr_desk.services.lines import BillLine
from csr_desk.services.payables import Payee
from demo_city import City

if TYPE_CHECKING:
    from services.role_trials import World

HELD = "C-H"
"""A customer on hold, for the world that the trials find."""


def place_a_hold(city: City) -> None:
    """Take a customer in by a file, and put a hold on them."""
    who = city.who("accountant1")
    imports.load_file(city.desk, who, imports.LoadFile("held", ImportKind.CUSTOMERS, _file("C-H,On Hold\n")))
    holds.place_hold(city.desk, who, holds.PlaceHold("held by", "Registration expired", customer=HELD))


def _file(rows: str) -> ImportFile:
    content = f"Customer,Name\n{rows}".encode()
    return ImportFile("people.csv", content, hashlib.sha256(content).hexdigest())


def _command(world: World) -> imports.LoadFile:
    return imports.LoadFile(world.city.key(), ImportKind.CUSTOMERS, _file("C-77,Ana Lopez\n"))


def _mapping(world: World) -> object:
    mapping = ColumnMapping({"customer": "No", "name": "Who"})
    command = import_mappings.SaveMapping(world.city.key(), "People", ImportKind.CUSTOMERS, mapping)
    return import_mappings.save_mapping(world.city.desk, world.actor, command)


def _place(world: World) -> object:
    command = holds.PlaceHold(world.city.key(), "Owes a judgment", account="0002")
    return holds.place_hold(world.city.desk, world.actor, command)


def _lift(world: World) -> object:
    """Lift the hold that was just placed on the account."""
    found = holds.holds_of(world.city.desk, world.city.who("clerk1"), account="0002")
    number = found[0].hold_id if found else "H-0"
    return holds.lift_hold(world.city.desk, world.actor, holds.LiftHold(world.city.key(), number, "Paid"))


def _override(world: World) -> object:
    """Sell an alarm permit of 50.00 to the customer on hold."""
    command = sell.CompleteSale(
        world.city.key(), None, (CartLine("ALM-RES"),), (Tender(TenderKind.CASH),), demo_inputs=True, customer_id=HELD
    )
    yes = world.yes(Act.OVERRIDE_HOLD, command.key, 5000)
    return sell.complete_sale(world.city.desk, world.actor, command, yes)


def _deposit(world: World) -> str:
    """Let clerk1 take 30.00 for the account, for those who may settle it."""
    if not world.actor.may(Act.END_GUARANTEE):
        return "G-0"
    city = world.city
    lines, check = (BillLine("deposit", "0002", 3000),), (Tender(TenderKind.CHECK, number="77"),)
    sell.complete_sale(city.desk, city.who("clerk1"), sell.CompleteSale(city.key(), None, lines, check))
    found = guarantees.deposits_of(city.desk, city.who("clerk1"), "0002")
    return next(one.deposit_no for one in found if one.state == "held")


def _settle(world: World) -> object:
    command = guarantees.SettleDeposit(world.city.key(), _deposit(world))
    return guarantees.settle_deposit(world.city.desk, world.actor, command)


def _unclaimed(world: World) -> object:
    """Close the paid account, let three years and a month pass, hand its deposit over; the clock goes back."""
    city = world.city
    number = _deposit(world)
    if world.actor.may(Act.END_GUARANTEE):
        clerk = city.who("clerk1")
        paid = sell.CompleteSale(city.key(), None, (BillLine("account", "0002"),), (Tender(TenderKind.CASH),))
        sell.complete_sale(city.desk, clerk, paid)
        text = b"Account,Customer,Closed\n0002,C-B,2026-07-14\n"
        file = ImportFile("accounts.csv", text, hashlib.sha256(text).hexdigest())
        closed = imports.LoadFile(city.key(), ImportKind.ACCOUNTS, file, update=True)
        imports.load_file(city.desk, city.who("accountant1"), closed)
    command = guarantees.HandOverUnclaimed(city.key(), number, Payee("Comptroller", "Austin TX"))
    city.at("2029-08-14T08:00")
    try:
        yes = world.yes(Act.END_GUARANTEE, number, 3000)
        return guarantees.hand_over_unclaimed(city.desk, world.actor, command, yes)
    finally:
        city.at("2026-07-14T08:00")


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "imports.preview": (Act.LOAD_BILLS, lambda w: imports.preview(w.city.desk, w.actor, _command(w))),
    "imports.load_file": (Act.LOAD_BILLS, lambda w: imports.load_file(w.city.desk, w.actor, _command(w))),
    "import_mappings.save_mapping": (Act.LOAD_BILLS, _mapping),
    "import_mappings.saved_mappings": (
        Act.LOAD_BILLS,
        lambda w: import_mappings.saved_mappings(w.city.desk, w.actor),
    ),
    "holds.place_hold": (Act.PLACE_HOLD, _place),
    "holds.holds_of": (Act.SEE_CUSTOMERS, lambda w: holds.holds_of(w.city.desk, w.actor, account="0002")),
    "holds.lift_hold": (Act.PLACE_HOLD, _lift),
    "sell.complete_sale, on hold": (Act.OVERRIDE_HOLD, _override),
    "guarantees.deposits_of": (
        Act.SEE_CUSTOMERS,
        lambda w: guarantees.deposits_of(w.city.desk, w.actor, "0002"),
    ),
    "guarantees.settle_deposit": (Act.END_GUARANTEE, _settle),
    "guarantees.hand_over_unclaimed": (Act.END_GUARANTEE, _unclaimed),
    "dormant.dormant": (Act.SEE_REPORTS, lambda w: dormant.dormant(w.city.desk, w.actor, date(2030, 1, 1))),
}
"""By module and function: the act, and how it is tried."""
