"""Exceptions: who did how much out of the ordinary, over and short of twelve months, and the cases behind it."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.exception_report import RATED, Case, ExceptionKind, ExceptionReport
from csr_desk.domain.money import shown
from csr_desk.domain.outliers import FEWEST
from csr_desk.services import exceptions
from csr_desk.ui.dates import us_date
from csr_desk.ui.page import Page
from csr_desk.ui.pages.reports.panels import ReportPanel
from csr_desk.ui.taken_reports import Taken, take_file, take_paper
from csr_desk.ui.widgets import Card, Label
from csr_desk.ui.widgets.bar_chart import Bar, BarChart
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable

_CHARTS = 160
_PEOPLE = 232
_WHOLE_FROM = 10


class ExceptionsPanel(ReportPanel):
    """People above, the cases of the picked person below."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.report: ExceptionReport | None = None
        self.trend = BarChart("exceptions-trend", self.tr("Over and short of twelve months"))
        self.kinds = BarChart("exceptions-kinds", self.tr("Cases by kind"))
        self.people = FiguresTable("exceptions-people", self.tr("Exceptions by person"), self._people_columns())
        self.cases = FiguresTable("exceptions-cases", self.tr("Cases"), self._case_columns())
        self.rule = Label(
            self.tr(
                "In brackets: per 1,000 receipts. ▲ stands out: of {0} receipts or more, chance gives as many at the "
                "office’s rate less than once in a hundred. A question, not a fault."
            ).format(FEWEST),
            "soft",
            "exceptions-rule",
        )
        self.rule.setWordWrap(True)
        self._assemble()
        self.people.chosen.connect(lambda _row: self._show_cases())

    def _assemble(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        charts = QHBoxLayout()
        charts.setSpacing(12)
        for title, chart in (
            (self.tr("Over and short, twelve months"), self.trend),
            (self.tr("Cases by kind"), self.kinds),
        ):
            card = Card(title)
            card.body.addWidget(chart)
            card.setFixedHeight(_CHARTS)
            charts.addWidget(card, 3 if chart is self.trend else 2)
        box.addLayout(charts)
        people = Card("", flush=True)
        people.body.addWidget(self.people, 1)
        people.setFixedHeight(_PEOPLE)
        box.addWidget(people)
        box.addWidget(self.rule)
        cases = Card(self.tr("Cases"), self.tr("Tab, then ↑ ↓"), flush=True)
        cases.body.addWidget(self.cases, 1)
        box.addWidget(cases, 1)

    def _people_columns(self) -> tuple[Column, ...]:
        words = {
            ExceptionKind.VOID: self.tr("Voids"),
            ExceptionKind.REFUND: self.tr("Refunds"),
            ExceptionKind.OVERRIDE: self.tr("Overrides"),
            ExceptionKind.NO_SALE: self.tr("No-sales"),
            ExceptionKind.REPRINT: self.tr("Reprints"),
            ExceptionKind.CANCELLED_CART: self.tr("Carts"),
            ExceptionKind.TENDER_CORRECTED: self.tr("Tenders"),
        }
        rated = tuple(Column(words[kind], figures=True, width=86) for kind in RATED)
        return (
            Column(self.tr("Person")),
            Column(self.tr("Receipts"), figures=True, width=74),
            *rated,
            Column(self.tr("Over/short"), figures=True, width=86),
        )

    def _case_columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("Kind"), width=112),
            Column(self.tr("Entry"), width=150),
            Column(self.tr("Date"), width=98),
            Column(self.tr("Person"), width=150),
            Column(self.tr("Second person"), width=132),
            Column(self.tr("Amount"), figures=True, width=92),
            Column(self.tr("Reason")),
        )

    def load(self) -> None:
        """Read the period."""
        period = self.period
        if period is None:
            return
        desk, actor = self.context.desk, self.context.actor
        self.context.read(lambda: exceptions.exception_report(desk, actor, period.first, period.last), self._show)

    def save(self) -> None:
        """Save the cases as CSV."""
        report = self.report
        if report is not None:
            name = f"exceptions-{report.first}-{report.last}.csv"
            what = Taken("exceptions", report.first, report.last)
            take_file(self.context, what, name, lambda: (exceptions.report_csv(report), len(report.cases)))

    def paper(self) -> None:
        """Print the report."""
        report = self.report
        if report is None:
            return

        def make() -> tuple[bytes, int]:
            from csr_desk.documents.exceptions import exceptions_pdf

            return exceptions_pdf(report), len(report.cases)

        what = Taken("exceptions", report.first, report.last)
        take_paper(self.context, what, f"exceptions-{report.first}", make)

    def first_focus(self) -> QWidget:
        """The people."""
        return self.people

    def _show(self, report: ExceptionReport) -> None:
        self.report = report
        trend = report.trend
        self.trend.show_bars(
            [Bar(month[5:], cents, _signed(cents)) for month, cents in zip(trend.months, trend.totals, strict=True)]
        )
        found = [(kind, report.count(kind)) for kind in ExceptionKind if report.count(kind)]
        self.kinds.show_bars([Bar(kind.words.split(" ")[0], number, str(number)) for kind, number in found])
        rows: list[list[str | Cell]] = [
            self._row(report, user, name) for user, name in (("", self.tr("Everybody")), *report.people)
        ]
        self.people.show_rows(rows)
        self._show_cases()

    def _row(self, report: ExceptionReport, user: str, name: str) -> list[str | Cell]:
        mine = next((rate.receipts for rate in report.rates if rate.user == user), 0) if user else report.receipts
        cells: list[str | Cell] = [Cell(name, strong=not user), str(mine)]
        for kind in RATED:
            number = report.count(kind, user or None)
            rate = report.rate(kind, user)
            if rate is not None and rate.stands_out:
                cells.append(Cell(f"▲{number} ({rate.rate.to_integral_value()})", "warn", strong=True))
            else:
                cells.append(f"{number} ({_rate(rate.rate)})" if rate is not None and number else str(number or ""))
        differences = [
            case.amount or 0
            for case in report.cases
            if case.kind is ExceptionKind.OVER_SHORT and user in {"", case.user}
        ]
        cells.append(_signed(sum(differences)) if differences else "")
        return cells

    def _show_cases(self) -> None:
        report = self.report
        if report is None:
            return
        row = self.people.currentIndex().row()
        user = report.people[row - 1][0] if 0 < row <= len(report.people) else ""
        self.cases.show_rows([_case(case) for case in report.cases if user in {"", case.user}])


def _case(case: Case) -> list[str | Cell]:
    amount = "" if case.amount is None else shown(case.amount)
    day = us_date(case.business_date)
    return [case.kind.words, case.place, day, case.name, case.approver, amount, case.reason]


def _rate(rate: Decimal) -> str:
    """Per 1,000 receipts; from ten on without its tenths, which would have no room."""
    return str(rate.to_integral_value() if rate >= _WHOLE_FROM else rate)


def _signed(cents: int) -> str:
    return f"+{shown(cents)}" if cents > 0 else shown(cents)
