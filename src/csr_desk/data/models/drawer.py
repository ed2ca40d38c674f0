"""Drawers, their batches (drawer × business date × custodian), deposits and exports."""

from __future__ import annotations

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, Table

from csr_desk.data.models.columns import cents, date_text, flag, metadata, octets, one_of, partial_index, text, whole
from csr_desk.data.models.ledger import to_event
from csr_desk.data.models.office import of_office

drawer = Table(
    "drawer",
    metadata,
    text("drawer_id", key=True),
    text("office_id", of_office()),
    text("name"),
    text("series_id", ForeignKey("series.series_id", ondelete="RESTRICT")),
    cents("authorized_float_minor"),
    flag("active"),
    sqlite_strict=True,
)

batch = Table(
    "batch",
    metadata,
    text("batch_id", key=True),
    text("drawer_id", ForeignKey("drawer.drawer_id", ondelete="RESTRICT")),
    date_text("business_date"),
    text("custodian_id", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    one_of("state", "open", "counting", "submitted", "accepted"),
    flag("suspended"),
    whole("attempts"),
    whole("submitted_attempt", null=True),
    whole("opened_seq"),
    whole("z_number", null=True),
    whole("accepted_seq", null=True),
    text("deposit_id", ForeignKey("deposit.deposit_id", ondelete="RESTRICT"), null=True),
    sqlite_strict=True,
)

ONE_OPEN_BATCH = "uq_batch_one_open_per_drawer"
"""The index that keeps a drawer from being open twice; asserted at every start."""

partial_index(ONE_OPEN_BATCH, (batch.c.drawer_id,), "state IN ('open', 'counting', 'submitted')", unique=True)
Index("ix_batch_day", batch.c.business_date)

deposit = Table(
    "deposit",
    metadata,
    text("deposit_id", key=True),
    text("office_id", of_office()),
    date_text("business_date"),
    text("bag"),
    one_of("state", "prepared", "confirmed"),
    cents("cash_minor"),
    cents("checks_minor"),
    cents("other_minor"),
    text("prepared_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("verified_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("series_id"),
    whole("seq"),
    date_text("bank_date", null=True),
    cents("bank_minor", null=True),
    sqlite_strict=True,
)
"""A bag for the bank. Its entry is no foreign key: entries point to batches, and batches to deposits."""

export_run = Table(
    "export_run",
    metadata,
    text("export_id", key=True),
    text("kind"),
    date_text("business_date", null=True),
    text("sha256"),
    whole("rows"),
    cents("total_minor"),
    octets("content"),
    text("created_at"),
    text("created_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("series_id"),
    whole("seq"),
    to_event("series_id", "seq"),
    sqlite_strict=True,
)
"""A file that was made once; asked for again, the same bytes are given and the copy is flagged."""

print_outbox = Table(
    "print_outbox",
    metadata,
    text("job_id", key=True),
    text("series_id"),
    whole("seq"),
    text("document"),
    whole("copy_no"),
    one_of("state", "queued", "printed", "failed"),
    whole("attempts"),
    text("message"),
    text("created_at"),
    to_event("series_id", "seq"),
    sqlite_strict=True,
)
Index("ix_print_outbox_state", print_outbox.c.state)

draft_cart = Table(
    "draft_cart",
    metadata,
    text("cart_key", key=True),
    text("office_id", of_office()),
    text("drawer_id", null=True),
    text("owner_id", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    one_of("state", "open", "held", "sold", "cancelled"),
    text("title"),
    text("body"),
    cents("total_minor"),
    text("updated_at"),
    whole("hold_number", null=True),
    ForeignKeyConstraint(["drawer_id"], ["drawer.drawer_id"], ondelete="RESTRICT"),
    sqlite_strict=True,
)
Index("uq_draft_cart_hold_number", draft_cart.c.hold_number, unique=True)
Index("ix_draft_cart_state", draft_cart.c.state)
