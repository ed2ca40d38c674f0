"""The key of who answers calls for help: comes to the only one who calls, else shows every call. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.ui.context import Choice, Context, Tone
from csr_desk.ui.waiting_calls import answer, end
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.help_calls import HelpCall

_MOST = 9


def start(context: Context, _about: tuple[str, ...]) -> None:
    """Answer the only open call; else choose by digit whom to come to, or which one is settled."""
    desk, actor = context.desk, context.actor

    def calls() -> tuple[HelpCall, ...]:
        from csr_desk.services import help_calls

        return help_calls.live_calls(desk, actor)

    def found(live: tuple[HelpCall, ...]) -> None:
        if not live:
            context.shell.banner(tr("Nobody calls for help."), Tone.INFO)
        elif len(live) == 1 and live[0].state == "open":
            answer(context, live[0])
        else:
            _ask(context, live[:_MOST])

    context.read(calls, found)


def _ask(context: Context, live: tuple[HelpCall, ...]) -> None:
    by = {one.number: one for one in live}
    choices = tuple(Choice(str(at), _words(context, one), one.number) for at, one in enumerate(live, 1))

    def take(number: str) -> None:
        one = by[number]
        if one.state == "open":
            answer(context, one)
        else:
            end(context, one)

    context.shell.ask_reason(tr("Calls for help"), choices, take)


def _words(context: Context, one: HelpCall) -> str:
    since = f"{context.desk.local(one.called_at):%H:%M}"
    who = " · ".join(part for part in (one.caller_name, one.station, since, one.customer_name) if part)
    if one.state == "open":
        return tr("Come to {0}").format(who)
    return tr("Settled: {0} ({1} came)").format(who, one.answered_name)
