"""The trials of preparing, deciding and taking back an adjustment (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.domain.people import Act, Actor
from csr_desk.services import accounts, adjustment_decisions, adjustment_records, adjustments
from csr_desk.services.adjustment_cases import Wanted
from csr_desk.services.documents_kept import NewDocument

if TYPE_CHECKING:
    from services.role_trials import World

PROOF = NewDocument("letter.txt", b"The meter was read again")


def _wanted(world: World) -> Wanted:
    """Bill an account of its own; 5.00 of 64.37 were misread."""
    city, key = world.city, world.city.key()
    clerk = city.who("clerk1")
    accounts.add_customer(city.desk, clerk, accounts.NewCustomer(f"c{key}", "Rosa Villarreal", number=f"C{key}"))
    accounts.add_account(city.desk, clerk, accounts.NewAccount(f"a{key}", f"A{key}", f"C{key}", "water"))
    accounts.add_bill(
        city.desk, clerk, accounts.NewBill(f"b{key}", f"A{key}", (accounts.BillItem(None, "Water", 6437),))
    )
    return Wanted(f"A{key}", "COR", amount=500, evidence=(("finding", "Meter misread"),))


def _asked(world: World, *, by: Actor | None = None) -> str:
    """Ask as clerk1, or as the person who tries where they may; nobody else's right is looked at here."""
    who = by if by is not None and by.may(Act.REQUEST_ADJUSTMENT) else world.city.who("clerk1")
    command = adjustments.RequestAdjustment(world.city.key(), _wanted(world), documents=(PROOF,))
    return adjustments.request(world.city.desk, who, command).value.number


def _for(world: World, act: Act, number: Callable[[], str]) -> str:
    """Prepare only for who may: whoever may not is refused before anything is looked at, and nothing is written."""
    return number() if world.actor.may(act) else "ADJ-000"


def _decide(world: World) -> object:
    number = _for(world, Act.DECIDE_ADJUSTMENT, lambda: _asked(world))
    command = adjustment_decisions.DecideAdjustment(world.city.key(), number, yes=True)
    return adjustment_decisions.decide(world.city.desk, world.actor, command)


def _approved(world: World) -> str:
    number = _asked(world)
    command = adjustment_decisions.DecideAdjustment(world.city.key(), number, yes=True)
    return adjustment_decisions.decide(world.city.desk, world.city.who("supervisor2"), command).value.number


def _reverse(world: World) -> object:
    number = _for(world, Act.REVERSE_ADJUSTMENT, lambda: _approved(world))
    command = adjustment_decisions.ReverseAdjustment(world.city.key(), number, "The meter was right")
    return adjustment_decisions.reverse(world.city.desk, world.actor, command)


def _try_out(world: World) -> object:
    wanted = _wanted(world) if world.actor.may(Act.REQUEST_ADJUSTMENT) else Wanted("none", "COR")
    return adjustments.try_out(world.city.desk, world.actor, wanted)


def _request(world: World) -> object:
    wanted = _wanted(world) if world.actor.may(Act.REQUEST_ADJUSTMENT) else Wanted("none", "COR")
    command = adjustments.RequestAdjustment(world.city.key(), wanted)
    return adjustments.request(world.city.desk, world.actor, command)


def _attach(world: World) -> object:
    number = _for(world, Act.REQUEST_ADJUSTMENT, lambda: _asked(world))
    more = NewDocument("more.txt", b"More")
    command = adjustments.AttachDocuments(world.city.key(), number, (more,))
    return adjustments.attach(world.city.desk, world.actor, command)


def _withdraw(world: World) -> object:
    number = _for(world, Act.REQUEST_ADJUSTMENT, lambda: _asked(world, by=world.actor))
    command = adjustments.WithdrawAdjustment(world.city.key(), number)
    return adjustments.withdraw(world.city.desk, world.actor, command)


def _list(world: World) -> object:
    account = _wanted(world).account if world.actor.may(Act.SEE_CUSTOMERS) else "none"
    return adjustment_records.adjustments_of(world.city.desk, world.actor, account)


def _one(world: World) -> object:
    number = _for(world, Act.SEE_CUSTOMERS, lambda: _asked(world))
    return adjustment_records.one_adjustment(world.city.desk, world.actor, number)


def _document(world: World) -> object:
    def kept() -> str:
        clerk = world.city.who("clerk1")
        return adjustment_records.one_adjustment(world.city.desk, clerk, _asked(world)).documents[0].number

    return adjustment_records.document(world.city.desk, world.actor, _for(world, Act.SEE_CUSTOMERS, kept))


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "adjustments.try_out": (Act.REQUEST_ADJUSTMENT, _try_out),
    "adjustments.request": (Act.REQUEST_ADJUSTMENT, _request),
    "adjustments.attach": (Act.REQUEST_ADJUSTMENT, _attach),
    "adjustments.withdraw": (Act.REQUEST_ADJUSTMENT, _withdraw),
    "adjustment_records.adjustments_of": (Act.SEE_CUSTOMERS, _list),
    "adjustment_records.one_adjustment": (Act.SEE_CUSTOMERS, _one),
    "adjustment_records.document": (Act.SEE_CUSTOMERS, _document),
    "adjustment_records.waiting": (
        Act.DECIDE_ADJUSTMENT,
        lambda w: adjustment_records.waiting(w.city.desk, w.actor),
    ),
    "adjustment_decisions.decide": (Act.DECIDE_ADJUSTMENT, _decide),
    "adjustment_decisions.reverse": (Act.REVERSE_ADJUSTMENT, _reverse),
}
"""By module and function: the act, and how it is tried."""
