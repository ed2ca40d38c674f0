"""What speaks for a cause, in short sentences."""

from __future__ import annotations

from csr_desk.domain.difference.candidate import Kind
from csr_desk.domain.difference.facts import CASH
from csr_desk.domain.difference.guesses import Guess
from csr_desk.domain.difference.weighing import Sought
from csr_desk.domain.difference.words import item_word
from csr_desk.domain.money import shown


def evidence(sought: Sought, guess: Guess, receipts: int) -> tuple[str, ...]:
    """Return what the counts and the receipts say of a cause that fits."""
    said = []
    items = item_word(sought.tender, many=True)
    if sought.tender != CASH:
        off = sought.items
        if not off:
            said.append(f"The number of {items} is right.")
        else:
            few = "more" if off > 0 else "fewer"
            word = item_word(sought.tender, many=abs(off) != 1)
            said.append(f"{abs(off)} {word} {few} than there are receipts for.")
    same = sought.facts.repeated(sought.tender)
    if same is not None:
        said.append("The last two counts are the same." if same else "The last two counts differ.")
    if guess.kind in {Kind.TRANSPOSITION, Kind.SLIDE} and abs(guess.off) % 9 == 0:
        said.append(f"{shown(abs(guess.off))} is divisible by nine.")
    if receipts:
        said.append("One receipt fits." if receipts == 1 else f"{receipts} receipts fit.")
    if sought.off != guess.off:
        said.append(f"{shown(abs(sought.off - guess.off))} more in coins stays open, within the tolerance.")
    return tuple(said)
