"""What a story of a control is, and the small ones that many begin with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from csr_desk.domain.evidence import Status
from csr_desk.domain.ledger import EventKind, TenderRow
from demo_city import City
from services.evidence.planting import outside, plant, plant_sale
from services.known_day import count_the_day, sell_the_day

MET, NOT_MET, EXCEPTION, UNKNOWN = Status.MET, Status.NOT_MET, Status.EXCEPTION, Status.UNKNOWN
QUARTER = date(2026, 9, 30)
Story: TypeAlias = Callable[[City], object]


@dataclass(frozen=True)
class Told:
    """What happened, and how the control stands then; ``words`` stand in its rows or its figure."""

    number: int
    story: Story
    status: Status
    words: str = ""
    last: date = date(2026, 7, 31)


def then(*stories: Story) -> Story:
    """Let one thing happen after the other."""

    def all_of_them(city: City) -> None:
        for story in stories:
            story(city)

    return all_of_them


def outside_after(story: Story, *changes: str) -> Story:
    """Let a story happen, then change the file from outside."""
    return then(story, lambda city: outside(city, *changes))


def opened(*tenders: TenderRow, amount: int = 5000, **more: Any) -> Story:
    """Open HPC-1 and plant a sale there."""
    return then(City.open, lambda city: plant_sale(city, amount, *tenders, **more))


def planted(kind: EventKind, **parts: Any) -> Story:
    """Open HPC-1 and plant an entry there."""
    return then(City.open, lambda city: plant(city, kind, **parts))


def counted(city: City) -> None:
    """Sell, count and accept the known day; nothing is bagged yet."""
    count_the_day(city, sell_the_day(city))
