"""G7: whoever changes the database behind the program's back is found out, on each engine, and told where."""

from __future__ import annotations

import contextlib
import itertools
import os
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from csr_desk.data.engine import open_store
from csr_desk.data.models import metadata
from postgres_cluster import Cluster, binaries, cluster, memory_folder
from proof.table import Row, Tier
from proof.tampering import bits, broken, columns, entries, guards, outside, search_index
from proof.tampering.bench import Bench, Case, Outcome, PostgresBench, SqliteBench, Verdict
from proof.tampering.free import FREE, is_free
from proof.tampering.story import make_rich_office
from sealing import Office

ROWS = {Tier.TASTE: 1, Tier.COMMIT: 2, Tier.NIGHT: 12}
"""Of each table so many rows are changed, column by column."""
FLIPS = {Tier.TASTE: 60, Tier.COMMIT: 1_000, Tier.NIGHT: 0}
"""So many bits are flipped, evenly over the file; 0: one in every byte."""


@dataclass
class Tally:
    """What all the cases of a family came to."""

    judged: int = 0
    refused: int = 0
    found: int = 0
    unnoticed: list[str] = field(default_factory=list)
    broke: list[str] = field(default_factory=list)
    seen_free: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, one: Outcome) -> None:
        """Take a verdict in: what is on the list may go unnoticed, what the database refuses was never changed."""
        if one.verdict is Verdict.REFUSED:
            self.refused += 1
            return
        self.judged += 1
        if one.verdict is Verdict.FOUND:
            self.found += 1
        elif one.verdict is Verdict.BROKE:
            self.broke.append(f"{one.case.name}: {one.said}")
        elif one.case.column and is_free(one.case.tables[0], one.case.column, one.case.row):
            self.seen_free[one.case.tables[0], one.case.column] += 1
        else:
            self.unnoticed.append(one.case.name)

    def row(self, what: str, engine: str, remark: str = "") -> Row:
        """Write the family as a row of the table."""
        free = sum(self.seen_free.values())
        words = [f"{self.found:,} found"]
        words += [f"{free:,} on the list of free columns"] if free else []
        words += [f"{self.refused:,} refused by the database"] if self.refused else []
        words += [remark] if remark else []
        words += [f"UNNOTICED: {name}" for name in self.unnoticed[:3]]
        words += [f"BROKE: {name}" for name in self.broke[:2]]
        wrong = len(self.unnoticed) + len(self.broke)
        return Row("G7", what, engine, self.judged, self.judged, altered=wrong, remark=", ".join(words))


def rows(tier: Tier, folder: Path) -> Iterator[Row]:
    """Prove it on SQLite, then on PostgreSQL where that is installed."""
    with _quick(folder) as place, _at_home_in(place / "home"):
        yield from _on_sqlite(tier, place)
        yield from broken.rows(place / "broken", tier)
        if tier is not Tier.TASTE:
            yield from on_postgres(tier, place / "postgres")


@contextlib.contextmanager
def _quick(folder: Path) -> Iterator[Path]:
    """Work in memory where there is room: thousands of copies need no disk."""
    with tempfile.TemporaryDirectory(prefix="proof-g7-", dir=memory_folder() or folder) as place:
        yield Path(place)


@contextlib.contextmanager
def _at_home_in(home: Path) -> Iterator[None]:
    before = os.environ.get("CSR_DESK_HOME")
    os.environ["CSR_DESK_HOME"] = str(home)
    try:
        yield
    finally:
        os.environ.pop("CSR_DESK_HOME")
        if before is not None:
            os.environ["CSR_DESK_HOME"] = before


def _on_sqlite(tier: Tier, folder: Path) -> Iterator[Row]:
    office, key = rich_file(folder)
    bench = SqliteBench(office, key, folder)
    yield from judged(bench, tier)
    yield _tally(guards.on_sqlite(office, key, folder)).row("triggers, indexes, rules, schema", "sqlite")
    yield from _outside("sqlite", f"sqlite:///{folder / 'day' / 'office.sqlite'}", folder / "day", _saved_file)
    yield _flips(tier, folder)


def rich_file(folder: Path) -> tuple[Path, bytes]:
    """Make the office that is tampered with, as a file; give it and its chain key."""
    office = folder / "rich.sqlite"
    url = f"sqlite:///{office}"
    make_rich_office(url, folder / "keys")
    store = open_store(url, key_folder=folder / "keys")
    key = store.key
    store.close()
    return office, key


def on_postgres(tier: Tier, folder: Path) -> Iterator[Row]:
    """Prove it on a server of its own, as the superuser whom no trigger stops."""
    if binaries() is None:
        yield Row(
            "G7", "a superuser changes rows and entries", "postgresql", 0, 0, remark="PostgreSQL is not installed"
        )
        return
    with cluster() as server:
        server.execute("CREATE DATABASE rich")
        url = server.url("rich")
        make_rich_office(url, folder / "keys")
        store = open_store(url, key_folder=folder / "keys")
        key = store.key
        store.close()
        yield _tally(guards.on_postgres(url, key, _copies(server, "rich"))).row(
            "triggers, owners, rights, rules, schema", "postgresql"
        )
        bench = PostgresBench(url, key)
        try:
            yield from judged(bench, tier)
        finally:
            bench.close()
        server.execute("CREATE DATABASE day")
        yield from _outside("postgresql", server.url("day"), folder / "day", _saved_database(server))


def _copies(server: Cluster, template: str) -> Callable[[], str]:
    numbers = itertools.count(1)

    def fresh() -> str:
        name = f"copy_{next(numbers)}"
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return server.url(name)

    return fresh


def judged(bench: Bench, tier: Tier) -> Iterator[Row]:
    """Change every column of every table, and whole rows and entries; then hold the list of free columns to it."""
    of_columns: Iterable[Case] = columns.cases(bench, ROWS[tier])
    if bench.engine == "postgresql" and tier is not Tier.NIGHT:
        # the verdict is the same code on both engines; a server takes four times as long for each
        of_columns = columns.one_kind_each(bench)
    changed, whole = _tally(bench.judge(case) for case in of_columns), Tally()
    yield changed.row("every column of every table changed", bench.engine, f"{len(metadata.tables)} tables")
    for case in entries.cases(bench):
        whole.add(bench.judge(case))
    yield whole.row("rows and entries removed, forged, moved", bench.engine)
    yield _tally(map(bench.judge, search_index.cases(bench))).row("the search index over customers", bench.engine)
    if bench.engine == "sqlite":
        yield list_of_free(changed.seen_free + whole.seen_free, complete=tier is not Tier.TASTE)


def _tally(outcomes: Iterable[Outcome]) -> Tally:
    tally = Tally()
    for one in outcomes:
        tally.add(one)
    return tally


def list_of_free(seen: Mapping[tuple[str, str], int], *, complete: bool) -> Row:
    """Hold the list to the schema and to what went unnoticed: it may be neither outdated nor generous."""
    known = {(table.name, column.name) for table in metadata.tables.values() for column in table.columns}
    known |= {(table, sign) for table in metadata.tables for sign in "+-"}
    gone = [place for place in FREE if place not in known]
    idle = [place for place in FREE if complete and not seen.get(place) and place not in SELDOM]
    words = [
        f"{len(FREE)} places on the list",
        *(f"NOT THERE: {one}" for one in gone),
        *(f"FOUND NOW: {one}" for one in idle),
    ]
    return Row("G7", "the list of what may change is true", "sqlite", len(FREE), 0, altered=len(gone) + len(idle),
               remark=", ".join(words))  # fmt: skip


SELDOM = frozenset({
    ("bill", "bill_id"), ("bill", "returned_item"), ("bill", "+"), ("bill", "-"), ("account", "-"), ("customer", "-"),
    ("training_run", "served"), ("training_run", "score"), ("training_run", "body"), ("training_run", "state"),
})  # fmt: skip
"""On the list, though the rows that COMMIT happens to choose may all be found."""


def _outside(
    engine: str, url: str, folder: Path, save: Callable[[Path], Callable[[Office, str], str]]
) -> Iterator[Row]:
    """Put the database of after every act back in place of the newest."""
    folder.mkdir(parents=True, exist_ok=True)
    day = outside.a_day(url, folder, save(folder))
    tried, passed = 0, []
    for witness in day.witnesses:
        tried += sum(outside.before(one.act, witness) for one in day.older)
        passed += [f"{witness.name} took “after {act}”" for act in outside.unnoticed(day, witness)]
    names = f"{len(day.witnesses)} witnesses, each alone"
    yield Row("G7", "an older database put back", engine, tried, tried, altered=len(passed),
              remark="; ".join([names, *passed[:3]]))  # fmt: skip
    alone = sum(broken.takes_as_whole(one.url, day.key) for one in day.older)
    yield Row("G7", "an older database without any witness", engine, len(day.older), len(day.older), altered=alone,
              remark="nothing inside it can tell", broken_on_purpose=True)  # fmt: skip


def _saved_file(folder: Path) -> Callable[[Office, str], str]:
    def save(place: Office, name: str) -> str:
        copy = folder / f"{name}.sqlite"
        with contextlib.closing(sqlite3.connect(copy)) as there:
            source = place.desk.store.file
            assert source is not None
            with contextlib.closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here:
                here.backup(there)
        return f"sqlite:///{copy}"

    return save


def _saved_database(server: Cluster) -> Callable[[Path], Callable[[Office, str], str]]:
    def save(place: Office, name: str) -> str:
        place.desk.store.engine.dispose()
        place.desk.store.write_engine.dispose()
        server.execute(f"CREATE DATABASE after_{name} TEMPLATE day")
        return server.url(f"after_{name}")

    return lambda _folder: save


def _flips(tier: Tier, folder: Path) -> Row:
    """Flip one bit in each byte of a small file, or in as many as the tier has time for."""
    small = folder / "small"
    small.mkdir()
    office, key = bits.small_office(small)
    size = office.stat().st_size
    every = range(0, size, max(size // FLIPS[tier], 1)) if FLIPS[tier] else range(size)
    begun = time.monotonic()
    came = bits.flips(office, key, small, list(chain(every)))
    seconds = time.monotonic() - begun
    counted = came.counted
    words = f"{size:,} bytes: {counted[bits.Came.FOUND]:,} found, {counted[bits.Came.HARMLESS]:,} harmless"
    wrong = counted[bits.Came.SILENT] + counted[bits.Came.BROKE]
    total = sum(counted.values())
    pace = f"{1000 * seconds / max(total, 1):.0f} ms each"
    return Row("G7", "one bit of the file flipped", "sqlite", total, total, altered=wrong,
               remark="; ".join([words, pace, *came.bad[:3]]))  # fmt: skip
