"""Customers, their accounts and what is billed on them: the master data that the counter takes payments for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import accounts, customers
from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.changes import Done
from csr_desk.domain.contacts import address_words
from csr_desk.domain.customers import LONGEST_ADDRESS, CustomerForm, CustomerKind
from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.postings import HOUSE
from csr_desk.services.customers_entry import TOPICS, EnterCustomer, checked_number, enter_customer, refile
from csr_desk.services.desk import Desk
from csr_desk.services.numbers import number_from
from csr_desk.services.words import plain_words


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A person or firm as they call themselves."""

    key: str
    name: str
    language: str = "en"
    address: str = ""
    phone: str = ""
    email: str = ""
    number: str = ""
    kind: CustomerKind = CustomerKind.PERSON


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account for a service; the number is the city's own."""

    key: str
    number: str
    customer: str
    service: str = ""
    department: str = ""
    site: str = ""
    """Where the service is."""
    rate_class: str = ""
    meter_size: str = ""
    opened_on: date | None = None


@dataclass(frozen=True, slots=True)
class BillItem:
    """A part of a bill: a catalogue item at its price or at ``line.amount`` (cents), or just words and an amount."""

    line: CartLine | None
    description: str = ""
    amount: Cents | None = None


@dataclass(frozen=True, slots=True)
class NewBill:
    """A bill on an account."""

    key: str
    account: str
    items: tuple[BillItem, ...]
    due: date | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class Billed:
    """A bill that is owed now (cents)."""

    number: str
    account: str
    amount: Cents


def add_customer(desk: Desk, actor: Actor, command: NewCustomer) -> Done[str]:
    """Add a customer; returns their number. The same key gives the same customer."""
    form = CustomerForm(command.name, command.kind, command.language, command.address, command.phone, command.email)
    return enter_customer(desk, actor, EnterCustomer(command.key, form, command.number))


def add_account(desk: Desk, actor: Actor, command: NewAccount) -> Done[str]:
    """Add an account for a customer; raise NotFound for an unknown customer, Conflict for a number that is taken."""
    actor.require(Act.EDIT_ACCOUNTS)
    number = checked_number(command.number or number_from("A", command.key), "number")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if not accounts.has_customer(work.conn, command.customer):
            raise NotFound(f"There is no customer “{command.customer[:40]}”.", field="customer")
        customer = customers.root_of(work.conn, command.customer)
        owner = accounts.owner_of(work.conn, number)
        if owner is not None and owner != customer:
            raise Conflict(f"Account {number} is another customer’s.")
        if owner is not None:
            return Done(number, replayed=True)
        accounts.insert_account(
            work.conn,
            {
                "account_no": number,
                "customer_id": customer,
                "service": plain_words(command.service, "service", 80),
                "department": plain_words(command.department, "department", 80) or None,
                "site": address_words(plain_words(command.site, "site", LONGEST_ADDRESS)) or None,
                "rate_class": plain_words(command.rate_class, "rate_class", 40) or None,
                "meter_size": plain_words(command.meter_size, "meter_size", 20) or None,
                "opened_on": (command.opened_on or desk.today()).isoformat(),
            },
        )
        refile(desk, work.conn, (customer,))
    return Done(number, TOPICS)


def add_bill(desk: Desk, actor: Actor, command: NewBill) -> Done[Billed]:
    """Bill an account; raise NotFound, MissingInput or what pricing refuses. The same key gives the same bill."""
    actor.require(Act.EDIT_ACCOUNTS)
    number = checked_number(command.number or number_from("B", command.key), "number")
    if not command.items:
        raise MissingInput("A bill has items.", field="items")
    parts = [part for item in command.items for part in _parts(desk, item)]
    amount = sum(cents for _, cents in parts)
    if amount <= 0:
        raise BadInput("A bill is above zero.", field="items")
    names = [item.description or (item.line.item if item.line else "") for item in command.items]
    with desk.begin() as work:
        if not accounts.has_account(work.conn, command.account):
            raise NotFound(f"There is no account “{command.account[:40]}”.", field="account")
        known = accounts.one_bill(work.conn, number)
        if known is not None:
            if (known.account, known.amount) != (command.account, amount):
                raise Conflict(f"Bill {number} is another one.")
            return Done(Billed(number, known.account, known.amount), replayed=True)
        accounts.insert_bill(
            work.conn,
            {
                "bill_id": number,
                "account_no": command.account,
                "description": plain_words(", ".join(name for name in names if name) or "Bill", "items", 200),
                "amount_minor": amount,
                "paid_minor": 0,
                "due_date": command.due.isoformat() if command.due else None,
                "shares": shares_text(parts),
                "authority": "",
                "state": "due",
            },
        )
    return Done(Billed(number, command.account, amount), TOPICS)


def _parts(desk: Desk, item: BillItem) -> tuple[tuple[Share, Cents], ...]:
    """Say which account each cent of an item belongs to."""
    if item.line is None:
        if item.amount is None or item.amount <= 0:
            raise MissingInput("An item of a bill has an amount above zero.", field="items")
        return ((receivable_share(), item.amount),)
    if item.amount is not None:
        version = desk.catalogue.item(item.line.item).version_on(desk.today())
        return distribute(version.shares, item.amount)
    priced = price_cart(desk.catalogue, (item.line,), price_date=desk.today(), demo_inputs=True)
    return tuple(part for line in priced.lines for part in line.distribution())


def receivable_share() -> Share:
    """Return the account of what is owed without an item of the catalogue."""
    fund, center, gl = HOUSE.receivable.split(".")
    return Share(fund, center, gl)


def shares_text(parts: Sequence[tuple[Share, Cents]]) -> str:
    """Write where each cent of a bill belongs as the bill keeps it."""
    told = [
        (
            {
                "fund": share.fund,
                "cost_center": share.cost_center,
                "gl": share.gl,
                "internal_order": share.internal_order,
            },
            cents,
        )
        for share, cents in parts
    ]
    return json.dumps(told, separators=(",", ":"))
