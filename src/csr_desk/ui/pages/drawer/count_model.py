"""What a custodian has keyed of a count so far; knows nothing of what is expected (D3, blind)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from csr_desk.domain.drawer import CountSheet, TapeCount, cash_total
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents, parse_till
from csr_desk.domain.tender import TRAITS, TenderKind
from csr_desk.ui.wording import tr

TAPED: tuple[TenderKind, ...] = tuple(
    kind for kind, traits in TRAITS.items() if traits.counted and not traits.gives_change
)
"""The tenders counted by items and adding-machine tape, checks first (D5)."""
ALWAYS = frozenset({TenderKind.CHECK, TenderKind.MONEY_ORDER, TenderKind.CARD})
"""Handed in even when there is none, so that every count of a drawer has the same rows."""
_MOST_DIGITS = 6


@dataclass(slots=True)
class CheckTick:
    """One check of the tick list: who gave it, whether it was found, and what is written on it (as keyed)."""

    number: str
    from_name: str
    receipt: str
    ticked: bool = False
    amount: str = ""


@dataclass(slots=True)
class TapeEntry:
    """Items and tape of one tender as keyed; empty is nothing in the drawer."""

    items: str = ""
    total: str = ""


@dataclass(slots=True)
class CountDraft:
    """A count being keyed: pieces of cash by value (cents), the check list, and the tapes."""

    pieces: dict[Cents, int] = field(default_factory=dict)
    checks: list[CheckTick] = field(default_factory=list)
    listed: frozenset[TenderKind] = frozenset()
    """Tenders of which the tick list names something."""
    tapes: dict[TenderKind, TapeEntry] = field(default_factory=lambda: {kind: TapeEntry() for kind in TAPED})

    @property
    def cash(self) -> Cents:
        """Cash counted so far (cents)."""
        return cash_total(self.pieces)

    @property
    def ticked(self) -> int:
        """How many checks of the list were found."""
        return sum(tick.ticked for tick in self.checks)

    def listed_total(self) -> Cents:
        """Sum of the amounts keyed beside the ticked checks (cents); raise BadInput naming the row."""
        total = 0
        for at, tick in enumerate(self.checks):
            if tick.ticked and tick.amount.strip():
                total += _cents(tick.amount, f"check-amount-{at}")
        return total

    def check_tape(self) -> TapeCount:
        """The checks as counted: a keyed tape wins over the tick list; raise BadInput naming the field."""
        entry = self.tapes[TenderKind.CHECK]
        items = _number(entry.items, "check-items") if entry.items.strip() else self.ticked
        total = _cents(entry.total, "check-total") if entry.total.strip() else self.listed_total()
        return TapeCount(items, total)

    def tape(self, kind: TenderKind) -> TapeCount:
        """Items and total of a tender as keyed; raise BadInput naming the field."""
        if kind is TenderKind.CHECK:
            return self.check_tape()
        entry = self.tapes[kind]
        items = _number(entry.items, f"{kind}-items") if entry.items.strip() else 0
        total = _cents(entry.total, f"{kind}-total") if entry.total.strip() else 0
        return TapeCount(items, total)

    def sheet(self) -> CountSheet:
        """The count as handed in: the usual tenders even when there is nothing of them; raise BadInput."""
        counted: dict[str, TapeCount] = {}
        for kind in TAPED:
            tape = self.tape(kind)
            if tape.total and not tape.items:
                words = tr("Key how many items of {tender} the total is made of.")
                raise BadInput(words.format(tender=TRAITS[kind].name.lower()), field=f"{kind}-items")
            if tape.items or kind in ALWAYS or kind in self.listed:
                counted[kind.value] = tape
        return CountSheet({value: number for value, number in self.pieces.items() if number}, counted)

    def list_checks(self, checks: Iterable[tuple[str, str, str]]) -> None:
        """Take the tick list (number, name, receipt), keeping the ticks already made."""
        made = {tick.receipt + "\0" + tick.number: tick for tick in self.checks}
        self.checks = [
            made.get(receipt + "\0" + number, CheckTick(number, name, receipt)) for number, name, receipt in checks
        ]


def tidy(pieces: Mapping[Cents, int]) -> dict[Cents, int]:
    """Pieces without the empty denominations."""
    return {value: number for value, number in pieces.items() if number}


def _number(text: str, name: str) -> int:
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdigit() and len(stripped) <= _MOST_DIGITS):
        raise BadInput(tr("“{keyed}” is not a number of items.").format(keyed=text[:20]), field=name)
    return int(stripped)


def _cents(text: str, name: str) -> Cents:
    try:
        cents = parse_till(text)
    except BadInput as problem:
        raise BadInput(problem.message, field=name) from None
    if cents < 0:
        raise BadInput(tr("A counted amount cannot be negative."), field=name)
    return cents
