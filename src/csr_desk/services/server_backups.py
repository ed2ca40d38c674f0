"""Backups of an office on PostgreSQL: the city's database administrator makes them; here is one command that helps.

The dump is taken in the very state that the manifest names: both read one exported snapshot.
"""

from __future__ import annotations

from pathlib import Path

from csr_desk.data import server_dump
from csr_desk.domain.errors import Trouble
from csr_desk.domain.people import Act, Actor
from csr_desk.services.clock import stamp
from csr_desk.services.desk import Desk

ADVICE = (
    "The city's database administrator backs this server up (pg_dump or a WAL archive). After a restore, “csr-desk "
    "verify --database postgresql://…” recomputes every entry and says what is wrong first."
)


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


def standing(desk: Desk) -> str:
    """Say what is known of the backups of an office on a server: nothing, unless somebody checked one here."""
    del desk
    return f"No backup of this server is known here. {ADVICE}"
