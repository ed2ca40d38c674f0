"""Permits renewed at the renewal price (G5): a line of a sale that names a permit lengthens it and issues none.

The price, its accounts and the administrative fee are those of the catalogue on the day of payment, so a renewal is
sold, voided and refunded as anything else is.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from csr_desk.data.models import permit, permit_change
from csr_desk.data.queries import Connection, contractors, permits, told
from csr_desk.data.queries.entries import Event
from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.errors import AlreadyPaid, BadInput, Conflict, Ineligible
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.permits import RENEWS, SoldPermit, last_day, renewal_code
from csr_desk.domain.steps import PERMIT
from csr_desk.domain.telling import Change
from csr_desk.domain.validity import Renewal, renewal
from csr_desk.services import permit_signing
from csr_desk.services.desk import Desk
from csr_desk.services.permit_sales import Issued, Planned, missing_of, subjects_of
from csr_desk.services.permits import inputs_of, names_of, next_change, number_of, one_permit


@dataclass(frozen=True, slots=True)
class Renewable:
    """What renewing a permit today comes to (cents): the line for the cart, its price, the new last day."""

    permit: str
    line: CartLine
    price: Cents
    until: date


def renewal_of(desk: Desk, actor: Actor, number: str) -> Renewable:
    """Prepare the renewal of a permit.

    Raises NotFound, BadInput, Ineligible (over too long, without an end, ended), AlreadyPaid (it was renewed today).
    """
    actor.require(Act.AMEND_PERMIT)
    today = desk.today()
    with desk.read() as work:
        record = one_permit(work.conn, number)
        _refuse_again(work.conn, record.number, today)
        keyed = inputs_of(work.conn, record)
    until = _until(desk, record, today)
    item = desk.catalogue.item(_code(desk, record))
    named = names_of(item)
    inputs = {named[label]: value for label, value in keyed.items() if label in named} | {RENEWS: record.number}
    line = CartLine(item.code, inputs)
    cart = price_cart(desk.catalogue, (line,), price_date=today, demo_inputs=desk.office.training)
    return Renewable(record.number, replace(line, demo_inputs=desk.office.training), cart.total, until)


def _code(desk: Desk, record: permits.PermitRecord) -> str:
    if record.kind not in desk.catalogue.items:
        raise Ineligible("This permit has several items: it is not renewed as one. Issue a new one.")
    return renewal_code(desk.catalogue, record.kind)


def _until(desk: Desk, record: permits.PermitRecord, today: date) -> date:
    """Return the last day after a renewal: by the item's own validity where it says one; raise Ineligible."""
    rule: Renewal = renewal(
        record.state, record.expires_on, today, days=desk.policy.permit_days, within=desk.policy.renewal_days
    )
    if not rule.possible or record.expires_on is None:
        raise Ineligible(rule.why_not or "This permit has no end.", field="permit")
    item = desk.catalogue.items.get(record.kind)
    validity = item.latest.validity if item is not None and item.latest is not None else ""
    return last_day(validity, max(record.expires_on, today), desk.policy.permit_days) or record.expires_on


def _refuse_again(conn: Connection, number: str, today: date) -> None:
    """Raise AlreadyPaid where a permit was renewed on a day already: two counters sold what one customer asked for."""
    for one in permits.changes_of(conn, number):
        if one.kind == "renewal" and one.state == "done" and one.on == today:
            raise AlreadyPaid(f"Permit {number} was renewed today already, until {one.expires_on}.", field="permit")


def planned(conn: Connection, desk: Desk, sold: SoldPermit, day: date) -> Planned:
    """Return the renewal that a line of a sale is, with what the permit's contractor lacks on a day.

    Raises NotFound, BadInput (another item renews it), Ineligible (it is not renewed any more), AlreadyPaid (it was
    renewed today).
    """
    record = one_permit(conn, sold.renews)
    if sold.item.code != _code(desk, record):
        raise BadInput(f"Permit {record.number} is renewed by {_code(desk, record)}.", field=RENEWS)
    _until(desk, record, day)
    _refuse_again(conn, record.number, desk.today())
    who = contractors.one_contractor(conn, record.contractor) if record.contractor else None
    return Planned(sold, who, missing_of(who, record.trade, day))


def renewed(conn: Connection, desk: Desk, key: EventKey, plan: Sequence[Planned], day: date) -> Issued:
    """Say what the entry of a sale tells of the permits that it renews; ``key`` is where it is about to stand."""
    changes: list[Change] = []
    subjects: list[str] = []
    numbers = [number_of(one.sold.renews) for one in plan]
    if len(set(numbers)) != len(numbers):
        raise Conflict("A permit is renewed twice in one cart.")
    for one, number in zip(plan, numbers, strict=True):
        row = told.record(conn, permit, number, lock=True) or {}
        record = one_permit(conn, number)
        until = _until(desk, record, day).isoformat()
        _refuse_again(conn, number, desk.today())
        values: dict[str, str | int | None] = {
            "state": PERMIT.after("renew", record.state), "expires_on": until, "ended_on": None,
            "renewals": record.renewals + 1, "paid_minor": record.paid + one.sold.paid,
        }  # fmt: skip
        before = {"expires_on": row["expires_on"], "state": record.state, "ended_on": row["ended_on"]}
        change: dict[str, str | int | None] = {
            "kind": "renewal", "state": "done", "amount_minor": one.sold.paid, "expires_on": until,
            "worksheet": json.dumps(before, sort_keys=True), "receipt_series": key.series, "receipt_seq": key.seq,
            "receipt_line": one.sold.lines[0],
        }  # fmt: skip
        signature = permit_signing.signed_anew(conn, desk, {**row, **values})
        changes += [told.changed(permit, row, values | signature), next_change(conn, number, change, "", desk)]
        subjects += subjects_of(number, row)
    return Issued(tuple(changes), tuple(subjects))


def taken_back(conn: Connection, desk: Desk, event: Event, lines: dict[int, bool]) -> Issued:
    """Say what takes a receipt back of the permits that it renewed; ``lines`` says which of its lines went whole.

    A permit has its old last day again. Raises Ineligible where something happened to it since.
    """
    changes: list[Change] = []
    subjects: list[str] = []
    for done in permits.changes_by_receipt(conn, event.key):
        if done.kind != "renewal" or done.state != "done" or not lines.get(done.receipt_line, False):
            continue
        row = told.record(conn, permit, done.permit, lock=True) or {}
        own = told.record(conn, permit_change, done.permit, done.n, lock=True) or {}
        if permits.changes_of(conn, done.permit)[-1].n != done.n or row["state"] not in {"issued", "inspected"}:
            raise Ineligible(f"Permit {done.permit} was renewed by this receipt and changed since.")
        values = json.loads(done.worksheet) | {
            "renewals": row["renewals"] - 1, "paid_minor": row["paid_minor"] - done.amount,
        }  # fmt: skip
        signature = permit_signing.signed_anew(conn, desk, {**row, **values})
        changes += [
            told.changed(permit, row, values | signature),
            told.changed(permit_change, own, {"state": "cancelled"}),
        ]
        subjects += subjects_of(done.permit, row)
    return Issued(tuple(changes), tuple(subjects))
