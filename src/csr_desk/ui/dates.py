"""Dates as people here key and read them; no calendar box, which would be slow to key (toolchain notes)."""

from __future__ import annotations

import re
from datetime import date, timedelta

from csr_desk.domain.errors import BadInput
from csr_desk.ui.wording import tr

_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})", re.ASCII)
_US = re.compile(r"(?P<month>\d{1,2})[/.](?P<day>\d{1,2})(?:[/.](?P<year>\d{4}|\d{2}))?", re.ASCII)
_IN_WORDS = re.compile(r"(?<![“\w-])\d{4}-\d{2}-\d{2}(?![\w-])", re.ASCII)
_CENTURY = 2000


def parse_day(text: str, today: date, *, field: str = "") -> date:
    """Read 7/14/2026, 7/14 (this year), 2026-07-14, today or yesterday; raise BadInput naming ``field``."""
    words = text.strip().lower()
    if words in {"today", "t", ""}:
        return today
    if words in {"yesterday", "y"}:
        return today - timedelta(days=1)
    match = _ISO.fullmatch(words) or _US.fullmatch(words)
    if match is not None:
        year = int(match["year"] or today.year)
        try:
            return date(year + _CENTURY if len(match["year"] or "____") == 2 else year,  # noqa: PLR2004 - two digits
                        int(match["month"]), int(match["day"]))  # fmt: skip
        except ValueError:
            pass
    words = tr("“{keyed}” is not a date. Key it as “7/14/2026” or “2026-07-14”.").format(keyed=text[:20])
    raise BadInput(words, field=field)


def us_date(day: date) -> str:
    """A date as people here write it: 7/14/2026."""
    return f"{day.month}/{day.day}/{day.year}"


def day_words(text: str) -> str:
    """What was kept of a field: a date as people here write it, anything else as it stands."""
    match = _ISO.fullmatch(text)
    return f"{int(match['month'])}/{int(match['day'])}/{match['year']}" if match is not None else text


def sentence_words(text: str) -> str:
    """A sentence of the program with its dates as people here write them; what it quotes stays as it is."""
    return _IN_WORDS.sub(lambda found: day_words(found[0]), text)


def long_day(day: date) -> str:
    """A date in words: 14 July."""
    months = (tr("January"), tr("February"), tr("March"), tr("April"), tr("May"), tr("June"),
              tr("July"), tr("August"), tr("September"), tr("October"), tr("November"), tr("December"))  # fmt: skip
    return tr("{day} {month}").format(day=day.day, month=months[day.month - 1])
