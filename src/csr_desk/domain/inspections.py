"""Inspections of what was permitted: what is looked at, by when, and what a result does to the permit (G4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.steps import INSPECTION, PERMIT
from csr_desk.domain.validity import holds_until
from csr_desk.domain.workdays import workdays_left


class InspectionKind(StrEnum):
    """What is looked at; a closed list, so that no word about a person comes into the chain."""

    TEMPORARY_POLE = "temporary_pole"
    TEMPORARY_CUT_IN = "temporary_cut_in"
    RECONNECT = "reconnect"
    SERVICE = "service"
    GAS_TEST = "gas_test"
    WATER = "water"
    ROUGH_IN = "rough_in"
    COVER = "cover"
    OCCUPANCY = "occupancy"
    FINAL = "final"
    """The last one: a permit that passes it is finished."""


KIND_WORDS: Mapping[InspectionKind, str] = {
    InspectionKind.TEMPORARY_POLE: "Temporary pole",
    InspectionKind.TEMPORARY_CUT_IN: "Temporary cut-in",
    InspectionKind.RECONNECT: "Reconnect",
    InspectionKind.SERVICE: "Electric service",
    InspectionKind.GAS_TEST: "Gas test",
    InspectionKind.WATER: "Water",
    InspectionKind.ROUGH_IN: "Rough-in",
    InspectionKind.COVER: "Cover",
    InspectionKind.OCCUPANCY: "Occupancy",
    InspectionKind.FINAL: "Final",
}

REQUESTED, SCHEDULED, PASSED, FAILED, CANCELLED = "requested", "scheduled", "passed", "failed", "cancelled"
LANES = (REQUESTED, SCHEDULED, FAILED, PASSED, CANCELLED)
"""The board, from left to right: what waits comes first, then what has to be redone."""
WAITING = (REQUESTED, SCHEDULED)


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection as it stands, with the permit that it is of."""

    number: str
    permit: str
    kind: InspectionKind
    state: str
    requested_on: date
    due_on: date
    scheduled_on: date | None
    inspected_on: date | None
    inspector: str
    result: str
    """What the inspector said; of one that was called off, why."""
    contact: str
    """Who lets the inspector in."""
    repeats: str
    """The failed one that it redoes."""
    site: str
    permit_words: str
    permit_state: str
    project: str
    customer: str
    """The customer's number."""

    @property
    def waits(self) -> bool:
        """Whether it is still to be done."""
        return self.state in WAITING

    def can(self, step: str) -> bool:
        """Say whether a step (schedule, pass, fail, cancel) is possible now."""
        return INSPECTION.can(step, self.state)

    def days_late(self, today: date, *, holidays: AbstractSet[date]) -> int:
        """Return how many working days it is overdue; 0 while there is time, or once it was done."""
        return max(0, -workdays_left(today, self.due_on, holidays=holidays)) if self.waits else 0


@dataclass(frozen=True, slots=True)
class InspectionLane:
    """A column of the board; ``total`` counts also what is not shown."""

    state: str
    rows: tuple[Inspection, ...]
    total: int
    late: Mapping[str, int]
    """Working days that a row is overdue, by its number; what is in time is not named."""


@dataclass(frozen=True, slots=True)
class PermitAfter:
    """What a passed inspection makes of a permit; ``until`` is None where its end does not move."""

    state: str
    until: date | None
    ended_on: date | None


def permit_after(kind: InspectionKind, permit: tuple[str, date | None], on: date, *, days: int) -> PermitAfter:
    """Say what a passed inspection does to a permit (its state and last day); raise WrongState where it is over.

    Work that goes on keeps the permit alive: it holds ``days`` from the inspection, never shorter than before (G4).
    """
    state, last = permit
    if kind is InspectionKind.FINAL:
        return PermitAfter(PERMIT.after("final", state), None, on)
    longer = holds_until(on, days)
    return PermitAfter(PERMIT.after("inspect", state), longer if last is not None and longer > last else None, None)


def lanes(
    rows: Sequence[Inspection], totals: Mapping[str, int], today: date, *, holidays: AbstractSet[date]
) -> tuple[InspectionLane, ...]:
    """Lay inspections out by state, in the order of the board."""

    def lane(state: str) -> InspectionLane:
        mine = tuple(one for one in rows if one.state == state)
        late = {one.number: days for one in mine if (days := one.days_late(today, holidays=holidays))}
        return InspectionLane(state, mine, totals.get(state, 0), late)

    return tuple(lane(state) for state in LANES)


def in_the_way(others: Sequence[Inspection]) -> tuple[Inspection, ...]:
    """Return what keeps a final inspection from being passed: what waits, and what was failed and not redone since."""
    redone = {one.repeats for one in others if one.state != CANCELLED}
    return tuple(one for one in others if one.waits or (one.state == FAILED and one.number not in redone))


def redoes(kind: InspectionKind, earlier: Sequence[Inspection]) -> str:
    """Return the failed inspection that a new one of a kind redoes: the last that was done, or nothing."""
    done = [one for one in earlier if one.kind is kind and one.state in {PASSED, FAILED}]
    return done[-1].number if done and done[-1].state == FAILED else ""
