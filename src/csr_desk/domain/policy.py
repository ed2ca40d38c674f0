"""What the city decides once and the program obeys: limits, rounding, tolerance. Versioned and recorded."""

from __future__ import annotations

from dataclasses import dataclass

from csr_desk.domain.money import Cents
from csr_desk.domain.tender import Rounding


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings of the city in force (money in cents)."""

    rounding: Rounding = Rounding.OFF
    tolerance: Cents = 100
    """Over/short per tender accepted without a reason (D8)."""
    cash_warn: Cents = 80_000
    cash_lock: Cents = 100_000
    """Bands of cash in the drawer, float included (C5)."""
    count_attempts: int = 3
    fee_cap_percent: int = 5
    """Texas LGC 132.003(b)."""
    approval_seconds: int = 60
    idle_lock_minutes: int = 5
    held_days: int = 7
    """Held sales older than this are listed as stale."""
    card_min: Cents = 100
