"""Facts of one day at a made-up counter, from which the tests print papers."""

from __future__ import annotations

from datetime import UTC, date, datetime

from csr_desk.domain.ledger import EventKey, EventKind, LineRow, TenderRole, TenderRow
from csr_desk.domain.receipt import Office, Receipt

OFFICE = Office(
    "HPC", "Houston Permitting Center", ("1002 Washington Ave", "Houston, TX 77002"), "832-394-9000",
    "America/Chicago", training=True, demonstration=True,
)  # fmt: skip
REAL_OFFICE = Office(
    "HPC", "Houston Permitting Center", ("1002 Washington Ave", "Houston, TX 77002"), "832-394-9000",
    "America/Chicago", training=False, demonstration=False,
)  # fmt: skip
MOMENT = datetime(2026, 7, 14, 14, 12, 45, tzinfo=UTC)
DAY = date(2026, 7, 14)


def line(number: int, item: str, name: str, amount: int, **more: object) -> LineRow:
    """A line as sold, with plausible defaults."""
    facts: dict[str, object] = {
        "number": number, "kind": "item", "item": item, "name": name, "department": "Houston Public Works",
        "quantity": "1", "each": amount, "amount": amount, "added_with": None, "authority": "Building Code § 118.4",
        "price_from": "2026-01-01", "tax": 0, "explain": (),
    }  # fmt: skip
    return LineRow(**{**facts, **more})  # type: ignore[arg-type]


def receipt(**more: object) -> Receipt:
    """187.89 with 0.10 tax: a check for 90.00, a card for 50.00, the rest from a 100.00 note."""
    facts: dict[str, object] = {
        "key": EventKey("HPC-3", 57), "kind": EventKind.SALE, "number": "HPC3-0000021", "code": "K7QM2XWPA4",
        "office": OFFICE, "drawer": "HPC-3", "batch": "2026-07-14/HPC-3/1", "business_date": DAY,
        "recorded_at": MOMENT, "clerk": "Dolores Reyes", "approver": "", "customer": "ÁLVAREZ, María", "memo": "",
        "lines": (
            line(1, "WTR-BILL", "Water bill", 6437, authority="City Code § 47-61", reference="0041-2277-9"),
            line(2, "ELEC-RECON", "Electrical reconnect permit", 9006),
            line(3, "ADM-114", "Administrative fee", 3216, kind="admin_fee", added_with=2,
                 authority="City Code § 1-14"),
            line(4, "COPIES", "Public records, standard page", 120, quantity="12", each=10, authority="1 TAC § 70.3"),
            line(5, "SALES-TAX", "Sales tax 8.25%", 10, kind="tax", added_with=4, authority="Tax Code § 151.051"),
        ),
        "tenders": (
            TenderRow(1, "check", TenderRole.TAKEN, 9000, check_number="1042", routing="113000609",
                      account_masked="•••1234"),
            TenderRow(2, "card", TenderRole.TAKEN, 5000, brand="Visa", last4="4242", authorization="09A1B2"),
            TenderRow(3, "card", TenderRole.FEE, 150),
            TenderRow(4, "cash", TenderRole.TAKEN, 10000),
            TenderRow(5, "cash", TenderRole.CHANGE, -5210),
        ),
        "postings": (),
        "inputs": (
            (2, "Service address", "4107 LEELAND ST UNIT B"), (2, "Contractor licence", "TECL 30417"),
            (2, "ESI ID", "1008901023456789012345"), (4, "Pages", "12"),
        ),
        "total": 18789, "taxes": 10, "fees": 150, "rounding": 1, "change": 5210, "collected": 18940,
        "balance_after": 2500,
    }  # fmt: skip
    return Receipt(**{**facts, **more})  # type: ignore[arg-type]
