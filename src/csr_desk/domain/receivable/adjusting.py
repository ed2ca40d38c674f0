"""Adjustments of water bills: who is eligible, with what evidence, and how much comes off, step by step (F5).

The first three kinds are Houston's Code of Ordinances: a repaired leak (47-74), an unusually large bill (47-75),
exceptional circumstances (47-75.1). How much of the excess is forgiven is not among the facts that we could confirm;
it is a setting of each kind (half, as a neighbouring city has it) and the worksheet says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from csr_desk.domain.money import Cents, allocate, shown
from csr_desk.domain.receivable.instalments import month_later

Charge: TypeAlias = Callable[[date, int], Cents]
"""What so many gallons cost in a month (its first day), in cents, by the catalogue."""

YEAR = 12
"""Months whose use makes the average."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of adjustment."""

    code: str
    name: str
    authority: str
    most_bills: int
    within_months: int
    """No more than ``most_bills`` in so many months."""
    consecutive: bool = False
    over_percent: int = 0
    """Use must be above this share of the average."""
    ask_within_months: int = 0
    """Counted from the bill's month; 0 for no limit."""
    cap: Cents | None = None
    single_family: bool = False
    evidence: tuple[str, ...] = ()
    forgiven_percent: int = 50
    """Of the use above the average."""
    by_use: bool = True
    """Computed from the use of the months; else the amount is keyed and the evidence says why."""


LEAK = Kind(
    "LKA", "Repaired leak", "Code § 47-74", 3, 12, consecutive=True,
    evidence=("repair_date", "repair_address", "repair_type", "repair_cost"),
)  # fmt: skip
UNUSUALLY_LARGE = Kind(
    "ULB", "Unusually large bill", "Code § 47-75", 1, 12, over_percent=200, ask_within_months=6, single_family=True
)
EXCEPTIONAL = Kind(
    "ECA", "Exceptional circumstances", "Code § 47-75.1", 2, 24, over_percent=200, cap=1_000_000,
    evidence=("circumstances",),
)  # fmt: skip
CORRECTION = Kind("COR", "Correction of a bill", "", 1, 0, evidence=("finding",), by_use=False)
"""A reading, a name or a charge that was wrong: up or down, with what was found; no ordinance limits how often."""
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (LEAK, UNUSUALLY_LARGE, EXCEPTIONAL, CORRECTION)}


@dataclass(frozen=True, slots=True)
class MonthUse:
    """The use of one billed month, named by its first day, in gallons."""

    month: date
    gallons: int


@dataclass(frozen=True, slots=True)
class Case:
    """What somebody asks for: which months, with what evidence, on which day."""

    kind: Kind
    months: tuple[date, ...]
    asked_on: date
    evidence: Mapping[str, str]
    adjusted_before: tuple[date, ...] = ()
    """Months that were adjusted already, by any kind."""
    single_family: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A line of the worksheet: what was looked at, what came out, and whether it holds (None: only a figure)."""

    words: str
    figure: str
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Worksheet:
    """The computation as whoever decides reads it; ``amount`` is what comes off, in cents (0 if not eligible)."""

    steps: tuple[Step, ...]
    amount: Cents
    eligible: bool
    by_month: tuple[tuple[date, Cents], ...] = ()
    """What comes off of each month; adds up to ``amount``."""

    @property
    def failed(self) -> tuple[Step, ...]:
        """What does not hold."""
        return tuple(step for step in self.steps if step.holds is False)


def work_out(case: Case, history: Sequence[MonthUse], charge: Charge, asked: Cents | None = None) -> Worksheet:
    """Go through the rules of the kind and compute what comes off; less may be asked for (``asked``), never more."""
    use = {one.month: one.gallons for one in history}
    average = average_before(use, min(case.months)) if case.months else None
    steps = [*rules(case), *_use_rules(case, use, average)]
    if average is None or any(step.holds is False for step in steps):
        return Worksheet(tuple(steps), 0, eligible=False)
    steps.append(Step("Of the use above the average comes off", f"{case.kind.forgiven_percent} %, set by this office"))
    off = []
    for month in sorted(case.months):
        part, line = _month(case.kind, (month, use[month]), average, charge)
        off.append(part)
        steps.append(line)
    most = sum(off)
    if case.kind.cap is not None and most > case.kind.cap:
        most = case.kind.cap
        steps.append(Step("Most that may come off", shown(most)))
    if asked is not None:
        steps.append(Step("Asked for", shown(asked), 0 < asked <= most))
    return _ended(case, steps, most if asked is None else asked, off)


def taken_over(case: Case, amount: Cents, billed: Sequence[Cents]) -> Worksheet:
    """Take an amount that was computed elsewhere: what needs no use on record is looked at, the rest is said openly.

    ``billed`` are the bills of the months in their order; below zero the amount is added (a correction only).
    """
    steps = rules(case)
    if case.kind.by_use:
        words = f"Use above {max(case.kind.over_percent, 100)} % of the average"
        steps.append(Step(words, "no use on record: look at the evidence"))
    if amount > 0:
        most = min(sum(billed), sum(billed) if case.kind.cap is None else case.kind.cap)
        steps.append(Step("No more than", shown(most), amount <= most))
    steps.append(Step("Keyed by hand", shown(amount), amount > 0 or (amount < 0 and not case.kind.by_use)))
    return _ended(case, steps, amount, billed)


def _ended(case: Case, steps: list[Step], amount: Cents, weights: Sequence[Cents]) -> Worksheet:
    """Close a worksheet: the amount and its parts by month, or nothing where a step does not hold."""
    eligible = all(step.holds is not False for step in steps) and amount != 0
    if not eligible:
        return Worksheet(tuple(steps), 0, eligible=False)
    steps.append(Step("Comes off" if amount > 0 else "Is added", shown(abs(amount))))
    parts = allocate(amount, weights if sum(weights) > 0 else [1] * len(weights))
    return Worksheet(tuple(steps), amount, eligible=True, by_month=tuple(zip(sorted(case.months), parts, strict=True)))


def average_before(use: Mapping[date, int], first: date) -> int | None:
    """Return the average of the twelve months before the first one claimed, in gallons, rounded half up.

    With fewer months on record the average is that of those; without any there is none.
    """
    known = [use[month] for n in range(1, YEAR + 1) if (month := month_later(first, -n)) in use]
    if not known:
        return None
    return int((Decimal(sum(known)) / len(known)).quantize(Decimal(1), ROUND_HALF_UP))


def rules(case: Case) -> list[Step]:
    """Go through what needs no use: how many months, how often before, how late, with what evidence."""
    kind, steps = case.kind, how_often(case)
    if not case.months:
        return steps
    if kind.ask_within_months:
        last = month_later(min(case.months), kind.ask_within_months)
        steps.append(Step("Asked for until", last.isoformat(), case.asked_on <= last))
    if kind.single_family:
        steps.append(Step("Single-family home", "yes" if case.single_family else "no", case.single_family))
    steps += [_evidence(name, case.evidence.get(name, "").strip(), case.asked_on) for name in kind.evidence]
    return steps


def how_often(case: Case) -> list[Step]:
    """Go through the months: how many, whether they follow each other, how many were adjusted before."""
    kind, months = case.kind, sorted(case.months)
    steps = [Step("Months asked for", str(len(months)), 1 <= len(months) <= kind.most_bills)]
    if not months:
        return steps
    if kind.consecutive and len(months) > 1:
        follow = all(month_later(months[0], n) == month for n, month in enumerate(months))
        steps.append(Step("One after the other", "yes" if follow else "no", follow))
    if kind.within_months:
        steps.append(_often_enough(case, months[-1]))
        again = set(months) & set(case.adjusted_before)
        if again:
            steps.append(Step("The same month was adjusted before", f"{min(again):%B %Y}", holds=False))
    return steps


def _often_enough(case: Case, last: date) -> Step:
    kind = case.kind
    since = month_later(last, 1 - kind.within_months)
    before = [month for month in case.adjusted_before if since <= month <= last and month not in case.months]
    words = f"Adjusted already in {kind.within_months} months"
    return Step(words, str(len(before)), len(before) + len(case.months) <= kind.most_bills)


def _evidence(name: str, given: str, asked_on: date) -> Step:
    """Say whether a piece of evidence is there; its words are personal and stand beside the worksheet."""
    words = name.replace("_", " ").capitalize()
    if given and name.endswith("_date"):
        try:
            day = date.fromisoformat(given)
        except ValueError:
            return Step(words, "not a date", holds=False)
        if day > asked_on:
            return Step(words, "after the request", holds=False)
    return Step(words, "given" if given else "missing", bool(given))


def _use_rules(case: Case, use: Mapping[date, int], average: int | None) -> list[Step]:
    if not case.months:
        return []
    if average is None:
        return [Step("Average of the months before", "no use on record", holds=False)]
    steps = [Step("Average of the months before", f"{average:,} gallons")]
    for month in sorted(case.months):
        gallons = use.get(month)
        if gallons is None:
            steps.append(Step(f"Use in {month:%B %Y}", "not on record", holds=False))
            continue
        over = gallons * 100 > average * max(case.kind.over_percent, 100)
        percent = f"{gallons * 100 // average} % of the average" if average else "no average"
        steps.append(Step(f"Use in {month:%B %Y}", f"{gallons:,} gallons, {percent}", over))
    return steps


def charged_as(kind: Kind, gallons: int, average: int) -> int:
    """Say how many gallons are charged: the average and the part of the excess that is not forgiven, rounded up."""
    return average - (average - gallons) * (100 - kind.forgiven_percent) // 100


def _month(kind: Kind, month: tuple[date, int], average: int, charge: Charge) -> tuple[Cents, Step]:
    """Charge a month anew."""
    day, gallons = month
    less = charged_as(kind, gallons, average)
    was, now = charge(day, gallons), charge(day, less)
    words = f"{day:%B %Y}: {gallons:,} charged as {less:,} gallons"
    return max(0, was - now), Step(words, f"{shown(was)} − {shown(now)} = {shown(max(0, was - now))}")
