"""What is said of projects and what hangs beneath them on more than one page. Knows no Qt."""

from __future__ import annotations

from csr_desk.ui.wording import tr


def noun_words(noun: str) -> str:
    """What a thing with a number is."""
    return {
        "project": tr("Project"), "permit": tr("Permit"), "order": tr("Order"), "inspection": tr("Inspection"),
        "work_order": tr("Work order"), "release": tr("Release"),
    }[noun]  # fmt: skip


def state_words(state: str) -> str:
    """How a project, a permit, an order and the like stand."""
    return {
        "open": tr("Open"), "closed": tr("Closed"), "cancelled": tr("Cancelled"), "paid": tr("Paid"),
        "expired": tr("Ended"), "issued": tr("Issued"), "inspected": tr("Inspected"), "finalled": tr("Final"),
        "void": tr("Void"), "revoked": tr("Revoked"), "requested": tr("Requested"), "scheduled": tr("Scheduled"),
        "passed": tr("Passed"), "failed": tr("Failed"), "assigned": tr("Assigned"), "started": tr("Started"),
        "done": tr("Done"), "not_done": tr("Not done"), "eligible": tr("Eligible"), "sent": tr("Sent"),
        "confirmed": tr("Confirmed"), "energised": tr("Energized"), "rejected": tr("Rejected"),
    }[state]  # fmt: skip


_GOOD = frozenset({"paid", "passed", "done", "finalled", "confirmed", "energised", "inspected"})
_BAD = frozenset({"failed", "not_done", "rejected", "revoked"})
_OVER = frozenset({"expired", "void", "cancelled"})


def state_tone(state: str) -> str:
    """The colour that helps the word of a state."""
    return "ok" if state in _GOOD else "bad" if state in _BAD else "warn" if state in _OVER else "info"
