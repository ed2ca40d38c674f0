"""PostgreSQL as this program uses it: the program's role, time limits, and the settings that make a commit durable."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from csr_desk.domain.errors import Trouble

APP_ROLE = "csr_app"
"""What the program may do: add to the ledger and read it, keep the counter's state."""
OWNER_ROLE = "csr_ledger_owner"
"""Owns the tables; nobody signs in as it."""

_LIMITS = "-c lock_timeout=5s -c statement_timeout=30s -c idle_in_transaction_session_timeout=60s -c timezone=UTC"
_LINK = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20000,
    "application_name": "csr-desk",
}

DURABLE: tuple[tuple[str, frozenset[str]], ...] = (
    ("fsync", frozenset({"on"})),
    ("full_page_writes", frozenset({"on"})),
    ("synchronous_commit", frozenset({"on", "remote_apply"})),
    ("data_checksums", frozenset({"on"})),
)
"""A live office refuses a server where one of these is otherwise: it may lose payments that were acknowledged."""


def make_engine(url: URL, *, as_app: bool) -> Engine:
    """Make an engine; as the program's role, or (for migrations) as whoever the address names."""
    arguments: dict[str, object] = {**_LINK, "options": _LIMITS} if as_app else {**_LINK, "options": "-c timezone=UTC"}
    engine = create_engine(url, connect_args=arguments, isolation_level="READ COMMITTED", hide_parameters=True)
    if as_app:
        event.listen(engine, "connect", _become_app)
    return engine


def _become_app(connection: Any, _record: object) -> None:
    connection.autocommit = True
    connection.execute(f"SET ROLE {APP_ROLE}")
    connection.autocommit = False


_ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = '{role}') THEN
        BEGIN
            CREATE ROLE {role} NOLOGIN;
        EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
        END;
    END IF;
    IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN
        GRANT {role} TO CURRENT_USER;
    END IF;
END $$
"""


def ensure_roles(engine: Engine) -> None:
    """Make the two roles if they are missing and this login may; several databases may be set up at once."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for role in (OWNER_ROLE, APP_ROLE):
            _ensure_role(connection, role)
        connection.exec_driver_sql(
            f"DO $$ BEGIN IF NOT has_schema_privilege('{OWNER_ROLE}', 'public', 'CREATE') THEN "
            f"GRANT USAGE, CREATE ON SCHEMA public TO {OWNER_ROLE}; END IF; END $$"
        )


def _ensure_role(connection: Connection, role: str) -> None:
    try:
        connection.exec_driver_sql(_ROLE.replace("{role}", role))
    except DBAPIError as error:
        raise Trouble(
            f"The database has no role {role} and this login may not make it. Ask the database administrator to run: "
            f"CREATE ROLE {role} NOLOGIN; GRANT {role} TO the login of this program."
        ) from error


def durability_faults(connection: Connection) -> tuple[str, ...]:
    """Name each server setting that may lose a payment after it was acknowledged, as sentences."""
    faults = []
    for name, wanted in DURABLE:
        got = str(connection.exec_driver_sql(f"SHOW {name}").scalar_one())
        if got not in wanted:
            faults.append(f"The server's {name} is {got}; a live office needs {name}=on.")
    return tuple(faults)
