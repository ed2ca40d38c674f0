"""Checks the second persons' signatures: each row is sealed, stands for its entry, and none that is due is missing."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from csr_desk.domain.chain import APPROVAL_COLUMNS, approval_seal

_ROWS = """
SELECT approval.*, entry.approver_id AS signer, entry.actor_id AS actor FROM approval
LEFT JOIN ledger_event AS entry ON entry.series_id = approval.used_series AND entry.seq = approval.used_seq
ORDER BY approval.approval_id
"""
_UNSIGNED = """
SELECT entry.series_id, entry.seq, entry.kind FROM ledger_event AS entry
LEFT JOIN approval ON approval.used_series = entry.series_id AND approval.used_seq = entry.seq
WHERE entry.approver_id IS NOT NULL AND approval.approval_id IS NULL
  AND (entry.kind IN ('void', 'refund', 'tender_corrected', 'drop', 'deposit_prepared', 'change_order', 'batch_opened',
                      'custody_handed', 'surprise_count', 'paper_voided', 'suspect_note')
       OR (entry.kind = 'sale' AND entry.facts NOT LIKE :applied))
ORDER BY entry.series_id, entry.seq
"""
"""What was applied anew is approved with the entry that took it back."""


def approval_faults(connection: Connection, secret: bytes, *, sealed: bool) -> Iterator[str]:
    """Compare approvals with their entries; ``sealed``: every row of this office was written with its seal."""
    for row in connection.exec_driver_sql(_ROWS).mappings():
        name, _, seal = row["approval_id"].partition(".")
        where = f"series {row['used_series']}, entry {row['used_seq']}"
        due = approval_seal(secret, name, {column: row[column] for column in APPROVAL_COLUMNS})
        if row["signer"] != row["approver_id"] or row["actor"] != row["for_actor"]:
            yield f"approval {name} is not the one that {where} names"
        elif (seal or sealed) and seal != due:
            yield f"approval {name} of {where} was changed after it was given"
    if sealed:
        for entry in connection.execute(text(_UNSIGNED), {"applied": '%"reapplies":%'}):
            words = entry.kind.replace("_", " ")
            yield f"series {entry.series_id}, entry {entry.seq} ({words}) had a second person, but the approval is gone"
