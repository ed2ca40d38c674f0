"""The city's policy as a form: what each setting is called, what it means, and what a person changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.domain.policy import MONEY, Policy, as_text

TUPLES = frozenset({"void_reasons"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name in the program, as people call it, what it does, the unit it is keyed in."""

    name: str
    label: str
    sentence: str
    unit: str = ""


SETTINGS: tuple[Setting, ...] = (
    Setting("rounding", "Cash rounding", "How the cash part is rounded to the nickel", "off, nearest or down"),
    Setting("tolerance", "Tolerance", "Over and short of a tender that needs no reason", "dollars"),
    Setting("cash_warn", "Cash drop due at", "Cash in a drawer, float included, that asks for a drop", "dollars"),
    Setting("cash_lock", "Cash limit", "Cash in a drawer at which no more cash is taken", "dollars"),
    Setting("count_attempts", "Counts", "How often a drawer may be counted before it goes to the supervisor", "times"),
    Setting("fee_cap_percent", "Service fee cap", "Highest service fee on a tender (Texas LGC 132.003)", "percent"),
    Setting("card_min", "Smallest card payment", "Below it no card is taken", "dollars"),
    Setting("approval_seconds", "Approval lasts", "How long a supervisor's yes may wait", "seconds"),
    Setting("idle_lock_minutes", "Lock after", "Idle time after which the screen locks", "minutes"),
    Setting("held_days", "Held sales are stale after", "Then they are listed apart", "days"),
    Setting("void_reasons", "Reasons of a void", "By the digits 1 to 9", "separated by ;"),
)
"""Every setting of ``Policy``, in the order of the form."""


def as_keyed(policy: Policy) -> dict[str, str]:
    """The policy as it stands in the form: dollars as written, reasons separated by semicolons."""
    return {
        name: "; ".join(str(part) for part in value) if isinstance(value, list) else str(value)
        for name, value in as_text(policy).items()
    }


def changes(policy: Policy, keyed: Mapping[str, str]) -> dict[str, object]:
    """What differs from the policy, as the service reads it (money in dollars, reasons as a list)."""
    before = as_keyed(policy)
    found: dict[str, object] = {}
    for name, text in keyed.items():
        tidy = text.strip()
        if name in MONEY:
            tidy = tidy.replace("$", "").replace(",", "")
        if tidy == before[name]:
            continue
        found[name] = [part.strip() for part in tidy.split(";") if part.strip()] if name in TUPLES else tidy
    return found
