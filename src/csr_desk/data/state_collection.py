"""Rebuilds stages of collection with their fees, extensions and payment plans from the entries that made them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row

from csr_desk.data.state_rows import Rows, Values, by_key, column_words, differing, first_wrong, rows_of
from csr_desk.domain.receivable.stages import Move

Key: TypeAlias = tuple[Any, ...]

_EVENTS = """
SELECT series_id, seq, kind, business_date, facts FROM ledger_event
WHERE kind IN ('account_staged', 'extension_granted', 'plan_made', 'plan_ended')
ORDER BY series_id, seq
"""
_FEES = "SELECT bill.* FROM bill JOIN account_step AS step ON step.bill_id = bill.bill_id ORDER BY bill.bill_id"
_STAGES = "SELECT account_no, stage, stage_on FROM account WHERE stage IS NOT NULL OR stage_on IS NOT NULL"


@dataclass(slots=True)
class _Story:
    """What the entries say, by the key of the row."""

    steps: dict[Key, Values] = field(default_factory=dict)
    extensions: dict[Key, Values] = field(default_factory=dict)
    plans: dict[str, Values] = field(default_factory=dict)
    parts: dict[Key, Values] = field(default_factory=dict)
    fees: dict[str, Values] = field(default_factory=dict)
    ends: list[tuple[str, Values]] = field(default_factory=list)
    taken_back: set[Key] = field(default_factory=set)


def collection_faults(connection: Connection) -> Iterator[str]:
    """Compare stages, their fees, extensions and plans with the entries; each fault names its row in words."""
    story = _Story()
    for event in connection.exec_driver_sql(_EVENTS):
        _tell(story, event, json.loads(event.facts))
    _end_plans(story)
    yield from _differing(connection, ("account_step", "account_no, n", "step {}"), story.steps)
    yield from _stage_faults(connection, story)
    yield from _differing(connection, ("extension", "account_no, granted_on", "extension {}"), story.extensions)
    yield from _differing(connection, ("payment_plan", "plan_id", "payment plan {}"), story.plans)
    yield from _differing(connection, ("plan_part", "plan_id, n", "instalment {}"), story.parts)
    yield from _fee_faults(connection, story)


def _tell(story: _Story, event: Row[Any], facts: Values) -> None:
    place = {"series_id": event.series_id, "seq": event.seq}
    account = facts["account"]
    if event.kind == "account_staged":
        on = {"stage": facts["move"], "on_date": event.business_date, "bill_id": facts["bill"]}
        story.steps[account, facts["n"]] = {**on, **place}
        for number, said in facts.get("bills", {}).items():
            story.fees[number] = said
    elif event.kind == "extension_granted":
        story.extensions[account, event.business_date] = {"until": facts["until"], **place}
    elif event.kind == "plan_made":
        story.plans[facts["plan"]] = {
            "account_no": account, "state": "active", "total_minor": facts["total"], "down_minor": facts["down"],
            "made_on": event.business_date, **place, "ended_series": None, "ended_seq": None,
        }  # fmt: skip
        for n, due, cents in facts["parts"]:
            story.parts[facts["plan"], n] = {"due_on": due, "amount_minor": cents}
    elif "takes_back" in facts:
        story.taken_back.add(tuple(facts["takes_back"]))
    else:
        ended = {"state": facts["state"], "ended_series": event.series_id, "ended_seq": event.seq}
        story.ends.append((facts["plan"], ended))


def _end_plans(story: _Story) -> None:
    """A plan ended as the one entry says that was not taken back; entries of two series have no order."""
    for number, ended in story.ends:
        if (ended["ended_series"], ended["ended_seq"]) not in story.taken_back:
            story.plans.setdefault(number, {}).update(ended)


def _differing(connection: Connection, what: tuple[str, str, str], told: Rows) -> Iterator[str]:
    table, columns, words = what
    rows = rows_of(connection, f"SELECT * FROM {table} ORDER BY {columns}")  # noqa: S608 - fixed names
    yield from differing(words, by_key(rows, *columns.split(", ")), told)


def _stage_faults(connection: Connection, story: _Story) -> Iterator[str]:
    """An account stands where its last step left it."""
    last: dict[str, tuple[int, Values]] = {}
    for (account, n), said in story.steps.items():
        if n > last.get(account, (0, said))[0]:
            last[account] = (n, said)
    told = {}
    for account, (_, said) in last.items():
        stage = Move(said["stage"]).stage
        if stage is not None:
            told[account] = (stage.value, said["on_date"])
    kept = {row.account_no: (row.stage, row.stage_on) for row in connection.exec_driver_sql(_STAGES)}
    for account in sorted(told.keys() | kept.keys()):
        if told.get(account) != kept.get(account):
            stands, says = (" since ".join(map(str, each.get(account, ("none",)))) for each in (kept, told))
            yield f"account {account}: its stage is {stands}, but the entries say {says}"


def _fee_faults(connection: Connection, story: _Story) -> Iterator[str]:
    """The bill of a fee is the one that its step made."""
    left = dict(story.fees)
    for row in rows_of(connection, _FEES):
        said = left.pop(row["bill_id"], None)
        wrong = first_wrong(row, said or {})
        if wrong is not None:
            yield f"bill {row['bill_id']} is not the fee that was charged: its {column_words(wrong)} is {row[wrong]}"
    for number in sorted(left):
        yield f"bill {number} of a fee stands in the ledger, but its row is gone"
