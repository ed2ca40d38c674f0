"""What came from another system, kept whole beside the row that was made of it: so that an export gives it back (H2).

Each is a row of ``attachment`` whose key is made of the other system's number, hashed: entries hold no foreign text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from csr_desk.data.models import attachment
from csr_desk.data.queries import Connection, adjustments, told
from csr_desk.domain.telling import Change, Value
from csr_desk.services.desk import Desk

MEDIA = "application/json"
_MARK = "o311-"
MOST_VERSIONS = 999


@dataclass(frozen=True, slots=True)
class Kept:
    """What came last for a number of the other system."""

    key: str
    subject: str
    row: Mapping[str, Any]


def foreign_key(kind: str, number: str) -> str:
    """Return what begins the keys of everything that came for a number."""
    return f"{_MARK}{sha256(f'{kind}|{number}'.encode()).hexdigest()[:24]}"


def last_kept(conn: Connection, kind: str, number: str) -> Kept | None:
    """Return what came last for a number of the other system."""
    found = adjustments.last_begun_with(conn, f"{foreign_key(kind, number)}-")
    return None if found is None else Kept(found[0].number, found[0].subject, json.loads(found[1]))


def kept_for(conn: Connection, subject: str) -> Kept | None:
    """Return what came last for a row of ours; None where it is of our own making."""
    keys = [one.number for one in adjustments.files_of(conn, subject) if one.number.startswith(_MARK)]
    found = adjustments.bytes_of(conn, max(keys)) if keys else None
    return None if found is None else Kept(found[0].number, subject, json.loads(found[1]))


def keep(
    desk: Desk, by: str, what: tuple[str, str, Kept | None], subject: str, row: Mapping[str, Any]
) -> tuple[Change, dict[str, bytes]]:
    """Lay out the file that keeps a row, and its bytes; ``what`` is the kind, the number and what was kept before."""
    kind, number, before = what
    version = 1 if before is None else int(before.key.rpartition("-")[2]) + 1
    key = f"{foreign_key(kind, number)}-{version:03d}"
    content = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode()
    values: dict[str, Value] = {
        "subject": subject, "media": MEDIA, "sha256": sha256(content).hexdigest(), "size": len(content),
        "added_by": by, "added_at": desk.now_text(),
    }  # fmt: skip
    return told.added(attachment, (key,), values, {"file_name": f"open311-{kind}.json"}), {key: content}
