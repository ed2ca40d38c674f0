"""Notices as they stand, and who has read them; written by ``services.telling`` only."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, select

from csr_desk.data.models import notice, notice_read
from csr_desk.domain.announcement import Notice, NoticeKind, asked_from

_N = notice.c


def one(conn: Connection, number: str) -> Notice | None:
    """Return a notice."""
    row = conn.execute(select(notice).where(_N.notice_no == number)).first()
    return None if row is None else _notice(row)


def posted(conn: Connection, since: date | None = None) -> tuple[Notice, ...]:
    """Return what is posted, what takes effect last first; ``since`` leaves out what took effect before a day."""
    found = select(notice).where(_N.state == "posted").order_by(_N.effective_on.desc(), _N.notice_no.desc())
    rows = conn.execute(found if since is None else found.where(_N.effective_on >= since.isoformat()))
    return tuple(_notice(row) for row in rows)


def unread(conn: Connection, user: str, today: date) -> tuple[Notice, ...]:
    """Return what a person has to read before they sell today, the oldest first."""
    read = exists().where(notice_read.c.notice_no == _N.notice_no, notice_read.c.user_id == user)
    days = _N.effective_on.between(asked_from(today).isoformat(), today.isoformat())
    asked = and_(_N.state == "posted", _N.must_read == 1, days)
    found = select(notice).where(asked, ~read).order_by(_N.effective_on, _N.notice_no)
    return tuple(_notice(row) for row in conn.execute(found))


def news(conn: Connection, user: str, days: tuple[date, date]) -> tuple[Notice, ...]:
    """Return what takes effect on these days and a person has not read, needed or not, the oldest first."""
    read = exists().where(notice_read.c.notice_no == _N.notice_no, notice_read.c.user_id == user)
    within = _N.effective_on.between(days[0].isoformat(), days[1].isoformat())
    found = select(notice).where(_N.state == "posted", within, ~read).order_by(_N.effective_on, _N.notice_no)
    return tuple(_notice(row) for row in conn.execute(found))


def read_by(conn: Connection, user: str) -> frozenset[str]:
    """Return the numbers of the notices that a person has read."""
    found = select(notice_read.c.notice_no).where(notice_read.c.user_id == user)
    return frozenset(conn.execute(found).scalars())


def readers(conn: Connection, number: str) -> dict[str, str]:
    """Return who has read a notice, with when (UTC text)."""
    found = select(notice_read.c.user_id, notice_read.c.at).where(notice_read.c.notice_no == number)
    return {row[0]: row[1] for row in conn.execute(found)}


def _notice(row: Row[Any]) -> Notice:
    items, cards, forms = (tuple(json.loads(text)) if text else () for text in (row.items, row.cards, row.forms))
    return Notice(
        row.notice_no, NoticeKind(row.kind), row.state, row.title, row.body, date.fromisoformat(row.effective_on),
        bool(row.must_read), row.posted_at, row.posted_by, items, cards, forms, row.release_id or "",
    )  # fmt: skip
