"""Each close of a day holds the heads of all registers: rewriting a register means rewriting the office's chain too."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection

_CLOSED = """
SELECT series_id, seq, business_date, facts FROM ledger_event WHERE kind = 'day_closed' ORDER BY series_id, seq
"""
_HEAD = "SELECT mac FROM ledger_event WHERE series_id = {mark} AND seq = {mark}"


def closing_faults(connection: Connection) -> Iterator[str]:
    """Name the registers whose chain is not the one that a day was closed on (the first releases kept no numbers)."""
    query = _HEAD.format(mark="?" if connection.dialect.name == "sqlite" else "%s")
    for event in connection.exec_driver_sql(_CLOSED).all():
        for series, head in sorted(json.loads(event.facts).get("heads", {}).items()):
            if not head.get("seq"):
                continue
            found = connection.exec_driver_sql(query, (series, head["seq"])).scalar()
            if found is None or bytes(found).hex() != head["head"]:
                yield (
                    f"series {series}, entry {head['seq']} is not the one on which {event.business_date} was closed "
                    f"(series {event.series_id}, entry {event.seq})"
                )
