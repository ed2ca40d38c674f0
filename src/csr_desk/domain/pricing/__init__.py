"""Prices as a small algebra: frozen parts that add up, each explaining itself. Exact decimals, no floats, no eval."""

from csr_desk.domain.pricing.changes import (
    AtLeast,
    AtMost,
    Instalment,
    Prorate,
    Refuse,
    RoundingWay,
    RoundTo,
    Times,
)
from csr_desk.domain.pricing.facts import Condition, Facts, Parts
from csr_desk.domain.pricing.inputs import FieldKind, InputField, WorkedOut, read_day, read_number, work_out
from csr_desk.domain.pricing.rule import Joining, PriceRule, Reckoning, Step
from csr_desk.domain.pricing.tables import Bracket, Brackets, LookUp, LookUpRow, Tier, Tiers
from csr_desk.domain.pricing.terms import Entered, Flat, Percent, PerUnit, Term, Worth

__all__ = [
    "AtLeast",
    "AtMost",
    "Bracket",
    "Brackets",
    "Condition",
    "Entered",
    "Facts",
    "FieldKind",
    "Flat",
    "InputField",
    "Instalment",
    "Joining",
    "LookUp",
    "LookUpRow",
    "Parts",
    "PerUnit",
    "Percent",
    "PriceRule",
    "Prorate",
    "Reckoning",
    "Refuse",
    "RoundTo",
    "RoundingWay",
    "Step",
    "Term",
    "Tier",
    "Tiers",
    "Times",
    "WorkedOut",
    "Worth",
    "read_day",
    "read_number",
    "work_out",
]
