"""One line of a cart, priced: its version, its checked inputs, its amount and the reasons. Amounts in cents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from csr_desk.domain.cart_lines import CartLine, LineKind, PricedLine, Waiver, read_quantity
from csr_desk.domain.catalogue import BASIS_INPUTS, Catalogue, Item, ItemUse, ItemVersion, PriceBasis
from csr_desk.domain.errors import BadInput, Ineligible, MissingInput
from csr_desk.domain.money import MAX_CENTS, Cents, shown, to_cents, to_dollars
from csr_desk.domain.pricing import Facts, InputField, Reckoning, read_day, read_number, work_out

ONE = Decimal(1)
QUANTITY = "quantity"


@dataclass(frozen=True, slots=True)
class Sold:
    """A line that has its price but does not know yet what the program adds to it."""

    item: Item
    version: ItemVersion
    inputs: Mapping[str, str]
    day: date
    times: int
    quantity: Decimal
    each: Cents
    amount: Cents
    explain: tuple[str, ...]
    overridden: bool = False
    override_reason: str = ""
    override_authority: str = ""
    waiver: Waiver | None = None
    catalogue_amount: Cents | None = None

    def line(self, number: int, kind: LineKind = LineKind.ITEM, added_with: int | None = None) -> PricedLine:
        """Number it as a line of the cart."""
        exact = self.amount % self.quantity == 0
        return PricedLine(
            number=number,
            kind=kind,
            item=self.item.code,
            name=self.version.name or self.item.name,
            quantity=self.quantity,
            amount=self.amount,
            shares=self.version.shares,
            added_with=added_with,
            each_cents=int(self.amount / self.quantity) if exact else None,
            department=self.item.department,
            authority=self.version.authority,
            explain=self.explain,
            effective_from=self.version.effective_from,
            price_basis=self.version.price_basis,
            price_date=self.day,
            inputs=self.inputs,
            refund_rule=self.version.refund,
            document=self.version.document,
            validity=self.version.validity,
            overridden=self.overridden,
            override_reason=self.override_reason,
            override_authority=self.override_authority,
            waiver=self.waiver,
            catalogue_amount=self.catalogue_amount,
            tenders=self.item.tenders,
            multi_group=self.item.multi_group,
        )


def price_line(catalogue: Catalogue, line: CartLine, price_date: date, *, demo_inputs: bool = False) -> Sold:
    """Price one line as if it stood alone; raise a Refusal with the field when something is wrong with it."""
    item = catalogue.item(line.item)
    _refuse_what_is_not_sold(item)
    return price_item(catalogue, item, line, price_date, demo_inputs=demo_inputs)


def price_item(
    catalogue: Catalogue, item: Item, line: CartLine, price_date: date, *, demo_inputs: bool = False
) -> Sold:
    """Price an item whatever its use: the program itself adds fees and taxes this way."""
    day = version_day(item, line.inputs, price_date)
    version = item.version_on(day)
    times, values = _quantity_and_inputs(version, line, day, demo_inputs=demo_inputs or line.demo_inputs)
    facts = Facts(values, price_date, None if line.override_reason else line.amount, _other_fees(catalogue, line, day))
    reckoning = _reckon(version, facts, line)
    each = _limited(version, to_cents(reckoning.amount))
    amount = each * times
    if abs(amount) > MAX_CENTS:
        raise BadInput("This comes to more than the program can book. Check the inputs.")
    explain = (*_origin(item, version, day), *reckoning.steps, *_limit_words(version, reckoning.amount))
    if times != 1:
        explain += (f"{times} × {shown(each)} = {shown(amount)}",)
    quantity = _shown_quantity(version, facts, times)
    return _overridden(Sold(item, version, values, day, times, quantity, each, amount, explain), line)


def _shown_quantity(version: ItemVersion, facts: Facts, times: int) -> Decimal:
    """Return the quantity that a receipt shows: the count where each unit costs the same, else how many were sold."""
    counted = any(field.name == QUANTITY and field.counts for field in version.inputs)
    unit = QUANTITY if counted else version.price.unit_input
    count = facts.number_or_none(unit) if unit and times == 1 else None
    return count if count and count == int(count) else Decimal(times)


def version_day(item: Item, inputs: Mapping[str, str], price_date: date) -> date:
    """Return the date that picks the version: application, invoice or service date where the item goes by one."""
    basis = item.latest.price_basis if item.latest else PriceBasis.PAYMENT
    for name in BASIS_INPUTS[basis]:
        if inputs.get(name, "").strip():
            return read_day(inputs[name], field=name)
    return price_date


def _refuse_what_is_not_sold(item: Item) -> None:
    if item.use is ItemUse.ADJUSTMENT:
        raise Ineligible(f"{item.code} ({item.name}) is not sold: prepare an adjustment on the account instead.")
    if item.use is not ItemUse.COUNTER:
        raise Ineligible(f"{item.code} ({item.name}) is added by the program itself and cannot be sold by hand.")
    if not item.active:
        raise Ineligible(f"{item.code} ({item.name}) is no longer sold.")


def _quantity_and_inputs(
    version: ItemVersion, line: CartLine, day: date, *, demo_inputs: bool
) -> tuple[int, dict[str, str]]:
    """Check the inputs and settle what the line's quantity means: a count that prices it, or how many of them."""
    given = _named(version.inputs, line.inputs)
    quantity = read_quantity(line.quantity)
    names = {field.name for field in version.inputs}
    if QUANTITY in given and QUANTITY not in names:
        keyed = given.pop(QUANTITY)
        quantity = quantity if quantity is not None else read_quantity(read_number(keyed, field=QUANTITY))
    counter = next((field for field in version.inputs if field.counts), None)
    if counter is not None and quantity is not None:
        keyed = given.get(counter.name, "").strip()
        if not keyed and not _can_work_out(counter, given):
            given[counter.name], quantity = f"{quantity:f}", None
        elif counter.name == QUANTITY:
            _refuse_two_quantities(counter, keyed, quantity)
            quantity = None
    values = _checked(version.inputs, given, day, demo_inputs=demo_inputs)
    times = quantity if quantity is not None else ONE
    if times != int(times):
        raise BadInput("The quantity of this item is a whole number.", field=QUANTITY)
    return int(times), values


def _refuse_two_quantities(counter: InputField, keyed: str, quantity: Decimal) -> None:
    if quantity not in (ONE, Decimal(counter.check(keyed))):
        raise BadInput(f"Two quantities were keyed: {keyed} and {quantity:f}. Key one.", field=QUANTITY)


def _can_work_out(field: InputField, given: Mapping[str, str]) -> bool:
    return field.worked_out is not None and all(given.get(name, "").strip() for name in field.from_inputs)


def _named(asked: tuple[InputField, ...], inputs: Mapping[str, str]) -> dict[str, str]:
    """Give inputs the name of their field where they came under another name that the item knows."""
    other = {also: field.name for field in asked for also in field.also_called}
    given: dict[str, str] = {}
    for name, value in inputs.items():
        given.setdefault(other.get(name, name), value)
    return given


def _checked(
    asked: tuple[InputField, ...], given: Mapping[str, str], day: date, *, demo_inputs: bool
) -> dict[str, str]:
    names = {field.name for field in asked}
    # what the item does not ask for is carried along, but it must be printable as well
    values = {
        name: InputField(name, name, required=False).check(text) for name, text in given.items() if name not in names
    }
    for field in asked:
        keyed = given.get(field.name, "").strip()
        if not keyed and demo_inputs and field.required and not field.prices:
            keyed = field.demonstrate(day)
        if not keyed and field.worked_out is not None:
            continue
        values[field.name] = field.check(keyed)
    for field in asked:
        if field.worked_out is not None and not values.get(field.name, ""):
            found = work_out(field, values, day)
            values[field.name] = field.check(found) if found or field.required else ""
    return values


def _other_fees(catalogue: Catalogue, line: CartLine, day: date) -> Callable[[str], Decimal]:
    """Price another item for the same inputs, its minimum included: "25 % of the permit fee"."""

    def fee_of(code: str) -> Decimal:
        other = catalogue.item(code)
        version = other.version_on(day)
        wanted = {field.name for field in version.inputs if field.prices}
        inputs = {name: value for name, value in line.inputs.items() if name in wanted}
        sold = price_item(catalogue, other, CartLine(code, inputs), day, demo_inputs=True)
        return to_dollars(max(sold.amount, version.minimum or 0))

    return fee_of


def _reckon(version: ItemVersion, facts: Facts, line: CartLine) -> Reckoning:
    """Work out the price; an override needs no entered amount, since it gives one."""
    try:
        return version.price.evaluate(facts)
    except MissingInput:
        if line.override_reason and version.price.is_entered:
            return Reckoning(Decimal(0), ("The amount is entered.",))
        raise


def _limited(version: ItemVersion, each: Cents) -> Cents:
    return each if version.maximum is None else min(each, version.maximum)


def _limit_words(version: ItemVersion, amount: Decimal) -> tuple[str, ...]:
    cents = to_cents(amount)
    if version.maximum is not None and cents > version.maximum:
        return (f"The maximum is {shown(version.maximum)}.",)
    return () if to_dollars(cents) == amount else (f"Rounded half-up to the cent: {shown(cents)}.",)


_BASIS_WORDS = {
    PriceBasis.PAYMENT: "the date of payment",
    PriceBasis.APPLICATION: "the date of application",
    PriceBasis.INVOICE: "the date of the invoice",
    PriceBasis.SERVICE: "the date of the service",
}


def _origin(item: Item, version: ItemVersion, day: date) -> tuple[str, ...]:
    name = version.name or item.name
    authority = f" Authority: {version.authority}." if version.authority else ""
    since = f"{name}: price in force since {version.effective_from}"
    return (f"{since}, picked by {_BASIS_WORDS[version.price_basis]} ({day}).{authority}",)


def _overridden(sold: Sold, line: CartLine) -> Sold:
    """Put the entered amount in place of the price where the item has a price of its own, or what a waiver leaves."""
    if line.waiver is not None:
        return _waived(sold, line, line.waiver)
    if line.amount is None or (not line.override_reason and sold.version.price.is_entered):
        return sold
    if line.amount == sold.amount and not line.override_reason:
        return sold
    if abs(line.amount) > MAX_CENTS or line.amount < 0:
        raise BadInput("An amount below nothing or beyond reason cannot be charged.", field="amount")
    if not line.override_reason.strip():
        raise MissingInput("Say why this price is keyed by hand.", field="override_reason")
    said = f"Charged {shown(line.amount)} in place of the catalogue's {shown(sold.amount)}."
    return replace(
        sold,
        each=line.amount // sold.times,
        amount=line.amount,
        explain=(*sold.explain, said),
        overridden=True,
        override_reason=line.override_reason,
        override_authority=line.override_authority,
        catalogue_amount=sold.amount,
    )


NOT_WAIVED = frozenset({"", "no", "n/a"})
"""What the catalogue says of an item whose fee nobody may waive; anything else names who may, or under which rule."""


def _waived(sold: Sold, line: CartLine, waiver: Waiver) -> Sold:
    """Charge what a waiver leaves of the price.

    Raises Ineligible where the catalogue allows none, MissingInput without authority or reason, BadInput where it
    does not lower the price.
    """
    who = sold.version.waivable.strip()
    if who.casefold() in NOT_WAIVED:
        raise Ineligible(f"{sold.item.name}: this fee is never waived.", field="waiver")
    if line.override_reason:
        raise BadInput("A price is keyed by hand or waived, not both.", field="waiver")
    if not waiver.authority.strip():
        raise MissingInput(f"Name the authority of the waiver (the catalogue says: {who}).", field="waiver_authority")
    if not waiver.reason.strip():
        raise MissingInput("Say why the fee is waived.", field="waiver_reason")
    if not 0 <= waiver.amount < sold.amount:
        raise BadInput(f"A waiver leaves from 0.00 to less than {shown(sold.amount)}.", field="waiver_amount")
    said = f"Waived {shown(sold.amount - waiver.amount)} of {shown(sold.amount)} (waivable: {who})."
    return replace(
        sold,
        each=waiver.amount // sold.times,
        amount=waiver.amount,
        explain=(*sold.explain, said),
        overridden=True,
        waiver=waiver,
        catalogue_amount=sold.amount,
    )
