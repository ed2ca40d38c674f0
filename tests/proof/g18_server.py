"""G18 on PostgreSQL: the database is restored to an older state, or another is put in its place, under an open desk."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import psycopg

from csr_desk.data.same_ledger import Watch
from csr_desk.data.verify import verify
from postgres_cluster import Cluster, binaries, cluster
from proof.counter import Counter, make_office, new_key, open_counter
from proof.swapped import CRASHED, RECORDED, told
from proof.table import Row, Tier

LIVE, OLDER, BRANCH = "csr_live", "csr_older", "csr_branch"
MOST_TRIES = 4
"""The first act may find only its link cut; after so many the desk must have stopped."""


class Server:
    """A server with an office and its older states."""

    def __init__(self, server: Cluster, folder: Path) -> None:
        """Make the office, an older copy of it, and that copy with other sales."""
        self.server = server
        folder.mkdir()
        self.folder = folder
        self.keys = folder / "keys"
        server.execute(f"CREATE DATABASE {LIVE}")
        make_office(server.url(LIVE), self.keys)
        self.sales(LIVE, 3, first=True)
        self.copy(LIVE, OLDER)
        self.copy(LIVE, BRANCH)
        self.sales(BRANCH, 9)
        self.sales(LIVE, 3)

    def copy(self, source: str, target: str) -> None:
        """Copy a whole database."""
        self.drop(target)
        self.cut_off(source)
        self.server.execute(f"CREATE DATABASE {target} TEMPLATE {source}")

    def drop(self, name: str) -> None:
        """Drop a database, whoever is connected."""
        self.server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def cut_off(self, name: str) -> None:
        """End every connection to a database."""
        with psycopg.connect(self.server.url("postgres"), autocommit=True) as link:
            link.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))

    def sales(self, name: str, count: int, *, first: bool = False) -> None:
        """Sell in a database."""
        counter = open_counter(self.server.url(name), self.keys)
        if first:
            counter.open()
        for _ in range(count):
            counter.sell()
        counter.desk.close()

    def rename_over(self, other: str) -> None:
        """Put a copy of another database in the place of the one in use."""
        self.cut_off("at_work")
        self.server.execute("ALTER DATABASE at_work RENAME TO put_aside")
        self.copy(other, "at_work")

    def restore_in_place(self, other: str) -> None:
        """Restore a dump of another database into the one in use; connections stay."""
        programs, where = (
            (self.server.binaries / "initdb").resolve().parent,
            ("-h", str(self.server.folder), "-U", self.server.user),
        )
        dump = self.folder / f"{other}.dump"
        subprocess.run([programs / "pg_dump", *where, "-Fc", "-f", dump, other], check=True)
        subprocess.run([programs / "pg_restore", *where, "--clean", "-1", "-d", "at_work", dump], check=True)


def one_case(at: Server, how: str, other: str) -> tuple[int, int, int, str]:
    """Swap under an open desk; give acts tried, acts acknowledged into the wrong ledger, untrue words, the first."""
    for name in ("at_work", "put_aside"):
        at.drop(name)
    at.copy(LIVE, "at_work")
    counter = open_counter(at.server.url("at_work"), at.keys)
    counter.sell()
    getattr(at, how)(other)
    outcomes = [_act(counter) for _ in range(MOST_TRIES)]
    latched = counter.desk.store.latched or ""
    counter.desk.close()
    lost = sum(outcome == RECORDED for _, outcome, _ in outcomes)
    untrue = sum(_stored(at, key) or outcome == CRASHED for key, outcome, _ in outcomes if outcome != RECORDED)
    untrue += "not the one" not in latched
    whole = verify(at.server.url("at_work"), key_folder=at.keys, processes=1).ok
    first = f"{how} {other}: {outcomes} {latched[:80]}" if lost or untrue or not whole else ""
    return len(outcomes), lost, untrue + (not whole), first


def _act(counter: Counter) -> tuple[str, str, str]:
    key = new_key()
    fault: Exception | None = None
    try:
        counter.sell(key)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what the clerk gets
        fault = error
    return key, told(fault), str(fault or "")[:60]


def _stored(at: Server, key: str) -> bool:
    with psycopg.connect(at.server.url("at_work")) as link:
        return link.execute("SELECT 1 FROM ledger_event WHERE idem_key = %s", (key,)).fetchone() is not None


@contextmanager
def heads_unseen() -> Iterator[None]:
    """Take the comparison of the heads out of the program."""
    with patch.object(Watch, "check_head", lambda *_: None):
        yield


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Prove it."""
    if binaries() is None:
        yield Row("G18", "database restored under a desk", "postgresql", 0, 0, remark="PostgreSQL is not installed")
        return
    with cluster() as running:
        at = Server(running, folder / "server")
        cases = [(how, other) for how in ("rename_over", "restore_in_place") for other in (OLDER, BRANCH)]
        rounds = 10 if tier is Tier.NIGHT else 1
        results = [one_case(at, how, other) for _ in range(rounds) for how, other in cases]
        first = next((first for *_, first in results if first), "")
        yield _row("database restored under a desk", results, first[:160])
        with heads_unseen():
            results = [one_case(at, "rename_over", OLDER)]
        yield _row("heads not compared", results, broken=True)


def _row(what: str, results: list[tuple[int, int, int, str]], remark: str = "", *, broken: bool = False) -> Row:
    tried, lost, untrue = (sum(int(result[n]) for result in results) for n in range(3))
    return Row(
        "G18",
        what,
        "postgresql",
        tried,
        len(results),
        lost=lost,
        altered=untrue,
        remark=remark,
        broken_on_purpose=broken,
    )
