"""Orders in a cart: what they come to, why one is not paid, and what a payment or its void tells of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csr_desk.data.models import sales_order
from csr_desk.data.queries import Connection, orders, projects, told
from csr_desk.data.queries.entries import Event
from csr_desk.domain import about
from csr_desk.domain.cart import CartLine, OpenAmount, PricedBefore, PricedLine
from csr_desk.domain.errors import AlreadyPaid, Conflict, NotFound
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.numbering import FIXED, read_number
from csr_desk.domain.orders import Order, OrderState
from csr_desk.domain.projects import Project
from csr_desk.domain.telling import SETS, Change, Value
from csr_desk.services import permit_dues
from csr_desk.services.desk import Desk
from csr_desk.services.lines import BillLine, Line, OrderLine

LONGEST_NUMBER = 40
ORDERS = "orders"
"""The fact of a sale that names the orders it pays, the day of their prices and their lines."""


@dataclass(frozen=True, slots=True)
class Ordered:
    """A keyed line and the orders it pays."""

    line: OrderLine
    orders: tuple[Order, ...]
    rows: tuple[told.Record, ...] = ()
    """The orders as they were read and locked, where they are about to be paid."""
    dues: tuple[OpenAmount, ...] = ()
    """What is due on permits."""
    run_out: tuple[str, ...] = ()
    """Orders of the project that nobody pays any more, and that are not in the line."""

    @property
    def total(self) -> Cents:
        """What they come to (cents)."""
        return sum(order.total for order in self.orders) + sum(due.amount for due in self.dues)


def order_of(conn: Connection, typed: str) -> Order:
    """Return the order that a scan or a keyed number means; raise NotFound, or BadInput where a figure is wrong."""
    read = read_number(FIXED["order"], typed)
    found = orders.one_order(conn, read.number) if read else None
    if found is None:
        raise NotFound(f"There is no order “{typed.strip()[:LONGEST_NUMBER]}”.", field="order")
    return found


def project_of(conn: Connection, desk: Desk, typed: str) -> Project:
    """Return the project that a scan or a keyed number means; the check digit may be left out.

    Raises NotFound, or BadInput where a figure is wrong. Numbers of an earlier pattern are keyed as they were issued.
    """
    wanted = typed.strip().upper()[:LONGEST_NUMBER]
    found = projects.one_project(conn, wanted)
    if found is None and (read := read_number(desk.policy.project_pattern, wanted)) is not None:
        found = projects.one_project(conn, read.number)
    if found is None:
        raise NotFound(f"There is no project “{wanted}”.", field="project")
    return found


def resolve(
    conn: Connection, desk: Desk, lines: Sequence[Line], day: date, *, lock: bool = False
) -> tuple[Ordered, ...]:
    """Find the orders that lines pay on a business date; ``lock`` keeps other counters from them.

    Raises NotFound, BadInput (a wrong figure), AlreadyPaid, OrderExpired, WrongState (called off), Conflict (twice in
    one cart, or not what it came to when it was put there).
    """
    found = [_one(conn, desk, line, day) for line in lines if isinstance(line, OrderLine)]
    numbers = [order.number for one in found for order in one.orders]
    for number in numbers:
        if numbers.count(number) > 1:
            raise Conflict(f"Order {number} stands in the cart twice.", field="order")
    if not lock or not numbers:
        return tuple(found)
    rows = {number: told.record(conn, sales_order, number, lock=True) or {} for number in sorted(numbers)}
    # what was read before the lock may be old: another counter may just have been paid
    again = [_one(conn, desk, line, day) for line in lines if isinstance(line, OrderLine)]
    if [order.number for one in again for order in one.orders] != numbers:
        raise Conflict
    return tuple(replace(one, rows=tuple(rows[order.number] for order in one.orders)) for one in again)


def _one(conn: Connection, desk: Desk, line: OrderLine, day: date) -> Ordered:
    if line.kind == "permit":
        found = Ordered(line, (), dues=permit_dues.amounts_of(conn, desk, line.number))
    else:
        found = _of_project(conn, desk, line, day) if line.kind == "project" else _of_order(conn, line, day)
    if line.due is not None and line.due != found.total:
        words = f"It came to {shown(line.due)} when it was put here, and comes to {shown(found.total)} now."
        raise Conflict(f"{line.kind.capitalize()} {line.number[:LONGEST_NUMBER]}: {words} Look at it again.")
    return found


def _of_order(conn: Connection, line: OrderLine, day: date) -> Ordered:
    order = order_of(conn, line.number)
    if (refusal := order.why_not_paid(day)) is not None:
        raise refusal
    return Ordered(line, (order,))


def _of_project(conn: Connection, desk: Desk, line: OrderLine, day: date) -> Ordered:
    """Take all that can be paid on a project; what ran out does not hide behind what did not."""
    project = project_of(conn, desk, line.number)
    found = orders.orders_of(conn, project.number)
    due = tuple(order for order in found if order.why_not_paid(day) is None)
    dues = permit_dues.amounts_of_project(conn, desk, project.number)
    if due or dues:
        over = tuple(order.number for order in found if order.standing(day) is OrderState.EXPIRED)
        return Ordered(line, due, dues=dues, run_out=over)
    for order in reversed(found):
        if order.standing(day) is OrderState.EXPIRED and (refusal := order.why_not_paid(day)) is not None:
            raise refusal
    raise AlreadyPaid(f"Nothing is due on project {project.number}.", field="project")


def put_in(
    lines: Sequence[Line], ordered: Sequence[Ordered]
) -> tuple[CartLine | BillLine | PricedBefore | OpenAmount, ...]:
    """Put the lines of orders, as they were priced, in the place of the lines that name them."""
    waiting = iter(ordered)
    flat: list[CartLine | BillLine | PricedBefore | OpenAmount] = []
    for line in lines:
        if isinstance(line, OrderLine):
            one = next(waiting)
            flat.extend(order.sold() for order in one.orders)
            flat.extend(one.dues)
        else:
            flat.append(line)
    return tuple(flat)


def warnings(ordered: Sequence[Ordered]) -> tuple[str, ...]:
    """Say which orders of a project ran out and are not in the line that pays the others."""
    gone = [number for one in ordered for number in one.run_out]
    return tuple(f"Order {number} ran out and is not in this line: prepare it anew." for number in gone)


def customer_of(ordered: Sequence[Ordered]) -> tuple[str, str]:
    """Return the name and the number of the customer whom the first order names, as far as it does."""
    named = [order for one in ordered for order in one.orders]
    return (
        next((order.customer_name for order in named if order.customer_name), ""),
        next((order.customer_id for order in named if order.customer_id), ""),
    )


def subjects_of(ordered: Sequence[Ordered]) -> frozenset[str]:
    """Return what a payment of orders is about: they themselves, their projects, customers and contractors."""
    found: set[str] = set()
    for one in ordered:
        for order in one.orders:
            found.add(about.order(order.number))
            found |= {about.project(order.project)} if order.project else set()
            found |= {about.customer(order.customer_id)} if order.customer_id else set()
            found |= {about.contractor(order.contractor)} if order.contractor else set()
    return frozenset(found)


def facts_of(lines: Sequence[PricedLine]) -> dict[str, object]:
    """Say which lines of a sale were priced on which orders, and on which day: an auditor prices them anew by it."""
    told: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line.order and line.ordered_on is not None:
            one = told.setdefault(line.order, {"priced_on": line.ordered_on.isoformat(), "lines": []})
            one["lines"].append(line.number)
    return {ORDERS: told} if told else {}


def paid(ordered: Sequence[Ordered], by: EventKey) -> tuple[Change, ...]:
    """Tell that orders are paid, by the entry that is about to be written."""
    now: dict[str, Value] = {"state": OrderState.PAID.value, "paid_series": by.series, "paid_seq": by.seq}
    return tuple(told.changed(sales_order, row, now) for one in ordered for row in one.rows)


def unpaid(conn: Connection, event: Event) -> tuple[Change, ...]:
    """Tell that the orders that a receipt paid may be paid again: the receipt is voided."""
    numbers = {one["key"][0] for one in event.facts.get(SETS, ()) if one["table"] == sales_order.name}
    changes = []
    for number in sorted(numbers):
        row = told.record(conn, sales_order, number, lock=True)
        if row is not None and (row["paid_series"], row["paid_seq"]) == (event.key.series, event.key.seq):
            again: dict[str, Value] = {"state": OrderState.OPEN.value, "paid_series": None, "paid_seq": None}
            changes.append(told.changed(sales_order, row, again))
    return tuple(changes)
