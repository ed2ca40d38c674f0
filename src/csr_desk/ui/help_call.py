"""One key that calls the supervisor; the same key at the supervisor's screen answers. Nothing is asked. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

from csr_desk.ui.context import Context, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.help_calls import HelpCall


def customer_in(about: tuple[str, ...]) -> str:
    """Return the customer that the page in front looks at, if any."""
    return next((one.partition(":")[2] for one in about if one.startswith("customer:")), "")


def start(context: Context, about: tuple[str, ...]) -> None:
    """Call the supervisor; pressed again it says how the call stands, and calls nobody twice."""
    from csr_desk.services import help_calls

    desk, actor, command = context.desk, context.actor, help_calls.CallHelp(uuid4().hex, customer_in(about))

    def called(done: HelpCall) -> None:
        if done.state == "answered":
            context.shell.banner(tr("{0} is coming.").format(done.answered_name), Tone.OK)
            return
        since = f"{desk.local(done.called_at):%H:%M}"
        words = tr("The supervisor was called at {0}. The answer comes here; by mistake: Ctrl Shift F1.")
        context.shell.banner(words.format(since), Tone.INFO)

    context.act(lambda: help_calls.call_help(desk, actor, command), called)
