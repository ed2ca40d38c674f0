"""${message}."""

from __future__ import annotations

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Write literal statements here; ledger tables only ever get new nullable columns or new tables."""
    ${upgrades if upgrades else "op.execute('')"}
