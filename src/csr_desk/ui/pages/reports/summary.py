"""The revenue of a period cut five ways, as rows and bars (M2)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from csr_desk.domain.deposit import DailyRevenue
from csr_desk.domain.drawer import RevenueRow
from csr_desk.domain.money import Cents

_MOST_BARS = 16


class Cut(StrEnum):
    """By what the revenue is summed."""

    ITEM = "item"
    ACCOUNT = "account"
    TENDER = "tender"
    DRAWER = "drawer"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class Summary:
    """One cut: the rows, what they add up to (cents), and the rows worth a bar."""

    cut: Cut
    rows: tuple[RevenueRow, ...]
    count: int
    total: Cents
    bars: tuple[RevenueRow, ...]


def summarise(revenue: DailyRevenue, cut: Cut) -> Summary:
    """Cut the revenue; bars show the largest rows, hours stay in the order of the day."""
    rows = {
        Cut.ITEM: revenue.by_item,
        Cut.ACCOUNT: revenue.by_account,
        Cut.TENDER: revenue.by_tender,
        Cut.DRAWER: revenue.by_drawer,
        Cut.HOUR: revenue.by_hour,
    }[cut]
    keep_order = cut in {Cut.HOUR, Cut.DRAWER}
    bars = rows if keep_order else tuple(sorted(rows, key=lambda row: -abs(row.amount)))
    return Summary(
        cut, rows, sum(row.count for row in rows), sum(row.amount for row in rows),
        bars if keep_order else bars[:_MOST_BARS],
    )  # fmt: skip
