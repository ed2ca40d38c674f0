"""What somebody at the counter came to pay: by a scanned coupon, or by the number of an account or a bill (A5)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.queries import Connection, accounts, payments, projects
from csr_desk.domain.cart import OpenAmount, PricedBefore
from csr_desk.domain.errors import BadInput, NotFound
from csr_desk.domain.ledger import receipt_number
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.numbering import FIXED, read_number
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.application import credited
from csr_desk.domain.receivable.scan_line import Coupon, fitted
from csr_desk.domain.receivable.scan_line import read as read_coupon
from csr_desk.services import bill_items, bills, orders_sold, permits
from csr_desk.services.account_credit import KEPT_BACK
from csr_desk.services.desk import Desk
from csr_desk.services.lines import BillLine, OrderLine
from csr_desk.services.words import plain_words

LONGEST_NUMBER = 40
MOST_PAYMENTS = 60
"""Entries of a list of payments on a screen."""


@dataclass(frozen=True, slots=True)
class Owing:
    """A line for the cart and what it stands for now (cents)."""

    line: BillLine | OrderLine
    """With what is due, so that a change by another counter is seen when it is sold."""
    amounts: tuple[OpenAmount | PricedBefore, ...]
    account: str
    """Empty for an order, which is on no account."""
    service: str
    customer: str
    due: Cents
    """All that is due on what was asked for."""
    credit: Cents
    """What stands to the account's credit."""
    warnings: tuple[str, ...] = ()

    @property
    def amount(self) -> Cents:
        """What the line pays."""
        return sum(one.total if isinstance(one, PricedBefore) else one.amount for one in self.amounts)


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """An item that is open, in the order in which a payment covers it (cents)."""

    bill: str
    item: int
    bill_name: str
    name: str
    due: date | None
    late: bool
    amount: Cents
    open: Cents


def look_up(desk: Desk, actor: Actor, text: str) -> Owing:
    """Find what a scan or a keyed number stands for: a coupon, an account, a bill, an order for the cashier, a project.

    The marks of an account may be left out. A coupon asks for its amount, or for less where less is due. Raises
    NotFound, AlreadyPaid, BadInput (misread),
    OrderExpired, WrongState (an order that was called off).
    """
    actor.require(Act.SEE_CUSTOMERS)
    wanted = plain_words(text, "search", 120)
    coupon = read_coupon(wanted)
    with desk.read() as work:
        if coupon is None:
            return seen_by(actor.role, _owing(work.conn, desk, _line_of(work.conn, desk, wanted)))
        whole = _owing_account(work.conn, desk.today(), _line_of_coupon(work.conn, coupon))
        return seen_by(actor.role, _as_asked(work.conn, desk.today(), whole, coupon))


def owing(desk: Desk, actor: Actor, line: BillLine | OrderLine) -> Owing:
    """Work out what a line stands for now; raise what ``bills.resolve`` and ``orders_sold.resolve`` refuse."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        return seen_by(actor.role, _owing(work.conn, desk, line))


def open_debts(desk: Desk, actor: Actor, account: str) -> tuple[OpenDebt, ...]:
    """Return what an account owes, item by item, in the order in which a payment would cover it; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    today = desk.today()
    with desk.read() as work:
        if not accounts.has_account(work.conn, account):
            raise NotFound(f"There is no account “{account[:40]}”.", field="account")
        records = [one for one in accounts.bills_of(work.conn, account) if one.state == "due"]
        items = bill_items.open_items(work.conn, records)
    found = []
    for record in records:
        due = date.fromisoformat(record.due) if record.due else None
        late = due is not None and due < today
        for item in sorted(items[record.bill], key=lambda one: (one.priority, one.n)):
            if item.open:
                said = (record.bill, item.n, record.description, item.name, due, late)
                found.append(OpenDebt(*said, item.amount, item.open))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class PaidLine:
    """A line of a payment on account: what it went to (cents, below zero where it was taken back)."""

    entry: str
    """``HPC-1/17``."""
    receipt: str
    """The receipt's number; empty where no money moved."""
    kind: str
    day: date
    bill: str
    """Empty for what stands to credit."""
    name: str
    amount: Cents


def payments_made(desk: Desk, actor: Actor, account: str, limit: int = MOST_PAYMENTS) -> tuple[PaidLine, ...]:
    """Return what the newest payments of an account went to, line by line, the newest first."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        rows = payments.lines_about(work.conn, account, limit)
    return tuple(
        PaidLine(
            f"{row.key.series}/{row.key.seq}",
            "" if row.receipt_no is None else receipt_number(row.key.series, row.receipt_no),
            row.kind,
            date.fromisoformat(row.business_date),
            "" if credited(row.reference) else row.reference,
            row.name,
            row.amount,
        )
        for row in rows
    )


def credit_standing(desk: Desk, actor: Actor, account: str) -> Cents:
    """Return what stands to an account's credit (cents); raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        there = payments.credit_of(work.conn, account)
    if there is None:
        raise NotFound(f"There is no account “{account[:40]}”.", field="account")
    return there


def _line_of_coupon(conn: Connection, coupon: Coupon) -> BillLine:
    account = _account_of(conn, coupon.account)
    if not account:
        raise NotFound(f"The coupon’s account {coupon.account} is none of ours.", field="search")
    return BillLine("account", account)


def _line_of(conn: Connection, desk: Desk, text: str) -> BillLine | OrderLine:
    number = text.strip()
    if len(number) <= LONGEST_NUMBER:
        if accounts.has_account(conn, number):
            return BillLine("account", number)
        if payments.account_of_bill(conn, number):
            return BillLine("bill", number)
        if account := _account_of(conn, number):
            return BillLine("account", account)
        if (line := _ordered(conn, desk, number)) is not None:
            return line
    said = f"No account, bill, order or project has the number “{number[:LONGEST_NUMBER]}”."
    raise NotFound(said, field="search")


def _ordered(conn: Connection, desk: Desk, number: str) -> OrderLine | None:
    """Find an order or a project; raise BadInput where a figure of it is wrong, and it cannot be anything else."""
    try:
        if read_number(FIXED["order"], number) is not None:
            return OrderLine("order", orders_sold.order_of(conn, number).number)
        if read_number(FIXED["permit"], number) is not None:
            return OrderLine("permit", permits.one_permit(conn, number).number)
        return OrderLine("project", orders_sold.project_of(conn, desk, number).number)
    except NotFound:
        return None
    except BadInput:
        if number.isdigit():
            return None  # bare figures may be an account that was misread as well
        raise


def _account_of(conn: Connection, figures: str) -> str:
    """Find an account by its figures alone: written the ways in which the city writes its numbers."""
    short = figures.lstrip("0")
    near = payments.near_numbers(conn, figures) + payments.near_numbers(conn, short)
    ways = dict.fromkeys(fitted(figures, like) for like in near)
    return next((number for number in (figures, *ways) if number and accounts.has_account(conn, number)), "")


def _owing(conn: Connection, desk: Desk, line: BillLine | OrderLine) -> Owing:
    today = desk.today()
    if isinstance(line, BillLine):
        return _owing_account(conn, today, line)
    (ordered,) = orders_sold.resolve(conn, desk, (line,), today)
    name, number = orders_sold.customer_of((ordered,))
    return Owing(
        replace(line, due=ordered.total),
        (*(order.sold() for order in ordered.orders), *ordered.dues),
        "",
        "",
        name or projects.name_of(conn, number) or number,
        ordered.total,
        0,
        orders_sold.warnings((ordered,)),
    )


def _owing_account(conn: Connection, today: date, line: BillLine) -> Owing:
    (owed,) = bills.resolve(conn, (line,), today)
    service, name, hidden = payments.holder_of(conn, owed.account)
    return Owing(
        replace(line, due=owed.due),
        owed.amounts,
        owed.account,
        service,
        KEPT_BACK if hidden else name,
        owed.due,
        payments.credit_of(conn, owed.account) or 0,
        bills.warnings(conn, (owed,)),
    )


def _as_asked(conn: Connection, today: date, whole: Owing, coupon: Coupon) -> Owing:
    """Take what the coupon asks for today where that much is due; say where it is another amount than what is due."""
    asked = coupon.amount_on(today)
    if asked == whole.due or asked <= 0:
        return whole
    said = f"The coupon asks for {shown(asked)}; {shown(whole.due)} is due."
    if asked > whole.due:
        return replace(whole, warnings=(*whole.warnings, said))
    part = _owing_account(conn, today, BillLine("account", whole.account, asked, whole.due))
    return replace(part, warnings=(*whole.warnings, said))
