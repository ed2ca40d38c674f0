"""What the bank sent back, whose checks are not taken, and what is paid back by the city's payables."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table

from csr_desk.data.models.columns import cents, date_text, metadata, one_of, text, whole
from csr_desk.data.models.ledger import to_event

returned_item = Table(
    "returned_item",
    metadata,
    text("item_id", key=True),
    text("receipt"),
    whole("tender_n"),
    cents("amount_minor"),
    cents("fee_minor"),
    text("bill_id", ForeignKey("bill.bill_id", ondelete="RESTRICT")),
    text("series_id"),
    whole("seq"),
    text("mail_number"),
    date_text("mailed_on", null=True),
    date_text("received_on", null=True),
    to_event("series_id", "seq"),
    sqlite_strict=True,
)
"""A check or e-check that the bank did not pay: what it was, the bill that claims it again, and its notice."""

check_list = Table(
    "check_list",
    metadata,
    text("list_id", key=True),
    text("account_hash"),
    text("account_masked"),
    text("reason"),
    text("listed_at"),
    text("series_id"),
    whole("seq"),
    text("cleared_series", null=True),
    whole("cleared_seq", null=True),
    to_event("series_id", "seq"),
    to_event("cleared_series", "cleared_seq"),
    sqlite_strict=True,
)
"""Bank accounts whose checks are taken only with an override (B7); known by their keyed hash, never by number."""

Index("ix_check_list_account_hash", check_list.c.account_hash)

payables_request = Table(
    "payables_request",
    metadata,
    text("request_id", key=True),
    text("receipt"),
    cents("amount_minor"),
    text("payee"),
    text("address"),
    one_of("state", "incomplete", "ready", "sent"),
    text("prepared_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("approved_by", ForeignKey("staff.user_id", ondelete="RESTRICT"), null=True),
    text("series_id"),
    whole("seq"),
    text("sent_series", null=True),
    whole("sent_seq", null=True),
    to_event("series_id", "seq"),
    to_event("sent_series", "sent_seq"),
    sqlite_strict=True,
)
"""A refund that the city's payables pay (E8): to whom, where, and when it was handed over to them."""
