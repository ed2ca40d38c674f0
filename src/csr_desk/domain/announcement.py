"""Notices of what changes, from when, and who has read them (I2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ASKED_DAYS = 365
"""So long after it took effect a notice has to be read; what holds longer stands on the cards and in the catalogue."""


class NoticeKind(StrEnum):
    """What changes."""

    PRICE = "price"
    PROCESS = "process"
    FORM = "form"
    SAFETY = "safety"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice as it stands; items, cards and forms are what it is about."""

    number: str
    kind: NoticeKind
    state: str
    title: str
    body: str
    effective_on: date
    must_read: bool
    posted_at: str
    posted_by: str
    items: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()
    release_id: str = ""
    """The release of the catalogue that announced it by itself."""

    def asks(self, today: date) -> bool:
        """Whoever sells today has to have read it."""
        return self.state == "posted" and self.must_read and asked_from(today) <= self.effective_on <= today


def asked_from(today: date) -> date:
    """Return the first day whose notices are still to be read: who is new does not read those of all years."""
    return today - timedelta(days=ASKED_DAYS)
