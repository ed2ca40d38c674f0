"""What a closed day leaves outside the database: the heads of all series on paper, and whether it was sealed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from csr_desk.domain.seal import SealedHead


class SealState(StrEnum):
    """Whether a finance officer signed for a closed day."""

    NOT_KEPT = "not_kept"
    """No key was set in this office, so no day is sealed."""
    WAITING = "waiting"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class DayWitness:
    """The heads at the close of a day, and its seal."""

    closed: SealedHead
    """The entry of the office's own series that closed the day."""
    registers: tuple[SealedHead, ...]
    """Every register as it stood then; days closed by the first releases know no entry numbers (0)."""
    state: SealState
    sealed_by: str = ""
    sealed_at: datetime | None = None
    key_id: str = ""


@dataclass(frozen=True, slots=True)
class SealedDay:
    """A day that was sealed."""

    business_date: date
    sealed_by: str
    sealed_at: datetime
    key_id: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SealBook:
    """Which closed days were sealed, and which wait since the first key was set."""

    state: SealState
    sealed: tuple[SealedDay, ...]
    waiting: tuple[date, ...]

    def state_of(self, day: date) -> SealState:
        """Say how a closed day stands: a day closed before the first key waits for nothing."""
        if day in self.waiting:
            return SealState.WAITING
        sealed = any(one.business_date == day for one in self.sealed)
        return SealState.SEALED if sealed else SealState.NOT_KEPT


NO_SEALS = SealBook(SealState.NOT_KEPT, (), ())
"""Of an office that keeps no seals."""
