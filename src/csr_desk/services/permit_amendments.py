"""What was permitted changes after its payment (G5): a supplement to pay, or a part to give back; never an edit.

The permit is priced twice at the prices of its issue, as it stands and as it is to be: the difference is due. Until a
receipt settles it the permit stands as it did.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from csr_desk.data.models import permit, permit_change
from csr_desk.data.queries import Connection, permits, told
from csr_desk.data.queries.permits import ChangeRecord, PermitRecord
from csr_desk.domain.cart import CartLine, LineKind, PricedCart, price_cart
from csr_desk.domain.catalogue import Item
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, Conflict, Ineligible, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.refund_rules import Fees, given_back
from csr_desk.domain.steps import PERMIT
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.permit_sales import subjects_of
from csr_desk.services.permits import (
    TOPICS,
    PermitView,
    inputs_of,
    locked,
    names_of,
    next_change,
    number_of,
    one_permit,
    view_of,
)
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

MOST_INPUTS = 40


@dataclass(frozen=True, slots=True)
class AmendPermit:
    """Change what was keyed for a permit: input to new value, with a reason."""

    key: str
    permit: str
    inputs: tuple[tuple[str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CancelAmendment:
    """Take an amendment back that nobody settled yet."""

    key: str
    permit: str
    reason: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What an amendment comes to (cents): the fee and the administrative fee, as it stands and as it is to be."""

    fee: tuple[Cents, Cents]
    admin: tuple[Cents, Cents]
    amount: Cents
    """Above zero a supplement, below it what the item's rule gives back."""
    inputs: Mapping[str, str]
    """The new values, by the labels of the form."""

    def worksheet(self) -> str:
        """Write how it was worked out, without a word that anybody keyed."""
        return json.dumps({"fee": self.fee, "admin": self.admin, "amount": self.amount}, sort_keys=True)


def try_amendment(desk: Desk, actor: Actor, command: AmendPermit) -> Difference:
    """Work out what an amendment comes to; nothing is recorded. Raises what ``amend_permit`` refuses."""
    actor.require(Act.AMEND_PERMIT)
    with desk.read() as work:
        return _difference(work.conn, desk, one_permit(work.conn, command.permit), command)


def amend_permit(desk: Desk, actor: Actor, command: AmendPermit) -> Done[PermitView]:
    """Amend a permit: it is due until a receipt settles it, or done at once where nothing is to pay.

    Raises NotFound, WrongState, Conflict (another is due), BadInput, MissingInput, Ineligible (several items).
    """
    actor.require(Act.AMEND_PERMIT)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        number = number_of(command.permit)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(view_of(work.conn, desk, one_permit(work.conn, number)), replayed=True)
        row = locked(work, number)
        PERMIT.after("amend", row["state"])
        if permits.due_of(work.conn, [number]):
            raise Conflict("An amendment of this permit is due: settle it, or take it back first.")
        found = _difference(work.conn, desk, one_permit(work.conn, number), command)
        if not reason:
            raise MissingInput("Say why the permit is amended.", field="reason")
        values: dict[str, str | int | None] = {
            "kind": "amendment", "state": "due" if found.amount else "done", "amount_minor": found.amount,
            "worksheet": found.worksheet(),
        }  # fmt: skip
        more = {"inputs": json.dumps(dict(found.inputs), ensure_ascii=False, sort_keys=True)}
        change = next_change(work.conn, number, values, reason, desk)
        change = replace(change, words={**change.words, **more})
        # the permit itself is told as well, so that a sale that reads it now sees that it changed
        telling.tell(work, desk, _draft(desk, actor, (command.key, content)), [change, told.changed(permit, row, {})],
                     subjects_of(number, row))  # fmt: skip
        done = view_of(work.conn, desk, one_permit(work.conn, number))
    return Done(done, TOPICS)


def cancel_amendment(desk: Desk, actor: Actor, command: CancelAmendment) -> Done[PermitView]:
    """Take an amendment back that is due; raise NotFound (none is due), MissingInput (no reason)."""
    actor.require(Act.AMEND_PERMIT)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        number = number_of(command.permit)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(view_of(work.conn, desk, one_permit(work.conn, number)), replayed=True)
        row = locked(work, number)
        if not reason:
            raise MissingInput("Say why the amendment is taken back.", field="reason")
        change = told.record(work.conn, permit_change, number, due_one(work.conn, number).n, lock=True) or {}
        changes = [told.changed(permit_change, change, {"state": "cancelled"}), told.changed(permit, row, {})]
        draft = _draft(desk, actor, (command.key, content), {"why": reason})
        telling.tell(work, desk, draft, changes, subjects_of(number, row))
        done = view_of(work.conn, desk, one_permit(work.conn, number))
    return Done(done, TOPICS)


def due_one(conn: Connection, number: str) -> ChangeRecord:
    """Return the amendment of a permit that is due; raise NotFound."""
    found = permits.due_of(conn, [number])
    if not found:
        raise NotFound(f"Nothing is due on permit {number}.", field="permit")
    return found[0]


def _difference(conn: Connection, desk: Desk, record: PermitRecord, command: AmendPermit) -> Difference:
    item = desk.catalogue.items.get(record.kind)
    if item is None:
        raise Ineligible("This permit has several items: refund the wrong line, and sell the right one.")
    if not command.inputs or len(command.inputs) > MOST_INPUTS:
        raise MissingInput("Say what changes: an input and its new value.", field="inputs")
    names = names_of(item)
    labels = {name: label for label, name in names.items()}
    wanted = {names.get(name, name): plain_words(value, name) for name, value in command.inputs}
    if unknown := sorted(set(wanted) - set(labels)):
        raise BadInput(f"{item.code} does not ask for “{unknown[0][:40]}”.", field=unknown[0])
    keyed = {names[label]: value for label, value in inputs_of(conn, record).items() if label in names}
    before, after = (_priced(desk, item, inputs, record) for inputs in (keyed, {**keyed, **wanted}))
    fee, admin = (_fee(before), _fee(after)), (_admin(before), _admin(after))
    more = sum(after_ - before_ for before_, after_ in (fee, admin))
    amount = more if more >= 0 else -_back(item, record, fee)
    return Difference(fee, admin, amount, {labels[name]: value for name, value in wanted.items()})


def _priced(desk: Desk, item: Item, inputs: Mapping[str, str], record: PermitRecord) -> PricedCart:
    """Price a permit at the prices of its issue; what does not price it need not be known any more."""
    line = CartLine(item.code, inputs, demo_inputs=True)
    return price_cart(desk.catalogue, (line,), price_date=record.issued_on)


def _fee(cart: PricedCart) -> Cents:
    return sum(line.amount for line in cart.lines if line.kind in {LineKind.ITEM, LineKind.MINIMUM})


def _admin(cart: PricedCart) -> Cents:
    return sum(line.amount for line in cart.lines if line.kind is LineKind.ADMIN_FEE)


def _back(item: Item, record: PermitRecord, fee: tuple[Cents, Cents]) -> Cents:
    """Return what the item's own rule gives back of the fee; the administrative fee stays with the city."""
    version = item.version_on(record.issued_on)
    return given_back(
        version.refund, version.minimum, Fees(Decimal(fee[0]), Decimal(1)), Fees(Decimal(fee[1]), Decimal(1))
    )


def _draft(desk: Desk, actor: Actor, what: tuple[str, str], notes: Mapping[str, str] | None = None) -> EntryDraft:
    key, content = what
    return EntryDraft(
        series=desk.office_series, kind=EventKind.PERMIT_CHANGED, business_date=desk.today(), actor=actor.user,
        idem_key=key, content_hash=content, notes=notes or {},
    )  # fmt: skip
