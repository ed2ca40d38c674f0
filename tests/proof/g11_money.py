"""G11: an amount is exact to the cent wherever it comes from; what cannot be an amount never reaches the database."""

from __future__ import annotations

import ast
import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any
from unittest import mock

from architecture.source_rules import MONEY_PATH, ROOT, floats
from csr_desk.domain import money, settle
from csr_desk.domain.errors import BadInput, Refusal
from csr_desk.domain.keyed_amount import read_keyed
from csr_desk.domain.money import MAX_CENTS
from csr_desk.domain.tender import Rounding
from csr_desk.services.lines import read_amount
from proof.imports import Imports
from proof.table import Row, Tier

EXAMPLES = {Tier.TASTE: 2_000, Tier.COMMIT: 60_000, Tier.NIGHT: 5_000_000}
STRANGE = (
    "1.005", "１２", "1,000.00", "1,00.00", "−5", "–5", "-5", "- 5", "1e3", "1E+3", "٣", "٣.٥", "NaN", "sNaN", "inf",
    "-Infinity", "9" * 400, "0." + "9" * 400, "1" + "0" * 13, "-1" + "0" * 13, "100000000000.00", "100000000000.01",
    "-100000000000.00", "-100000000000.01", "", " ", ".", "-", "$", "$-5", "-$5", "5-", "(5)", "0x10", "1_000",
    "1 000", "1.000,00", "5,", "5.", ".5", "00005", "5.5.5", "$5$", "٠", "Ⅳ", "½", "5\n", "5\x00", "\u202e5", "1/3",
    "=5", "+5", "5%", "USD 5", "5 USD", "999999999999", "999999999999.99", "1,000,000,000,000", "000,001", "1,0000",
)  # fmt: skip
NO_AMOUNTS: tuple[object, ...] = (
    Decimal("1E+400"), Decimal("NaN"), Decimal("-Infinity"), Decimal("1E-400"), 10**400, True, None, [], 1.5,
)  # fmt: skip
"""What a script may hold in the place of an amount."""
_MARKS = "0123456789" * 4 + ".,-−$ eE+_１٣\u00a0"


@dataclass
class Tally:
    """Examples, and those that went wrong."""

    tried: int = 0
    wrong: list[str] = field(default_factory=list)

    def check(self, *what: object, right: bool) -> None:
        """Count one example; ``what`` tells it."""
        self.tried += 1
        if not right:
            self.wrong.append(" ".join(map(_said, what))[:120])

    def row(self, what: str, *, broken: bool = False, engine: str = "both") -> Row:
        """Tell it as a row."""
        remark = "; ".join(self.wrong[:2])
        return Row("G11", what, engine, self.tried, 0, altered=len(self.wrong), remark=remark, broken_on_purpose=broken)


def _said(one: object) -> str:
    try:
        return str(one)
    except ValueError:  # a number of thousands of figures
        return "a very long number"


def meant(text: str) -> int | None:
    """Return what a written amount means in cents, worked out otherwise: mark by mark, in fractions."""
    stripped = text.strip()
    sign = -1 if stripped.startswith("-") else 1
    body = stripped.removeprefix("-").removeprefix("$")
    whole, point, part = body.partition(".")
    groups = whole.split(",")
    plain = all(group and set(group) <= set("0123456789") for group in groups)
    grouped = len(groups) == 1 or (len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
    if (whole and not (plain and grouped)) or (point and (not part or len(part) > 2 or set(part) - set("0123456789"))):
        return None
    if not (whole or part) or (len(groups) == 1 and len(whole) > 12):
        return None
    cents = Fraction(int(whole.replace(",", "") or 0)) * 100 + Fraction(int(part or 0) * (10 if len(part) == 1 else 1))
    return None if cents > MAX_CENTS else sign * int(cents)


def read(reader: Callable[[Any], int], text: object) -> int | str | None:
    """Return what a reader makes of a text; None where it refuses it in words, its fault otherwise."""
    try:
        return reader(text)
    except BadInput:
        return None
    except Exception as fault:  # noqa: BLE001 - this is what is looked for
        return f"{type(fault).__name__}: {fault}"


def written_amounts(luck: random.Random, examples: int) -> Tally:
    """Read strange and random texts as amounts, and compare with what they mean."""
    tally = Tally()
    texts = [*STRANGE, *("".join(luck.choices(_MARKS, k=luck.randrange(1, 16))) for _ in range(examples))]
    for text in texts:
        got, wanted = read(money.parse_cents, text), meant(text)
        tally.check(repr(text), got, "not", wanted, right=got == wanted)
        keyed = read(lambda said: read_keyed(said, 6_437, cash=True), text)
        fits = keyed is None or (isinstance(keyed, int) and abs(keyed) <= MAX_CENTS)
        tally.check("keyed", repr(text), keyed, right=fits)
    for number in NO_AMOUNTS:
        refused = read(read_amount, number)
        tally.check(repr(number), refused, right=refused is None)
    return tally


def _any_cents(luck: random.Random) -> int:
    return luck.choice(
        (luck.randint(-MAX_CENTS, MAX_CENTS), luck.randint(-10_000, 10_000), MAX_CENTS, -MAX_CENTS, 0, 1, -1)
    )


def rounding(luck: random.Random, examples: int) -> Tally:
    """Round exact dollars, and compare with fractions: half a cent goes away from zero."""
    tally = Tally()
    for _ in range(examples):
        cents = _any_cents(luck)
        tally.check(cents, "there and back", right=money.to_cents(money.to_dollars(cents)) == cents)
        tally.check(cents, "as text", right=money.parse_cents(money.plain(cents)) == cents)
        dollars = Decimal(luck.randint(-(10**15), 10**15)).scaleb(-luck.randrange(2, 7))
        if luck.random() < 0.3:
            dollars = Decimal(luck.randint(-(10**9), 10**9)) / 100 + Decimal("0.005")
        exact = abs(Fraction(dollars)) * 100
        wanted = int(exact + Fraction(1, 2)) * (-1 if dollars < 0 else 1)
        tally.check(dollars, "not", wanted, right=money.to_cents(dollars) == wanted)
        due, way = abs(cents) % 100_000, luck.choice(tuple(Rounding))
        kept = settle.round_cash(due, way)
        tally.check(due, way, kept, right=_nickel(due, way, kept))
    return tally


def _nickel(due: int, way: Rounding, kept: int) -> bool:
    if way is Rounding.OFF or not due:
        return kept == due
    if way is Rounding.DOWN:
        return kept % 5 == 0 and 0 <= due - kept < 5
    return kept % 5 == 0 and kept > 0 and (abs(kept - due) <= 2 or due < 3)


def splits(luck: random.Random, examples: int) -> Tally:
    """Split amounts: nothing is lost or made, each part is the exact share within a cent, ties go to the lowest."""
    tally = Tally()
    for _ in range(examples):
        total = _any_cents(luck)
        weights: Sequence[Decimal | int] = [
            luck.choice((luck.randrange(101), Decimal(luck.randrange(10**6)).scaleb(-4)))
            for _ in range(luck.randrange(1, 8))
        ]
        if not any(weights):
            continue
        parts = money.allocate(total, weights)
        whole = sum(map(Fraction, weights))
        near = all(
            abs(part - total * Fraction(weight) / whole) < 1 for part, weight in zip(parts, weights, strict=True)
        )
        mirrored = money.allocate(-total, weights) == tuple(-part for part in parts)
        right = sum(parts) == total and near and mirrored
        tally.check(total, "by", weights, right=right)
        targets = [abs(part) for part in parts]
        due = sum(targets)
        if due:
            first = luck.randint(0, due)
            early, late = money.allocate_next(targets, 0, first), money.allocate_next(targets, first, due - first)
            closed = [one + other for one, other in zip(early, late, strict=True)] == targets
            tally.check(first, "of", targets, right=closed)
    return tally


def beyond_the_ledger(examples: int, folder: Path) -> Tally:
    """Sell for amounts that the ledger cannot hold: refused in words, and nothing of it in the database."""
    tally = Tally()
    place = Imports(folder)
    with closing(place):
        opened = b'{"do":"open_drawer","at":"2026-07-14T07:35","by":"clerk1","drawer":"HPC-1","float":{"20.00":10}}'
        place.script(opened)
        for amount in (*STRANGE, *(f"{10**n}.00" for n in range(10, 30)), *(f"-{10**n}" for n in range(20)))[:examples]:
            before = place.kept()
            lines = [{"item": "MCD-CIT", "amount": amount}]
            said = _refusal(place, lines, amount)
            wanted = meant(amount)
            far = wanted is None or not 0 < wanted < MAX_CENTS + 1
            right = not far or (said not in {"", "trouble"} and place.kept() == before)
            tally.check(repr(amount[:30]), said or "sold", right=right)
        tally.check("the ledger does not verify", right=place.sound())
    return tally


def _refusal(place: Imports, lines: list[dict[str, str]], amount: str) -> str:
    step = {"do": "sale", "by": "clerk1", "lines": lines, "demo_inputs": True,
            "tenders": [{"kind": "check", "number": "1", "amount": amount}]}  # fmt: skip
    try:
        (outcome,) = (json.loads(one) for one in place.script(json.dumps(step).encode()))  # type: ignore[attr-defined]
    except (Refusal, AssertionError) as fault:
        return str(fault)
    return "" if outcome["ok"] else str(outcome["error"]["code"])


def no_floats(planted: str = "") -> Tally:
    """Look for floating point in every file of the money path."""
    tally = Tally()
    for room in () if planted else MONEY_PATH:
        for path in sorted((ROOT / room).rglob("*.py")):
            found = list(floats(ast.parse(path.read_text(encoding="utf-8"))))
            tally.check(path.name, found, right=not found)
    if planted:
        tally.check(planted, right=not list(floats(ast.parse(planted))))
    return tally


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Yield what came of each kind of example, and the self-tests."""
    luck, examples = random.Random("G11"), EXAMPLES[tier]  # noqa: S311
    yield written_amounts(luck, examples).row("amounts as written and keyed")
    yield rounding(luck, examples // 2).row("rounding, to the cent and to the nickel")
    yield splits(luck, examples // 2).row("splits and partial payments")
    few = 20 if tier is Tier.TASTE else 1_000
    yield beyond_the_ledger(few, folder / "beyond").row("beyond the ledger", engine="sqlite")
    yield no_floats().row("no floating point on the money path")
    yield from self_tests()


def self_tests() -> Iterator[Row]:
    """Break the arithmetic in the ways in which it is mostly broken."""
    luck = random.Random("G11 broken")  # noqa: S311
    with mock.patch.object(money, "to_cents", lambda dollars: int(float(dollars) * 100 + 0.5)):
        yield rounding(luck, 2_000).row("cents through floating point", broken=True)
    with mock.patch.object(money, "ROUND_HALF_UP", ROUND_HALF_EVEN):
        yield rounding(luck, 2_000).row("half a cent to the even one", broken=True)
    with mock.patch.object(money, "allocate", _by_rounding):
        yield splits(luck, 500).row("splits that round each part", broken=True)
    with mock.patch.object(money, "parse_cents", _leniently):
        yield written_amounts(luck, 500).row("amounts read leniently", broken=True)
    yield no_floats("price = 0.1 * 3").row("a float on the money path", broken=True)


def _leniently(text: str) -> int:
    return int(Decimal("".join(mark for mark in text if mark in "0123456789.")[:12] or "0") * 100)


def _by_rounding(total: int, weights: Sequence[Decimal | int]) -> tuple[int, ...]:
    whole = sum(map(Fraction, weights))
    return tuple(round(total * Fraction(weight) / whole) for weight in weights)
