"""What an attacker with the chain key can do: change an entry and write every MAC after it anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from csr_desk.data import models
from csr_desk.data.engine import Store
from csr_desk.data.verify import place_of, reading
from sealing import tamper

_TABLES = (models.ledger_line, models.ledger_tender, models.ledger_posting, models.ledger_note)


def rewrite(store: Store, series: str, mac_of: Callable[..., bytes]) -> None:
    """Rename what the first sale sold, and make the whole chain of the series agree with it."""
    statements = []
    with reading(place_of(store)) as conn:
        event = models.ledger_event
        rows = conn.execute(select(event).where(event.c.series_id == series).order_by(event.c.seq)).mappings().all()
        mac: bytes = bytes(rows[0]["prev_mac"])
        for row in rows:
            entry: dict[str, list[dict[str, Any]]] = {"ledger_event": [dict(row)]}
            for table in _TABLES:
                where = (table.c.series_id == series, table.c.seq == row["seq"])
                found = conn.execute(select(table).where(*where).order_by(table.c.n)).mappings()
                entry[table.name] = [dict(one) for one in found]
            if row["seq"] == 2:
                entry["ledger_line"][0]["name"] = "Nothing"
            new = mac_of(store.key, mac, entry)
            statements.append(
                f"UPDATE ledger_event SET prev_mac = {_bytes(mac)}, mac = {_bytes(new)} "  # noqa: S608 - our own attack
                f"WHERE series_id = '{series}' AND seq = {row['seq']}"
            )
            mac = new
    line = f"UPDATE ledger_line SET name = 'Nothing' WHERE series_id = '{series}' AND seq = 2 AND n = 1"  # noqa: S608
    statements.append(line)
    statements.append(f"UPDATE series SET head_mac = {_bytes(mac)} WHERE series_id = '{series}'")  # noqa: S608
    tamper(str(store.address.render_as_string(hide_password=False)), *statements)


def _bytes(value: bytes) -> str:
    return f"x'{value.hex()}'"
