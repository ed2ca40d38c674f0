"""The trials of what takes back and gives back, beside those of a plain day (role_trials)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.domain.cart import CartLine, Waiver
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import payables, reapply, refunds, sell, ways_back

if TYPE_CHECKING:
    from services.role_trials import World


def _sale(world: World, line: CartLine, *tenders: Tender) -> sell.CompleteSale:
    paid = tenders or (Tender(TenderKind.CASH),)
    return sell.CompleteSale(world.city.key(), None, (line,), paid, demo_inputs=True)


def _work_out(world: World) -> object:
    """Work out what a refund would come to (nothing is recorded)."""
    number = permit_of(world, world.actor) if world.own_receipt else world.receipt
    return refunds.work_out(world.city.desk, world.actor, refunds.Refund("", number, ((1, None),), ""))


def permit_of(world: World, seller: Actor) -> str:
    """Sell a structural permit of 150,000 by check; return the number of the receipt."""
    line, check = CartLine("BLD-STRUCT", {"valuation": "150000"}), Tender(TenderKind.CHECK, number="9")
    return sell.complete_sale(world.city.desk, seller, _sale(world, line, check)).value.number


def _waive(world: World) -> object:
    line = CartLine("ALM-RES", waiver=Waiver("Council resolution 26-114", "Flood victims", 2000))
    command = _sale(world, line)
    return sell.complete_sale(world.city.desk, world.actor, command, world.yes(Act.WAIVE_FEE, command.key, 3000))


def _reapply(world: World) -> object:
    """Apply a sale of the person's own anew, to another permit of the same 50.00."""
    number = world.receipt
    if world.own_receipt:
        number = sell.complete_sale(world.city.desk, world.actor, _sale(world, CartLine("ALM-RES"))).value.number
    command = reapply.Reapply(world.city.key(), number, (CartLine("ALM-RES"),), "Wrong account", demo_inputs=True)
    return reapply.reapply(world.city.desk, world.actor, command, world.yes(Act.REAPPLY, number, 5000))


def _asked_of_payables(world: World) -> str:
    """Refund a permit of clerk1's by payables (650.17, as above), for those who may do something with it."""
    if not world.actor.may(Act.SEND_PAYABLES):
        return "P-HPC1-0000001"
    clerk = world.city.who("clerk1")
    number = permit_of(world, clerk)
    command = refunds.Refund(world.city.key(), number, ((1, None),), "Work not begun", "payables")
    yes = world.yes(Act.REFUND, number, 65017)
    return f"P-{refunds.refund(world.city.desk, clerk, command, yes).value.number}"


def _complete_payables(world: World) -> object:
    command = payables.CompletePayables(world.city.key(), _asked_of_payables(world), "Ana Lopez", "1 Pine St")
    return payables.complete_payables(world.city.desk, world.actor, command)


CORRECTION_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "refunds.work_out": (Act.REFUND, _work_out),
    "ways_back.ways_back": (Act.VOID, lambda w: ways_back.ways_back(w.city.desk, w.actor, w.receipt)),
    "sell.complete_sale, fee waived": (Act.WAIVE_FEE, _waive),
    "reapply.reapply": (Act.REAPPLY, _reapply),
    "payables.request_of": (Act.QUOTE, lambda w: payables.request_of(w.city.desk, w.actor, w.receipt)),
    "payables.open_requests": (Act.SEND_PAYABLES, lambda w: payables.open_requests(w.city.desk, w.actor)),
    "payables.complete_payables": (Act.SEND_PAYABLES, _complete_payables),
    "payables.send_payables": (
        Act.SEND_PAYABLES,
        lambda w: payables.send_payables(w.city.desk, w.actor, payables.SendPayables(w.city.key())),
    ),
}
"""As in role_trials, in the order in which they are tried there."""
