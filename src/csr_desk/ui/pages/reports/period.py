"""From–to of a report, keyed as people write dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from csr_desk.domain.errors import BadInput
from csr_desk.ui.dates import parse_day
from csr_desk.ui.wording import tr


class Preset(StrEnum):
    """Periods that people ask for by name."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    FISCAL_YEAR = "fiscal_year"


@dataclass(frozen=True, slots=True)
class Period:
    """Business dates from ``first`` to ``last``, both included."""

    first: date
    last: date

    @property
    def one_day(self) -> bool:
        """Say whether it is a single business date."""
        return self.first == self.last


def preset(name: Preset, today: date, fiscal_start: int) -> Period:
    """The period of that name around the business date; weeks begin on Monday, ``fiscal_start`` is a month."""
    if name is Preset.YESTERDAY:
        return Period(today - timedelta(days=1), today - timedelta(days=1))
    if name is Preset.WEEK:
        return Period(today - timedelta(days=today.weekday()), today)
    if name is Preset.MONTH:
        return Period(today.replace(day=1), today)
    if name is Preset.FISCAL_YEAR:
        year = today.year if today.month >= fiscal_start else today.year - 1
        return Period(date(year, fiscal_start, 1), today)
    return Period(today, today)


def read_period(first: str, last: str, today: date) -> Period:
    """Read both ends as keyed; raise BadInput when they cannot be read or stand the wrong way round."""
    period = Period(parse_day(first, today, field="report-first"), parse_day(last, today, field="report-last"))
    if period.first > period.last:
        raise BadInput(tr("The period ends before it begins. Change one of the dates."), field="report-last")
    return period
