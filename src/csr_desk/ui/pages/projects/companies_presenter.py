"""The directory of other companies, whom to ask there, and what they said. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.company import (
    Channel,
    Company,
    CompanyForm,
    CompanyKind,
    Contact,
    ContactForm,
    Direction,
    Purpose,
    one_of,
)
from csr_desk.domain.errors import BadInput
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.contacts import LogContact


@dataclass(frozen=True, slots=True)
class CompaniesPicture:
    """All that the panel shows."""

    companies: tuple[Company, ...] = ()
    chosen: Company | None = None
    contacts: tuple[Contact, ...] = ()
    """With the company that is picked, the newest first."""
    may_keep: bool = False
    may_contact: bool = False


class CompaniesView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: CompaniesPicture) -> None:
        """Show it."""


class CompaniesPresenter:
    """The directory, and one company of it."""

    def __init__(self, context: Context, view: CompaniesView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = CompaniesPicture()

    def load(self, number: str = "") -> None:
        """Read the directory, and the contacts with a company of it: the one picked before, or the first."""
        desk, actor = self.context.desk, self.context.actor
        wanted = number or (self.picture.chosen.number if self.picture.chosen else "")

        def read() -> CompaniesPicture:
            from csr_desk.services import companies, contacts

            found = companies.companies(desk, actor)
            chosen = next((one for one in found if one.number == wanted), next(iter(found), None))
            said = contacts.contacts(desk, actor, company=chosen.number) if chosen else ()
            may = actor.may(Act.KEEP_COMPANIES), actor.may(Act.CONTACT_COMPANY)
            return CompaniesPicture(found, chosen, said, *may)

        def show(found: CompaniesPicture) -> None:
            self.picture = found
            self.view.show_picture(found)

        self.context.read(read, show)

    def choose(self, at: int) -> None:
        """Show the company of a row."""
        if 0 <= at < len(self.picture.companies) and self.picture.companies[at] != self.picture.chosen:
            self.load(self.picture.companies[at].number)

    def add(self) -> None:
        """Ask what is known of a new company."""
        self._edit(CompanyForm("", CompanyKind.OTHER, Channel.EMAIL), "", 0)

    def edit(self) -> None:
        """Correct what is known of the company picked."""
        chosen = self.picture.chosen
        if chosen is not None:
            self._edit(chosen.form, chosen.number, chosen.version)

    def _edit(self, form: CompanyForm, number: str, version: int) -> None:
        kinds, channels = _codes(CompanyKind), _codes(Channel)
        fields = (
            Field("name", tr("Name"), form.name),
            Field("kind", tr("Kind: {0}").format(kinds), form.kind.value),
            Field("channel", tr("Releases go by: {0}").format(channels), form.channel.value),
            Field("send_to", tr("To this address, number or page"), form.send_to),
            Field("send_at", tr("Daily batch at"), form.send_at, hint="16:30"),
            Field("hours", tr("Hours"), form.hours),
            Field("territory", tr("Territory"), form.territory),
            Field("premise_code", tr("Its ESI IDs begin with"), form.premise_code, hint="1008901"),
            Field("active", tr("In the directory (yes or no)"), tr("yes") if form.active else tr("no")),
        )

        def keep(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import companies

            try:
                becomes = replace(
                    form,
                    name=keyed["name"],
                    kind=one_of(CompanyKind, keyed["kind"], "kind"),
                    channel=one_of(Channel, keyed["channel"], "channel"),
                    send_to=keyed["send_to"],
                    send_at=keyed["send_at"].strip(),
                    hours=keyed["hours"],
                    territory=keyed["territory"],
                    premise_code=keyed["premise_code"].strip(),
                    active=keyed["active"].strip().casefold() != tr("no"),
                )
            except BadInput as wrong:
                return wrong.message
            desk, actor = self.context.desk, self.context.actor
            command = companies.KeepCompany(uuid4().hex, becomes, number, version)
            self.context.act(lambda: companies.keep_company(desk, actor, command), lambda done: self.load(done.number))
            return None

        title = tr("Correct {0}").format(form.name) if number else tr("A new company")
        self.context.shell.ask_fields(title, fields, keep, tr("Keep it"), keep=True)

    def add_person(self) -> None:
        """Ask for a person or desk at the company picked."""
        chosen = self.picture.chosen
        if chosen is None:
            return
        fields = (
            Field("name", tr("Name of the person or desk")),
            Field("reach", tr("Number, address or page")),
            Field("channel", tr("How: {0}").format(_codes(Channel)), Channel.PHONE.value),
            Field("purpose", tr("Asked about: {0}").format(_codes(Purpose)), Purpose.ANY.value),
            Field("hours", tr("Hours")),
        )

        def keep(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import companies

            try:
                form = ContactForm(
                    keyed["name"],
                    one_of(Channel, keyed["channel"], "channel"),
                    keyed["reach"],
                    one_of(Purpose, keyed["purpose"], "purpose"),
                    hours=keyed["hours"],
                )
            except BadInput as wrong:
                return wrong.message
            desk, actor = self.context.desk, self.context.actor
            command = companies.KeepContact(uuid4().hex, chosen.number, form)
            self.context.act(lambda: companies.keep_contact(desk, actor, command), lambda done: self.load(done.number))
            return None

        self.context.shell.ask_fields(
            tr("Whom to ask at {0}").format(chosen.form.name), fields, keep, tr("Keep it"), keep=True
        )

    def log(self) -> None:
        """Ask what was said in a contact with the company picked; an e-mail address sends the words there."""
        chosen = self.picture.chosen
        if chosen is None:
            return
        person = next(iter(chosen.ask_for(Purpose.ANY)), None)
        fields = (
            Field("asked", tr("Who was asked, or told us"), person.form.name if person else ""),
            Field("words", tr("What was said")),
            Field("channel", tr("How: {0}").format(_codes(Channel)), Channel.PHONE.value),
            Field("direction", tr("We asked (out) or they told us (in)"), Direction.OUT.value),
            Field("reference", tr("Their reference"), ends=True),
            Field("send_to", tr("Send the words by e-mail to"), hint=tr("empty: nothing is sent")),
            Field("title", tr("Subject line of the e-mail")),
        )

        def keep(keyed: dict[str, str]) -> str | None:
            from csr_desk.services.contacts import LogContact

            try:
                channel = one_of(Channel, keyed["channel"], "channel")
                direction = one_of(Direction, keyed["direction"], "direction")
            except BadInput as wrong:
                return wrong.message
            send_to = keyed["send_to"].strip()
            self._log(
                LogContact(
                    uuid4().hex,
                    chosen.number,
                    keyed["asked"],
                    keyed["words"],
                    Channel.EMAIL if send_to else channel,
                    direction,
                    reference=keyed["reference"],
                    send_to=send_to,
                    title=keyed["title"],
                )
            )
            return None

        self.context.shell.ask_fields(
            tr("Contact with {0}").format(chosen.form.name), fields, keep, tr("Write it down"), keep=True
        )

    def _log(self, command: LogContact) -> None:
        from csr_desk.services import contacts

        desk, actor = self.context.desk, self.context.actor

        def told(done: Contact) -> None:
            self.context.shell.banner(tr("{0} is written down.").format(done.number), Tone.OK)
            self.load()

        self.context.act(lambda: contacts.log_contact(desk, actor, command), told)


def _codes(kind: type[CompanyKind | Channel | Purpose]) -> str:
    return ", ".join(one.value for one in kind)
