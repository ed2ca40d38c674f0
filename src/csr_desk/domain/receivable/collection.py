"""What is told of an account in collection: where it stands, what holds it there, its plan, and its letters (F6–F9)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office
from csr_desk.domain.receivable.ageing import Aged
from csr_desk.domain.receivable.instalments import Instalment, Plan, behind, next_due
from csr_desk.domain.receivable.stages import Move, Stage


class PlanState(StrEnum):
    """How a payment plan stands."""

    ACTIVE = "active"
    KEPT = "kept"
    """All that it covers is paid."""
    BROKEN = "broken"
    """An instalment was not paid in time."""
    CANCELLED = "cancelled"


class LetterKind(StrEnum):
    """What is written to a customer in collection."""

    REMINDER = "reminder"
    NOTICE = "notice"
    PLAN = "plan"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class OpenBill:
    """A bill that is not paid (cents)."""

    bill: str
    description: str
    due: date | None
    amount: Cents
    paid: Cents
    returned: bool = False
    """It claims again what the bank sent back."""

    @property
    def open(self) -> Cents:
        """What is left of it."""
        return self.amount - self.paid


@dataclass(frozen=True, slots=True)
class Cover:
    """A bill that a plan covers, as it stood when the plan was made (cents)."""

    bill: str
    open: Cents
    paid: Cents

    def settled(self, now: OpenBill | None) -> Cents:
        """Return how much of it was settled since; a bill that is not open any more is settled whole.

        An adjustment settles as a payment does; a penalty that came later is no part of the plan.
        """
        if now is None:
            return self.open
        return min(self.open, max(self.open - now.open, now.paid - self.paid, 0))


@dataclass(frozen=True, slots=True)
class PlanOf:
    """A payment plan of an account, and how it stands (cents)."""

    number: str
    account: str
    state: PlanState
    made_on: date
    made_by: str
    plan: Plan
    covers: tuple[Cover, ...]
    paid: Cents = 0
    """What of it is settled."""
    ended_on: date | None = None

    @property
    def left(self) -> Cents:
        """What is still to pay."""
        return self.plan.total - self.paid

    def behind(self, on: date) -> Cents:
        """Return what should have been paid by a date and is not; the down payment is due when the plan is made."""
        return behind(self.plan, self.paid, on)

    def next_due(self) -> Instalment | None:
        """Return the first instalment that is not covered; the down payment comes before it as number 0."""
        if self.paid < self.plan.down:
            return Instalment(0, self.made_on, self.plan.down)
        return next_due(self.plan, self.paid)


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step of collection as the ledger has it (cents)."""

    number: int
    move: Move
    on: date
    at: datetime
    by: str
    late: Cents
    """What was late then."""
    fee: Cents = 0
    bill: str = ""
    receipt: str = ""
    """The receipt that made it, where a payment did."""
    because: str = ""
    """The adjustment, deposit or application of credit that made it, where the office did without a payment."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Collected:
    """An account as collection sees it (cents)."""

    account: str
    customer: str
    name: str
    address: str
    service: str
    site: str
    stage: Stage | None
    since: date | None
    owed: Cents
    late: Cents
    """Past due, without what a plan covers."""
    to_settle: Cents
    """What a payment must bring to stop the cut-off, or to restore: all that is late, and the fees of collection."""
    oldest_due: date | None
    next: Stage | None
    next_on: date | None
    """What comes next by the policy, and the first day for it."""
    extended_until: date | None
    extensions: int
    """How many it had this calendar year."""
    bills: tuple[OpenBill, ...] = ()
    plan: PlanOf | None = None
    """The plan it is on, or the last one it had."""
    steps: tuple[StepTaken, ...] = ()

    @property
    def held(self) -> str:
        """What holds the next step back, in words; nothing where nothing does."""
        if self.extended_until is not None:
            return f"extended until {self.extended_until}"
        if self.plan is not None and self.plan.state is PlanState.ACTIVE:
            return f"on payment plan {self.plan.number}"
        return ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A line of the cut-off list or of the orders to restore (cents)."""

    account: str
    name: str
    site: str
    service: str
    meter: str
    since: date
    to_settle: Cents
    oldest_due: date | None = None
    held: str = ""
    """Why it is not cut off although it stands on the list."""


@dataclass(frozen=True, slots=True)
class CrewList:
    """What the field crew works by."""

    office: Office
    title: str
    on: date
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class RestoreOrder:
    """The order to give the service back (F9)."""

    office: Office
    number: str
    account: str
    name: str
    site: str
    service: str
    meter: str
    ordered_at: datetime
    ordered_by: str
    receipt: str
    """The payment, or what the office settled it by; empty where a person ordered it, for the reason."""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter about what is late (cents)."""

    kind: LetterKind
    office: Office
    on: date
    account: str
    name: str
    address: str
    service: str
    site: str
    bills: tuple[OpenBill, ...]
    fee: Cents
    """The fee that came with it, contained in the bills."""
    total: Cents
    act_on: date | None = None
    """The first day on which the next step is taken."""
    restore_fee: Cents = 0
    """What a cut-off would cost."""
    plan: PlanOf | None = None


@dataclass(frozen=True, slots=True)
class RoundLine:
    """An account that comes to another stage, or whose plan ended (cents)."""

    account: str
    name: str
    move: Move | None
    late: Cents
    fee: Cents
    oldest_due: date | None
    plan: str = ""
    plan_state: PlanState | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """What a round of collection does, or did (cents)."""

    on: date
    lines: tuple[RoundLine, ...]
    left: int = 0
    """Accounts that it did not come to because it was stopped."""
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def fees(self) -> Cents:
        """All fees together."""
        return sum(line.fee for line in self.lines)


@dataclass(frozen=True, slots=True)
class OfficeAgeing:
    """What is open on a day, by service and age (cents), with the accounts at each stage of collection."""

    office: Office
    on: date
    services: tuple[tuple[str, Aged], ...]
    bills: int
    stages: dict[str, int]

    @property
    def total(self) -> Aged:
        """All services together."""
        columns = zip(*(aged.columns for _, aged in self.services), strict=True)
        return Aged(*(sum(column) for column in columns)) if self.services else Aged()
