"""How a training day is kept while it is played: one text that is read back exactly (JSON, whole numbers only)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from csr_desk.domain.training_score import Close, Marks, Mistake, Score, score
from csr_desk.domain.training_visits import CUSTOMERS, Answer


@dataclass(frozen=True, slots=True)
class Book:
    """Where a day stands. ``number`` is the customer at the counter: 0 before the first, one more than all at the end.

    ``since`` is the last entry of the register when they were called, ``shown_at`` the time of it (as the ledger
    keeps it), ``batch`` the drawer's batch once the first was called.
    """

    day: date
    ground: str
    """Fingerprint of the catalogue and version of the policy by which the day was made."""
    number: int = 0
    batch: str = ""
    since: int = 0
    shown_at: str = ""
    answer: Answer | None = None
    answered_at: str = ""
    marks: tuple[Marks, ...] = ()
    close: Close | None = None

    @property
    def score(self) -> Score:
        """What the day has earned so far."""
        return score(self.marks, CUSTOMERS, self.close)


def book_text(book: Book) -> str:
    """Write a book."""
    return json.dumps(
        {
            "day": book.day.isoformat(),
            "ground": book.ground,
            "number": book.number,
            "batch": book.batch,
            "since": book.since,
            "shown_at": book.shown_at,
            "answer": None if book.answer is None else book.answer.value,
            "answered_at": book.answered_at,
            "marks": [[row.card, row.points, [*row.mistakes], row.millis, row.speed] for row in book.marks],
            "close": None
            if book.close is None
            else [book.close.agreed_at, list(book.close.over_short), book.close.tolerance],
        },
        separators=(",", ":"),
    )


def read_book(text: str) -> Book:
    """Read a book; raise ValueError, KeyError or TypeError for a text that is none."""
    data: Mapping[str, Any] = json.loads(text)
    close = data["close"]
    return Book(
        day=date.fromisoformat(data["day"]),
        ground=str(data["ground"]),
        number=int(data["number"]),
        batch=str(data["batch"]),
        since=int(data["since"]),
        shown_at=str(data["shown_at"]),
        answer=None if data["answer"] is None else Answer(data["answer"]),
        answered_at=str(data["answered_at"]),
        marks=tuple(
            Marks(card, points, tuple(Mistake(one) for one in mistakes), millis, speed)
            for card, points, mistakes, millis, speed in data["marks"]
        ),
        close=None if close is None else Close(close[0], tuple(close[1]), close[2]),
    )
