"""Which causes fit a drawer's differences, ranked: Bayes' rule over all guesses, in whole numbers.

A guess weighs as often as a drawer goes wrong in just this way. A cause that nobody looks for has a weight of its own,
spread over all amounts, so that a guess is not believed merely because it is the only one that fits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from csr_desk.domain.difference import cash, keying, receipts, tenders
from csr_desk.domain.difference.candidate import MILLION, Candidate, Kind, Suspect
from csr_desk.domain.difference.evidence import evidence
from csr_desk.domain.difference.facts import CASH, DrawerFacts
from csr_desk.domain.difference.guesses import ONE, Guess, Guesses
from csr_desk.domain.difference.sentences import sentence
from csr_desk.domain.difference.weighing import Sought

Finder = Callable[[DrawerFacts, str], Guesses]
Fits = list[tuple[int, Guess]]


def _in_cash(find: Callable[[DrawerFacts], Guesses]) -> Finder:
    return lambda facts, tender: find(facts) if tender == CASH else iter(())


FINDERS: tuple[Finder, ...] = (
    receipts.missed,
    receipts.extra,
    receipts.signs,
    keying.transpositions,
    keying.slides,
    keying.wrong_digits,
    receipts.item_missing,
    receipts.item_twice,
    tenders.half_counted,
    _in_cash(cash.denominations),
    _in_cash(cash.floats),
    _in_cash(cash.drops),
    _in_cash(cash.wrong_change),
)
"""Everything that is looked for in one tender."""

TWO_AT_ONCE = 20
"""Two errors in one drawer are this many times rarer than one."""

CHECKED_APART = frozenset({Kind.WRONG_TENDER, Kind.CHANGE})
"""Kinds whose ways are told one by one, because each is checked in another place."""

MOST_SUSPECTS = 8
"""Receipts that a candidate names: a longer list is no help."""

MOST = 8
LEAST = MILLION // 50
"""Candidates that are told, and how likely one must be: what is rarer than one in a hundred only distracts."""


@dataclass(frozen=True, slots=True)
class _Tender:
    """A tender that is off, the guesses that fit it with their weights, and the weight of everything."""

    sought: Sought
    fits: Fits
    everything: int


def candidates(facts: DrawerFacts, finders: Iterable[Finder] = FINDERS) -> tuple[Candidate, ...]:
    """Return the causes that fit, the likeliest first; none for a drawer that agrees within the tolerance."""
    finders = tuple(finders)
    off = [_look(Sought(facts, tender, by, facts.items_off(tender)), finders) for tender, by in facts.beyond.items()]
    pairs = [_pair(one, two) for at, one in enumerate(off) for two in off[at + 1 :]]
    found = [candidate for pair in pairs for candidate in pair]
    for one in off:
        paired = max((pair.likelihood for pair in found if one.sought.tender in {pair.tender, pair.other}), default=0)
        found += _apart(one, MILLION - paired)
    order = list(Kind)
    ranked = sorted(found, key=lambda one: (-one.likelihood, order.index(one.kind)))
    return tuple(one for one in ranked if one.likelihood >= LEAST)[:MOST]


def unexplained(facts: DrawerFacts, ranked: Iterable[Candidate]) -> tuple[str, ...]:
    """Return the tenders beyond the tolerance for which no cause is more likely than no known cause at all."""
    ranked = tuple(ranked)
    told: dict[str, int] = defaultdict(int)
    for one in ranked:
        if one.kind is not Kind.KEYED_WRONG:
            for tender in {one.tender, one.other}:
                told[tender] += one.likelihood
    return tuple(tender for tender in facts.beyond if told[tender] * 2 < MILLION)


def _look(sought: Sought, finders: tuple[Finder, ...]) -> _Tender:
    fits = [
        (weight, guess)
        for find in finders
        for guess in find(sought.facts, sought.tender)
        if (weight := sought.weight(guess))
    ]
    if (loose := _loose(sought)) is not None:
        fits.append((loose.weight, loose))
    return _Tender(sought, fits, sum(weight for weight, _ in fits) + sought.unknown)


def _loose(sought: Sought) -> Guess | None:
    """Return what can be said where no amount of the day fits: it never weighs more than an unknown cause."""
    weight = sought.unknown // 2
    if sought.tender == CASH:
        return Guess(Kind.MISSED_RECEIPT, sought.off, 0, weight, None, "loose") if sought.off > 0 else None
    if sought.items == 1 and sought.off > 0:
        return Guess(Kind.MISSED_RECEIPT, sought.off, 1, sought.unknown * 2, None, "loose")
    return None if sought.items else Guess(Kind.KEYED_WRONG, sought.off, 0, weight)


def _apart(one: _Tender, share: int) -> list[Candidate]:
    """Return the causes of one tender, each with all guesses of its kind; ``share`` is what a pair leaves them."""
    kinds: dict[tuple[Kind, str], Fits] = defaultdict(list)
    for weight, guess in one.fits:
        kinds[guess.kind, guess.way if guess.kind in CHECKED_APART else ""].append((weight, guess))
    return [
        _candidate(one.sought, fits, sum(weight for weight, _ in fits) * share // one.everything)
        for fits in kinds.values()
    ]


def _pair(one: _Tender, two: _Tender) -> list[Candidate]:
    """Return the receipts whose money lies under the other tender, against two errors that happen to be opposite."""
    facts = one.sought.facts
    both = {one.sought.tender: one.sought, two.sought.tender: two.sought}
    ways: dict[str, Fits] = defaultdict(list)
    for swap in tenders.swaps(facts):
        if {swap.keyed_as, swap.lies_as} == set(both):
            short, over = both[swap.keyed_as].weight(swap.short), both[swap.lies_as].weight(swap.over)
            if short and over:
                ways[swap.keyed_as].append((min(short, over), swap.short))
    whole = sum(weight for fits in ways.values() for weight, _ in fits)
    apart = one.everything * two.everything // ONE // TWO_AT_ONCE
    return [
        _candidate(both[keyed_as], fits, sum(weight for weight, _ in fits) * MILLION // (whole + apart))
        for keyed_as, fits in ways.items()
    ]


def _candidate(sought: Sought, fits: Fits, likelihood: int) -> Candidate:
    _, best = max(fits, key=lambda fit: fit[0])
    suspects = _suspects(fits)
    return Candidate(
        kind=best.kind,
        tender=sought.tender,
        amount=abs(best.off),
        likelihood=likelihood,
        sentence=sentence(sought, best, suspects[:MOST_SUSPECTS]),
        suspects=suspects[:MOST_SUSPECTS],
        other=best.way if best.kind is Kind.WRONG_TENDER else "",
        evidence=evidence(sought, best, len(suspects)),
    )


def _suspects(fits: Fits) -> tuple[Suspect, ...]:
    """Return each receipt once, in the likeliest of its ways, the likeliest receipt first."""
    best: dict[str, tuple[int, Suspect]] = {}
    for weight, guess in fits:
        suspect = guess.suspect
        if suspect is not None and suspect.receipt and weight > best.get(suspect.receipt, (0, suspect))[0]:
            best[suspect.receipt] = (weight, suspect)
    return tuple(suspect for _, suspect in sorted(best.values(), key=lambda pair: -pair[0]))
