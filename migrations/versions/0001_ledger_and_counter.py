"""The ledger with its guards, and the counter's current state.

There is no way back down: to go back is to restore the backup that was made before.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql"


def upgrade() -> None:
    """Run the literal statements for this engine; each ends at an empty line."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    for part in ("tables", "guards"):
        script = (SQL / f"0001_{part}_{dialect}.sql").read_text(encoding="utf-8")
        for statement in script.split("\n\n"):
            if statement.strip():
                connection.exec_driver_sql(statement)
