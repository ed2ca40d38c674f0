"""What goes wrong with notes and coins: miscounted, wrong change, the float, a drop that was not written down."""

from __future__ import annotations

from collections.abc import Mapping

from csr_desk.domain.difference.candidate import Kind, Suspect
from csr_desk.domain.difference.facts import CASH, DrawerFacts, Part
from csr_desk.domain.difference.guesses import ONE, PERCENT, Guess, Guesses
from csr_desk.domain.money import Cents

NOTES: tuple[Cents, ...] = (100, 500, 1000, 2000, 5000, 10000)
STRAP = 100
"""Notes in a strap of the Federal Reserve."""
ROLLS: dict[Cents, int] = {1: 50, 5: 40, 10: 50, 25: 40}
"""Coins in a roll."""

_DROP_STEP: Cents = 1000
_LEAST_DROP: Cents = 6000


def denominations(facts: DrawerFacts) -> Guesses:
    """Pieces miscounted: one or two notes, a strap, a roll, a pile keyed in the row beside its own."""
    pieces = {value: number for value, number in facts.sheets[-1].cash.items() if number}
    notes = {value: pieces[value] for value in NOTES if value in pieces}
    everything = sum(notes.values())
    for value, number in notes.items():
        for times, share in ((1, 75), (2, 25)):
            weight = 50 * PERCENT * share // 100 * number // everything
            yield _pieces(-value * times, weight * 3 // 5, "stuck", value)
            if number > times:
                yield _pieces(value * times, weight * 2 // 5, "twice", value)
    rolls = [value for value in ROLLS if pieces.get(value)]
    for value in rolls:
        for sign in (-1, 1):
            if sign < 0 or pieces[value] >= ROLLS[value]:
                yield _pieces(sign * value * ROLLS[value], 20 * PERCENT // len(rolls) // 2, "roll", value)
    for value in notes:
        for sign in (-1, 1):
            if sign < 0 or pieces[value] >= STRAP:
                yield _pieces(sign * value * STRAP, 5 * PERCENT // len(notes) // 2, "strap", value)
    yield from _wrong_row(notes)


def _wrong_row(notes: dict[Cents, int]) -> Guesses:
    """A pile keyed in the row beside its own, whose own pile was none."""
    piles = [
        (row, own)
        for row in notes
        for own in NOTES
        if own not in notes and abs(NOTES.index(own) - NOTES.index(row)) == 1
    ]
    for row, own in piles:
        yield _pieces(notes[row] * (row - own), 25 * PERCENT // len(piles), "row", row)


def _pieces(off: Cents, weight: int, way: str, value: Cents) -> Guess:
    return Guess(Kind.DENOMINATION, off, 0, weight, None, way, value)


def floats(facts: DrawerFacts) -> Guesses:
    """The float taken out before the count, or the next one put in already."""
    amount = facts.float_counted
    if amount:
        left_in, taken = Kind.FLOAT_LEFT_IN, Kind.FLOAT_TAKEN_OUT
        # coins that make up more than half of the float's lie there still when nobody took it out
        lying, had = _coins(facts.sheets[-1].cash), _coins(facts.float_pieces)
        yield Guess(left_in, amount, 0, ONE)
        yield Guess(taken, -amount, 0, ONE // 4 if had and lying * 2 > had else ONE)


def _coins(pieces: Mapping[Cents, int]) -> Cents:
    return sum(value * number for value, number in pieces.items() if value < NOTES[0])


def drops(facts: DrawerFacts) -> Guesses:
    """Cash carried to the safe and not written down; or written down and still in the drawer; or half of a swap."""
    for drop in facts.drops:
        yield Guess(Kind.DROP_NOT_RECORDED, drop.amount, 0, 30 * PERCENT // len(facts.drops), None, f"#{drop.number}")
    for amount in facts.change_orders:
        for off in (-amount, amount):
            yield Guess(Kind.DROP_NOT_RECORDED, off, 0, 5 * PERCENT // len(facts.change_orders), None, "swap")
    usual = {drop.amount for drop in facts.drops}
    amounts = range(_LEAST_DROP, facts.peak + 1, _DROP_STEP)
    whole = sum(_roundness(amount, usual) for amount in amounts)
    for amount in amounts:
        weight = 65 * PERCENT * _roundness(amount, usual) // whole
        yield Guess(Kind.DROP_NOT_RECORDED, -amount, 0, weight, None, "carried")


def _roundness(amount: Cents, usual: set[Cents]) -> int:
    """How often cash of this amount is carried: whole hundreds, fifties, what only twenties make, the rest."""
    steps = ((10000, 4), (5000, 2), (2000, 3))
    return 8 if amount in usual else next((times for step, times in steps if amount % step == 0), 1)


def wrong_change(facts: DrawerFacts) -> Guesses:
    """Change for another note than was given, or a note too many or too few in it."""
    parts = [part for part in facts.live() if part.tender.kind == CASH and part.tender.change > 0]
    for part in parts:
        change = part.tender.change
        yield from _other_note(part, 65 * PERCENT // len(parts))
        values = [value for value in NOTES if value <= change]
        for value in values:
            share = 35 * PERCENT // len(parts) // len(values)
            suspect = Suspect(part.receipt.number, change, change + value)
            yield Guess(Kind.CHANGE, -value, 0, share * 3 // 4, suspect, "piece", value)
            suspect = Suspect(part.receipt.number, change, change - value)
            yield Guess(Kind.CHANGE, value, 0, share // 4, suspect, "piece", value)


def _other_note(part: Part, share: int) -> Guesses:
    given = part.tender.given
    if given not in NOTES:
        return
    # with less than what was due the customer would have been asked for more
    others = [note for note in NOTES if note != given and note >= part.tender.amount]
    ranks = {note: abs(NOTES.index(note) - NOTES.index(given)) for note in others}
    whole = sum(12 // rank for rank in ranks.values())
    for note, rank in ranks.items():
        suspect = Suspect(part.receipt.number, given, note)
        yield Guess(Kind.CHANGE, note - given, 0, share * (12 // rank) // whole, suspect, "note", note)
