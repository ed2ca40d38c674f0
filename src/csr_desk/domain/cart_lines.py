"""The lines of a cart: as the clerk keys them, and as they are priced. Amounts in cents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from csr_desk.domain.catalogue import PriceBasis, RefundRule
from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents

MOST_UNITS = 100_000


class LineKind(StrEnum):
    """Why a line stands in the cart; all but ITEM and OPEN_AMOUNT are added by the program."""

    ITEM = "item"
    OPEN_AMOUNT = "open_amount"
    MINIMUM = "minimum"
    ADMIN_FEE = "admin_fee"
    COMPANION = "companion"
    TAX = "tax"
    TENDER_FEE = "tender_fee"


@dataclass(frozen=True, slots=True)
class Waiver:
    """Less than the price, because an authority says so (J9): what is charged instead (cents), by whose word, why."""

    authority: str
    """The order, resolution or affidavit that allows it."""
    reason: str
    amount: Cents = 0


@dataclass(frozen=True, slots=True)
class CartLine:
    """An item as keyed; ``amount`` (cents) is an entered amount or, with ``override_reason``, instead of the price."""

    item: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    quantity: Decimal | None = None
    amount: Cents | None = None
    override_reason: str = ""
    override_authority: str = ""
    waiver: Waiver | None = None
    demo_inputs: bool = False
    """A training script lets the program fill what the item asks for and does not price it."""


@dataclass(frozen=True, slots=True)
class OpenAmount:
    """An amount that something else already knows: what an account, a bill or a project owes (cents)."""

    reference: str
    description: str
    amount: Cents
    shares: tuple[Share, ...]
    authority: str = ""
    department: str = ""
    explain: tuple[str, ...] = ()
    """What of it was paid and what stays open, where there is more to say than the amount."""


@dataclass(frozen=True, slots=True)
class PricedLine:
    """A line with its price (cents), where the money goes, and why; ``tax_cents`` is tax included in the amount."""

    number: int
    kind: LineKind
    item: str
    name: str
    quantity: Decimal
    amount: Cents
    shares: tuple[Share, ...]
    added_with: int | None = None
    each_cents: Cents | None = None
    department: str = ""
    authority: str = ""
    explain: tuple[str, ...] = ()
    effective_from: date | None = None
    price_basis: PriceBasis = PriceBasis.PAYMENT
    price_date: date | None = None
    tax_cents: Cents = 0
    tax_shares: tuple[Share, ...] = ()
    inputs: Mapping[str, str] = field(default_factory=dict)
    refund_rule: RefundRule = field(default_factory=RefundRule)
    document: str = ""
    validity: str = ""
    reference: str = ""
    overridden: bool = False
    override_reason: str = ""
    override_authority: str = ""
    waiver: Waiver | None = None
    catalogue_amount: Cents | None = None
    tenders: frozenset[str] | None = None
    multi_group: str = ""
    order: str = ""
    """The order for the cashier on which it was priced."""
    ordered_on: date | None = None
    """The day whose prices that order has."""

    def distribution(self) -> tuple[tuple[Share, Cents], ...]:
        """Spread the line over its accounts, included tax apart; the parts sum to the amount."""
        units = int(self.quantity) if self.quantity == int(self.quantity) else 1
        parts = distribute(self.shares, self.amount - self.tax_cents, units=max(units, 1))
        if self.tax_cents:
            parts += distribute(self.tax_shares, self.tax_cents)
        return parts


@dataclass(frozen=True, slots=True)
class PricedBefore:
    """Lines that were priced together on an earlier day and keep their prices: an order for the cashier.

    They are numbered among themselves; what was added to a line names it and stands behind it.
    """

    order: str
    lines: tuple[PricedLine, ...]

    @property
    def total(self) -> Cents:
        """What the lines come to (cents)."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class PricedCart:
    """A whole cart: ``total`` is due for lines, added lines and taxes, before rounding and tender fees (cents).

    ``taxes`` is the tax that was added in lines of its own, ``tax_included`` the tax inside prices.
    """

    lines: tuple[PricedLine, ...]
    total: Cents
    taxes: Cents
    tax_included: Cents = 0


def read_quantity(quantity: Decimal | None) -> Decimal | None:
    """Check the quantity of a line; raise BadInput unless it is above nothing and within reason."""
    if quantity is None:
        return None
    if not quantity.is_finite() or not 0 < quantity <= MOST_UNITS:
        raise BadInput(f"The quantity is more than 0 and at most {MOST_UNITS:,}.", field="quantity")
    return quantity


def plain_inputs(inputs: Mapping[str, object]) -> dict[str, str]:
    """Write inputs from a file or a form as text: numbers as they are, lists with semicolons, true and false as words.

    Raise BadInput for anything else (objects inside objects; read JSON numbers as Decimal).
    """
    return {str(name): _plain_input(str(name), value) for name, value in inputs.items() if value is not None}


def _plain_input(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str | int | Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return "; ".join(_plain_input(name, part) for part in value)
    raise BadInput(f"“{name}” cannot be read.", field=name)
