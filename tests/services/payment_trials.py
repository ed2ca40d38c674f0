"""The trials of payments on account: looked up, put elsewhere by hand, used from a credit (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import account_credit, accounts, owing, sell
from csr_desk.services.lines import BillLine, PutOn

if TYPE_CHECKING:
    from demo_city import City
    from services.role_trials import World

ACCOUNT, BILL = "0099-1", "W-99"


def bill_an_account(city: City) -> None:
    """Bill an account of the world that the trials find."""
    clerk = city.who("clerk1")
    accounts.add_customer(city.desk, clerk, accounts.NewCustomer("payer", "Hiep Nguyen", number="C-99"))
    accounts.add_account(city.desk, clerk, accounts.NewAccount("paid", ACCOUNT, "C-99", "water"))
    accounts.add_bill(
        city.desk, clerk, accounts.NewBill("bill", ACCOUNT, (accounts.BillItem(None, "Water", 9000),), None, BILL)
    )


def _pay(world: World, line: BillLine) -> object:
    cash = (Tender(TenderKind.CASH),)
    return sell.complete_sale(world.city.desk, world.actor, sell.CompleteSale(world.city.key(), None, (line,), cash))


def _by_hand(world: World) -> object:
    return _pay(world, BillLine("account", ACCOUNT, 500, parts=(PutOn(BILL, 500),), reason="Asked for"))


def _use(world: World) -> object:
    """Use 1.00 of 5.00 that were paid ahead on an account of its own, whose bill came later."""
    if world.actor.may(Act.USE_CREDIT):
        _ahead(world)
    return account_credit.use_credit(world.city.desk, world.actor, account_credit.UseCredit("use", "0098", 100))


def _ahead(world: World) -> None:
    accounts.add_account(world.city.desk, world.actor, accounts.NewAccount("ahead", "0098", "C-99"))
    _pay(world, BillLine("account", "0098", 500))
    item = accounts.BillItem(None, "Water", 300)
    accounts.add_bill(world.city.desk, world.actor, accounts.NewBill("later", "0098", (item,), None, "W-98"))


def _undo(world: World) -> object:
    with world.city.desk.read() as work:
        used = work.find_by_key("use")
    entry = f"{used.key.series}/{used.key.seq}" if used else "HPC/1"
    command = account_credit.UndoCredit(world.city.key(), entry, "Wrong bill")
    return account_credit.undo_credit(world.city.desk, world.actor, command)


PAYMENT_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "owing.look_up": (Act.SEE_CUSTOMERS, lambda w: owing.look_up(w.city.desk, w.actor, ACCOUNT)),
    "owing.owing": (Act.SEE_CUSTOMERS, lambda w: owing.owing(w.city.desk, w.actor, BillLine("account", ACCOUNT))),
    "owing.open_debts": (Act.SEE_CUSTOMERS, lambda w: owing.open_debts(w.city.desk, w.actor, ACCOUNT)),
    "owing.payments_made": (Act.SEE_CUSTOMERS, lambda w: owing.payments_made(w.city.desk, w.actor, ACCOUNT)),
    "owing.credit_standing": (Act.SEE_CUSTOMERS, lambda w: owing.credit_standing(w.city.desk, w.actor, ACCOUNT)),
    "sell.complete_sale, by hand": (Act.REORDER_PAYMENT, _by_hand),
    "account_credit.use_credit": (Act.USE_CREDIT, _use),
    "account_credit.undo_credit": (Act.USE_CREDIT, _undo),
    "account_credit.free_overpaid": (
        Act.USE_CREDIT,
        lambda w: account_credit.free_overpaid(w.city.desk, w.actor, account_credit.FreeOverpaid(w.city.key(), "W-99")),
    ),
    "account_credit.unapplied": (Act.SEE_CUSTOMERS, lambda w: account_credit.unapplied(w.city.desk, w.actor)),
}
