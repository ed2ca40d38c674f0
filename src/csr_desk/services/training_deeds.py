"""What was done for a customer of a training day, read from the register's ledger since they were called."""

from __future__ import annotations

from dataclasses import replace

from csr_desk.data.queries import Connection, entries
from csr_desk.domain.ledger import EventKind, TenderRole
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.training_cards import SoldLine
from csr_desk.domain.training_day import pricing_labels
from csr_desk.domain.training_score import Deeds, Sale
from csr_desk.services.clock import read_stamp
from csr_desk.services.desk import Desk
from csr_desk.services.receipts import receipt_at

_TOLD = (EventKind.SALE, EventKind.VOID, EventKind.NO_SALE, EventKind.REFUND, EventKind.TENDER_CORRECTED)


def deeds_since(desk: Desk, conn: Connection, batch: str, since: int) -> tuple[Deeds, str]:
    """Return the deeds of a batch after an entry, and when the last of them was recorded (empty: none yet)."""
    events = [event for event in entries.batch_events(conn, batch, _TOLD) if event.key.seq > since]
    sales: list[Sale] = []
    others = 0
    for event in events:
        receipt = receipt_at(desk, conn, event, 0) if event.kind in {EventKind.SALE, EventKind.VOID} else None
        if receipt is None:
            others += 1
        elif event.kind is EventKind.SALE:
            sales.append(_sale(desk, receipt))
        else:
            known = [at for at, sale in enumerate(sales) if sale.receipt == receipt.reverses]
            for at in known:
                sales[at] = replace(sales[at], voided=True)
            others += not known  # somebody else's receipt was taken back
    return Deeds(tuple(sales), no_sales=others), events[-1].recorded_at if events else ""


def _sale(desk: Desk, receipt: Receipt) -> Sale:
    taken = [row for row in receipt.tenders if row.role is TenderRole.TAKEN]
    papers = {paper for row in taken for paper in (row.check_number, row.document, row.last4) if paper}
    return Sale(
        receipt=receipt.number,
        sold=tuple(_sold(desk, receipt)),
        total=receipt.total,
        given=tuple((row.kind, row.amount) for row in taken),
        papers=frozenset(papers),
        change=receipt.change,
    )


def _sold(desk: Desk, receipt: Receipt) -> list[SoldLine]:
    found = []
    for line in receipt.lines:
        if line.kind != "item" or line.added_with is not None:
            continue
        labels = pricing_labels(desk.catalogue, line.item, receipt.business_date)
        keyed = sorted((label, value) for at, label, value in receipt.inputs if at == line.number and label in labels)
        found.append(SoldLine(line.item, line.quantity, line.amount, tuple(keyed)))
    return found


def millis_between(first: str, last: str) -> int:
    """Return the milliseconds from one recorded time to another; never less than none (a clock may be put back)."""
    passed = read_stamp(last) - read_stamp(first)
    return max(0, int(passed.total_seconds() * 1000))
