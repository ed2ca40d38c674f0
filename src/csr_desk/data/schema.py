"""The database's shape: is it there, is it the one this program knows, and how it is brought up to date."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, Engine

from csr_desk import locations
from csr_desk.data import sqlite
from csr_desk.data.fingerprint import hash_of, shape, table_names
from csr_desk.data.models.drawer import ONE_OPEN_BATCH
from csr_desk.data.postgres import OWNER_ROLE
from csr_desk.data.privileges import privilege_faults
from csr_desk.domain.errors import Trouble

HEAD = "0006"
"""The newest revision in ``migrations/versions``."""

KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006")
"""Every revision this program can bring up to date, oldest first."""

FINGERPRINTS = {
    ("0001", "sqlite"): "a01a939d6cb72c939fec346faed0c387e04bef70ddb0c857d421d166765a5a3d",
    ("0001", "postgresql"): "564a55613c5ee7d52c3395cc90f0d04d424bbfa34b8dde0c2738ebb8dc63263f",
    ("0002", "sqlite"): "3ba75e635fe02e5611321a850ce195dc49296f01892c1e17dcaa7b87c433b02a",
    ("0002", "postgresql"): "bb7425bf62883351dbf6366b58b1a57a552e042deab900d6de836190855c4518",
    ("0003", "sqlite"): "8915920237deb7a631466d5fe93f858b14d3eb4d89cc7c4a39089ecfd1b37860",
    ("0003", "postgresql"): "38725b69339fcd4748ae659b50da17288d455a9e043af5ebccd690899eceef77",
    ("0004", "sqlite"): "9e54fc2fdc44e4b1b95c21731440e6a97d7f112d14ee8b071e8230005c813a08",
    ("0004", "postgresql"): "7005f91222b7efda259a0e91dc27ac4b887422942630244d116c17ee87e6d4f4",
    ("0005", "sqlite"): "4d1877485adcf6ec48b2d4063eb9c457044fd95d1e232e9a2a5196fe39969b4d",
    ("0005", "postgresql"): "d7fe6f3c195563c882df8e0a4ae10898f87c592163a18c355fd56cec4faa9c00",
    ("0006", "sqlite"): "2f3d16aa86497f701568833a6f399d6424822651fcb85ddde4a6bca033e547a7",
    ("0006", "postgresql"): "67f12aeb90dd417ee6ab2b3970a8fc67b7eb5b2878b01291345c6efa70d7fcf8",
}
"""The fingerprint of each revision's tables, indexes and triggers; a test keeps them true."""

_MIGRATION_LOCK = 0x6373_7264
"""Keeps two stations from bringing up the same PostgreSQL database at once."""
_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps its state in the module, so one thread at a time."""


def revision_of(connection: Connection) -> str | None:
    """Return the revision of a database, or None for an empty one; raise Trouble for somebody else's or a newer one."""
    names = table_names(connection)
    if "alembic_version" not in names:
        if names:
            raise Trouble("This database belongs to another program. Name an empty one, or one that CSR Desk made.")
        return None
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all()
    if not found and names == {"alembic_version"}:
        return None
    if len(found) != 1 or found[0] not in KNOWN:
        raise Trouble("This database was made by a newer version of CSR Desk. Update the program on this station.")
    return str(found[0])


def upgrade(engine: Engine, before: Callable[[Connection], None] | None = None) -> None:
    """Bring a database to HEAD in one transaction; ``before`` runs inside it first (the backup of an existing file)."""
    with _ONE_AT_A_TIME, engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})")
            connection.exec_driver_sql(f"SET LOCAL ROLE {OWNER_ROLE}")
        if revision_of(connection) == HEAD:
            return
        if before is not None:
            before(connection)
        _run(connection)
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("GRANT SELECT ON alembic_version TO csr_app")


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - only when there is something to bring up to date
    from alembic.config import Config  # noqa: PLC0415 - the same: a usual start does without

    config = Config()
    config.set_main_option("script_location", str(locations.migrations()).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def rehearse(path: Path) -> None:
    """Bring a copy of an SQLite database up to date, from inside ``upgrade``: what fails, fails on the copy only."""
    engine = sqlite.make_engine(path, writing=True)
    try:
        with engine.begin() as connection:
            _run(connection)
    finally:
        engine.dispose()


def refuse_altered(connection: Connection, revision: str = HEAD) -> None:
    """Raise Trouble if a table, index or trigger is not as the migrations made it."""
    fault = schema_fault(connection, revision)
    if fault:
        raise Trouble(fault)


def schema_fault(connection: Connection, revision: str = HEAD) -> str | None:
    """Say in a sentence what about the schema was altered, or None."""
    rows = shape(connection)
    if not any(ONE_OPEN_BATCH in row for row in rows):
        return "The database lost the index that keeps a drawer from being open twice. Restore it from a backup."
    if hash_of(rows) != FINGERPRINTS[revision, connection.dialect.name]:
        return (
            "The database's tables or guards were altered by another program; nothing is recorded until a "
            "database administrator has looked at it. “csr-desk verify” says what it can about the entries."
        )
    loosened = next(privilege_faults(connection), None) if connection.dialect.name == "postgresql" else None
    if loosened:
        return (
            f"The database's guards were loosened: {loosened}. Nothing is recorded until a database administrator "
            "has taken it back."
        )
    return None
