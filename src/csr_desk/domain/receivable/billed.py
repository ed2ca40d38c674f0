"""Bills as they were issued, and the fingerprint of them that the ledger keeps.

A load of bills is one entry, whatever its size: it carries a hash over every bill and item as billed. What is added
later (a penalty, a fee, an adjustment) stands in entries of its own, so that hash never changes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any, TypeAlias

from csr_desk.domain.distribution import Share
from csr_desk.domain.money import Cents

Row: TypeAlias = Mapping[str, Any]
Parts: TypeAlias = Sequence[tuple[Share, Cents]]

CHARGE, PENALTY, FEE, ADJUSTMENT = "charge", "penalty", "fee", "adjustment"
"""The kinds of items."""
CHARGE_PRIORITY, PENALTY_PRIORITY = 100, 50
"""Which part of a bill a payment covers first: the smaller one (A10)."""

BILL_FIELDS = (
    "bill_id", "account_no", "description", "due_date", "authority", "issued_on", "service_from", "service_to", "usage",
    "penalty_rule",
)  # fmt: skip
"""What of a bill never changes once it was issued."""
ITEM_FIELDS = ("n", "kind", "description", "amount_minor", "priority", "shares", "authority", "explain")
"""What of an item never changes at all."""


@dataclass(frozen=True, slots=True)
class BilledItem:
    """A part of a bill (cents) and where each cent belongs; ``explain`` says how it came about."""

    description: str
    amount: Cents
    parts: tuple[tuple[Share, Cents], ...]
    kind: str = CHARGE
    priority: int = CHARGE_PRIORITY
    authority: str = ""
    explain: tuple[str, ...] = ()

    def row(self, bill: str, n: int) -> dict[str, Any]:
        """Lay it out as the database keeps it."""
        return {
            "bill_id": bill, "n": n, "kind": self.kind, "description": self.description, "amount_minor": self.amount,
            "priority": self.priority, "shares": shares_text(self.parts), "authority": self.authority,
            "explain": _compact(self.explain),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class BilledBill:
    """A bill to be issued; ``penalty_rule`` as ``penalty.rule_text`` writes it, ``usage`` in words for the customer."""

    number: str
    account: str
    description: str
    items: tuple[BilledItem, ...]
    due: date | None = None
    issued_on: date | None = None
    service_from: date | None = None
    service_to: date | None = None
    usage: str | None = None
    penalty_rule: str | None = None
    authority: str = ""

    @property
    def amount(self) -> Cents:
        """What its items come to."""
        return sum(item.amount for item in self.items)

    def row(self, load: str) -> dict[str, Any]:
        """Lay it out as the database keeps it, before anything is paid."""
        return {
            "bill_id": self.number, "account_no": self.account, "description": self.description,
            "amount_minor": self.amount, "paid_minor": 0, "due_date": _iso(self.due),
            "shares": shares_text(merged([part for item in self.items for part in item.parts])),
            "authority": self.authority, "state": "due", "issued_on": _iso(self.issued_on),
            "service_from": _iso(self.service_from), "service_to": _iso(self.service_to), "usage": self.usage,
            "penalty_rule": self.penalty_rule, "load_id": load,
        }  # fmt: skip

    def item_rows(self) -> list[dict[str, Any]]:
        """Lay its items out as the database keeps them."""
        return [item.row(self.number, n) for n, item in enumerate(self.items, 1)]


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""Writes JSON without blanks; made once, a load of bills writes a hundred thousand."""


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def shares_text(parts: Parts) -> str:
    """Write where each cent belongs: JSON of account and cents."""
    told = (
        f"[{_account_text(share.fund, share.cost_center, share.gl, share.internal_order)},{cents}]"
        for share, cents in parts
    )
    return f"[{','.join(told)}]"


@lru_cache(maxsize=4_096)
def _account_text(fund: str, cost_center: str, gl: str, internal_order: str) -> str:
    """Write an account as a bill keeps it; a city has some hundred, a load of bills names one of them in each item."""
    words = {"fund": fund, "cost_center": cost_center, "gl": gl, "internal_order": internal_order}
    return json.dumps(words, separators=(",", ":"))


def parts_of(text: str) -> tuple[tuple[Share, Cents], ...]:
    """Read where each cent belongs."""
    return tuple((Share(**words), int(cents)) for words, cents in json.loads(text))


def merged(parts: Parts) -> tuple[tuple[Share, Cents], ...]:
    """Add up what goes to the same account, in the order in which accounts first come.

    A payment in parts is spread over these, so an account that stands once is closed exactly once.
    """
    sums: dict[Share, Cents] = {}
    for share, cents in parts:
        bare = Share(share.fund, share.cost_center, share.gl, share.internal_order)
        sums[bare] = sums.get(bare, 0) + cents
    return tuple(sums.items())


def leaf(bill: Row, items: Iterable[Row]) -> bytes:
    """Hash one bill as it was issued, from rows as they are stored (items in their order)."""
    return leaf_of([bill[name] for name in BILL_FIELDS], [[item[name] for name in ITEM_FIELDS] for item in items])


def leaf_of(bill: Sequence[Any], items: Iterable[Sequence[Any]]) -> bytes:
    """Hash one bill from its values, in the order of BILL_FIELDS and ITEM_FIELDS."""
    return sha256(_compact([bill, *items]).encode()).digest()


def rows_hash(leaves: Iterable[bytes]) -> str:
    """Hash a whole load from the leaves of its bills; their order does not matter."""
    return sha256(b"".join(sorted(leaves))).hexdigest()
