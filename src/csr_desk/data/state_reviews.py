"""What one person did alone waits for an outsider (J13): the list must be whole and say what the entries say."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection

Values: TypeAlias = dict[str, Any]
Reviews: TypeAlias = Mapping[tuple[str, int], tuple[str, int, Values]]
"""By the entry that was looked at: the series, number and facts of the review."""

_ALONE = """
SELECT entry.series_id, entry.seq, entry.kind, entry.approver_id, entry.actor_id, later.act, later.for_actor
FROM ledger_event AS entry
LEFT JOIN deferred_review AS later ON later.series_id = entry.series_id AND later.seq = entry.seq
WHERE (entry.kind IN ('void', 'refund', 'tender_corrected', 'drop', 'deposit_prepared', 'change_order')
       AND entry.approver_id IS NULL AND later.act IS NULL)
   OR (later.act IS NOT NULL AND (entry.approver_id IS NOT NULL OR entry.actor_id <> later.for_actor))
ORDER BY entry.series_id, entry.seq
"""
"""What needs a second person has one, or stands on the list of the outside reviewer; never both."""
_LISTED = """
SELECT later.*, entry.kind, entry.batch_id, entry.facts,
       (SELECT COALESCE(SUM(line.amount_minor), 0) FROM ledger_line AS line
        WHERE line.series_id = later.series_id AND line.seq = later.seq) AS lines
FROM deferred_review AS later
LEFT JOIN ledger_event AS entry ON entry.series_id = later.series_id AND entry.seq = later.seq
ORDER BY later.series_id, later.seq
"""
_ACTS: Mapping[str, tuple[str, ...]] = {
    "void": ("void", "reapply"), "refund": ("refund",), "drop": ("drop",), "change_order": ("change_order",),
    "tender_corrected": ("correct_tender", "take_listed_check"), "deposit_prepared": ("prepare_deposit",),
}  # fmt: skip


def review_faults(connection: Connection, reviews: Reviews) -> Iterator[str]:
    """Compare the list of the outside reviewer with the entries it is about and with the reviews; faults in words."""
    for entry in connection.exec_driver_sql(_ALONE):
        where = f"series {entry.series_id}, entry {entry.seq}"
        if entry.act is None:
            yield f"{where} ({entry.kind.replace('_', ' ')}) has no second person and waits for no review"
        else:
            yield f"{where} waits for a review, but is not its custodian's own act without a second person"
    waiting = dict(reviews)
    for row in connection.exec_driver_sql(_LISTED).mappings():
        told = waiting.pop((row["series_id"], row["seq"]), None)
        kept = (row["reviewed_series"], row["reviewed_seq"])
        said = (None, None) if told is None else told[:2]
        where = f"series {row['series_id']}, entry {row['seq']}"
        listed = (row["act"], row["subject"], row["amount_minor"])
        if kept != said:
            yield f"the review of {where} is {kept}, but the entries say {said}"
        elif row["kind"] is None:
            yield f"{where} waits for a review, but there is no such entry"
        elif told is not None and listed != (told[2]["act"], told[2]["subject"], told[2]["amount"]):
            yield f"the act of {where} that waits for a review is not the one that was reviewed"
        elif not _is_that(dict(row), json.loads(row["facts"])):
            yield f"the act of {where} that waits for a review is not the one that was recorded"
    for series, seq in sorted(waiting):
        yield f"series {series}, entry {seq} was reviewed, but is not on the list"


def _is_that(row: Mapping[str, Any], facts: Values) -> bool:
    """Say whether a listed act is what its entry did, as far as the entry says it (amounts in cents)."""
    kind, batch = row["kind"], row["batch_id"]
    acts = _ACTS.get(kind)
    if acts is None:
        return True
    wanted: dict[str, tuple[Any, Any]] = {
        "void": (facts.get("receipt"), -row["lines"]),
        "refund": (facts.get("receipt"), -row["lines"]),
        "drop": (batch, facts.get("amount")),
        "change_order": (batch, facts.get("amount")),
        "tender_corrected": (facts.get("receipt"), None),
        "deposit_prepared": (None, sum(_packed(part) for part in facts.get("parts", ()))),
    }
    subject, amount = wanted[kind]
    same_subject = subject is None or row["act"] == "take_listed_check" or row["subject"] == subject
    return row["act"] in acts and same_subject and (amount is None or row["amount_minor"] == amount)


def _packed(part: Values) -> int:
    return int(part["cash"] + part["drops"] + part["checks"] + part["money_orders"])
