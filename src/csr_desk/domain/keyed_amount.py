"""How an amount keyed before a tender key is read: as on a till, and whole notes as dollars.

``6437`` and ``64.37`` both mean 64.37. For cash alone, a number without a point that would be too little as cents but
covers what is due as dollars is read as dollars: ``100`` for a bill of 64.37 is the hundred-dollar note. It must not
ask for 100.00 or more in change, for nobody adds a note that is not needed and the largest is $100: ``6000`` for 64.37
stays 60.00. The window shows the reading before anything is taken.
"""

from __future__ import annotations

import re

from csr_desk.domain.money import MAX_CENTS, Cents, parse_till

_AMOUNT = re.compile(r"\$?\d[\d,]*(?:\.\d{0,2})?|\.\d{1,2}", re.ASCII)
LARGEST_NOTE: Cents = 10_000
_WHOLE = re.compile(r"\d{1,11}", re.ASCII)


def looks_like_amount(text: str) -> bool:
    """Say whether the text could be an amount at all (figures with at most a point and thousands marks)."""
    return _AMOUNT.fullmatch(text.strip()) is not None


def read_keyed(text: str, due: Cents, *, cash: bool) -> Cents:
    """Read a keyed amount in cents; ``due`` (cents) is what is left to pay. Raise BadInput on anything unreadable."""
    stripped = text.strip().removesuffix(".")
    if cash and _WHOLE.fullmatch(stripped):
        as_cents, as_dollars = int(stripped), int(stripped) * 100
        if as_cents < due <= as_dollars < min(due + LARGEST_NOTE, MAX_CENTS):
            return as_dollars
    return parse_till(stripped)
