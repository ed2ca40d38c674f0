"""What going through a control gave: a status that never says more than was tested, a figure, the rows behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from csr_desk.domain.receipt import Office

Row: TypeAlias = tuple[str, ...]


class Section(StrEnum):
    """The parts of the auditor's checklist."""

    PEOPLE = "People and access"
    RECEIPTING = "Receipting"
    CUSTODY = "Custody"
    BALANCING = "Balancing"
    CORRECTIONS = "Voids, refunds, adjustments, returned items"
    DEPOSIT = "Deposit and books"
    RECORDS = "Service, records, continuity"


class Status(StrEnum):
    """How a control stands."""

    MET = "met"
    """Every case was tried and none broke it."""
    EXCEPTION = "exception"
    """Nothing broke it, but there are cases that a person must look at."""
    NOT_MET = "not met"
    """At least one case broke it; the rows name each."""
    UNKNOWN = "cannot be evaluated"
    """The data do not say, or nothing of the kind happened; the figure says which."""

    @property
    def mark(self) -> str:
        """The mark beside the word, so that it shows in one colour as well."""
        return {"met": "✓", "exception": "!", "not met": "✗", "cannot be evaluated": "–"}[self.value]


@dataclass(frozen=True, slots=True)
class Control:
    """A control of the checklist: what it asks in the auditors' words, how it is tested here, what that leaves out."""

    number: int
    section: Section
    asks: str
    tested: str
    leaves_out: str = ""

    @property
    def title(self) -> str:
        """What it asks in one line: the first sentence."""
        found = self.asks
        for end in (". ", "; ", " ("):
            found = found.split(end, maxsplit=1)[0]
        return found.rstrip(".")


@dataclass(frozen=True, slots=True)
class Finding:
    """What a test found: the status, the figure in words, and the rows behind it under their heads."""

    status: Status
    figure: str
    heads: Row = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A control with what testing it found."""

    control: Control
    finding: Finding


@dataclass(frozen=True, slots=True)
class SeriesHead:
    """Where a series stood when the evidence was made: its last entry and receipt, and the seal (hexadecimal)."""

    series: str
    entries: int
    receipts: int
    seal: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """All controls of a period (business dates, both included), as they stood at ``made_at``."""

    office: Office
    first: date
    last: date
    made_at: datetime
    made_by: str
    heads: tuple[SeriesHead, ...]
    verified: str
    """What recomputing the whole ledger said."""
    sound: bool
    results: tuple[Result, ...]

    def count(self, status: Status) -> int:
        """How many controls stand so."""
        return sum(result.finding.status is status for result in self.results)
