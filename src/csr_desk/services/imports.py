"""Files of customers, accounts and bills: looked over with every fault by row, and taken in as a whole or not at all.

The same file again changes nothing: what is known already and says the same is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Refusal
from csr_desk.domain.import_columns import ColumnMapping, ImportKind, check_mapping, folded, guess
from csr_desk.domain.ledger import Written
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.services import bill_loads
from csr_desk.services.bill_loads import Load
from csr_desk.services.catalogue_sheets import Fault
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.import_bills import Bills
from csr_desk.services.import_files import ImportFile
from csr_desk.services.import_mappings import mapping_of
from csr_desk.services.import_masters import Masters
from csr_desk.services.import_pace import Pace
from csr_desk.services.import_rows import FaultList, Fields, RowReader
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

SHOWN = 20
"""Rows that a preview shows."""
TOPICS = frozenset({Topic.ACCOUNTS})

Gathered: TypeAlias = Masters | Bills


@dataclass(frozen=True, slots=True)
class LoadFile:
    """A file to take in: by a saved mapping (its name), by one that is given, or by what its columns are called."""

    key: str
    kind: ImportKind
    file: ImportFile
    mapping: ColumnMapping | str | None = None
    update: bool = False
    """Take over customers and accounts that are known otherwise; a bill never changes."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a file in would do (cents); nothing is recorded."""

    kind: ImportKind
    file: str
    titles: tuple[str, ...]
    mapping: ColumnMapping
    unused: tuple[str, ...]
    """Titles of columns that are not read."""
    rows: int
    new: int
    changed: int
    same: int
    total: Cents
    """Of new bills."""
    faults: tuple[Fault, ...]
    faults_in_all: int
    sample: tuple[Mapping[str, str], ...]
    """The first rows as the fields that they become."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file brought (cents); ``load`` is empty where everything was known already."""

    kind: ImportKind
    load: str
    rows: int
    new: int
    changed: int
    same: int
    total: Cents


class FaultyFile(Refusal):
    """The file has faults; nothing was taken over."""

    def __init__(self, faults: FaultList) -> None:
        """Keep every fault; the message names the first ones."""
        self.faults = faults.by_row()
        self.in_all = faults.total
        first = "; ".join(str(fault) for fault in self.faults[:3])
        super().__init__(f"Nothing was taken over. {self.in_all:,} fault{'s' * (self.in_all != 1)}: {first}")


@dataclass(slots=True)
class _Read:
    """A file as it was parsed."""

    titles: tuple[str, ...]
    mapping: ColumnMapping
    rows: int
    gathered: Gathered
    faults: FaultList
    sample: list[Fields]


def preview(desk: Desk, actor: Actor, command: LoadFile, pace: Pace | None = None) -> Preview:
    """Look a file over: which columns it has, what is new, every fault by row; raise BadInput for what is no table."""
    actor.require(Act.LOAD_BILLS)
    read = _parsed(desk, command, pace or Pace())
    with desk.read() as work:
        read.gathered.compare(work.conn)
    gathered = read.gathered
    used = {folded(title) for title in read.mapping.columns.values()}
    return Preview(
        kind=command.kind,
        file=command.file.name,
        titles=read.titles,
        mapping=read.mapping,
        unused=tuple(title for title in read.titles if title and folded(title) not in used),
        rows=read.rows,
        new=len(gathered.new),
        changed=len(gathered.changed),
        same=gathered.same,
        total=gathered.total,
        faults=read.faults.by_row(),
        faults_in_all=read.faults.total,
        sample=tuple({name: _shown(value) for name, value in fields.items()} for fields in read.sample),
    )


def load_file(desk: Desk, actor: Actor, command: LoadFile, pace: Pace | None = None) -> Done[Taken]:
    """Take a file in, all or nothing, with one entry of the ledger over all its rows.

    Raises FaultyFile with every fault, Stopped where somebody stopped it, BadInput for what is no table. The same key,
    and the same file under another key, change nothing.
    """
    actor.require(Act.LOAD_BILLS)
    pace = pace or Pace()
    name = plain_words(command.file.name, "file", 200)
    content = content_of(desk, actor.user, command)
    read = _parsed(desk, command, pace)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        read.gathered.compare(work.conn)
        gathered = read.gathered
        if earlier is not None:
            facts = earlier.facts
            counts = (int(facts["rows"]), 0, 0, int(facts["total"]))
            return Done(Taken(command.kind, str(facts["load"]), read.rows, *counts), replayed=True)
        if read.faults.total:
            raise FaultyFile(read.faults)
        load = Load(command.key, content, _kind_of(command.kind), name, command.file.sha256)
        touched = len(gathered.new) + len(gathered.changed)
        if touched:
            _store(work, desk, actor, load, (gathered, pace))
    number = load.number if touched else ""
    done = Taken(
        command.kind, number, read.rows, len(gathered.new), len(gathered.changed), gathered.same, gathered.total
    )
    return Done(done, TOPICS if touched else frozenset())


def _kind_of(kind: ImportKind) -> str:
    return bill_loads.FROM_FILE if kind is ImportKind.BILLS else kind.value


def _store(work: Work, desk: Desk, actor: Actor, load: Load, what: tuple[Gathered, Pace]) -> Written:
    gathered, pace = what
    if isinstance(gathered, Bills):
        return bill_loads.load_bills(work, desk, actor, load, gathered.new, pace.stored)
    gathered.store(desk, work.conn, pace)
    return bill_loads.record_load(work, desk, actor, load, (list(gathered.leaves()), 0), gathered.facts())


def _parsed(desk: Desk, command: LoadFile, pace: Pace) -> _Read:
    """Read the rows of a file, noting every fault; its head decides the mapping where none is given."""
    faults = FaultList(command.file.name)
    pace.about = command.file.about
    rows = command.file.rows()
    _, cells, wrong = next(rows, (1, [], ""))
    titles = tuple(cell.strip() for cell in cells)
    if not any(titles) or wrong:
        raise BadInput(wrong or f"{command.file.name} is empty. The first row names the columns.")
    _check_titles(titles, faults)
    mapping = _mapping(desk, command, titles)
    reader = RowReader(command.kind, mapping, titles, faults)
    gathered = _gathered(desk, command, faults)
    read = _Read(titles, mapping, 0, gathered, faults, [])
    if not reader.ready:
        return read
    try:
        for number, row, said in rows:
            read.rows += 1
            pace.read(read.rows)
            if said:
                faults.add(number, "", said)
            elif (fields := reader.read(number, row)) is not None:
                gathered.take(number, fields)
                if read.rows <= SHOWN:
                    read.sample.append(fields)
    except BadInput as refusal:  # what comes after it cannot be read
        faults.add(0, "", refusal.message)
    if not read.rows:
        faults.add(0, "", "There is no row below the names of the columns.")
    pace.parsed(read.rows)
    return read


def _check_titles(titles: Sequence[str], faults: FaultList) -> None:
    seen: set[str] = set()
    for title in titles:
        if folded(title) in seen:
            faults.add(1, title[:40], "Two columns have this title. Give one of them another.")
        seen |= {folded(title)} - {""}


def _mapping(desk: Desk, command: LoadFile, titles: Sequence[str]) -> ColumnMapping:
    given = command.mapping
    if given is None:
        return guess(command.kind, titles)
    if isinstance(given, str):
        with desk.read() as work:
            return mapping_of(work.conn, given, command.kind)
    check_mapping(command.kind, given)
    return given


def _gathered(desk: Desk, command: LoadFile, faults: FaultList) -> Gathered:
    if command.kind is ImportKind.BILLS:
        return Bills(desk, faults)
    return Masters(command.kind, faults, command.update)


def _shown(value: str | int | None) -> str:
    return "" if value is None else str(value)
