"""Opens what a power cut left with the program itself, and compares it with what had been acknowledged."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

from sqlalchemy.exc import DBAPIError

from csr_desk.data import schema, sqlite
from csr_desk.data.engine import open_store
from csr_desk.data.verify import verify
from csr_desk.domain.errors import Refusal, Trouble
from csr_desk.domain.ledger import receipt_number
from proof.counter import drawer, open_counter
from proof.power_acts import DATABASE, KEYS, SEEN, fingerprint
from proof.power_disk import Image
from proof.power_strace import Mark

Entry: TypeAlias = tuple[str, int, int | None, str, str, int]
"""Series, number in it, receipt number, key, seal, money in cents."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the program says about a disk after it came up again."""

    office: bool = False
    revision: str | None = None
    """Of the database before the program brought it up to date."""
    entries: tuple[Entry, ...] = ()
    fault: str = ""
    """Why it does not open, or the first thing that the verifier does not agree with."""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What the people at the counter had been told when the power failed, and what was still going on."""

    office: bool = False
    revision: str | None = None
    entries: Mapping[str, Entry] = field(default_factory=dict)
    """By key."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Path and fingerprint."""
    under_way: tuple[frozenset[Entry], ...] = ()
    """Entries of the act that had not come back, transaction by transaction."""
    files_under_way: Mapping[str, str] = field(default_factory=dict)
    names: frozenset[str] = frozenset()
    """Every path that a file ever gets."""


@dataclass(slots=True)
class Verdict:
    """What was wrong with the images of a case."""

    images: int = 0
    cuts: int = 0
    lost: int = 0
    doubled: int = 0
    altered: int = 0
    first: str = ""
    """The first thing that was wrong, in words."""
    databases: int = 0
    """Different databases that came out of the images, each verified in full."""
    sold: int = 0
    """How many of them took the next sale, and verified again."""

    def add(self, lost: int, doubled: int, altered: int, words: str) -> None:
        """Count what one image showed."""
        self.lost += lost
        self.doubled += doubled
        self.altered += altered
        self.first = self.first or words


def entry_of(row: Sequence[Any]) -> Entry:
    """Read an entry as the database or a mark gives it."""
    series, seq, receipt, key, seal, cents = row
    return str(series), int(seq), receipt if receipt is None else int(receipt), str(key), str(seal), int(cents)


def stages(marks: Sequence[Mark]) -> list[Acknowledged]:
    """Lay out what was acknowledged after each mark."""
    names = frozenset(name for mark in marks for name in mark.said["files"])
    found: list[Acknowledged] = []
    office, revision = False, None
    entries: dict[str, Entry] = {}
    files: dict[str, str] = {}
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        office = office or bool(mark.said.get("office"))
        revision = mark.said.get("revision", revision)
        entries |= {row[3]: entry_of(row) for rows in mark.said["transactions"] for row in rows}
        files |= mark.said["files"]
        coming = following.said if following else {"transactions": [], "files": {}}
        under_way = tuple(frozenset(map(entry_of, rows)) for rows in coming["transactions"])
        found.append(Acknowledged(office, revision, dict(entries), dict(files), under_way, coming["files"], names))
    return found


class Judge:
    """Opens images in one folder, one after the other; the same database that comes out twice is verified once."""

    def __init__(self, folder: Path) -> None:
        """Use an empty folder, in memory if there is one."""
        self._root = folder / "image"
        self._known: dict[bytes, Found] = {}
        self.sold = 0
        """How many databases took the next sale; in the others no drawer was open."""

    @property
    def databases(self) -> int:
        """How many different databases came out."""
        return len(self._known)

    def look(self, image: Image) -> Found:
        """Start the program on an image."""
        shutil.rmtree(self._root, ignore_errors=True)
        self._root.mkdir(parents=True)
        image.lay_out(self._root)
        path = self._root / DATABASE
        if not path.exists():
            return Found()
        keys = self._root / KEYS
        try:
            revision, entries = _recover(path)
        except (DBAPIError, Trouble) as error:
            return Found(fault=f"it does not open: {error}")
        came_out = blake2b(path.read_bytes())
        for key in sorted(keys.glob("*.key")) if keys.exists() else ():
            came_out.update(key.name.encode() + key.read_bytes())
        known = came_out.digest()
        if known not in self._known:
            found = _verified(path, keys, revision, entries)
            if found.office and not found.fault:
                found = replace(found, fault=self._go_on(path, keys, entries))
            self._known[known] = found
        return self._known[known]

    def _go_on(self, path: Path, keys: Path, entries: tuple[Entry, ...]) -> str:
        """Sell one more where a drawer is open: it takes the next number, and the whole verifies again."""
        counter = open_counter(f"sqlite:///{path}", keys)
        try:
            number = counter.sell().value.number
            self.sold += 1
            last = max((entry[2] or 0 for entry in entries if entry[0] == drawer(1)), default=0)
            if number != receipt_number(drawer(1), last + 1):
                return f"the next sale got the number {number}"
            return verify(counter.desk.store, processes=1).first_fault or ""
        except Refusal:
            return ""
        except Trouble as error:
            return f"the next sale was not recorded: {error}"
        finally:
            counter.desk.close()


def _recover(path: Path) -> tuple[str | None, tuple[Entry, ...]]:
    """Let the program's own connection roll back what was going on; read the revision and the entries of before."""
    engine = sqlite.make_engine(path, writing=False)
    try:
        with engine.connect() as connection, connection.begin():
            revision = schema.revision_of(connection)
            rows = connection.exec_driver_sql(SEEN).all() if revision else []
            return revision, tuple(entry_of(row) for row in rows)
    finally:
        engine.dispose()


def _verified(path: Path, keys: Path, revision: str | None, entries: tuple[Entry, ...]) -> Found:
    """Open the database as the program does at its start, and run the full verifier."""
    try:
        store = open_store(f"sqlite:///{path}", key_folder=keys)
    except Trouble as error:
        return Found(revision=revision, entries=entries, fault=f"the program refuses it: {error}")
    try:
        with store.engine.connect() as connection:
            office = connection.exec_driver_sql("SELECT 1 FROM office").first() is not None
            after = tuple(entry_of(row) for row in connection.exec_driver_sql(SEEN))
        fault = (verify(store, processes=1).first_fault or "") if office else ""
    finally:
        store.close()
    if after != entries:
        fault = fault or "bringing it up to date changed entries"
    return Found(office, revision, entries, fault)


def compare(found: Found, image: Image, told: Acknowledged, verdict: Verdict, where: str) -> None:
    """Compare what came out of an image with what had been acknowledged."""
    by_key = {entry[3]: entry for entry in found.entries}
    lost = [key for key in told.entries if key not in by_key]
    changed = [key for key, entry in told.entries.items() if by_key.get(key, entry) != entry]
    gone, half = _files(image, told)
    wrong = [
        found.fault,
        "entries of an act that had not come back are there in part" if _stray(found, told) else "",
        "numbers are missing" if _gaps(found.entries) else "",
        *(f"{name} is there in part" for name in half),
        _revision(found, image, told),
    ]
    no_office = told.office and not found.office and not found.fault
    twice = _twice(found.entries)
    words = [word for word in wrong if word]
    if lost or gone or no_office:
        words.append(f"lost: {len(lost)} entries, {len(gone)} files{', the office' if no_office else ''}")
    verdict.add(
        lost=len(lost) + len(gone) + int(no_office),
        doubled=twice,
        altered=len(changed) + sum(1 for word in wrong if word),
        words=f"{where}: {'; '.join(words)}" if words or changed or twice else "",
    )


def _files(image: Image, told: Acknowledged) -> tuple[list[str], list[str]]:
    """Name the files that were acknowledged and are gone, and those that are there but not whole."""
    gone, half = [], []
    for name in sorted(told.names):
        content = image.files.get(name)
        allowed = {files[name] for files in (told.files, told.files_under_way) if name in files}
        if content is None:
            gone += [name] if name in told.files else []
        elif fingerprint(content) not in allowed:
            half.append(name)
    return gone, half


def _stray(found: Found, told: Acknowledged) -> bool:
    """Say whether there is more than whole transactions, from the first on, of the one act that had not come back."""
    extra = {entry for entry in found.entries if told.entries.get(entry[3]) != entry}
    for transaction in told.under_way:
        if not transaction <= extra:
            break
        extra -= transaction
    return bool(extra)


def _gaps(entries: Iterable[Entry]) -> bool:
    """Look for a hole in the numbers of a series or of its receipts."""
    seqs: dict[str, list[int]] = {}
    receipts: dict[str, list[int]] = {}
    for series, seq, receipt, *_rest in entries:
        seqs.setdefault(series, []).append(seq)
        if receipt is not None:
            receipts.setdefault(series, []).append(receipt)
    return any(sorted(set(one)) != list(range(1, len(set(one)) + 1)) for one in (*seqs.values(), *receipts.values()))


def _twice(entries: Iterable[Entry]) -> int:
    """Count keys and receipt numbers that are there twice."""
    keys = Counter(entry[3] for entry in entries)
    numbers = Counter((entry[0], entry[2]) for entry in entries if entry[2] is not None)
    return sum(count - 1 for count in (*keys.values(), *numbers.values()))


def _revision(found: Found, image: Image, told: Acknowledged) -> str:
    """Say what is wrong with the revision: it moves as a whole, and the backup is there before it does."""
    if told.revision is None or found.fault:
        return ""
    if found.revision not in {told.revision, schema.HEAD}:
        return f"the revision is {found.revision}"
    if found.revision != told.revision and any(name not in image.files for name in told.files_under_way):
        return "it was brought up to date before its backup was safe"
    return ""
