"""Whether service may be released to a utility, computed and explained: each condition is a code and a sentence (G9).

Harris County's rule set is the model (realdata section 6): no release while there are violations, missing inspections
or unpaid fees; the address exactly as permitted; no temporary pole for a mobile home; by hand where none is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.money import Cents, shown
from csr_desk.domain.premise import esi_id_fault
from csr_desk.domain.sites import Match, compared
from csr_desk.domain.validity import ALIVE
from csr_desk.domain.workdays import after_workdays, workdays_left


class Kind(StrEnum):
    """What is released."""

    TEMPORARY_POLE = "temporary_pole"
    TEMPORARY_CUT_IN = "temporary_cut_in"
    RECONNECT = "reconnect"
    PERMANENT = "permanent"
    FINAL_GAS = "final_gas"
    WATER = "water"


ELECTRIC = frozenset({Kind.TEMPORARY_POLE, Kind.TEMPORARY_CUT_IN, Kind.RECONNECT, Kind.PERMANENT})


class Condition(StrEnum):
    """What must hold before a release is sent, in the order in which it is told."""

    REASON = "reason"
    """Without a permit: why none is needed."""
    PERMIT = "permit"
    INSPECTION = "inspection"
    FEES = "fees"
    VIOLATIONS = "violations"
    HOLDS = "holds"
    CONTRACTOR = "contractor"
    ADDRESS = "address"
    PREMISE = "premise"
    MOBILE_HOME = "mobile_home"


@dataclass(frozen=True, slots=True)
class Finding:
    """One condition: whether it is met, and the sentence that says so or what is missing."""

    condition: Condition
    met: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class PermitLook:
    """The permit of a release as it stands now."""

    number: str
    state: str
    last_day: date | None
    passed_on: date | None
    """When the inspection that this kind of release asks for was passed; None where it was not."""
    last_result: str = ""
    """``failed`` or ``requested``, where it was not passed."""
    owed: Cents = 0
    """What is still due on the permit and its project."""
    contractor_lacks: tuple[str, ...] = ()
    """``contractor.lacks`` on the day of the release."""


@dataclass(frozen=True, slots=True)
class ReleaseLook:
    """Everything that a release depends on."""

    kind: Kind
    site: str
    """As permitted; in a release by hand, as asked for."""
    utility_site: str
    """As the utility writes it; empty where nobody looked it up."""
    premise: str
    premise_code: str
    """What the ESI IDs of the company begin with; empty where it has none."""
    permit: PermitLook | None
    manual: str = ""
    """The code of the reason why no permit is needed."""
    violations: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    mobile_home: bool = False


def findings(look: ReleaseLook, today: date) -> tuple[Finding, ...]:
    """Return every condition of a release, met or not, in order; nothing that is missing hides anything else."""
    by_permit = _of_permit(look.permit, today) if look.permit is not None else _by_hand(look)
    return (*by_permit, *_of_place(look))


def eligible(found: Iterable[Finding]) -> bool:
    """Say whether every condition is met."""
    return all(one.met for one in found)


def missing(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the conditions that are not met."""
    return tuple(one for one in found if not one.met)


def _by_hand(look: ReleaseLook) -> Iterator[Finding]:
    words = look.manual.replace("_", " ")
    sentence = (
        f"No permit is needed: {words}." if look.manual else "No permit is named, and no reason why none is needed."
    )
    yield Finding(Condition.REASON, bool(look.manual), sentence)


def _of_permit(permit: PermitLook, today: date) -> Iterator[Finding]:
    yield _in_force(permit, today)
    if permit.passed_on is not None:
        yield Finding(
            Condition.INSPECTION, met=True, sentence=f"The inspection was passed on {permit.passed_on.isoformat()}."
        )
    else:
        why = {
            "failed": "The last inspection was failed.",
            "requested": "The inspection was asked for and not done yet.",
        }
        said = why.get(permit.last_result, "No inspection was asked for yet.")
        yield Finding(Condition.INSPECTION, met=False, sentence=said)
    owed = f"{shown(permit.owed)} is still due on it." if permit.owed > 0 else "All fees are paid."
    yield Finding(Condition.FEES, permit.owed <= 0, owed)
    lacks = " ".join(permit.contractor_lacks)
    yield Finding(Condition.CONTRACTOR, not lacks, lacks or "The contractor’s papers are in order.")


def _in_force(permit: PermitLook, today: date) -> Finding:
    over = permit.last_day is not None and permit.last_day < today and permit.state in ALIVE
    alive = permit.state in ALIVE | {"finalled"} and not over
    state = "expired" if over else permit.state
    sentence = f"Permit {permit.number} is in force." if alive else f"Permit {permit.number} is {state}."
    return Finding(Condition.PERMIT, alive, sentence)


def _of_place(look: ReleaseLook) -> Iterator[Finding]:
    violations = " ".join(look.violations)
    yield Finding(Condition.VIOLATIONS, not violations, violations or "No violation stands against it.")
    holds = " ".join(look.holds)
    yield Finding(Condition.HOLDS, not holds, holds or "No hold stands against it.")
    if look.utility_site:
        side_by_side = compared(look.site, look.utility_site)
        yield Finding(Condition.ADDRESS, side_by_side.match is Match.EXACT, side_by_side.sentence)
    else:
        said = f"The address goes out as permitted: {look.site}." if look.site else "The address is missing."
        yield Finding(Condition.ADDRESS, bool(look.site), said)
    if look.kind in ELECTRIC and look.premise_code:
        fault = esi_id_fault(look.premise, look.premise_code)
        yield Finding(Condition.PREMISE, not fault, fault or "The ESI ID is one of this utility.")
    pole = look.kind is Kind.TEMPORARY_POLE and look.mobile_home
    if look.kind is Kind.TEMPORARY_POLE:
        said = "A mobile home gets no temporary pole." if pole else "It is no mobile home."
        yield Finding(Condition.MOBILE_HOME, not pole, said)


@dataclass(frozen=True, slots=True)
class Countdown:
    """How long a move-in order waits for the release (G10): ERCOT cancels it after 20 working days."""

    last_day: date
    left: int
    """Working days left; below zero when it is over."""

    @property
    def over(self) -> bool:
        """Say whether the order was cancelled."""
        return self.left < 0


def countdown(started: date, today: date, days: int, *, holidays: AbstractSet[date] = frozenset()) -> Countdown:
    """Count the working days that a move-in order still waits, from the day it started (``Policy.days_off``)."""
    last = after_workdays(started, days, holidays=holidays)
    return Countdown(last, workdays_left(today, last, holidays=holidays))


def unconfirmed_since(sent: date, today: date, days: int, *, holidays: AbstractSet[date] = frozenset()) -> bool:
    """Say whether a release that was sent should have been confirmed by now (control 48; ``Policy.days_off``)."""
    return today > after_workdays(sent, days, holidays=holidays)
