"""One key that ends one's own call for help: it is settled, or was a mistake. Knows no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csr_desk.ui.context import Context, Tone
from csr_desk.ui.waiting_calls import end
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.help_calls import HelpCall


def start(context: Context, _about: tuple[str, ...]) -> None:
    """End the call."""
    desk, actor = context.desk, context.actor

    def mine() -> HelpCall | None:
        from csr_desk.services import help_calls

        return help_calls.my_call(desk, actor)

    def found(one: HelpCall | None) -> None:
        if one is None:
            context.shell.banner(tr("You called nobody."), Tone.INFO)
        else:
            end(context, one)

    context.read(mine, found)
