"""Bills come in by a load: one entry with the hash over all of them, whether they are one or a hundred thousand.

``csr-desk verify`` computes that hash again, so a bill is what it was when it was issued, and none came in beside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from csr_desk.data.queries import bill_rows
from csr_desk.data.queries.imports import pieces
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.ledger import EntryDraft, EventKind, Written
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Actor
from csr_desk.domain.receivable import billed
from csr_desk.domain.receivable.billed import BilledBill, BilledItem
from csr_desk.services.desk import Desk
from csr_desk.services.numbers import number_from

BY_HAND, FROM_FILE, BEFORE = "hand", "file", "before"
"""How bills came in: keyed or computed here, from a file, or before loads were recorded."""


@dataclass(frozen=True, slots=True)
class Load:
    """Where bills come from; ``key`` is the command's, ``content`` its fingerprint (``desk.content_of``)."""

    key: str
    content: str
    kind: str = BY_HAND
    file_name: str = ""
    sha256: str = ""

    @property
    def number(self) -> str:
        """The number of the load: the same key gives the same one."""
        return number_from("L", self.key)


def load_bills(
    work: Work,
    desk: Desk,
    actor: Actor,
    load: Load,
    bills: Sequence[BilledBill],
    stored: Callable[[int], None] = lambda _rows: None,
) -> Written:
    """Record bills that nobody has seen before, in the caller's transaction; the caller found out that none is known.

    Bills of a database that recorded no loads yet are adopted first, by an entry of their own. ``stored`` hears of
    each some thousand bills that were written.
    """
    work.lock_series(desk.office_series)
    _adopt(work, desk, actor, load)
    leaves: list[bytes] = []
    total = 0
    for part in pieces(bills):
        rows = [bill.row(load.number) for bill in part]
        items = [bill.item_rows() for bill in part]
        leaves += map(billed.leaf, rows, items)
        total += sum(int(row["amount_minor"]) for row in rows)
        bill_rows.insert_bills(work.conn, rows, [item for of_bill in items for item in of_bill])
        stored(len(part))
    return record_load(work, desk, actor, load, (leaves, total))


def record_load(
    work: Work,
    desk: Desk,
    actor: Actor,
    load: Load,
    what: tuple[Sequence[bytes], Cents],
    more: Mapping[str, object] | None = None,
) -> Written:
    """Write the entry of a load, and the row that remembers it.

    ``what`` is the hash of each row and their total, ``more`` what else the entry says.
    """
    leaves, total = what
    told: dict[str, Any] = {
        "load": load.number,
        "kind": load.kind,
        "rows": len(leaves),
        "total": total,
        "rows_hash": billed.rows_hash(leaves),
        "sha256": load.sha256,
        **(more or {}),
    }
    written = work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.BILLS_LOADED,
            business_date=desk.today(),
            actor=actor.user,
            idem_key=load.key,
            content_hash=load.content,
            facts=told,
            notes={"file": load.file_name} if load.file_name else {},
        ),
        desk.now_text(),
    )
    bill_rows.insert_load(
        work.conn,
        {
            "load_id": load.number, "kind": load.kind, "file_name": load.file_name, "sha256": load.sha256,
            "rows_hash": told["rows_hash"], "rows": told["rows"], "total_minor": told["total"],
            "loaded_at": written.recorded_at, "loaded_by": actor.user, "series_id": written.key.series,
            "seq": written.key.seq,
        },
    )  # fmt: skip
    return written


def _adopt(work: Work, desk: Desk, actor: Actor, load: Load) -> None:
    """Take the bills of an older version into the books as they stand, so that from now on none comes in unseen.

    That is done once, before the first load: whatever stands beside the loads later was put there by somebody else.
    """
    found = bill_rows.unloaded_bills(work.conn)
    if not found:
        return
    before = Load(f"{load.key}:before", load.content, BEFORE)
    bills = [(row, [_only_item(row)]) for row in found]
    leaves = [billed.leaf(row, items) for row, items in bills]
    record_load(work, desk, actor, before, (leaves, sum(int(row["amount_minor"]) for row, _ in bills)))
    bill_rows.adopt(work.conn, before.number, [item for _, items in bills for item in items])


def _only_item(row: dict[str, Any]) -> dict[str, Any]:
    parts = billed.parts_of(row["shares"])
    item = BilledItem(row["description"], row["amount_minor"], parts, authority=row["authority"])
    return {**item.row(row["bill_id"], 1), "shares": row["shares"]}
