"""What the bank sent back of the receipts that paid for permits: it was not paid, whatever the receipt says."""

from __future__ import annotations

from sqlalchemy import Connection, and_, func, or_, select, union

from csr_desk.data.models import bill, ledger_event, permit, permit_change, returned_item
from csr_desk.domain.money import Cents


def owed_of_returned(conn: Connection, permit_no: str, project_no: str | None) -> Cents:
    """Return what is open (cents) of items sent back that had paid a permit, those of its project, or their changes."""
    ours, issued = permit_change.c.permit_no == permit_no, permit.c.permit_no == permit_no
    if project_no is not None:
        of_project = select(permit.c.permit_no).where(permit.c.project_no == project_no)
        ours = or_(ours, permit_change.c.permit_no.in_(of_project))
        issued = or_(issued, permit.c.project_no == project_no)
    paid = union(
        select(permit.c.receipt_series.label("series"), permit.c.receipt_seq.label("seq")).where(issued),
        select(permit_change.c.receipt_series, permit_change.c.receipt_seq).where(
            ours, permit_change.c.state == "done"
        ),
    ).subquery()
    corrected = ledger_event.alias()  # a tender that was corrected comes back on the correction
    same = and_(corrected.c.reverses_series == paid.c.series, corrected.c.reverses_seq == paid.c.seq)
    back = union(
        select(paid.c.series, paid.c.seq),
        select(corrected.c.series_id, corrected.c.seq).join_from(paid, corrected, same),
    ).subquery()
    came = and_(ledger_event.c.reverses_series == back.c.series, ledger_event.c.reverses_seq == back.c.seq)
    item = and_(returned_item.c.series_id == ledger_event.c.series_id, returned_item.c.seq == ledger_event.c.seq)
    open_amount = func.coalesce(func.sum(bill.c.amount_minor - bill.c.paid_minor), 0)
    found = (
        select(open_amount)
        .select_from(back)
        .join(ledger_event, came)
        .join(returned_item, item)
        .join(bill, bill.c.bill_id == returned_item.c.bill_id)
        .where(bill.c.state == "due")
    )
    return int(conn.execute(found).scalar_one())
