"""What is asked of a contact without money, and how it is written down. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from csr_desk.ui.context import Context, Tone
from csr_desk.ui.help_call import customer_in
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.visits import Reason, Visit
    from csr_desk.services.visits import AtCounter


@dataclass(frozen=True, slots=True)
class Contact:
    """What was keyed."""

    reason: str
    minutes: int
    memo: str


@dataclass(frozen=True, slots=True)
class ContactStart:
    """What the sheet begins with."""

    reasons: tuple[Reason, ...]
    at: AtCounter
    customer_id: str
    customer_name: str
    most_minutes: int

    @property
    def words(self) -> str:
        """Whom it is about, and which ticket ends with it."""
        said = [self.customer_name] if self.customer_name else []
        if self.visit:
            said.append(tr("Ticket {0} ends with this.").format(self.visit.ticket))
        return " · ".join(said)

    @property
    def minutes_words(self) -> str:
        """Where the proposed minutes come from."""
        return tr("Minutes since the ticket was served") if self.visit else tr("Minutes, as guessed from the last act")

    @property
    def visit(self) -> Visit | None:
        """The ticket that is served."""
        return self.at.visit if self.at.visit is not None and self.at.visit.state == "serving" else None


Ask = Callable[[ContactStart, Callable[[Contact], None]], None]


def begin(context: Context, about: tuple[str, ...], ask: Ask) -> None:
    """Read what is proposed, ask, write it down."""
    desk, actor, customer = context.desk, context.actor, customer_in(about)

    def read() -> ContactStart:
        from csr_desk.domain.people import Act
        from csr_desk.services import visits
        from csr_desk.services.customer_pages import customer_page

        at = visits.at_counter(desk, actor)
        whose = customer or (at.visit.customer_id if at.visit is not None else "")
        name = customer_page(desk, actor, whose).form.name if whose and actor.may(Act.SEE_CUSTOMERS) else ""
        return ContactStart(visits.reasons(desk), at, whose, name, visits.MOST_MINUTES)

    def begun(found: ContactStart) -> None:
        ask(found, lambda contact: log(context, found, contact))

    context.read(read, begun)


def log(context: Context, begun: ContactStart, contact: Contact) -> None:
    """Write the contact down."""
    from csr_desk.services import visits

    desk, actor = context.desk, context.actor
    command = visits.LogContact(
        uuid4().hex, contact.reason, contact.minutes, begun.customer_id, contact.memo,
        begun.visit.number if begun.visit is not None else "",
    )  # fmt: skip
    words = tr("Contact of 1 minute written down.")
    if contact.minutes != 1:
        words = tr("Contact of {0} minutes written down.").format(contact.minutes)
    context.act(lambda: visits.log_contact(desk, actor, command), lambda _visit: context.shell.banner(words, Tone.OK))
