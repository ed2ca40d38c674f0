"""How an amount keyed before a tender key is read: as on a till, and whole notes as dollars.

``6437`` and ``64.37`` both mean 64.37. One to three figures without a point that are too little as cents are dollars,
the way people say them: ``90`` of 92.77 by check is 90.00. Longer numbers are read as dollars for cash alone, where
they cover what is due. Cash must not ask for 100.00 or more in change, for nobody adds a note that is not needed and
the largest is $100: ``6000`` for 64.37 stays 60.00. The window shows the reading before anything is taken.
"""

from __future__ import annotations

import re

from csr_desk.domain.money import MAX_CENTS, Cents, parse_till

_AMOUNT = re.compile(r"\$?\d[\d,]*(?:\.\d{0,2})?|\.\d{1,2}", re.ASCII)
LARGEST_NOTE: Cents = 10_000
SAID_SHORT = 3
"""Figures of an amount that people key as whole dollars."""
_WHOLE = re.compile(r"\d{1,11}", re.ASCII)


def looks_like_amount(text: str) -> bool:
    """Say whether the text could be an amount at all (figures with at most a point and thousands marks)."""
    return _AMOUNT.fullmatch(text.strip()) is not None


def read_keyed(text: str, due: Cents, *, cash: bool) -> Cents:
    """Read a keyed amount in cents; ``due`` (cents) is what is left to pay. Raise BadInput on anything unreadable."""
    stripped = text.strip().removesuffix(".")
    if _WHOLE.fullmatch(stripped) and int(stripped) < due:
        as_dollars = int(stripped) * 100
        said_short = len(stripped) <= SAID_SHORT
        if cash:
            covers = due <= as_dollars < min(due + LARGEST_NOTE, MAX_CENTS)
            dollars = covers or (said_short and as_dollars < due)
        else:
            dollars = said_short
        if dollars:
            return as_dollars
    return parse_till(stripped)
