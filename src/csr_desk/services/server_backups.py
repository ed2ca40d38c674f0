"""Backups of an office on PostgreSQL: the city's database administrator makes them; here is one command that helps.

The dump is taken in the very state that the manifest names: both read one exported snapshot.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from csr_desk.data import server_dump
from csr_desk.data.verify import verify
from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.people import Act, Actor
from csr_desk.services import anchors
from csr_desk.services.clock import stamp
from csr_desk.services.desk import Desk

ADVICE = (
    "The city's database administrator backs this server up (pg_dump or a WAL archive). After a restore, “csr-desk "
    "verify --database postgresql://…” recomputes every entry and says what is wrong first; “csr-desk accept-restored” "
    "then lets the stations go on that saw more than the backup holds."
)


@dataclass(frozen=True, slots=True)
class AcceptRestored:
    """Go on with a server that its administrator restored from a backup."""

    key: str
    why: str
    """In words: which backup, and whose decision."""


def dump(desk: Desk, actor: Actor, folder: Path) -> str:
    """Dump the office's database with pg_dump into a folder, with a manifest; say what was made.

    Raises NotPermitted, and Trouble where pg_dump is not there or fails.
    """
    actor.require(Act.BACK_UP)
    if desk.store.file is not None:
        raise Trouble("This database is a file; “csr-desk backup” needs no folder for it.")
    made = server_dump.dump(desk.store.address, folder, desk.store.key, stamp(desk.clock.now()))
    content = made.manifest.content
    return f"{made.path}: {content.entries:,} entries, last receipt {content.last_receipt or 'none'}. {ADVICE}"


def missing(desk: Desk, actor: Actor) -> tuple[str, ...]:
    """Say in lines what this station saw and a restored server lacks.

    Raises NotPermitted, and Trouble for a file and where nothing is missing.
    """
    actor.require(Act.RESTORE_BACKUP)
    if desk.store.file is not None:
        raise Trouble("This database is a file: restore its backup with “csr-desk restore”, which records itself.")
    fault = anchors.state_of(desk).fault
    if fault is None:
        raise Trouble("This station saw nothing that the database lacks: there is nothing to accept.")
    return fault.lines()


def accept_restored(desk: Desk, actor: Actor, command: AcceptRestored) -> EventKey:
    """Record that a server was restored and what this station saw is lost, so that it and others go on.

    The whole ledger is verified first. Raises as ``missing`` does, BadInput without words, and Trouble for a ledger
    that does not verify.
    """
    missing(desk, actor)
    if not command.why.strip():
        raise BadInput("Say in words which backup was restored, and who decided it.", field="why")
    report = verify(desk.store)
    if report.first_fault is not None:
        raise Trouble(f"The restored ledger does not verify: {report.first_fault}. Restore another backup.")
    return anchors.accept_restored(desk, actor, command.key, {"server": True, "why": command.why.strip()})


def standing(desk: Desk) -> str:
    """Say what is known of the backups of an office on a server: nothing, unless somebody checked one here."""
    del desk
    return f"No backup of this server is known here. {ADVICE}"
