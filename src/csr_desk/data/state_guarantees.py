"""Rebuilds the deposits of customers from the receipts that took them and the entries that ended them."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection

from csr_desk.data.state_rows import Values, by_key, differing, rows_of
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.receivable.guarantee import DEPOSIT_OF, guaranteed, number_of

_LINES = f"""
SELECT line.series_id, line.seq, line.n, line.reference, line.amount_minor, entry.kind, entry.reverses_series,
    entry.reverses_seq, entry.facts
FROM ledger_line AS line JOIN ledger_event AS entry ON entry.series_id = line.series_id AND entry.seq = line.seq
WHERE line.reference LIKE '{DEPOSIT_OF}%%'
ORDER BY CASE WHEN entry.kind = 'sale' THEN 0 ELSE 1 END, line.series_id, line.seq, line.n
"""  # noqa: S608 - a word of ours


def guarantee_faults(connection: Connection) -> Iterator[str]:
    """Compare the deposits with the entries, in words."""
    yield from differing(
        "deposit {} of a customer",
        by_key(rows_of(connection, "SELECT * FROM guarantee_deposit ORDER BY deposit_no"), "deposit_no"),
        _told(connection),
    )


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
