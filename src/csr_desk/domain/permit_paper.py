"""The facts of a permit's paper: what is permitted, where, to whom, until when, and the code that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office


@dataclass(frozen=True, slots=True)
class PermitPaper:
    """A permit as its paper shows it (cents)."""

    office: Office
    number: str
    state: str
    what: str
    trade: str
    site: str
    project: str
    contractor: str
    """The contractor's name and number; empty where an owner bought it."""
    issued: date
    expires: date | None
    validity: str
    """What the catalogue says of its validity, where it has no last day."""
    receipt: str
    paid: Cents
    renewals: int
    inputs: tuple[tuple[str, str], ...] = ()
    """What was keyed for it: label and value."""
    changes: tuple[tuple[date, str], ...] = ()
    """What happened to it since: the day and a sentence."""
    code: str = ""
    """The text of its code; nothing where the city had set no key."""

    @property
    def in_force(self) -> bool:
        """Say whether work may be done by it, as far as its state goes."""
        return self.state in {"issued", "inspected"}
