"""Entries that prove the ledger from outside: day seals, their keys, restored backups, recoveries after a failure.

No table changes: the guard of the ledger learns four more kinds of entries that need no open business date.
"""

from __future__ import annotations

from pathlib import Path

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQL = Path(__file__).resolve().parents[1] / "sql"


def upgrade() -> None:
    """Run the literal statements for this engine; each ends at an empty line."""
    connection = op.get_bind()
    dialect = connection.dialect.name
    script = (SQL / f"0003_guards_{dialect}.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n"):
        if statement.strip():
            connection.exec_driver_sql(statement)
