"""The trials of other companies: directory, contacts, new accounts, the outbox (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from csr_desk.domain.account_check import Item
from csr_desk.domain.company import Channel, CompanyForm, CompanyKind, ContactForm
from csr_desk.domain.new_account import Standing
from csr_desk.domain.people import Act
from csr_desk.services import accounts, companies, contacts, outbox_keeping
from csr_desk.services import verification_of_accounts as checks
from csr_desk.services.outbox_keeping import SettleMessage, Wish
from demo_city import City

if TYPE_CHECKING:
    from services.role_trials import World

COMPANY, MESSAGE, CHECKED = "G26-0001", "M26-000001", "V26-000001"
"""What lies there already, as keyed without the check digit."""
ADDRESS = "1 Main St, Houston, TX 77002"


def lay_out_companies(city: City) -> None:
    """Keep a company, queue a mail to it, and open the list of a new account, for the world that the trials find."""
    form = CompanyForm("CenterPoint Gas", CompanyKind.GAS, Channel.EMAIL, "desk@gas.example.com")
    companies.keep_company(city.desk, city.who("supervisor1"), companies.KeepCompany("a-company", form))
    mail = contacts.LogContact(
        "a-mail", COMPANY, "Desk", "Is the meter set?", Channel.EMAIL, send_to="desk@gas.example.com", title="Meter"
    )
    contacts.log_contact(city.desk, city.who("clerk1"), mail)
    opened = checks.OpenVerification("a-list", "C-B", "tenant", "0002", ADDRESS)
    checks.open_verification(city.desk, city.who("clerk1"), opened)


def _keep(world: World) -> object:
    form = CompanyForm("Pasadena Water", CompanyKind.WATER, Channel.PHONE, "713-555-0142")
    return companies.keep_company(world.city.desk, world.actor, companies.KeepCompany(world.city.key(), form))


def _keep_contact(world: World) -> object:
    form = ContactForm("Ms. Ortiz", Channel.PHONE, "713-555-0187")
    return companies.keep_contact(world.city.desk, world.actor, companies.KeepContact(world.city.key(), COMPANY, form))


def _log(world: World) -> object:
    command = contacts.LogContact(world.city.key(), COMPANY, "Ms. Ortiz", "The meter is set.")
    return contacts.log_contact(world.city.desk, world.actor, command)


def _open(world: World) -> object:
    command = checks.OpenVerification(world.city.key(), "C-B", "owner", address="2 Main St, Houston, TX 77002")
    return checks.open_verification(world.city.desk, world.actor, command)


def _open_for_account(world: World) -> object:
    """Open the list of a new account of the customer, at its own address."""
    number = world.city.key()
    new = accounts.NewAccount(number, number, "C-B", "water", site="4 Main St")
    accounts.add_account(world.city.desk, world.city.who("clerk1"), new)
    return checks.open_for_account(world.city.desk, world.actor, world.city.key(), number, "tenant")


def _look(world: World) -> object:
    """Look into all but standing, which is left out by the next trial."""
    for item, answer in ((Item.IDENTITY, "Passport"), (Item.TENURE, "Lease")):
        command = checks.LookInto(world.city.key(), CHECKED, item, answer, met=True)
        checks.look_into(world.city.desk, world.actor, command)
    asked = checks.Asked(COMPANY, "Ms. Ortiz", standing=Standing.LATE)
    command = checks.LookInto(world.city.key(), CHECKED, Item.STANDING, "Late twice.", asked=asked)
    checks.look_into(world.city.desk, world.actor, command)
    return checks.look_into(
        world.city.desk, world.actor, checks.LookInto(world.city.key(), CHECKED, Item.ADDRESS, ADDRESS)
    )


def _skip(world: World) -> object:
    number = checks.verification_of(world.city.desk, world.city.who("clerk1"), CHECKED).number
    command = checks.SkipItem(world.city.key(), CHECKED, Item.STANDING, "Nobody answers there")
    yes = world.yes(Act.SKIP_VERIFICATION, f"{number}/standing", 0)
    return checks.skip_item(world.city.desk, world.actor, command, yes)


def _cancel(world: World) -> object:
    number = "V26-000009"
    if world.actor.may(Act.VERIFY_ACCOUNT):
        command = checks.OpenVerification(world.city.key(), "C-B", "owner", address="3 Main St, Houston, TX 77002")
        number = checks.open_verification(world.city.desk, world.actor, command).value.number
    off = checks.CancelVerification(world.city.key(), number, "The customer left")
    return checks.cancel_verification(world.city.desk, world.actor, off)


def _settle(world: World) -> object:
    command = SettleMessage(world.city.key(), MESSAGE, Wish.GIVE_UP, "Told by telephone")
    return outbox_keeping.settle_message(world.city.desk, world.actor, command)


COMPANY_TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "companies.companies": (Act.SEE_PROJECTS, lambda w: companies.companies(w.city.desk, w.actor)),
    "companies.company_of": (Act.SEE_PROJECTS, lambda w: companies.company_of(w.city.desk, w.actor, COMPANY)),
    "companies.keep_company": (Act.KEEP_COMPANIES, _keep),
    "companies.keep_contact": (Act.KEEP_COMPANIES, _keep_contact),
    "contacts.log_contact": (Act.CONTACT_COMPANY, _log),
    "contacts.contacts": (Act.SEE_PROJECTS, lambda w: contacts.contacts(w.city.desk, w.actor)),
    "verification_of_accounts.open_verification": (Act.VERIFY_ACCOUNT, _open),
    "verification_of_accounts.verifications": (
        Act.SEE_PROJECTS,
        lambda w: checks.verifications(w.city.desk, w.actor, "C-B"),
    ),
    "verification_of_accounts.verification_of": (
        Act.SEE_PROJECTS,
        lambda w: checks.verification_of(w.city.desk, w.actor, CHECKED),
    ),
    "verification_of_accounts.of_account": (
        Act.SEE_PROJECTS,
        lambda w: checks.of_account(w.city.desk, w.actor, "0002"),
    ),
    "verification_of_accounts.open_for_account": (Act.VERIFY_ACCOUNT, _open_for_account),
    "verification_of_accounts.look_into": (Act.VERIFY_ACCOUNT, _look),
    "verification_of_accounts.skip_item": (Act.SKIP_VERIFICATION, _skip),
    "verification_of_accounts.decide": (
        Act.VERIFY_ACCOUNT,
        lambda w: checks.decide(w.city.desk, w.actor, checks.Decide(w.city.key(), CHECKED)),
    ),
    "verification_of_accounts.cancel_verification": (Act.VERIFY_ACCOUNT, _cancel),
    "outbox_keeping.messages": (Act.KEEP_OUTBOX, lambda w: outbox_keeping.messages(w.city.desk, w.actor)),
    "outbox_keeping.messages_about": (
        Act.SEE_PROJECTS,
        lambda w: outbox_keeping.messages_about(w.city.desk, w.actor, "company:G26-0001"),
    ),
    "outbox_keeping.settle_message": (Act.KEEP_OUTBOX, _settle),
}
"""By module and function: the act, and how it is tried."""
