"""Every kind of entry in words: what happened, and the facts of it that people ask for. Money in dollars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import shown
from csr_desk.services.journal import KIND_WORDS

Facts: TypeAlias = Mapping[str, Any]

WORDS: Mapping[EventKind, str] = KIND_WORDS
"""One name for each kind, the same on every screen and in every file."""


def _money(name: str) -> Callable[[Facts], str]:
    return lambda facts: shown(int(facts[name]))


def _opened(facts: Facts) -> str:
    counted, authorized = shown(int(facts["counted"])), shown(int(facts["authorized"]))
    return counted if counted == authorized else f"{counted} counted, {authorized} authorized"


def _counted(facts: Facts) -> str:
    wrong = [str(kind).replace("_", " ") for kind, agrees in dict(facts["agrees"]).items() if not agrees]
    return f"count {facts['attempt']}: " + (f"does not agree: {', '.join(wrong)}" if wrong else "agrees")


def _deposit(facts: Facts) -> str:
    total = sum(int(part["total"]) for part in facts["parts"])
    return f"{facts['deposit']}, bag {facts['bag']}, {shown(total)}"


def _confirmed(facts: Facts) -> str:
    said = f"{facts['deposit']}, {shown(int(facts['bank_amount']))}"
    return said if not facts["difference"] else f"{said}, the bank differs by {shown(int(facts['difference']))}"


def _differs(difference: Mapping[str, int]) -> str:
    parts = [f"{kind.replace('_', ' ')} {shown(cents)}" for kind, cents in difference.items() if cents]
    return ", ".join(parts) or "no difference"


def _taken(facts: Facts) -> str:
    return f"{facts['report']} {facts['from']} to {facts['to']} as {facts['format']}, {facts['rows']} rows"


_MONEY = frozenset({
    "amount", "amount_before", "authorized", "counted", "denomination", "difference", "expected", "fee", "total",
})  # fmt: skip
"""Facts that are cents, whatever kind they belong to."""

DETAILS: Mapping[EventKind, Callable[[Facts], str]] = {
    EventKind.BATCH_OPENED: _opened,
    EventKind.VOID: lambda facts: f"of {facts['receipt']}",
    EventKind.TENDER_CORRECTED: lambda facts: f"of {facts['receipt']}",
    EventKind.ITEM_RETURNED: lambda facts: f"{facts['receipt']}, {shown(int(facts['amount']))}",
    EventKind.DROP: lambda facts: f"{shown(int(facts['amount']))}, bag {facts['bag']}",
    EventKind.COUNT: _counted,
    EventKind.COUNT_SUBMITTED: lambda facts: f"count {facts['attempt']}",
    EventKind.BATCH_ACCEPTED: lambda facts: f"Z {facts['z_number']}",
    EventKind.DEPOSIT_PREPARED: _deposit,
    EventKind.DEPOSIT_CONFIRMED: _confirmed,
    EventKind.DAY_CLOSED: _money("total"),
    EventKind.REPRINT: lambda facts: f"{facts['receipt']}, duplicate {facts['copy']}",
    EventKind.EXPORT: lambda facts: f"{facts['file']}{', again' if facts.get('again') else ''}",
    EventKind.CART_CANCELLED: lambda facts: f"{facts['lines']} lines, {shown(int(facts['total']))}",
    EventKind.POLICY_SET: lambda facts: f"version {facts['version']}",
    EventKind.CATALOGUE_LOADED: lambda facts: f"{facts['label']}, {facts['items']} items",
    EventKind.CHANGE_ORDER: _money("amount"),
    EventKind.CUSTODY_HANDED: lambda facts: f"to {facts['to']}",
    EventKind.SURPRISE_COUNT: lambda facts: f"{facts['drawer'] or facts['fund']}: {_differs(facts['difference'])}",
    EventKind.BOOK_ISSUED: lambda facts: f"{facts['book']}, {facts['first']} to {facts['last']}, to {facts['to']}",
    EventKind.BOOK_RETURNED: lambda facts: f"{facts['book']}, {len(facts['gaps'])} open numbers",
    EventKind.PAPER_VOIDED: lambda facts: f"{facts['book']} {facts['number']}",
    EventKind.REPORT_EXPORTED: _taken,
}
"""What stands behind the name, from the structured facts; a kind without any needs none."""


def details(kind: EventKind, facts: Facts) -> str:
    """Tell an entry's facts in words; what cannot be told so is shown as it is, never lost."""
    tell = DETAILS.get(kind)
    try:
        return tell(facts) if tell is not None else _plainly(facts)
    except (KeyError, TypeError, ValueError):
        return _plainly(facts)


def _plainly(facts: Facts) -> str:
    parts = (
        f"{name.replace('_', ' ')} {shown(value) if name in _MONEY and isinstance(value, int) else value}"
        for name, value in facts.items()
        if isinstance(value, str | int) and value != ""
    )
    return ", ".join(parts)
