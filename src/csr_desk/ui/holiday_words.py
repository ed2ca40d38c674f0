"""What is missing in the table of holidays, in words: on the Setup page always, in the morning in December."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from csr_desk.domain.holidays import Holiday, missing_soon, on_weekends, years_without
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.wording import tr


def holiday_words(holidays: tuple[Holiday, ...], today: date, *, demonstration: bool) -> str:
    """Say which year has no holiday yet, which holiday falls on a weekend, and that a demonstration is none."""
    words = [missing_words(years_without(holidays, (today.year, today.year + 1)))]
    if falling := on_weekends(holidays, today):
        days = ", ".join(f"{us_date(one.day)} {one.name}" for one in falling)
        words.append(
            tr("On a weekend anyway: {days}. If the city rests on another day, enter that day.").format(days=days)
        )
    if demonstration and holidays:
        words.append(tr("Demonstration values: a real office enters the list of its own city."))
    return " ".join(part for part in words if part)


def missing_words(years: Iterable[int]) -> str:
    """Say that years have no holiday at all; nothing where there is none of them."""
    names = tr(" and ").join(str(year) for year in years)
    if not names:
        return ""
    words = tr("No holiday of {years} is entered: each weekday counts as a working day, and deadlines come too early.")
    return words.format(years=names)


def tell_missing(context: Context) -> None:
    """Say it in the morning to whoever can enter the list, while there is time: in December."""
    desk = context.desk
    missing = missing_soon(desk.policy.holidays, desk.today())
    if missing and context.actor.may(Act.SET_POLICY):
        words = tr("{missing} Setup, Policy, Holidays takes the list.")
        context.shell.banner(words.format(missing=missing_words(missing)), Tone.WARN)
