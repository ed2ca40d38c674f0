"""Rebuilds the deposits of customers from the receipts that took them and the entries that ended them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from sqlalchemy import Connection

from csr_desk.domain.ledger import EventKey
from csr_desk.domain.receivable.guarantee import DEPOSIT_OF, guaranteed, number_of

Values: TypeAlias = dict[str, Any]

_LINES = f"""
SELECT line.series_id, line.seq, line.n, line.reference, line.amount_minor, entry.kind, entry.reverses_series,
    entry.reverses_seq, entry.facts
FROM ledger_line AS line JOIN ledger_event AS entry ON entry.series_id = line.series_id AND entry.seq = line.seq
WHERE line.reference LIKE '{DEPOSIT_OF}%%'
ORDER BY CASE WHEN entry.kind = 'sale' THEN 0 ELSE 1 END, line.series_id, line.seq, line.n
"""  # noqa: S608 - a word of ours


def guarantee_faults(connection: Connection) -> Iterator[str]:
    """Compare the deposits with the entries, in words."""
    rows = connection.exec_driver_sql("SELECT * FROM guarantee_deposit ORDER BY deposit_no").mappings().all()
    told = _told(connection)
    for row in rows:
        said = told.get(row["deposit_no"])
        if said is None:
            yield f"deposit {row['deposit_no']} of a customer stands in no entry of the ledger"
            continue
        wrong = next((name for name, value in said.items() if row[name] != value), None)
        if wrong is not None:
            words = wrong.removesuffix("_minor").replace("_", " ")
            shown = f"{row[wrong]}, but the entries say {said[wrong]}"
            yield f"deposit {row['deposit_no']} of a customer: its {words} is {shown}"
    for name in sorted(told.keys() - {row["deposit_no"] for row in rows}):
        yield f"deposit {name} of a customer stands in the ledger, but its row is gone"


def _told(connection: Connection) -> dict[str, Values]:
    statement = _LINES if connection.dialect.name != "sqlite" else _LINES.replace("%%", "%")
    told: dict[str, Values] = {}
    for line in connection.exec_driver_sql(statement):
        if line.kind == "sale":
            told[number_of(EventKey(line.series_id, line.seq), line.n)] = {
                "account_no": guaranteed(line.reference), "state": "held", "amount_minor": line.amount_minor,
                "series_id": line.series_id, "seq": line.seq, "ended_series": None, "ended_seq": None,
            }  # fmt: skip
            continue
        ended = {"ended_series": line.series_id, "ended_seq": line.seq}
        if line.kind == "guarantee_ended":
            facts = json.loads(line.facts)
            told.setdefault(facts["deposit"], {}).update(state=facts["state"], **ended)
        else:
            number = number_of(EventKey(line.reverses_series, line.reverses_seq), line.n)
            told.setdefault(number, {}).update(state="refunded", **ended)
    return told
