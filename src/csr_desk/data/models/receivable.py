"""What happens to what is owed: adjustments, stages of collection, plans, extensions, deposits, holds.

Each row only remembers what entries say; ``csr-desk verify`` rebuilds it from them.
"""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table

from csr_desk.data.models.columns import cents, date_text, metadata, one_of, text, whole
from csr_desk.data.models.ledger import to_event

adjustment = Table(
    "adjustment",
    metadata,
    text("adjustment_id", key=True),
    text("account_no", ForeignKey("account.account_no", ondelete="RESTRICT")),
    text("bill_id", ForeignKey("bill.bill_id", ondelete="RESTRICT"), null=True),
    text("kind"),
    one_of("state", "requested", "approved", "refused", "withdrawn", "reversed"),
    cents("amount_minor"),
    text("worksheet"),
    text("requested_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("decided_by", ForeignKey("staff.user_id", ondelete="RESTRICT"), null=True),
    text("series_id"),
    whole("seq"),
    text("decided_series", null=True),
    whole("decided_seq", null=True),
    text("reversed_series", null=True),
    whole("reversed_seq", null=True),
    to_event("series_id", "seq"),
    to_event("decided_series", "decided_seq"),
    to_event("reversed_series", "reversed_seq"),
    sqlite_strict=True,
)
"""A request, its computation step by step (JSON), and what was decided about it; below zero for the customer's good."""

Index("ix_adjustment_account", adjustment.c.account_no)
Index("ix_adjustment_state", adjustment.c.state)

account_step = Table(
    "account_step",
    metadata,
    text("account_no", ForeignKey("account.account_no", ondelete="RESTRICT"), key=True),
    whole("n", key=True),
    one_of("stage", "reminder", "notice", "listed", "cut_off", "restoring", "restored", "stopped"),
    date_text("on_date"),
    text("bill_id", null=True),
    text("series_id"),
    whole("seq"),
    to_event("series_id", "seq"),
    sqlite_strict=True,
)
"""A stage of collection that an account came to, with the bill of its fee (F8)."""

extension = Table(
    "extension",
    metadata,
    text("account_no", ForeignKey("account.account_no", ondelete="RESTRICT"), key=True),
    date_text("granted_on", key=True),
    date_text("until"),
    text("series_id"),
    whole("seq"),
    to_event("series_id", "seq"),
    sqlite_strict=True,
)
"""More time to pay, so many times a calendar year (F7)."""

payment_plan = Table(
    "payment_plan",
    metadata,
    text("plan_id", key=True),
    text("account_no", ForeignKey("account.account_no", ondelete="RESTRICT")),
    one_of("state", "active", "kept", "broken", "cancelled"),
    cents("total_minor"),
    cents("down_minor"),
    date_text("made_on"),
    text("series_id"),
    whole("seq"),
    text("ended_series", null=True),
    whole("ended_seq", null=True),
    to_event("series_id", "seq"),
    to_event("ended_series", "ended_seq"),
    sqlite_strict=True,
)
Index("ix_payment_plan_account", payment_plan.c.account_no)

plan_part = Table(
    "plan_part",
    metadata,
    text("plan_id", ForeignKey("payment_plan.plan_id", ondelete="RESTRICT"), key=True),
    whole("n", key=True),
    date_text("due_on"),
    cents("amount_minor"),
    sqlite_strict=True,
)
"""An instalment; with the down payment they add up to the total exactly (F6)."""

guarantee_deposit = Table(
    "guarantee_deposit",
    metadata,
    text("deposit_no", key=True),
    text("account_no", ForeignKey("account.account_no", ondelete="RESTRICT")),
    one_of("state", "held", "applied", "refunded", "unclaimed"),
    cents("amount_minor"),
    text("series_id"),
    whole("seq"),
    text("ended_series", null=True),
    whole("ended_seq", null=True),
    to_event("series_id", "seq"),
    to_event("ended_series", "ended_seq"),
    sqlite_strict=True,
)
"""A refundable deposit of a customer: a liability until it is applied or given back (F11)."""

Index("ix_guarantee_deposit_account", guarantee_deposit.c.account_no)

hold_flag = Table(
    "hold_flag",
    metadata,
    text("hold_id", key=True),
    text("subject"),
    text("stops"),
    text("words"),
    date_text("expires_on", null=True),
    text("series_id"),
    whole("seq"),
    text("lifted_series", null=True),
    whole("lifted_seq", null=True),
    to_event("series_id", "seq"),
    to_event("lifted_series", "lifted_seq"),
    sqlite_strict=True,
)
"""What stops a sale to a customer or on an account unless a second person overrides it (F10)."""

Index("ix_hold_flag_subject", hold_flag.c.subject)
