"""Lifelike days of one drawer, and one error of each kind planted as it happens: for measuring the difference finder.

A day has two sides that never meet here: what was keyed (receipts, drops, carts; the finder gets these and the counts)
and what happened (the pieces in the drawer, the items in the stack). An error changes one of the two, or the count.
The shares below are guesses of a counter's habits, written before the finder was measured; they are not its own.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from csr_desk.domain.cart import price_cart
from csr_desk.domain.count import TAPED, Expected
from csr_desk.domain.difference import DrawerFacts, DropFact, Kind, ReceiptFact, TenderPart
from csr_desk.domain.drawer import PIECES, CountSheet, TapeCount
from csr_desk.domain.ledger import EventKind
from csr_desk.services.catalogue_files import load_folder
from csr_desk.services.demo_carts import make_cart
from csr_desk.services.setup import demo_catalogue_folder

TOLERANCE = 100
WARN_AT, LEAVE = 80_000, 30_000
"""A drawer that holds more is emptied into the safe down to about this."""
NOTES = (100, 500, 1000, 2000, 5000, 10000)
VALUES = tuple(value for value, _ in PIECES if value not in {50, 200})
FLOATS: tuple[dict[int, int], ...] = (
    {2000: 2, 1000: 5, 500: 14, 100: 25, 25: 40, 10: 30, 5: 40},
    {2000: 3, 1000: 4, 500: 10, 100: 30, 25: 40, 10: 50, 5: 80, 1: 100},
    {1000: 5, 500: 6, 100: 15, 25: 20},
    {2000: 5, 1000: 10, 500: 12, 100: 25, 25: 40, 10: 30, 5: 40},
)
"""Floats of 200.00, 200.00, 100.00 and 300.00, as offices lay them out."""

MORNING = datetime(2026, 7, 14, 13, 0, tzinfo=UTC)


class Unsuited(Exception):
    """This day has no place for this error."""


@dataclass
class Drawer:
    """What lies in the drawer: pieces by value, and the items of the other tenders."""

    pieces: Counter[int] = field(default_factory=Counter)
    items: dict[str, list[int]] = field(default_factory=dict)
    swapped: list[int] = field(default_factory=list)
    """Change orders: notes that went to the safe for ones and coin (cents)."""

    @property
    def cash(self) -> int:
        """The cash in it (cents)."""
        return sum(value * number for value, number in self.pieces.items())

    def put(self, pieces: Mapping[int, int]) -> None:
        """Lay pieces in."""
        self.pieces.update(pieces)

    def take(self, amount: int) -> dict[int, int] | None:
        """Take an amount out, the largest pieces first; None where the pieces do not make it."""
        taken: dict[int, int] = {}
        for value in VALUES:
            number = min(amount // value, self.pieces[value])
            if number:
                taken[value] = number
                amount -= number * value
        if amount:
            return None
        self.pieces.subtract(taken)
        return taken

    def must_take(self, amount: int) -> dict[int, int]:
        """Take an amount out, after changing a note into coin and ones with the safe if need be."""
        taken = self.take(amount)
        if taken is None:
            large = max((value for value in NOTES if self.pieces[value]), default=0)
            if large < amount or not large:
                raise Unsuited
            self.pieces[large] -= 1
            self.swapped.append(large)
            self.put(laid_out(large - 2000, NOTES[3:]) if large > 2000 else {})
            self.put({500: 2, 100: 8, 25: 4, 10: 5, 5: 8, 1: 10} if large >= 2000 else laid_out(large, (100, 25)))
            taken = self.take(amount)
        if taken is None:
            raise Unsuited
        return taken


def laid_out(amount: int, values: tuple[int, ...]) -> dict[int, int]:
    """Lay an amount out in some values, the largest first; what is left over is pennies."""
    pieces: Counter[int] = Counter()
    for value in sorted(values, reverse=True):
        pieces[value] += amount // value
        amount %= value
    pieces[1] += amount
    return {value: number for value, number in pieces.items() if number}


@dataclass
class Day:
    """A day: what was keyed, what happened, and what was counted."""

    chance: random.Random
    float_pieces: dict[int, int]
    drawer: Drawer
    receipts: list[ReceiptFact] = field(default_factory=list)
    drops: list[DropFact] = field(default_factory=list)
    carts: list[int] = field(default_factory=list)
    rounding: bool = True
    now: datetime = MORNING
    counts: Counter[int] | None = None
    """The pieces as counted, where the count is wrong."""
    tapes: dict[str, TapeCount] = field(default_factory=dict)
    """The tapes as counted, where one is wrong."""
    first: Callable[[CountSheet], CountSheet] | None = None
    """How the first count differs from the last, where it does."""

    def sales(self) -> list[tuple[int, TenderPart]]:
        """Return the sales that stand and were paid by one tender."""
        return [
            (at, one.parts[0])
            for at, one in enumerate(self.receipts)
            if one.kind is EventKind.SALE and not one.voided and len(one.parts) == 1
        ]

    def keyed(self) -> list[tuple[int, TenderPart]]:
        """Return those whose keyed amount may differ from what came: items, and cash without change."""
        return [(at, part) for at, part in self.sales() if part.kind != "cash" or not part.change]

    def taped(self) -> list[tuple[int, TenderPart]]:
        """Return those that are items."""
        return [(at, part) for at, part in self.sales() if part.kind != "cash"]

    def cash(self) -> list[tuple[int, TenderPart]]:
        """Return those paid in cash."""
        return [(at, part) for at, part in self.sales() if part.kind == "cash"]

    def pick(self, among: list[tuple[int, TenderPart]]) -> tuple[int, TenderPart]:
        """Pick one by chance."""
        if not among:
            raise Unsuited
        return self.chance.choice(among)

    def rekey(self, at: int, **part: object) -> str:
        """Key the only tender of a receipt otherwise; return the receipt's number."""
        one = self.receipts[at]
        changed = replace(one.parts[0], **part)  # type: ignore[arg-type]  # its own fields
        self.receipts[at] = replace(one, parts=(changed,), total=changed.amount)
        return one.number

    def tape(self, kind: str) -> TapeCount:
        """Return the tape of a tender as it would be right."""
        items = self.drawer.items.get(kind, [])
        return TapeCount(len(items), sum(items))


@cache
def catalogue_totals() -> tuple[int, ...]:
    """Price a few hundred carts of the demo city once (cents)."""
    catalogue, chance = load_folder(demo_catalogue_folder()), random.Random(2026)  # noqa: S311 - lifelike, not secret
    day = date(2026, 7, 14)
    carts = (make_cart(chance).lines for _ in range(600))
    totals = (price_cart(catalogue, list(lines), price_date=day, demo_inputs=True).total for lines in carts)
    return tuple(total for total in totals if total)


def amount_due(chance: random.Random) -> int:
    """Return what a customer owes (cents): an order from the catalogue, a bill, now and then a round part of one."""
    luck = chance.randrange(100)
    if luck < 55:
        return chance.choice(catalogue_totals())
    if luck < 92:
        return int(chance.lognormvariate(4.6, 0.6) * 100) + 400
    return chance.choice((2500, 5000, 7500, 10000, 15000))


def _customer(day: Day) -> None:
    chance, due = day.chance, amount_due(day.chance)
    luck = chance.randrange(100)
    cash_share = 62 if due < 6000 else 34 if due < 20000 else 8
    if luck < cash_share:
        parts: tuple[TenderPart, ...] = (_cash(day, due),)
    else:
        kinds, shares = ("check", "card", "money_order", "cashiers_check", "split"), (46, 40, 8, 2, 4)
        kind = chance.choices(kinds, shares)[0]
        if kind == "split" and due > 2000:
            precut = due // 2 // 100 * 100
            parts = (_item(day, "check", precut), _cash(day, due - precut))
        else:
            parts = (_item(day, "check" if kind == "split" else kind, due),)
    _write(day, due, parts)


def _write(day: Day, total: int, parts: tuple[TenderPart, ...], kind: EventKind = EventKind.SALE) -> None:
    day.receipts.append(ReceiptFact("", day.now, total, parts, kind))
    day.now += timedelta(seconds=day.chance.randrange(90, 600))


def _item(day: Day, kind: str, amount: int) -> TenderPart:
    day.drawer.items.setdefault(kind, []).append(amount)
    return TenderPart(kind, amount, check_number="" if kind == "card" else str(day.chance.randrange(1001, 9999)))


def _cash(day: Day, due: int) -> TenderPart:
    due = (due + 2) // 5 * 5 if day.rounding else due
    given = _handed_over(day.chance, due)
    before = day.drawer.pieces.copy()
    day.drawer.put(laid_out(given, VALUES if given == due else NOTES))
    if given != due:
        try:
            day.drawer.must_take(given - due)
        except Unsuited:
            day.drawer.pieces, given = before, due
            day.drawer.put(laid_out(due, VALUES))
    return TenderPart("cash", due, given, given - due)


def _handed_over(chance: random.Random, due: int) -> int:
    if chance.randrange(100) < 28:
        return due
    note = chance.choice([note for note in NOTES if note * 12 >= due])
    return -(-due // note) * note


def _drop_pieces(day: Day) -> dict[int, int]:
    """Choose what goes to the safe: the large notes, and as many twenties and tens as bring the drawer down."""
    drawer, chosen = day.drawer, Counter[int]()
    wanted = drawer.cash - LEAVE
    for value in (10000, 5000, 2000, 1000):
        number = min(drawer.pieces[value], max(wanted, 0) // value)
        if value <= 2000 and number > 5:
            number -= number % 5
        chosen[value] = number
        wanted -= number * value
    return {value: number for value, number in chosen.items() if number}


def _drop(day: Day, *, recorded: bool = True) -> int:
    pieces = _drop_pieces(day)
    amount = sum(value * number for value, number in pieces.items())
    if amount < 10000:
        raise Unsuited
    day.drawer.pieces.subtract(pieces)
    if recorded:
        day.drops.append(DropFact(len(day.drops) + 1, day.now, amount, pieces))
    return amount


def quiet_day(chance: random.Random) -> Day:
    """Let a day pass on which nothing goes wrong."""
    pieces = chance.choice(FLOATS)
    day = Day(chance, pieces, Drawer(Counter(pieces)), rounding=chance.random() < 0.8)
    for _ in range(chance.randint(20, 120)):
        _customer(day)
        if day.drawer.cash > WARN_AT:
            with suppress(Unsuited):
                _drop(day)
        luck = chance.randrange(100)
        if luck < 2:
            _void_last(day)
        elif luck < 5:
            day.carts.append(amount_due(chance))
        elif luck == 5 and len(day.receipts) > 5 and chance.randrange(3) == 0:
            with suppress(Unsuited):
                _refund(day)
    return day


def _void_last(day: Day) -> None:
    last = day.receipts[-1]
    if last.kind is not EventKind.SALE or len(last.parts) != 1:
        return
    part = last.parts[0]
    if part.kind == "cash":
        try:
            day.drawer.must_take(part.amount)
        except Unsuited:
            return
    else:
        day.drawer.items[part.kind].remove(part.amount)
    day.receipts[-1] = replace(last, voided=True)
    back = replace(part, amount=-part.amount, given=0, change=0)
    _write(day, -last.total, (back,), EventKind.VOID)


def _refund(day: Day) -> int:
    """Give part of a sale back in cash; return its place."""
    amount = day.chance.choice([total for total in catalogue_totals()[:200] if total <= 8000]) // 5 * 5
    day.drawer.must_take(amount)
    _write(day, -amount, (TenderPart("cash", -amount),), EventKind.REFUND)
    return len(day.receipts) - 1


@dataclass(frozen=True)
class Truth:
    """What was planted."""

    kind: Kind
    tenders: frozenset[str]
    receipt: str = ""
    """The receipt that it hangs on, if it hangs on one."""


def facts_of(day: Day) -> DrawerFacts:
    """Return what the program would know of a day: keyed, and counted twice."""
    receipts = tuple(replace(one, number=f"HPC1-{at:07d}") for at, one in enumerate(day.receipts, start=1))
    held, items = sum(value * number for value, number in day.float_pieces.items()), Counter[str]()
    sums, seen = Counter({"cash": held - sum(drop.amount for drop in day.drops)}), Counter[str]()
    for part in (part for one in receipts for part in one.parts):
        sums[part.kind] += part.amount
        items[part.kind] += 1 if part.amount > 0 else -1
        seen[part.kind] += 1
    expected = {
        kind: Expected(kind, sums[kind], items[kind], items[kind]) for kind in sums if kind == "cash" or seen[kind]
    }
    kinds = [kind for kind in TAPED if kind in expected or day.drawer.items.get(kind)]
    others = {kind: day.tapes.get(kind) or day.tape(kind) for kind in kinds}
    counted = day.counts if day.counts is not None else day.drawer.pieces
    last = CountSheet({value: number for value, number in counted.items() if number}, others)
    first = day.first(last) if day.first else last
    return DrawerFacts(
        float_authorized=held,
        float_counted=held,
        float_pieces=day.float_pieces,
        receipts=receipts,
        expected=expected,
        sheets=(first, last),
        tolerance=TOLERANCE,
        drops=tuple(day.drops),
        change_orders=tuple(day.drawer.swapped),
        carts=tuple(day.carts),
    )
