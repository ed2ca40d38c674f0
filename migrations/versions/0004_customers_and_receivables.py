"""Customers with contacts and notes; bills with items and loads; adjustments, collection, plans, deposits, holds.

No ledger table changes, but payments are found by what they pay. The search index over customers is each engine's own:
FTS5, or a tsvector with GIN.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql"


def upgrade() -> None:
    """Run the literal statements for this engine; each ends at an empty line."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    for part in ("tables", "guards"):
        script = (SQL / f"0004_{part}_{dialect}.sql").read_text(encoding="utf-8")
        for statement in script.split("\n\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
