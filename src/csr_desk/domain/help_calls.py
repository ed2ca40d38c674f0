"""A clerk calls for the supervisor with one key; the supervisor sees who, where and about whom (I8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HelpCall:
    """A call for the supervisor; instants are UTC."""

    number: str
    station: str
    """The drawer of whoever calls, or the information desk where they have none."""
    state: str
    """``open``, ``answered`` (somebody comes) or ``ended``."""
    called_by: str
    called_at: datetime
    answered_by: str = ""
    answered_at: datetime | None = None
    customer_id: str = ""
    words: str = ""
    caller_name: str = ""
    answered_name: str = ""
    customer_name: str = ""

    @property
    def live(self) -> bool:
        """Say whether somebody still waits for help, or is being helped."""
        return self.state != "ended"


def in_order(calls: Iterable[HelpCall]) -> tuple[HelpCall, ...]:
    """Put those that nobody answered first, who called first at the head."""
    return tuple(sorted(calls, key=lambda one: (one.state != "open", one.called_at, one.number)))
