"""The station's anchor, kept and looked at: an older database put back, or a shortened one, records nothing (G8).

It is written when a batch is accepted, a day closed, a backup made, the window opened and left. On a server it may be
older than the database (other stations work on), never newer. A training office has none: its data may be put back.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from csr_desk.data.anchor import Anchor, anchor_fault, anchor_file
from csr_desk.data.queries import heads
from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.first_fault import FirstFault
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.durable import PRIVATE_FILE, write_file

if TYPE_CHECKING:
    from csr_desk.domain.people import Actor
    from csr_desk.services.desk import Desk

LARGEST = 1_000_000
"""Bytes of an anchor that are read."""

NEXT = (
    "Nothing is recorded on it. Restore the newest backup with the program (it shows what is missing), or bring the "
    "right database back; compare with the last Z report."
)


@dataclass(frozen=True, slots=True)
class AnchorState:
    """How the database stands to the anchor of this station."""

    path: Path
    anchor: Anchor | None
    """None where there is none yet, or where it is damaged."""
    fault: FirstFault | None

    @property
    def whole(self) -> bool:
        """Whether everything that this station saw is still there."""
        return self.fault is None


def state_of(desk: Desk) -> AnchorState:
    """Compare the open database with this station's anchor; raise Trouble where the database cannot be read."""
    path = anchor_file(desk.store.install_uuid, desk.store.key_folder)
    try:
        anchor = read_anchor(path, desk.store.key, desk.store.install_uuid)
    except BadInput:
        return AnchorState(path, None, damaged(path))
    if anchor is None:
        return AnchorState(path, None, None)
    with desk.read() as work:
        return AnchorState(path, anchor, anchor_fault(work.conn, anchor))


def read_anchor(path: Path, key: bytes, install: str) -> Anchor | None:
    """Read an anchor file, None where there is none; raise BadInput for a damaged one, Trouble if it cannot be read."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST)  # a longer one is not as it was written
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Trouble(f"The anchor {path} cannot be read: {error.strerror}.") from error
    return Anchor.of(content, key, install)


def damaged(path: Path) -> FirstFault:
    """Say that an anchor file is not as it was written."""
    return FirstFault(
        f"this station’s anchor {path} is damaged or was changed",
        advice="Compare the heads of “csr-desk verify --heads” with the last Z report; only then remove the file.",
    )


def require_whole(desk: Desk) -> None:
    """Raise Trouble, with what is missing, for a live office's database that is behind what this station saw."""
    if not desk.office.training:
        _whole(desk)


def _whole(desk: Desk) -> AnchorState:
    state = state_of(desk)
    if (fault := state.fault) is not None:
        more = f" Expected {fault.expected}; found {fault.found}." if fault.expected else ""
        raise Trouble(f"This database is an older copy, or it was shortened or changed: {fault.what}.{more} {NEXT}")
    return state


def begin(desk: Desk) -> None:
    """Compare a live office's database with what this station saw, and go on from there; raise Trouble as above."""
    if not desk.office.training:
        state = _whole(desk)
        with suppress(OSError):
            _write(desk, state)


def keep(desk: Desk) -> None:
    """Write down where every series stands, unless that would forget what this station saw before.

    What fails here is no failure of the act before it: the anchor then stays as it was, and is only older.
    """
    if desk.office.training or desk.store.latched:
        return
    try:
        state = state_of(desk)
        if state.whole:
            _write(desk, state)
    except (OSError, Trouble):
        return


def _write(desk: Desk, state: AnchorState) -> None:
    with desk.read() as work:
        now = heads.all_heads(work.conn)
    if state.anchor is None or state.anchor.series != now:
        content = Anchor(desk.store.install_uuid, desk.now_text(), now).to_bytes(desk.store.key)
        write_file(state.path, content, PRIVATE_FILE)


def lost_facts(desk: Desk) -> dict[str, object]:
    """Give what the entry of a restore says of this station's anchor: the heads that the restored database lacks.

    ``desk`` is the restored database before it records anything. With these facts in the entry the next start, here and
    at every station that saw no more, goes on and begins its anchor anew; without them it refuses.
    """
    return _lost(state_of(desk))


def _lost(state: AnchorState) -> dict[str, object]:
    lost = state.anchor.series if state.fault is not None and state.anchor is not None else ()
    return {"lost": [one.as_data() for one in lost]}


def accept_restored(desk: Desk, actor: Actor, key: str, facts: Mapping[str, object]) -> EventKey:
    """Record that this database was restored and what of it is lost, and begin the station's anchor anew.

    ``facts`` are the restore's own (which backup, who saw the list). The entry names the heads that this station knew
    (``lost``), so that other stations which saw no more than that go on as well; one that saw more refuses, and is
    accepted by itself. The caller has asked whether ``actor`` may restore. Raise Trouble for a damaged anchor.
    """
    state = state_of(desk)
    if state.anchor is None and state.fault is not None:
        raise Trouble(f"{state.fault.sentence} {state.fault.advice}")
    lost = _lost(state)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        written = work.find_by_key(key) or work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.RESTORED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=key,
                facts={
                    **facts,
                    "from": [one.as_data() for one in heads.all_heads(work.conn)],
                    **lost,
                },
            ),
            desk.now_text(),
        )
    with desk.read() as work:
        now = heads.all_heads(work.conn)
    write_file(state.path, Anchor(desk.store.install_uuid, desk.now_text(), now).to_bytes(desk.store.key), PRIVATE_FILE)
    return written.key
