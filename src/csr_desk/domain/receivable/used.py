"""What a meter counted in which month, read from the bills of an account."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from csr_desk.domain.receivable.instalments import month_later

_USE = re.compile(
    r"(?P<figures>\d{1,3}(?:,\d{3})+|\d+)(?P<part>\.\d+)?\s*"
    r"(?P<unit>|gal\.?|gallons?|kgal|(?:x |× )?1,000 gal(?:lons?)?\.?|thousand gallons)",
    re.IGNORECASE,
)
_SINGLE = {"gal", "gal.", "gallon", "gallons", ""}


@dataclass(frozen=True, slots=True)
class Billed:
    """When a bill is about: its service period where it names one, else the days it was issued or is due."""

    bill: str
    start: date | None = None
    end: date | None = None
    issued: date | None = None
    due: date | None = None

    @property
    def day(self) -> date | None:
        """The day that says which month the bill is of: the middle of its service."""
        if self.start is not None and self.end is not None:
            return self.start + (self.end - self.start) / 2
        return self.end or self.issued or self.due


def gallons_of(words: str) -> int | None:
    """Read a use as a bill prints it (``15,001 gallons``, ``15 kgal``, ``15001``); None where it says no gallons."""
    found = _USE.fullmatch(words.strip())
    if found is None:
        return None
    amount = Decimal(found["figures"].replace(",", "") + (found["part"] or ""))
    if found["unit"].lower() not in _SINGLE:
        amount *= 1000
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))


def months_of(bills: Sequence[Billed], undated: date) -> dict[str, date]:
    """Say of which month (its first day) each bill is; a bill without any date is of the month of ``undated``.

    Periods of thirty days drift: where two bills fall into one month and the one before is free, the earlier is of it.
    """
    days = sorted((one.day or undated, one.bill) for one in bills)
    found: dict[str, date] = {}
    taken: dict[date, str] = {}
    for day, bill in days:
        month = day.replace(day=1)
        before = month_later(month, -1)
        if month in taken and before not in taken:
            found[taken[month]] = before
            taken[before] = taken[month]
        found[bill] = month
        taken[month] = bill
    return found


def last_day(month: date) -> date:
    """Return the last day of a month."""
    return month_later(month, 1) - timedelta(days=1)
