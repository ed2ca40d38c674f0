"""What a training day is worth: the published weights, one visit compared with its card, the whole day added up.

Points are whole hundredths, so that nothing is lost by rounding: a visit has 100, the day 10,000 (shown as 100.00).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from csr_desk.domain.money import Cents
from csr_desk.domain.training_cards import Card, SoldLine, Turn, Wanted
from csr_desk.domain.training_visits import Answer

ACCURACY, SPEED, CLOSE = 7_000, 2_000, 1_000
"""Hundredths of the day's 100 points: accuracy 70, speed 20, close 10."""
FIRST_COUNT, SECOND_COUNT, LATER_COUNT = 600, 300, 100
"""Of the close: the blind count agrees the first time, the second, a later one."""
BALANCED, TOLERATED = 400, 200
"""Of the close: nothing over or short, or within the tolerance."""
PASSED = 70
"""Whole points from which the training counts (J11: 70 percent)."""
WHOLE_VISIT = 100
WHOLE_SPEED = 1_000
SLOW = 3
"""From so many times the par on, a visit earns nothing for speed."""


class Mistake(StrEnum):
    """Kinds of mistakes, and what each costs of a visit's 100 points (``COST``)."""

    ITEMS = "items"
    TOTAL = "total"
    TENDERS = "tenders"
    CHANGE = "change"
    ACTS = "acts"
    VISIT = "visit"


COST: Mapping[Mistake, int] = {
    Mistake.ITEMS: 40,
    Mistake.TOTAL: 20,
    Mistake.TENDERS: 20,
    Mistake.CHANGE: 10,
    Mistake.ACTS: 10,
    Mistake.VISIT: 100,
}
MISTAKE_WORDS: Mapping[Mistake, str] = {
    Mistake.ITEMS: "Wrong item, quantity or input",
    Mistake.TOTAL: "Wrong total",
    Mistake.TENDERS: "Wrong tender, amount or number",
    Mistake.CHANGE: "Wrong change",
    Mistake.ACTS: "Something done that should not be, or left undone",
    Mistake.VISIT: "Customer not served, or served with the wrong answer",
}


@dataclass(frozen=True, slots=True)
class Sale:
    """A sale as the ledger has it (cents); ``voided`` when it was taken back during the same visit."""

    receipt: str
    sold: tuple[SoldLine, ...]
    total: Cents
    given: tuple[tuple[str, Cents], ...]
    """Kind and amount of each tender taken."""
    papers: frozenset[str]
    """Numbers of checks and money orders, documents, last four digits."""
    change: Cents
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Deeds:
    """What was done for one customer. ``drop_missed``: the drawer was past its warning when the next one was called."""

    sales: tuple[Sale, ...] = ()
    answer: Answer | None = None
    no_sales: int = 0
    drop_missed: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What a visit earned: points of 100, its mistakes, milliseconds, thousandths of speed."""

    card: int
    points: int
    mistakes: tuple[Mistake, ...]
    millis: int
    speed: int


def turn_now(card: Card, deeds: Deeds) -> int:
    """Return which of the customer's wishes is to be served now (0 the first); as many as there are when all are."""
    if deeds.answer is not None:
        return len(card.turns)
    if card.turns[0].answer is not None:
        return 0
    served = min(len(deeds.sales), len(card.turns))
    if served == len(card.turns) and card.turns[-1].voids and not any(sale.voided for sale in deeds.sales):
        return served - 1
    return served


def is_served(card: Card, deeds: Deeds) -> bool:
    """Say whether the customer may go: everything wanted was done in some way, or an answer was given."""
    return turn_now(card, deeds) >= len(card.turns) or (card.turns[0].answer is not None and bool(deeds.sales))


def judge(card: Card, deeds: Deeds, millis: int) -> Marks:
    """Compare a visit with its card; a mistake of a kind costs once in each turn, never more than the turn has."""
    found: list[Mistake] = []
    points = 0
    for at, turn in enumerate(card.turns):
        wrong = _turn_mistakes(card, at, turn, deeds)
        found.extend(wrong)
        points += max(0, WHOLE_VISIT - sum(COST[one] for one in wrong))
    points //= len(card.turns)
    return Marks(card.number, points, tuple(found), millis, _speed(card.par * 1000, millis) if not found else 0)


def _turn_mistakes(card: Card, at: int, turn: Turn, deeds: Deeds) -> list[Mistake]:
    last = at == len(card.turns) - 1
    if turn.wanted is None:
        right = deeds.answer is turn.answer and not deeds.sales
        found = [] if right else [Mistake.VISIT]
        return found or ([Mistake.ACTS] if deeds.no_sales or deeds.drop_missed else [])
    live = [sale for sale in deeds.sales if not sale.voided]
    sale = (live[-1] if live else None) if last else next(iter(deeds.sales), None)
    if sale is None or deeds.answer is not None or (last and len(deeds.sales) <= at):
        return [Mistake.VISIT]
    found = _sale_mistakes(turn.wanted, sale)
    if not last:
        return found
    if turn.voids and not deeds.sales[0].voided and Mistake.ITEMS not in found:
        found.insert(0, Mistake.ITEMS)  # the neighbor's account stays charged
    expected = len(card.turns)
    took_refused = any(offer.refuse and offer.tender and offer.tender.number in sale.papers for offer in turn.offers)
    if len(deeds.sales) > expected or len(live) > 1 or deeds.no_sales or deeds.drop_missed or took_refused:
        found.append(Mistake.ACTS)
    return found


def _sale_mistakes(wanted: Wanted, sale: Sale) -> list[Mistake]:
    papers = {paper for tender in wanted.tenders for paper in (tender.number, tender.document, tender.last4) if paper}
    checks = (
        (Mistake.ITEMS, Counter(map(_asked, wanted.sold)) == Counter(map(_asked, sale.sold))),
        (Mistake.TOTAL, wanted.total == sale.total),
        (Mistake.TENDERS, Counter(wanted.given) == Counter(sale.given) and papers <= sale.papers),
        (Mistake.CHANGE, wanted.change == sale.change),
    )
    return [mistake for mistake, right in checks if not right]


def _asked(line: SoldLine) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    return line.item, line.quantity, line.inputs


def _speed(par: int, millis: int) -> int:
    """Thousandths of a visit's speed: all within the par (milliseconds), none from three times it, a line between."""
    if millis <= par:
        return WHOLE_SPEED
    slow = SLOW * par
    return max(0, WHOLE_SPEED * (slow - millis) // (slow - par))


@dataclass(frozen=True, slots=True)
class Close:
    """The close of the drawer: which blind count agreed in everything (0: none), and over/short by tender (cents)."""

    agreed_at: int
    over_short: tuple[Cents, ...]
    tolerance: Cents


@dataclass(frozen=True, slots=True)
class Score:
    """A day's points in hundredths."""

    accuracy: int
    speed: int
    close: int

    @property
    def hundredths(self) -> int:
        """All points in hundredths (10,000 is perfect)."""
        return self.accuracy + self.speed + self.close

    @property
    def points(self) -> int:
        """Whole points, rounded down: 69.99 does not pass."""
        return self.hundredths // 100

    @property
    def passed(self) -> bool:
        """Say whether the training counts."""
        return self.points >= PASSED


def score(marks: Iterable[Marks], customers: int, close: Close | None = None) -> Score:
    """Add a day up; customers who were not served earn nothing."""
    rows = tuple(marks)
    accuracy = ACCURACY * sum(row.points for row in rows) // (WHOLE_VISIT * customers)
    speed = SPEED * sum(row.speed for row in rows) // (WHOLE_SPEED * customers)
    return Score(accuracy, speed, 0 if close is None else close_points(close))


def close_points(close: Close) -> int:
    """Return the hundredths that a close earns."""
    by_count = {0: 0, 1: FIRST_COUNT, 2: SECOND_COUNT}.get(close.agreed_at, LATER_COUNT)
    if not any(close.over_short):
        return by_count + BALANCED
    tolerated = all(abs(cents) <= close.tolerance for cents in close.over_short)
    return by_count + (TOLERATED if tolerated else 0)


def mistake_counts(marks: Sequence[Marks]) -> tuple[tuple[Mistake, int], ...]:
    """Return the mistakes by kind, the dearest kind first, each with its number."""
    counted = Counter(mistake for row in marks for mistake in row.mistakes)
    return tuple(sorted(counted.items(), key=lambda pair: (-COST[pair[0]], pair[0].value)))
