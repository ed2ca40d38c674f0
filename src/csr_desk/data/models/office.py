"""The office: its registers' series, its business days, its policies and catalogue releases."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Table, UniqueConstraint

from csr_desk.data.models.columns import cents, date_text, flag, metadata, octets, one_of, text, whole


def of_office() -> ForeignKey:
    """Point to the office."""
    return ForeignKey("office.office_id", ondelete="RESTRICT")


office = Table(
    "office",
    metadata,
    text("office_id", key=True),
    text("name"),
    text("address"),
    text("phone"),
    text("time_zone"),
    text("install_uuid"),
    flag("training"),
    text("training_clock", null=True),
    text("currency"),
    text("created_at"),
    UniqueConstraint("install_uuid"),
    sqlite_strict=True,
)

series = Table(
    "series",
    metadata,
    text("series_id", key=True),
    text("office_id", of_office()),
    one_of("kind", "register", "office"),
    octets("genesis"),
    whole("last_seq"),
    whole("last_receipt_no"),
    cents("perpetual_minor"),
    octets("head_mac"),
    whole("last_z"),
    sqlite_strict=True,
)
"""One row per series: its head. The row is locked first by whoever writes, so numbers have no gap."""

day = Table(
    "day",
    metadata,
    date_text("business_date", key=True),
    text("office_id", of_office(), key=True),
    one_of("state", "open", "closed"),
    sqlite_strict=True,
)

policy = Table(
    "policy",
    metadata,
    text("office_id", of_office(), key=True),
    whole("version", key=True),
    text("effective_at"),
    text("body"),
    whole("seq"),
    sqlite_strict=True,
)

catalogue_release = Table(
    "catalogue_release",
    metadata,
    text("release_id", key=True),
    text("office_id", of_office()),
    text("label"),
    flag("demonstration"),
    text("content_hash"),
    octets("content"),
    text("loaded_at"),
    text("loaded_by", ForeignKey("staff.user_id", ondelete="RESTRICT")),
    sqlite_strict=True,
)
