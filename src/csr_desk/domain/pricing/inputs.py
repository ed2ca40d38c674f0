"""The fields that an item asks for: their kinds, their checks, and numbers worked out from dates."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.pricing.words import number_words

LONGEST_TEXT = 300
YES = frozenset({"yes", "y", "true", "1"})
NO = frozenset({"no", "n", "false", "0"})
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})?(?:\.\d{1,10})?", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}.{0,20})?", re.ASCII)
_US = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
_CLASSES = {
    "digits": re.compile(r"[0-9]+"),
    "letters": re.compile(r"[^\W\d_]+"),
    "letters and digits": re.compile(r"[^\W_]+"),
}
_MASK = {"9": "[0-9]", "A": "[A-Za-z]", "*": "[A-Za-z0-9]"}


class FieldKind(StrEnum):
    """What may be keyed into a field."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    YES_NO = "yes_no"
    CHOICE = "choice"
    LIST = "list"


class WorkedOut(StrEnum):
    """A number that the program works out from dates when it is not keyed."""

    DAYS_SINCE = "days since"
    DAYS_BETWEEN = "days between"
    DAYS_COUNTED = "days counted"
    WEEKS_COUNTED = "weeks counted"
    YEARS_STARTED = "years started"
    MONTHS_LEFT = "months left in year"
    QUARTERS_LEFT = "quarters left in year"
    MONTH_AND_DAY = "month and day"


def read_day(text: str, *, field: str = "") -> date:
    """Read a date, ISO (``2026-07-14``) or US (``7/14/2026``); raise BadInput."""
    stripped = text.strip()
    iso, us = _ISO.fullmatch(stripped), _US.fullmatch(stripped)
    try:
        if iso:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if us:
            return date(int(us[3]), int(us[1]), int(us[2]))
    except ValueError:
        pass
    raise BadInput(f"“{text[:40]}” is not a date. Key it as “2026-07-14” or “7/14/2026”.", field=field)


def read_number(text: str, *, field: str = "") -> Decimal:
    """Read a number that is not negative (``1,224.89``); raise BadInput on anything else, ``1e5`` and NaN included."""
    stripped = text.strip()
    if not any(sign.isdigit() for sign in stripped) or _NUMBER.fullmatch(stripped) is None:
        raise BadInput(f"“{text[:40]}” is not a number that can be used here. Key it as 1250 or 12.5.", field=field)
    return Decimal(stripped.replace(",", ""))


@dataclass(frozen=True, slots=True)
class InputField:
    """One field of an item. ``prices``: the price depends on it; ``counts``: the line's quantity may stand in for it.

    ``least`` and ``most`` bound a number, ``multiple`` its steps; ``pattern`` is ``digits``, ``letters``,
    ``letters and digits`` or a mask such as ``99-9999999`` (9 a digit, A a letter, * either).
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = True
    prices: bool = False
    counts: bool = False
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int | None = None
    multiple: Decimal | None = None
    pattern: str = ""
    min_length: int | None = None
    max_length: int | None = None
    entries: int | None = None
    choices: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    worked_out: WorkedOut | None = None
    from_inputs: tuple[str, ...] = ()
    example: str = ""
    help: str = ""

    def check(self, text: str) -> str:
        """Return the value as it is kept (numbers plain, dates ISO); raise MissingInput or BadInput with the field."""
        value = text.strip()
        if not value:
            if self.required:
                raise MissingInput(f"Fill in “{self.label}”.", field=self.name)
            return ""
        if len(value) > LONGEST_TEXT or _CONTROL.search(value):
            raise self._bad(f"holds more than {LONGEST_TEXT} characters or characters that cannot be printed")
        return _CHECKS[self.kind](self, value)

    def demonstrate(self, price_date: date) -> str:
        """Return a plausible value for training and demonstrations."""
        if self.kind is FieldKind.DATE:
            return (price_date + timedelta(days=int(self.example or "0"))).isoformat()
        if self.example:
            return self.example
        samples = {
            FieldKind.LIST: "; ".join(f"Demo {self.label} {at}" for at in range(1, (self.entries or 1) + 1)),
            FieldKind.CHOICE: self.choices[0] if self.choices else "",
            FieldKind.YES_NO: "yes",
            FieldKind.NUMBER: number_words(max(self.least or Decimal(0), self.multiple or Decimal(1))),
            FieldKind.MONEY: number_words(max(self.least or Decimal(0), self.multiple or Decimal(1))),
        }
        return samples.get(self.kind) or self._sample_text()

    def _sample_text(self) -> str:
        length = self.min_length or 6
        if self.pattern in {"digits", "letters and digits"}:
            return ("1008901023" * (length // 10 + 1))[:length]
        if self.pattern == "letters":
            return "DEMO" * (length // 4 + 1)
        if self.pattern:
            return self.pattern.replace("9", "1").replace("*", "1")
        return f"Demo {self.label}"[: self.max_length]

    def _bad(self, reason: str) -> BadInput:
        return BadInput(f"“{self.label}” {reason}.", field=self.name)

    def _check_text(self, value: str) -> str:
        if self.min_length is not None and self.min_length == self.max_length and len(value) != self.min_length:
            raise self._bad(f"has {self.min_length} characters; {len(value)} were keyed")
        if self.min_length is not None and len(value) < self.min_length:
            raise self._bad(f"has at least {self.min_length} characters; {len(value)} were keyed")
        if self.max_length is not None and len(value) > self.max_length:
            raise self._bad(f"has at most {self.max_length} characters; {len(value)} were keyed")
        if self.pattern and not _pattern(self.pattern).fullmatch(value):
            raise self._bad(f"must look like this: {self.pattern}")
        return value

    def _check_number(self, value: str) -> str:
        number = read_number(value, field=self.name)
        places = max(-int(number.normalize().as_tuple().exponent), 0)
        if self.decimals is not None and places > self.decimals:
            raise self._bad("is a whole number" if not self.decimals else f"has at most {self.decimals} decimals")
        if self.least is not None and number < self.least:
            raise self._bad(f"is at least {number_words(self.least)}")
        if self.most is not None and number > self.most:
            raise self._bad(f"is at most {number_words(self.most)}")
        if self.multiple is not None and number % self.multiple:
            raise self._bad(f"is keyed in steps of {number_words(self.multiple)}")
        return f"{number:f}"

    def _check_money(self, value: str) -> str:
        amount = read_number(value.removeprefix("$"), field=self.name)
        if amount != round(amount, 2):
            raise self._bad("is an amount in dollars and whole cents")
        return self._check_number(f"{amount:f}")

    def _check_date(self, value: str) -> str:
        return read_day(value, field=self.name).isoformat()

    def _check_yes_no(self, value: str) -> str:
        word = value.casefold()
        if word not in YES | NO:
            raise self._bad("is yes or no")
        return "yes" if word in YES else "no"

    def _check_choice(self, value: str) -> str:
        for choice in self.choices:
            if choice.casefold() == value.casefold():
                return choice
        raise self._bad(f"is one of: {', '.join(self.choices)}")

    def _check_list(self, value: str) -> str:
        parts = value.replace("\n", ";").split(";") if ";" in value or "\n" in value else value.split(",")
        found = [part.strip() for part in parts if part.strip()]
        if self.entries is not None and len(found) != self.entries:
            raise self._bad(f"asks for {self.entries} entries, separated by semicolons; {len(found)} were keyed")
        return "; ".join(found)


_CHECKS = {
    FieldKind.TEXT: InputField._check_text,  # noqa: SLF001 - the table belongs to the class
    FieldKind.NUMBER: InputField._check_number,  # noqa: SLF001
    FieldKind.MONEY: InputField._check_money,  # noqa: SLF001
    FieldKind.DATE: InputField._check_date,  # noqa: SLF001
    FieldKind.YES_NO: InputField._check_yes_no,  # noqa: SLF001
    FieldKind.CHOICE: InputField._check_choice,  # noqa: SLF001
    FieldKind.LIST: InputField._check_list,  # noqa: SLF001
}


def _pattern(pattern: str) -> re.Pattern[str]:
    known = _CLASSES.get(pattern)
    return known or re.compile("".join(_MASK.get(sign, re.escape(sign)) for sign in pattern))


def work_out(field: InputField, values: Mapping[str, str], price_date: date) -> str:
    """Work out a number from dates; nothing when a date is missing. Raise BadInput when the dates run backwards."""
    if field.worked_out is None:
        return ""
    days = [read_day(values[name], field=name) for name in field.from_inputs if values.get(name, "")]
    if len(days) < len(field.from_inputs):
        return ""
    first = days[0] if days else price_date
    last = days[1] if len(days) > 1 else price_date
    if field.worked_out not in _TO_YEAR_END and last < first:
        raise BadInput(f"{last} is before {first}. Check the dates.", field=field.from_inputs[-1])
    return str(_count(field.worked_out, first, last))


_TO_YEAR_END = frozenset({WorkedOut.MONTHS_LEFT, WorkedOut.QUARTERS_LEFT, WorkedOut.MONTH_AND_DAY})


def _count(worked_out: WorkedOut, first: date, last: date) -> int:
    span = (last - first).days
    counts = {
        WorkedOut.DAYS_SINCE: span,
        WorkedOut.DAYS_BETWEEN: max(span, 1),
        WorkedOut.DAYS_COUNTED: span + 1,
        WorkedOut.WEEKS_COUNTED: span // 7 + 1,
        WorkedOut.YEARS_STARTED: max(_years_started(first, last), 1),
        WorkedOut.MONTHS_LEFT: 13 - first.month,
        WorkedOut.QUARTERS_LEFT: 4 - (first.month - 1) // 3,
        WorkedOut.MONTH_AND_DAY: first.month * 100 + first.day,
    }
    return counts[worked_out]


def _years_started(first: date, last: date) -> int:
    whole = last.year - first.year
    return whole + ((last.month, last.day) > (first.month, first.day))
