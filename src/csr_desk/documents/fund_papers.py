"""Papers about change funds and receipt books: the audit sheet of a count, the registers, the gap report."""

from __future__ import annotations

from collections.abc import Sequence

from csr_desk.documents.layout import (
    NARROW,
    Column,
    cash_table,
    facts,
    office_paper,
    prose,
    section,
    signatures,
    table,
)
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars, moment, plural, signed
from csr_desk.domain.custody import AuditSheet, FundRegister, FundRow
from csr_desk.domain.drawer import cash_total
from csr_desk.domain.money import shown
from csr_desk.domain.paper_books import PaperRow, ReceiptBook, number_words
from csr_desk.domain.receipt import Office


def audit_sheet_pdf(sheet_facts: AuditSheet) -> bytes:
    """The change-fund audit form of one unannounced count (M7), as PDF bytes."""
    count = sheet_facts
    title = "Unannounced count"
    sheet = office_paper(count.office, title, f"{clean(count.name)} · {day(count.business_date)}", noun="report")
    kind = "Drawer in use" if count.batch else "Change fund"
    facts(
        sheet,
        (
            (kind, count.name), ("Fund", count.fund or "none"),
            ("Custodian", count.custodian or "none named"), ("Authority", count.authority or "none written"),
            ("Counted by", count.counted_by), ("Time", moment(count.recorded_at, count.office)),
            *((("Batch", count.batch), ("Goes on", "yes, the session is not interrupted")) if count.batch else ()),
        ),
    )  # fmt: skip
    section(sheet, "Counted, piece by piece")
    cash_table(sheet, count.sheet.cash, cash_total(count.sheet.cash), every=True)
    section(sheet, "Against what should be there")
    columns = (
        Column("Tender", 4), Column("Should be", 3, figures=True), Column("Counted", 3, figures=True),
        Column("Difference", 3, figures=True), Column("Items", 2, figures=True),
    )  # fmt: skip
    rows = [
        (
            row.name, shown(row.expected), shown(row.counted), signed(row.difference),
            "" if row.items_expected is None else f"{row.items_counted or 0} of {row.items_expected}",
        )
        for row in count.tenders
    ]  # fmt: skip
    table(sheet, columns, rows)
    sheet.gap(6, keep=True)
    sheet.pair("Authorized fund", dollars(count.authorized), Style(10.5), room=NARROW, keep=True)
    sheet.pair("Over or short", signed(count.difference), Style(12, strong=True), room=NARROW, keep=True)
    sheet.gap(6, keep=True)
    prose(
        sheet,
        "Counted in the presence of who signs for it; signed in the program by each with their own secret. Nothing is "
        "booked by this count.", keep=True,
    )  # fmt: skip
    signatures(sheet, (("Counted by", count.counted_by), ("In the presence of", count.signed_by)))
    return sheet.pdf(f"{title} {clean(count.name)}", count.office.name)


def fund_register_pdf(register: FundRegister) -> bytes:
    """All change funds with their last counts (controls 20 and 23), as PDF bytes."""
    title = "Register of change funds"
    sheet = office_paper(register.office, title, day(register.on), noun="report")
    columns = (
        Column("Fund", 5), Column("Drawer", 3), Column("Custodian", 4), Column("Amount", 4, figures=True),
        Column("Authority", 5), Column("Since", 4), Column("Last count", 4), Column("Over/short", 4, figures=True),
        Column("Quarter", 3, figures=True),
    )  # fmt: skip
    rows = [_fund_cells(row) for row in register.rows]
    table(sheet, columns, rows, total=("In use", "", "", shown(register.total), "", "", "", "", ""))
    behind = [row.fund.name for row in register.rows if row.fund.active and not row.counted_enough]
    sheet.gap(8)
    words = (
        f"Unannounced counts are missing this quarter: {', '.join(behind)}."
        if behind
        else "Every fund has its unannounced counts of this quarter."
    )
    prose(sheet, words, Style(9.5, strong=True))
    return sheet.pdf(title, register.office.name)


def _fund_cells(row: FundRow) -> tuple[str, ...]:
    fund, last = row.fund, row.last
    return (
        fund.name if fund.active else f"{fund.name} (closed)",
        fund.drawer or "none",
        fund.custodian_name or ("its holder" if fund.drawer else ""),
        shown(fund.amount),
        fund.authority,
        fund.since.isoformat(),
        last.business_date.isoformat() if last else "none",
        signed(last.difference) if last else "",
        f"{row.this_quarter} of {row.wanted}",
    )


def books_pdf(office: Office, books: Sequence[ReceiptBook]) -> bytes:
    """The books of paper receipts with their numbers: the register and the gap report (control 12), as PDF bytes."""
    title = "Paper receipt books"
    sheet = office_paper(office, title, plural(len(books), "book"), noun="report")
    if not books:
        prose(sheet, "No book was issued.")
    for book in books:
        _write_book(sheet, book)
    return sheet.pdf(title, office.name)


def _write_book(sheet: Sheet, book: ReceiptBook) -> None:
    section(sheet, f"Book {clean(book.book)}: {book.first} to {book.last}")
    returned = f"{day(book.returned_on)} to {book.returned_by}" if book.returned_on else "still out"
    facts(
        sheet,
        (
            ("Holder", book.holder_name), ("Issued", f"{day(book.issued_on)} by {book.issued_by}"),
            ("Returned", returned), ("Entered", f"{_entered(book)}, of these late: {book.late}"),
            ("Open numbers", number_words(book.open_numbers) or "none"),
            ("Missing", number_words(book.gaps if not book.returned else book.open_numbers) or "none"),
        ),
    )  # fmt: skip
    if book.rows:
        sheet.gap(4)
        columns = (
            Column("Number", 2, figures=True), Column("State", 2), Column("Written", 3), Column("Entered", 3),
            Column("Receipt", 3), Column("", 5),
        )  # fmt: skip
        table(sheet, columns, [_paper_cells(row) for row in book.rows])
    for number, reason in book.explained.items():
        prose(sheet, f"Number {number} was missing at the return: {reason or 'the reason was purged'}.")


def _entered(book: ReceiptBook) -> str:
    return f"{sum(row.state == 'entered' for row in book.rows)} of {book.last - book.first + 1}"


def _paper_cells(row: PaperRow) -> tuple[str, ...]:
    return (
        str(row.number),
        row.state,
        row.written.isoformat() if row.written else "",
        row.entered.isoformat(),
        row.receipt,
        "late" if row.late else row.reason,
    )
