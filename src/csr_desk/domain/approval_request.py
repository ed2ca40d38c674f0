"""What a clerk asks a supervisor at another screen, and the answer (J4): one act, one subject, one amount, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from csr_desk.domain.errors import ApprovalNeeded, Conflict, SelfApproval
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor, Approval


class RequestState(StrEnum):
    """Where a request stands."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Details:
    """What the supervisor sees beside the sentence (cents); read from the ledger, not from what the clerk says."""

    receipt: str = ""
    before: Cents | None = None
    """What the receipt stands with now."""
    after: Cents | None = None
    """What it stands with once the act is done."""
    lines: tuple[tuple[str, Cents], ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it stands."""

    request_id: str
    act: Act
    subject: str
    amount: Cents
    user: str
    user_name: str
    sentence: str
    details: Details
    state: RequestState
    asked_at: datetime
    expires_at: datetime
    decided_by: str = ""
    decided_name: str = ""
    decided_at: datetime | None = None
    answer: str = ""

    def runs(self, now: datetime) -> bool:
        """Say whether somebody may still decide it."""
        return self.state is RequestState.WAITING and now <= self.expires_at

    def check_open(self, now: datetime) -> None:
        """Raise Conflict unless it still waits for a decision."""
        if self.state is RequestState.WITHDRAWN:
            raise Conflict(f"{self.user_name} took the request back.")
        if self.state is not RequestState.WAITING:
            raise Conflict(f"{self.decided_name} decided this already: {self.state.value}.")
        if now > self.expires_at:
            raise Conflict("The request has run out. Whoever asked asks again.")

    def check_decider(self, actor: Actor) -> None:
        """Raise SelfApproval for one's own request."""
        if actor.user == self.user:
            raise SelfApproval(act=self.act.value, subject=self.subject, amount=self.amount)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the clerk hears: waiting, granted with the approval to use, refused with words, or run out."""

    request: Request
    approval: Approval | None
    """Good until it expires; None unless granted."""
    expired: bool
    """Nobody decided in time, or the granted approval was not used in time."""
    used: bool = False

    @property
    def settled(self) -> bool:
        """Say whether there is nothing more to wait for."""
        return self.expired or self.used or self.request.state is not RequestState.WAITING

    def usable(self) -> Approval:
        """Return the approval; raise ApprovalNeeded where there is none (any more)."""
        if self.approval is None or self.expired or self.used:
            raise ApprovalNeeded(
                "There is no approval that holds for this request. Ask again.",
                act=self.request.act.value, subject=self.request.subject, amount=self.request.amount,
            )  # fmt: skip
        return self.approval
