"""Everything about one customer on one page: who they are, what they owe where and how old it is, what warns.

What a confidential customer asked to keep is shown to a person who logged today that they tell it (F14).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csr_desk.data.queries import Connection, about, customers, owing
from csr_desk.data.queries.customers import PartyRecord
from csr_desk.domain.about import customer as customer_subject
from csr_desk.domain.customers import CONFIDENTIAL, CustomerForm, Level, Note, loudest
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.ageing import Aged, age
from csr_desk.services.desk import Desk, moment


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account on a customer's page; ``role`` is empty where it is in their own name. Cents."""

    number: str
    service: str
    department: str
    address: str
    """Where the service is."""
    role: str
    stage: str
    aged: Aged
    credit: Cents
    opened_on: date | None
    closed_on: date | None

    @property
    def balance(self) -> Cents:
        """What is left to pay; below zero where more was paid ahead."""
        return self.aged.total - self.credit


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """A customer as their page shows them (cents)."""

    number: str
    form: CustomerForm
    since: date | None
    confidential: bool
    hidden: bool
    """What they asked to keep is not shown to this person now."""
    level: Level | None
    notes: tuple[Note, ...]
    """The notes that count today, the loudest first."""
    accounts: tuple[AccountLine, ...]
    """Their own first, then those they have a part in."""
    joined: tuple[str, ...]
    """The records that were joined with this one."""

    @property
    def aged(self) -> Aged:
        """What is owed on their own accounts, by age."""
        return sum((line.aged for line in self.accounts if not line.role), Aged())

    @property
    def credit(self) -> Cents:
        """What was paid ahead on their own accounts."""
        return sum(line.credit for line in self.accounts if not line.role)

    @property
    def owed(self) -> Cents:
        """What they owe in all, over every department; below zero where more was paid ahead."""
        return self.aged.total - self.credit


def customer_page(desk: Desk, actor: Actor, number: str) -> CustomerPage:
    """Return a customer's page; a record that was joined with another gives the page of that one. Raises NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        page = _page(desk, actor, work.conn, number)
    return seen_by(actor.role, page)


def customer_of_account(desk: Desk, actor: Actor, account_no: str) -> CustomerPage:
    """Return the page of the customer in whose name an account is; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        found = customers.accounts_of(work.conn, [], [account_no])
        if not found:
            raise NotFound(f"There is no account “{account_no[:40]}”.", field="account")
        page = _page(desk, actor, work.conn, found[0].customer_id)
    return seen_by(actor.role, page)


def _page(desk: Desk, actor: Actor, conn: Connection, number: str) -> CustomerPage:
    today = desk.today()
    record = customers.one(conn, customers.root_of(conn, number))
    if record is None:
        raise NotFound(f"There is no customer “{number[:40]}”.", field="customer")
    person = customers.same_person(conn, record.number)
    notes = tuple(note for note in customers.notes_of(conn, person) if note.speaks(today))
    levels = [Level.STOP, Level.WARN, Level.INFO]
    page = CustomerPage(
        record.number,
        customers.form_of(conn, record),
        record.since,
        record.confidential,
        hidden=False,
        level=loudest(notes, today),
        notes=tuple(sorted(notes, key=lambda note: levels.index(note.level))),
        accounts=_lines(conn, person, today),
        joined=person[1:],
    )
    return _kept_back(page) if record.confidential and not is_told_today(conn, desk, actor, person) else page


def _lines(conn: Connection, person: Sequence[str], today: date) -> tuple[AccountLine, ...]:
    parties = {
        party.account: party
        for party in customers.parties_of(conn, person)
        if party.until is None or today <= party.until
    }
    rows = customers.accounts_of(conn, person, list(parties))
    open_items = owing.open_on(conn, [row.account_no for row in rows])
    lines = [_line(row, parties, person, age(open_items.get(row.account_no, ()), today)) for row in rows]
    return tuple(sorted(lines, key=lambda line: (bool(line.role), line.closed_on is not None)))


def _line(row: Any, parties: dict[str, PartyRecord], person: Sequence[str], aged: Aged) -> AccountLine:
    return AccountLine(
        row.account_no,
        row.service,
        row.department or "",
        row.site or "",
        "" if row.customer_id in person else parties[row.account_no].role,
        row.stage or "",
        aged,
        row.credit_minor or 0,
        None if row.opened_on is None else date.fromisoformat(row.opened_on),
        None if row.closed_on is None else date.fromisoformat(row.closed_on),
    )


def _kept_back(page: CustomerPage) -> CustomerPage:
    """Leave out what the customer asked to keep: how to reach them and where they live."""
    form = page.form
    return replace(
        page,
        hidden=True,
        form=replace(
            form,
            address=CONFIDENTIAL if form.address else "",
            phone=CONFIDENTIAL if form.phone else "",
            email=CONFIDENTIAL if form.email else "",
            contacts=(),
        ),
        accounts=tuple(replace(line, address=CONFIDENTIAL if line.address else "") for line in page.accounts),
    )


def is_told_today(conn: Connection, desk: Desk, actor: Actor, person: Sequence[str]) -> bool:
    """Say whether somebody logged today that they tell what a confidential customer asked to keep."""
    subjects = [customer_subject(number) for number in person]
    for event in about.entries_about(conn, subjects, (EventKind.DISCLOSED,)):
        told_on = desk.local(moment(event.recorded_at)).date()
        if told_on == desk.today() and event.actor == actor.user and event.facts["change"] == "told":
            return True
    return False
