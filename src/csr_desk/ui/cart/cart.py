"""The open cart of the sell page and what it costs at this moment. Pure: no Qt, no database."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from csr_desk.domain.cart import PricedCart, PricedLine, price_cart, tender_fee
from csr_desk.domain.cart_lines import CartLine, LineKind, OpenAmount, PricedBefore, Waiver
from csr_desk.domain.catalogue import Catalogue, InputField, ItemVersion
from csr_desk.domain.errors import MissingInput, Refusal
from csr_desk.domain.line_pricing import NOT_WAIVED
from csr_desk.domain.money import Cents, parse_till, shown
from csr_desk.domain.paper_note import PaperNote
from csr_desk.domain.receivable.application import credited
from csr_desk.domain.settle import settle
from csr_desk.domain.tender import Rounding, Settlement, Tender, TenderKind
from csr_desk.ui.cart.owed_line import OwedLine
from csr_desk.ui.dates import sentence_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.lines import Line

_KEYED = frozenset({LineKind.ITEM, LineKind.OPEN_AMOUNT})


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a line from being sold: the field and the sentence; ``missing`` when it is only not filled in yet."""

    field: str
    sentence: str
    missing: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the cart as seen: a keyed line, or one that the program added to it."""

    keyed: int
    """Place of the keyed line (0 …) that it is or belongs to."""
    number: int
    """Number on the receipt-to-be."""
    code: str
    name: str
    detail: str
    quantity: str
    each: Cents | None
    amount: Cents | None
    added_with: int | None = None
    fault: str = ""
    explain: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CartPicture:
    """The cart, priced and settled, at one moment (cents)."""

    rows: tuple[Row, ...] = ()
    total: Cents = 0
    taxes: Cents = 0
    settlement: Settlement | None = None
    faults: Mapping[int, tuple[Fault, ...]] = field(default_factory=dict)
    refusal: Refusal | None = None
    """Why the cart as a whole cannot be priced or settled, if so."""

    @property
    def rest(self) -> Cents:
        """What is still to pay."""
        return self.settlement.rest if self.settlement is not None else self.total

    @property
    def sellable(self) -> bool:
        """Nothing is missing and everything has a price."""
        return bool(self.rows) and not self.faults and self.refusal is None

    @property
    def paid(self) -> bool:
        """It can be finished."""
        return self.sellable and self.rest == 0


@dataclass(slots=True)
class Cart:
    """What the clerk has keyed so far; the key makes the sale once, however often it is sent."""

    catalogue: Catalogue
    price_date: date
    rounding: Rounding
    key: str = field(default_factory=lambda: str(uuid.uuid4()))
    lines: list[CartLine | OwedLine] = field(default_factory=list)
    tenders: list[Tender] = field(default_factory=list)
    customer: str = ""
    customer_id: str = ""
    """The customer's number, where they were found in the files: their holds count."""
    held: str | None = None
    paper: PaperNote | None = None
    """The paper receipt that is entered with this cart, if any: its date is the price date."""

    def fresh(self) -> Cart:
        """An empty cart for the same customer (and the same paper receipt), under a key of its own."""
        fresh = Cart(self.catalogue, self.price_date, self.rounding, customer=self.customer, paper=self.paper)
        fresh.customer_id = self.customer_id
        return fresh

    def version(self, at: int) -> ItemVersion | None:
        """The price in force of a keyed line, None when there is none (nothing of the catalogue is owed)."""
        line = self.lines[at]
        if isinstance(line, OwedLine):
            return None
        try:
            return self.catalogue.item(line.item).version_on(self.price_date)
        except Refusal:
            return None

    def fields(self, at: int) -> tuple[InputField, ...]:
        """What a keyed line asks for, what prices it first."""
        version = self.version(at)
        asked = version.inputs if version is not None else ()
        return tuple(sorted(asked, key=lambda one: (not (one.prices and one.required), not one.required)))

    def faults_of(self, at: int) -> tuple[Fault, ...]:
        """What is missing or wrong in the fields of a line, in the order of its fields."""
        line = self.lines[at]
        if isinstance(line, OwedLine):
            return ()
        found = []
        for one in self.fields(at):
            text = line.inputs.get(one.name, "")
            stands_in = one.counts and line.quantity is not None and not text.strip()
            if stands_in or (one.worked_out is not None and not text.strip()):
                continue
            try:
                one.check(text)
            except Refusal as bad:
                found.append(Fault(one.name, bad.message, isinstance(bad, MissingInput)))
        return tuple(found)

    def set_input(self, at: int, name: str, value: str) -> None:
        """Keep what was keyed into a field of a line."""
        line = self.lines[at]
        if isinstance(line, CartLine):
            self.lines[at] = replace(line, inputs={**line.inputs, name: value})

    def set_quantity(self, at: int, quantity: Decimal) -> None:
        """Set how many of a line; where a field counts the item, the number goes there."""
        counting = next((one for one in self.fields(at) if one.counts), None)
        if counting is not None:
            self.set_input(at, counting.name, f"{quantity:f}")
        elif isinstance(line := self.lines[at], CartLine):
            self.lines[at] = replace(line, quantity=quantity)

    def override(self, at: int, amount: str, reason: str, authority: str = "") -> str | None:
        """Key a price by hand; returns what is wrong. An empty amount goes back to the catalogue's price."""
        line = self.lines[at]
        if isinstance(line, OwedLine):
            return tr("What is owed has no price to change.")
        if not amount:
            self.lines[at] = replace(line, amount=None, override_reason="", override_authority="", waiver=None)
            return None
        if not reason:
            return tr("Say why the price is another one.")
        try:
            cents = parse_till(amount)
        except Refusal as refusal:
            return refusal.message
        self.lines[at] = replace(line, amount=cents, override_reason=reason, override_authority=authority, waiver=None)
        return None

    def waivable(self, at: int) -> str:
        """Who may waive the fee of a line, in the words of the catalogue; empty where nobody may."""
        version = self.version(at)
        who = version.waivable.strip() if version is not None else ""
        return "" if who.casefold() in NOT_WAIVED else who

    def waive(self, at: int, amount: str, authority: str, reason: str) -> str | None:
        """Waive the fee of a line down to an amount; returns what is wrong."""
        try:
            left = parse_till(amount or "0")
        except Refusal as refusal:
            return refusal.message
        if not authority or not reason:
            return tr("Name the authority, and say why.")
        before = self.lines[at]
        if isinstance(before, OwedLine):
            return tr("What is owed is not waived here: prepare an adjustment.")
        waiver = Waiver(authority, reason, left)
        waived = replace(before, override_reason="", override_authority="", waiver=waiver)
        try:
            price_cart(self.catalogue, (waived,), price_date=self.price_date, demo_inputs=True)
        except Refusal as refusal:
            return refusal.message
        self.lines[at] = waived
        return None

    def plain_lines(self) -> tuple[Line, ...]:
        """The lines as the services take them."""
        return tuple(line.line if isinstance(line, OwedLine) else line for line in self.lines)

    def picture(self) -> CartPicture:
        """Price and settle the cart as it stands."""
        faults = {at: found for at in range(len(self.lines)) if (found := self.faults_of(at))}
        singles: list[CartLine | OwedLine | None] = []
        refused: dict[int, Refusal] = {}
        for at, line in enumerate(self.lines):
            try:
                sure = self._without_faulty(line, faults.get(at, ()))
                self._price([sure])
                singles.append(sure)
            except Refusal as alone:
                refused[at] = alone
                singles.append(None)
        refusal: Refusal | None = None
        priced = PricedCart((), 0, 0)
        try:
            priced = self._price([line for line in singles if line is not None])
        except Refusal as whole:
            refusal = whole
        for at, why in refused.items():
            if at not in faults:
                faults[at] = (Fault(why.field, why.message, missing=False),)
        rows = self._rows(priced, singles, faults)
        settlement, unsettled = self._settle(priced.total)
        return CartPicture(rows, priced.total, priced.taxes, settlement, faults, refusal or unsettled)

    def fee(self, kind: TenderKind, part: Cents) -> Cents:
        """The service fee (cents) for paying a part by a kind of tender; raise TenderRefused below its limit."""
        line = tender_fee(self.catalogue, kind.value, part, price_date=self.price_date)
        return line.amount if line is not None else 0

    def _price(self, lines: list[CartLine | OwedLine]) -> PricedCart:
        flat: list[CartLine | OpenAmount | PricedBefore] = []
        for line in lines:
            flat.extend(line.amounts if isinstance(line, OwedLine) else (line,))
        # fields that do not price anything may still be empty while the clerk is typing
        return price_cart(self.catalogue, flat, price_date=self.price_date, demo_inputs=True)

    def _without_faulty(self, line: CartLine | OwedLine, faults: tuple[Fault, ...]) -> CartLine | OwedLine:
        if not faults or isinstance(line, OwedLine):
            return line
        names = {fault.field for fault in faults}
        return replace(line, inputs={name: text for name, text in line.inputs.items() if name not in names})

    def _settle(self, total: Cents) -> tuple[Settlement | None, Refusal | None]:
        if not self.tenders:
            return None, None
        try:
            return settle(total, self.tenders, self.rounding, self.fee), None
        except Refusal as refusal:
            return None, refusal

    def _rows(
        self, priced: PricedCart, singles: list[CartLine | OwedLine | None], faults: Mapping[int, tuple[Fault, ...]]
    ) -> tuple[Row, ...]:
        """Keyed lines in their order, each followed by what was added to it; what is owed has a row a bill."""
        blocks: list[list[PricedLine]] = []
        for line in priced.lines:
            if line.kind in _KEYED or not blocks:
                blocks.append([])
            blocks[-1].append(line)
        rows: list[Row] = []
        for at, keyed in enumerate(self.lines):
            many = 0 if singles[at] is None else keyed.rows if isinstance(keyed, OwedLine) else 1
            block = [line for one in blocks[:many] for line in one]
            del blocks[:many]
            first = len(rows) + 1
            sentence = faults[at][0].sentence if at in faults else ""
            if not block and isinstance(keyed, CartLine):
                rows.append(self._unpriced(at, keyed, first, sentence))
            for line in block:
                added = first if line.kind not in _KEYED else None
                rows.append(_row(line, at, len(rows) + 1, added, sentence if added is None else ""))
        return tuple(rows)

    def _unpriced(self, at: int, line: CartLine, number: int, sentence: str) -> Row:
        item = self.catalogue.items.get(line.item)
        name = item.name if item is not None else line.item
        quantity = "" if line.quantity is None else f"{line.quantity:f}"
        return Row(at, number, line.item, name, item.department if item else "", quantity, None, None, None, sentence)


def _only_amount(step: str) -> bool:
    """A step that says no more than the amount itself."""
    return not any(sign in step for sign in "×+%=")


def _row(line: PricedLine, keyed: int, number: int, added_with: int | None, fault: str) -> Row:
    if line.overridden and line.catalogue_amount is not None:
        words = tr("keyed by hand instead of {amount}: {reason}")
        reason = line.override_reason
        if line.waiver is not None:
            words = tr("waived from {amount}: {reason}")
            reason = f"{line.waiver.authority}, {line.waiver.reason}"
        detail = words.format(amount=shown(line.catalogue_amount), reason=reason)
        quantity = f"{line.quantity.normalize():f}"
        return Row(
            keyed, number, line.item, line.name, detail, quantity, None, line.amount, added_with, fault, line.explain
        )
    steps = [sentence_words(step) for step in line.explain[1:] if not _only_amount(step)]
    detail = " · ".join(part for part in (line.authority, steps[0] if len(steps) == 1 else "") if part)
    quantity = f"{line.quantity.normalize():f}"
    each, amount = line.each_cents, line.amount
    code = line.item or (tr("credit") if credited(line.reference) else line.reference)
    return Row(keyed, number, code, line.name, detail, quantity, each, amount, added_with, fault, line.explain)
