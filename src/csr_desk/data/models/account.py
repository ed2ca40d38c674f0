"""Customers, their accounts and the bills on them.

Who somebody is may be corrected; what they owe may not: bills, items and credits only remember what entries say.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table

from csr_desk.data.models.columns import cents, date_text, metadata, octets, one_of, text, whole
from csr_desk.data.models.ledger import to_event

customer = Table(
    "customer",
    metadata,
    text("customer_id", key=True),
    text("name"),
    text("language"),
    text("address"),
    text("phone"),
    text("email"),
    one_of("kind", "person", "firm", null=True),
    whole("confidential", null=True),
    date_text("since", null=True),
    text("merged_into", null=True),
    whole("search_row", null=True),
    sqlite_strict=True,
)
"""``confidential`` (1) asks for a word in the disclosure log before anything is told (Tex. Util. Code ch. 182);
``merged_into`` names the customer whose record this one was joined with: the row stays, so it can be parted again."""

Index("ix_customer_merged", customer.c.merged_into)
Index("uq_customer_search_row", customer.c.search_row, unique=True)
"""The row of the search index: ``customer_search``, which each engine keeps in its own way and no model describes."""

contact_point = Table(
    "contact_point",
    metadata,
    text("customer_id", ForeignKey("customer.customer_id", ondelete="RESTRICT"), key=True),
    whole("n", key=True),
    one_of("kind", "phone", "email", "address", "former_name"),
    text("label"),
    text("words"),
    text("normal"),
    sqlite_strict=True,
)
"""Further telephones, mail addresses, addresses and former names: as typed, and as they are compared."""

customer_note = Table(
    "customer_note",
    metadata,
    text("note_id", key=True),
    text("customer_id", ForeignKey("customer.customer_id", ondelete="RESTRICT")),
    one_of("level", "info", "warn", "stop"),
    text("words"),
    date_text("expires_on", null=True),
    text("written_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("written_at"),
    text("closed_by", ForeignKey("staff.user_id", ondelete="RESTRICT"), null=True),
    text("closed_at", null=True),
    sqlite_strict=True,
)
Index("ix_customer_note_customer", customer_note.c.customer_id)

account = Table(
    "account",
    metadata,
    text("account_no", key=True),
    text("customer_id", ForeignKey("customer.customer_id", ondelete="RESTRICT")),
    text("service"),
    text("department", null=True),
    text("site", null=True),
    text("rate_class", null=True),
    text("meter_size", null=True),
    date_text("opened_on", null=True),
    date_text("closed_on", null=True),
    one_of("stage", "reminder", "notice", "listed", "cut_off", "restoring", null=True),
    date_text("stage_on", null=True),
    cents("credit_minor", null=True),
    sqlite_strict=True,
)
"""``site`` is where the service is; ``credit_minor`` is what was paid ahead and not used yet (cents)."""

Index("ix_account_customer", account.c.customer_id)

account_party = Table(
    "account_party",
    metadata,
    text("account_no", ForeignKey("account.account_no", ondelete="RESTRICT"), key=True),
    text("customer_id", ForeignKey("customer.customer_id", ondelete="RESTRICT"), key=True),
    text("role", key=True),
    date_text("since", null=True),
    date_text("until", null=True),
    sqlite_strict=True,
)
"""Who else has to do with an account: owner, tenant, contractor, payer, agent (F1)."""

Index("ix_account_party_customer", account_party.c.customer_id)

entry_about = Table(
    "entry_about",
    metadata,
    text("subject", key=True),
    text("series_id", key=True),
    whole("seq", key=True),
    to_event("series_id", "seq"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Finds what the ledger says about an account (``account:0041-2277-9``) or a customer (``customer:C-1``)."""

bill_load = Table(
    "bill_load",
    metadata,
    text("load_id", key=True),
    text("kind"),
    text("file_name"),
    text("sha256"),
    text("rows_hash"),
    whole("rows"),
    cents("total_minor"),
    text("loaded_at"),
    text("loaded_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("series_id"),
    whole("seq"),
    to_event("series_id", "seq"),
    sqlite_strict=True,
)
"""A file of bills (or one bill by hand) as it came in; ``rows_hash`` is over every bill and item as billed."""

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
    date_text("issued_on", null=True),
    date_text("service_from", null=True),
    date_text("service_to", null=True),
    text("usage", null=True),
    text("penalty_rule", null=True),
    text("load_id", null=True),
    sqlite_strict=True,
)
"""``returned_item`` names what the bank sent back and this bill claims again: it is paid in certified funds only.
``amount_minor`` is what its items add up to now, later penalties and adjustments included."""

Index("ix_bill_account", bill.c.account_no)
Index("ix_bill_load", bill.c.load_id)
Index("ix_bill_due", bill.c.state, bill.c.due_date)

bill_item = Table(
    "bill_item",
    metadata,
    text("bill_id", ForeignKey("bill.bill_id", ondelete="RESTRICT"), key=True),
    whole("n", key=True),
    one_of("kind", "charge", "penalty", "fee", "adjustment"),
    text("description"),
    cents("amount_minor"),
    whole("priority"),
    text("shares"),
    text("authority"),
    text("explain"),
    text("series_id", null=True),
    whole("seq", null=True),
    to_event("series_id", "seq"),
    sqlite_strict=True,
)
"""A part of a bill; what was added after it was issued names its entry. ``priority`` orders a partial payment (A10)."""

column_mapping = Table(
    "column_mapping",
    metadata,
    text("name", key=True),
    text("kind"),
    text("columns"),
    text("saved_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("saved_at"),
    sqlite_strict=True,
)
"""Which column of another system's file is which (JSON)."""

attachment = Table(
    "attachment",
    metadata,
    text("attachment_id", key=True),
    text("subject"),
    text("file_name"),
    text("media"),
    text("sha256"),
    whole("size"),
    octets("content"),
    text("added_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("added_at"),
    sqlite_strict=True,
)
"""A file that proves something: a plumber's invoice, a letter."""

Index("ix_attachment_subject", attachment.c.subject)
