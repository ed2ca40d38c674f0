"""People who sign in, and the approvals they gave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, insert, or_, select, update

from csr_desk.data.models import approval, deferred_review, staff
from csr_desk.domain.people import Actor, Role


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """A person as stored."""

    actor: Actor
    secret_hash: str
    active: bool
    failures: int
    delay_until: str | None
    demo_secret: str | None
    supervisor: str | None = None
    """Who approves for this person where the policy asks for one's own supervisor."""
    trained_on: str | None = None
    trained_until: str | None = None
    """The last day that the training in handling cash holds."""
    training_score: int | None = None


def _record(row: Mapping[str, Any]) -> StaffRecord:
    delay, secret = row["delay_until"], row["demo_secret"]
    return StaffRecord(
        Actor(str(row["user_id"]), str(row["name"]), str(row["title"]), Role(str(row["role"]))),
        str(row["secret_hash"]),
        bool(row["active"]),
        int(str(row["failures"])),
        None if delay is None else str(delay),
        None if secret is None else str(secret),
        row["supervisor_id"],
        row["trained_on"],
        row["trained_until"],
        row["training_score"],
    )


def insert_staff(conn: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Add people."""
    conn.execute(insert(staff), [dict(row) for row in rows])


def all_staff(conn: Connection) -> tuple[StaffRecord, ...]:
    """Return everybody, by user id."""
    return tuple(_record(dict(row)) for row in conn.execute(select(staff).order_by(staff.c.user_id)).mappings())


def one_staff(conn: Connection, user: str) -> StaffRecord | None:
    """Return a person by user id."""
    row = conn.execute(select(staff).where(staff.c.user_id == user)).mappings().first()
    return None if row is None else _record(dict(row))


def update_staff(conn: Connection, user: str, values: Mapping[str, object]) -> None:
    """Change what is stored of a person (hash, failures, active …)."""
    conn.execute(update(staff).where(staff.c.user_id == user).values(**values))


def insert_approval(conn: Connection, values: Mapping[str, object]) -> None:
    """Keep an approval with the entry that used it up."""
    conn.execute(insert(approval), [dict(values)])


def supervisors(conn: Connection) -> dict[str, str | None]:
    """Return who approves for whom, by user id."""
    return {row.user_id: row.supervisor_id for row in conn.execute(select(staff.c.user_id, staff.c.supervisor_id))}


def names(conn: Connection) -> dict[str, str]:
    """Return everybody's name by user id, also of those who left."""
    return {row.user_id: row.name for row in conn.execute(select(staff.c.user_id, staff.c.name))}


def insert_deferred(conn: Connection, values: Mapping[str, object]) -> None:
    """List an act that was done without a second person."""
    conn.execute(insert(deferred_review), [dict(values)])


def approval_used(conn: Connection, approval_id: str) -> bool:
    """Say whether an approval was used already; what is stored is its number, a point and its seal."""
    used = or_(
        approval.c.approval_id == approval_id,
        approval.c.approval_id.between(f"{approval_id}.", f"{approval_id}/"),
    )
    return conn.execute(select(approval.c.approval_id).where(used)).first() is not None
