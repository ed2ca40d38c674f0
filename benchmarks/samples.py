"""Facts to measure with: a receipt as it is printed a thousand times a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

from csr_desk.domain.ledger import EventKey, EventKind, LineRow, TenderRole, TenderRow
from csr_desk.domain.receipt import Office, Receipt

OFFICE = Office(
    "HPC", "Houston Permitting Center", ("1002 Washington Ave", "Houston, TX 77002"), "832-394-9000",
    "America/Chicago", training=True, demonstration=True,
)  # fmt: skip


def _line(number: int, item: str, name: str, amount: int, *, authority: str, added_with: int | None = None) -> LineRow:
    return LineRow(
        number=number, kind="item" if added_with is None else "admin_fee", item=item, name=name,
        department="Houston Public Works", quantity="1", each=amount, amount=amount, added_with=added_with,
        authority=authority, price_from="2026-01-01", tax=0, explain=(),
    )  # fmt: skip


def receipt() -> Receipt:
    """Three lines, a check and cash with change; everything of a real receipt (A15)."""
    return Receipt(
        key=EventKey("HPC-1", 57), kind=EventKind.SALE, number="HPC1-0000021", code="K7QM2XWPA4", office=OFFICE,
        drawer="HPC-1", batch="2026-07-14/HPC-1/1", business_date=date(2026, 7, 14),
        recorded_at=datetime(2026, 7, 14, 14, 12, 45, tzinfo=UTC), clerk="Dolores Reyes", approver="",
        customer="ÁLVAREZ, María", memo="",
        lines=(
            _line(1, "BLD-STRUCT", "Structural building permit (valuation)", 12740, authority="Bldg. Code 118.2.1"),
            _line(2, "ADM-114", "Administrative fee (Sec. 1-14)", 3356, authority="City Code 1-14", added_with=1),
            _line(3, "REC-COPY", "Standard paper copy", 120, authority="1 TAC 70.3"),
        ),
        tenders=(
            TenderRow(1, "check", TenderRole.TAKEN, 12740, check_number="1042", routing="113000609",
                      account_masked="•••1234"),
            TenderRow(2, "cash", TenderRole.TAKEN, 4000),
            TenderRow(3, "cash", TenderRole.CHANGE, -524),
        ),
        postings=(),
        inputs=((1, "Project number", "26-118842"), (1, "Service address", "4107 LEELAND ST UNIT B"),
                (1, "Valuation", "21300.00"), (3, "Pages", "12")),
        total=16216, taxes=0, fees=0, rounding=0, change=524, collected=16216,
    )  # fmt: skip
