"""The errors of a counter, one function each: what was keyed, what lies in the drawer or what was counted changes."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache

from csr_desk.domain.difference import DrawerFacts, Kind, TenderPart
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.ledger import EventKind
from difference_days import NOTES, TOLERANCE, Day, Truth, Unsuited, amount_due, facts_of, quiet_day
from difference_days import _drop as carry
from difference_days import _refund as give_back

Plant = Callable[[Day], Truth]
BESIDE = {
    "1": "24",
    "2": "135",
    "3": "26",
    "4": "157",
    "5": "2468",
    "6": "359",
    "7": "48",
    "8": "579",
    "9": "68",
    "0": "12",
}


def _truth(day: Day, kind: Kind, at: int | None, *tenders: str) -> Truth:
    return Truth(kind, frozenset(tenders), f"HPC1-{at + 1:07d}" if at is not None else "")


def missed_receipt(day: Day) -> Truth:
    """The customer paid and no receipt was made; half of the time the cart was held or cancelled in the rush."""
    at, part = day.pick(day.sales())
    if day.chance.random() < 0.12:
        day.receipts[at] = replace(day.receipts[at], voided=True)
        back = replace(part, amount=-part.amount, given=0, change=0)
        day.receipts.append(replace(day.receipts[at], parts=(back,), kind=EventKind.VOID, voided=False, at=day.now))
        day.receipts[-1] = replace(day.receipts[-1], total=-day.receipts[at].total)
        return _truth(day, Kind.MISSED_RECEIPT, at, part.kind)
    gone = day.receipts.pop(at)
    if day.chance.random() < 0.5:
        day.carts.insert(day.chance.randint(0, len(day.carts)), gone.total)
    return _truth(day, Kind.MISSED_RECEIPT, None, part.kind)


def extra(day: Day) -> Truth:
    """The receipt was made twice, or the customer went away without paying."""
    if day.chance.random() < 0.5:
        at, part = day.pick(day.sales())
        twin = replace(day.receipts[at], at=day.receipts[at].at + timedelta(seconds=day.chance.randrange(20, 120)))
        day.receipts.insert(at + 1, twin)
        return _truth(day, Kind.EXTRA, at + 1, part.kind)
    at, part = day.pick(day.cash())
    day.drawer.must_take(part.amount)
    return _truth(day, Kind.EXTRA, at, "cash")


def sign(day: Day) -> Truth:
    """The tape took an item off; or what was taken was given back, or the other way round."""
    luck = day.chance.random()
    if luck < 0.4:
        at, part = day.pick(day.taped())
        right = day.tape(part.kind)
        if right.total < 2 * part.amount:
            raise Unsuited
        day.tapes[part.kind] = TapeCount(right.items, right.total - 2 * part.amount)
        return _truth(day, Kind.SIGN, at, part.kind)
    if luck < 0.7:
        at, part = day.pick(day.cash())
        day.drawer.must_take(2 * part.amount)
        return _truth(day, Kind.SIGN, at, "cash")
    at = give_back(day)
    amount = -day.receipts[at].total
    day.drawer.put({1000: 2 * amount // 1000, 100: 2 * amount % 1000 // 100, 10: 2 * amount % 100 // 10})
    return _truth(day, Kind.SIGN, at, "cash")


def _keyed_as(day: Day, at: int, part: TenderPart, keyed: int) -> None:
    if not 25 <= keyed <= 2_000_000 or abs(keyed - part.amount) <= TOLERANCE:
        raise Unsuited
    day.rekey(at, amount=keyed, given=keyed if part.kind == "cash" else 0)


def transposition(day: Day) -> Truth:
    """Two digits swapped, mostly neighbours; on the receipt, or for items now and then on the tape."""
    at, part = day.pick(day.keyed())
    digits = list(str(part.amount))
    one = day.chance.randrange(len(digits) - 1)
    two = one + 1 if day.chance.random() < 0.88 else day.chance.randrange(one + 1, len(digits))
    digits[one], digits[two] = digits[two], digits[one]
    if digits[0] == "0":
        raise Unsuited
    _on_either_side(day, at, part, int("".join(digits)))
    return _truth(day, Kind.TRANSPOSITION, at, part.kind)


def _on_either_side(day: Day, at: int, part: TenderPart, keyed: int) -> None:
    if part.kind != "cash" and day.chance.random() < 0.25:
        if abs(keyed - part.amount) <= TOLERANCE:
            raise Unsuited
        right = day.tape(part.kind)
        day.tapes[part.kind] = TapeCount(right.items, right.total + keyed - part.amount)
    else:
        _keyed_as(day, at, part, keyed)


def slide(day: Day) -> Truth:
    """A zero or digit too many or too few; now and then two."""
    at, part = day.pick(day.keyed())
    ways = (part.amount * 10, part.amount // 10, part.amount * 100, part.amount // 100)
    keyed = day.chance.choices(ways, (44, 48, 4, 4))[0]
    if keyed == ways[3] and part.amount % 100:
        raise Unsuited
    _keyed_as(day, at, part, keyed)
    return _truth(day, Kind.SLIDE, at, part.kind)


def digit(day: Day) -> Truth:
    """One digit of an item wrong, mostly the key beside the right one."""
    at, part = day.pick(day.taped())
    digits = str(part.amount)
    place = day.chance.randrange(len(digits))
    right = digits[place]
    near = day.chance.random() < 0.65
    wrong = day.chance.choice(BESIDE[right] if near else [one for one in "0123456789" if one != right])
    if place == 0 and wrong == "0":
        raise Unsuited
    _on_either_side(day, at, part, int(digits[:place] + wrong + digits[place + 1 :]))
    return _truth(day, Kind.DIGIT, at, part.kind)


def wrong_tender(day: Day) -> Truth:
    """The receipt names another tender than was handed over."""
    at, part = day.pick(day.keyed())
    others = [kind for kind in ("cash", "check", "card", "money_order") if kind != part.kind]
    kind = day.chance.choices(others, [5 if other in {"cash", "check"} else 3 for other in others])[0]
    day.rekey(at, kind=kind, given=part.amount if kind == "cash" else 0, check_number="")
    return _truth(day, Kind.WRONG_TENDER, at, part.kind, kind)


def denomination(day: Day) -> Truth:
    """Notes that stick or are counted twice, a roll, a strap, a pile in the wrong row."""
    counted = Counter({value: number for value, number in day.drawer.pieces.items() if number})
    luck = day.chance.random()
    notes = [value for value in NOTES if counted[value]]
    if luck < 0.68:
        value = day.chance.choices(notes, [counted[value] for value in notes])[0]
        number = day.chance.choices((1, 2, 3), (75, 20, 5))[0] * day.chance.choice((-1, -1, 1))
        if counted[value] + number < 0 or number >= counted[value]:
            raise Unsuited
        counted[value] += number
    elif luck < 0.84:
        rolls = {25: 40, 10: 50, 5: 40}
        value = day.chance.choice(list(rolls))
        number = rolls[value] * day.chance.choice((-1, 1))
        if counted[value] + number <= 0 or counted[value] < abs(number):
            raise Unsuited
        counted[value] += number
    else:
        own = day.chance.choice(notes)
        row = NOTES[max(0, min(len(NOTES) - 1, NOTES.index(own) + day.chance.choice((-1, 1))))]
        if row == own or counted[row]:
            raise Unsuited
        counted[row], value = counted[own], row
        del counted[own]
    day.counts = counted
    return _truth(day, Kind.DENOMINATION, None, "cash")


def float_left_in(day: Day) -> Truth:
    """The float of tomorrow lies in the drawer already."""
    day.drawer.put(day.float_pieces)
    return _truth(day, Kind.FLOAT_LEFT_IN, None, "cash")


def float_taken_out(day: Day) -> Truth:
    """The float was set aside before the count."""
    day.drawer.must_take(sum(value * number for value, number in day.float_pieces.items()))
    return _truth(day, Kind.FLOAT_TAKEN_OUT, None, "cash")


def drop_not_recorded(day: Day) -> Truth:
    """Cash went to the safe and nobody wrote it down; or it was written down and stayed."""
    if day.drops and day.chance.random() < 0.35:
        day.drawer.put(day.chance.choice(day.drops).pieces)
    else:
        carry(day, recorded=False)
    return _truth(day, Kind.DROP_NOT_RECORDED, None, "cash")


def check_missing(day: Day) -> Truth:
    """An item is not on the tape."""
    at, part = day.pick(day.taped())
    right = day.tape(part.kind)
    day.tapes[part.kind] = TapeCount(right.items - 1, right.total - part.amount)
    return _truth(day, Kind.CHECK_MISSING, at, part.kind)


def check_twice(day: Day) -> Truth:
    """An item stands on the tape twice."""
    at, part = day.pick(day.taped())
    right = day.tape(part.kind)
    day.tapes[part.kind] = TapeCount(right.items + 1, right.total + part.amount)
    return _truth(day, Kind.CHECK_TWICE, at, part.kind)


def change(day: Day) -> Truth:
    """Change for another note than was given, or a note too many or too few."""
    at, part = day.pick([sale for sale in day.cash() if sale[1].change])
    if day.chance.random() < 0.65 and part.given in NOTES:
        others = [note for note in NOTES if note != part.given and note >= part.amount]
        near = [note for note in others if abs(NOTES.index(note) - NOTES.index(part.given)) == 1]
        keyed = day.chance.choice(near if near and day.chance.random() < 0.8 else others or [part.given])
        day.rekey(at, given=keyed, change=keyed - part.amount)
        if keyed > part.given:
            day.drawer.must_take(keyed - part.given)
        else:
            day.drawer.put({100: (part.given - keyed) // 100})
    else:
        notes = [note for note in NOTES if note <= part.change]
        if not notes:
            raise Unsuited
        note = day.chance.choice(notes)
        if day.chance.random() < 0.75:
            day.drawer.must_take(note)
        else:
            day.drawer.put({note: 1})
    return _truth(day, Kind.CHANGE, at, "cash")


def keyed_wrong(day: Day) -> Truth:
    """The amount of an item keyed altogether wrong: that of another bill."""
    at, part = day.pick(day.taped())
    _keyed_as(day, at, part, amount_due(day.chance))
    return _truth(day, Kind.KEYED_WRONG, None, part.kind)


PLANTS: dict[Kind, Plant] = {
    Kind.MISSED_RECEIPT: missed_receipt,
    Kind.EXTRA: extra,
    Kind.SIGN: sign,
    Kind.TRANSPOSITION: transposition,
    Kind.SLIDE: slide,
    Kind.WRONG_TENDER: wrong_tender,
    Kind.DENOMINATION: denomination,
    Kind.FLOAT_LEFT_IN: float_left_in,
    Kind.FLOAT_TAKEN_OUT: float_taken_out,
    Kind.DROP_NOT_RECORDED: drop_not_recorded,
    Kind.CHECK_MISSING: check_missing,
    Kind.CHECK_TWICE: check_twice,
    Kind.CHANGE: change,
    Kind.DIGIT: digit,
    Kind.KEYED_WRONG: keyed_wrong,
}
"""Every kind of error."""

_COUNTED_WRONG = {Kind.DENOMINATION, Kind.CHECK_MISSING, Kind.CHECK_TWICE}


@cache
def day_with(kind: Kind, seed: int) -> tuple[DrawerFacts, Truth]:
    """Let a day pass on which one error of a kind happens, large enough to be looked for."""
    chance = random.Random(f"{kind}-{seed}")  # noqa: S311 - lifelike, not secret
    while True:
        day = quiet_day(chance)
        try:
            truth = PLANTS[kind](day)
        except Unsuited:
            continue
        _coins_missing(day)
        _first_count(day, truth)
        facts = facts_of(day)
        if truth.tenders & set(facts.beyond):
            return facts, truth


def _coins_missing(day: Day) -> None:
    """On every seventh day the change was a few coins off besides, within the tolerance."""
    if day.chance.randrange(7) == 0:
        coins = day.chance.choice((5, 5, 10, 10, 10, 25, 25, 35, 50, 75)) * day.chance.choice((-1, -1, 1))
        pieces = day.counts if day.counts is not None else day.drawer.pieces
        pieces[5] += max(coins // 5, -pieces[5])


def _first_count(day: Day, truth: Truth) -> None:
    """The first count had a slip of its own on some days: more often where counting is what went wrong."""
    if day.chance.random() >= (0.4 if truth.kind in _COUNTED_WRONG else 0.12):
        return
    tender, chance = day.chance.choice(sorted(truth.tenders)), day.chance
    slip = chance.choice((100, 500, 1000, 2000, -100, -500, -1000))

    def first(last: CountSheet) -> CountSheet:
        if tender == "cash":
            cash = Counter(last.cash)
            value = abs(slip) if slip != 500 or cash[500] else 100
            cash[value] = max(0, cash[value] + (1 if slip > 0 else -1))
            return CountSheet({value: number for value, number in cash.items() if number}, last.others)
        tape = last.others[tender]
        return CountSheet(last.cash, {**last.others, tender: TapeCount(tape.items, max(0, tape.total + slip))})

    day.first = first


def day_without_error(seed: int) -> DrawerFacts:
    """Let a day pass that agrees, or is off by coins within the tolerance."""
    day = quiet_day(random.Random(f"quiet-{seed}"))  # noqa: S311 - lifelike, not secret
    _coins_missing(day)
    return facts_of(day)


def day_unexplained(seed: int) -> DrawerFacts:
    """Let a day pass with a difference that none of the errors made: cash taken, or a tape that is anything."""
    chance = random.Random(f"unknown-{seed}")  # noqa: S311 - lifelike, not secret
    while True:
        day = quiet_day(chance)
        amount = chance.randrange(21, 6000) * 5
        try:
            if chance.random() < 0.4:
                _any_tape(day, chance.choice((-1, 1)) * (amount + chance.randrange(5)))
            elif chance.random() < 0.7:
                day.drawer.must_take(amount)
            else:
                day.drawer.put({100: amount // 100, 5: amount % 100 // 5})
        except Unsuited:
            continue
        return facts_of(day)


def _any_tape(day: Day, off: int) -> None:
    right = day.tape("check")
    if right.total + off < 0:
        raise Unsuited
    day.tapes["check"] = TapeCount(right.items, right.total + off)
