"""What ends soon in the office: permits and contractors' papers, and the reminders of them. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from datetime import date

    from csr_desk.services.permit_reminders import Ending

MOST_DAYS = 1_000


@dataclass(frozen=True, slots=True)
class EndingsPicture:
    """All that the panel shows."""

    endings: tuple[Ending, ...] = ()
    days: int = 0
    today: date | None = None
    may: bool = False
    """This person reminds customers, and notes what ran out."""

    def count(self, told: str) -> int:
        """How many stand so."""
        return sum(one.told == told for one in self.endings)

    @property
    def expired_permits(self) -> int:
        """Permits that ran out and do not say so yet."""
        return sum(one.kind is None and one.told == "over" for one in self.endings)

    @property
    def head(self) -> str:
        """How many there are, in a few words."""
        if not self.endings:
            return ""
        words = tr("{0} that ran out or end within {1} days").format(len(self.endings), self.days)
        waiting = self.count("not_yet")
        return tr("{0}, {1} to remind").format(words, waiting) if waiting else words


class EndingsScreen(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: EndingsPicture) -> None:
        """Show it."""


class EndingsPresenter:
    """The list of the office."""

    def __init__(self, context: Context, screen: EndingsScreen) -> None:
        """Nothing is shown yet."""
        self.context, self.screen = context, screen
        self.picture = EndingsPicture()
        self._days: int | None = None
        """As far as somebody wanted to look; None for as far as the office's policy does."""

    def load(self) -> None:
        """Read the list."""
        desk, actor = self.context.desk, self.context.actor
        days = desk.policy.paper_warn_days if self._days is None else self._days

        def read() -> EndingsPicture:
            from csr_desk.services.permit_reminders import endings

            return EndingsPicture(endings(desk, actor, days), days, desk.today(), actor.may(Act.AMEND_PERMIT))

        def show(found: EndingsPicture) -> None:
            self.picture = found
            self.screen.show_picture(found)

        self.context.read(read, show)

    def look_ahead(self) -> None:
        """Ask how many days ahead the list goes."""
        fields = (Field("days", tr("Days ahead"), str(self.picture.days), digits=True),)

        def take(keyed: dict[str, str]) -> str | None:
            text = keyed["days"].strip()
            if not text.isdecimal() or not text.isascii() or int(text) > MOST_DAYS:
                return tr("Key a number of days, {0} at most.").format(MOST_DAYS)
            self._days = int(text)
            self.load()
            return None

        self.context.shell.ask_fields(tr("How far does the list look?"), fields, take, tr("Show them"))

    def remind(self) -> None:
        """Write to everybody of the list who was not written to and has a mail address."""
        from csr_desk.services import permit_reminders

        desk, actor = self.context.desk, self.context.actor
        command = permit_reminders.RemindOfEnds(uuid4().hex, self.picture.days)
        by_phone = self.picture.count("no_mail")

        def told(sent: tuple[str, ...]) -> None:
            words = tr("{0} reminders are in the outbox.") if len(sent) != 1 else tr("1 reminder is in the outbox.")
            said = words.format(len(sent))
            if by_phone:
                one = by_phone == 1
                call = tr("1 has no mail address: call them.") if one else tr("{0} have no mail address: call them.")
                said = tr("{0} {1}").format(said, call.format(by_phone))
            self.context.shell.banner(said, Tone.OK)
            self.load()

        self.context.act(lambda: permit_reminders.remind_of_ends(desk, actor, command), told)

    def note_ended(self) -> None:
        """Record of the permits whose last day is past that they ran out."""
        from csr_desk.services import permits

        desk, actor = self.context.desk, self.context.actor
        command = permits.ExpirePermits(uuid4().hex)

        def noted(ended: tuple[str, ...]) -> None:
            words = tr("{0} permits ran out.") if len(ended) != 1 else tr("1 permit ran out.")
            self.context.shell.banner(words.format(len(ended)), Tone.OK)
            self.load()

        self.context.act(lambda: permits.expire_permits(desk, actor, command), noted)

    def open(self, at: int) -> None:
        """Open the project of a permit, or the customer whose paper it is."""
        if not 0 <= at < len(self.picture.endings):
            return
        one = self.picture.endings[at]
        if one.kind is None:
            self.context.shell.go("projects", one.subject)
        else:
            self.context.shell.go("customer", f"customer:{one.customer}")
