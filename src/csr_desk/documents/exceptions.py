"""Exceptions by person on paper: twelve months of over and short, kinds, rates against peers, and every case."""

from __future__ import annotations

from csr_desk.documents.chart import bar_chart
from csr_desk.documents.columns import GREY
from csr_desk.documents.layout import Column, office_paper, prose, section, table
from csr_desk.documents.paper import Style
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, signed
from csr_desk.domain.exception_report import RATED, ExceptionKind, ExceptionReport
from csr_desk.domain.money import shown
from csr_desk.domain.outliers import FEWEST

MOST_CASES = 400
"""Cases on paper; the CSV has all of them."""
_SOFT = Style(8.5, shade=GREY)


def exceptions_pdf(report: ExceptionReport) -> bytes:
    """The exception report as PDF bytes, the same for the same facts."""
    period = f"{day(report.first)} – {day(report.last)}"
    sheet = office_paper(report.office, "Exceptions", period, noun="report")
    sheet.pair("Cases", f"{len(report.cases):,}", Style(18, strong=True))
    sheet.pair("Receipts of the period", f"{report.receipts:,}")
    section(sheet, "By kind")
    kinds = [(kind, report.count(kind)) for kind in ExceptionKind if report.count(kind)]
    bar_chart(
        sheet, [(kind.words.split(" ", 1)[0], number) for kind, number in kinds], figure=str, nothing="No exceptions."
    )
    _write_people(sheet, report)
    _write_trend(sheet, report)
    _write_cases(sheet, report)
    return sheet.pdf(f"Exceptions {period}", report.office.name)


def _write_people(sheet: Sheet, report: ExceptionReport) -> None:
    section(sheet, "By person: cases, and rate per 1,000 receipts")
    columns = (Column("Person", 9), *(Column(kind.words.split(" ", 1)[0], 5, figures=True) for kind in RATED))
    rows = []
    for user, name in report.people:
        cells = [name]
        for kind in RATED:
            rate = report.rate(kind, user)
            number = report.count(kind, user)
            said = f"{number}" if rate is None or not number else f"{number} ({rate.rate})"
            cells.append(f"{said} !" if rate is not None and rate.stands_out else said)
        rows.append(tuple(cells))
    table(sheet, columns, rows)
    prose(
        sheet,
        f"“!” stands out: of {FEWEST} receipts or more, chance alone would give as many at the office’s own rate less "
        "often than once in a hundred. It is a question to ask, not a fault.",
        _SOFT,
    )


def _write_trend(sheet: Sheet, report: ExceptionReport) -> None:
    trend = report.trend
    section(sheet, "Over and short, twelve months")
    bar_chart(sheet, list(zip(trend.months, trend.totals, strict=True)), figure=signed, nothing="No differences.")
    columns = (
        Column("Person", 9),
        Column("Batches", 3, figures=True),
        *(Column(m[5:], 3, figures=True) for m in trend.months),
    )
    rows = [
        (row.name, str(row.batches), *(shown(cents) if cents else "" for cents in row.amounts)) for row in trend.rows
    ]
    batches = str(sum(row.batches for row in trend.rows))
    table(sheet, columns, rows, total=("Office", batches, *(shown(cents) if cents else "" for cents in trend.totals)))


def _write_cases(sheet: Sheet, report: ExceptionReport) -> None:
    columns = (
        Column("Entry", 7), Column("Date", 5), Column("Person", 7), Column("Second person", 7),
        Column("Amount", 4, figures=True), Column("Reason", 12),
    )  # fmt: skip
    left = MOST_CASES
    for kind in ExceptionKind:
        cases = [case for case in report.cases if case.kind is kind][:left]
        left -= len(cases)
        if cases:
            section(sheet, kind.words)
            rows = [
                (
                    case.place, case.business_date.isoformat(), case.name, case.approver,
                    "" if case.amount is None else shown(case.amount), case.reason,
                )
                for case in cases
            ]  # fmt: skip
            table(sheet, columns, rows)
    if len(report.cases) > MOST_CASES:
        sheet.text(f"{len(report.cases) - MOST_CASES:,} more cases in the CSV file.", _SOFT)
