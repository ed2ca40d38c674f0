"""Projects: the number under which all permits of one construction hang (G1), and what may become of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.errors import Refusal, WrongState

LONGEST_TITLE = 120
LONGEST_SITE = 200
MOST_NAMED = 3
"""So many numbers stand in a sentence; of more the first are named."""


class ProjectState(StrEnum):
    """What became of a project."""

    OPEN = "open"
    CLOSED = "closed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Project:
    """A project as it stands; what is not known is empty."""

    number: str
    title: str
    site: str
    """The address as it was keyed."""
    site_key: str
    """What two writings of one address have in common."""
    customer_id: str
    """The owner."""
    customer: str
    contractor: str
    state: ProjectState
    opened_on: date
    closed_on: date | None
    opened_by: str

    def why_not_changed(self) -> Refusal | None:
        """Return why nothing is done on it any more, or nothing."""
        if self.state is ProjectState.OPEN:
            return None
        return WrongState(f"Project {self.number} is {self.state.value}. Open it again first.", field="project")

    def why_not_ended(self, orders: Sequence[str], permits: Sequence[str]) -> Refusal | None:
        """Return why it may not be closed or called off: it was already, or something on it still waits."""
        if self.state is not ProjectState.OPEN:
            return WrongState(f"Project {self.number} is {self.state.value} already.", field="project")
        if orders:
            return WrongState(f"{_named('Order', orders)} on it can still be paid. Call it off first.", field="project")
        if permits:
            return WrongState(f"{_named('Permit', permits)} on it is still in force. End it first.", field="project")
        return None

    def why_not_reopened(self) -> Refusal | None:
        """Return why it may not be opened again, or nothing."""
        if self.state is not ProjectState.OPEN:
            return None
        return WrongState(f"Project {self.number} is open.", field="project")


def _named(noun: str, numbers: Sequence[str]) -> str:
    more = len(numbers) - MOST_NAMED
    named = ", ".join(numbers[:MOST_NAMED])
    return f"{noun} {named} and {more} more" if more > 0 else f"{noun} {named}"
