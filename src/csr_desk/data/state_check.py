"""Rebuilds from the entries what the tables of the present say (batches, deposits, days, policy, bills).

The ledger is the truth and these tables only remember where it stands (reliability 4.1); each must be what the entries
make of it, whoever changed it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Row

from csr_desk.data.bill_forms import is_a_form, later_items
from csr_desk.data.state_about import about_faults
from csr_desk.data.state_adjustments import adjustment_faults
from csr_desk.data.state_approvals import approval_faults
from csr_desk.data.state_bills import billed_faults
from csr_desk.data.state_collection import collection_faults
from csr_desk.data.state_credit import credit_faults
from csr_desk.data.state_custody import custody_faults
from csr_desk.data.state_customers import customer_faults
from csr_desk.data.state_exports import export_faults
from csr_desk.data.state_founding import founded_in, founding_faults
from csr_desk.data.state_guarantees import guarantee_faults
from csr_desk.data.state_heads import closing_faults
from csr_desk.data.state_holds import hold_faults
from csr_desk.data.state_payables import payables_faults
from csr_desk.data.state_people import people_faults
from csr_desk.data.state_returned import returned_faults
from csr_desk.data.state_rows import Values, by_key, column_words, differing, rows_of
from csr_desk.data.state_told import told_faults
from csr_desk.data.state_training import training_faults
from csr_desk.domain.founding import VERSION

_KINDS = (
    "batch_opened", "batch_locked", "batch_unlocked", "selling_stopped", "count", "count_submitted", "batch_accepted",
    "batch_rejected", "batch_reopened", "deposit_prepared", "deposit_confirmed", "day_opened", "day_closed",
    "policy_set", "custody_handed",
)  # fmt: skip
_EVENTS = (
    "SELECT series_id, seq, kind, batch_id, business_date, actor_id, approver_id, recorded_at_utc, facts "  # noqa: S608
    f"FROM ledger_event WHERE kind IN ({', '.join(repr(kind) for kind in _KINDS)}) ORDER BY series_id, seq"
)
_PAID = """
SELECT bill.*, COALESCE(paid.cents, 0) AS cents
FROM bill LEFT JOIN (
    SELECT line.reference, SUM(line.amount_minor) AS cents
    FROM ledger_line AS line JOIN ledger_event AS entry ON entry.series_id = line.series_id AND entry.seq = line.seq
    WHERE line.reference <> '' AND entry.kind IN ('sale', 'void', 'refund', 'credit_applied', 'guarantee_ended')
    GROUP BY line.reference
) AS paid ON paid.reference = bill.bill_id
"""
_BILLED = """
SELECT facts FROM ledger_event
WHERE kind IN ('sale', 'item_returned', 'credit_applied', 'guarantee_ended') AND facts LIKE '%%"bills":%%'
ORDER BY series_id, seq
"""
_STATES = {
    "batch_opened": "open",
    "selling_stopped": "counting",
    "count_submitted": "submitted",
    "batch_accepted": "accepted",
    "batch_rejected": "counting",
    "batch_reopened": "open",
}
"""What state a step leaves a batch in."""


@dataclass(slots=True)
class _Story:
    """What the entries say, by the number of the batch or deposit, or by the day."""

    batches: dict[str, Values] = field(default_factory=dict)
    deposits: dict[str, Values] = field(default_factory=dict)
    days: dict[str, str] = field(default_factory=dict)
    policies: dict[int, Values] = field(default_factory=dict)
    last_z: dict[str, int] = field(default_factory=dict)


def state_faults(connection: Connection, secret: bytes) -> Iterator[str]:
    """Compare the tables of the present with the entries; each fault names its row in words."""
    story = _Story()
    for event in connection.exec_driver_sql(_EVENTS):
        _tell(story, event, json.loads(event.facts))
    _name_drawers(connection, story)
    yield from differing("batch {}", by_key(_rows(connection, "batch"), "batch_id"), _banked(story.batches))
    yield from differing("deposit {}", by_key(_rows(connection, "deposit"), "deposit_id"), story.deposits)
    founded = founded_in(connection)
    yield from _day_faults(_rows(connection, "day"), story.days, founded=founded is not None)
    yield from _policy_faults(_rows(connection, "policy"), story.policies, founded=founded is not None)
    yield from closing_faults(connection)
    yield from export_faults(connection)
    for series, last in connection.exec_driver_sql("SELECT series_id, last_z FROM series ORDER BY series_id"):
        if last != story.last_z.get(series, 0):
            yield f"series {series}: its Z reports end at {story.last_z.get(series, 0)}, but {last} were numbered"
    yield from approval_faults(connection, secret, sealed=founded is not None)
    yield from returned_faults(connection)
    yield from founding_faults(connection, founded)
    yield from custody_faults(connection, founded)
    yield from training_faults(connection)
    yield from payables_faults(connection)
    yield from people_faults(connection, founded)
    yield from customer_faults(connection)
    yield from _bill_faults(connection)
    yield from collection_faults(connection)
    yield from billed_faults(connection)
    yield from credit_faults(connection)
    yield from adjustment_faults(connection)
    yield from guarantee_faults(connection)
    yield from hold_faults(connection)
    yield from told_faults(connection)
    yield from about_faults(connection)


_OPEN_DAYS = "SELECT business_date FROM day WHERE state = 'open'"


def open_day_faults(connection: Connection) -> Iterator[str]:
    """Compare the batches and the state of the days that are open with the entries of those days."""
    story = _Story()
    events = _EVENTS.replace("ORDER BY", f"AND business_date IN ({_OPEN_DAYS}) ORDER BY")
    for event in connection.exec_driver_sql(events):
        _tell(story, event, json.loads(event.facts))
    opened = {str(row[0]) for row in connection.exec_driver_sql(_OPEN_DAYS)}
    rows = [row for row in _rows(connection, "batch") if row["business_date"] in opened]
    _name_drawers(connection, story)
    told = {name: said for name, said in story.batches.items() if "business_date" in said}
    for row in rows:  # a bag may hold batches of other days: only the whole check knows of it
        told.get(row["batch_id"], {})["deposit_id"] = row["deposit_id"]
    yield from differing("batch {}", by_key(rows, "batch_id"), _banked(told))
    yield from _day_faults([{"business_date": day, "state": "open"} for day in opened], story.days, founded=False)


def _name_drawers(connection: Connection, story: _Story) -> None:
    """A batch stands in the series of its drawer, whatever its row says."""
    drawers = {row["series_id"]: row["drawer_id"] for row in _rows(connection, "drawer")}
    for batch in story.batches.values():
        if "series" in batch:
            batch["drawer_id"] = drawers.get(batch.pop("series"))


def _rows(connection: Connection, table: str) -> list[Values]:
    return rows_of(connection, f"SELECT * FROM {table}")  # noqa: S608 - fixed names


def _tell(story: _Story, event: Row[Any], facts: Values) -> None:
    kind = str(event.kind)
    if kind.startswith("day_"):
        story.days[event.business_date] = "closed" if kind == "day_closed" else "open"
    elif kind == "policy_set":
        if facts["version"] != VERSION:
            version = {"settings": facts["settings"], "effective_at": event.recorded_at_utc, "seq": event.seq}
            story.policies[int(facts["version"])] = version
    elif kind.startswith("deposit_"):
        _tell_of_deposit(story, event, facts)
    elif event.batch_id is not None:
        _tell_of_batch(story, event, facts)


def _tell_of_batch(story: _Story, event: Row[Any], facts: Values) -> None:
    kind = str(event.kind)
    if kind == "batch_opened":
        story.batches.setdefault(event.batch_id, {}).update({
            "business_date": event.business_date, "custodian_id": event.actor_id, "opened_seq": event.seq,
            "series": event.series_id,
            "suspended": 0, "attempts": 0, "submitted_attempt": None, "z_number": None, "accepted_seq": None,
        })  # fmt: skip
    batch = story.batches.setdefault(event.batch_id, {})
    batch["state"] = _STATES.get(kind, batch.get("state"))
    if kind in {"batch_locked", "batch_unlocked", "selling_stopped"}:
        batch["suspended"] = int(kind == "batch_locked")
    elif kind == "custody_handed":
        batch["custodian_id"] = facts["to"]
    elif kind == "count":
        batch["attempts"] = int(facts["attempt"])
    elif kind == "count_submitted":
        batch["submitted_attempt"] = int(facts["attempt"])
    elif kind == "batch_accepted":
        batch |= {"z_number": facts.get("z_number"), "accepted_seq": event.seq}
        story.last_z[event.series_id] = max(facts.get("z_number") or 0, story.last_z.get(event.series_id, 0))
    elif kind in {"batch_rejected", "batch_reopened"}:
        batch |= {"submitted_attempt": None, "z_number": None, "accepted_seq": None}


def _tell_of_deposit(story: _Story, event: Row[Any], facts: Values) -> None:
    name = str(facts["deposit"])
    if event.kind == "deposit_confirmed":
        bank = {"bank_date": facts["bank_date"], "bank_minor": facts["bank_amount"]}
        story.deposits.setdefault(name, {}).update(state="confirmed", **bank)
        return
    parts = facts["parts"]
    story.deposits[name] = {
        "business_date": event.business_date, "bag": facts["bag"], "state": "prepared", "bank_date": None,
        "bank_minor": None, "cash_minor": sum(part["cash"] + part["drops"] for part in parts),
        "checks_minor": sum(part["checks"] for part in parts),
        "other_minor": sum(part["money_orders"] for part in parts), "prepared_by": event.actor_id,
        "verified_by": event.approver_id or event.actor_id, "series_id": event.series_id, "seq": event.seq,
    }  # fmt: skip
    for part in parts:
        story.batches.setdefault(str(part["batch"]), {})["deposit_id"] = name


def _banked(told: dict[str, Values]) -> dict[str, Values]:
    """A batch of which no deposit tells is in none."""
    return {name: {"deposit_id": None, **said} for name, said in told.items()}


def _day_faults(rows: list[Values], told: dict[str, str], *, founded: bool) -> Iterator[str]:
    states = {row["business_date"]: row["state"] for row in rows}
    for day, state in told.items():
        if states.get(day) != state:
            yield f"the business day {day} is {states.get(day, 'missing')}, but the entries say {state}"
    for day, state in states.items():
        if day not in told and (founded or state == "closed"):
            yield f"the business day {day} is {state}, but no entry says so"


def _policy_faults(rows: list[Values], told: dict[int, Values], *, founded: bool) -> Iterator[str]:
    kept = {row["version"]: {**row, "settings": json.loads(row["body"])} for row in rows}
    compared = ("settings", "effective_at", "seq") if founded else ("settings", "seq")
    for version in sorted(told.keys() | kept.keys()):
        row, said = kept.get(version, {}), told.get(version, {})
        if not row or not said or any(row[name] != said[name] for name in compared):
            yield f"version {version} of the settings is not the one that was recorded"


def _bill_faults(connection: Connection) -> Iterator[str]:
    """A bill is paid by what its receipts say, and is what it was when it was paid."""
    if connection.exec_driver_sql("SELECT MIN(bill_id) FROM bill").scalar_one() is None:
        return
    statement = _BILLED if connection.dialect.name != "sqlite" else _BILLED.replace("%%", "%")
    told: dict[str, Values] = {}
    for (facts,) in connection.exec_driver_sql(statement):
        told |= json.loads(facts)["bills"]
    added = later_items(connection)
    for bill in connection.exec_driver_sql(_PAID):
        state = "paid" if bill.cents >= bill.amount_minor else "due"
        if (bill.paid_minor, bill.state) != (bill.cents, state):
            yield f"bill {bill.bill_id} of account {bill.account_no} is not paid as its receipts say"
        was = told.pop(bill.bill_id, None)
        if was is not None and bill.bill_id in added and is_a_form(bill, was, added[bill.bill_id]):
            was |= {"amount_minor": bill.amount_minor, "shares": bill.shares}
        wrong = next((name for name, value in (was or {}).items() if getattr(bill, name) != value), None)
        if wrong is not None:
            words = column_words(wrong)
            yield f"bill {bill.bill_id} is not the one that was paid: its {words} is {getattr(bill, wrong)}"
    for name in sorted(told):
        yield f"bill {name} was paid, but its row is gone"
