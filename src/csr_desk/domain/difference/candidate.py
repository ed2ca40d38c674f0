"""A cause that a difference may have, and how likely it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from csr_desk.domain.money import Cents

MILLION = 1_000_000
STRONG = MILLION // 2
"""From here on a cause is more likely than everything else together (parts of a million)."""


class Kind(StrEnum):
    """The causes that are looked for (field section 2, item 2; cities print them as a chart on paper)."""

    MISSED_RECEIPT = "missed_receipt"
    EXTRA = "extra"
    SIGN = "sign"
    TRANSPOSITION = "transposition"
    SLIDE = "slide"
    WRONG_TENDER = "wrong_tender"
    DENOMINATION = "denomination"
    FLOAT_LEFT_IN = "float_left_in"
    FLOAT_TAKEN_OUT = "float_taken_out"
    DROP_NOT_RECORDED = "drop_not_recorded"
    CHECK_MISSING = "check_missing"
    CHECK_TWICE = "check_twice"
    CHANGE = "change"
    DIGIT = "digit"
    KEYED_WRONG = "keyed_wrong"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A receipt that a cause may hang on (cents)."""

    receipt: str
    keyed: Cents | None = None
    likely: Cents | None = None
    """What it should have been, if the cause says."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A cause, the receipts it may hang on (the likeliest first), and how to check it."""

    kind: Kind
    tender: str
    amount: Cents
    """The part of the difference that it explains, without its sign."""
    likelihood: int
    """Parts of a million: this cause against all others and against none of them."""
    sentence: str
    suspects: tuple[Suspect, ...] = ()
    other: str = ""
    """The other tender, where money stands under the wrong one."""
    evidence: tuple[str, ...] = ()
    """What speaks for it."""

    @property
    def strong(self) -> bool:
        """Whether it is more likely than everything else together."""
        return self.likelihood >= STRONG

    @property
    def receipt(self) -> str:
        """The likeliest receipt, or nothing."""
        return self.suspects[0].receipt if self.suspects else ""

    @property
    def keyed(self) -> Cents | None:
        """What was keyed on it (cents)."""
        return self.suspects[0].keyed if self.suspects else None

    @property
    def likely(self) -> Cents | None:
        """What it should have been (cents)."""
        return self.suspects[0].likely if self.suspects else None
