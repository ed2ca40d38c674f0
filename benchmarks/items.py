"""A city's whole fee schedule for the search box: 2,308 items, the published ones where they are at hand."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.search import SearchRow

COUNT = 2_308
"""Rows of the City-Wide Fee Schedule of 2023."""

_QUARTERS = (
    "annual",
    "renewal",
    "first inspection",
    "re-inspection",
    "each additional",
    "late",
    "duplicate",
    "transfer",
)


def fee_schedule(demo: Catalogue) -> list[SearchRow]:
    """The published schedule, or as many rows in the manner of the demo city where it is not at hand."""
    published = _published()
    return list(_read(published)) if published is not None else list(_made_up(demo))


def _published() -> Path | None:
    named = os.environ.get("CSR_DESK_SHARED")
    root = Path(named) if named else Path(__file__).resolve().parents[2] / "shared"
    path = root / "data" / "houston_fee_schedule" / "houston_fee_schedule_2023.csv"
    return path if path.is_file() else None


def _read(path: Path) -> Iterator[SearchRow]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for number, row in enumerate(csv.reader(file)):
            if number:
                _, department, category, description, authority, *_ = row
                yield SearchRow(f"FS-{number:04d}", f"{category}: {description}", department, category, authority, 1253)


def _made_up(demo: Catalogue) -> Iterator[SearchRow]:
    items = cycle(demo.items.values())
    for number in range(COUNT):
        item = next(items)
        kind = _QUARTERS[number // len(demo.items) % len(_QUARTERS)]
        name = f"{item.name}, {kind}, district {number % 11 + 1}"
        yield SearchRow(f"{item.code}-{number:04d}", name, item.department, item.category, "City Code 2-96", 1253)
