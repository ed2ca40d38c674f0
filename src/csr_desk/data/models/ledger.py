"""The ledger: insert-only tables, guarded by triggers, and the purgeable texts beside them."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Index, Table, UniqueConstraint

from csr_desk.data.models.columns import cents, date_text, metadata, octets, partial_index, text, whole


def to_event(*columns: str) -> ForeignKeyConstraint:
    """Point to an entry; checked at the end of the transaction, because an entry's rows are written before it."""
    return ForeignKeyConstraint(
        columns,
        ["ledger_event.series_id", "ledger_event.seq"],
        ondelete="RESTRICT",
        deferrable=True,
        initially="DEFERRED",
    )


ledger_event = Table(
    "ledger_event",
    metadata,
    text("series_id", ForeignKey("series.series_id", ondelete="RESTRICT"), key=True),
    whole("seq", CheckConstraint("seq > 0", name="seq"), key=True),
    text("event_uuid"),
    text("kind"),
    date_text("business_date"),
    text(
        "batch_id",
        ForeignKey("batch.batch_id", ondelete="RESTRICT", deferrable=True, initially="DEFERRED"),
        null=True,
    ),
    text("actor_id", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    text("approver_id", ForeignKey("staff.user_id", ondelete="RESTRICT"), null=True),
    text("recorded_at_utc"),
    text("idem_key"),
    text("content_hash"),
    whole("receipt_no", null=True),
    text("reverses_series", null=True),
    whole("reverses_seq", null=True),
    text("facts"),
    whole("chain_version"),
    octets("prev_mac"),
    octets("mac"),
    UniqueConstraint("event_uuid"),
    UniqueConstraint("idem_key"),
    UniqueConstraint("series_id", "receipt_no"),
    to_event("reverses_series", "reverses_seq"),
    CheckConstraint("(reverses_series IS NULL) = (reverses_seq IS NULL)", name="reverses"),
    CheckConstraint("length(mac) = 32 AND length(prev_mac) = 32", name="mac"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

_BACK = (ledger_event.c.reverses_series, ledger_event.c.reverses_seq)
partial_index("uq_ledger_event_void", _BACK, "kind = 'void'", unique=True)
partial_index("ix_ledger_event_reverses", _BACK, "reverses_seq IS NOT NULL")
Index("ix_ledger_event_batch", ledger_event.c.batch_id)
Index("ix_ledger_event_day", ledger_event.c.business_date)

ledger_line = Table(
    "ledger_line",
    metadata,
    text("series_id", key=True),
    whole("seq", key=True),
    whole("n", key=True),
    text("kind"),
    text("item"),
    text("name"),
    text("department"),
    text("quantity"),
    cents("each_minor", null=True),
    cents("amount_minor"),
    whole("added_with", null=True),
    text("authority"),
    text("price_from"),
    cents("tax_minor"),
    text("explain"),
    text("reference"),
    cents("list_minor", null=True),
    to_event("series_id", "seq"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
Index("ix_ledger_line_reference", ledger_line.c.reference)

ledger_tender = Table(
    "ledger_tender",
    metadata,
    text("series_id", key=True),
    whole("seq", key=True),
    whole("n", key=True),
    text("kind"),
    text("role"),
    cents("amount_minor"),
    text("check_number"),
    text("routing"),
    text("account_masked"),
    text("brand"),
    text("last4"),
    text("authorization"),
    text("document"),
    text("department"),
    to_event("series_id", "seq"),
    CheckConstraint("length(last4) <= 4", name="last4"),
    text("account_hash", null=True),
    text("check_date", null=True),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

ledger_posting = Table(
    "ledger_posting",
    metadata,
    text("series_id", key=True),
    whole("seq", key=True),
    whole("n", key=True),
    text("account"),
    cents("amount_minor"),
    text("currency", CheckConstraint("length(currency) = 3", name="currency")),
    whole("line_n", null=True),
    whole("tender_n", null=True),
    to_event("series_id", "seq"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

ledger_note = Table(
    "ledger_note",
    metadata,
    text("series_id", key=True),
    whole("seq", key=True),
    whole("n", key=True),
    text("topic"),
    octets("digest"),
    to_event("series_id", "seq"),
    UniqueConstraint("series_id", "seq", "topic"),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)

note_text = Table(
    "note_text",
    metadata,
    text("series_id", key=True),
    whole("seq", key=True),
    whole("n", key=True),
    octets("salt"),
    text("text"),
    ForeignKeyConstraint(
        ["series_id", "seq", "n"],
        ["ledger_note.series_id", "ledger_note.seq", "ledger_note.n"],
        ondelete="RESTRICT",
        deferrable=True,
        initially="DEFERRED",
    ),
    sqlite_strict=True,
    sqlite_with_rowid=False,
)
"""Free or personal text; the only rows of the ledger that may be deleted (never changed)."""

LEDGER = (ledger_event, ledger_line, ledger_tender, ledger_posting, ledger_note)
"""The insert-only tables."""
