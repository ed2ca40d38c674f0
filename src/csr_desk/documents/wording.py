"""The words that all papers share: dates, times with their offset, marks, money."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from csr_desk.domain.drawer import Batch
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.receipt import Office

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def day(value: date) -> str:
    """``Tue 14 Jul 2026``, the same in every locale."""
    return f"{_DAYS[value.weekday()]} {value.day} {_MONTHS[value.month - 1]} {value.year}"


def kept(text: str) -> str:
    """What was kept of a field: a date as papers write it, anything else as it stands."""
    try:
        return day(date.fromisoformat(text)) if len(text) == len("2026-07-14") else text
    except ValueError:
        return text


def moment(value: datetime, office: Office) -> str:
    """Local time of the office with its offset, because 01:30 comes twice a year: ``14 Jul 2026 09:12:45 −05:00``."""
    local = value.astimezone(ZoneInfo(office.time_zone))
    offset = local.strftime("%z")
    sign = "\u2212" if offset.startswith("-") else "+"
    date_part = f"{local.day} {_MONTHS[local.month - 1]} {local.year}"
    return f"{date_part} {local:%H:%M:%S} {sign}{offset[1:3]}:{offset[3:5]}"


def dollars(cents: Cents) -> str:
    """With the sign of the currency, for totals: ``$1,234.50``, ``−$0.05``."""
    figure = shown(cents)
    return f"\u2212${figure[1:]}" if cents < 0 else f"${figure}"


def signed(cents: Cents) -> str:
    """For differences, with a plus: ``+0.01``, ``−0.05``, ``0.00``."""
    return f"+{shown(cents)}" if cents > 0 else shown(cents)


def demo_mark(office: Office, noun: str) -> str:
    """What every paper of an office without real money says; empty for a real one."""
    marks = []
    if office.demonstration:
        marks.append(f"DEMONSTRATION – not a real {noun}")
    if office.training:
        marks.append("TRAINING" if marks else f"TRAINING – not a real {noun}")
    return " · ".join(marks)


def watermarks(office: Office) -> tuple[str, ...]:
    """The pale words across each page of such an office; none for a real one."""
    return (*(("TRAINING",) if office.training else ()), *(("DEMONSTRATION",) if office.demonstration else ()))


def edge_mark(office: Office) -> str:
    """The line at head and foot of each page of a training office; empty for any other."""
    return "TRAINING – no real money" if office.training else ""


def drawer_words(batch: Batch) -> str:
    """``Counter 3 (HPC-3)``, or the number alone where it is the name as well."""
    return batch.drawer if batch.drawer_name == batch.drawer else f"{batch.drawer_name} ({batch.drawer})"


def plural(count: int, one: str, many: str = "") -> str:
    """``1 piece``, ``3 pieces``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
