"""Entering and changing customers: one form in, the same form back for an undo, found under their words at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, accounts, customer_index, customers
from csr_desk.data.queries.customers import CustomerRecord, PartyRecord
from csr_desk.domain.addresses import address_words, read_address
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.contacts import email_words, usual_words
from csr_desk.domain.customer_words import figures_of, fold
from csr_desk.domain.customers import (
    LONGEST_ADDRESS,
    LONGEST_EMAIL,
    LONGEST_LANGUAGE,
    LONGEST_NAME,
    LONGEST_PHONE,
    Contact,
    ContactKind,
    CustomerForm,
    PartyRole,
    one_of,
)
from csr_desk.domain.errors import BadInput, Conflict, NotFound
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.telephones import phone_normal, phone_words
from csr_desk.services.desk import Desk
from csr_desk.services.numbers import number_from
from csr_desk.services.words import plain_words

_NUMBER = re.compile(r"[0-9A-Za-z][0-9A-Za-z./-]{0,39}", re.ASCII)
TOPICS = frozenset({Topic.ACCOUNTS})


@dataclass(frozen=True, slots=True)
class EnterCustomer:
    """A new customer as the form has them; without a number they get one."""

    key: str
    form: CustomerForm
    number: str = ""
    since: date | None = None


@dataclass(frozen=True, slots=True)
class EditCustomer:
    """What a form held when it was opened, and what it holds now. An undo is the same, the other way round."""

    number: str
    was: CustomerForm
    becomes: CustomerForm


@dataclass(frozen=True, slots=True)
class Edited:
    """A customer's form before and after a change, as kept: ``EditCustomer(number, now, was)`` takes it back."""

    number: str
    was: CustomerForm
    now: CustomerForm


@dataclass(frozen=True, slots=True)
class AddParty:
    """Somebody's part in an account that is not in their own name."""

    account: str
    customer: str
    role: PartyRole
    since: date | None = None


@dataclass(frozen=True, slots=True)
class EndParty:
    """The last day of somebody's part in an account."""

    account: str
    customer: str
    role: PartyRole
    until: date


def checked_number(number: str, field: str) -> str:
    """Return a number of the city's own; raise BadInput where it is none."""
    if not _NUMBER.fullmatch(number):
        raise BadInput("A number is letters, digits, dots, slashes and hyphens.", field=field)
    return plain_words(number, field, 40)


def tidy(form: CustomerForm) -> CustomerForm:
    """Return a form written one way: blanks, telephones, addresses; raise MissingInput, BadInput, CardNumberRefused.

    What cannot be read as an address or a telephone number stays as it was typed.
    """
    done = CustomerForm(
        name=" ".join(plain_words(form.name, "name", LONGEST_NAME).split()),
        kind=form.kind,
        language=plain_words(form.language, "language", LONGEST_LANGUAGE) or "en",
        address=address_words(plain_words(form.address, "address", LONGEST_ADDRESS)),
        phone=phone_words(plain_words(form.phone, "phone", LONGEST_PHONE)),
        email=email_words(plain_words(form.email, "email", LONGEST_EMAIL)),
        contacts=tuple(tidy_contact(one) for one in form.contacts if one.words.strip()),
    )
    done.check()
    return done


def tidy_contact(contact: Contact) -> Contact:
    """Return a further contact written one way."""
    words = " ".join(plain_words(contact.words, "contacts", LONGEST_ADDRESS).split())
    if contact.kind is ContactKind.PHONE:
        words = phone_words(words)
    elif contact.kind is ContactKind.ADDRESS:
        words = address_words(words)
    elif contact.kind is ContactKind.EMAIL:
        words = email_words(words)
    return Contact(contact.kind, words, plain_words(contact.label, "contacts", 40))


def enter_customer(desk: Desk, actor: Actor, command: EnterCustomer) -> Done[str]:
    """Add a customer and file them; returns their number. The same key gives the same customer.

    Raises MissingInput, BadInput. Whether they are here already is asked before (``customer_duplicates.alike``).
    """
    actor.require(Act.EDIT_ACCOUNTS)
    form = tidy(command.form)
    number = checked_number(command.number or number_from("C", command.key), "number")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if accounts.has_customer(work.conn, number):
            return Done(number, replayed=True)
        accounts.insert_customer(
            work.conn,
            {
                "customer_id": number, **_values(form),
                "since": (command.since or desk.today()).isoformat(),
            },
        )  # fmt: skip
        _keep_contacts(work.conn, number, form)
        refile(desk, work.conn, (number,))
    return Done(number, TOPICS)


def edit_customer(desk: Desk, actor: Actor, command: EditCustomer) -> Done[Edited]:
    """Change a customer's form and file them anew; a former name is kept as one.

    Raises NotFound, Conflict (somebody else changed it meanwhile, or the record was joined with another), MissingInput,
    BadInput. What is already as it becomes is left alone (``replayed``).
    """
    actor.require(Act.EDIT_ACCOUNTS)
    if command.was.is_kept_back or command.becomes.is_kept_back:
        raise Conflict("This customer is confidential. Log that you tell them their data, then change it.")
    becomes = tidy(command.becomes)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        record = own_record(work.conn, command.number)
        stands = customers.form_of(work.conn, record)
        if stands in (becomes, becomes.following(command.was)):
            return Done(Edited(record.number, command.was, stands), replayed=True)
        if stands != command.was:
            raise Conflict("Somebody else changed this customer in the meantime. Look at it again.")
        now = becomes.following(stands)
        customers.update_customer(work.conn, record.number, _values(now))
        _keep_contacts(work.conn, record.number, now)
        refile(desk, work.conn, (record.number,))
    return Done(Edited(record.number, stands, now), TOPICS)


def add_party(desk: Desk, actor: Actor, command: AddParty) -> Done[str]:
    """Give somebody a part in an account; raise NotFound, Conflict (it is their own account)."""
    actor.require(Act.EDIT_ACCOUNTS)
    role = one_of(PartyRole, command.role, "role")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        record = own_record(work.conn, command.customer)
        owner = accounts.owner_of(work.conn, command.account)
        if owner is None:
            raise NotFound(f"There is no account “{command.account[:40]}”.", field="account")
        if owner == record.number:
            raise Conflict(f"Account {command.account} is in their own name already.")
        party = PartyRecord(command.account, record.number, role.value, command.since or desk.today(), None)
        if _party(work.conn, party) is not None:
            return Done(command.account, replayed=True)
        customers.insert_parties(work.conn, [party])
        refile(desk, work.conn, (record.number,))
    return Done(command.account, TOPICS)


def end_party(desk: Desk, actor: Actor, command: EndParty) -> Done[str]:
    """Note the last day of somebody's part in an account; raise NotFound, BadInput (before it began)."""
    actor.require(Act.EDIT_ACCOUNTS)
    role = one_of(PartyRole, command.role, "role")
    with desk.begin() as work:
        record = own_record(work.conn, command.customer)
        party = _party(work.conn, PartyRecord(command.account, record.number, role.value, None, None))
        if party is None:
            raise NotFound(f"They have no part as {role.value} in account “{command.account[:40]}”.", field="account")
        if party.since is not None and command.until < party.since:
            raise BadInput("A part in an account does not end before it began.", field="until")
        customers.end_party(work.conn, party, command.until)
    return Done(command.account, TOPICS)


def own_record(conn: Connection, number: str) -> CustomerRecord:
    """Return a customer's row; raise NotFound, and Conflict where the record was joined with another."""
    record = customers.one(conn, number)
    if record is None:
        raise NotFound(f"There is no customer “{number[:40]}”.", field="customer")
    if record.merged_into is not None:
        raise Conflict(f"Customer {number} was joined with {customers.root_of(conn, number)}. Use that record.")
    return record


def refile(desk: Desk, conn: Connection, numbers: Sequence[str]) -> None:
    """File customers anew after anything of them or their accounts changed; the office series is locked before."""
    customer_index.refile(conn, numbers, usual_words("\n".join(desk.office.address)))


def _party(conn: Connection, like: PartyRecord) -> PartyRecord | None:
    held = customers.parties_in(conn, like.account)
    return next((one for one in held if (one.customer, one.role) == (like.customer, like.role)), None)


def _values(form: CustomerForm) -> dict[str, object]:
    return {
        "name": form.name, "kind": form.kind.value, "language": form.language, "address": form.address,
        "phone": form.phone, "email": form.email,
    }  # fmt: skip


def _keep_contacts(conn: Connection, number: str, form: CustomerForm) -> None:
    customers.replace_contacts(conn, number, [(one, _normal(one)) for one in form.contacts])


def _normal(contact: Contact) -> str:
    """Return a contact in the form in which two of them are compared."""
    if contact.kind is ContactKind.PHONE:
        return phone_normal(contact.words) or figures_of(contact.words)
    read = read_address(contact.words) if contact.kind is ContactKind.ADDRESS else None
    return fold(contact.words) if read is None else read.key
