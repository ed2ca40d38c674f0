"""Work orders for crews and agencies: kinds, priorities, by when they are due, and the board they stand on (G13)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.errors import BadInput
from csr_desk.domain.inspections import Inspection
from csr_desk.domain.receipt import Office
from csr_desk.domain.steps import WORK_ORDER
from csr_desk.domain.workdays import after_workdays, workdays_left


class WorkKind(StrEnum):
    """What is to be done; a closed list, so that no word about a person comes into the chain."""

    RESTORE_SERVICE = "restore_service"
    CUT_OFF = "cut_off"
    READ_METER = "read_meter"
    TEST_METER = "test_meter"
    SET_METER = "set_meter"
    LEAK = "leak"
    SEWER = "sewer"
    STREET = "street"
    SIGNAL = "signal"
    CONTAINER = "container"
    ADDRESS = "address"
    OTHER = "other"


KIND_WORDS: Mapping[WorkKind, str] = {
    WorkKind.RESTORE_SERVICE: "Restore service",
    WorkKind.CUT_OFF: "Cut service off",
    WorkKind.READ_METER: "Read the meter again",
    WorkKind.TEST_METER: "Test the meter",
    WorkKind.SET_METER: "Set a meter",
    WorkKind.LEAK: "Look for a leak",
    WorkKind.SEWER: "Sewer stoppage",
    WorkKind.STREET: "Street or sidewalk",
    WorkKind.SIGNAL: "Sign or signal",
    WorkKind.CONTAINER: "Bring or change a container",
    WorkKind.ADDRESS: "Look at an address",
    WorkKind.OTHER: "Other work",
}


class Priority(StrEnum):
    """How soon; the order is that of every list."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    NORMAL = "normal"
    LOW = "low"


PRIORITY_WORDS: Mapping[Priority, str] = {
    Priority.EMERGENCY: "Emergency",
    Priority.URGENT: "Urgent",
    Priority.NORMAL: "Normal",
    Priority.LOW: "Low",
}


class Source(StrEnum):
    """Where a work order came from."""

    PAYMENT = "payment"
    REQUEST = "request"
    PERMIT = "permit"
    ACCOUNT = "account"
    RELEASE = "release"
    HAND = "hand"


OPEN, ASSIGNED, STARTED = "open", "assigned", "started"
DONE, NOT_DONE, CANCELLED = "done", "not_done", "cancelled"
LANES = (OPEN, ASSIGNED, STARTED, NOT_DONE, DONE, CANCELLED)
"""The board, from left to right: what waits comes first, then what came back undone."""
WAITING = (OPEN, ASSIGNED, STARTED)


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """A work order as it stands."""

    number: str
    kind: WorkKind
    priority: Priority
    state: str
    source: Source
    subject: str
    """What it is about (``domain.about``), or nothing."""
    customer: str
    """The customer's number, or nothing."""
    crew: str
    """The crew or the agency."""
    site: str
    work: str
    result: str
    """What came of it; of one that was cancelled, why."""
    opened_on: date
    due_on: date
    closed_on: date | None
    opened_by: str
    receipt: str
    """The printed number of the payment that asked for it."""

    @property
    def waits(self) -> bool:
        """Whether it is still to be done."""
        return self.state in WAITING

    def can(self, step: str) -> bool:
        """Say whether a step (assign, start, finish, fail, cancel, open_again) is possible now."""
        return WORK_ORDER.can(step, self.state)

    def days_late(self, today: date, *, holidays: AbstractSet[date]) -> int:
        """Return how many working days it is overdue; 0 while there is time, or once it was closed."""
        return max(0, -workdays_left(today, self.due_on, holidays=holidays)) if self.waits else 0


@dataclass(frozen=True, slots=True)
class WorkLane:
    """A column of the board; ``total`` counts also what is not shown."""

    state: str
    rows: tuple[WorkOrder, ...]
    total: int
    late: Mapping[str, int]
    """Working days that a row is overdue, by its number; what is in time is not named."""


@dataclass(frozen=True, slots=True)
class WorkSlip:
    """A work order as the crew carries it."""

    office: Office
    order: WorkOrder
    opened_by: str
    """By name."""
    customer: str
    """By name; nothing where nobody is named, or they asked to be kept confidential."""


@dataclass(frozen=True, slots=True)
class OverdueList:
    """What is late on a day, as it is printed."""

    office: Office
    on: date
    work: tuple[WorkOrder, ...]
    inspections: tuple[Inspection, ...]
    holidays: frozenset[date]
    """The city's days of rest, as they were known when the list was made."""

    def days_late(self, one: WorkOrder | Inspection) -> int:
        """Return how many working days one of them is overdue."""
        return one.days_late(self.on, holidays=self.holidays)


@dataclass(frozen=True, slots=True)
class WorkRule:
    """What a paid item has done: kind and priority."""

    item: str
    kind: WorkKind
    priority: Priority


def read_rule(text: str) -> WorkRule:
    """Read a rule like ``WTR-REREAD = read_meter urgent`` (normal without a priority); raise BadInput."""
    item, mark, rest = text.partition("=")
    words = rest.casefold().replace("-", "_").split()
    kind, priority = [*words, Priority.NORMAL.value][:2] if words else ("", "")
    known = kind in set(WorkKind) and priority in set(Priority) and len(words) <= len((kind, priority))
    if not known or not mark or not item.strip():
        kinds = ", ".join(one.value for one in WorkKind)
        raise BadInput(f"Say which item has what done, like “WTR-REREAD = read_meter urgent”, of: {kinds}.")
    return WorkRule(item.strip().upper(), WorkKind(kind), Priority(priority))


def rules_of(texts: Sequence[str]) -> dict[str, WorkRule]:
    """Return the rules of a policy by the code of their item; the last one of an item counts."""
    return {rule.item: rule for rule in map(read_rule, texts)}


def due_on(priority: Priority, today: date, days: int, *, holidays: AbstractSet[date]) -> date:
    """Return by when work is due: ``days`` working days for usual work, twice as many for what can wait.

    What is urgent is due the next working day, an emergency today, be it a Sunday.
    """
    if priority is Priority.EMERGENCY:
        return today
    count = {Priority.URGENT: 1, Priority.NORMAL: days, Priority.LOW: 2 * days}[priority]
    return after_workdays(today, count, holidays=holidays)


def lanes(
    rows: Sequence[WorkOrder], totals: Mapping[str, int], today: date, *, holidays: AbstractSet[date]
) -> tuple[WorkLane, ...]:
    """Lay work orders out by state, in the order of the board."""

    def lane(state: str) -> WorkLane:
        mine = tuple(one for one in rows if one.state == state)
        late = {one.number: days for one in mine if (days := one.days_late(today, holidays=holidays))}
        return WorkLane(state, mine, totals.get(state, 0), late)

    return tuple(lane(state) for state in LANES)
