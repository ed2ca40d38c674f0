"""Yesterday's database put back, or everything rewritten with the chain key: only something outside can tell.

What can: this station's anchor, the officer's day seal, the head on the Z report, the head in the journal's rows, the
newest backup's manifest. Each is tried alone, against the database as it was after every act of the day.
"""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from csr_desk.data.anchor import anchor_file
from csr_desk.data.keys import key_file
from csr_desk.data.verify import verify
from csr_desk.domain.backups import behind
from csr_desk.domain.errors import Trouble
from csr_desk.domain.seal import SealedHead
from csr_desk.services import exports, z_reports
from csr_desk.services.verdicts import Against, PrintedHead, SealFile, verdict
from proof.counter import ACCOUNTANT, SUPERVISOR, new_key
from sealing import Office, office


@dataclass(frozen=True, slots=True)
class Witness:
    """Something outside the database, and how a database is held to it: the fault in words, or None."""

    name: str
    after: str
    """The act with which it came to be: a database of before that act lacks what it knows."""
    held: Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Older:
    """A database as it was after an act."""

    act: str
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """A finished day, what it was after each act, and what it left outside."""

    older: tuple[Older, ...]
    final: str
    witnesses: tuple[Witness, ...]
    key: bytes


ACTS = ("open", "sale", "void", "drop", "count", "hand in", "accept", "deposit", "close", "export", "seal")
"""The acts of the day in their order; those that come several times stand where they come first."""


def a_day(url: str, folder: Path, save: Callable[[Office, str], str]) -> Day:
    """Work a whole day with a seal at its end; ``save`` copies the database and gives the copy's address."""
    older = []
    with office(url, folder) as place:
        older.append(Older("morning", save(place, "morning")))
        for number, (name, _key, act) in enumerate(place.counter.acts(4)):
            act()
            older.append(Older(name, save(place, f"{name.replace(' ', '_')}_{number}")))
        printed = z_reports.z_report(place.desk, SUPERVISOR, place.counter.batch).witness
        journal = exports.gl_journal(place.desk, ACCOUNTANT, exports.ExportJournal(new_key(), place.counter.day)).value
        row = next(csv.DictReader(io.StringIO(journal.content.decode("utf-8-sig"))))
        seal = place.seal()
        place.desk.close()
        install, key = place.desk.store.install_uuid, place.desk.store.key
        alone = folder / "without-anchor"
        alone.mkdir()
        shutil.copyfile(key_file(install, place.keys), key_file(install, alone))
        manifest = verify(url, key).heads
        assert anchor_file(install, place.keys).exists()
    seal_file = SealFile(seal.statement.file_name, seal.to_bytes())

    def against(more: Against, keys: Path) -> Callable[[str], str | None]:
        return lambda where: _fault(where, more, keys)

    heads = {"Z report": printed.short, "journal": row["ledger_head"]}
    papers = {name: Against(printed=(PrintedHead.of(head),)) for name, head in heads.items()}
    witnesses = (
        Witness("the station's anchor", "seal", against(Against(), place.keys)),
        Witness("the day seal", "close", against(Against(seals=(seal_file,)), alone)),
        Witness("the head on the Z report", "accept", against(papers["Z report"], alone)),
        Witness("the head in the journal", "close", against(papers["journal"], alone)),
        Witness("the backup's manifest", "seal", lambda where: _behind(where, key, manifest)),
    )
    return Day(tuple(older), url, witnesses, key)


def _fault(url: str, against: Against, keys: Path) -> str | None:
    try:
        found = verdict(url, against, key_folder=keys)
    except Trouble as refusal:
        return str(refusal)
    return None if found.fault is None else found.fault.sentence


def _behind(url: str, key: bytes, manifest: tuple[SealedHead, ...]) -> str | None:
    """Compare a database with what the newest backup says it held, as the restore does."""
    mine = verify(url, key).heads
    missing = behind(mine, manifest)
    if missing:
        return f"{missing[0].series} lacks entries {missing[0].from_seq} to {missing[0].to_seq}"
    held = {one.series: one.head for one in mine}
    other = [one.series for one in manifest if held.get(one.series) != one.head]
    return f"{other[0]} ends in another head" if other else None


def before(act: str, witness: Witness) -> bool:
    """Say whether a database of after that act lacks what a witness knows."""
    order: Mapping[str, int] = {name: at for at, name in enumerate(("morning", *ACTS))}
    return order[act] < order[witness.after]


def unnoticed(day: Day, witness: Witness) -> Iterator[str]:
    """Put every older database back and name those that a witness takes for the newest."""
    assert witness.held(day.final) is None, f"{witness.name}: {witness.held(day.final)}"
    for one in day.older:
        if before(one.act, witness) and witness.held(one.url) is None:
            yield one.act
