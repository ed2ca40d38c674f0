"""People who may sign in, and the approvals that they gave."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Table

from csr_desk.data.models.columns import cents, flag, metadata, text, whole
from csr_desk.data.models.ledger import to_event

staff = Table(
    "staff",
    metadata,
    text("user_id", key=True),
    text("name"),
    text("title"),
    text("role"),
    text("secret_hash"),
    flag("active"),
    whole("failures"),
    text("delay_until", null=True),
    text("demo_secret", null=True),
    sqlite_strict=True,
)

approval = Table(
    "approval",
    metadata,
    text("approval_id", key=True),
    text("approver_id", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("act"),
    text("subject"),
    cents("amount_minor", null=True),
    text("for_actor", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("granted_at"),
    text("expires_at"),
    text("used_series", null=True),
    whole("used_seq", null=True),
    to_event("used_series", "used_seq"),
    sqlite_strict=True,
)
"""Good for one act, one amount and one minute; used once."""
