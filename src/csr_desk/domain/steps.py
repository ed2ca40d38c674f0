"""What may be done with an order, a permit, an inspection, a work order, a release or a message in each of its states.

One table a noun: step → the states it is possible in → the state it leads to. Pages ask ``can``, services ``after``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from csr_desk.domain.errors import WrongState

Moves: TypeAlias = Mapping[str, Mapping[str, str]]
_SPELLED = {"energised": "energized"}
"""Codes that people spell otherwise."""


def spelled(code: str) -> str:
    """Return the code of a state as people write it."""
    return _SPELLED.get(code, code.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Ways:
    """The steps of a noun, and how people say each of them."""

    noun: str
    moves: Moves
    said: Mapping[str, str]

    def can(self, step: str, state: str) -> bool:
        """Say whether a step is possible in a state."""
        return state in self.moves[step]

    def after(self, step: str, state: str) -> str:
        """Return the state that a step leads to; raise WrongState with a sentence where it is not possible."""
        to = self.moves[step].get(state)
        if to is None:
            raise WrongState(
                f"This {self.noun} is {spelled(state)}: it cannot be {self.said[step]} any more, or not yet."
            )
        return to

    def open_steps(self, state: str) -> tuple[str, ...]:
        """Return every step that is possible in a state, in the table's order."""
        return tuple(step for step, moves in self.moves.items() if state in moves)


def _all(to: str, *states: str) -> dict[str, str]:
    return dict.fromkeys(states, to)


def _stays(*states: str) -> dict[str, str]:
    return {state: state for state in states}


ORDER = Ways(
    "order",
    {
        "pay": _all("paid", "open"),
        "open_again": _all("open", "paid"),
        "expire": _all("expired", "open"),
        "cancel": _all("cancelled", "open"),
    },
    {"pay": "paid", "open_again": "opened again", "expire": "ended", "cancel": "cancelled"},
)
"""``open_again`` is the void of the receipt that paid it."""

PERMIT = Ways(
    "permit",
    {
        "inspect": _all("inspected", "issued", "inspected"),
        "amend": _stays("issued", "inspected"),
        "correct": _stays("issued", "inspected", "expired"),
        "renew": {"issued": "issued", "inspected": "inspected", "expired": "issued"},
        "move_money": _stays("issued", "expired"),
        "final": _all("finalled", "issued", "inspected"),
        "expire": _all("expired", "issued", "inspected"),
        "revoke": _all("revoked", "issued", "inspected"),
        "void": _all("void", "issued", "expired"),
        "revive": _all("issued", "void"),
    },
    {
        "inspect": "inspected", "amend": "amended", "correct": "corrected", "renew": "renewed",
        "move_money": "relieved of its money", "final": "finalled", "expire": "ended", "revoke": "revoked",
        "void": "voided", "revive": "brought back",
    },
)  # fmt: skip
"""``void`` follows its receipt, while nothing was inspected; ``revive`` undoes it when the payment stands again."""

INSPECTION = Ways(
    "inspection",
    {
        "schedule": _all("scheduled", "requested", "scheduled"),
        "pass": _all("passed", "requested", "scheduled"),
        "fail": _all("failed", "requested", "scheduled"),
        "cancel": _all("cancelled", "requested", "scheduled"),
    },
    {"schedule": "scheduled", "pass": "passed", "fail": "failed", "cancel": "called off"},
)

WORK_ORDER = Ways(
    "work order",
    {
        "assign": _all("assigned", "open", "assigned"),
        "start": _all("started", "open", "assigned"),
        "finish": _all("done", "open", "assigned", "started"),
        "fail": _all("not_done", "open", "assigned", "started"),
        "cancel": _all("cancelled", "open", "assigned"),
        "open_again": _all("open", "done", "not_done"),
    },
    {
        "assign": "assigned", "start": "started", "finish": "finished", "fail": "given back undone",
        "cancel": "cancelled", "open_again": "opened again",
    },
)  # fmt: skip

RELEASE = Ways(
    "release",
    {
        "clear": _all("eligible", "requested", "eligible"),
        "block": _all("requested", "requested", "eligible"),
        "send": _all("sent", "eligible"),
        "confirm": _all("confirmed", "sent"),
        "energise": _all("energised", "sent", "confirmed"),
        "reject": _all("rejected", "sent", "confirmed"),
        "ask_again": _all("requested", "rejected"),
        "expire": _all("expired", "eligible", "sent", "confirmed"),
        "revoke": _all("revoked", "requested", "eligible", "sent", "confirmed"),
    },
    {
        "clear": "cleared", "block": "held back", "send": "sent", "confirm": "confirmed", "energise": "energized",
        "reject": "rejected", "ask_again": "asked for again", "expire": "ended", "revoke": "revoked",
    },
)  # fmt: skip
"""``clear`` and ``block`` are what looking at its conditions comes to; nothing is sent that was not cleared."""

RELEASE_BATCH = Ways(
    "batch of releases",
    {
        "send": _all("sent", "made"),
        "acknowledge": _all("acknowledged", "sent"),
        "cancel": _all("cancelled", "made"),
    },
    {"send": "sent", "acknowledge": "acknowledged", "cancel": "cancelled"},
)

VERIFICATION = Ways(
    "verification",
    {
        "look": _stays("open"),
        "verify": _all("verified", "open"),
        "refuse": _all("refused", "open"),
        "cancel": _all("cancelled", "open"),
    },
    {"look": "worked on", "verify": "decided", "refuse": "decided", "cancel": "cancelled"},
)

MESSAGE = Ways(
    "message",
    {
        "try": _all("sending", "queued", "failed"),
        "take": _all("sent", "sending"),
        "fail": _all("failed", "sending"),
        "queue_again": _all("queued", "failed", "given_up", "sending"),
        "give_up": _all("given_up", "queued", "failed", "sending"),
    },
    {
        "try": "tried", "take": "sent", "fail": "refused", "queue_again": "queued again", "give_up": "given up",
    },
)  # fmt: skip
"""What is ``sending`` when the program starts may have been taken: only a person queues it again or gives it up."""

ALL = (ORDER, PERMIT, INSPECTION, WORK_ORDER, RELEASE, RELEASE_BATCH, VERIFICATION, MESSAGE)
