"""How a receipt stands paid now: its tenders with the corrections of their kind, change deducted from the cash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from csr_desk.data.queries import Connection, entries
from csr_desk.data.queries.entries import Event
from csr_desk.domain.ledger import EventKind, TenderRole, TenderRow
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class Standing:
    """A tender as it stands: ``ref`` is its number, with the entry in front where a correction brought it."""

    ref: str
    row: TenderRow


def standing_rows(conn: Connection, event: Event, tenders: Sequence[TenderRow]) -> tuple[Standing, ...]:
    """Return the rows of a sale (change and fees as well), those of a wrong kind replaced by their correction."""
    rows = [Standing(str(row.number), row) for row in tenders]
    for back in entries.reversals_of(conn, event.key):
        if back.kind is not EventKind.TENDER_CORRECTED:
            continue
        moved = entries.tenders_of(conn, back.key)
        wrong = {row.kind for row in moved if row.amount < 0}
        rows = [one for one in rows if one.row.kind not in wrong or one.row.role is TenderRole.FEE]
        rows.extend(Standing(f"{back.key.seq}/{row.number}", row) for row in moved if row.amount > 0)
    return tuple(rows)


def paid_by(rows: Sequence[Standing]) -> tuple[Standing, ...]:
    """Return what each tender paid: without service fees, change taken off the cash (the last cash first)."""
    change = -sum(one.row.amount for one in rows if one.row.role is TenderRole.CHANGE)
    paid: list[Standing] = []
    for one in reversed([one for one in rows if one.row.role is TenderRole.TAKEN]):
        off: Cents = min(change, one.row.amount) if one.row.kind == "cash" else 0
        change -= off
        paid.append(replace(one, row=replace(one.row, amount=one.row.amount - off)))
    return tuple(one for one in reversed(paid) if one.row.amount)


def numbered_back(rows: Sequence[Standing]) -> tuple[TenderRow, ...]:
    """Return the exact negative of the rows, numbered anew where a correction stands among them."""
    return tuple(replace(one.row, number=at, amount=-one.row.amount) for at, one in enumerate(rows, start=1))
