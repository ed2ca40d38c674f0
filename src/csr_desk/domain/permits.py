"""Which permits the lines of a receipt are: one for each permit that was priced, with its place, trade and last day.

The groups are those that were priced together (``domain.permit_fees``), read from the lines themselves, so that an
order that was priced before gives the same permits when it is paid.
"""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from csr_desk.domain.cart_lines import LineKind, PricedLine
from csr_desk.domain.catalogue import Catalogue, Item
from csr_desk.domain.contractor import NEEDED
from csr_desk.domain.errors import Ineligible
from csr_desk.domain.money import Cents, allocate
from csr_desk.domain.permit_fees import PROJECT
from csr_desk.domain.validity import holds_until

RENEWS = "renews"
"""The input by which a line renews a permit instead of issuing one."""
SITES = ("service_address", "site_address", "event_address", "address", "location")
"""Inputs that say where, the first that was keyed."""
CONTRACTORS = ("contractor", "contractor_license", "contractor_or_owner")
"""Inputs that may name a contractor of the register, by number or by the number of a licence."""
MOST_COPIES = 50
"""Permits that one line issues at the most."""

_DUE = "permit:"
_FOR_DAYS = re.compile(r"(?P<n>\d{1,4})(?: [a-z]+)? days?\b")
_FOR_MONTHS = re.compile(r"(?P<n>\d{1,3}) months?\b")
_FOR_YEARS = re.compile(r"(?P<n>\d{1,2})(?:-\d+)? years?\b")
_TO_YEAR_END = ("to 31 december", "calendar year")
_WITHOUT_END = ("no expiry",)
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class SoldPermit:
    """A permit that a receipt issues, or renews (cents)."""

    lines: tuple[int, ...]
    """The lines of the receipt that are its items; what was added to them belongs to it as well."""
    item: Item
    items: tuple[str, ...]
    description: str
    trade: str
    site: str
    project: str
    """The project's number as it was keyed."""
    contractor: str
    """The contractor as keyed with the line."""
    validity: str
    paid: Cents
    renews: str = ""

    @property
    def kind(self) -> str:
        """The code of its item; the division of lines that are one permit together."""
        return self.item.division if self.item.shares_a_permit else self.item.code


def permits_sold(catalogue: Catalogue, lines: Sequence[PricedLine]) -> tuple[SoldPermit, ...]:
    """Return the permits of priced lines, in their order; a line that sells three gives three.

    Raises Ineligible where a line issues more than MOST_COPIES.
    """
    groups: dict[tuple[object, ...], list[PricedLine]] = {}
    for line in lines:
        item = catalogue.items.get(line.item) if line.kind is LineKind.ITEM else None
        if item is None or not (item.permit or _named(line.inputs, (RENEWS,))):
            continue
        key: tuple[object, ...] = (line.number,)
        if item.shares_a_permit:
            key = (item.division, line.inputs.get(PROJECT, "").strip().casefold())
        groups.setdefault(key, []).append(line)
    found: list[SoldPermit] = []
    for group in groups.values():
        found.extend(_permits(catalogue, group, lines))
    return tuple(found)


def _permits(catalogue: Catalogue, group: Sequence[PricedLine], lines: Sequence[PricedLine]) -> list[SoldPermit]:
    first = group[0]
    item = catalogue.items[first.item]
    numbers = {line.number for line in group}
    paid = sum(line.amount for line in lines if (line.added_with or line.number) in numbers and _is_fee(line))
    renews = _named(first.inputs, (RENEWS,))
    copies = 1 if len(group) > 1 or renews else copies_of(item, first)
    if copies > MOST_COPIES:
        raise Ineligible(
            f"At most {MOST_COPIES} permits stand on one line. Sell the rest on another.", field="quantity"
        )
    said = "; ".join(dict.fromkeys(line.name for line in group))
    return [
        SoldPermit(
            tuple(sorted(numbers)),
            item,
            tuple(line.item for line in group),
            said,
            trade_of(item),
            _first_named(group, SITES),
            _first_named(group, (PROJECT,)),
            _first_named(group, CONTRACTORS),
            next((line.validity for line in group if line.validity), ""),
            part,
            renews,
        )
        for part in allocate(paid, [1] * copies)
    ]


def copies_of(item: Item, line: PricedLine) -> int:
    """Return how many permits a line is: how often it was sold, never a count that prices it (fixtures, feet)."""
    latest = item.latest
    counted = latest is not None and any(field.name == "quantity" and field.counts for field in latest.inputs)
    by_unit = latest is not None and bool(latest.price.unit_input)
    return 1 if counted or by_unit or line.quantity != int(line.quantity) else int(line.quantity)


def _is_fee(line: PricedLine) -> bool:
    return line.kind is not LineKind.TAX and line.kind is not LineKind.TENDER_FEE


def _first_named(group: Sequence[PricedLine], names: Sequence[str]) -> str:
    return next((said for line in group if (said := _named(line.inputs, names))), "")


def _named(inputs: Mapping[str, str], names: Sequence[str]) -> str:
    return next((said for name in names if (said := " ".join(inputs.get(name, "").split()))), "")


def trade_of(item: Item) -> str:
    """Return the trade of a permit, by the words that its division or its name begins with; nothing for others."""
    said = (item.division.casefold(), item.name.casefold())
    return next((trade for trade in NEEDED if any(text.startswith(trade.replace("_", " ")) for text in said)), "")


def last_day(validity: str, issued: date, days: int) -> date | None:
    """Return the last day of a permit by the words of the catalogue; ``days`` where they do not say, None without one.

    A year or months end on the day before the same day of the month.
    """
    said = validity.strip().casefold()
    if said in _WITHOUT_END or said.startswith("event"):
        return None
    if said.startswith(_TO_YEAR_END):
        return date(issued.year, _MONTHS, 31)
    if found := _FOR_YEARS.match(said):
        return _months_on(issued, int(found["n"]) * _MONTHS)
    if found := _FOR_MONTHS.match(said):
        return _months_on(issued, int(found["n"]))
    if found := _FOR_DAYS.match(said):
        return holds_until(issued, int(found["n"]))
    return holds_until(issued, days)


def _months_on(day: date, months: int) -> date:
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1])) - timedelta(days=1)


def renewal_code(catalogue: Catalogue, code: str) -> str:
    """Return the item that renews a permit: ``…-R`` beside ``…-N``, or the item itself at its price of the day."""
    stem = code.removesuffix("-N")
    return f"{stem}-R" if stem != code and f"{stem}-R" in catalogue.items else code


def due_reference(number: str, n: int) -> str:
    """Name on a line of a receipt what it pays of a permit: its change ``n``."""
    return f"{_DUE}{number}/{n}"


def read_due(reference: str) -> tuple[str, int] | None:
    """Read what a line pays of a permit: its number and the change; None for any other line."""
    if not reference.startswith(_DUE):
        return None
    number, _, n = reference.removeprefix(_DUE).rpartition("/")
    return number, int(n)


def write_items(codes: Sequence[str]) -> str:
    """Write the codes of a permit's lines as they are kept."""
    return json.dumps(list(codes), separators=(",", ":"))
