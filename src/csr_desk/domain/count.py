"""A blind count against what a drawer should hold: agreement by tender, differences, the state of the attempts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from csr_desk.domain.drawer import CountSheet, TapeCount, TenderTie, cash_total
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents
from csr_desk.domain.tender import TRAITS, TenderKind

ELECTRONIC = frozenset({TenderKind.CARD.value})
"""Counted by slips only where the custodian hands in slips; left out, there is no difference to book."""

TAPED = tuple(kind.value for kind, traits in TRAITS.items() if traits.counted and kind is not TenderKind.CASH)
"""Tenders counted by items and adding-machine tape."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a drawer should hold of a tender (cents; cash with the float, less the drops)."""

    tender: str
    amount: Cents
    items: int
    receipts: int = 0


def check_sheet(sheet: CountSheet) -> None:
    """Raise BadInput for a count that cannot be."""
    cash_total(sheet.cash)
    for kind, tape in sheet.others.items():
        if kind not in TAPED:
            raise BadInput(f"“{kind[:40]}” is not counted at the close.", field=kind)
        if tape.items < 0 or tape.total < 0:
            raise BadInput("A count cannot be below zero.", field=kind)


def differences(expected: Mapping[str, Expected], sheet: CountSheet) -> dict[str, Cents]:
    """Return counted minus expected by tender (cents), for every tender that was counted or should have been."""
    found = {"cash": cash_total(sheet.cash) - expected["cash"].amount}
    for kind in TAPED:
        tape = sheet.others.get(kind)
        should = expected.get(kind)
        if tape is None and (should is None or kind in ELECTRONIC or not (should.amount or should.items)):
            continue
        found[kind] = (tape.total if tape else 0) - (should.amount if should else 0)
    return found


def agreement(
    expected: Mapping[str, Expected], sheet: CountSheet, tolerance: Cents
) -> tuple[dict[str, bool], dict[str, bool]]:
    """Return whether each tender agrees within the tolerance, and whether its number of items is right (D4, D5)."""
    found = differences(expected, sheet)
    agrees = {kind: abs(difference) <= tolerance for kind, difference in found.items()}
    items = {
        kind: (sheet.others[kind].items if kind in sheet.others else 0)
        == (expected[kind].items if kind in expected else 0)
        for kind in found
        if kind != "cash"
    }
    return agrees, items


def ties(expected: Mapping[str, Expected], sheets: tuple[CountSheet, ...]) -> tuple[TenderTie, ...]:
    """Lay every tender of a batch out with its counts by attempt; the last one makes the difference."""
    last = differences(expected, sheets[-1]) if sheets else {}
    laid = []
    for kind in TenderKind:
        should = expected.get(kind.value)
        if should is None and kind.value not in last:
            continue
        cash = kind is TenderKind.CASH
        counts = tuple(
            cash_total(sheet.cash) if cash else sheet.others[kind.value].total
            for sheet in sheets
            if cash or kind.value in sheet.others
        )
        tape = sheets[-1].others.get(kind.value) if sheets else None
        laid.append(
            TenderTie(
                tender=kind.value,
                name=TRAITS[kind].name,
                receipts=should.receipts if should else 0,
                expected=should.amount if should else 0,
                counts=counts,
                over_short=last.get(kind.value),
                items_expected=None if cash else (should.items if should else 0),
                items_counted=tape.items if tape else None,
            )
        )
    return tuple(laid)


def sheet_as_facts(sheet: CountSheet) -> dict[str, object]:
    """Write a count for the ledger."""
    return {
        "cash": {str(value): number for value, number in sheet.cash.items() if number},
        "others": {kind: [tape.items, tape.total] for kind, tape in sheet.others.items()},
    }


def sheet_from_facts(facts: Mapping[str, object]) -> CountSheet:
    """Read a count back from the ledger."""
    cash, others = facts["cash"], facts["others"]
    if not isinstance(cash, Mapping) or not isinstance(others, Mapping):
        raise BadInput("This count cannot be read.")
    return CountSheet(
        {int(value): int(number) for value, number in cash.items()},
        {str(kind): TapeCount(int(tape[0]), int(tape[1])) for kind, tape in others.items()},
    )
