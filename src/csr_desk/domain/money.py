"""Money is whole cents (``int``); rates are exact ``Decimal``. Nothing here ever touches a float.

Rounding is half-up to the cent unless a rule says otherwise (City-Wide Fee Schedule, "rounding").
Splits use the largest remainder, ties to the lowest line, and always sum exactly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeAlias

from csr_desk.domain.errors import BadInput

Cents: TypeAlias = int

MAX_CENTS = 10_000_000_000_000
"""The largest amount the ledger stores, either sign (enforced by the database as well)."""

_AMOUNT = re.compile(r"(?P<sign>-?)\$?(?P<whole>\d{1,3}(?:,\d{3})+|\d{1,12})?(?:\.(?P<part>\d{1,2}))?", re.ASCII)
_TILL = re.compile(r"\d{1,13}", re.ASCII)


def parse_cents(text: str) -> Cents:
    """Read dollars as written (``"64.37"``, ``"1,234.50"``, ``"-0.05"``); raise BadInput on anything else."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or (match["whole"] is None and match["part"] is None):
        raise BadInput(f"“{text[:40]}” is not an amount. Key dollars and cents, for example 64.37.")
    whole = int((match["whole"] or "0").replace(",", ""))
    cents = whole * 100 + int((match["part"] or "0").ljust(2, "0"))
    if cents > MAX_CENTS:
        raise BadInput(f"“{text[:40]}” is larger than the program can book. Check the amount.")
    return -cents if match["sign"] else cents


def parse_till(text: str) -> Cents:
    """Read an amount keyed as on a till: ``6437`` and ``64.37`` both mean 64.37."""
    stripped = text.strip()
    if _TILL.fullmatch(stripped):
        return int(stripped)  # 13 digits never exceed MAX_CENTS
    return parse_cents(text)


def plain(cents: Cents) -> str:
    """Dollars for files and the counter script: ``1234.50``, ``-0.05``."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def shown(cents: Cents) -> str:
    """Dollars for people, without the sign of the currency: ``1,234.50``, ``−0.05`` (a true minus)."""
    sign = "\u2212" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def to_cents(amount: Decimal) -> Cents:
    """Round an exact dollar amount half-up to whole cents."""
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_dollars(cents: Cents) -> Decimal:
    """Whole cents as exact dollars."""
    return Decimal(cents) / 100


def allocate(total: Cents, weights: Sequence[Decimal | int]) -> tuple[Cents, ...]:
    """Split ``total`` by weight: largest remainder, ties to the lowest index; the parts sum to ``total``."""
    whole = sum(Decimal(weight) for weight in weights)
    if whole <= 0:
        if total:
            raise BadInput("There is nothing to split this amount over.")
        return (0,) * len(weights)
    sign = -1 if total < 0 else 1
    exact = [Decimal(abs(total)) * Decimal(weight) / whole for weight in weights]
    parts = [int(part) for part in exact]
    missing = abs(total) - sum(parts)
    order = sorted(range(len(parts)), key=lambda at: (-(exact[at] - parts[at]), at))
    for at in order[:missing]:
        parts[at] += 1
    return tuple(sign * part for part in parts)


def allocate_next(targets: Sequence[Cents], paid_before: Cents, paid_now: Cents) -> tuple[Cents, ...]:
    """Split a partial payment by cumulative target, so that the last part closes every target exactly."""
    before = allocate(paid_before, targets)
    after = allocate(paid_before + paid_now, targets)
    return tuple(late - early for late, early in zip(after, before, strict=True))
