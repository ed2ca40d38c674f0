"""What a bill has been: its amount and its accounts before each item that was added after it was issued."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection

_LATER = """
SELECT bill_id, amount_minor, shares FROM bill_item WHERE seq IS NOT NULL ORDER BY bill_id, n DESC
"""

Item: TypeAlias = tuple[int, str]
"""Amount (cents) and shares (JSON)."""
Form: TypeAlias = tuple[int, dict[str, int]]
"""Amount and cents by account."""


def later_items(connection: Connection) -> dict[str, list[Item]]:
    """Return by bill the items that were added to it, the last one first."""
    found: dict[str, list[Item]] = {}
    for row in connection.exec_driver_sql(_LATER):
        found.setdefault(row.bill_id, []).append((row.amount_minor, row.shares))
    return found


def is_a_form(bill: Any, was: Mapping[str, Any], items: Iterable[Item]) -> bool:
    """Say whether a bill ever had the amount and the accounts that an entry says of it."""
    wanted = (int(was["amount_minor"]), by_account(was["shares"]))
    return any(form == wanted for form in _forms(bill, items))


def by_account(shares: str) -> dict[str, int]:
    """Sum shares by their account; what is nothing is left out."""
    sums: dict[str, int] = {}
    for share, cents in json.loads(shares):
        name = json.dumps(share, sort_keys=True)
        sums[name] = sums.get(name, 0) + int(cents)
    return {name: cents for name, cents in sums.items() if cents}


def _forms(bill: Any, items: Iterable[Item]) -> Iterator[Form]:
    amount, sums = bill.amount_minor, by_account(bill.shares)
    yield amount, sums
    for cents, shares in items:
        amount -= cents
        sums = dict(sums)
        for name, part in by_account(shares).items():
            sums[name] = sums.get(name, 0) - part
        yield amount, {name: part for name, part in sums.items() if part}
