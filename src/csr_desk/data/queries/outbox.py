"""Messages of the outbox as they stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from csr_desk.data.models import attachment, company, outbox
from csr_desk.domain.errors import Trouble
from csr_desk.domain.outbox import Attached, MessageState

_O = outbox.c
_OPEN = ("queued", "sending", "failed")
_SHOWN = select(outbox, company.c.name.label("company_name")).outerjoin(company, company.c.company_id == _O.company_id)


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """A message without its files; times are UTC as the ledger keeps them."""

    number: str
    message_id: str
    kind: str
    subject: str
    company: str
    company_name: str
    recipient: str
    title: str
    body: str
    files: tuple[tuple[str, str], ...]
    """Number and hash of each."""
    state: MessageState
    attempts: int
    queued_at: str
    next_try_at: str
    sent_at: str
    answer: str
    queued_by: str
    version: int


def one_message(conn: Connection, number: str) -> MessageRecord | None:
    """Return a message, or None."""
    row = conn.execute(_SHOWN.where(_O.message_no == number)).first()
    return None if row is None else _record(row)


def due(conn: Connection, now: str) -> str | None:
    """Return the message that is to be tried first now; of those that wait equally long the first in line."""
    wanted = select(_O.message_no).where(_O.state.in_(("queued", "failed")), _O.next_try_at <= now)
    found = conn.execute(wanted.order_by(_O.next_try_at, _O.message_no).limit(1)).scalar()
    return None if found is None else str(found)


def messages(conn: Connection, *, open_only: bool, limit: int) -> tuple[MessageRecord, ...]:
    """Return messages, the newest first; ``open_only`` leaves out what was sent or given up."""
    wanted = _SHOWN.order_by(_O.queued_at.desc(), _O.message_no.desc()).limit(limit)
    rows = conn.execute(wanted.where(_O.state.in_(_OPEN)) if open_only else wanted)
    return tuple(_record(row) for row in rows)


def messages_about(conn: Connection, subject: str) -> tuple[MessageRecord, ...]:
    """Return the messages about one thing, the newest first."""
    rows = conn.execute(_SHOWN.where(_O.subject == subject).order_by(_O.queued_at.desc(), _O.message_no.desc()))
    return tuple(_record(row) for row in rows)


def hanging(conn: Connection, now: str) -> int:
    """Count the messages that a person has to look at (``domain.outbox.hangs``)."""
    left = and_(_O.state == "failed", _O.next_try_at.is_(None))
    stuck = and_(_O.state == "sending", or_(_O.next_try_at.is_(None), _O.next_try_at <= now))
    return int(conn.execute(select(func.count()).select_from(outbox).where(or_(left, stuck))).scalar_one())


def waiting(conn: Connection) -> int:
    """Count the messages that are not sent yet."""
    return int(conn.execute(select(func.count()).select_from(outbox).where(_O.state.in_(_OPEN))).scalar_one())


def files(conn: Connection, named: Sequence[tuple[str, str]]) -> tuple[Attached, ...]:
    """Return the files of a message; raise Trouble for one that is not what was queued: that is never sent."""
    found = []
    for number, fingerprint in named:
        row = conn.execute(select(attachment).where(attachment.c.attachment_id == number)).first()
        if row is None or sha256(row.content).hexdigest() != fingerprint:
            raise Trouble(f"File {number} is not the one that was queued. Verify the ledger: “csr-desk verify”.")
        found.append(Attached(row.file_name, row.media, bytes(row.content)))
    return tuple(found)


def moment(text: str) -> datetime | None:
    """Read when something is due; None for nothing."""
    return datetime.fromisoformat(text) if text else None


def _record(row: Row[Any]) -> MessageRecord:
    named = tuple((str(one["id"]), str(one["sha256"])) for one in json.loads(row.attachments))
    return MessageRecord(
        row.message_no, row.message_id, row.kind, row.subject or "", row.company_id or "", row.company_name or "",
        row.recipient, row.title, row.body, named, MessageState(row.state), row.attempts, row.queued_at,
        row.next_try_at or "", row.sent_at or "", row.answer or "", row.queued_by, row.version,
    )  # fmt: skip
