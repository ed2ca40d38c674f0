"""What a superuser of PostgreSQL can loosen beside tables and triggers: who may write, rules, row security, roles."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from csr_desk.data.postgres import APP_ROLE, OWNER_ROLE

_MAY_ADD = ("ledger_event", "ledger_line", "ledger_tender", "ledger_posting", "ledger_note")
_MAY_PURGE = ("note_text",)
_MAY_DROP = ("draft_cart", "print_outbox", "contact_point", "account_party", "customer_search")

_TABLE_RIGHTS = """
SELECT c.relname AS name, acl.privilege_type AS right_, COALESCE(r.rolname, 'PUBLIC') AS role
FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) AS acl LEFT JOIN pg_roles r ON r.oid = acl.grantee
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND acl.grantee <> c.relowner
  AND acl.privilege_type <> 'SELECT' ORDER BY 1, 2, 3
"""
_COLUMN_RIGHTS = """
SELECT c.relname || '.' || a.attname AS name, acl.privilege_type AS right_, COALESCE(r.rolname, 'PUBLIC') AS role
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid CROSS JOIN LATERAL aclexplode(a.attacl) AS acl
LEFT JOIN pg_roles r ON r.oid = acl.grantee
WHERE c.relnamespace = 'public'::regnamespace AND acl.privilege_type <> 'SELECT' ORDER BY 1, 2, 3
"""
_RULES = """
SELECT c.relname AS name, w.rulename AS rule FROM pg_rewrite w JOIN pg_class c ON c.oid = w.ev_class
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1, 2
"""
_ROWS_HIDDEN = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relrowsecurity ORDER BY 1
"""
_UNLOGGED = """
SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relpersistence <> 'p'
ORDER BY 1
"""
_DEFAULTS = """
SELECT c.relname || '.' || a.attname FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid
JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1
"""
_TOO_MIGHTY = f"""
SELECT rolname FROM pg_roles WHERE rolname = '{APP_ROLE}' AND (rolsuper OR rolbypassrls OR rolcreaterole)
UNION SELECT m.rolname FROM pg_auth_members g JOIN pg_roles m ON m.oid = g.member
WHERE m.rolname = '{APP_ROLE}' AND g.roleid IN (SELECT oid FROM pg_roles WHERE rolname = '{OWNER_ROLE}' OR rolsuper)
"""  # noqa: S608 - our own role's name


def privilege_faults(connection: Connection) -> Iterator[str]:
    """Name what lets the ledger be changed on PostgreSQL though its tables and triggers are as they were made.

    Reading rights are the city's own affair; whoever else may write is not.
    """
    for query in (_TABLE_RIGHTS, _COLUMN_RIGHTS):
        for name, right, role in connection.exec_driver_sql(query):
            if role != APP_ROLE or right not in _granted(name):
                yield f"{role} was given the right to {right} {name}; the program never gives it"
    for name, rule in connection.exec_driver_sql(_RULES):
        yield f"table {name} has a rule {rule}, which turns what is recorded into something else"
    for query, words in (
        (_ROWS_HIDDEN, "hides rows by row security"),
        (_UNLOGGED, "is not logged, so a crash empties it"),
        (_DEFAULTS, "has a default value that the program never set"),
    ):
        for name in connection.exec_driver_sql(query).scalars():
            yield f"{name} {words}"
    for role in connection.exec_driver_sql(_TOO_MIGHTY).scalars():
        yield f"the program’s role {role} may do more than record: it was made the owner’s equal"


def _granted(table: str) -> frozenset[str]:
    """Give what the migrations grant to the program beside reading."""
    if table == "alembic_version" or "." in table:
        return frozenset()
    if table in _MAY_ADD:
        return frozenset({"INSERT"})
    if table in _MAY_PURGE:
        return frozenset({"INSERT", "DELETE"})
    return frozenset({"INSERT", "UPDATE", "DELETE"} if table in _MAY_DROP else {"INSERT", "UPDATE"})
