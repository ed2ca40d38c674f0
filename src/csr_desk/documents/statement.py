"""The statement of an account: what was owed before, what changed it, what is owed now and how old it is (F3).

Its foot is a coupon that a counter scans: account and amount due without a key (A5).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from csr_desk.documents.columns import GREY, Column, table
from csr_desk.documents.layout import office_paper, section
from csr_desk.documents.pages import RUNNING_ROOM, bind
from csr_desk.documents.paper import LEFT, MM, RIGHT, Bar, Block, Cell, Style
from csr_desk.documents.plain_text import NAME, clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.receivable.statement import Move, MoveKind, StatedBill, Statement

TITLE = "Statement of account"
_WORDS = {
    MoveKind.BILL: "Bill",
    MoveKind.PENALTY: "Penalty",
    MoveKind.FEE: "Fee",
    MoveKind.ADJUSTMENT: "Adjustment",
    MoveKind.PAYMENT: "Payment",
    MoveKind.TAKEN_BACK: "Payment taken back",
    MoveKind.PAID_AHEAD: "Payment ahead",
    MoveKind.CREDIT_USED: "Credit used",
}
_LABEL, _VALUE = Style(8.5, shade=GREY), Style(9.5)
_MODULE = 0.8
"""Width of the thinnest bar of the coupon: 0.28 mm, what hand scanners read from copies as well."""
_DASH, _GAP = 4.0, 3.0
_LEFT_ROOM = 0.52
"""Share of the width that the address has beside the figures."""


def statement_pdf(statement: Statement) -> bytes:
    """The statement as PDF bytes, the same for the same facts."""
    return statements_bound((statement,))[0]


def statements_bound(statements: Sequence[Statement]) -> tuple[bytes, tuple[int, ...]]:
    """Statements one behind the other in one file, and how many pages each has."""
    parts = [_sheet(one).part(f"{TITLE} {clean(one.head.account)}", one.office.name) for one in statements]
    return bind(parts, parts[0].paper, parts[0].imprint)


def _sheet(statement: Statement) -> Sheet:
    sheet = office_paper(statement.office, TITLE, f"Account {clean(statement.head.account)}", noun="statement")
    _write_head(sheet, statement)
    _write_ages(sheet, statement)
    _write_moves(sheet, statement)
    _write_bills(sheet, statement.bills)
    _write_open(sheet, statement)
    _write_coupon(sheet, statement)
    return sheet


def _span(first: date, last: date) -> str:
    return f"{day(first)[4:]} to {day(last)[4:]}"


def _write_head(sheet: Sheet, statement: Statement) -> None:
    """Who is written to, on the left; what is owed, on the right."""
    head, inner = statement.head, sheet.paper.inner
    at = inner * _LEFT_ROOM
    street, _, town = head.address.partition(",")
    address = [clean(line.strip(), NAME) for line in (street, town) if line.strip()]
    left = ["", clean(head.customer_name, NAME), *address]
    right = [
        ("Statement", _span(statement.first, statement.last)),
        ("Service", clean(head.service, NAME) or "–"),
        *([("Service at", clean(head.site, NAME))] if head.site else []),
        ("Owed before", shown(statement.opening)),
        ("Charged", shown(_charged(statement))),
        ("Paid", shown(_paid(statement))),
    ]
    for row in range(max(len(left), len(right))):
        cells = []
        if row < len(left) and left[row]:
            cells.append(Cell(left[row], 0, at - 12, Style(10.5)))
        if row < len(right):
            label, value = right[row]
            cells.append(Cell(label, at, 76, _LABEL))
            cells.append(Cell(value, at + 76, inner - at - 76, _VALUE, RIGHT))
        sheet.row(cells, after=1.5)
    sheet.gap(4)
    words = "Owed now" if statement.closing >= 0 else "Your credit"
    sheet.row([
        Cell(words, at, 90, Style(11, strong=True)),
        Cell(dollars(abs(statement.closing)), at + 90, inner - at - 90, Style(17, strong=True), RIGHT),
    ])  # fmt: skip
    said = _pay_words(statement)
    if said:
        sheet.row([Cell(said, at, inner - at, Style(8.8, strong=True), RIGHT)])


def _charged(statement: Statement) -> Cents:
    return sum(move.amount for move in statement.moves if move.kind in _CHARGES)


_CHARGES = frozenset({MoveKind.BILL, MoveKind.PENALTY, MoveKind.FEE, MoveKind.ADJUSTMENT})


def _paid(statement: Statement) -> Cents:
    return sum(move.amount for move in statement.moves if move.kind not in _CHARGES)


def _pay_words(statement: Statement) -> str:
    """Say until when to pay, and what of it is past due already."""
    if statement.closing <= 0:
        return "Nothing to pay."
    late = f"{dollars(statement.past_due)} of it is past due: pay now." if statement.past_due else ""
    if statement.pay_by is None:
        return late or "Pay on receipt."
    rest = f"The rest by {day(statement.pay_by)[4:]}." if late else f"Pay by {day(statement.pay_by)}."
    return f"{late} {rest}".strip() if statement.past_due < statement.closing else late


def _write_ages(sheet: Sheet, statement: Statement) -> None:
    section(sheet, "How old it is")
    columns = tuple(
        Column(title, 1, figures=True)
        for title in ("Not due, or up to 30 days late", "31 to 60 days", "61 to 90 days", "Over 90 days", "Together")
    )
    figures = [shown(cents) if cents else "–" for cents in statement.aged.columns]
    table(sheet, columns, [[*figures, shown(statement.aged.total)]])


def _write_moves(sheet: Sheet, statement: Statement) -> None:
    section(sheet, "What changed")
    columns = (
        Column("Date", 16), Column("What", 50), Column("Amount", 14, figures=True), Column("Owed", 14, figures=True),
    )  # fmt: skip
    balance = statement.opening
    rows = [(day(statement.first)[4:], "Owed before", "", shown(balance))]
    for move in _together(statement.moves):
        balance += move.amount
        when = "" if move.on is None else day(move.on)[4:]
        rows.append((when, _said(move), shown(move.amount), shown(balance)))
    table(sheet, columns, rows, total=(day(statement.last)[4:], "Owed now", "", shown(statement.closing)))


def _together(moves: Sequence[Move]) -> list[Move]:
    """Show what one receipt paid on several bills as one payment."""
    rows: list[Move] = []
    for move in moves:
        last = rows[-1] if rows else None
        if last is not None and move.number and (last.on, last.kind, last.number) == (move.on, move.kind, move.number):
            rows[-1] = Move(move.on, move.kind, last.amount + move.amount, "", "", move.number)
        else:
            rows.append(move)
    return rows


def _said(move: Move) -> str:
    words = _WORDS[move.kind]
    if move.number:
        return f"{words}, receipt {clean(move.number)}"
    about = clean(move.words)
    if move.kind is MoveKind.BILL:
        return f"{words} {clean(move.bill)}: {about}"
    return f"{about or words}, bill {clean(move.bill)}" if move.bill else about or words


def _write_bills(sheet: Sheet, bills: Sequence[StatedBill]) -> None:
    """The bills of the span, item by item."""
    for bill in bills:
        if not bill.items:
            continue
        section(sheet, f"Bill {clean(bill.number)}")
        told = []
        if bill.service_from is not None and bill.service_to is not None:
            told.append(f"Service {_span(bill.service_from, bill.service_to)}")
        if bill.usage:
            told.append(clean(bill.usage))
        if bill.due is not None:
            told.append(f"due {day(bill.due)}")
        if told:
            sheet.text(" · ".join(told), _LABEL, keep=True)
            sheet.gap(4, keep=True)
        columns = (Column("For", 80), Column("Amount", 14, figures=True))
        rows = [(clean(item.words), shown(item.amount)) for item in bill.items]
        table(sheet, columns, rows, total=("Bill", shown(bill.amount)) if len(rows) > 1 else ())


def _write_open(sheet: Sheet, statement: Statement) -> None:
    """Open bills from before the span: without them nobody knows what a balance is made of."""
    issued = {bill.number for bill in statement.bills}
    older = [(bill, cents) for bill, cents in statement.open_bills if bill.number not in issued]
    if not older:
        return
    section(sheet, "Open from before")
    columns = (Column("Bill", 20), Column("For", 46), Column("Due", 16), Column("Still open", 14, figures=True))
    rows = [
        (clean(bill.number), clean(bill.words), day(bill.due)[4:] if bill.due else "on demand", shown(cents))
        for bill, cents in older
    ]
    table(sheet, columns, rows)


def _write_coupon(sheet: Sheet, statement: Statement) -> None:
    """The part to hand in: at the foot of the page where there is room, never torn over two."""
    if statement.closing <= 0:
        sheet.gap(1)
        return
    written = Sheet(sheet.paper, statement.office)
    _draw_coupon(written, statement)
    blocks = written.blocks
    for block in blocks[:-1]:
        block.keep = True
    used = sum(block.height for block in (*sheet.blocks, *blocks))
    room = (sheet.paper.height or 0.0) - sheet.paper.top - sheet.paper.foot - RUNNING_ROOM
    sheet.gap(max(room - used - 1, 12), keep=True)
    for block in blocks:
        sheet.add(block)


def _draw_coupon(sheet: Sheet, statement: Statement) -> None:
    inner, head = sheet.paper.inner, statement.head
    dashes = [Bar(at * (_DASH + _GAP), 0, _DASH, 0.5, 0.3) for at in range(int(inner // (_DASH + _GAP)))]
    sheet.add(Block(8, bars=dashes))
    sheet.row([
        Cell("Hand this part in with your payment", 0, inner * 0.6, Style(8.5, shade=GREY)),
        Cell(clean(statement.office.name), inner * 0.6, inner * 0.4, Style(8.5, shade=GREY), RIGHT),
    ])  # fmt: skip
    sheet.gap(3)
    told = [("Account", clean(head.account)), ("Customer", clean(head.customer_name, NAME))]
    if statement.pay_by is not None:
        told.append(("Pay by", day(statement.pay_by)))
    at = inner * _LEFT_ROOM
    figures = [("Owed now", dollars(statement.closing), Style(12, strong=True))]
    if statement.late_amount > statement.closing and statement.pay_by is not None:
        figures.append(("After that day", dollars(statement.late_amount), Style(10)))
    figures.append(("Paid", "________________", Style(10)))
    for row in range(max(len(told), len(figures))):
        cells = []
        if row < len(told):
            cells += [Cell(told[row][0], 0, 60, _LABEL), Cell(told[row][1], 62, at - 74, _VALUE, LEFT)]
        if row < len(figures):
            label, value, style = figures[row]
            cells += [Cell(label, at, 90, _LABEL), Cell(value, at + 90, inner - at - 90, style, RIGHT)]
        sheet.row(cells, after=1)
    sheet.gap(4)
    line = statement.scan_line
    code = line or head.account
    if code.isascii() and code.isprintable():
        sheet.barcode(code, module=_MODULE, height=10 * MM, align=LEFT)
    sheet.text(line or clean(head.account), Style(11))
