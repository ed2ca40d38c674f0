"""Carts that wait: the draft that survives a crash, and sales held for later on any station (A13)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from csr_desk.data.queries import batches, carts
from csr_desk.data.queries.carts import CartRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.cart import CartLine, price_cart
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, NotFound, NotPermitted, Refusal
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.tender import Tender
from csr_desk.services import bills, orders_sold
from csr_desk.services.bank_accounts import all_sealed
from csr_desk.services.clock import read_stamp
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.lines import BillLine, Line, read_line, read_tender, write_line, write_tender
from csr_desk.services.words import plain_words

LONGEST_NUMBER = 9


@dataclass
class CartDraft:
    """A cart as it is being keyed; ``key`` was made when it opened."""

    key: str
    lines: tuple[Line, ...] = ()
    tenders: tuple[Tender, ...] = ()
    customer: str = ""
    memo: str = ""
    held_number: str | None = None
    customer_id: str = ""
    """The customer's number, where they are known: their holds count when it is sold."""


@dataclass(frozen=True, slots=True)
class Hold:
    """Park a cart."""

    draft: CartDraft
    title: str = ""
    demo_inputs: bool = False
    """Fill in, now, what the items ask for and does not price them (training scripts)."""


@dataclass(frozen=True, slots=True)
class Held:
    """A parked cart in a list (cents)."""

    number: str
    title: str
    total: Cents
    owner_name: str
    held_at: datetime
    age_days: int
    stale: bool
    lines: int


def save_draft(desk: Desk, actor: Actor, draft: CartDraft) -> None:
    """Keep the cart as it is now; card numbers are refused before anything is written."""
    actor.require(Act.SELL)
    with desk.begin() as work:
        known = carts.one_cart(work.conn, draft.key)
        if known is not None and known.state not in {"open", "held"}:
            return
        hold_number = known.hold_number if known else None
        carts.put_cart(work.conn, _row(desk, actor, draft, ("open", "", _total(desk, work, draft), hold_number)))


def load_draft(desk: Desk, actor: Actor) -> CartDraft | None:
    """Return the cart that was open when the program ended, if there was one."""
    with desk.read() as work:
        record = carts.open_cart_of(work.conn, actor.user)
    return None if record is None else _draft(record)


def discard_draft(desk: Desk, actor: Actor, key: str) -> Done[str]:
    """Throw a cart away; one that had lines leaves a trace in the ledger."""
    actor.require(Act.SELL)
    with desk.begin() as work:
        record = carts.one_cart(work.conn, key)
        if record is None or record.state not in {"open", "held"}:
            return Done(key, replayed=True)
        if record.state == "open" and record.owner != actor.user:
            raise NotPermitted("This cart is another person’s.")
        draft = _draft(record)
        batch = batches.unfinished_of(work.conn, actor.user)
        if draft.lines:
            # without an open drawer it is an act of the office: a thrown-away cart always leaves its trace (J6)
            work.append(
                EntryDraft(
                    series=batch.series if batch else desk.office_series,
                    kind=EventKind.CART_CANCELLED,
                    business_date=batch.business_date if batch else desk.today(),
                    actor=actor.user,
                    idem_key=f"cancel-{key}",
                    content_hash=content_of(desk, actor.user, key),
                    batch=batch.batch_id if batch else None,
                    facts={"lines": len(draft.lines), "total": record.total},
                ),
                desk.now_text(),
            )
        carts.set_state(work.conn, key, "cancelled")
    return Done(key, frozenset({Topic.HELD, Topic.BATCHES}))


def hold(desk: Desk, actor: Actor, command: Hold) -> Done[Held]:
    """Park a cart under a number; it is resumed on any station."""
    actor.require(Act.SELL)
    draft = command.draft
    if not draft.lines:
        raise BadInput("The cart is empty.", field="lines")
    for line in draft.lines:
        if isinstance(line, CartLine):
            desk.catalogue.item(line.item)  # raises UnknownItem: a cart may wait for its inputs, never for its items
    if command.demo_inputs:
        draft = replace(draft, lines=_filled(desk, draft.lines))
    title = plain_words(command.title, "title", 80) or plain_words(draft.customer, "customer", 80)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        known = carts.one_cart(work.conn, draft.key)
        if known is not None and known.hold_number is not None and known.state in {"held", "sold"}:
            # a cart that was held and sold since was held all the same; its number says so when it is asked for
            return Done(_held(desk, known), replayed=True)
        if known is not None and known.state != "open":
            raise Conflict("This cart was finished already.")
        number = (known.hold_number if known else None) or carts.next_hold_number(work.conn)
        total = _total(desk, work, draft)
        carts.put_cart(work.conn, _row(desk, actor, draft, ("held", title, total, number)))
        record = carts.one_cart(work.conn, draft.key)
        if record is None:
            raise AssertionError(draft.key)
    return Done(_held(desk, record), frozenset({Topic.HELD}))


def held_sales(desk: Desk, actor: Actor) -> tuple[Held, ...]:
    """Return the parked carts, oldest first."""
    actor.require(Act.QUOTE)
    with desk.read() as work:
        return seen_by(actor.role, tuple(_held(desk, record) for record in carts.held_carts(work.conn)))


def resume(desk: Desk, actor: Actor, number: str) -> Done[CartDraft]:
    """Take a parked cart over and go on with it; raise NotFound, or Conflict if somebody else took it."""
    actor.require(Act.SELL)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        record = _find_held(work, number)
        if record.state != "held":
            if record.state == "open" and record.owner == actor.user:
                return Done(_draft(record), replayed=True)
            raise Conflict(f"Held sale {number} was taken up already.")
        draft = _draft(record)
        carts.put_cart(work.conn, _row(desk, actor, draft, ("open", record.title, record.total, record.hold_number)))
    return Done(draft, frozenset({Topic.HELD}))


def held_lines(desk: Desk, actor: Actor, number: str) -> CartDraft:
    """Return a parked cart without taking it over (the sale that finishes it does)."""
    actor.require(Act.SELL)
    with desk.read() as work:
        return _draft(_find_held(work, number))


def take_held(work: Work, number: str) -> None:
    """Finish a parked cart inside the sale that sold it; raise Conflict if it was sold or thrown away meanwhile."""
    record = _find_held(work, number)
    if record.state not in {"held", "open", "sold"}:
        raise Conflict(f"Held sale {number} was thrown away.")
    if record.state == "sold":
        raise Conflict(f"Held sale {number} was sold already.")
    carts.set_state(work.conn, record.key, "sold")


def _find_held(work: Work, number: str) -> CartRecord:
    digits = number.strip().upper().removeprefix("H-")
    if not digits.isascii() or not digits.isdigit() or len(digits) > LONGEST_NUMBER:
        raise NotFound(f"There is no held sale “{number[:20]}”.")
    record = carts.held_cart(work.conn, int(digits))
    if record is None:
        raise NotFound(f"There is no held sale “{number[:20]}”.")
    return record


def _held(desk: Desk, record: CartRecord) -> Held:
    held_at = read_stamp(record.updated_at)
    age = (desk.local(desk.clock.now()).date() - desk.local(held_at).date()) // timedelta(days=1)
    lines = json.loads(record.body)["lines"]
    return Held(
        f"H-{record.hold_number or 0:04d}",
        record.title,
        record.total,
        record.owner_name,
        held_at,
        age,
        age > desk.policy.held_days,
        len(lines),
    )


def _filled(desk: Desk, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Return the lines with plausible inputs where nothing was keyed."""
    return tuple(
        replace(
            line, inputs=price_cart(desk.catalogue, [line], price_date=desk.today(), demo_inputs=True).lines[0].inputs
        )
        if isinstance(line, CartLine)
        else line
        for line in lines
    )


def _total(desk: Desk, work: Work, draft: CartDraft) -> Cents:
    """Price a cart for the list of held sales (cents); one that waits for its inputs counts as nothing yet."""
    if not draft.lines:
        return 0
    try:
        owed = bills.resolve(work.conn, tuple(line for line in draft.lines if isinstance(line, BillLine)), desk.today())
        ordered = orders_sold.resolve(work.conn, desk, draft.lines, desk.today())
        lines = bills.opened(orders_sold.put_in(draft.lines, ordered), owed)
        return price_cart(desk.catalogue, lines, price_date=desk.today()).total
    except Refusal:
        return 0


def _row(desk: Desk, actor: Actor, draft: CartDraft, state: tuple[str, str, Cents, int | None]) -> dict[str, object]:
    name, title, total, number = state
    for line in draft.lines:
        _check_words(write_line(line), "lines")
    for tender in draft.tenders:
        for text in write_tender(tender).values():
            plain_words(str(text), "tenders")
    body = {
        "lines": [write_line(line) for line in draft.lines],
        "tenders": [write_tender(tender) for tender in all_sealed(desk, draft.tenders)],
        "customer": plain_words(draft.customer, "customer", 120),
        "memo": plain_words(draft.memo, "memo"),
        "customer_id": plain_words(draft.customer_id, "customer_id", 40),
    }
    return {
        "cart_key": draft.key,
        "office_id": desk.office.office_id,
        "drawer_id": desk.selling[actor.user][0] if actor.user in desk.selling else None,
        "owner_id": actor.user,
        "state": name,
        "title": title,
        "body": json.dumps(body, ensure_ascii=False),
        "total_minor": total,
        "updated_at": desk.now_text(),
        "hold_number": number,
    }


def _check_words(written: Mapping[str, object], field: str) -> None:
    """Refuse a card number, and what cannot be kept, in any word of a line: its fields, its reasons, its item."""
    for name, value in written.items():
        plain_words(name, field)
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, Mapping):
                _check_words(part, name)
            else:
                plain_words(str(part), name)


def _draft(record: CartRecord) -> CartDraft:
    body = json.loads(record.body)
    return CartDraft(
        record.key,
        tuple(read_line(line) for line in body["lines"]),
        tuple(read_tender(tender, kept=True) for tender in body["tenders"]),
        body["customer"],
        body["memo"],
        None if record.hold_number is None else f"H-{record.hold_number:04d}",
        body.get("customer_id", ""),
    )
