"""What something would cost: priced lines of a day, for a paper that says it is no receipt (I1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.domain.cart_lines import PricedLine
from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office


@dataclass(frozen=True, slots=True)
class Estimate:
    """The lines with the fees that join them, at the prices of a day (cents)."""

    office: Office
    day: date
    prepared_by: str
    lines: tuple[PricedLine, ...]
    total: Cents
    language: str = "en"
