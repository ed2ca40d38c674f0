"""Money that changes hands or shape: change orders, hand-overs, unannounced counts, suspect notes, change funds.

Frozen facts for screens and papers, and the few rules that need no ledger.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from csr_desk.domain.drawer import PIECES, Batch, CountSheet, TapeCount, cash_total
from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.receipt import Office

SMALLEST_NOTE: Cents = 100
NOTES: tuple[Cents, ...] = tuple(value for value, _ in PIECES if value >= SMALLEST_NOTE)
"""Notes by value in cents."""

SET_UP = "Set-up of the office"
"""The authority of the funds that an office began with, until the accountant writes the real one."""

_SERIAL = re.compile(r"[A-Z0-9*]{1,14}", re.ASCII)
_SERIES_YEAR = re.compile(r"(18|19|20)\d\d[A-Z]?", re.ASCII)
_LETTERS = re.compile(r"[A-Z0-9 ]{0,12}", re.ASCII)


@dataclass(frozen=True, slots=True)
class NoSaleSlip:
    """The drawer was opened without a sale: why, and the how many-th of the shift (C9)."""

    office: Office
    batch: Batch
    number: int
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class ChangeSlip:
    """Cash swapped with the safe, piece for piece the same amount (C7)."""

    office: Office
    batch: Batch
    number: int
    out: Mapping[Cents, int]
    """Pieces that left the drawer."""
    into: Mapping[Cents, int]
    """Pieces that came into it."""
    amount: Cents
    witness: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class HandOverSlip:
    """An open drawer that went from one person to another, counted by both (C4); no amount that was expected."""

    office: Office
    batch: Batch
    """With the giver as its custodian, as it was."""
    receiver: str
    """User id."""
    receiver_name: str
    pieces: Mapping[Cents, int]
    counted: Cents
    """Cash, as both counted it."""
    others: Mapping[str, TapeCount]
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class SuspectReport:
    """A note that may be counterfeit, with what the Secret Service's note report asks for (B18)."""

    office: Office
    batch: Batch
    number: int
    """The how many-th of the batch."""
    denomination: Cents
    serial: str
    series_year: str
    letters: str
    """Note position letter and number, plate numbers; as read off the note."""
    description: str
    """The person who passed it."""
    vehicle: str
    words: str
    reported_by: str
    witness: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CountedTender:
    """A tender of an unannounced count against what should be there (cents)."""

    tender: str
    name: str
    expected: Cents
    counted: Cents
    items_expected: int | None = None
    items_counted: int | None = None

    @property
    def difference(self) -> Cents:
        """Counted minus expected."""
        return self.counted - self.expected


@dataclass(frozen=True, slots=True)
class AuditSheet:
    """An unannounced count of a drawer or a change fund (C10, M7)."""

    office: Office
    key: EventKey
    fund: str
    """Id of the change fund, empty for a drawer that has none."""
    name: str
    """What was counted, in words."""
    drawer: str
    batch: str
    """The batch that went on meanwhile; empty for a fund."""
    business_date: date
    custodian: str
    """Name; empty where a fund names nobody."""
    authority: str
    authorized: Cents
    sheet: CountSheet
    tenders: tuple[CountedTender, ...]
    counted_by: str
    signed_by: str
    recorded_at: datetime

    @property
    def difference(self) -> Cents:
        """Counted minus expected over all tenders."""
        return sum(row.difference for row in self.tenders)


@dataclass(frozen=True, slots=True)
class ChangeFund:
    """Fixed currency for making change (control 20)."""

    fund: str
    name: str
    drawer: str | None
    """The drawer whose float it is; None for the safe and other places."""
    custodian: str | None
    custodian_name: str
    amount: Cents
    authority: str
    since: date
    active: bool


@dataclass(frozen=True, slots=True)
class FundRow:
    """A change fund with its last count, and its counts of the quarter against the policy (controls 20 and 23)."""

    fund: ChangeFund
    last: AuditSheet | None
    """The newest count within a year."""
    this_quarter: int
    wanted: int

    @property
    def counted_enough(self) -> bool:
        """Whether the quarter has the counts that the policy asks for."""
        return self.this_quarter >= self.wanted


@dataclass(frozen=True, slots=True)
class FundRegister:
    """All change funds of an office on a day."""

    office: Office
    on: date
    rows: tuple[FundRow, ...]

    @property
    def total(self) -> Cents:
        """What all funds in use are authorized for (cents)."""
        return sum(row.fund.amount for row in self.rows if row.fund.active)


def swapped(out: Mapping[Cents, int], into: Mapping[Cents, int]) -> Cents:
    """Return the amount of a change order (cents); raise BadInput unless as much comes in as goes out."""
    leaves, comes = cash_total(out), cash_total(into)
    if not leaves:
        raise BadInput("A change order swaps something.", field="out")
    if leaves != comes:
        raise BadInput(
            f"{shown(leaves)} goes out but {shown(comes)} comes in. A change order changes no amount.", field="in"
        )
    return leaves


def check_same(given: Mapping[Cents, int], taken: Mapping[Cents, int]) -> None:
    """Raise BadInput unless two people counted the same pieces; which, not how many, so that both count again."""
    cash_total(given)
    cash_total(taken)
    apart = [name for value, name in PIECES if given.get(value, 0) != taken.get(value, 0)]
    if apart:
        raise BadInput(f"The two counts differ in: {', '.join(apart)}. Both count again.", field="their_cash")


def note_serial(text: str) -> str:
    """Return a serial number as printed on the note; raise MissingInput or BadInput."""
    serial = text.replace(" ", "").upper()
    if not serial:
        raise MissingInput("Key the serial number of the note.", field="serial")
    if not _SERIAL.fullmatch(serial):
        raise BadInput("A serial number has letters, figures and a star, 14 at most.", field="serial")
    return serial


def note_year(text: str) -> str:
    """Return the series year of a note, ``2017A``; raise BadInput."""
    year = text.replace(" ", "").upper()
    if year and not _SERIES_YEAR.fullmatch(year):
        raise BadInput("A series is a year and perhaps a letter, like 2017A.", field="series_year")
    return year


def note_letters(text: str) -> str:
    """Return the position letters and plate numbers of a note; raise BadInput."""
    letters = " ".join(text.upper().split())
    if not _LETTERS.fullmatch(letters):
        raise BadInput("Note position and plate numbers are letters and figures, 12 at most.", field="letters")
    return letters


def check_note(value: Cents) -> None:
    """Raise BadInput for a value of which there is no note."""
    if value not in NOTES:
        raise BadInput("There is no note of this value.", field="denomination")


def pieces_as_facts(pieces: Mapping[Cents, int]) -> dict[str, int]:
    """Write pieces for the ledger."""
    return {str(value): number for value, number in pieces.items() if number}


def pieces_from_facts(facts: Mapping[str, int]) -> dict[Cents, int]:
    """Read pieces back from the ledger."""
    return {int(value): int(number) for value, number in facts.items()}
