"""Rebuilds from the entries what is remembered of customers: what was joined and what is confidential.

Names, addresses and notes stand in no entry (they are a person's own words and may have to be forgotten); that all are
found under their own words is compared with their rows.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection

from csr_desk.data.queries.customer_index import index_faults
from csr_desk.domain.contacts import usual_words

_EVENTS = """
SELECT kind, facts FROM ledger_event
WHERE kind IN ('customer_merged', 'customer_parted', 'disclosed', 'bills_loaded')
ORDER BY series_id, seq
"""
_CUSTOMERS = "SELECT customer_id, merged_into, confidential FROM customer ORDER BY customer_id"
_ACCOUNTS = "SELECT account_no, customer_id FROM account"
_PARTIES = "SELECT account_no, customer_id, role FROM account_party"

Values: TypeAlias = dict[str, Any]


@dataclass(slots=True)
class _Story:
    """What the entries say: who is joined with whom, whose accounts moved, who is confidential."""

    merged: dict[str, str | None] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    parties: dict[tuple[str, str, str], bool] = field(default_factory=dict)
    confidential: dict[str, int] = field(default_factory=dict)


def customer_faults(connection: Connection) -> Iterator[str]:
    """Compare customers with the entries about them; each fault names its row in words."""
    story = _Story()
    for kind, facts in connection.exec_driver_sql(_EVENTS):
        _tell(story, str(kind), json.loads(facts))
    yield from _record_faults(connection, story)
    yield from _moved_faults(connection, story)
    address = connection.exec_driver_sql("SELECT address FROM office ORDER BY office_id").scalar()
    if address is not None:
        yield from index_faults(connection, usual_words(str(address)))


def _tell(story: _Story, kind: str, facts: Values) -> None:
    if kind == "bills_loaded":  # a file of another system may say who is confidential
        story.confidential |= dict.fromkeys(facts.get("confidential", ()), 1)
        return
    if kind == "disclosed":
        if facts["change"] not in {"told", "paper"}:
            story.confidential[facts["customer"]] = int(facts["change"] == "closed")
        return
    keep, gone = facts["customer"], facts["merged"]
    joined = kind == "customer_merged"
    story.merged[gone] = keep if joined else None
    story.accounts |= dict.fromkeys(facts["accounts"], keep if joined else gone)
    for account, role, *_, new in facts["parties"]:
        story.parties[account, gone, role] = not joined
        if new:
            story.parties[account, keep, role] = joined


def _record_faults(connection: Connection, story: _Story) -> Iterator[str]:
    merged, confidential = dict(story.merged), dict(story.confidential)
    for number, into, closed in connection.exec_driver_sql(_CUSTOMERS):
        said = merged.pop(number, None)
        if into != said:
            yield f"customer {number} is joined with {into or 'nobody'}, but the entries say {said or 'nobody'}"
        kept = confidential.pop(number, 0)
        if (closed or 0) != kept:
            words = ("not confidential", "confidential")
            yield f"customer {number} is {words[bool(closed)]}, but the entries say {words[kept]}"
    for number in sorted(merged.keys() | confidential.keys()):
        yield f"customer {number} stands in the ledger, but the row is gone"


def _moved_faults(connection: Connection, story: _Story) -> Iterator[str]:
    """An account that a joining moved belongs to whom it moved it to."""
    if not story.accounts and not story.parties:
        return
    owners = {str(account): str(owner) for account, owner in connection.exec_driver_sql(_ACCOUNTS)}
    for account, owner in sorted(story.accounts.items()):
        if owners.get(account) != owner:
            yield f"account {account} is {owners.get(account, 'nobody')}’s, but the entries say {owner}"
    parts = {(row[0], row[1], row[2]) for row in connection.exec_driver_sql(_PARTIES)}
    for (account, number, role), there in sorted(story.parties.items()):
        if ((account, number, role) in parts) != there:
            yield f"the part of customer {number} in account {account} ({role}) is not as the entries say"
