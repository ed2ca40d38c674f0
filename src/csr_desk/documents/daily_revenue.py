"""The daily revenue report: by hour, tender, drawer, item and account, with the three-way tie (control 46)."""

from __future__ import annotations

from collections.abc import Sequence

from csr_desk.documents.chart import bar_chart
from csr_desk.documents.layout import NARROW, Column, facts, office_paper, prose, section, table
from csr_desk.documents.paper import Style
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars, signed
from csr_desk.domain.deposit import DailyRevenue, DayTie
from csr_desk.domain.drawer import RevenueRow
from csr_desk.domain.money import shown
from csr_desk.domain.tender import TRAITS, TenderKind


def daily_revenue_pdf(revenue: DailyRevenue) -> bytes:
    """The report of a day or of several as PDF bytes, the same for the same facts."""
    one_day = revenue.first == revenue.last
    period = day(revenue.first) if one_day else f"{day(revenue.first)} – {day(revenue.last)}"
    title = "Daily revenue" if one_day else "Revenue"
    sheet = office_paper(revenue.office, title, period, noun="report")
    sheet.pair("Revenue", dollars(revenue.total), Style(18, strong=True))
    sheet.gap(2)
    facts(
        sheet,
        (
            ("Taxes", shown(revenue.taxes)), ("Service fees", shown(revenue.fees)),
            ("Cash rounding", signed(revenue.rounding)), ("Over / short", signed(revenue.over_short)),
        ),
    )  # fmt: skip
    section(sheet, "By hour of the office")
    bar_chart(sheet, [(row.code, row.amount) for row in revenue.by_hour])
    _write_rows(sheet, "By tender", "Tender", revenue.by_tender, codes=False)
    _write_rows(sheet, "By drawer", "Drawer", revenue.by_drawer)
    _write_rows(sheet, "By item", "Item", revenue.by_item)
    _write_rows(sheet, "By fund and account", "Account", revenue.by_account)
    _write_rows(sheet, "By hour", "Hour", revenue.by_hour, codes=False)
    _write_tie(sheet, revenue.tie)
    return sheet.pdf(f"{title} {period}", revenue.office.name)


def _write_rows(sheet: Sheet, heading: str, what: str, rows: Sequence[RevenueRow], *, codes: bool = True) -> None:
    section(sheet, heading)
    figures = (Column("Count", 2, figures=True), Column("Amount", 4, figures=True))
    count, amount = f"{sum(row.count for row in rows):,}", shown(sum(row.amount for row in rows))
    if codes:
        told = [(row.code, row.name, f"{row.count:,}", shown(row.amount)) for row in rows]
        table(sheet, (Column(what, 6), Column("Name", 9), *figures), told, total=("Total", "", count, amount))
    else:
        brief = [(row.name or row.code, f"{row.count:,}", shown(row.amount)) for row in rows]
        table(sheet, (Column(what, 6), *figures), brief, total=("Total", count, amount), room=NARROW)


def _write_tie(sheet: Sheet, tie: DayTie) -> None:
    section(sheet, "The three-way tie")
    columns = (Column("What", 12), Column("Amount", 4, figures=True))
    rows = [("Receipts", shown(tie.receipts))]
    rows += [(f"Counted: {_tender_name(kind)}", shown(amount)) for kind, amount in tie.counted.items()]
    rows += [
        ("Over / short", signed(tie.over_short)), ("Cash rounding", signed(tie.rounding)),
        ("Deposited", shown(tie.deposited)), ("Cards", shown(tie.card)),
        ("Departmental transfers", shown(tie.transfers)), ("E-checks and on account", shown(tie.other)),
        ("Journal", shown(tie.journal)),
    ]  # fmt: skip
    table(
        sheet, columns, rows, total=("Ties" if tie.ties else "Does not tie", "yes" if tie.ties else "NO"), room=NARROW
    )
    prose(sheet, tie.sentence, Style(9.5, strong=not tie.ties))


def _tender_name(kind: str) -> str:
    return TRAITS[TenderKind(kind)].name if kind in set(TenderKind) else kind
