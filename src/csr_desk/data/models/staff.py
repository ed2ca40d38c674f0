"""People who may sign in, and the approvals that they gave."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, Table

from csr_desk.data.models.columns import cents, flag, metadata, one_of, text, whole
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
    text("supervisor_id", null=True),
    text("trained_on", null=True),
    text("trained_until", null=True),
    whole("training_score", null=True),
    sqlite_strict=True,
)
"""``supervisor_id`` approves for this person where the policy asks for one's own supervisor; the training is that in
handling cash, with the last day that it holds (dates) and its score in percent."""

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

approval_request = Table(
    "approval_request",
    metadata,
    text("request_id", key=True),
    text("act"),
    text("subject"),
    cents("amount_minor"),
    text("for_actor", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("sentence"),
    text("details"),
    one_of("state", "waiting", "granted", "refused", "withdrawn"),
    text("asked_at"),
    text("expires_at"),
    text("decided_by", ForeignKey("staff.user_id", ondelete="RESTRICT"), null=True),
    text("decided_at", null=True),
    text("answer"),
    sqlite_strict=True,
)
Index("ix_approval_request_state", approval_request.c.state)
"""What a clerk asks from the own station; ``details`` is JSON (receipt, amounts before and after). A granted one
becomes an approval when its act uses it."""

deferred_review = Table(
    "deferred_review",
    metadata,
    text("series_id", key=True),
    whole("seq", key=True),
    text("act"),
    text("subject"),
    cents("amount_minor"),
    text("for_actor", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("reviewed_series", null=True),
    whole("reviewed_seq", null=True),
    to_event("series_id", "seq"),
    to_event("reviewed_series", "reviewed_seq"),
    sqlite_strict=True,
)
"""What the only person of an office did without a second one, and the entry by which an outsider looked at it (J13)."""
