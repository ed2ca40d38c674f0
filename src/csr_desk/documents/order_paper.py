"""An order for the cashier, on paper: what is to be paid at the prices of which day, until when; a counter scans it.

It is a quote and says so: it carries no receipt's number, and nobody has paid (A14, G2).
"""

from __future__ import annotations

from csr_desk.documents.columns import GREY, Column, facts, table
from csr_desk.documents.layout import office_paper, prose, section
from csr_desk.documents.paper import LEFT, RIGHT, Cell, Style
from csr_desk.documents.plain_text import NAME, clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars
from csr_desk.domain.cart_lines import PricedLine
from csr_desk.domain.catalogue import number_text
from csr_desk.domain.money import shown
from csr_desk.domain.orders import OrderPaper, OrderState

TITLE = "Order for the cashier"
_MODULE = 1.1
"""Width of the thinnest bar: 0.39 mm, so that a folded sheet is read as well."""
_BARS = 40.0
_COLUMNS = (
    Column("Item", 3), Column("For", 9), Column("Quantity", 2, figures=True), Column("Amount", 3, figures=True),
)  # fmt: skip
_STATES = {
    OrderState.PAID: "This order was paid by receipt {receipt}.",
    OrderState.EXPIRED: "This order has run out. Its prices hold no more.",
    OrderState.CANCELLED: "This order was called off.",
}


def order_pdf(paper: OrderPaper) -> bytes:
    """The order as PDF bytes, the same for the same facts."""
    order = paper.order
    number = clean(order.number, NAME)
    sheet = office_paper(paper.office, TITLE, f"Order {number}", noun="order")
    if (said := _STATES.get(order.standing(paper.printed_on))) is not None:
        sheet.banner(said.format(receipt=order.receipt), Style(11, strong=True), dark=False)
    _write_head(sheet, paper)
    _write_lines(sheet, paper)
    _write_keyed(sheet, order.lines)
    _write_foot(sheet, paper)
    return sheet.pdf(f"{TITLE} {number}", paper.office.name)


def _write_head(sheet: Sheet, paper: OrderPaper) -> None:
    """The bars first, where no fold of the sheet lies; then whose it is and until when."""
    order = paper.order
    sheet.barcode(order.number, module=_MODULE, height=_BARS, align=LEFT)
    sheet.row([Cell(order.number, 0, sheet.paper.inner, Style(9.5, strong=True))], after=8)
    told = [
        ("Customer", paper.customer or "not named"), ("Prices of", day(order.price_date)),
        ("Project", f"{order.project}  {paper.title}".strip()), ("Pay until", day(order.expires_on)),
        ("Address", paper.site), ("Prepared by", paper.prepared_by),
        ("Contractor", order.contractor), ("Prepared on", day(order.issued_on)),
    ]  # fmt: skip
    facts(sheet, tuple((label, clean(value)) for label, value in told if value))
    if order.memo:
        prose(sheet, order.memo)


def _write_lines(sheet: Sheet, paper: OrderPaper) -> None:
    rows = [
        (
            "" if line.added_with else clean(line.item, NAME),
            clean(line.name),
            number_text(line.quantity),
            shown(line.amount),
        )
        for line in paper.order.lines
    ]
    sheet.gap(8)
    table(sheet, _COLUMNS, rows, total=("Together", "", "", dollars(paper.order.total)))


def _write_keyed(sheet: Sheet, lines: tuple[PricedLine, ...]) -> None:
    """What the prices were worked out from, so that the customer sees a wrong figure before paying."""
    keyed = [(line, [(name, value) for name, value in line.inputs.items() if value]) for line in lines]
    told = [(line, pairs) for line, pairs in keyed if pairs and line.added_with is None]
    if not told:
        return
    section(sheet, "What you told us")
    inner = sheet.paper.inner
    for line, pairs in told:
        words = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in pairs)
        sheet.row([
            Cell(clean(line.item, NAME), 0, inner * 0.17, Style(9.0, shade=GREY)),
            Cell(clean(words), inner * 0.18, inner * 0.82, Style(9.0)),
        ], after=2)  # fmt: skip


def _write_foot(sheet: Sheet, paper: OrderPaper) -> None:
    order = paper.order
    if order.standing(paper.printed_on) is not OrderState.OPEN:
        return
    sheet.rule(before=10, after=6)
    sheet.row([
        Cell("To pay", 0, 200, Style(12, strong=True)),
        Cell(dollars(order.total), sheet.paper.inner - 200, 200, Style(17, strong=True), RIGHT),
    ])  # fmt: skip
    prose(
        sheet,
        f"Bring this paper to any counter of {paper.office.name} by {day(order.expires_on)}. Until then you pay these "
        "prices, even where fees rise in between; a card may add a service fee, shown before you pay. This is no "
        "receipt and no permit: nothing was paid yet.",
    )
