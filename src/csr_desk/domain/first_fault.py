"""The first thing in which a ledger does not agree, told for people: what, where, who, and what to do next."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """An entry as far as it is known; empty where it is not."""

    series: str = ""
    seq: int = 0
    receipt: str = ""
    kind: str = ""
    business_date: date | None = None
    recorded_at: str = ""
    """UTC, as the ledger keeps it."""
    recorded_by: str = ""


@dataclass(frozen=True, slots=True)
class FirstFault:
    """A fault in words."""

    what: str
    place: Place = field(default_factory=Place)
    expected: str = ""
    found: str = ""
    advice: str = ""
    """What to do next."""

    @property
    def sentence(self) -> str:
        """The fault as one sentence."""
        return f"{self.what[:1].upper()}{self.what[1:]}."

    def lines(self) -> tuple[str, ...]:
        """Tell it line by line: what, where and when and by whom, expected and found, what to do."""
        place = self.place
        where = [
            part
            for part in (
                place.series and f"{place.series}, entry {place.seq}",
                place.receipt and f"receipt {place.receipt}",
                place.kind.replace("_", " "),
            )
            if part
        ]
        who = ""
        if place.business_date is not None:
            who = f"of {place.business_date.isoformat()}, recorded {place.recorded_at} by {place.recorded_by}"
        rows = (
            ("Where", ", ".join([*where, *([who] if who else [])])),
            ("Expected", self.expected),
            ("Found", self.found),
            ("Next", self.advice),
        )
        return (self.sentence, *(f"{name + ':':<10}{text}" for name, text in rows if text))
