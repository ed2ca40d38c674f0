"""The Reports page: a period on the left, its figures by item, account, tender, drawer or hour on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.deposit import DailyRevenue
from csr_desk.domain.drawer import RevenueRow
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.page import Page
from csr_desk.ui.pages.reports.period import Period, Preset
from csr_desk.ui.pages.reports.presenter import ReportsPresenter
from csr_desk.ui.pages.reports.summary import Cut, summarise
from csr_desk.ui.widgets import Bar, BarChart, BigFigure, Card, Chip, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.widgets.pick_list import Pick, PickList

_SHOWS = frozenset({Topic.RECEIPTS, Topic.BATCHES, Topic.DEPOSITS, Topic.DAY})

NAMED = frozenset({Cut.TENDER, Cut.HOUR, Cut.DRAWER})
"""Cuts whose rows go by a name alone."""


class ReportsPage(Page):
    """Daily revenue, on screen with a chart, as CSV, on paper; and the journal."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.presenter = ReportsPresenter(context, self)
        self.first, self.last = self._date("report-first"), self._date("report-last")
        self.cuts = PickList("report-cuts", self.tr("Revenue by"))
        self.total = BigFigure("report-total")
        self.parts = KeyValues("report-part")
        self.tie = Chip("", Tone.INFO, "report-tie")
        self.tie_words = Label("", "soft", "report-tie-sentence")
        self.tie_words.setWordWrap(True)
        self.chart = BarChart("report-chart", self.tr("Revenue"))
        self.table = FiguresTable("report-rows", self.tr("Revenue"), self._columns(named=False))
        self.presets: dict[Preset, KeyButton] = {}
        self._make_keys()
        self._assemble()
        self.cuts.picked.connect(lambda _key: self._show_cut())
        self.first.returnPressed.connect(self.last.setFocus)
        self.last.returnPressed.connect(self._dates)

    def _make_keys(self) -> None:
        do = self.presenter
        names = {
            Preset.TODAY: (self.tr("Today"), "Alt+T"),
            Preset.YESTERDAY: (self.tr("Yesterday"), "Alt+Y"),
            Preset.WEEK: (self.tr("Week"), "Alt+W"),
            Preset.MONTH: (self.tr("Month"), "Alt+M"),
            Preset.FISCAL_YEAR: (self.tr("Year"), "Alt+F"),
        }
        for name, (words, key) in names.items():
            action = self.key(f"report-{name}", words, key, partial(do.choose, name))
            self.presets[name] = KeyButton.for_action(action)
        self.csv_key = self.key("report-csv", self.tr("Save as CSV"), "Ctrl+S", do.save_csv)
        self.paper_key = self.key("report-paper", self.tr("Print the report"), "Ctrl+P", self._paper)
        self.journal_key = self.key("report-journal", self.tr("Export the GL journal"), "Ctrl+J", do.export_journal)
        self.journal_key.setVisible(do.may_export)
        self.journal_key.setEnabled(do.may_export)

    def _assemble(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self._period_card())
        by = Card(self.tr("Revenue by"), self.tr("↑ ↓"), flush=True)
        by.body.addWidget(self.cuts, 1)
        left.addWidget(by, 1)
        holder = QWidget()
        holder.setLayout(left)
        holder.setFixedWidth(330)
        row.addWidget(holder)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self._total_card())
        rows = Card("", flush=True)
        rows.body.addWidget(self.table, 1)
        right.addWidget(rows, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(KeyButton.for_action(self.journal_key))
        buttons.addWidget(KeyButton.for_action(self.csv_key))
        buttons.addWidget(KeyButton.for_action(self.paper_key, "primary"))
        right.addLayout(buttons)
        row.addLayout(right, 1)
        titles = {
            Cut.ITEM: self.tr("Item"),
            Cut.ACCOUNT: self.tr("Fund and account"),
            Cut.TENDER: self.tr("Tender"),
            Cut.DRAWER: self.tr("Drawer"),
            Cut.HOUR: self.tr("Hour of the day"),
        }
        self.cuts.show_picks([Pick(cut.value, words) for cut, words in titles.items()], Cut.ITEM.value)

    def _period_card(self) -> Card:
        card = Card(self.tr("Business dates"))
        dates = QGridLayout()
        dates.setHorizontalSpacing(8)
        for at, (words, field) in enumerate(((self.tr("From"), self.first), (self.tr("To"), self.last))):
            label = Label(words, "small")
            label.setBuddy(field)
            dates.addWidget(label, 0, at)
            dates.addWidget(field, 1, at)
        card.body.addLayout(dates)
        grid = QGridLayout()
        grid.setSpacing(8)
        for at, button in enumerate(self.presets.values()):
            grid.addWidget(button, at // 2, at % 2)
        card.body.addLayout(grid)
        return card

    def _total_card(self) -> Card:
        card = Card()
        columns = QHBoxLayout()
        columns.setSpacing(24)
        figures = QVBoxLayout()
        figures.addWidget(Label(self.tr("Revenue, taxes included"), "small"))
        figures.addWidget(self.total)
        figures.addWidget(self.parts)
        figures.addSpacing(4)
        figures.addWidget(self.tie)
        figures.addWidget(self.tie_words)
        figures.addStretch(1)
        holder = QWidget()
        figures.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(figures)
        holder.setFixedWidth(310)
        columns.addWidget(holder)
        columns.addWidget(self.chart, 1)
        card.body.addLayout(columns)
        card.setFixedHeight(262)
        return card

    def _date(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setObjectName(name)
        field.setAccessibleIdentifier(name)
        field.setMaxLength(20)
        field.setPlaceholderText("7/14/2026")
        return field

    # what the window asks of a page
    def refresh(self, topics: frozenset[Topic]) -> None:
        """Read again when money moved."""
        if (not topics or topics & _SHOWS) and self.isVisible():
            self.presenter.load()

    def enter(self) -> None:
        """Read the period."""
        self.presenter.load()

    def first_focus(self) -> QWidget:
        """The list of cuts."""
        return self.cuts

    # what the presenter shows
    def show_revenue(self, revenue: DailyRevenue, period: Period) -> None:
        """Show the figures of a period."""
        self.first.setText(us_date(period.first))
        self.last.setText(us_date(period.last))
        self.total.show_cents(revenue.total)
        parts = (
            (self.tr("of it taxes"), revenue.taxes),
            (self.tr("Service fees, apart"), revenue.fees),
            (self.tr("Cash rounding"), revenue.rounding),
            (self.tr("Over and short"), revenue.over_short),
        )
        self.parts.show_facts([(words, shown(cents)) for words, cents in parts], figures=True)
        tie = revenue.tie
        self.tie.show_state(*((self.tr("Ties"), Tone.OK) if tie.ties else (self.tr("Does not tie yet"), Tone.WARN)))
        self.tie_words.setText(tie.sentence)
        self._show_cut()

    def focus_field(self, name: str) -> bool:
        """Put the cursor into one of the dates."""
        field = {"report-first": self.first, "report-last": self.last}.get(name)
        if field is not None:
            field.setFocus()
            field.selectAll()
        return field is not None

    def _show_cut(self) -> None:
        revenue = self.presenter.revenue
        if revenue is None:
            return
        summary = summarise(revenue, Cut(self.cuts.current_key() or Cut.ITEM.value))
        named = summary.cut in NAMED
        rows: list[list[str | Cell]] = [_row(row, named=named) for row in summary.rows]
        if rows:
            head: list[str | Cell] = [Cell(self.tr("Together"), strong=True)]
            total = [Cell(str(summary.count), strong=True), Cell(shown(summary.total), strong=True)]
            rows.append([*head, *([] if named else [""]), *total])
        self.table.show_rows(rows, self._columns(named=named))
        self.chart.show_bars([_bar(row, summary.cut) for row in summary.bars])

    def _columns(self, *, named: bool) -> tuple[Column, ...]:
        count, amount = (
            Column(self.tr("Count"), figures=True, width=90),
            Column(self.tr("Amount"), figures=True, width=140),
        )
        if named:
            return Column(self.tr("Name")), count, amount
        return Column(self.tr("Code"), width=230), Column(self.tr("Name")), count, amount

    def _dates(self) -> None:
        self.presenter.choose_dates(self.first.text(), self.last.text())

    def _paper(self) -> None:
        revenue = self.presenter.revenue
        if revenue is None:
            return

        def make() -> bytes:
            from csr_desk.documents.daily_revenue import daily_revenue_pdf

            return daily_revenue_pdf(revenue)

        self.context.shell.print_paper(f"revenue-{revenue.first.isoformat()}", make)


def _row(row: RevenueRow, *, named: bool) -> list[str | Cell]:
    figures = [str(row.count), shown(row.amount)]
    return [row.name, *figures] if named else [row.code, row.name, *figures]


def _bar(row: RevenueRow, cut: Cut) -> Bar:
    word = row.name if cut in NAMED else row.code
    return Bar(word.rsplit(".", 1)[-1], row.amount, _whole(row.amount))


def _whole(cents: Cents) -> str:
    """Whole dollars above a bar."""
    return shown(cents)[:-3]
