"""Customers, their accounts and the bills on them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table

from csr_desk.data.models.columns import cents, date_text, metadata, one_of, text

customer = Table(
    "customer",
    metadata,
    text("customer_id", key=True),
    text("name"),
    text("language"),
    text("address"),
    text("phone"),
    text("email"),
    sqlite_strict=True,
)

account = Table(
    "account",
    metadata,
    text("account_no", key=True),
    text("customer_id", ForeignKey("customer.customer_id", ondelete="RESTRICT")),
    text("service"),
    sqlite_strict=True,
)

bill = Table(
    "bill",
    metadata,
    text("bill_id", key=True),
    text("account_no", ForeignKey("account.account_no", ondelete="RESTRICT")),
    text("description"),
    cents("amount_minor"),
    cents("paid_minor"),
    date_text("due_date", null=True),
    text("shares"),
    text("authority"),
    one_of("state", "due", "paid", "void"),
    text("returned_item", null=True),
    sqlite_strict=True,
)
"""``returned_item`` names what the bank sent back and this bill claims again: it is paid in certified funds only."""

Index("ix_bill_account", bill.c.account_no)
