"""The steps of the counter script about delinquency: rounds, the crew’s reports, more time, plans, letters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.domain.receivable.collection import Collected, CrewList, PlanOf, Round, StepTaken
from csr_desk.domain.receivable.instalments import Plan
from csr_desk.services import collecting, collection_letters, collection_lists, extensions, office_ageing, plans
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def collect(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Do a round of collection, or only say what it would do (``preview``)."""
    who = actor_of(actor)
    if step.flag("preview"):
        return _round(collecting.preview_round(desk, who))
    stop = read_whole(step.data["stop_after"], "stop_after") if step.data.get("stop_after") is not None else None
    told = None if stop is None else lambda done, _all: done < stop
    return _round(collecting.run_round(desk, who, collecting.RunRound(step.key), told).value)


def _round(done: Round) -> Result:
    return {
        "on": done.on.isoformat(),
        "counts": dict(done.counts),
        "fees": plain(done.fees),
        "left": done.left,
        "accounts": [
            {
                "account": line.account,
                "stage": line.move.value if line.move else None,
                "late": plain(line.late),
                "fee": plain(line.fee),
                "plan": line.plan_state.value if line.plan_state else None,
            }
            for line in done.lines
        ],
    }


def cut_off(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Record what the crew cut off."""
    command = collecting.ReportCutOff(step.key, tuple(str(name) for name in step.list("accounts")))
    return {"accounts": list(collecting.report_cut_off(desk, actor_of(actor), command).value)}


def restored(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Record that the service is on again."""
    command = collecting.ReportRestored(step.key, step.needed("account"))
    return {"account": collecting.report_restored(desk, actor_of(actor), command).value}


def order_restore(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Order the service back for a reason."""
    command = collecting.OrderRestore(step.key, step.needed("account"), step.text("reason"))
    return {"account": collecting.order_restore(desk, actor_of(actor), command).value}


def collection(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Say where an account stands."""
    return _collected(collecting.account_collection(desk, actor_of(actor), step.needed("account")))


def extension(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give an account more time."""
    command = extensions.GrantExtension(step.key, step.needed("account"), step.date("until"))
    return _collected(extensions.grant_extension(desk, actor_of(actor), command).value)


def _collected(found: Collected) -> Result:
    return {
        "account": found.account,
        "stage": found.stage.value if found.stage else None,
        "since": found.since.isoformat() if found.since else None,
        "owed": plain(found.owed),
        "late": plain(found.late),
        "to_settle": plain(found.to_settle),
        "next": found.next.value if found.next else None,
        "next_on": found.next_on.isoformat() if found.next_on else None,
        "extended_until": found.extended_until.isoformat() if found.extended_until else None,
        "extensions": found.extensions,
        "plan": _plan_of(found.plan) if found.plan else None,
        "steps": [_step(taken) for taken in found.steps],
    }


def _step(taken: StepTaken) -> Result:
    return {
        "step": taken.move.value,
        "on": taken.on.isoformat(),
        "late": plain(taken.late),
        "fee": plain(taken.fee),
        "bill": taken.bill or None,
        "receipt": taken.receipt or None,
        "because": taken.because or None,
        "reason": taken.reason or None,
    }


def plan(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Agree on a payment plan, or only compute it (``preview``)."""
    down = step.cents("down") if step.data.get("down") is not None else None
    parts = read_whole(step.data.get("parts", 1), "parts")
    command = plans.MakePlan(step.key, step.needed("account"), parts, down, step.date("first_due"))
    who = actor_of(actor)
    if step.flag("preview"):
        return _plan(plans.quote_plan(desk, who, command))
    return _plan_of(plans.make_plan(desk, who, command).value)


def end_plan(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """End a plan by agreement."""
    command = plans.CancelPlan(step.key, step.needed("plan"), step.text("reason"))
    return _plan_of(plans.cancel_plan(desk, actor_of(actor), command).value)


def _plan(agreed: Plan) -> dict[str, Any]:
    return {
        "total": plain(agreed.total),
        "down": plain(agreed.down),
        "parts": [{"due": part.due.isoformat(), "amount": plain(part.amount)} for part in agreed.parts],
    }


def _plan_of(made: PlanOf) -> dict[str, Any]:
    ahead = made.next_due()
    return {
        "plan": made.number,
        "account": made.account,
        "state": made.state.value,
        **_plan(made.plan),
        "paid": plain(made.paid),
        "left": plain(made.left),
        "next_due": ahead.due.isoformat() if ahead else None,
    }


def crew_list(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give what the crew works by: ``list`` is ``cut_off``, ``restore`` or ``off``."""
    lists: dict[str, Callable[[Desk, Actor], CrewList]] = {
        "restore": collection_lists.restore_list,
        "off": collection_lists.accounts_cut_off,
    }
    found = lists.get(step.text("list"), collection_lists.cut_off_list)(desk, actor_of(actor))
    rows = [{"account": row.account, "to_settle": plain(row.to_settle), "held": row.held or None} for row in found.rows]
    return {"title": found.title, "rows": rows}


def letters(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give the letters of a kind that are due today."""
    kind = collection_letters.kind_of(step.text("kind"))
    found = collection_letters.letters(desk, actor_of(actor), kind)
    return {
        "kind": kind.value,
        "letters": [
            {
                "account": letter.account,
                "total": plain(letter.total),
                "fee": plain(letter.fee),
                "act_on": letter.act_on.isoformat() if letter.act_on else None,
                "plan": letter.plan.number if letter.plan else None,
            }
            for letter in found
        ],
    }


def ageing(desk: Desk, actor: Actor | None, _step: Step) -> Result:
    """Say how old what is owed is."""
    found = office_ageing.office_ageing(desk, actor_of(actor))
    names = ("current", "over_30", "over_60", "over_90")
    return {
        "on": found.on.isoformat(),
        "total": plain(found.total.total),
        "bills": found.bills,
        **{name: plain(cents) for name, cents in zip(names, found.total.columns, strict=True)},
        "services": {service: [plain(cents) for cents in aged.columns] for service, aged in found.services},
        "stages": dict(found.stages),
    }


COLLECTION_STEPS: dict[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "collect": collect,
    "cut_off": cut_off,
    "restored": restored,
    "order_restore": order_restore,
    "collection": collection,
    "extension": extension,
    "plan": plan,
    "end_plan": end_plan,
    "crew_list": crew_list,
    "letters": letters,
    "ageing": ageing,
}
"""The steps of this module, by name."""
