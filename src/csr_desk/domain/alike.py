"""How alike two people's names and addresses are, so that nobody is entered twice without being asked (F2).

Words may stand in any order and be a little misspelt: each word of the shorter name is compared with the one of the
longer that fits it best, by ``rapidfuzz``.
"""

from __future__ import annotations

from rapidfuzz.distance import Indel

from csr_desk.domain.addresses import read_address
from csr_desk.domain.customer_words import words_of
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.telephones import phone_normal

SAME_NAME = 820
"""From here on two names may be one person's: ``Alvares, Maria`` and ``María Álvarez`` reach 916."""
SURE = 950
INITIAL = 900
"""What a single letter is worth that begins the other's word."""


def ratio(one: str, other: str) -> int:
    """Judge two folded texts by the letters that they share in the same order, from 0 to 1000 (whole numbers only)."""
    return 1000 * Indel.similarity(one, other) // max(len(one) + len(other), 1)


def names_alike(one: str, other: str) -> int:
    """Say how alike two names are, from 0 to 1000, whatever the order of their words.

    A word that only one of them has (a second name, ``LLC``) costs little; one that fits none costs its share.
    """
    shorter, longer = sorted((words_of(one), words_of(other)), key=lambda words: (len(words), words))
    if not shorter:
        return 0
    left = list(longer)
    total = 0
    for word in shorter:
        best = max(left, key=lambda candidate: (ratio(word, candidate), candidate))
        total += _word(word, best) * len(word)
        left.remove(best)
    extra = sum(map(len, left))
    whole = sum(map(len, shorter))
    return total * (1000 - 300 * extra // (extra + whole)) // (1000 * whole)


def _word(one: str, other: str) -> int:
    """A single letter stands for a word that begins with it (``M`` for ``Maria``), a little less surely."""
    if min(len(one), len(other)) == 1:
        return INITIAL if one[0] == other[0] else 0
    return ratio(one, other)


def why_alike(new: CustomerForm, known: CustomerForm) -> tuple[str, ...]:
    """Say in words why a new customer may be one who is here already; nothing where they are not."""
    names = names_alike(new.name, known.name)
    why = []
    if names >= SURE:
        why.append("the same name")
    elif names >= SAME_NAME:
        why.append("nearly the same name")
    phone = phone_normal(new.phone)
    if phone and phone == phone_normal(known.phone):
        why.append("the same telephone")
    if new.email and new.email.casefold() == known.email.casefold():
        why.append("the same e-mail")
    if _same_address(new.address, known.address):
        why.append("the same address")
    by_name = names >= SAME_NAME
    enough = len(why) > 1 or names >= SURE or (bool(why) and not by_name and "the same address" not in why)
    return tuple(why) if enough else ()


def _same_address(one: str, other: str) -> bool:
    first, second = read_address(one), read_address(other)
    return first is not None and second is not None and first.key == second.key
