"""The line of figures on a bill's coupon: account and amount due without a key (A5).

Layouts are the city's own: field names and widths. The last figure is the check digit, mod 10 with weights 2, 1 from
the left and the figures of each product added up; a vendor's own printed example fails it, so it is always verified.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class Layout:
    """Names and widths of the fields before the check digit; ``account`` and ``net`` (cents) must be among them."""

    name: str
    fields: tuple[tuple[str, int], ...]

    @property
    def length(self) -> int:
        """How many figures the whole line has, the check digit included."""
        return sum(width for _, width in self.fields) + 1


COUPON = Layout("coupon", (("account", 11), ("due", 6), ("rate", 4), ("gross", 10), ("net", 10)))
"""The layout of the sample coupons: account, due date (mmddyy), rate class, amount when late, amount when in time."""


@dataclass(frozen=True, slots=True)
class Coupon:
    """What a coupon says (cents)."""

    account: str
    net: Cents
    gross: Cents
    due: date | None

    def amount_on(self, day: date) -> Cents:
        """Return what is asked for on a day: the late amount after the due date where there is one."""
        return self.gross if self.due is not None and day > self.due and self.gross else self.net


def check_digit(figures: str) -> int:
    """Compute the check digit over figures."""
    products = (int(figure) * (2 if at % 2 == 0 else 1) for at, figure in enumerate(figures))
    return -sum(product // 10 + product % 10 for product in products) % 10


def with_check_digit(layout: Layout, values: dict[str, int | str]) -> str:
    """Write a line as a bill is printed with it; raise ValueError for a value that is too wide."""
    figures = ""
    for name, width in layout.fields:
        part = str(values.get(name, 0)).rjust(width, "0")
        if len(part) != width or not (part.isascii() and part.isdigit()):
            raise ValueError(name)
        figures += part
    return figures + str(check_digit(figures))


def read(line: str, layouts: Sequence[Layout] = (COUPON,)) -> Coupon | None:
    """Read a scanned line; None where it is no such line at all, BadInput where a figure was misread."""
    figures = "".join(line.split())
    layout = next((one for one in layouts if one.length == len(figures)), None)
    if layout is None or not (figures.isascii() and figures.isdigit()):
        return None
    if check_digit(figures[:-1]) != int(figures[-1]):
        raise BadInput("The coupon was misread: its check digit is wrong. Scan it again, or key the account.")
    values, at = {}, 0
    for name, width in layout.fields:
        values[name] = figures[at : at + width]
        at += width
    return Coupon(values["account"], int(values["net"]), int(values.get("gross", "0")), _date(values.get("due", "")))


def is_scan_line(text: str, layouts: Sequence[Layout] = (COUPON,)) -> bool:
    """Say whether a text has the length and the figures of a coupon's line, whether or not it was read rightly."""
    figures = "".join(text.split())
    return figures.isascii() and figures.isdigit() and any(one.length == len(figures) for one in layouts)


def fitted(figures: str, like: str) -> str:
    """Write the figures of an account number the way the city writes its own, ``like`` one of them.

    Coupons carry it without its marks and filled up with noughts. Empty where the figures cannot be such a number.
    """
    wanted = sum(sign.isdigit() for sign in like)
    if wanted == 0 or not (figures.isascii() and figures.isdigit()) or not all(s.isdigit() or s in "./-" for s in like):
        return ""
    padding, rest = figures[: len(figures) - wanted], figures[len(figures) - wanted :]
    if len(figures) < wanted or padding.strip("0"):
        return ""
    waiting = iter(rest)
    return "".join(next(waiting) if sign.isdigit() else sign for sign in like)


def _date(figures: str) -> date | None:
    """Read ``mmddyy``; years 00–79 are of this century."""
    if len(figures) != len("mmddyy"):
        return None
    month, day, year = int(figures[:2]), int(figures[2:4]), int(figures[4:])
    try:
        return date((1900 if year >= 80 else 2000) + year, month, day)  # noqa: PLR2004 - the usual turn of the century
    except ValueError:
        return None
