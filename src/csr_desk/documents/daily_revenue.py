"""The daily revenue report: by hour, tender, drawer, item and account, with the three-way tie (control 46)."""

from __future__ import annotations

from collections.abc import Sequence

from csr_desk.documents.chart import bar_chart
from csr_desk.documents.columns import GREY
from csr_desk.documents.layout import NARROW, Column, facts, office_paper, prose, section, table
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import grouped
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars, moment, signed
from csr_desk.domain.deposit import DailyRevenue, DayTie
from csr_desk.domain.drawer import RevenueRow
from csr_desk.domain.money import shown
from csr_desk.domain.tender import TRAITS, TenderKind
from csr_desk.domain.witness import DayWitness, SealState


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
    if revenue.witness is not None:
        _write_witness(sheet, revenue, revenue.witness)
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


def _write_witness(sheet: Sheet, revenue: DailyRevenue, witness: DayWitness) -> None:
    """The heads of all series at the close, and whether the finance officer signed for them."""
    section(sheet, "Witness")
    columns = (
        Column("Series", 4), Column("Entry", 2, figures=True), Column("Last receipt", 4),
        Column("Perpetual total", 4, figures=True), Column("Head, to key back", 6),
    )  # fmt: skip
    rows = [
        (one.series, str(one.seq or "–"), one.last_receipt or "–", shown(one.perpetual), one.code)
        for one in witness.registers
    ]
    closed = witness.closed
    rows.append((closed.series, str(closed.seq), "the day’s close", "", closed.code))
    table(sheet, columns, rows)
    prose(sheet, _sealed(witness, revenue), Style(9.5, strong=witness.state is SealState.WAITING))
    prose(
        sheet,
        "Keep this paper outside the counter. The last line commits to all the others: csr-desk verify --head with "
        "series, entry and head, as HPC:123:ABCD-EFGH-IJKL-MNOP, tells whether the ledger still has them.",
        Style(8.0, shade=GREY),
    )


def _sealed(witness: DayWitness, revenue: DailyRevenue) -> str:
    if witness.state is SealState.SEALED and witness.sealed_at is not None:
        at = moment(witness.sealed_at, revenue.office)
        return f"Sealed by {witness.sealed_by} on {at} with key {grouped(witness.key_id)}."
    if witness.state is SealState.WAITING:
        return "Not sealed yet: the finance officer signs for this day later."
    return "This office keeps no day seals."


def _tender_name(kind: str) -> str:
    return TRAITS[TenderKind(kind)].name if kind in set(TenderKind) else kind
