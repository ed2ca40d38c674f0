"""The station's anchor: the newest heads that it saw, in a small file beside the chain key, outside the database.

Whoever puts yesterday's database back, or cuts the last payments off, must know of this file and hold the chain key to
change it as well. It only ever makes the program refuse; nothing is read from it into the ledger.
"""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from csr_desk import locations
from csr_desk.data.head_check import head_fault
from csr_desk.data.queries import heads
from csr_desk.domain.chain import canonical_json
from csr_desk.domain.errors import BadInput
from csr_desk.domain.first_fault import FirstFault
from csr_desk.domain.seal import SealedHead

WITNESS = "this station’s anchor"
_FORMAT = "csr-desk anchor 1"


@dataclass(frozen=True, slots=True)
class Anchor:
    """What a station saw last."""

    install: str
    at: str
    """UTC, as the ledger keeps instants."""
    series: tuple[SealedHead, ...]

    def to_bytes(self, key: bytes) -> bytes:
        """Write the file, with a MAC of the chain key over it."""
        data = {
            "format": _FORMAT, "install": self.install, "at": self.at, "series": [one.as_data() for one in self.series],
        }  # fmt: skip
        return (canonical_json({**data, "mac": _mac(key, data)}) + "\n").encode()

    @classmethod
    def of(cls, content: bytes, key: bytes, install: str) -> Anchor:
        """Read the file; raise BadInput unless this key wrote exactly these bytes for this installation."""
        try:
            data = json.loads(content)
            found = cls(str(data["install"]), str(data["at"]), tuple(SealedHead.of(one) for one in data["series"]))
            same = hmac.compare_digest(found.to_bytes(key), content)
        except (ValueError, TypeError, KeyError, RecursionError, BadInput):
            same, found = False, cls("", "", ())
        if not same or found.install != install:
            raise BadInput("The anchor is damaged or was changed.")
        return found


def _mac(key: bytes, data: dict[str, Any]) -> str:
    """Seal the file; the first words keep it apart from everything else that the chain key makes."""
    return hmac.digest(key, b"anchor of a station\n" + canonical_json(data).encode(), "sha256").hex()


def anchor_file(install: str, folder: Path | None = None) -> Path:
    """Return where the anchor of an installation is (or will be)."""
    return (folder or locations.key_folder()) / f"{install}.anchor"


def anchor_fault(conn: Connection, anchor: Anchor) -> FirstFault | None:
    """Return the first thing in which a database is behind an anchor or differs from it, or None.

    What a recorded restore says was lost is no fault; an anchor that saw the restore is held to all of it.
    """
    for one in anchor.series:
        fault = head_fault(conn, one, WITNESS, sums=False)
        if fault is not None and not _given_up(conn, anchor, one):
            return fault
    return None


def _given_up(conn: Connection, anchor: Anchor, one: SealedHead) -> bool:
    """Say whether a restore after this anchor recorded that the series was lost up to where the anchor saw it."""
    for event in heads.restore_events(conn):
        lost = event.facts.get("lost", [])
        if anchor.at < event.recorded_at and any(
            isinstance(row, dict) and row.get("series") == one.series and int(row.get("seq", 0)) >= one.seq
            for row in lost
        ):
            return True
    return False
