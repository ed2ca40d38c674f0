"""Corrections, approvals from another station, custody, training; checks known by the keyed hash of their account.

The ledger's tables get two new columns that may be empty; what was sealed before verifies as before.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql"


def upgrade() -> None:
    """Run the literal statements for this engine; each ends at an empty line."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    for part in ("tables", "guards"):
        script = (SQL / f"0002_{part}_{dialect}.sql").read_text(encoding="utf-8")
        for statement in script.split("\n\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
