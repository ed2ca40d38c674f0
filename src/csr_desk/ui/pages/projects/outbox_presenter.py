"""The outbox as people see it: what waits, what hangs, and what they decide about a message. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.ui.context import Choice, Context
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.outbox_keeping import Mail, Outbox, Wish


@dataclass(frozen=True, slots=True)
class OutboxPicture:
    """All that the panel shows."""

    messages: tuple[Mail, ...] = ()
    waiting: int = 0
    hanging: int = 0
    why_not: str = ""
    everything: bool = False
    """What is done is shown too."""

    @property
    def head(self) -> str:
        """How much waits and hangs, in a few words."""
        if not self.waiting:
            return tr("nothing waits")
        words = tr("1 waits") if self.waiting == 1 else tr("{0} wait").format(self.waiting)
        if not self.hanging:
            return words
        hangs = tr("1 needs you") if self.hanging == 1 else tr("{0} need you").format(self.hanging)
        return tr("{0}, {1}").format(words, hangs)


class OutboxView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: OutboxPicture) -> None:
        """Show it."""


class OutboxPresenter:
    """The messages of the office."""

    def __init__(self, context: Context, view: OutboxView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = OutboxPicture()
        self.everything = False

    def load(self) -> None:
        """Read the outbox."""
        desk, actor, everything = self.context.desk, self.context.actor, self.everything

        def read() -> Outbox:
            from csr_desk.services import outbox_keeping

            return outbox_keeping.messages(desk, actor, open_only=not everything)

        def show(found: Outbox) -> None:
            self.picture = OutboxPicture(found.messages, found.waiting, found.hanging, found.why_not, everything)
            self.view.show_picture(self.picture)

        self.context.read(read, show)

    def show_everything(self) -> None:
        """Show what is done too, or leave it out again."""
        self.everything = not self.everything
        self.load()

    def settle(self, at: int, wish: str) -> None:
        """Decide about the message of a row: ``again``, ``arrived`` or ``give_up``; a reason where one is needed."""
        from csr_desk.services.outbox_keeping import Wish

        if not 0 <= at < len(self.picture.messages):
            return
        mail, wanted = self.picture.messages[at], Wish(wish)
        if wanted not in mail.wishes:
            return
        if wanted is Wish.AGAIN and mail.record.state != "sending":
            self._settle(mail, wanted, "")
            return
        choices = [Choice(str(n), text, text) for n, text in enumerate(_reasons(wanted), 1)]
        title = tr("How do you know? It may have gone out already.")
        if wanted is Wish.GIVE_UP:
            title = tr("Why is it given up?")
        self.context.shell.ask_reason(title, choices, lambda reason: self._settle(mail, wanted, reason), free_text=True)

    def _settle(self, mail: Mail, wish: Wish, reason: str) -> None:
        from csr_desk.services import outbox_keeping

        desk, actor = self.context.desk, self.context.actor
        command = outbox_keeping.SettleMessage(uuid4().hex, mail.number, wish, reason)
        self.context.act(lambda: outbox_keeping.settle_message(desk, actor, command), lambda _done: self.load())


def _reasons(wish: Wish) -> tuple[str, ...]:
    if wish == "arrived":
        return (tr("They have it, asked by telephone"), tr("They answered it"))
    if wish == "again":
        return (tr("They do not have it, asked by telephone"), tr("It does no harm if it comes twice"))
    return (tr("Told by telephone instead"), tr("Wrong address"), tr("No longer needed"))


def state_words(mail: Mail) -> str:
    """Say where a message stands."""
    if mail.busy:
        return tr("is being sent")
    if mail.hangs and mail.record.state == "sending":
        return tr("may have gone out")
    if mail.hangs:
        return tr("was not taken")
    words = {
        "queued": tr("waits"), "failed": tr("is tried again"), "sent": tr("sent"), "given_up": tr("given up"),
    }  # fmt: skip
    return words.get(mail.record.state, mail.record.state)
