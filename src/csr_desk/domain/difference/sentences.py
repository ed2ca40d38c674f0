"""A cause in a sentence for the supervisor: what may have happened, and how to check it in a minute."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from csr_desk.domain.difference.candidate import Kind, Suspect
from csr_desk.domain.difference.cash import ROLLS, STRAP
from csr_desk.domain.difference.guesses import Guess
from csr_desk.domain.difference.weighing import Sought
from csr_desk.domain.difference.words import item_word, piece_word, tender_word
from csr_desk.domain.money import shown

Tell = Callable[[Sought, Guess, str], str]


def sentence(sought: Sought, guess: Guess, suspects: Sequence[Suspect]) -> str:
    """Say what may have happened and how to check it; the receipts are named where the cause hangs on one."""
    return _TOLD[guess.kind](sought, guess, _receipts(suspects))


def _receipts(suspects: Sequence[Suspect]) -> str:
    if not suspects:
        return ""
    others = len(suspects) - 1
    more = "" if not others else " (or 1 other)" if others == 1 else f" (or {others} others)"
    return f"receipt {suspects[0].receipt}{more}"


def _paper(sought: Sought) -> str:
    return "the receipt’s bill or stub" if sought.tender == "cash" else f"the {item_word(sought.tender)}"


def _transposition(sought: Sought, guess: Guess, where: str) -> str:
    return f"Two digits swapped on {where}: keyed {_keyed(guess)}, likely {_likely(guess)}. Read {_paper(sought)}."


def _slide(sought: Sought, guess: Guess, where: str) -> str:
    way = "A digit too few" if guess.way == "less" else "A digit too many"
    return f"{way} on {where}: keyed {_keyed(guess)}, likely {_likely(guess)}. Read {_paper(sought)}."


def _digit(sought: Sought, guess: Guess, where: str) -> str:
    return f"One digit keyed wrong on {where}: keyed {_keyed(guess)}, likely {_likely(guess)}. Read {_paper(sought)}."


def _keyed_wrong(sought: Sought, _guess: Guess, _where: str) -> str:
    items = item_word(sought.tender, many=True)
    return f"One of the {items} keyed wrong in more than one digit: tick the tape off against the receipts."


def _missed(sought: Sought, guess: Guess, where: str) -> str:
    amount = shown(abs(guess.off))
    if guess.way == "cart":
        return f"{amount} taken for a cart that was held or cancelled: look for it and make its receipt."
    if guess.way == "void":
        return f"{amount} of the voided {where} was not given back: ask whether the customer got it."
    if sought.tender == "cash" and guess.way == "loose":
        return f"{amount} more than the receipts say, as much as none of them: ask for a sale without a receipt."
    if sought.tender == "cash":
        return f"{amount} taken without a receipt; {where} is for as much: look for slips and papers without a number."
    return f"A {item_word(sought.tender)} of {amount} without a receipt: tick the tape off against the receipts."


def _extra(_sought: Sought, guess: Guess, where: str) -> str:
    amount = shown(abs(guess.off))
    if guess.way == "twice":
        return f"{_capital(where)} repeats the one before it, {amount}: see whether it was made a second time."
    return f"No money came for {where}, {amount}: ask whether the customer left without paying."


def _sign(sought: Sought, guess: Guess, where: str) -> str:
    half = shown(abs(guess.off) // 2)
    if guess.way == "tape":
        item = item_word(sought.tender)
        return f"Half the difference is {half}, the {item} of {where}: see whether the tape took it off."
    if guess.way == "back":
        return f"Half the difference is {half}: {where} gives it back; see whether it was taken instead."
    return f"Half the difference is {half}: {where} takes it; see whether it was given back instead."


def _wrong_tender(sought: Sought, guess: Guess, where: str) -> str:
    keyed, lies = sought.tender, guess.way
    if guess.off > 0:
        keyed, lies = lies, keyed
    amount = shown(abs(guess.off))
    return f"{amount} keyed as {tender_word(keyed)} lies there as {tender_word(lies)}: look at {where}."


def _denomination(_sought: Sought, guess: Guess, _where: str) -> str:
    value, many = guess.piece, piece_word(guess.piece, many=True)
    number = abs(guess.off) // value
    if guess.way == "row":
        return f"The {many} may be another note keyed in the row beside its own: look at what lies there."
    if guess.way == "strap":
        return f"A strap of {STRAP} {many} more or less than was counted: open and count the straps."
    if guess.way == "roll":
        return f"A roll of {ROLLS[value]} {many} more or less than was counted: count and weigh the rolls."
    notes = f"{number} {many}" if number > 1 else f"A {piece_word(value)}"
    if guess.way == "stuck":
        return f"{notes} may stick to another: fan the {many} and count them once more."
    return f"{notes} may be counted twice: count the {many} once more."


def _float_left_in(_sought: Sought, guess: Guess, _where: str) -> str:
    return f"Over by just the float, {shown(guess.off)}: see whether the next float lies in the drawer already."


def _float_taken_out(_sought: Sought, guess: Guess, _where: str) -> str:
    return f"Short by just the float, {shown(-guess.off)}: see whether it was set aside before the count."


def _drop(_sought: Sought, guess: Guess, _where: str) -> str:
    amount = shown(abs(guess.off))
    if guess.way == "swap":
        return f"The change order of {amount} may have gone one way only: count what the safe gave and got."
    if guess.off < 0:
        return f"{amount} carried to the safe and not written down: look for a bag without a slip in the safe’s log."
    return f"Drop {guess.way} of {amount} may lie in the drawer still: look for its bag in the safe."


def _item_missing(sought: Sought, guess: Guess, where: str) -> str:
    item = item_word(sought.tender)
    return f"The {item} of {shown(-guess.off)}, {where}, is not on the tape: look under the tray and among the others."


def _item_twice(sought: Sought, guess: Guess, where: str) -> str:
    return f"The {item_word(sought.tender)} of {shown(guess.off)}, {where}, may stand on the tape twice: tick it off."


def _change(_sought: Sought, guess: Guess, where: str) -> str:
    if guess.way == "note":
        return f"Change for {_keyed(guess)} where {_likely(guess)} was given, {where}: ask who served."
    many = "too much" if guess.off < 0 else "too little"
    return f"A {piece_word(guess.piece)} {many} in the change of {_keyed(guess)} on {where}: ask who served."


def _keyed(guess: Guess) -> str:
    return shown(guess.suspect.keyed or 0) if guess.suspect else ""


def _likely(guess: Guess) -> str:
    return shown(guess.suspect.likely or 0) if guess.suspect else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_TOLD: dict[Kind, Tell] = {
    Kind.MISSED_RECEIPT: _missed,
    Kind.EXTRA: _extra,
    Kind.SIGN: _sign,
    Kind.TRANSPOSITION: _transposition,
    Kind.SLIDE: _slide,
    Kind.WRONG_TENDER: _wrong_tender,
    Kind.DENOMINATION: _denomination,
    Kind.FLOAT_LEFT_IN: _float_left_in,
    Kind.FLOAT_TAKEN_OUT: _float_taken_out,
    Kind.DROP_NOT_RECORDED: _drop,
    Kind.CHECK_MISSING: _item_missing,
    Kind.CHECK_TWICE: _item_twice,
    Kind.CHANGE: _change,
    Kind.DIGIT: _digit,
    Kind.KEYED_WRONG: _keyed_wrong,
}
