"""Bringing an office back from a backup: verify it, say what is missing since, put it in place, and record that.

Nothing is overwritten: the file that was there stays beside under another name.
"""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from csr_desk import durable
from csr_desk.data import backup_folder, restore
from csr_desk.data.anchor import anchor_file
from csr_desk.data.engine import Store, open_store
from csr_desk.data.instance_lock import InstanceLock
from csr_desk.data.queries import office, people
from csr_desk.data.unit_of_work import read
from csr_desk.data.verify import Report, verify
from csr_desk.domain.backups import Behind, Manifest, behind
from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.ledger import EventKind, receipt_number
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.seal import SealedHead
from csr_desk.services import anchors, people_journal, staff
from csr_desk.services.clock import Clock, stamp
from csr_desk.services.desk import Desk, desk_of


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that was restored to nowhere and recomputed: what stands in it."""

    path: Path
    manifest: Manifest
    entries: int
    receipts: int


@dataclass(frozen=True, slots=True)
class Missing:
    """An entry that the database still shows and the backup does not hold."""

    series: str
    seq: int
    kind: str
    receipt: str
    """As printed; empty where it has none."""
    amount: Cents
    recorded_at: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """A verified backup against the newest that is known."""

    checked: Checked
    database: Path
    live: bool
    """The database that is to be replaced can be read."""
    behind: tuple[Behind, ...]
    missing: tuple[Missing, ...]
    """The missing entries one by one, as far as the database shows them (at most 500)."""
    known_from: str
    """What the newest that is known was read from, in words."""


@dataclass(frozen=True, slots=True)
class Restore:
    """Put a backup in the place of a database."""

    path: Path
    database: Path
    key_folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Restored:
    """An office that was brought back."""

    database: Path
    aside: Path | None
    """Where the old file is now."""
    manifest: Manifest
    behind: tuple[Behind, ...]
    report: Report


def _heads(report: Report) -> tuple[SealedHead, ...]:
    """Say where a verified copy stands, as a manifest does."""
    return tuple(sorted(report.heads, key=lambda head: head.series))


def _opened(draft: Path, manifest: Manifest, key_folder: Path | None) -> Store:
    """Open a copy of a backup, brought up to date where it is older; raise Trouble unless it stands where it should."""
    store = open_store(f"sqlite:///{draft}", key_folder=key_folder, saved=False)
    try:
        _refuse_other(store, manifest)
    except BaseException:
        store.close()
        raise
    return store


def _refuse_other(store: Store, manifest: Manifest) -> None:
    with read(store) as work:
        record = office.read_office(work.conn)
    report = verify(store)
    if not report.ok:
        raise Trouble(f"The backup {manifest.file} is not good: {report.first_fault}. Take another backup.")
    install = record.install_uuid if record else ""
    if (install, _heads(report)) != (manifest.content.install, manifest.content.heads):
        raise Trouble(f"The backup {manifest.file} does not hold what its manifest says. Take another backup.")


def rehearse(path: Path, folder: Path, key_folder: Path | None) -> Checked:
    """Restore a backup into a folder and recompute it there; raise Trouble with what is wrong with it."""
    manifest, _ = restore.read_sealed(path, key_folder)
    with durable.told_as_trouble(f"The backup could not be tried in {folder}"):
        draft = durable.draft_beside(folder / "rehearsal.sqlite")
        try:
            restore.bring(path, manifest, draft)
            _opened(draft, manifest, key_folder).close()
        finally:
            durable.drop_draft(draft)
    return Checked(path, manifest, manifest.content.entries, manifest.content.receipts)


def compare(desk: Desk, actor: Actor, path: Path) -> Comparison:
    """Verify a backup of the office that is open here and say what is missing since; nothing is changed.

    Raises NotPermitted, Trouble (also where the database is on a server, which its administrator restores).
    """
    actor.require(Act.RESTORE_BACKUP)
    if desk.store.file is None:
        raise Trouble("The city's database administrator restores a PostgreSQL database; “csr-desk verify” checks it.")
    return look_at(Restore(path, desk.store.file, desk.store.key_folder))


def look_at(command: Restore) -> Comparison:
    """Verify a backup and say what is missing since, for the command line; raise Trouble. Nothing is changed."""
    with tempfile.TemporaryDirectory(prefix="csr-desk-") as folder:
        checked = rehearse(command.path, Path(folder), command.key_folder)
    return _compared(command, checked)


def _compared(command: Restore, checked: Checked) -> Comparison:
    manifest = checked.manifest
    if command.database.exists() and command.path.exists() and command.path.samefile(command.database):
        raise Trouble("This is the database itself. Name one of its backups.")
    live = restore.look_at_live(command.database, manifest.content.heads)
    if live is not None and live.install != manifest.content.install:
        raise Trouble(
            f"The backup is of another office ({manifest.content.office}), not of {live.office} in {command.database}."
        )
    known = [*(live.heads if live else ()), *_known_elsewhere(command, manifest)]
    return Comparison(
        checked,
        command.database,
        live is not None,
        behind(manifest.content.heads, known),
        tuple(_missing(row) for row in (live.missing if live else ())),
        "the database, the manifests of newer backups, this station"
        if live
        else "the manifests of newer backups, this station",
    )


def _missing(row: tuple[str, int, str, int | None, int, str]) -> Missing:
    series, seq, kind, number, amount, at = row
    return Missing(series, seq, kind, receipt_number(series, number) if number else "", amount, at)


def _known_elsewhere(command: Restore, manifest: Manifest) -> list[SealedHead]:
    """Read how far other backups go, also where their files are damaged: their manifests are sealed."""
    _, key = restore.read_sealed(command.path, command.key_folder)
    found: list[SealedHead] = []
    for folder in {command.path.parent, backup_folder.folder_of(manifest.content.install)}:
        with contextlib.suppress(OSError):
            for one in backup_folder.listed(folder, key):
                if one.manifest.content.install == manifest.content.install:
                    found += one.manifest.content.heads
    return [*found, *_anchored(manifest.content.install, key, command.key_folder)]


def _anchored(install: str, key: bytes, key_folder: Path | None) -> list[SealedHead]:
    """Read how far this station saw the office go; a damaged anchor says nothing here, and the next start refuses."""
    try:
        anchor = anchors.read_anchor(anchor_file(install, key_folder), key, install)
    except (BadInput, Trouble):
        return []
    series = anchor.series if anchor is not None else ()
    return list(series)


def prove(command: Restore, user: str, secret: str, clock: Clock) -> Actor:
    """Return who may sign in to the database, or where it cannot be opened to its backup; raise WrongSecret, Trouble.

    The backup is asked on a copy that goes away.
    """
    with contextlib.suppress(Trouble):
        store = open_store(f"sqlite:///{command.database}", key_folder=command.key_folder)
        try:
            return staff.prove(desk_of(store, clock=clock), user, secret)
        finally:
            store.close()
    manifest, _ = restore.read_sealed(command.path, command.key_folder)
    with tempfile.TemporaryDirectory(prefix="csr-desk-") as folder:
        draft = durable.draft_beside(Path(folder) / "people.sqlite")
        restore.bring(command.path, manifest, draft)
        store = _opened(draft, manifest, command.key_folder)
        try:
            return staff.prove(desk_of(store, clock=clock), user, secret)
        finally:
            store.close()


def restore_backup(actor: Actor, command: Restore, clock: Clock) -> Restored:
    """Verify a backup again and put it in the place of the database; raise NotPermitted, Trouble.

    Refused while a window is open on that database. The entry that says what was restored stands in the copy before
    it gets its name, so there is never a restored database without it.
    """
    actor.require(Act.RESTORE_BACKUP)
    manifest, _ = restore.read_sealed(command.path, command.key_folder)
    with durable.told_as_trouble(f"The backup could not be put in the place of {command.database}"):
        durable.make_folder(command.database.parent, durable.PRIVATE_FOLDER)
        lock = InstanceLock(command.database)
        try:
            with restore.draft_for(command.database) as draft:
                restore.bring(command.path, manifest, draft)
                checked = Checked(command.path, manifest, manifest.content.entries, manifest.content.receipts)
                compared = _compared(command, checked)
                report = _record(actor, draft, compared, (command, clock))
                at = stamp(clock.now()).replace(":", "")[:17]
                aside = restore.put_in_place(draft, command.database, at)
        finally:
            lock.release()
    return Restored(command.database, aside, manifest, compared.behind, report)


def _record(actor: Actor, draft: Path, compared: Comparison, how: tuple[Restore, Clock]) -> Report:
    """Append what was restored to the copy, by whoever did it where the copy knows them, and recompute it."""
    command, clock = how
    manifest = compared.checked.manifest
    store = _opened(draft, manifest, command.key_folder)
    try:
        desk = desk_of(store, clock=clock)
        facts = {
            "backup": manifest.sha256,
            "file": manifest.file,
            "taken_at": manifest.taken_at,
            "by": actor.user,
            "heads": {head.series: {"seq": head.seq, "head": head.head} for head in manifest.content.heads},
            "missing": {
                one.series: {
                    "from": one.from_seq, "to": one.to_seq, "receipts": one.receipts, "perpetual": one.perpetual,
                }
                for one in compared.behind
            },
            **anchors.lost_facts(desk),
        }  # fmt: skip
        with desk.begin() as work:
            work.lock_series(desk.office_series)
            by = actor.user if people.one_staff(work.conn, actor.user) is not None else people_journal.PROGRAM
            people_journal.append(work, desk, people_journal.Happening(EventKind.RESTORED, by, facts))
        report = verify(store)
        if not report.ok:
            raise Trouble(f"The restored copy is not good: {report.first_fault}. Nothing was changed.")
    finally:
        store.close()
    return report
