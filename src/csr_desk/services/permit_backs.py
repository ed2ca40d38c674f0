"""What an amendment gives back of a permit (G5): a refund on the receipt that paid it, by the item's own rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from csr_desk.data.models import permit, permit_change
from csr_desk.data.queries import Connection, told
from csr_desk.data.queries.entries import Event
from csr_desk.domain.errors import Conflict, Ineligible
from csr_desk.domain.ledger import EventKey, LineRow
from csr_desk.domain.money import shown
from csr_desk.domain.receipt import Receipt
from csr_desk.services.permit_amendments import due_one
from csr_desk.services.permit_sales import Issued, subjects_of
from csr_desk.services.permits import one_permit
from csr_desk.services.refund_lines import Back


def back_of(conn: Connection, event: Event, original: Receipt, typed: str) -> tuple[Back, ...]:
    """Return the line that gives back what an amendment of a permit left over.

    Raises NotFound, BadInput, Ineligible (another receipt paid it, or something is to be paid).
    """
    record = one_permit(conn, typed)
    due = due_one(conn, record.number)
    if record.receipt != event.key or due.amount >= 0:
        raise Ineligible(f"The amendment of permit {record.number} gives nothing back on this receipt.", field="permit")
    line = next(one for one in original.lines if one.number == record.receipt_line)
    said = f"Permit {record.number} was amended: {shown(-due.amount)} goes back by the rule of its fee."
    return (Back(replace(line, amount=due.amount, quantity="0", tax=0, each=None, list_amount=None, explain=(said,))),)


def settled(conn: Connection, key: EventKey, typed: str, lines: Sequence[LineRow]) -> Issued:
    """Say what the refund of an amendment tells; ``key`` is where its entry is about to stand."""
    number = one_permit(conn, typed).number
    row = told.record(conn, permit, number, lock=True) or {}
    change = told.record(conn, permit_change, number, due_one(conn, number).n, lock=True) or {}
    cents = sum(line.amount for line in lines)
    if change["amount_minor"] != cents:
        raise Conflict
    values: dict[str, str | int | None] = {
        "state": "done", "receipt_series": key.series, "receipt_seq": key.seq, "receipt_line": lines[0].number,
    }  # fmt: skip
    changes = (
        told.changed(permit, row, {"paid_minor": row["paid_minor"] + cents}),
        told.changed(permit_change, change, values),
    )
    return Issued(changes, tuple(subjects_of(number, row)))
