"""Training days that were played, in the training office's own database."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Table

from csr_desk.data.models.columns import metadata, one_of, text, whole

training_run = Table(
    "training_run",
    metadata,
    text("run_id", key=True),
    text("user_id", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    whole("seed"),
    text("started_at"),
    text("finished_at", null=True),
    whole("customers"),
    whole("served"),
    whole("score", null=True),
    one_of("state", "running", "finished", "left"),
    text("body"),
    sqlite_strict=True,
)
"""A seeded day of customers: ``body`` is JSON, one row a customer with what was right and how long it took."""
