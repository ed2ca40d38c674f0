"""The time line of a customer or a project in words and rows. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from csr_desk.domain.money import Cents, shown
from csr_desk.ui.dates import sentence_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.customer_timeline import Moment

_BILLS = frozenset({"bill", "bills_loaded", "bill_charged"})
_TAKEN = frozenset({"sale", "refund", "void"})


@dataclass(frozen=True, slots=True)
class MomentRow:
    """A line of the time line; ``opens`` is what Enter looks at (``receipt:A-1``), if anything."""

    when: str
    chip: str
    tone: str
    words: str
    amount: str
    opens: str = ""

    @property
    def spoken(self) -> str:
        """Everything it says, for a screen reader."""
        return ", ".join(part for part in (self.when, self.chip, self.words, self.amount) if part)


def said(cents: Cents) -> str:
    """An amount with a real minus before it."""
    return f"−{shown(-cents)}" if cents < 0 else shown(cents)


def moment_rows(moments: Iterable[Moment], today: date) -> tuple[MomentRow, ...]:
    """The time line, newest first as it came."""
    return tuple(_moment(one, today) for one in moments)


def _moment(one: Moment, today: date) -> MomentRow:
    chip, _, rest = one.title.partition(", ")
    due = tr("due {day}").format(day=_due_day(one.due, today)) if one.due else ""
    told = (one.number if one.kind in _TAKEN else "", sentence_words(one.words), due, rest, one.by)
    words = " · ".join(part for part in told if part)
    return MomentRow(
        moment_day(one.at, today), chip, _tone(one.kind), words, "" if one.amount is None else said(one.amount),
        f"receipt:{one.number}" if one.kind in _TAKEN and one.number else one.about,
    )  # fmt: skip


def _tone(kind: str) -> str:
    if kind in _BILLS:
        return "warn"
    return "ok" if kind in _TAKEN or kind.startswith(("adjustment", "credit")) else "info"


def moment_day(at: datetime, today: date) -> str:
    """When something was: the day, its time where it has one, the year where it is another."""
    day = f"{at.day} {month_word(at.date())}"
    if at.year != today.year:
        return f"{day} {at.year}"
    return day if at.time() == time() else f"{day} {at:%H:%M}"


def _due_day(day: date, today: date) -> str:
    """A day, with its year where it is another."""
    short = f"{day.day} {month_word(day)}"
    return short if day.year == today.year else f"{short} {day.year}"


def month_word(day: date) -> str:
    """A month in three letters."""
    months = (tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun"), tr("Jul"), tr("Aug"), tr("Sep"),
              tr("Oct"), tr("Nov"), tr("Dec"))  # fmt: skip
    return months[day.month - 1]
