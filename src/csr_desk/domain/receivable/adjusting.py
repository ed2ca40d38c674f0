"""Adjustments of water bills: who is eligible, with what evidence, and how much comes off, step by step (F5).

The kinds are those of Houston's Code of Ordinances: a repaired leak (47-74), an unusually large bill (47-75),
exceptional circumstances (47-75.1). How much of the excess is forgiven is not among the facts that we could confirm;
it is a setting of each kind (half, as a neighbouring city has it) and the worksheet says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from csr_desk.domain.money import Cents, shown
from csr_desk.domain.receivable.instalments import month_later

Charge: TypeAlias = Callable[[int], Cents]
"""What so many gallons cost in a month, in cents, by the catalogue."""

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
KINDS: Mapping[str, Kind] = {kind.code: kind for kind in (LEAK, UNUSUALLY_LARGE, EXCEPTIONAL)}


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


def work_out(case: Case, history: Sequence[MonthUse], charge: Charge) -> Worksheet:
    """Go through the rules of the kind and compute what comes off."""
    use = {one.month: one.gallons for one in history}
    average = average_before(use, min(case.months)) if case.months else None
    steps = [*_rules(case), *_use_rules(case, use, average)]
    eligible = all(step.holds is not False for step in steps)
    if not eligible or average is None:
        return Worksheet(tuple(steps), 0, eligible=False)
    off = 0
    for month in sorted(case.months):
        part, line = _month(case.kind, (month, use[month]), average, charge)
        off += part
        steps.append(line)
    if case.kind.cap is not None and off > case.kind.cap:
        steps.append(Step("Most that may come off", shown(case.kind.cap)))
        off = case.kind.cap
    steps.append(Step("Comes off", shown(off)))
    return Worksheet(tuple(steps), off, eligible=True)


def average_before(use: Mapping[date, int], first: date) -> int | None:
    """Return the average of the twelve months before the first one claimed, in gallons, rounded half up.

    With fewer months on record the average is that of those; without any there is none.
    """
    known = [use[month] for n in range(1, YEAR + 1) if (month := month_later(first, -n)) in use]
    if not known:
        return None
    return int((Decimal(sum(known)) / len(known)).quantize(Decimal(1), ROUND_HALF_UP))


def _rules(case: Case) -> list[Step]:
    kind, months = case.kind, sorted(case.months)
    steps = [Step("Months asked for", str(len(months)), 1 <= len(months) <= kind.most_bills)]
    if not months:
        return steps
    if kind.consecutive and len(months) > 1:
        follow = all(month_later(months[0], n) == month for n, month in enumerate(months))
        steps.append(Step("One after the other", "yes" if follow else "no", follow))
    since = month_later(months[-1], 1 - kind.within_months)
    before = [month for month in case.adjusted_before if since <= month <= months[-1] and month not in months]
    words = f"Adjusted already in {kind.within_months} months"
    steps.append(Step(words, str(len(before)), len(before) + len(months) <= kind.most_bills))
    again = set(months) & set(case.adjusted_before)
    if again:
        steps.append(Step("The same month was adjusted before", f"{min(again):%B %Y}", holds=False))
    if kind.ask_within_months:
        last = month_later(months[0], kind.ask_within_months)
        steps.append(Step("Asked for until", last.isoformat(), case.asked_on <= last))
    if kind.single_family:
        steps.append(Step("Single-family home", "yes" if case.single_family else "no", case.single_family))
    for name in kind.evidence:
        given = case.evidence.get(name, "").strip()
        steps.append(Step(name.replace("_", " ").capitalize(), given or "missing", bool(given)))
    return steps


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


def _month(kind: Kind, month: tuple[date, int], average: int, charge: Charge) -> tuple[Cents, Step]:
    """Charge a month anew for the average and the part of the excess that is not forgiven (gallons rounded up)."""
    day, gallons = month
    excess = gallons - average
    kept = -(-excess * (100 - kind.forgiven_percent) // 100)
    was, now = charge(gallons), charge(average + kept)
    words = f"{day:%B %Y}: {gallons:,} charged as {average + kept:,} gallons"
    return max(0, was - now), Step(words, f"{shown(was)} − {shown(now)} = {shown(max(0, was - now))}")
