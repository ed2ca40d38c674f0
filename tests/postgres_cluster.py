"""A private PostgreSQL cluster for the tests: made by initdb as an unprivileged user, reached by a Unix socket only."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

_ROOM = 2_000_000_000
"""Bytes that the tests' databases may take."""
_PLACES = (Path("/usr/lib/postgresql"), Path("/usr/local/lib/postgresql"))


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running server."""

    folder: Path
    binaries: Path
    user: str
    options: str = ""

    def url(self, database: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://{self.user}@/{database}?host={self.folder}"

    @property
    def data(self) -> Path:
        """Where its files are."""
        return self.folder / "data"

    def start(self) -> None:
        """Start it, and wait until it takes connections (after a crash: until it has recovered)."""
        self._control("-w", "-t", "60", "-l", str(self.folder / "log"), "-o", self.options, "start")

    def crash(self) -> None:
        """Stop it at once, as if its processes had died: nothing is written any more, no connection is told."""
        self._control("-m", "immediate", "-w", "stop")

    def _control(self, *words: str) -> None:
        _run([str(self.binaries / "pg_ctl"), "-D", str(self.data), *words], _servant())

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements as the server's superuser, each final at once."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())


def binaries() -> Path | None:
    """Find the newest installed server's programs, or None."""
    named = shutil.which("initdb")
    found = [Path(named).parent] if named else []
    found += sorted(
        (path.parent for place in _PLACES for path in place.glob("*/bin/initdb")),
        key=lambda path: int(path.parent.name) if path.parent.name.isdigit() else 0,
        reverse=True,
    )
    return found[0] if found else None


def _servant() -> pwd.struct_passwd | None:
    """Return the unprivileged user that runs the server, or None to run it as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("there is no unprivileged user to run PostgreSQL as")


def _run(command: list[str], servant: pwd.struct_passwd | None) -> None:
    """Run a program of the server; its own output goes to a file, because a daemon would keep a pipe open."""
    with tempfile.TemporaryFile() as said:
        identity = {"user": servant.pw_uid, "group": servant.pw_gid, "extra_groups": []} if servant else {}
        done = subprocess.run(command, stdout=said, stderr=said, cwd="/", check=False, **identity)  # type: ignore[call-overload]
        said.seek(0)
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {said.read().decode(errors='replace')}")


def memory_folder() -> str | None:
    """Return a folder in memory, where syncing costs nothing; None where there is too little of it."""
    shared = Path("/dev/shm")  # noqa: S108 - mkdtemp makes a private folder in it
    return str(shared) if shared.is_dir() and shutil.disk_usage(shared).free > _ROOM else None


@contextlib.contextmanager
def cluster(*, on_disk: bool = False, settings: str = "") -> Iterator[Cluster]:
    """Make, start and afterwards stop and remove a server with data checksums.

    In memory where there is room, unless ``on_disk``; ``settings`` are further options of the server.
    """
    programs = binaries()
    if programs is None:
        raise RuntimeError("PostgreSQL's programs (initdb, pg_ctl) are not installed")
    servant = _servant()
    folder = Path(tempfile.mkdtemp(prefix="csrpg-", dir=None if on_disk else memory_folder()))
    if servant:
        os.chown(folder, servant.pw_uid, servant.pw_gid)
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c max_connections=60 {settings}".strip()
    server = Cluster(folder, programs, "keeper", options)
    # -N: nothing of it matters yet, and its first checkpoint syncs it all
    making = ["-N", "-D", str(server.data), "-U", server.user, "-A", "trust", "-E", "UTF8", "--locale=C"]
    _run([str(programs / "initdb"), *making, "--data-checksums"], servant)
    server.start()
    try:
        yield server
    finally:
        server.crash()
        shutil.rmtree(folder, ignore_errors=True)
