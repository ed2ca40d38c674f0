"""Change funds, and books of paper receipts with their numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from csr_desk.data.models import change_fund, drawer, paper_receipt, receipt_book, staff
from csr_desk.domain.custody import ChangeFund
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class BookRecord:
    """A book of paper receipts as stored."""

    book: str
    first: int
    last: int
    holder: str
    returned: bool
    issued: EventKey
    came_back: EventKey | None


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A number of a book that is entered or void, and the entry that says so."""

    book: str
    number: int
    state: str
    written: date | None
    key: EventKey


_FUNDS = select(change_fund, staff.c.name.label("custodian_name")).select_from(
    change_fund.outerjoin(staff, staff.c.user_id == change_fund.c.custodian_id)
)


def _fund(row: Row[Any]) -> ChangeFund:
    return ChangeFund(
        row.fund_id,
        row.name,
        row.drawer_id,
        row.custodian_id,
        row.custodian_name or "",
        row.amount_minor,
        row.authority,
        date.fromisoformat(row.since),
        bool(row.active),
    )


def all_funds(conn: Connection) -> tuple[ChangeFund, ...]:
    """Return the change funds by their id."""
    return tuple(_fund(row) for row in conn.execute(_FUNDS.order_by(change_fund.c.fund_id)))


def one_fund(conn: Connection, fund: str) -> ChangeFund | None:
    """Return a change fund by its id."""
    row = conn.execute(_FUNDS.where(change_fund.c.fund_id == fund)).first()
    return None if row is None else _fund(row)


def fund_of_drawer(conn: Connection, drawer_id: str) -> ChangeFund | None:
    """Return the fund in use that is the float of a drawer."""
    row = conn.execute(_FUNDS.where(change_fund.c.drawer_id == drawer_id, change_fund.c.active == 1)).first()
    return None if row is None else _fund(row)


def insert_funds(conn: Connection, rows: Sequence[Mapping[str, object]]) -> None:
    """Add change funds."""
    conn.execute(insert(change_fund), [dict(row) for row in rows])


def update_fund(conn: Connection, fund: str, values: Mapping[str, object]) -> None:
    """Change a fund (its entry says how)."""
    conn.execute(update(change_fund).where(change_fund.c.fund_id == fund).values(**values))


def set_float(conn: Connection, drawer_id: str, amount: Cents) -> None:
    """Set the float that a drawer is authorized for (cents): what its fund says."""
    conn.execute(update(drawer).where(drawer.c.drawer_id == drawer_id).values(authorized_float_minor=amount))


def _book(row: Row[Any]) -> BookRecord:
    back = None if row.returned_seq is None else EventKey(row.returned_series, row.returned_seq)
    return BookRecord(
        row.book_id,
        row.first_no,
        row.last_no,
        row.issued_to,
        row.state == "returned",
        EventKey(row.series_id, row.seq),
        back,
    )


def all_books(conn: Connection) -> tuple[BookRecord, ...]:
    """Return the books, those that are out first."""
    rows = conn.execute(select(receipt_book).order_by(receipt_book.c.state, receipt_book.c.book_id))
    return tuple(_book(row) for row in rows)


def one_book(conn: Connection, book: str, *, lock: bool = False) -> BookRecord | None:
    """Return a book by its id; with ``lock`` nobody else enters, voids or takes it back meanwhile."""
    wanted = select(receipt_book).where(receipt_book.c.book_id == book)
    row = conn.execute(wanted.with_for_update() if lock else wanted).first()
    return None if row is None else _book(row)


def one_paper(conn: Connection, book: str, number: int) -> PaperRecord | None:
    """Return what became of a number of a book, if anything."""
    return next((row for row in papers_of(conn, book) if row.number == number), None)


def insert_book(conn: Connection, values: Mapping[str, object]) -> None:
    """Add a book that was issued."""
    conn.execute(insert(receipt_book), [dict(values)])


def update_book(conn: Connection, book: str, values: Mapping[str, object]) -> None:
    """Note that a book came back."""
    conn.execute(update(receipt_book).where(receipt_book.c.book_id == book).values(**values))


def papers_of(conn: Connection, book: str) -> tuple[PaperRecord, ...]:
    """Return the numbers of a book that are accounted for, in order."""
    rows = conn.execute(select(paper_receipt).where(paper_receipt.c.book_id == book).order_by(paper_receipt.c.number))
    return tuple(
        PaperRecord(
            row.book_id,
            row.number,
            row.state,
            None if row.written_on is None else date.fromisoformat(row.written_on),
            EventKey(row.series_id, row.seq),
        )
        for row in rows
    )


def insert_paper(conn: Connection, values: Mapping[str, object]) -> None:
    """Account for a number of a book."""
    conn.execute(insert(paper_receipt), [dict(values)])
