"""Find a payment card number in any text, however it is spaced, so that it is refused and never kept.

PCI DSS 3.3.1 and 3.5.1: the best protection of a card number is not to have it. A number counts as one when it has
13 to 19 digits of any script, stands in the range of a card scheme, and passes the Luhn check.
"""

from __future__ import annotations

import unicodedata

from stdnum import luhn

SHORTEST, LONGEST = 13, 19

_GAP = 3
"""So many marks or spaces may stand between two digits of one number."""
_LETTER = 2
"""What a letter counts for: one may stand between two groups (``4111x1111x…``), two may not."""

_SCHEMES: tuple[tuple[int, int, frozenset[int]], ...] = (
    (4, 4, frozenset({13, 16, 19})),
    (51, 55, frozenset({16})),
    (2221, 2720, frozenset({16})),
    (34, 34, frozenset({15})),
    (37, 37, frozenset({15})),
    (6011, 6011, frozenset({16, 19})),
    (644, 659, frozenset({16, 19})),
    (62, 62, frozenset({16, 17, 18, 19})),
    (3528, 3589, frozenset({16, 19})),
    (300, 305, frozenset({14, 16, 19})),
    (309, 309, frozenset({14, 16, 19})),
    (36, 36, frozenset({14, 16, 19})),
    (38, 39, frozenset({14, 16, 19})),
    (50, 50, frozenset({13, 16, 19})),
    (56, 58, frozenset({13, 16, 19})),
    (60, 61, frozenset({16, 19})),
    (63, 64, frozenset({16, 19})),
    (67, 69, frozenset({16, 19})),
)
"""First and last prefix of a scheme (Visa, Mastercard, American Express, Discover, UnionPay, JCB, Diners, Maestro)
and the lengths that it issues."""


def looks_like_card(digits: str) -> bool:
    """Say whether a run of ASCII digits is a card number by scheme, length and check digit."""
    if not SHORTEST <= len(digits) <= LONGEST:
        return False
    for first, last, lengths in _SCHEMES:
        prefix = int(digits[: len(str(first))])
        if first <= prefix <= last and len(digits) in lengths:
            return luhn.is_valid(digits)
    return False


def find_card_number(text: str) -> str | None:
    """Return the first card number in ``text`` as plain digits, or None."""
    if sum(map(_is_digit, text)) < SHORTEST:
        return None
    for stretch in (part for whole in _stretches(text) for part in _by_telephones(whole)):
        for start in range(len(stretch)):
            joined = ""
            for group in stretch[start:]:
                joined += group
                if len(joined) > LONGEST:
                    break
                if looks_like_card(joined):
                    return joined
    return None


_TELEPHONE = [3, 3, 4]


def _by_telephones(stretch: list[str]) -> list[list[str]]:
    """Take two telephone numbers that stand side by side (3-3-4 3-3-4) apart: no card is written so."""
    sizes = [len(group) for group in stretch]
    for at in range(len(sizes) - 5):
        if sizes[at : at + 6] == _TELEPHONE * 2:
            return [stretch[: at + 3], *_by_telephones(stretch[at + 3 :])]
    return [stretch]


def _is_digit(mark: str) -> bool:
    """Say whether a mark is a digit of any script, a raised or circled one included."""
    return unicodedata.digit(mark, -1) >= 0


def _stretches(text: str) -> list[list[str]]:
    """Groups of digits that stand near one another: ``["4111", "1111", …]``; blanks and line ends count once."""
    stretches: list[list[str]] = []
    gap = _GAP + 1
    in_group = in_blank = False
    for mark in text:
        digit = unicodedata.digit(mark, -1)
        if digit >= 0:
            if gap > _GAP:
                stretches.append([])
            if not in_group:
                stretches[-1].append("")
            stretches[-1][-1] += str(digit)
            gap, in_group, in_blank = 0, True, False
            continue
        in_group = False
        gap += _LETTER if mark.isalnum() else not (in_blank and mark.isspace())
        in_blank = mark.isspace()
    return stretches
