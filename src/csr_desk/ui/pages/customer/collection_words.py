"""The words of collection for the tongue in force: stages, steps, plans."""

from __future__ import annotations

from datetime import date

from csr_desk.domain.money import shown
from csr_desk.domain.receivable.collection import Collected, PlanOf, PlanState
from csr_desk.domain.receivable.stages import Move, Stage
from csr_desk.ui.context import Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.wording import tr


def stage_words(stage: Stage | None) -> tuple[str, Tone]:
    """Say where an account stands, and how that is meant."""
    return {
        None: (tr("Not in collection"), Tone.OK),
        Stage.REMINDER: (tr("Reminded"), Tone.INFO),
        Stage.NOTICE: (tr("Notice of cut-off"), Tone.WARN),
        Stage.LISTED: (tr("On the cut-off list"), Tone.WARN),
        Stage.CUT_OFF: (tr("Cut off"), Tone.BAD),
        Stage.RESTORING: (tr("Order to restore is out"), Tone.INFO),
    }[stage]


def move_words(move: Move) -> str:
    """Say what a step was."""
    return {
        Move.REMINDER: tr("Reminder"),
        Move.NOTICE: tr("Notice of cut-off"),
        Move.LISTED: tr("Put on the cut-off list"),
        Move.CUT_OFF: tr("Cut off"),
        Move.RESTORING: tr("Order to restore"),
        Move.RESTORED: tr("Service restored"),
        Move.STOPPED: tr("Stopped by a payment"),
    }[move]


def next_words(found: Collected, today: date) -> str:
    """Say what comes next by the policy, if nothing is paid."""
    if found.next is None or found.next_on is None:
        return tr("nothing by itself")
    words, _ = stage_words(found.next)
    if found.next_on <= today:
        return tr("{0}, with the next round").format(words)
    return tr("{0}, on {1}").format(words, us_date(found.next_on))


def settle_label(stage: Stage | None) -> str:
    """Say what the amount does that ends collection."""
    if stage in {Stage.CUT_OFF, Stage.RESTORING}:
        return tr("Restores the service")
    return tr("Stops the cut-off") if stage is Stage.LISTED else tr("Ends collection")


def plan_state_words(plan: PlanOf, today: date) -> tuple[str, Tone]:
    """Say how a plan stands."""
    if plan.state is PlanState.ACTIVE:
        if plan.made_on == today and plan.paid < plan.plan.down:
            return tr("Down payment due today"), Tone.INFO
        late = plan.behind(today)
        return (tr("{0} behind").format(shown(late)), Tone.WARN) if late else (tr("Kept so far"), Tone.OK)
    return {
        PlanState.KEPT: (tr("Paid whole"), Tone.OK),
        PlanState.BROKEN: (tr("Broken"), Tone.BAD),
        PlanState.CANCELLED: (tr("Ended by agreement"), Tone.INFO),
    }[plan.state]


def plan_words(plan: PlanOf) -> str:
    """Say a plan in a sentence."""
    parts = plan.plan.parts
    words = tr("Plan {0}: {1} today, then {2} in {3} instalments from {4}. Take the down payment now.")
    rest = shown(plan.plan.total - plan.plan.down)
    return words.format(plan.number, shown(plan.plan.down), rest, len(parts), us_date(parts[0].due))
