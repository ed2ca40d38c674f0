"""What people keyed with the lines of a sale, as purgeable texts beside the entry: one text for each topic."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from csr_desk.domain.cart import LineKind, PricedLine
from csr_desk.services.desk import Desk


def price_notes(lines: Sequence[PricedLine]) -> dict[str, str]:
    """Why prices were keyed by hand (line, reason, authority) and fees waived (line, authority, reason)."""
    by_hand = [
        (line.number, line.override_reason.strip(), line.override_authority.strip())
        for line in lines
        if line.overridden and line.waiver is None
    ]
    waived = [
        (line.number, line.waiver.authority.strip(), line.waiver.reason.strip())
        for line in lines
        if line.waiver is not None
    ]
    return {
        **({"overrides": _written(by_hand)} if by_hand else {}),
        **({"waivers": _written(waived)} if waived else {}),
    }


def input_notes(desk: Desk, lines: Sequence[PricedLine]) -> dict[str, str]:
    """What was asked for, by line, with the labels of the form."""
    rows: list[tuple[int, str, str]] = []
    for line in lines:
        if line.inputs and line.kind is LineKind.ITEM:
            latest = desk.catalogue.item(line.item).latest
            labels = {part.name: part.label for part in latest.inputs} if latest else {}
            rows.extend((line.number, labels.get(name, name), value) for name, value in line.inputs.items() if value)
    return {"inputs": _written(rows)} if rows else {}


def order_notes(by_hand: Sequence[tuple[int, str]]) -> dict[str, str]:
    """Why payments were put on other debts than the rule would (line, reason)."""
    rows = [(line, "", reason) for line, reason in by_hand if reason]
    return {"orders": _written(rows)} if rows else {}


def _written(rows: Sequence[tuple[int, str, str]]) -> str:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def grounds_of(notes: Mapping[str, str]) -> tuple[tuple[int, str, str], ...]:
    """Return line, authority and reason of each price that a person set, as far as the words still exist."""
    by_hand = [
        (line, rest[1] if len(rest) > 1 else "", rest[0]) for line, *rest in json.loads(notes.get("overrides", "[]"))
    ]
    others = (*json.loads(notes.get("waivers", "[]")), *json.loads(notes.get("orders", "[]")))
    return tuple((int(line), str(a), str(b)) for line, a, b in (*by_hand, *others))
