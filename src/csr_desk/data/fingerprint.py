"""A fingerprint of tables, columns, constraints, indexes and triggers: the same database shape gives the same hash."""

from __future__ import annotations

from hashlib import sha256

from sqlalchemy import Connection

_BEHIND_THE_SEARCH = """
'customer_search_data', 'customer_search_idx', 'customer_search_content', 'customer_search_docsize',
'customer_search_config'
"""
"""What FTS5 keeps behind ``customer_search`` is its own affair: its SQL may differ from one SQLite to the next."""

_SQLITE = f"""
SELECT type, name, tbl_name, sql FROM sqlite_master
WHERE NOT (type = 'index' AND sql IS NULL)
  AND NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))
  AND NOT (type = 'table' AND name IN ({_BEHIND_THE_SEARCH}))
  AND NOT (type = 'table' AND name = 'alembic_version')
ORDER BY type, name
"""  # noqa: S608 - fixed names
"""Leaves out what SQLite makes itself, by its exact name and kind: a pattern such as ``sqlite_%`` also fits a trigger
``sqlitex`` that anybody may add."""

_POSTGRES = (
    """
SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'alembic_version'
  AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY 1, 2
""",
    """
SELECT c.relname, k.conname, pg_get_constraintdef(k.oid), k.convalidated
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> 'alembic_version' AND k.contype IN ('c', 'f', 'p', 'u')
ORDER BY 1, 2
""",
    """
SELECT tablename, indexname, indexdef FROM pg_indexes
WHERE schemaname = 'public' AND tablename <> 'alembic_version'
ORDER BY 1, 2
""",
    """
SELECT c.relname, t.tgname, pg_get_triggerdef(t.oid), t.tgenabled::text
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = 'public'::regnamespace AND NOT t.tgisinternal
ORDER BY 1, 2
""",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1",
    "SELECT tablename, tableowner FROM pg_tables WHERE schemaname = 'public' ORDER BY 1",
)


def shape(connection: Connection) -> list[tuple[str, ...]]:
    """List what the fingerprint is made of, as text, in a fixed order; layout of SQL does not matter."""
    queries = (_SQLITE,) if connection.dialect.name == "sqlite" else _POSTGRES
    return [
        (str(at), *(" ".join(str(value).split()) for value in row))
        for at, query in enumerate(queries)
        for row in connection.exec_driver_sql(query)
    ]


def hash_of(rows: list[tuple[str, ...]]) -> str:
    """Return the SHA-256 of a shape, as hex."""
    return sha256("\n".join("\t".join(row) for row in rows).encode()).hexdigest()


def table_names(connection: Connection) -> set[str]:
    """Name every table of the database."""
    sqlite = f"""
    SELECT name FROM sqlite_master
    WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT IN ({_BEHIND_THE_SEARCH})
    """  # noqa: S608 - fixed names
    postgres = "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
    query = sqlite if connection.dialect.name == "sqlite" else postgres
    return {str(name) for name in connection.exec_driver_sql(query).scalars()}
