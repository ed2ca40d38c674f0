"""A customer of a training day as frozen facts: what they say and hold out, and the right result. Cents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.money import Cents
from csr_desk.domain.tender import Tender
from csr_desk.domain.training_visits import Answer, Visit, Words


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that is held out; ``refuse`` says why it must not be taken (never shown before the visit is over)."""

    words: str
    tender: Tender | None = None
    refuse: str = ""


@dataclass(frozen=True, slots=True)
class SoldLine:
    """A line as it should be sold: item, quantity, and the inputs that price it by the label of their field."""

    item: str
    quantity: str
    amount: Cents
    inputs: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Wanted:
    """The right sale (cents): what the program's own pricing and settling make of it."""

    lines: tuple[CartLine, ...]
    tenders: tuple[Tender, ...]
    sold: tuple[SoldLine, ...]
    total: Cents
    given: tuple[tuple[str, Cents], ...]
    """Kind and amount of each tender as recorded (fee apart)."""
    change: Cents


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that a customer wants: a sale, or an answer; ``voids`` takes the sale of the turn before back first."""

    words: Words
    offers: tuple[Offer, ...] = ()
    wanted: Wanted | None = None
    answer: Answer | None = None
    voids: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A customer. ``par`` is the time in seconds within which the visit earns all points for speed."""

    number: int
    visit: Visit
    customer: str
    turns: tuple[Turn, ...]
    par: int


@dataclass(frozen=True, slots=True)
class TrainingDay:
    """Sixty customers, the same for the same seed."""

    seed: int
    business_date: date
    cards: tuple[Card, ...]
