"""What is printed on the back of a check the moment it is received, so that nobody else can cash it (B6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.domain.ledger import EventKind, TenderRole
from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office, Receipt
from csr_desk.domain.tender import CHECK_LIKE

FOR_DEPOSIT = "FOR DEPOSIT ONLY"
_PAPER = frozenset(kind.value for kind in CHECK_LIKE)


@dataclass(frozen=True, slots=True)
class EndorsedCheck:
    """One check and what stands on its back (amount in cents)."""

    kind: str
    number: str
    amount: Cents
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Endorsement:
    """The endorsements of one receipt: a document of its own, printed with it."""

    office: Office
    receipt: str
    business_date: date
    checks: tuple[EndorsedCheck, ...]


def endorsement(receipt: Receipt, texts: Sequence[str]) -> Endorsement:
    """Write the endorsement of each check that a receipt took in; a void or a refund gives checks back.

    ``texts`` are the settings of the city: ``Department = text`` for one department (with its bank), a text alone for
    all others.
    """
    departments = {line.department for line in receipt.lines if line.department}
    department = departments.pop() if len(departments) == 1 else ""
    words = endorsement_text(texts, department)
    lines = (
        words,
        receipt.office.name,
        *([department] if department else []),
        f"{receipt.number} · {receipt.business_date.isoformat()}",
    )
    checks = tuple(
        EndorsedCheck(row.kind, row.check_number, row.amount, lines)
        for row in receipt.tenders
        if row.kind in _PAPER and row.role is TenderRole.TAKEN and row.amount > 0
    )
    took_in = receipt.kind in {EventKind.SALE, EventKind.TENDER_CORRECTED}
    return Endorsement(receipt.office, receipt.number, receipt.business_date, checks if took_in else ())


def endorsement_text(texts: Sequence[str], department: str) -> str:
    """Return the text for a department; that for all others where it has none of its own."""
    general = FOR_DEPOSIT
    for text in texts:
        name, equals, words = text.partition("=")
        if not equals:
            general = text.strip()
        elif department and name.strip().casefold() == department.casefold():
            return words.strip()
    return general
