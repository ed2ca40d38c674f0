"""Every role × act cell, asserted at the services: what the table refuses is refused, what it allows gets further."""

from collections.abc import Callable
from datetime import date

import pytest

from csr_desk.domain.cart import CartLine
from csr_desk.domain.drawer import CountSheet
from csr_desk.domain.errors import NotPermitted, Refusal
from csr_desk.domain.people import PERMISSIONS, Act, Actor, Role
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import (
    accounts,
    balancing,
    catalogue,
    corrections,
    deposits,
    drawers,
    exports,
    ledger_csv,
    policies,
    refunds,
    reports,
    returned_items,
    sell,
    staff,
    tender_corrections,
)
from csr_desk.services.desk import Desk
from csr_desk.services.setup import demo_catalogue_folder
from demo_city import City

DAY = date(2026, 7, 14)
LINE = (CartLine("ALM-RES"),)

Doing = Callable[[Desk, Actor, str], object]


def approve(desk: Desk, actor: Actor, key: str) -> object:
    """Give somebody else's void the actor's approval, as the service checks it."""
    asker = Actor("somebody", "Somebody", "CSR", Role.CLERK)
    approval = staff.approval_by(desk, actor, Act.VOID, "HPC1-0000001", 5000)
    approval.check(asker, Act.VOID, "HPC1-0000001", 5000, desk.clock.now())
    return approval


def witness(desk: Desk, actor: Actor, key: str) -> object:
    """Witness somebody else's drop."""
    asker = Actor("somebody", "Somebody", "CSR", Role.CLERK)
    approval = staff.approval_by(desk, actor, Act.DROP, "batch", 5000)
    approval.check(asker, Act.DROP, "batch", 5000, desk.clock.now())
    return approval


DOING: dict[Act, Doing] = {
    Act.QUOTE: lambda desk, actor, _key: sell.quote(desk, actor, sell.Quote(LINE, demo_inputs=True)),
    Act.SELL: lambda desk, actor, key: sell.complete_sale(desk, actor, sell.CompleteSale(key, None, LINE, ())),
    Act.OPEN_DRAWER: lambda desk, actor, key: drawers.open_drawer(
        desk, actor, drawers.OpenDrawer(key, "HPC-4", {2000: 10})
    ),
    Act.DROP: lambda desk, actor, key: drawers.drop(desk, actor, drawers.DropCash(key, {2000: 1}, "1")),
    Act.COUNT: lambda desk, actor, key: drawers.count(desk, actor, drawers.CountDrawer(key, CountSheet({2000: 1}, {}))),
    Act.NO_SALE: lambda desk, actor, key: corrections.no_sale(desk, actor, corrections.NoSale(key, "change")),
    Act.REPRINT: lambda desk, actor, key: sell.reprint(desk, actor, sell.Reprint(key, "HPC1-0000001")),
    Act.VOID: lambda desk, actor, key: corrections.void(desk, actor, corrections.Void(key, "HPC1-0000001", "why")),
    Act.REFUND: lambda desk, actor, key: refunds.refund(
        desk, actor, refunds.Refund(key, "HPC1-0000001", ((1, None),), "why", "cash")
    ),
    Act.CORRECT_TENDER: lambda desk, actor, key: tender_corrections.correct_tender(
        desk,
        actor,
        tender_corrections.CorrectTender(key, "HPC1-0000001", TenderKind.CASH, Tender(TenderKind.CHECK), "why"),
    ),
    Act.RETURN_ITEM: lambda desk, actor, key: returned_items.returned_item(
        desk, actor, returned_items.ReturnItem(key, "HPC1-0000001", 1, "NSF")
    ),
    Act.APPROVE: approve,
    Act.WITNESS: witness,
    Act.ACCEPT_BATCH: lambda desk, actor, key: balancing.accept_batch(desk, actor, balancing.AcceptBatch(key, "none")),
    Act.REJECT_BATCH: lambda desk, actor, key: balancing.reject_batch(
        desk, actor, balancing.ReturnBatch(key, "none", "why")
    ),
    Act.REOPEN_BATCH: lambda desk, actor, key: balancing.reopen_batch(
        desk, actor, balancing.ReturnBatch(key, "none", "why")
    ),
    Act.SEE_EXPECTED: lambda desk, actor, _key: balancing.day_board(desk, actor, DAY),
    Act.PREPARE_DEPOSIT: lambda desk, actor, key: deposits.prepare_deposit(
        desk, actor, deposits.PrepareDeposit(key, ("none",), "1")
    ),
    Act.CONFIRM_DEPOSIT: lambda desk, actor, key: deposits.confirm_deposit(
        desk, actor, deposits.ConfirmDeposit(key, "none", DAY, 1)
    ),
    Act.CLOSE_DAY: lambda desk, actor, key: balancing.close_day(desk, actor, balancing.CloseDay(key, date(2020, 1, 1))),
    Act.SEE_REPORTS: lambda desk, actor, _key: reports.daily_revenue(desk, actor, DAY, DAY),
    Act.EXPORT_JOURNAL: lambda desk, actor, key: (
        ledger_csv.ledger_csv(desk, actor),
        exports.gl_journal(desk, actor, exports.ExportJournal(key, DAY)),
    ),
    Act.SET_POLICY: lambda desk, actor, key: policies.set_policy(
        desk, actor, policies.SetPolicy(key, {"tolerance": "1.00"})
    ),
    Act.LOAD_CATALOGUE: lambda desk, actor, key: catalogue.load_release(
        desk, actor, catalogue.LoadRelease(key, demo_catalogue_folder())
    ),
    Act.MANAGE_STAFF: lambda desk, actor, key: staff.add_person(
        desk, actor, staff.AddPerson(key, "newcomer", "New Comer", "CSR I", Role.CLERK, "a long secret")
    ),
    Act.EDIT_ACCOUNTS: lambda desk, actor, key: accounts.add_customer(
        desk, actor, accounts.NewCustomer(key, "Rosa Villarreal")
    ),
}
"""How each act is tried. The price override and the verification are tried by the scenario of who may what."""


def outcome(desk: Desk, actor: Actor, act: Act) -> str:
    """Try an act and return why it was refused, or nothing."""
    try:
        DOING[act](desk, actor, "the key")
    except Refusal as refusal:
        return refusal.message
    return ""


PEOPLE = {
    Role.CLERK: "clerk5",
    Role.CASHIER: "cashier1",
    Role.SUPERVISOR: "supervisor1",
    Role.ACCOUNTANT: "accountant1",
    Role.AUDITOR: "auditor1",
    Role.ADMINISTRATOR: "admin1",
}


def person(city: City, role: Role) -> Actor:
    """Return somebody of a role; the demo city has no head cashier of its own."""
    if role in PEOPLE:
        return city.who(PEOPLE[role])
    return Actor("supervisor2", "Angela Ruiz", "Head cashier", role)


@pytest.mark.parametrize("act", list(DOING), ids=str)
@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_role_does_what_the_table_allows_and_nothing_else(sqlite_city: City, role: Role, act: Act) -> None:
    sqlite_city.open("clerk1")
    sqlite_city.sell()
    actor = person(sqlite_city, role)
    if act in PERMISSIONS[role]:
        assert f"may not {act.value.replace('_', ' ')}" not in outcome(sqlite_city.desk, actor, act)
        return
    with pytest.raises(NotPermitted):
        DOING[act](sqlite_city.desk, actor, "the key")


def test_every_act_of_the_table_is_tried() -> None:
    tried_elsewhere = {Act.OVERRIDE_PRICE, Act.VERIFY_LEDGER}
    assert set(Act) == set(DOING) | tried_elsewhere


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_no_role_holds_two_of_the_duties_that_are_kept_apart(role: Role) -> None:
    held = PERMISSIONS[role]
    duties = [
        bool(held & {Act.SELL, Act.OPEN_DRAWER}),
        bool(held & {Act.APPROVE, Act.ACCEPT_BATCH, Act.CLOSE_DAY}),
        bool(held & {Act.CONFIRM_DEPOSIT, Act.EXPORT_JOURNAL}),
        bool(held & {Act.SET_POLICY, Act.MANAGE_STAFF, Act.LOAD_CATALOGUE}),
    ]
    assert sum(duties) <= 1
