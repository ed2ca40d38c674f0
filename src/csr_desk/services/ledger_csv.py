"""The whole ledger as CSV, one row a posting, for whoever wants to add it up again."""

from __future__ import annotations

from datetime import date

from csr_desk.data.queries import revenue
from csr_desk.domain.ledger import receipt_number
from csr_desk.domain.money import plain
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk
from csr_desk.services.exports import refuse_training_day
from csr_desk.services.spreadsheet_text import write_rows

_COLUMNS = ("business_date", "series", "entry", "kind", "receipt", "clerk", "account", "debit", "credit", "currency")
_NUMBERS = frozenset({2, 7, 8})


def ledger_csv(desk: Desk, actor: Actor, first: date | None = None, last: date | None = None) -> bytes:
    """Return every posting of some business dates (of all without), debits and credits in columns of their own."""
    actor.require(Act.EXPORT_JOURNAL)
    refuse_training_day(desk)
    with desk.read() as work:
        booked = revenue.entries(work.conn, first, last)
    rows: list[tuple[str | int, ...]] = [_COLUMNS]
    for entry in booked:
        receipt = "" if entry.receipt_no is None else receipt_number(entry.series, entry.receipt_no)
        rows.extend(
            (
                entry.business_date.isoformat(),
                entry.series,
                entry.seq,
                entry.kind,
                receipt,
                entry.actor,
                account,
                plain(amount) if amount > 0 else "",
                plain(-amount) if amount < 0 else "",
                currency,
            )
            for account, amount, currency in entry.postings
        )
    return write_rows(rows, numbers=_NUMBERS)
