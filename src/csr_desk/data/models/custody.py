"""Change funds, and books of paper receipts for the day when nothing works."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Table

from csr_desk.data.models.columns import cents, date_text, flag, metadata, one_of, text, whole
from csr_desk.data.models.ledger import to_event
from csr_desk.data.models.office import of_office

change_fund = Table(
    "change_fund",
    metadata,
    text("fund_id", key=True),
    text("office_id", of_office()),
    text("name"),
    text("drawer_id", ForeignKey("drawer.drawer_id", ondelete="RESTRICT"), null=True),
    text("custodian_id", ForeignKey("staff.user_id", ondelete="RESTRICT"), null=True),
    cents("amount_minor"),
    text("authority"),
    date_text("since"),
    flag("active"),
    sqlite_strict=True,
)
"""Fixed currency for making change: who holds it, how much, on whose authority. A drawer's float is one of them."""

receipt_book = Table(
    "receipt_book",
    metadata,
    text("book_id", key=True),
    whole("first_no"),
    whole("last_no"),
    text("issued_to", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    one_of("state", "issued", "returned"),
    text("series_id"),
    whole("seq"),
    text("returned_series", null=True),
    whole("returned_seq", null=True),
    to_event("series_id", "seq"),
    to_event("returned_series", "returned_seq"),
    sqlite_strict=True,
)
"""A book of numbered paper receipts (A25)."""

paper_receipt = Table(
    "paper_receipt",
    metadata,
    text("book_id", ForeignKey("receipt_book.book_id", ondelete="RESTRICT"), key=True),
    whole("number", key=True),
    one_of("state", "entered", "void"),
    date_text("written_on", null=True),
    text("series_id"),
    whole("seq"),
    to_event("series_id", "seq"),
    sqlite_strict=True,
)
"""A paper receipt that was entered later, or spoilt; a number of a book without a row is open."""
