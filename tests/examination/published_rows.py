"""The published rows, read as they stand: which there are, which holds on a date, what their words and counts mean.

This is a second opinion: it reads the rows of ``fees_proposed.csv`` as a clerk with a calculator would and shares no
code with ``csr_desk`` (not even its rounding). Amounts are exact ``Decimal`` dollars until the last step.
"""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any

CENT = Decimal("0.01")
ZERO = Decimal(0)
SYSTEM_CATEGORIES = frozenset({"Surcharge", "Tender surcharge", "System", "Tax"})
"""Rows the program adds or posts to by itself; nobody sells them from the search box."""


def shared_data() -> Path | None:
    """The folder of published facts: ``CSR_DESK_SHARED``/data, or ``shared/data`` beside the checkout."""
    named = os.environ.get("CSR_DESK_SHARED")
    root = Path(named) if named else Path(__file__).resolve().parents[3] / "shared"
    data = root / "data"
    return data if (data / "fees_proposed.csv").is_file() else None


@dataclass(frozen=True)
class Row:
    """One published version of one fee."""

    cells: Mapping[str, str]
    params: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def __repr__(self) -> str:
        return f"{self['code']} from {self['effective_from']}"

    @property
    def code(self) -> str:
        return self["code"]

    @property
    def kind(self) -> str:
        return self["pricing_kind"]

    @property
    def amount(self) -> Decimal:
        return Decimal(self["amount"])

    @property
    def starts(self) -> date:
        return date.fromisoformat(self["effective_from"])

    @property
    def ends(self) -> date | None:
        return date.fromisoformat(self["effective_to"]) if self["effective_to"] else None

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of required fields without their marks ``(22)``, ``[]`` and ``?``."""
        return tuple(name.split("(")[0].rstrip("[]?") for name in self["required_fields"].split(";") if name)

    def limit(self, column: str) -> Decimal | None:
        return Decimal(self[column]) if self[column] else None

    def in_force(self, on: date) -> bool:
        return self.starts <= on and (self.ends is None or on <= self.ends)


@cache
def rows() -> tuple[Row, ...]:
    """All published rows, in file order; empty where the published file is not at hand."""
    data = shared_data()
    if data is None:
        return ()
    with (data / "fees_proposed.csv").open(encoding="utf-8", newline="") as file:
        return tuple(Row(cells, json.loads(cells["pricing_params"] or "{}")) for cells in csv.DictReader(file))


def versions(code: str) -> tuple[Row, ...]:
    return tuple(row for row in rows() if row.code == code)


def version_on(code: str, on: date) -> Row | None:
    """The version in force, or None: then nothing may be sold for that date."""
    return next((row for row in versions(code) if row.in_force(on)), None)


def sellable() -> tuple[Row, ...]:
    """Rows that a clerk sells: no system rows, no credits (these go through adjustments)."""
    return tuple(row for row in rows() if row["category"] not in SYSTEM_CATEGORIES and row.kind != "CREDIT")


# ---------------------------------------------------------------- names of inputs
_UNIT_NAMES = {
    "each": "quantity",
    "valuation $": "valuation",
    "unit valuation $": "unit_valuation",
    "square feet": "square_feet",
    "linear feet": "linear_feet",
    "copy": "copies",
    "copies": "copies",
    "1,000 gallons": "usage_kgal",
    "1,000 sq ft impervious": "impervious_sqft",
    "sq ft impervious / year": "impervious_sqft",
    "service unit": "service_units",
}


def count_name(row: Row) -> str:
    """The input that prices by count: a required field where one fits, else the plural of the unit's word."""
    unit = row["unit"]
    name = _UNIT_NAMES.get(unit, unit.replace(" ", "_"))
    if name == "square_feet" and "sqft" in row.fields:
        return "sqft"
    if name == "quantity":
        return name
    for candidate in (name, f"{name}s"):
        if candidate in row.fields:
            return candidate
    if "quantity" in row.fields:
        return "quantity"
    return name if name.endswith("s") else f"{name}s"


# ---------------------------------------------------------------- arithmetic
def to_cents(amount: Decimal) -> int:
    """Dollars half-up to whole cents (column ``rounding``: half-up 0.01 in every row)."""
    sign = -1 if amount < 0 else 1
    return sign * int((abs(amount) / CENT).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def whole_up(value: Decimal) -> Decimal:
    """“Or fraction thereof”: the next whole number unless it is whole already."""
    return value.to_integral_value(rounding=ROUND_CEILING)


def over(count: Decimal, included: Decimal, increment: Decimal) -> Decimal:
    """Started increments beyond what is included."""
    return whole_up((count - included) / increment) if count > included else ZERO


class Unpriced(Exception):
    """The published row gives no price for this."""


def number(facts: Mapping[str, str], name: str) -> Decimal:
    return Decimal(facts[name])


def day(facts: Mapping[str, str], name: str) -> date:
    return date.fromisoformat(facts[name])


# ---------------------------------------------------------------- one function per published kind
