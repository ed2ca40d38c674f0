"""Orders for the cashier: a clerk prices them, any counter takes the money (A14, G2).

An order is priced on the day it is made, and never again; it books nothing and has no receipt number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from csr_desk.data.models import sales_order
from csr_desk.data.queries import Connection, orders, people, projects, told
from csr_desk.domain import about
from csr_desk.domain.cart import CartLine, PricedCart, PricedLine, price_cart
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import AlreadyPaid, BadInput, Conflict, MissingInput, NotFound, OrderExpired
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.orders import MOST_LINES, Order, OrderPaper, OrderState, last_day, write_lines
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.permit_fees import PROJECT
from csr_desk.domain.projects import Project
from csr_desk.domain.steps import ORDER
from csr_desk.domain.telling import SETS, Change, Value
from csr_desk.services import telling
from csr_desk.services.cart_checks import check_allowed, check_cart
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.lines import Line, OrderLine
from csr_desk.services.orders_sold import order_of, project_of, resolve
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.PROJECTS})


@dataclass(frozen=True, slots=True)
class PrepareOrder:
    """Price a cart for the cashier."""

    key: str
    lines: tuple[Line, ...]
    project: str = ""
    customer_id: str = ""
    """The customer's number, where they are known; else the project's owner."""
    contractor: str = ""
    customer_name: str = ""
    memo: str = ""
    demo_inputs: bool = False
    """Fill in what the items ask for and does not price them (training scripts)."""


@dataclass(frozen=True, slots=True)
class CancelOrder:
    """Call an order off."""

    key: str
    order: str
    reason: str


@dataclass(frozen=True, slots=True)
class EndRunOut:
    """End the orders whose last day is over."""

    key: str


def prepare_order(desk: Desk, actor: Actor, command: PrepareOrder) -> Done[Order]:
    """Price and number an order.

    Raises what pricing refuses, BadInput (something that is owed, too many lines), NotFound (project, customer,
    contractor), WrongState (the project is closed), NotPermitted.
    """
    actor.require(Act.PREPARE_ORDER)
    content = content_of(desk, actor.user, command)
    items = _items(command)
    name, memo = plain_words(command.customer_name, "customer_name", 120), plain_words(command.memo, "memo")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_told_by(work.conn, earlier.facts), replayed=True)
        found = project_of(work.conn, desk, command.project) if command.project.strip() else None
        if found is not None and (refusal := found.why_not_changed()) is not None:
            raise refusal
        cart = _priced(desk, actor, items, found, demo_inputs=command.demo_inputs)
        whose = _whose(work.conn, command, found)
        today = desk.today()
        number, counted = telling.next_number(work.conn, desk, "order", today.year)
        lines, inputs = write_lines(cart.lines)
        facts: dict[str, Value] = {
            "project_no": found.number if found else None, **whose, "state": OrderState.OPEN.value, "lines": lines,
            "price_date": today.isoformat(), "issued_on": today.isoformat(),
            "expires_on": last_day(today, desk.policy.order_days).isoformat(), "total_minor": cart.total,
            "prepared_by": actor.user,
        }  # fmt: skip
        words = {"inputs": inputs, "customer_name": name or None, "memo": memo or None}
        new = told.added(sales_order, (number,), facts, words)
        draft = _draft(desk, actor, (command.key, content), EventKind.ORDER_MADE)
        telling.tell(work, desk, draft, (counted, new), _about(number, facts))
        done = order_of(work.conn, number)
    return Done(done, TOPICS)


def cancel_order(desk: Desk, actor: Actor, command: CancelOrder) -> Done[Order]:
    """Call an order off; raise NotFound, BadInput (a wrong figure), MissingInput (no reason), WrongState."""
    actor.require(Act.PREPARE_ORDER)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(_told_by(work.conn, earlier.facts), replayed=True)
        number = order_of(work.conn, command.order).number
        row = told.record(work.conn, sales_order, number, lock=True)
        if row is None:
            raise Conflict
        state = ORDER.after("cancel", row["state"])
        if not reason:
            raise MissingInput("Say why the order is called off.", field="reason")
        changed = told.changed(sales_order, row, {"state": state})
        draft = _draft(desk, actor, (command.key, content), EventKind.ORDER_ENDED, {"reason": reason})
        telling.tell(work, desk, draft, (changed,), _about(number, row))
        done = order_of(work.conn, number)
    return Done(done, TOPICS)


def end_run_out(desk: Desk, actor: Actor, command: EndRunOut) -> Done[tuple[Order, ...]]:
    """End every open order whose last day is over, in one entry; returns them (none is no entry)."""
    actor.require(Act.PREPARE_ORDER)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            numbers = [str(one["key"][0]) for one in earlier.facts[SETS]]
            return Done(tuple(order_of(work.conn, number) for number in numbers), replayed=True)
        over = [order.number for order in orders.open_orders(work.conn, before=desk.today())]
        changes: list[Change] = []
        subjects: set[str] = set()
        for number in over:
            row = told.record(work.conn, sales_order, number, lock=True)
            if row is not None and ORDER.can("expire", row["state"]):
                changes.append(told.changed(sales_order, row, {"state": ORDER.after("expire", row["state"])}))
                subjects.update(_about(number, row))
        if not changes:
            return Done(())
        draft = _draft(desk, actor, (command.key, content), EventKind.ORDER_ENDED)
        telling.tell(work, desk, draft, changes, sorted(subjects))
        done = tuple(order_of(work.conn, str(change.key[0])) for change in changes)
    return Done(done, TOPICS)


def order(desk: Desk, actor: Actor, typed: str) -> Order:
    """Return an order by its number, scanned or keyed; raise NotFound, BadInput (a wrong figure)."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, order_of(work.conn, typed))


def orders_on(desk: Desk, actor: Actor, project: str) -> tuple[Order, ...]:
    """Return the orders of a project, in the order of their numbers; raise NotFound, BadInput (a wrong figure)."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = project_of(work.conn, desk, project)
        return seen_by(actor.role, orders.orders_of(work.conn, found.number))


def due_on(desk: Desk, actor: Actor, project: str) -> Cents:
    """Return what one line of a cart pays on a project today (cents); raise NotFound, BadInput (a wrong figure)."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        number = project_of(work.conn, desk, project).number
        try:
            (found,) = resolve(work.conn, desk, (OrderLine("project", number),), desk.today())
        except (AlreadyPaid, OrderExpired):
            return 0
        return found.total


def order_paper(desk: Desk, actor: Actor, typed: str) -> OrderPaper:
    """Return what the paper of an order says; raise NotFound, BadInput (a wrong figure)."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        found = order_of(work.conn, typed)
        on = projects.one_project(work.conn, found.project) if found.project else None
        name = found.customer_name or projects.name_of(work.conn, found.customer_id)
        by = people.names(work.conn).get(found.prepared_by, found.prepared_by)
    paper = OrderPaper(
        desk.office, found, name, on.title if on else "", on.site if on else "", by, desk.today()
    )  # fmt: skip
    return seen_by(actor.role, paper)


def open_orders(desk: Desk, actor: Actor) -> tuple[Order, ...]:
    """Return the orders that wait for a cashier, the oldest first; those that ran out are among them until ended."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, orders.open_orders(work.conn))


def _items(command: PrepareOrder) -> tuple[CartLine, ...]:
    check_cart(command.lines, ())
    items = tuple(line for line in command.lines if isinstance(line, CartLine))
    if len(items) != len(command.lines):
        raise BadInput("An order has items only. What is owed already is paid as it is.", field="lines")
    return items


def _priced(
    desk: Desk, actor: Actor, items: tuple[CartLine, ...], found: Project | None, *, demo_inputs: bool
) -> PricedCart:
    """Price an order as of today; what asks for the project's number is given it."""
    lines = tuple(_with_project(desk, line, found) for line in items)
    cart = price_cart(desk.catalogue, lines, price_date=desk.today(), demo_inputs=demo_inputs)
    if len(cart.lines) > MOST_LINES:
        raise BadInput(f"An order has at most {MOST_LINES} lines. Prepare two.", field="lines")
    check_allowed(cart, (), ())
    _require_overrides(actor, cart.lines)
    return cart


def _with_project(desk: Desk, line: CartLine, found: Project | None) -> CartLine:
    latest = desk.catalogue.item(line.item).latest
    asked = {one.name for one in latest.inputs} if latest else set()
    if found is None or PROJECT not in asked or line.inputs.get(PROJECT, "").strip():
        return line
    return CartLine(
        line.item, {**line.inputs, PROJECT: found.number}, line.quantity, line.amount, line.override_reason,
        line.override_authority, line.waiver, line.demo_inputs,
    )  # fmt: skip


def _require_overrides(actor: Actor, lines: tuple[PricedLine, ...]) -> None:
    """Refuse prices by hand to who may not ask for them; the supervisor signs when the order is paid."""
    if any(line.overridden and line.waiver is None for line in lines):
        actor.require(Act.OVERRIDE_PRICE)
    if any(line.waiver is not None for line in lines):
        actor.require(Act.WAIVE_FEE)


def _whose(conn: Connection, command: PrepareOrder, found: Project | None) -> dict[str, Value]:
    customer = command.customer_id or (found.customer_id if found else "")
    contractor = command.contractor or (found.contractor if found else "")
    if customer and not projects.has_customer(conn, customer):
        raise NotFound(f"There is no customer “{customer[:40]}”.", field="customer_id")
    if contractor and not projects.has_contractor(conn, contractor):
        raise NotFound(f"There is no contractor “{contractor[:40]}”.", field="contractor")
    return {"customer_id": customer or None, "contractor_no": contractor or None}


def _about(number: str, row: Mapping[str, Any]) -> tuple[str, ...]:
    """Say what an order is about, by its columns."""
    found = [about.order(number)]
    found += [about.project(row["project_no"])] if row["project_no"] else []
    found += [about.customer(row["customer_id"])] if row["customer_id"] else []
    found += [about.contractor(row["contractor_no"])] if row["contractor_no"] else []
    return tuple(found)


def _draft(
    desk: Desk, actor: Actor, act: tuple[str, str], kind: EventKind, notes: Mapping[str, str] | None = None
) -> EntryDraft:
    key, content = act
    return EntryDraft(
        series=desk.office_series,
        kind=kind,
        business_date=desk.today(),
        actor=actor.user,
        idem_key=key,
        content_hash=content,
        notes=dict(notes or {}),
    )


def _told_by(conn: Connection, facts: Mapping[str, Any]) -> Order:
    """Return the order that an entry told, as it stands now."""
    return order_of(conn, next(str(one["key"][0]) for one in facts[SETS] if one["table"] == sales_order.name))
