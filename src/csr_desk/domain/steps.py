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


def to(state: str, *states: str) -> dict[str, str]:
    """Lead to a state from each of the others."""
    return dict.fromkeys(states, state)


def stays(*states: str) -> dict[str, str]:
    """Stay where it is."""
    return {state: state for state in states}


ORDER = Ways(
    "order",
    {
        "pay": to("paid", "open"),
        "open_again": to("open", "paid"),
        "expire": to("expired", "open"),
        "cancel": to("cancelled", "open"),
    },
    {"pay": "paid", "open_again": "opened again", "expire": "ended", "cancel": "cancelled"},
)
"""``open_again`` is the void of the receipt that paid it."""

PERMIT = Ways(
    "permit",
    {
        "inspect": to("inspected", "issued", "inspected"),
        "amend": stays("issued", "inspected"),
        "correct": stays("issued", "inspected", "expired"),
        "renew": {"issued": "issued", "inspected": "inspected", "expired": "issued"},
        "move_money": stays("issued", "expired"),
        "final": to("finalled", "issued", "inspected"),
        "expire": to("expired", "issued", "inspected"),
        "revoke": to("revoked", "issued", "inspected"),
        "void": to("void", "issued", "expired"),
        "revive": to("issued", "void"),
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
        "schedule": to("scheduled", "requested", "scheduled"),
        "pass": to("passed", "requested", "scheduled"),
        "fail": to("failed", "requested", "scheduled"),
        "cancel": to("cancelled", "requested", "scheduled"),
    },
    {"schedule": "scheduled", "pass": "passed", "fail": "failed", "cancel": "called off"},
)

WORK_ORDER = Ways(
    "work order",
    {
        "assign": to("assigned", "open", "assigned"),
        "start": to("started", "open", "assigned"),
        "finish": to("done", "open", "assigned", "started"),
        "fail": to("not_done", "open", "assigned", "started"),
        "cancel": to("cancelled", "open", "assigned"),
        "open_again": to("open", "done", "not_done"),
    },
    {
        "assign": "assigned", "start": "started", "finish": "finished", "fail": "given back undone",
        "cancel": "cancelled", "open_again": "opened again",
    },
)  # fmt: skip

RELEASE = Ways(
    "release",
    {
        "clear": to("eligible", "requested", "eligible"),
        "block": to("requested", "requested", "eligible"),
        "send": to("sent", "eligible"),
        "confirm": to("confirmed", "sent"),
        "energise": to("energised", "sent", "confirmed"),
        "reject": to("rejected", "sent", "confirmed"),
        "ask_again": to("requested", "rejected"),
        "expire": to("expired", "eligible", "sent", "confirmed"),
        "revoke": to("revoked", "requested", "eligible", "sent", "confirmed"),
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
        "send": to("sent", "made"),
        "acknowledge": to("acknowledged", "sent"),
        "cancel": to("cancelled", "made"),
    },
    {"send": "sent", "acknowledge": "acknowledged", "cancel": "cancelled"},
)

VERIFICATION = Ways(
    "verification",
    {
        "look": stays("open"),
        "verify": to("verified", "open"),
        "refuse": to("refused", "open"),
        "cancel": to("cancelled", "open"),
    },
    {"look": "worked on", "verify": "decided", "refuse": "decided", "cancel": "cancelled"},
)

MESSAGE = Ways(
    "message",
    {
        "try": to("sending", "queued", "failed"),
        "take": to("sent", "sending"),
        "fail": to("failed", "sending"),
        "queue_again": to("queued", "failed", "given_up", "sending"),
        "give_up": to("given_up", "queued", "failed", "sending"),
    },
    {
        "try": "tried", "take": "sent", "fail": "refused", "queue_again": "queued again", "give_up": "given up",
    },
)  # fmt: skip
"""What is ``sending`` when the program starts may have been taken: only a person queues it again or gives it up."""

ALL = (ORDER, PERMIT, INSPECTION, WORK_ORDER, RELEASE, RELEASE_BATCH, VERIFICATION, MESSAGE)
