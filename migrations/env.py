"""Runs the numbered changes on the connection that the program gives (``Config.attributes``); imports nothing of it.

The caller holds one transaction around all revisions, so a database is never half migrated.
"""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=context.config.attributes.get("metadata"),
    transactional_ddl=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
