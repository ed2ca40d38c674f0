"""The steps of the counter script for the queue, contacts without money and calls for help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.help_calls import HelpCall
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.visits import Visit
from csr_desk.services import help_calls, visits
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def give_ticket(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give somebody who came a number."""
    command = visits.GiveTicket(
        step.key, step.needed("reason"), step.flag("priority"), step.text("language"), step.text("customer_id")
    )
    return of_visit(visits.give_ticket(desk, actor_of(actor), command).value)


def call_next(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Call whoever is next, or the one that is named."""
    command = visits.CallNext(step.key, step.text("counter"), step.text("visit"))
    return of_visit(visits.call_next(desk, actor_of(actor), command).value)


def move_visit(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Serve, finish, put back or take off."""
    command = visits.MoveVisit(
        step.key, step.needed("visit"), step.needed("step"), step.text("customer_id"), step.text("memo")
    )
    return of_visit(visits.move_visit(desk, actor_of(actor), command).value)


def log_contact(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Write a contact without money down."""
    command = visits.LogContact(
        step.key, step.needed("reason"), read_whole(step.data.get("minutes"), "minutes"), step.text("customer_id"),
        step.text("memo"), step.text("visit"),
    )  # fmt: skip
    return of_visit(visits.log_contact(desk, actor_of(actor), command).value)


def queue(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """Give who waits, is called and served, and what the wall shows."""
    found = visits.queue(desk, actor_of(actor))
    rows = {name: [one.ticket for one in getattr(found, name)] for name in ("waiting", "called", "serving")}
    return {**rows, "wall": [list(one) for one in visits.wall(desk, actor_of(actor)).calls]}


def ticket_slip(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give what somebody who waits takes along."""
    slip = visits.ticket_slip(desk, actor_of(actor), step.needed("visit"))
    return {"ticket": slip.ticket, "reason": slip.reason, "ahead": slip.ahead}


def volume(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Count visits of a period; seconds are whole."""
    first, last = step.date("from") or desk.today(), step.date("to") or desk.today()
    found = visits.volume(desk, actor_of(actor), first, last, step.text("key") or "hour")
    return {
        "rows": [
            {
                "key": one.key, "came": one.came, "served": one.served, "left": one.left,
                "waited": one.waited_seconds, "half": one.half_waited, "most": one.most_waited,
                "served_for": one.served_seconds,
            }
            for one in found
        ]
    }  # fmt: skip


def of_visit(one: Visit) -> Result:
    """Give a visit as the script reads it."""
    return {
        "visit": one.number, "kind": one.kind, "ticket": one.ticket or None, "state": one.state, "reason": one.reason,
        "counter": one.counter or None, "minutes": one.minutes,
    }  # fmt: skip


def call_help(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Call the supervisor."""
    command = help_calls.CallHelp(step.key, step.text("customer_id"), step.text("words"))
    return of_call(help_calls.call_help(desk, actor_of(actor), command).value)


def answer_call(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say that one comes."""
    command = help_calls.AnswerCall(step.key, step.needed("call"))
    return of_call(help_calls.answer_call(desk, actor_of(actor), command).value)


def end_call(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """End a call: one's own, or anybody's for who answers calls."""
    who, command = actor_of(actor), help_calls.EndCall(step.key, step.needed("call"))
    ending = help_calls.end_call if who.may(Act.ANSWER_CALL) else help_calls.settle_call
    return of_call(ending(desk, who, command).value)


def live_calls(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """Give every call that did not end; to a clerk their own."""
    who = actor_of(actor)
    if who.may(Act.CALL_SUPERVISOR):
        mine = help_calls.my_call(desk, who)
        return {"calls": [of_call(mine)] if mine is not None else []}
    return {"calls": [of_call(one) for one in help_calls.live_calls(desk, who)]}


def of_call(one: HelpCall) -> Result:
    """Give a call as the script reads it."""
    return {
        "call": one.number, "state": one.state, "station": one.station, "by_whom": one.called_by,
        "comes": one.answered_by or None, "customer": one.customer_id or None,
    }  # fmt: skip


STEPS: Mapping[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "give_ticket": give_ticket,
    "call_next": call_next,
    "move_visit": move_visit,
    "log_contact": log_contact,
    "queue": queue,
    "ticket_slip": ticket_slip,
    "visit_volume": volume,
    "call_help": call_help,
    "answer_call": answer_call,
    "end_call": end_call,
    "help_calls": live_calls,
}
"""The steps of this module, by their names in a script."""
