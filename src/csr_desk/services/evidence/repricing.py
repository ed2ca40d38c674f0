"""Pricing what was sold anew, with the catalogue release and the date of that day (control 13)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from csr_desk.data.queries.entries import Event
from csr_desk.domain.cart import CartLine, LineKind, PricedLine, price_cart
from csr_desk.domain.catalogue import Catalogue, Item
from csr_desk.domain.errors import Refusal
from csr_desk.domain.ledger import LineRow
from csr_desk.domain.money import plain
from csr_desk.services.evidence.look import Look
from csr_desk.services.orders_sold import ORDERS

PRICED = frozenset({LineKind.ITEM, LineKind.MINIMUM, LineKind.ADMIN_FEE, LineKind.COMPANION, LineKind.TAX})
"""The kinds of lines that the catalogue prices; bills are another system's amounts, fees of tenders are control 17."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A line that is not what the catalogue of its day makes of it."""

    line: str
    charged: str
    priced: str
    said: str


def inputs_of(look: Look, event: Event, catalogue: Catalogue, lines: Sequence[LineRow]) -> dict[int, dict[str, str]]:
    """Return what was keyed for each line, under the names that the item knows."""
    text = look.notes.get(event.key, {}).get("inputs")
    found: dict[int, dict[str, str]] = {}
    items = {line.number: line.item for line in lines}
    for number, label, value in json.loads(text or "[]"):
        item = catalogue.items.get(items.get(int(number), ""))
        names = {field.label: field.name for version in item.versions for field in version.inputs} if item else {}
        found.setdefault(int(number), {})[names.get(str(label), str(label))] = str(value)
    return found


def differences(look: Look, event: Event) -> tuple[Difference, ...]:
    """Compare the lines of a sale with what the catalogue in force then makes of the same inputs."""
    catalogue = look.catalogue_at(event.recorded_at)
    sold = [line for line in look.lines.get(event.key, ()) if line.kind in PRICED]
    if catalogue is None:
        return (Difference("", "", "", "no catalogue was loaded then"),)
    keyed = inputs_of(look, event, catalogue, sold)
    return tuple(
        one for day, lines in _priced_together(event, sold) for one in _differing(catalogue, lines, keyed, day)
    )


def _priced_together(event: Event, sold: Sequence[LineRow]) -> list[tuple[date, list[LineRow]]]:
    """Part the lines of a sale into what was priced at once: each order on its day, all else on the day of the sale."""
    day, orders = _price_date(event), event.facts.get(ORDERS, {})
    order_of = {number: name for name, told in orders.items() for number in told["lines"]}
    parts: dict[str, tuple[date, list[LineRow]]] = {}
    for line in sold:
        name = order_of.get(line.number, "")
        on = date.fromisoformat(str(orders[name]["priced_on"])) if name else day
        parts.setdefault(name, (on, []))[1].append(line)
    return list(parts.values())


def _differing(
    catalogue: Catalogue, sold: Sequence[LineRow], keyed: Mapping[int, dict[str, str]], day: date
) -> tuple[Difference, ...]:
    """Compare lines that were priced together with what they come to on that day."""
    items = [line for line in sold if line.kind == LineKind.ITEM]
    found: tuple[Difference, ...] = ()
    for counted in (True, False):
        again = [_keyed(catalogue, line, keyed.get(line.number, {}), counted=counted) for line in items]
        found = _compared(catalogue, sold, again, day)
        if not found:
            break
    return found


def _price_date(event: Event) -> date:
    """Return the date that priced a sale: its business date, or the one written on a paper receipt entered later."""
    paper = event.facts.get("paper")
    return date.fromisoformat(str(paper["written"])) if paper else event.business_date


def _compared(
    catalogue: Catalogue, sold: Sequence[LineRow], again: Sequence[CartLine], day: date
) -> tuple[Difference, ...]:
    try:
        priced = price_cart(catalogue, again, price_date=day, demo_inputs=True).lines
    except Refusal as refusal:
        return (Difference("", "", "", f"cannot be priced anew: {refusal.message}"),)
    if len(priced) != len(sold):
        return (Difference("", str(len(sold)), str(len(priced)), "another number of lines"),)
    return tuple(
        Difference(line.item, plain(_charged(line)), plain(_priced(other)), "another price")
        for line, other in zip(sold, priced, strict=True)
        if (line.item, _charged(line)) != (other.item, _priced(other))
    )


def _charged(line: LineRow) -> int:
    """Return the price before anybody changed it by hand (cents)."""
    return line.amount if line.list_amount is None else line.list_amount


def _priced(line: PricedLine) -> int:
    return line.amount if line.catalogue_amount is None else line.catalogue_amount


def _keyed(catalogue: Catalogue, line: LineRow, inputs: dict[str, str], *, counted: bool) -> CartLine:
    """Key a line again. A quantity that an input counts (12 pages) is no number of times; ``counted`` takes it so."""
    item = catalogue.items.get(line.item)
    times = None if counted and _counts(item, inputs, line.quantity) else Decimal(line.quantity)
    if line.list_amount is not None:
        return CartLine(line.item, inputs, times, line.amount, "as keyed then")
    entered = item is not None and any(version.price.is_entered for version in item.versions)
    return CartLine(line.item, inputs, times, line.each if entered else None)


def _counts(item: Item | None, inputs: dict[str, str], quantity: str) -> bool:
    """Say whether an input of the item gave the quantity that the receipt shows."""
    versions = item.versions if item else ()
    names = {field.name for version in versions for field in version.inputs if field.counts}
    names |= {version.price.unit_input for version in versions if version.price.unit_input}
    return any(inputs.get(name, "").replace(",", "") == quantity for name in names)
