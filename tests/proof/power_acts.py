"""What is recorded for the power cuts: a process that works through the program's services and marks what is done.

``python -m proof.power_acts FOLDER CASE …`` does each case under ``FOLDER/CASE`` and writes to ``FOLDER/CASE.marks``,
after each act that came back, what was acknowledged by it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Connection, event

from csr_desk import durable
from csr_desk.data import backup, schema, sqlite
from csr_desk.data.engine import Store, open_store
from csr_desk.data.verify import verify
from csr_desk.devices.simulated import FolderPrinter
from csr_desk.services import setup
from csr_desk.services.catalogue_exchange import export_catalogue
from csr_desk.services.catalogue_files import load_folder
from csr_desk.ui import saved_files
from migrations import first_revision
from proof.counter import Counter, make_office, open_counter
from proof.power_strace import MARKS

DATABASE = "data/office.db"
KEYS = "config/keys"
"""Where the cases keep them, from their root."""

SEEN = """
SELECT e.series_id, e.seq, e.receipt_no, e.idem_key, hex(e.mac), COALESCE(SUM(t.amount_minor), 0)
FROM ledger_event e LEFT JOIN ledger_tender t ON t.series_id = e.series_id AND t.seq = e.seq
GROUP BY e.series_id, e.seq ORDER BY e.series_id, e.seq
"""
"""Each entry with its receipt number, key, seal and money, in cents."""

SETTINGS: dict[str, dict[str, object]] = {
    "": {},
    "DELETE+FULL": {"journal_mode": "DELETE", "synchronous": "FULL"},
    "WAL+NORMAL": {"journal_mode": "WAL", "synchronous": "NORMAL"},
    "OFF": {"synchronous": "OFF"},
}
"""Durability of the database: the program's own, and what it must never be."""

_READ_BACK = {"DELETE": "delete", "WAL": "wal", "FULL": 2, "NORMAL": 1, "OFF": 0}


def set_durability(name: str) -> None:
    """Let SQLite work with other settings from now on, where a case is broken on purpose."""
    other = SETTINGS[name]
    sqlite.PRAGMAS = tuple(
        (pragma, str(other.get(pragma, asked)), _READ_BACK.get(str(other.get(pragma)), expected))
        for pragma, asked, expected in OWN
    )
    sqlite.WAL_MENDED = (3, 51, 3) if name == "" else (3, 0, 0)


OWN = sqlite.PRAGMAS
"""The settings that the program chose."""


@dataclass(slots=True)
class Witness:
    """Writes down what was acknowledged, transaction by transaction, from where nothing of it is lost."""

    root: Path
    known: set[tuple[str, int]] = field(default_factory=set)
    transactions: list[list[list[Any]]] = field(default_factory=list)
    """Entries of each transaction that ended since the last mark."""

    @property
    def url(self) -> str:
        """The database of the case."""
        return f"sqlite:///{self.root / DATABASE}"

    @property
    def keys(self) -> Path:
        """Where the case keeps its chain key."""
        return self.root / KEYS

    def watch(self, store: Store) -> None:
        """Look at each transaction of this store when it is about to end."""
        event.listen(store.write_engine, "commit", self.look)

    def look(self, connection: Connection) -> None:
        """Take down the entries that were not there before."""
        rows = [list(row) for row in connection.exec_driver_sql(SEEN)]
        new = [row for row in rows if (row[0], row[1]) not in self.known]
        self.known.update((row[0], row[1]) for row in new)
        if new:
            self.transactions.append(new)

    def mark(self, act: str, files: Iterable[Path] = (), **more: object) -> None:
        """Say that an act came back: its entries and files are acknowledged from now on."""
        said = {
            "act": act,
            "transactions": self.transactions,
            "files": {str(path.relative_to(self.root)): fingerprint(path.read_bytes()) for path in files},
            **more,
        }
        self.transactions = []
        handle = os.open(f"{self.root}{MARKS}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.write(handle, json.dumps(said).encode())
        os.close(handle)


def fingerprint(content: bytes) -> str:
    """Tell files apart."""
    return hashlib.sha256(content).hexdigest()


@contextlib.contextmanager
def counter_of(witness: Witness) -> Iterator[Counter]:
    """Open the case's office at its counter, watched."""
    counter = open_counter(witness.url, witness.keys)
    witness.watch(counter.desk.store)
    try:
        yield counter
    finally:
        counter.desk.close()


def set_up(witness: Witness) -> None:
    """Make the case's office, and take down the entry that founds it."""
    make_office(witness.url, witness.keys)
    store = open_store(witness.url, key_folder=witness.keys)
    with store.engine.connect() as connection:
        witness.look(connection)
    store.close()


def new_station(witness: Witness, _size: int) -> None:
    """Set up an office on a station that has no folder of it yet, and sell."""
    witness.mark("begin")
    set_up(witness)
    witness.mark("set up", office=True)
    with counter_of(witness) as counter:
        counter.open()
        witness.mark("open")
        counter.sell()
        witness.mark("sale")


def a_day(witness: Witness, size: int) -> None:
    """Work a whole day: sales, voids, drops, the count, the deposit, the close, the export and its file."""
    set_up(witness)
    witness.mark("begin", office=True)
    with counter_of(witness) as counter:
        for name, _key, act in counter.acts(sales=size):
            done = act()
            witness.mark(name)
            if name == "export":
                file = durable.write_file(witness.root / "exports" / done.value.name, done.value.content)
                witness.mark("file", [file])


def written_files(witness: Witness, _size: int) -> None:
    """Write what the program writes beside its database, some of it twice."""
    set_up(witness)
    out = witness.root / "out"
    catalogue = load_folder(setup.demo_catalogue_folder())
    witness.mark("begin", office=True)
    for content in (b"the journal of Monday\n" * 400, b"the journal of Tuesday\n" * 50):
        witness.mark("journal", [durable.write_file(out / "gl.csv", content)])
        saved = saved_files.save_file("report.csv", content)
        witness.mark("report", [saved])
    FolderPrinter(out / "papers").print(b"%PDF" * 700, "Receipt 1")
    witness.mark("paper", (out / "papers").glob("*.pdf"))
    export_catalogue(catalogue, out / "catalogue")
    witness.mark("catalogue", sorted((out / "catalogue").glob("*.csv")))
    export_catalogue(catalogue, out / "catalogue.xlsx")
    witness.mark("workbook", [out / "catalogue.xlsx"])


def a_backup(witness: Witness, _size: int) -> None:
    """Copy the database while it is in use, then again over the first copy."""
    set_up(witness)
    target = witness.root / "backups" / "office.db"
    target.parent.mkdir()
    with counter_of(witness) as counter:
        counter.open()
        witness.mark("begin", office=True)
        for _ in range(2):
            backup.copy_file(witness.root / DATABASE, target)
            assert verify(f"sqlite:///{target}", key_folder=witness.keys, processes=1).ok
            witness.mark("backup", [target])
            counter.sell()
            witness.mark("sale")


def a_migration(witness: Witness, revision: str) -> None:
    """Bring an office that an earlier release made up to date."""
    (witness.root / DATABASE).parent.mkdir()
    first_revision.make(witness.url)
    store = first_revision.open_as_it_is(witness.url)
    if revision != first_revision.REVISION:
        first_revision.upgrade_to(store.write_engine, revision)
    with store.engine.connect() as connection:
        witness.look(connection)
    store.close()
    witness.mark("begin", office=True, revision=revision)
    before = set(witness.root.rglob("*"))
    open_store(witness.url).close()
    made = [path for path in sorted(set(witness.root.rglob("*")) - before) if path.is_file() and path.suffix != ".lock"]
    assert made, "no backup was made first"
    witness.mark("migration", made, revision=schema.HEAD)


Case = Callable[[Witness, int], None]

CASES: dict[str, Case] = {
    "station": new_station,
    "day": a_day,
    "files": written_files,
    "backup": a_backup,
    "from-0001": lambda witness, _size: a_migration(witness, "0001"),
    "from-0002": lambda witness, _size: a_migration(witness, "0002"),
}
"""What can be recorded, by name."""


def _no_sync(_handle: object) -> None:
    """Do nothing where the disk was to be asked."""


def _under_its_name(path: Path, content: bytes) -> Path:
    """Write a file under its own name at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


BREAKS: dict[str, Callable[[], AbstractContextManager[object]]] = {
    "no-sync": lambda: patch.object(os, "fsync", _no_sync),
    "own-name": lambda: patch.object(durable, "write_file", _under_its_name),
}
"""Faults of the program that are planted on purpose, after the ``:`` of a case."""


def main(words: list[str]) -> None:
    """Do the cases: ``name``, ``name:settings`` or ``name:break``, each with ``=size`` if it has one."""
    folder = Path(words[0])
    for word in words[1:]:
        name, _, size = word.partition("=")
        case, _, how = name.partition(":")
        root = folder / name
        root.mkdir()
        os.environ["CSR_DESK_HOME"], os.environ["CSR_DESK_KEYS"] = str(root / "home"), str(root / KEYS)
        set_durability(how if how in SETTINGS else "")
        with BREAKS.get(how, contextlib.nullcontext)():
            CASES[case](Witness(root), int(size or 4))


if __name__ == "__main__":
    main(sys.argv[1:])
