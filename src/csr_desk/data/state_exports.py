"""Compares the files that were made for other systems with the entries that say so (reliability 4.8)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any, TypeAlias

from sqlalchemy import Connection

from csr_desk.domain.money import Cents

_ENTRIES = """
SELECT series_id, seq, business_date, actor_id, recorded_at_utc, facts FROM ledger_event
WHERE kind = 'export' ORDER BY series_id, seq
"""

Values: TypeAlias = dict[str, Any]


def export_faults(connection: Connection) -> Iterator[str]:
    """A file that was made once stays as it was when its entry was written; each made one is kept once."""
    told: dict[tuple[str, int], Values] = {}
    for event in connection.exec_driver_sql(_ENTRIES):
        facts = json.loads(event.facts)
        if not facts.get("again"):
            told[event.series_id, event.seq] = {
                "kind": facts["kind"], "business_date": event.business_date, "sha256": facts["sha256"],
                "rows": facts["rows"], "total_minor": _cents(facts["total"]), "created_at": event.recorded_at_utc,
                "created_by": event.actor_id,
            }  # fmt: skip
    for row in connection.exec_driver_sql("SELECT * FROM export_run ORDER BY export_id").mappings():
        said = told.pop((row["series_id"], row["seq"]), None)
        made = sha256(bytes(row["content"])).hexdigest()
        if said is None:
            yield f"the exported file {row['export_id']} of {row['business_date']} stands in no entry of the ledger"
        elif made != row["sha256"] or any(row[name] != value for name, value in said.items()):
            yield f"the exported file of {row['business_date']} is not the one that series {row['series_id']} records"
    for (series, seq), said in sorted(told.items()):
        yield f"the file of {said['business_date']} that series {series}, entry {seq} exported is gone"


def _cents(plain: str) -> Cents:
    """Read an amount as entries write it (``-1234.05``)."""
    return int(plain.replace(".", ""))
