"""What every table has that is told whole by entries (``domain.telling``): how often, and by which entry last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, ForeignKey, ForeignKeyConstraint

from csr_desk.data.models.columns import text, whole
from csr_desk.data.models.ledger import to_event


def told() -> tuple[Column[Any] | ForeignKeyConstraint, ...]:
    """Make the columns: how many entries told of the row so far, and where the last of them stands."""
    return (whole("version"), text("series_id"), whole("seq"), to_event("series_id", "seq"))


def of(table: str, column: str) -> ForeignKey:
    """Point to a row of another table; nothing that is pointed to goes."""
    return ForeignKey(f"{table}.{column}", ondelete="RESTRICT")


def of_customer() -> ForeignKey:
    """Point to a customer."""
    return of("customer", "customer_id")


def of_staff() -> ForeignKey:
    """Point to a person of the office."""
    return of("staff", "user_id")
