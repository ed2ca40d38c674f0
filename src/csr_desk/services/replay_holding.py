"""The steps of the counter script for holds, for deposits of customers and for what nobody claims."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.errors import BadInput
from csr_desk.domain.holds import Hold, Stops
from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.domain.receivable.guarantee import Guarantee
from csr_desk.services import dormant, guarantees, holds
from csr_desk.services.desk import Desk
from csr_desk.services.guarantees import Ended
from csr_desk.services.payables import Payee
from csr_desk.services.replay_results import of_postings
from csr_desk.services.replay_step import Step, actor_of, approved

Result = Mapping[str, Any]


def place_hold(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Place a hold."""
    try:
        stops = Stops(step.text("stops") or Stops.NEW.value)
    except ValueError:
        raise BadInput("A hold stops what is “new”, “all”, or a “release”.", field="stops") from None
    permitted = {name: step.text(name) for name in ("project", "permit", "contractor", "site")}
    command = holds.PlaceHold(
        step.key, step.text("words"), step.text("customer"), step.text("account"), stops, step.date("expires_on"),
        **permitted,
    )  # fmt: skip
    return _of_hold(holds.place_hold(desk, actor_of(actor), command).value)


def lift_hold(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Lift a hold."""
    command = holds.LiftHold(step.key, step.needed("hold"), step.text("reason"))
    return _of_hold(holds.lift_hold(desk, actor_of(actor), command).value)


def list_holds(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List the holds in force."""
    who = actor_of(actor)
    found = holds.holds_of(desk, who, customer=step.text("customer"), account=step.text("account"))
    return {"holds": [_of_hold(hold) for hold in found]}


def deposits(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List the deposits of an account."""
    found = guarantees.deposits_of(desk, actor_of(actor), step.needed("account"))
    return {"deposits": [_of_deposit(one) for one in found]}


def settle_deposit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """End a deposit: pay what is owed, have the rest given back."""
    who = actor_of(actor)
    command = guarantees.SettleDeposit(step.key, step.needed("deposit"), step.flag("closes"), _payee(step))
    done = approved(desk, step, "approved_by", lambda yes: guarantees.settle_deposit(desk, who, command, yes))
    return _of_ended(done.value)


def hand_over_unclaimed(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Hand a deposit to the state that nobody claimed."""
    who = actor_of(actor)
    command = guarantees.HandOverUnclaimed(step.key, step.needed("deposit"), _payee(step))
    done = approved(desk, step, "approved_by", lambda yes: guarantees.hand_over_unclaimed(desk, who, command, yes))
    return _of_ended(done.value)


def list_dormant(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """List what is unclaimed."""
    listed = dormant.dormant(desk, actor_of(actor), step.date("on"))
    rows = [
        {
            "kind": one.kind, "number": one.number, "account": one.account, "name": one.name,
            "amount": plain(one.amount), "last_heard": one.last_heard.isoformat(), "since": one.since.isoformat(),
        }
        for one in listed
    ]  # fmt: skip
    return {"dormant": rows, "total": plain(sum(one.amount for one in listed))}


def _payee(step: Step) -> Payee:
    return Payee(step.text("payee"), step.text("address"), step.text("payee_reason"))


def _of_hold(hold: Hold) -> dict[str, Any]:
    return {
        "hold": hold.hold_id,
        "subject": hold.subject,
        "stops": hold.stops.value,
        "words": hold.words,
        "expires_on": hold.expires_on.isoformat() if hold.expires_on else None,
        "lifted": hold.lifted is not None,
    }


def _of_deposit(one: Guarantee) -> dict[str, Any]:
    return {"deposit": one.deposit_no, "account": one.account, "state": one.state.value, "amount": plain(one.amount)}


def _of_ended(ended: Ended) -> dict[str, Any]:
    return {
        "deposit": ended.deposit,
        "account": ended.account,
        "state": ended.state.value,
        "amount": plain(ended.amount),
        "applied": plain(ended.applied),
        "given_back": plain(ended.given_back),
        "request": ended.request or None,
        "postings": of_postings(ended.postings),
    }


STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "place_hold": place_hold,
    "lift_hold": lift_hold,
    "holds": list_holds,
    "deposits": deposits,
    "settle_deposit": settle_deposit,
    "hand_over_unclaimed": hand_over_unclaimed,
    "dormant": list_dormant,
}
"""The steps of this module, by name."""
