"""What the supervisor sees of a day: each drawer's standing, what may be done with it, and where to begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from csr_desk.domain.drawer import BatchSheet, BatchState, TenderTie
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor


class Standing(StrEnum):
    """How a drawer stands, in the order in which it wants attention."""

    OFF = "off"
    READY = "ready"
    COUNTING = "counting"
    SELLING = "selling"
    LOCKED = "locked"
    ACCEPTED = "accepted"
    DEPOSITED = "deposited"


TONES = {
    Standing.OFF: "bad",
    Standing.READY: "ok",
    Standing.COUNTING: "warn",
    Standing.SELLING: "info",
    Standing.LOCKED: "warn",
    Standing.ACCEPTED: "ok",
    Standing.DEPOSITED: "ok",
}
"""The tone of each standing; the chip says it in words as well."""


def standing(sheet: BatchSheet) -> Standing:
    """How a drawer stands: an open one is selling or locked, a submitted one agrees or is off."""
    batch = sheet.batch
    if batch.state is BatchState.ACCEPTED:
        return Standing.DEPOSITED if batch.deposit else Standing.ACCEPTED
    if batch.state is BatchState.SUBMITTED:
        return Standing.OFF if off_by(sheet) else Standing.READY
    if batch.state is BatchState.COUNTING:
        return Standing.COUNTING
    return Standing.LOCKED if batch.suspended else Standing.SELLING


def off_by(sheet: BatchSheet) -> Cents:
    """Over and short of all tenders without their signs (cents): 0.25 short and 9.00 short are off by 9.25."""
    return sum(abs(tie.over_short or 0) for tie in sheet.ties)


def beyond(tie: TenderTie, tolerance: Cents) -> bool:
    """Say whether a tender is over or short by more than the city tolerates without a reason (D8)."""
    return tie.over_short is not None and abs(tie.over_short) > tolerance


def tone(sheet: BatchSheet, tolerance: Cents) -> str:
    """The tone of a drawer's chip: off within the tolerance is a warning, beyond it is bad."""
    found = standing(sheet)
    if found is Standing.OFF and not any(beyond(tie, tolerance) for tie in sheet.ties):
        return "warn"
    return TONES[found]


@dataclass(frozen=True, slots=True)
class Offers:
    """What the signed-in person may do with a drawer as it stands; the services decide again."""

    accept: bool
    needs_reason: bool
    """Over tolerance: acceptance wants a reason."""
    send_back: bool
    reopen: bool
    z_report: bool


def offers(sheet: BatchSheet, actor: Actor, tolerance: Cents) -> Offers:
    """Follow the state, the role, and the rule that nobody accepts a drawer of their own (D9)."""
    batch = sheet.batch
    others = batch.custodian != actor.user
    submitted = batch.state is BatchState.SUBMITTED and others
    accepted = batch.state is BatchState.ACCEPTED
    return Offers(
        accept=submitted and actor.may(Act.ACCEPT_BATCH),
        needs_reason=any(beyond(tie, tolerance) for tie in sheet.ties),
        send_back=submitted and actor.may(Act.REJECT_BATCH),
        reopen=accepted and others and not batch.deposit and actor.may(Act.REOPEN_BATCH),
        z_report=accepted and actor.may(Act.SEE_REPORTS),
    )


def first_to_look_at(sheets: tuple[BatchSheet, ...]) -> str | None:
    """The batch that wants the supervisor most: the largest difference, then one that is ready, then any."""
    order = list(Standing)
    ranked = sorted(sheets, key=lambda sheet: (order.index(standing(sheet)), -off_by(sheet)))
    return ranked[0].batch.batch_id if ranked else None


def drawers_in(sheets: tuple[BatchSheet, ...]) -> int:
    """How many drawers were handed in or accepted."""
    return sum(sheet.batch.state in {BatchState.SUBMITTED, BatchState.ACCEPTED} for sheet in sheets)


def drawers_accepted(sheets: tuple[BatchSheet, ...]) -> int:
    """How many drawers were accepted; all of them before a day closes (D11)."""
    return sum(sheet.batch.state is BatchState.ACCEPTED for sheet in sheets)
