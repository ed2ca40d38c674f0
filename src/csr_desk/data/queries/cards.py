"""Cards of the information desk as they stand; written by ``services.telling`` only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from csr_desk.data.models import card, card_showing, card_text
from csr_desk.domain.cards import Card, CardText

_NAMED = 500
"""So many cards are asked for by name; for more all texts are read at once."""


def stamp(conn: Connection) -> tuple[int, int]:
    """Return what changes whenever a card or a text of one does: so that an index knows that it is old."""
    found = [
        conn.execute(select(func.coalesce(func.sum(table.c.version), 0))).scalar_one() for table in (card, card_text)
    ]
    return int(found[0]), int(found[1])


def cards(conn: Connection, *, retired: bool = False) -> tuple[Card, ...]:
    """Return the cards by number, the retired ones only where they are asked for."""
    wanted = select(card).order_by(card.c.card_no)
    rows = conn.execute(wanted if retired else wanted.where(card.c.state == "current")).all()
    return _with_texts(conn, rows)


def by_topic(conn: Connection, limit: int) -> tuple[Card, ...]:
    """Return so many cards by topic and number."""
    wanted = select(card).where(card.c.state == "current").order_by(card.c.topic, card.c.card_no).limit(limit)
    return _with_texts(conn, conn.execute(wanted).all())


def some(conn: Connection, numbers: Iterable[str]) -> tuple[Card, ...]:
    """Return cards by their numbers, in that order."""
    wanted = list(numbers)
    found = {
        one.number: one for one in _with_texts(conn, conn.execute(select(card).where(card.c.card_no.in_(wanted))).all())
    }
    return tuple(found[number] for number in wanted if number in found)


def stale(conn: Connection, today: date) -> tuple[Card, ...]:
    """Return the cards that nobody reviewed in time, the oldest first."""
    late = select(card).where(card.c.state == "current", card.c.review_on < today.isoformat())
    return _with_texts(conn, conn.execute(late.order_by(card.c.review_on, card.c.card_no)).all())


def about_item(conn: Connection, items: Iterable[str]) -> tuple[str, ...]:
    """Return the numbers of the cards that show the price of an item."""
    found = select(card.c.card_no).where(card.c.state == "current", card.c.item.in_(list(items)))
    return tuple(conn.execute(found.order_by(card.c.card_no)).scalars())


def shown_counts(conn: Connection, first: date, last: date) -> tuple[tuple[str, int], ...]:
    """Return how often each card was shown in a period, the most first."""
    day = func.substr(card_showing.c.at, 1, 10)
    counted = select(card_showing.c.card_no, func.count()).where(day.between(first.isoformat(), last.isoformat()))
    rows = conn.execute(counted.group_by(card_showing.c.card_no).order_by(func.count().desc(), card_showing.c.card_no))
    return tuple((row[0], row[1]) for row in rows)


def _with_texts(conn: Connection, rows: Iterable[Row[Any]]) -> tuple[Card, ...]:
    listed = list(rows)
    if not listed:
        return ()
    wanted = select(card_text).order_by(card_text.c.card_no, card_text.c.language)
    if len(listed) <= _NAMED:
        wanted = wanted.where(card_text.c.card_no.in_([row.card_no for row in listed]))
    texts: dict[str, list[CardText]] = {}
    for row in conn.execute(wanted):
        texts.setdefault(row.card_no, []).append(CardText(
            row.language, row.question, row.short_answer, _lines(row.steps), _lines(row.papers), row.hours or "",
            row.link or "",
        ))  # fmt: skip
    return tuple(
        Card(
            row.card_no, row.topic, row.state, date.fromisoformat(row.review_on), date.fromisoformat(row.changed_on),
            row.item or "", row.form_no or "", row.need_code or "", row.owner or "",
            tuple(texts.get(row.card_no, ())), row.version,
        )
        for row in listed
    )  # fmt: skip


def _lines(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("\n")) if text else ()
