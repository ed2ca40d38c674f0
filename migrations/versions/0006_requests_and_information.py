"""Requests, cards, notices, forms, referrals, the queue at the counter, calls for the supervisor.

Each table remembers what entries say of its rows; no table that was there before changes.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql"


def upgrade() -> None:
    """Run the literal statements for this engine; each ends at an empty line."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    for part in ("tables", "guards"):
        script = (SQL / f"0006_{part}_{dialect}.sql").read_text(encoding="utf-8")
        for statement in script.split("\n\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
