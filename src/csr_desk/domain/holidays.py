"""The days on which the city rests, beside Saturdays and Sundays: a table that the city keys, never one built in.

The table is a setting of the policy, so it has versions: a deadline of the past is explained by the table of its time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.errors import BadInput

MOST_HOLIDAYS = 400
"""Some twenty years of a usual city."""
LONGEST_NAME = 60
FIRST_YEAR, LAST_YEAR = 2000, 2100
_FAULTS_TOLD = 3
_SATURDAY = 5
_WARN_FROM_MONTH = 12
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?!\d)", re.ASCII)
_US = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})(?!\d)", re.ASCII)
_ANOTHER = re.compile(r"(?<!\d)(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}/\d{1,2}/\d{2,4})(?!\d)", re.ASCII)
"""A day inside of a name: a table that was pasted as one line."""
_BETWEEN = " \t\u00a0,;:=|–—-"
"""What stands between a day and its name in lists that are pasted."""


@dataclass(frozen=True, slots=True, order=True)
class Holiday:
    """A day on which the city rests, and what it is called."""

    day: date
    name: str

    @property
    def written(self) -> str:
        """The holiday as a line of the table: 2026-12-25 Christmas Day."""
        return f"{self.day.isoformat()} {self.name}"


def read_holidays(lines: Sequence[str]) -> tuple[Holiday, ...]:
    """Read a table of holidays, one a line, the day first (2026-12-25 or 12/25/2026), in the order of the days.

    Empty lines are passed over. Raises BadInput that names the faulty lines.
    """
    found: dict[date, tuple[int, Holiday]] = {}
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            one = _read_line(line)
        except BadInput as wrong:
            faults.append(f"Line {number}: {wrong.message}")
            continue
        if one.day in found:
            faults.append(f"Line {number}: {one.day.isoformat()} stands in line {found[one.day][0]} already.")
        else:
            found[one.day] = (number, one)
    if faults:
        more = len(faults) - _FAULTS_TOLD
        told = [*faults[:_FAULTS_TOLD], *([f"{more} more lines cannot be read."] if more > 0 else [])]
        raise BadInput(" ".join(told), field="holidays")
    if len(found) > MOST_HOLIDAYS:
        raise BadInput(f"At most {MOST_HOLIDAYS} holidays are kept. Leave out years that are over.", field="holidays")
    return tuple(sorted(one for _, one in found.values()))


def _read_line(line: str) -> Holiday:
    text = line.strip()
    match = _ISO.match(text) or _US.match(text)
    if match is None:
        raise BadInput("the day comes first, like “2026-12-25” or “12/25/2026”.")
    try:
        day = date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        raise BadInput(f"there is no day {match[0]}.") from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadInput(f"{match[0]} is not between {FIRST_YEAR} and {LAST_YEAR}.")
    name = " ".join(text[match.end() :].strip(_BETWEEN).split())
    if not name:
        raise BadInput(f"say what {match[0]} is called.")
    if _ANOTHER.search(text[match.end() :]):
        raise BadInput("two days stand in it. Write one day a line.")
    if not name.isprintable() or len(name) > LONGEST_NAME:
        raise BadInput(f"the name of a holiday has at most {LONGEST_NAME} letters, all of which can be printed.")
    if find_card_number(name):
        raise BadInput("this looks like a card number. Never key or keep one.")
    return Holiday(day, name)


def years_without(holidays: Iterable[Holiday], years: Iterable[int]) -> tuple[int, ...]:
    """Return which of the years have no holiday at all, so that every weekday of them counts as a working day."""
    known = {one.day.year for one in holidays}
    return tuple(year for year in years if year not in known)


def on_weekends(holidays: Iterable[Holiday], today: date) -> tuple[Holiday, ...]:
    """Return the holidays from today on that change nothing, because they fall on a Saturday or Sunday."""
    return tuple(one for one in holidays if one.day >= today and one.day.weekday() >= _SATURDAY)


def missing_soon(holidays: Iterable[Holiday], today: date) -> tuple[int, ...]:
    """Return the years to tell of in the morning: in December this one and the next, where no holiday is entered."""
    if today.month != _WARN_FROM_MONTH:
        return ()
    return years_without(holidays, (today.year, today.year + 1))
