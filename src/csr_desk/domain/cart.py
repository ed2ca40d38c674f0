"""A whole cart, priced: lines, what the program adds to them, taxes; and the fee of a tender. Amounts in cents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from csr_desk.domain.cart_lines import (
    CartLine,
    LineKind,
    OpenAmount,
    PricedBefore,
    PricedCart,
    PricedLine,
    Waiver,
    plain_inputs,
)
from csr_desk.domain.catalogue import Catalogue, TaxTreatment
from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.line_pricing import Sold, price_item, price_line
from csr_desk.domain.money import Cents, plain, shown, to_cents, to_dollars
from csr_desk.domain.permit_fees import admin_fee_line, permits_of, top_up_line
from csr_desk.domain.pricing import Facts
from csr_desk.domain.pricing.words import number_words

__all__ = [
    "CartLine",
    "LineKind",
    "OpenAmount",
    "PricedBefore",
    "PricedCart",
    "PricedLine",
    "Share",
    "Waiver",
    "distribute",
    "plain_inputs",
    "price_cart",
    "tender_fee",
]

CERTIFICATE = "exemption_certificate"


@dataclass(slots=True)
class _Entry:
    """A keyed line and what the program adds after it."""

    line: PricedLine
    added: list[PricedLine] = field(default_factory=list)


@dataclass(slots=True)
class _ItemEntry(_Entry):
    """A keyed line that sells an item."""

    sold: Sold = field(kw_only=True)


def price_cart(
    catalogue: Catalogue,
    lines: Sequence[CartLine | OpenAmount | PricedBefore],
    *,
    price_date: date,
    demo_inputs: bool = False,
) -> PricedCart:
    """Price a cart; raise the Refusal of the first line that cannot be sold.

    Lines that the program adds stand right after the line they belong to and name its number in ``added_with``. What
    was priced before keeps its lines as they are, and nothing else of the cart changes them.
    """
    entries: list[_Entry] = []
    for line in lines:
        if isinstance(line, PricedBefore):
            entries.extend(_kept(line))
        else:
            entries.append(_entry(catalogue, line, price_date, demo_inputs=demo_inputs))
    items = [entry for entry in entries if isinstance(entry, _ItemEntry)]
    for permit in permits_of([entry.sold for entry in items]):
        first = items[permit.first]
        top_up = top_up_line(permit)
        admin = admin_fee_line(catalogue, permit, price_date)
        first.added.extend(line for line in (top_up, admin) if line is not None)
    for entry in items:
        _add_companions(catalogue, entry, price_date)
        _add_tax(catalogue, entry, price_date)
    numbered = _numbered(entries)
    return PricedCart(
        lines=numbered,
        total=sum(line.amount for line in numbered),
        taxes=sum(line.amount for line in numbered if line.kind is LineKind.TAX),
        tax_included=sum(line.tax_cents for line in numbered),
    )


def tender_fee(catalogue: Catalogue, kind: str, part_cents: Cents, *, price_date: date) -> PricedLine | None:
    """Return the fee for taking ``part_cents`` by a kind of tender, or nothing where that kind is free.

    Raise TenderRefused below the smallest part that kind is taken for, NotInForce when no fee is known for the date.
    """
    item = catalogue.tender_fee_item(kind)
    if item is None or part_cents <= 0:
        return None
    inputs = {"tender_amount": plain(part_cents)}
    line = price_item(catalogue, item, CartLine(item.code, inputs), price_date).line(0, LineKind.TENDER_FEE)
    return replace(line, inputs={}) if line.amount else None


def _entry(catalogue: Catalogue, line: CartLine | OpenAmount, price_date: date, *, demo_inputs: bool) -> _Entry:
    if isinstance(line, OpenAmount):
        return _Entry(_open_line(line))
    sold = price_line(catalogue, line, price_date, demo_inputs=demo_inputs)
    return _ItemEntry(_with_included_tax(catalogue, sold, sold.line(0), price_date), sold=sold)


def _kept(order: PricedBefore) -> list[_Entry]:
    """Take the lines of an order as they were priced, each with what was added to it."""
    entries: dict[int, _Entry] = {}
    for line in order.lines:
        if line.added_with is None:
            entries[line.number] = _Entry(line)
        else:
            entries[line.added_with].added.append(line)
    return list(entries.values())


def _open_line(line: OpenAmount) -> PricedLine:
    return PricedLine(
        number=0,
        kind=LineKind.OPEN_AMOUNT,
        item="",
        name=line.description,
        quantity=Decimal(1),
        amount=line.amount,
        each_cents=line.amount,
        shares=line.shares,
        department=line.department,
        authority=line.authority,
        explain=(f"{line.description}: {shown(line.amount)} ({line.reference}).", *line.explain),
        reference=line.reference,
    )


def _with_included_tax(catalogue: Catalogue, sold: Sold, line: PricedLine, price_date: date) -> PricedLine:
    """Show the tax inside a price and send it to the account of the tax; the price itself stays."""
    tax = sold.version.tax
    if tax.treatment is not TaxTreatment.INCLUDED or tax.rate is None:
        return line
    net = to_cents(to_dollars(line.amount) / (1 + tax.rate / 100))
    part = line.amount - net
    said = (
        f"{number_words(tax.rate)} % tax ({tax.code}) is included: {shown(net)} + {shown(part)} = {shown(line.amount)}"
    )
    shares = catalogue.item(tax.item).version_on(price_date).shares
    return replace(line, tax_cents=part, tax_shares=shares, explain=(*line.explain, said))


def _add_companions(catalogue: Catalogue, entry: _ItemEntry, price_date: date) -> None:
    """Add the items that join this one; they are priced for the same inputs and quantity."""
    sold = entry.sold
    for companion in sold.version.companions:
        if companion.when is not None and not companion.when.holds(_facts(sold)):
            continue
        line = CartLine(companion.item, sold.inputs, Decimal(sold.times))
        joined = price_item(catalogue, catalogue.item(companion.item), line, price_date)
        entry.added.append(joined.line(0, LineKind.COMPANION))


def _add_tax(catalogue: Catalogue, entry: _ItemEntry, price_date: date) -> None:
    """Add the tax of a line (and of its top-up) as a line of its own, unless a certificate exempts it (01-339)."""
    sold = entry.sold
    if sold.version.tax.treatment not in {TaxTreatment.ADDED, TaxTreatment.EXEMPTABLE}:
        return
    tax = sold.version.tax
    if tax.treatment is TaxTreatment.EXEMPTABLE and sold.inputs.get(CERTIFICATE, "").strip():
        said = "No sales tax: an exemption certificate (01-339) was shown."
        entry.line = replace(entry.line, explain=(*entry.line.explain, said))
        return
    top_up = sum(line.amount for line in entry.added if line.kind is LineKind.MINIMUM)
    inputs = {"taxable_amount": plain(entry.line.amount + top_up)}
    line = price_item(catalogue, catalogue.item(tax.item), CartLine(tax.item, inputs), price_date).line(0, LineKind.TAX)
    if line.amount:
        entry.added.append(replace(line, inputs={}))


def _facts(sold: Sold) -> Facts:
    return Facts(sold.inputs, sold.day)


def _numbered(entries: Sequence[_Entry]) -> tuple[PricedLine, ...]:
    lines: list[PricedLine] = []
    for entry in entries:
        number = len(lines) + 1
        lines.append(replace(entry.line, number=number))
        for added in entry.added:
            lines.append(replace(added, number=len(lines) + 1, added_with=number))
    return tuple(lines)
