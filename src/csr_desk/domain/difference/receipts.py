"""A whole receipt or item too many or too few: no receipt for the money, no money for the receipt, the wrong sign."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

from csr_desk.domain.difference.candidate import Kind, Suspect
from csr_desk.domain.difference.facts import CASH, DrawerFacts, Part
from csr_desk.domain.difference.guesses import ONE, PERCENT, Guess, Guesses
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import Cents

TWICE_WITHIN = timedelta(minutes=10)
"""A receipt made a second time follows the first one closely."""

SAME_CHECK = 10
"""How much more a second receipt for the same check number says than one for the same amount."""

_CASH_MISSED, _TAPED_MISSED = 60, 40
"""Percent of the sales that got no receipt, by how they were paid."""


def missed(facts: DrawerFacts, tender: str) -> Guesses:
    """Money came and no receipt stands for it: a cart that was left, a usual amount, a void whose money stayed."""
    cash = tender == CASH
    share = (_CASH_MISSED if cash else _TAPED_MISSED) * PERCENT
    items = 0 if cash else 1
    for total in facts.carts:
        for amount in _as_paid(total, cash=cash):
            suspect = Suspect("", None, total)
            yield Guess(Kind.MISSED_RECEIPT, amount, items, share * 45 // 100 // len(facts.carts), suspect, "cart")
    voids = [part for part in _of_voided(facts) if part.tender.kind == tender]
    for part in voids:
        suspect = Suspect(part.receipt.number, None, part.tender.amount)
        weight = share * 10 // 100 // len(voids)
        yield Guess(Kind.MISSED_RECEIPT, part.tender.amount, items, weight, suspect, "void")
    usual = [one for one in facts.receipts if one.kind is EventKind.SALE and not one.voided]
    for receipt in usual:
        for amount in _as_paid(receipt.total, cash=cash):
            suspect = Suspect(receipt.number, None, receipt.total)
            yield Guess(Kind.MISSED_RECEIPT, amount, items, share * 45 // 100 // len(usual), suspect, "usual")


def _as_paid(total: Cents, *, cash: bool) -> set[Cents]:
    """Return what a total comes to: cash may be rounded to the nickel, to the nearest or down."""
    return {total, total - total % 5, (total + 2) // 5 * 5} if cash else {total}


def _of_voided(facts: DrawerFacts) -> list[Part]:
    return [Part(one, part) for one in facts.receipts if one.voided for part in one.parts]


def extra(facts: DrawerFacts, tender: str) -> Guesses:
    """A receipt stands and no money came for it: made a second time, or the customer left."""
    parts = list(facts.live())
    twice = [part for before, part in pairwise(parts) if _again(before, part)]
    left = [part for part in parts if part.tender.kind == CASH]
    for part in twice:
        if part.tender.kind == tender:
            # two receipts of one amount follow each other on many days, two with the same check on hardly any
            share = 60 * PERCENT * (SAME_CHECK if part.tender.check_number else 1)
            yield _gone(part, share // len(twice), "twice")
    for part in left:
        if tender == CASH and part not in twice:
            yield _gone(part, 40 * PERCENT // len(left), "left")


def _again(before: Part, part: Part) -> bool:
    one, two = before.tender, part.tender
    return (
        before.receipt.number != part.receipt.number
        and (one.kind, one.amount, one.check_number) == (two.kind, two.amount, two.check_number)
        and part.receipt.at - before.receipt.at <= TWICE_WITHIN
    )


def _gone(part: Part, weight: int, way: str) -> Guess:
    suspect = Suspect(part.receipt.number, part.tender.amount, 0)
    items = 0 if part.tender.kind == CASH else -1
    return Guess(Kind.EXTRA, -part.tender.amount, items, weight, suspect, way)


def signs(facts: DrawerFacts, tender: str) -> Guesses:
    """Taken and given back mixed up: the difference is twice the amount."""
    parts = list(facts.live())
    cash = [part for part in parts if part.tender.kind == CASH]
    taped = [part for part in parts if part.tender.kind != CASH]
    if tender != CASH:
        for part in taped:
            if part.tender.kind == tender:
                yield _sign(part, -2, 50 * PERCENT // len(taped), "tape")
        return
    for part in cash:
        yield _sign(part, -2, 25 * PERCENT // len(cash), "sale")
    given = [
        Part(one, part)
        for one in facts.receipts
        for part in one.parts
        if one.kind is EventKind.REFUND and part.kind == CASH
    ]
    for part in given:
        yield _sign(part, -2, 25 * PERCENT // len(given), "back")


def _sign(part: Part, times: int, weight: int, way: str) -> Guess:
    amount = part.tender.amount
    return Guess(Kind.SIGN, times * amount, 0, weight, Suspect(part.receipt.number, amount, -amount), way)


def item_missing(facts: DrawerFacts, tender: str) -> Guesses:
    """An item of the receipts is not on the tape: lost, or put elsewhere."""
    yield from _items(facts, tender, -1, Kind.CHECK_MISSING)


def item_twice(facts: DrawerFacts, tender: str) -> Guesses:
    """An item stands on the tape twice."""
    yield from _items(facts, tender, 1, Kind.CHECK_TWICE)


def _items(facts: DrawerFacts, tender: str, sign: int, kind: Kind) -> Guesses:
    taped = [part for part in facts.live() if part.tender.kind != CASH]
    for part in taped:
        if part.tender.kind == tender:
            suspect = Suspect(part.receipt.number, part.tender.amount)
            yield Guess(kind, sign * part.tender.amount, sign, ONE // len(taped), suspect)
