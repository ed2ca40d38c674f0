"""Fresh databases for the proofs on each engine: one office is made, every case works in a copy of it."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from postgres_cluster import Cluster, binaries, cluster


@dataclass
class Place:
    """Where databases of one engine are made."""

    engine: str
    folder: Path
    server: Cluster | None = None
    _count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def keys(self) -> Path:
        """The folder of the keys."""
        return self.folder / "keys"

    def bare(self) -> str:
        """Give the address of an empty database."""
        name = f"{self.engine}_{next(self._count)}"
        if self.server is None:
            return f"sqlite:///{self.folder / name}.db"
        self.server.execute(f"CREATE DATABASE {name}")
        return self.server.url(name)

    def copies(self, make: Callable[[str], object]) -> Callable[[], str]:
        """Make one database with ``make`` and give what copies it: a fresh address each time."""
        template = self.bare()
        make(template)

        def copy() -> str:
            name = f"copy_{next(self._count)}"
            if self.server is None:
                target = self.folder / f"{name}.db"
                shutil.copyfile(template.removeprefix("sqlite:///"), target)
                return f"sqlite:///{target}"
            base = template.split("?")[0].rsplit("/", 1)[1]
            self.server.execute(f"CREATE DATABASE {name} TEMPLATE {base}")
            return self.server.url(name)

        return copy

    def drop(self, url: str) -> None:
        """Take a database away again."""
        if self.server is None:
            for path in self.folder.glob(Path(url.removeprefix("sqlite:///")).name + "*"):
                path.unlink()
            return
        self.server.execute(f"DROP DATABASE {url.split('?', maxsplit=1)[0].rsplit('/', 1)[1]} WITH (FORCE)")


@contextlib.contextmanager
def keys_in(folder: Path) -> Iterator[None]:
    """Keep the keys of offices that name no folder for them away from the user's own."""
    before = os.environ.get("CSR_DESK_KEYS")
    os.environ["CSR_DESK_KEYS"] = str(folder)
    try:
        yield
    finally:
        os.environ.pop("CSR_DESK_KEYS")
        if before is not None:
            os.environ["CSR_DESK_KEYS"] = before


@contextlib.contextmanager
def places(folder: Path) -> Iterator[tuple[Place, ...]]:
    """Give a place for each engine; only SQLite's where no PostgreSQL is installed."""
    folder.mkdir(parents=True, exist_ok=True)
    sqlite = Place("sqlite", folder)
    if binaries() is None:
        yield (sqlite,)
        return
    with cluster() as server:
        yield sqlite, Place("postgresql", folder, server)
