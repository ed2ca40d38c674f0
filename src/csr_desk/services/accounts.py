"""Customers, their accounts and what is billed on them: the master data that the counter takes payments for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csr_desk.data.queries import accounts, customers
from csr_desk.domain.addresses import address_words
from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.cart_lines import PricedLine
from csr_desk.domain.changes import Done
from csr_desk.domain.customers import LONGEST_ADDRESS, CustomerForm, CustomerKind
from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.policy import Policy
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.receivable.billed import CHARGE_PRIORITY, BilledBill, BilledItem
from csr_desk.domain.receivable.penalty import PenaltyRule, checked_rule, rule_text
from csr_desk.services import bill_loads
from csr_desk.services.customers_entry import TOPICS, EnterCustomer, checked_number, enter_customer, refile
from csr_desk.services.desk import Desk, content_of
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
    priority: int = CHARGE_PRIORITY
    """Which part a payment covers first: the smaller one."""


@dataclass(frozen=True, slots=True)
class NewBill:
    """A bill on an account; without ``penalty`` the city's own rule holds, and it is kept with the bill."""

    key: str
    account: str
    items: tuple[BillItem, ...]
    due: date | None = None
    number: str = ""
    issued: date | None = None
    """When it was issued; without, today, or when it was due where that is past."""
    service_from: date | None = None
    service_to: date | None = None
    usage: str = ""
    """What was used, in words for the customer (``5,000 gallons``)."""
    penalty: PenaltyRule | None = None
    description: str = ""
    """What the bill is called; without it, what its items are called."""


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
    """Bill an account; raise NotFound, MissingInput, BadInput or what pricing refuses.

    The same key gives the same bill; a number that is another bill's already is a Conflict.
    """
    actor.require(Act.EDIT_ACCOUNTS)
    bill = bill_of(desk, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if not accounts.has_account(work.conn, command.account):
            raise NotFound(f"There is no account “{command.account[:40]}”.", field="account")
        known = accounts.one_bill(work.conn, bill.number)
        if known is not None:
            billed = known.amount - accounts.added_later(work.conn, bill.number)
            if (known.account, billed, known.due) != (bill.account, bill.amount, bill.due and bill.due.isoformat()):
                raise Conflict(f"Bill {bill.number} is another one.")
            return Done(Billed(bill.number, known.account, bill.amount), replayed=True)
        load = bill_loads.Load(command.key, content_of(desk, actor.user, command))
        bill_loads.load_bills(work, desk, actor, load, (bill,))
    return Done(Billed(bill.number, command.account, bill.amount), TOPICS)


def bill_of(desk: Desk, command: NewBill) -> BilledBill:
    """Price the items of a bill and lay it out; nothing is recorded. Raises what ``add_bill`` says of its input."""
    number = checked_number(command.number or number_from("B", command.key), "number")
    if not command.items:
        raise MissingInput("A bill has items.", field="items")
    today = desk.today()
    issued = command.issued or min(today, command.due or today)
    _check_days(command, issued, today)
    items = tuple(part for item in command.items for part in _items(desk, item, issued))
    amount = sum(item.amount for item in items)
    if amount <= 0:
        raise BadInput("A bill is above zero.", field="items")
    names = [item.description or (item.line.item if item.line else "") for item in command.items]
    rule = city_penalty(desk.policy) if command.penalty is None else checked_rule(command.penalty)
    return BilledBill(
        number,
        command.account,
        plain_words(command.description or ", ".join(name for name in names if name) or "Bill", "items", 200),
        items,
        command.due,
        issued,
        command.service_from,
        command.service_to,
        plain_words(command.usage, "usage", 80) or None,
        rule_text(rule) if command.due else None,
    )


def _check_days(command: NewBill, issued: date, today: date) -> None:
    """Raise BadInput for days that cannot be: a period that ends before it begins, a bill of tomorrow."""
    first, last = command.service_from, command.service_to
    if (first is None) != (last is None):
        raise BadInput("A service period has a first and a last day.", field="service_from")
    if first is not None and last is not None and first > last:
        raise BadInput("The service period ends before it begins.", field="service_to")
    if issued > today:
        raise BadInput("A bill is issued today, or was before.", field="issued")
    if command.due is not None and command.due < issued:
        raise BadInput("A bill is not due before it is issued.", field="due")


def city_penalty(policy: Policy) -> PenaltyRule:
    """Return what lateness costs by the city's own settings: once, in percent of what is open."""
    return PenaltyRule(Decimal(policy.penalty_percent), policy.penalty_least)


def _items(desk: Desk, item: BillItem, issued: date) -> tuple[BilledItem, ...]:
    """Say what an item of a bill comes to on the day it is issued, and which account each cent of it belongs to."""
    words = plain_words(item.description, "items", 200)
    if item.line is None:
        if item.amount is None or item.amount <= 0:
            raise MissingInput("An item of a bill has an amount above zero.", field="items")
        parts = ((receivable_share(), item.amount),)
        return (BilledItem(words or "Bill", item.amount, parts, priority=item.priority),)
    if item.amount is not None:
        sold = desk.catalogue.item(item.line.item)
        version = sold.version_on(issued)
        said = (f"{shown(item.amount)} as billed.",)
        return (
            BilledItem(
                words or version.name or sold.name, item.amount, distribute(version.shares, item.amount),
                priority=item.priority, authority=version.authority, explain=said,
            ),
        )  # fmt: skip
    priced = price_cart(desk.catalogue, (item.line,), price_date=issued, demo_inputs=True)
    return tuple(_priced(line, words, item.priority) for line in priced.lines)


def _priced(line: PricedLine, words: str, priority: int) -> BilledItem:
    """Take a line of the catalogue over with its authority and every step of its price."""
    name = words if words and line.added_with is None else line.name
    return BilledItem(
        name, line.amount, line.distribution(), priority=priority, authority=line.authority, explain=line.explain
    )


def receivable_share() -> Share:
    """Return the account of what is owed without an item of the catalogue."""
    fund, center, gl = HOUSE.receivable.split(".")
    return Share(fund, center, gl)
