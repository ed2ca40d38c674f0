"""Which lines a refund gives back and how much of each: by the item's own rule, by difference, less what came before.

What is priced by a count (pages, copies, hours) is refunded by that count: the price of the whole less the price of
what is kept, both at the line's own version and for what was recorded with it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from csr_desk.data.queries import Connection, entries
from csr_desk.data.queries.entries import Event
from csr_desk.domain.cart import CartLine, LineKind
from csr_desk.domain.catalogue import ItemVersion, RefundKind, number_text
from csr_desk.domain.errors import AlreadyVoided, BadInput, Ineligible, MissingInput
from csr_desk.domain.ledger import EventKind, LineRow, Posting
from csr_desk.domain.line_pricing import price_item
from csr_desk.domain.money import Cents, allocate_next
from csr_desk.domain.permits import read_due
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.receivable.application import credited
from csr_desk.domain.receivable.guarantee import guaranteed
from csr_desk.domain.refund_rules import Fees, explained, given_back
from csr_desk.services.desk import Desk
from csr_desk.services.permit_takings import Gone

NOTHING = Fees(Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier refunds of a receipt gave back: cents and units by line, cents by source."""

    cents: Mapping[int, Cents] = field(default_factory=dict)
    units: Mapping[int, Decimal] = field(default_factory=dict)
    sources: Mapping[str, Cents] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many units a line has: how often it was sold, or the count that prices it (``name`` and its ``label``)."""

    units: Decimal
    name: str = ""
    label: str = ""
    forgotten: bool = False
    """The count was deleted with the other words of the receipt: only the whole line can be given back."""


@dataclass(frozen=True, slots=True)
class Back:
    """A line of a refund (its amount is negative), and how many units of the line go back with it."""

    row: LineRow
    units: Decimal | None = None


def given_before(conn: Connection, event: Event) -> Before:
    """Sum what earlier refunds gave back; the series of the receipt is locked.

    Raises Ineligible for what is no sale or was applied anew, AlreadyVoided for what was voided.
    """
    if event.kind is not EventKind.SALE:
        raise Ineligible("Only a sale is refunded.")
    cents: dict[int, Cents] = {}
    units: dict[int, Decimal] = {}
    sources: dict[str, Cents] = {}
    for back in entries.reversals_of(conn, event.key):
        if back.kind is EventKind.VOID:
            raise AlreadyVoided
        if back.kind is EventKind.ITEM_RETURNED:
            raise Ineligible("The bank sent the payment of this receipt back: nothing of it is refunded.")
        if back.kind is not EventKind.REFUND:
            continue
        if "reapplied" in back.facts:
            raise Ineligible(f"This receipt was applied anew: {back.facts['reapplied']} stands in its place.")
        for number, part in back.facts["lines"]:
            cents[number] = cents.get(number, 0) + part
        for number, part in back.facts.get("units", ()):
            units[number] = units.get(number, Decimal(0)) + Decimal(part)
        for ref, part in back.facts.get("sources", ()):
            sources[ref] = sources.get(ref, 0) + part
    return Before(cents, units, sources)


def back_lines(
    desk: Desk, original: Receipt, wanted: Sequence[tuple[int, Decimal | None]], before: Before
) -> tuple[Back, ...]:
    """Return the lines of a refund, each followed by its part of the tax that was added to it.

    Raises MissingInput without lines, BadInput for what cannot be meant, Ineligible by the item's rule.
    """
    if not wanted:
        raise MissingInput("Say which lines are refunded.", field="lines")
    if len({number for number, _ in wanted}) != len(wanted):
        raise BadInput("Name each line once.", field="lines")
    found: list[Back] = []
    for number, quantity in wanted:
        line = next((one for one in original.lines if one.number == number), None)
        if line is not None and line.kind == LineKind.OPEN_AMOUNT.value:
            found.append(_payment_back(line, quantity, before))
            continue
        if line is None or line.kind != LineKind.ITEM.value:
            raise BadInput(f"Line {number} is not an item of this receipt.", field="lines")
        part = _one(desk, original, line, quantity, before)
        found.append(part)
        found.extend(_taxes(original, line, -part.row.amount, before))
    return tuple(found)


def _payment_back(line: LineRow, quantity: Decimal | None, before: Before) -> Back:
    """Give the payment of a bill, or what was paid ahead, back as a whole: what it paid is owed again."""
    if guaranteed(line.reference):
        raise Ineligible("A deposit goes back when it is settled: what is owed is paid from it first.")
    if quantity not in {None, Decimal(1)}:
        raise BadInput(f"Line {line.number} is a payment: it goes back as a whole.", field="quantity")
    if before.cents.get(line.number, 0):
        raise Ineligible(f"Line {line.number} was refunded already.")
    said = "The credit is taken back." if credited(line.reference) else f"Bill {line.reference} is due again."
    if (due := read_due(line.reference)) is not None:
        said = f"The supplement to permit {due[0]} is due again."
    return Back(replace(line, amount=-line.amount, explain=(said,)))


def units_of(desk: Desk, original: Receipt, line: LineRow) -> Counted:
    """Return how many units of a line there are to give back."""
    sold = Decimal(line.quantity)
    counter = next((one for one in _version(desk, line).inputs if one.counts), None)
    if counter is None or sold != 1:
        return Counted(sold)
    count = _inputs(desk, original, line).get(counter.name, "")
    if not count:
        return Counted(sold, counter.name, counter.label, forgotten=True)
    return Counted(Decimal(count), counter.name, counter.label)


def _version(desk: Desk, line: LineRow) -> ItemVersion:
    return desk.catalogue.item(line.item).version_on(date.fromisoformat(line.price_from))


def _one(desk: Desk, original: Receipt, line: LineRow, quantity: Decimal | None, before: Before) -> Back:
    rule = _version(desk, line).refund
    if rule.kind is RefundKind.NONE:
        raise Ineligible(f"{line.name} is not refundable. {rule.words}".strip())
    counted = units_of(desk, original, line)
    gone = before.units.get(line.number, Decimal(0))
    units = _wanted_units(line, counted, quantity, gone)
    minimum = _version(desk, line).minimum
    kept_units = counted.units - gone - units
    if counted.name:
        paid = Fees(Decimal(line.amount), Decimal(1))
        kept = _kept(desk, original, line, counted, kept_units)
    else:
        paid = Fees(Decimal(line.amount), counted.units)
        kept = Fees(Decimal(line.amount) * kept_units / counted.units, kept_units)
    part = given_back(rule, minimum, paid, kept) - before.cents.get(line.number, 0)
    if part <= 0:
        raise Ineligible(f"Nothing of {line.name} is refundable: {rule.words}.")
    words = explained(rule, minimum, paid, kept)
    if counted.units != 1:
        said = f"{number_text(units)} of {number_text(counted.units)}"
        words = f"{said} {counted.label.lower()}. {words}" if counted.label else f"{said}. {words}"
    return Back(_row(line, part, number_text(units), words, before), units)


def _wanted_units(line: LineRow, counted: Counted, quantity: Decimal | None, gone: Decimal) -> Decimal:
    left = counted.units - gone
    if quantity is None and counted.forgotten:
        return left  # whatever is left of its amount
    if left <= 0:
        raise Ineligible(f"Line {line.number} was refunded already.")
    if quantity is None:
        if gone:
            said = number_text(left)
            raise Ineligible(f"Line {line.number} was refunded in part already; {said} of it is left. Say how many.")
        return left
    if counted.forgotten:
        raise Ineligible(
            f"What was keyed with line {line.number} has been deleted, so a part of it cannot be priced again. "
            "Refund the whole line."
        )
    if not 0 < quantity <= counted.units:
        said = number_text(counted.units)
        raise BadInput(f"From 1 to {said} of line {line.number} can be refunded.", field="quantity")
    if quantity > left:
        raise Ineligible(f"Only {number_text(left)} of line {line.number} is left; the rest was refunded already.")
    if not counted.name and quantity != int(quantity):
        raise BadInput("The quantity of this line is a whole number.", field="quantity")
    return quantity


def _kept(desk: Desk, original: Receipt, line: LineRow, counted: Counted, units: Decimal) -> Fees:
    """Price what is kept again, and the whole beside it: only what still prices the same can be compared."""
    if not units:
        return NOTHING
    whole = _price(desk, original, line, counted, counted.units)
    listed = line.amount if line.list_amount is None else line.list_amount
    if whole != listed:
        raise Ineligible(f"Line {line.number} cannot be priced again as it was sold. Refund the whole line.")
    kept = _price(desk, original, line, counted, units)
    # a price that a person set stands to the catalogue's as the whole does
    amount = Decimal(kept) if not listed else Decimal(kept) * line.amount / listed
    return Fees(amount, Decimal(1))


def _price(desk: Desk, original: Receipt, line: LineRow, counted: Counted, units: Decimal) -> Cents:
    item = desk.catalogue.item(line.item)
    inputs = {**_inputs(desk, original, line), counted.name: f"{units:f}"}
    try:
        sold = price_item(desk.catalogue, item, CartLine(item.code, inputs), original.business_date, demo_inputs=True)
    except MissingInput as missing:
        raise Ineligible(
            f"What was keyed with line {line.number} has been deleted, so a part of it cannot be priced again. "
            "Refund the whole line."
        ) from missing
    return sold.amount


def _inputs(desk: Desk, original: Receipt, line: LineRow) -> dict[str, str]:
    """Return what was recorded with a line, under the names of the fields again (a receipt keeps their labels)."""
    names = {one.label: one.name for version in desk.catalogue.item(line.item).versions for one in version.inputs}
    names |= {one.label: one.name for one in _version(desk, line).inputs}
    return {names.get(label, label): value for number, label, value in original.inputs if number == line.number}


def _row(line: LineRow, part: Cents, quantity: str, words: str, before: Before) -> LineRow:
    gone = before.cents.get(line.number, 0)
    included = line.tax * (gone + part) // line.amount - line.tax * gone // line.amount
    explain = (words,) if words else ()
    return replace(line, amount=-part, quantity=quantity, tax=-included, each=None, list_amount=None, explain=explain)


def _taxes(original: Receipt, line: LineRow, part: Cents, before: Before) -> list[Back]:
    """Return the part of each added tax that follows what is given back of its line, by cumulative target."""
    added = [one for one in original.lines if one.added_with == line.number]
    taxed = line.amount + sum(one.amount for one in added if one.kind == LineKind.MINIMUM.value)
    after = before.cents.get(line.number, 0) + part
    rows = []
    for tax in added:
        if tax.kind == LineKind.TAX.value:
            due = tax.amount * after // taxed - before.cents.get(tax.number, 0)
            if due > 0:
                rows.append(Back(_row(tax, due, tax.quantity, "", before)))
    return rows


def line_postings_back(original: Receipt, backs: Sequence[Back], before: Before) -> tuple[Posting, ...]:
    """Debit the accounts that the lines were credited to, by cumulative target."""
    booked: list[Posting] = []
    for back in backs:
        line = back.row
        credited = [posting for posting in original.postings if posting.line == line.number]
        targets = [-posting.amount for posting in credited]
        parts = allocate_next(targets, before.cents.get(line.number, 0), -line.amount)
        booked.extend(
            Posting(posting.account, part, line=line.number)
            for posting, part in zip(credited, parts, strict=True)
            if part
        )
    return tuple(booked)


def gone_of(desk: Desk, original: Receipt, backs: Sequence[Back], before: Before) -> dict[int, Gone]:
    """Say how much of each line that a refund touches has gone back so far, this time included."""
    lines = {line.number: line for line in original.lines}
    return {
        back.row.number: Gone(
            before.units.get(back.row.number, Decimal(0)) + back.units,
            units_of(desk, original, lines[back.row.number]).units,
        )
        for back in backs
        if back.units is not None
    }


def unit_facts(backs: Sequence[Back]) -> list[list[object]]:
    """Write the units of a refund as facts: line number and count as text."""
    return [[back.row.number, number_text(back.units)] for back in backs if back.units is not None]
