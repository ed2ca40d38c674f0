"""What the city's payables are asked to pay for the counter: to whom, where, on whose word (E8)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office


class RequestState(StrEnum):
    """Where a request stands; only a ready one is handed over."""

    INCOMPLETE = "incomplete"
    READY = "ready"
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class PayablesRequest:
    """A refund that payables pay (cents). ``payor`` is the customer that the receipt names."""

    request_id: str
    receipt: str
    """The receipt that the money was paid with."""
    refund: str
    """The receipt of the refund."""
    amount: Cents
    payee: str
    address: str
    state: RequestState
    business_date: date
    prepared_by: str
    approved_by: str
    payor: str = ""
    reason: str = ""
    payee_reason: str = ""
    """Why somebody else than the payor is paid (control 35)."""


@dataclass(frozen=True, slots=True)
class PayablesList:
    """Requests that were handed over to payables together, once."""

    office: Office
    number: str
    handed_over: datetime
    handed_over_by: str
    requests: tuple[PayablesRequest, ...]

    @property
    def total(self) -> Cents:
        """What payables are asked to pay in all (cents)."""
        return sum(request.amount for request in self.requests)


def state_of(payee: str, address: str) -> RequestState:
    """A request can be handed over when it says who is paid and where."""
    return RequestState.READY if payee and address else RequestState.INCOMPLETE


def same_person(payee: str, payor: str) -> bool:
    """Say whether a payee is the one who paid, as names are keyed (letter case and blanks forgiven).

    What the counter keeps of a customer may carry a telephone number after a middle dot.
    """
    first, second = (" ".join(name.partition(" · ")[0].split()).casefold() for name in (payee, payor))
    return first == second
