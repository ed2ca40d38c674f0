"""From a reminder to the cut-off and back: what an account that does not pay comes to, by the city's policy (F8)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csr_desk.domain.money import Cents
from csr_desk.domain.receivable.ageing import days_late
from csr_desk.domain.tender import TRAITS, Tender, TenderKind


class Stage(StrEnum):
    """Where an account stands; none of them while nothing is late."""

    REMINDER = "reminder"
    NOTICE = "notice"
    """A notice of cut-off went out."""
    LISTED = "listed"
    """On the list that the field crew cuts off by."""
    CUT_OFF = "cut_off"
    RESTORING = "restoring"
    """Paid at the window; the order to restore is out."""


CERTIFIED_ONLY = frozenset({Stage.CUT_OFF})
"""Where only cash, a card or certified funds are taken (League City's rule; field F8)."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Days after the due date, and the fee (cents), of each step."""

    reminder_days: int
    notice_days: int
    list_days: int
    fees: dict[Stage, Cents]


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of an account: its oldest late due date, and what holds a step back."""

    oldest_due: date | None
    stage: Stage | None = None
    since: date | None = None
    """When it came to its stage."""
    extended_until: date | None = None
    on_plan: bool = False
    """It keeps to a payment plan."""


def next_stage(standing: Standing, ladder: Ladder, on: date) -> Stage | None:
    """Return the stage that an account comes to now, one step at a time; None where it stays where it is.

    A notice is never skipped: who was not reminded is reminded first, however late the bill; and between two steps lie
    the days that the policy puts between them, so that looking twice on one day hurries nobody. Cutting off itself is
    the field crew's act, never the calendar's.
    """
    if standing.oldest_due is None or standing.on_plan or standing.stage in {Stage.CUT_OFF, Stage.RESTORING}:
        return None
    if standing.extended_until is not None and on <= standing.extended_until:
        return None
    late = days_late(standing.oldest_due, on)
    steps = (
        (None, ladder.reminder_days, 0, Stage.REMINDER),
        (Stage.REMINDER, ladder.notice_days, ladder.notice_days - ladder.reminder_days, Stage.NOTICE),
        (Stage.NOTICE, ladder.list_days, ladder.list_days - ladder.notice_days, Stage.LISTED),
    )
    stood = (on - (standing.since or date.min)).days
    return next(
        (to for at, days, apart, to in steps if standing.stage is at and late > days and stood >= max(apart, 1)), None
    )


def after_payment(stage: Stage | None, late_left: Cents) -> Stage | None:
    """Return where a payment brings an account; cut-off stops at once, and who is cut off gets a restore order.

    ``late_left`` is what is still late after it, in cents.
    """
    if late_left > 0 or stage is None:
        return stage
    return Stage.RESTORING if stage is Stage.CUT_OFF else None


def may_extend(granted_this_year: int, most: int, running_until: date | None, on: date) -> bool:
    """Say whether another extension may be granted: so many a calendar year, never on top of another (F7)."""
    return granted_this_year < most and (running_until is None or running_until < on)


class Move(StrEnum):
    """What a step of collection is: a stage that an account came to, or its end."""

    REMINDER = "reminder"
    NOTICE = "notice"
    LISTED = "listed"
    CUT_OFF = "cut_off"
    RESTORING = "restoring"
    RESTORED = "restored"
    """The crew gave the service back."""
    STOPPED = "stopped"
    """A payment ended it before the cut-off."""

    @property
    def stage(self) -> Stage | None:
        """Where it leaves the account."""
        return None if self in {Move.RESTORED, Move.STOPPED} else Stage(self.value)


def move_to(stage: Stage | None) -> Move:
    """Return the step that brings an account to a stage; to none of them, what a payment does."""
    return Move.STOPPED if stage is None else Move(stage.value)


UNFIT = frozenset({TenderKind.CHECK, TenderKind.ECHECK})
"""What the bank may send back."""


def unfit_after_cut_off(tenders: Iterable[Tender]) -> str:
    """Return the name of a tender that does not pay an account that is cut off, or nothing."""
    return next((TRAITS[tender.kind].name for tender in tenders if tender.kind in UNFIT), "")
