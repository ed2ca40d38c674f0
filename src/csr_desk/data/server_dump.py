"""A dump of a PostgreSQL database by pg_dump, in the very state that its manifest names."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from csr_desk import durable
from csr_desk.data import backup, postgres
from csr_desk.data.backup_folder import Listed, alone, app_version, manifest_path
from csr_desk.domain.backups import BackupKind, Manifest, name_of, write_manifest
from csr_desk.domain.errors import Trouble

PROOF = "dumped in the state of these heads; recomputed only after it was restored"
LIMIT_SECONDS = 3600
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def dump(address: URL, folder: Path, key: bytes, taken_at: str) -> Listed:
    """Dump a database in pg_dump's custom format, with a manifest; raise Trouble where that cannot be done."""
    program = shutil.which("pg_dump")
    if program is None:
        raise Trouble("pg_dump is not on the PATH of this station. The city's database administrator makes the backup.")
    engine = postgres.make_engine(address, as_app=False)
    try:
        with (
            durable.told_as_trouble(f"The dump could not be made in {folder}"),
            alone(folder),
            engine.connect().execution_options(isolation_level="REPEATABLE READ") as connection,
            connection.begin(),
        ):
            return _dumped(connection, address, (folder, key, taken_at), program)
    finally:
        engine.dispose()


def _dumped(connection: Connection, address: URL, wanted: tuple[Path, bytes, str], program: str) -> Listed:
    folder, key, taken_at = wanted
    snapshot = str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())
    tables = [str(name) for name in connection.exec_driver_sql(_TABLES).scalars()]
    content = backup.snapshot_of(_fetch_from(connection), tables)
    if content is None:
        raise Trouble("There is no office in this database yet, so there is nothing to back up.")
    name = name_of(content.office, taken_at, BackupKind.BY_HAND, "dump")
    draft = durable.draft_beside(folder / name)
    try:
        _run([program, "--format=custom", f"--snapshot={snapshot}", f"--file={draft}"], address)
        seal, size = durable.hash_file(draft)
        manifest = Manifest(name, seal, size, BackupKind.BY_HAND, taken_at, app_version(), "postgresql", content, PROOF)
        durable.take_name(draft, folder / name)
        durable.write_file(manifest_path(folder / name), write_manifest(manifest, key), durable.PRIVATE_FILE)
    finally:
        durable.drop_draft(draft)
    return Listed(folder / name, manifest)


def _fetch_from(connection: Connection) -> backup.Fetch:
    def fetch(query: str, values: Sequence[object]) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(query.replace("?", "%s"), tuple(values))]

    return fetch


def _run(command: list[str], address: URL) -> None:
    """Run pg_dump; the password goes by the environment, never by the command line that everybody can read."""
    plain = address.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    environment = {**os.environ, **({"PGPASSWORD": str(address.password)} if address.password else {})}
    try:
        done = subprocess.run(  # noqa: S603 - pg_dump from the PATH, arguments of our own
            [*command, f"--dbname={plain}"], env=environment, capture_output=True, check=False, timeout=LIMIT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Trouble(f"pg_dump could not be run: {error}.") from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise Trouble(f"pg_dump failed: {said[-1] if said else done.returncode}.")
