"""The Reports page: a period on the left, its figures by item, account, tender, drawer or hour on the right."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.deposit import DailyRevenue
from csr_desk.domain.drawer import RevenueRow
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.page import Page
from csr_desk.ui.pages.reports.panels import PANELS, ReportPanel
from csr_desk.ui.pages.reports.period import Period, Preset
from csr_desk.ui.pages.reports.presenter import ReportsPresenter
from csr_desk.ui.pages.reports.summary import Cut, summarise
from csr_desk.ui.taken_reports import Taken, take_paper
from csr_desk.ui.widgets import BigFigure, Card, Chip, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.bar_chart import Bar, BarChart
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
        self.cuts = PickList("report-cuts", self.tr("Reports"))
        self.panels = {spec.key: spec for spec in PANELS if context.actor.may(spec.act)}
        self.made: dict[str, ReportPanel] = {}
        self.stack = QStackedWidget()
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
        self.cuts.picked.connect(lambda _key: self._picked())
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
        self.csv_key = self.key("report-csv", self.tr("Save as CSV"), "Ctrl+S", self._save)
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
        by = Card(self.tr("Reports"), self.tr("↑ ↓"), flush=True)
        by.body.addWidget(self.cuts, 1)
        left.addWidget(by, 1)
        holder = QWidget()
        holder.setLayout(left)
        holder.setFixedWidth(330)
        row.addWidget(holder)
        revenue = QWidget()
        inner = QVBoxLayout(revenue)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(12)
        inner.addWidget(self._total_card())
        rows = Card("", flush=True)
        rows.body.addWidget(self.table, 1)
        inner.addWidget(rows, 1)
        self.stack.addWidget(revenue)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.stack, 1)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(KeyButton.for_action(self.journal_key))
        buttons.addWidget(KeyButton.for_action(self.csv_key))
        buttons.addWidget(KeyButton.for_action(self.paper_key, "primary"))
        right.addLayout(buttons)
        row.addLayout(right, 1)
        self.cuts.show_picks(self._picks(), Cut.ITEM.value)

    def _picks(self) -> list[Pick]:
        titles = {
            Cut.ITEM: self.tr("Revenue by item"),
            Cut.ACCOUNT: self.tr("Revenue by fund and account"),
            Cut.TENDER: self.tr("Revenue by tender"),
            Cut.DRAWER: self.tr("Revenue by drawer"),
            Cut.HOUR: self.tr("Revenue by hour of the day"),
        }
        picks = [Pick(cut.value, words) for cut, words in titles.items()]
        return picks + [
            Pick(spec.key, QCoreApplication.translate("reports", spec.title)) for spec in self.panels.values()
        ]

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

    # the panels beside revenue
    @property
    def panel(self) -> ReportPanel | None:
        """The panel in front; None while revenue is."""
        return self.made.get(self.cuts.current_key() or "")

    def _picked(self) -> None:
        key = self.cuts.current_key() or ""
        if key in self.panels and key not in self.made:
            self.made[key] = self.panels[key].factory(self)
            self.stack.addWidget(self.made[key])
        panel = self.panel
        for one in self.made.values():
            one.let_keys(front=one is panel)
        may_journal = panel is None and self.presenter.may_export
        self.journal_key.setVisible(may_journal)
        self.journal_key.setEnabled(may_journal)
        self.csv_key.setText(panel.save_words() if panel is not None else self.tr("Save as CSV"))
        self.paper_key.setVisible(panel is None or panel.prints)
        self.paper_key.setEnabled(panel is None or panel.prints)
        if panel is None:
            self.stack.setCurrentIndex(0)
            self._show_cut()
            return
        self.stack.setCurrentWidget(panel)
        if self.presenter.period is not None and panel.period != self.presenter.period:
            panel.show_period(self.presenter.period)

    def _save(self) -> None:
        if self.panel is not None:
            self.panel.save()
        else:
            self.presenter.save_csv()

    # what the window asks of a page
    def refresh(self, topics: frozenset[Topic]) -> None:
        """Read again when money moved."""
        if (not topics or topics & _SHOWS) and self.isVisible():
            self.presenter.load()

    def enter(self) -> None:
        """Read the period."""
        self.presenter.load()

    def leave(self) -> None:
        """A look that is under way stops."""
        for panel in self.made.values():
            panel.leave()

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
        if self.panel is not None:
            self.panel.show_period(period)

    def focus_field(self, name: str) -> bool:
        """Put the cursor into one of the dates."""
        field = {"report-first": self.first, "report-last": self.last}.get(name)
        if field is not None:
            field.setFocus()
            field.selectAll()
        return field is not None

    def _show_cut(self) -> None:
        revenue = self.presenter.revenue
        key = self.cuts.current_key() or Cut.ITEM.value
        if revenue is None or key in self.panels:
            return
        summary = summarise(revenue, Cut(key))
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
        if self.panel is not None:
            self.panel.paper()
            return
        revenue = self.presenter.revenue
        if revenue is None:
            return

        def make() -> tuple[bytes, int]:
            from csr_desk.documents.daily_revenue import daily_revenue_pdf

            return daily_revenue_pdf(revenue), len(revenue.by_item)

        what = Taken("revenue", revenue.first, revenue.last)
        take_paper(self.context, what, f"revenue-{revenue.first.isoformat()}", make)


def _row(row: RevenueRow, *, named: bool) -> list[str | Cell]:
    figures = [str(row.count), shown(row.amount)]
    return [row.name, *figures] if named else [row.code, row.name, *figures]


def _bar(row: RevenueRow, cut: Cut) -> Bar:
    word = row.name if cut in NAMED else row.code
    return Bar(word.rsplit(".", 1)[-1], row.amount, _whole(row.amount))


def _whole(cents: Cents) -> str:
    """Whole dollars above a bar."""
    return shown(cents)[:-3]
