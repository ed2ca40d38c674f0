"""How long requests took: bars of the middle, and the figures beside them."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.request_times import Times as Row
from csr_desk.ui.context import Context
from csr_desk.ui.pages.requests.times_presenter import TimesPicture, TimesPresenter
from csr_desk.ui.switched_page import ViewPanel
from csr_desk.ui.widgets import Card, EmptyState, Label
from csr_desk.ui.widgets.bar_chart import Bar, BarChart
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.widgets.key_row import KeyRow

_HIGH = 220
_GOOD = 90
"""So many of a hundred in time are called good."""
_MOST_BARS = 12


class Times(ViewPanel):
    """Alt+Y goes from departments to types, Alt+D asks for the span, Alt+X saves the table."""

    topics = frozenset({Topic.REQUESTS})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = go = TimesPresenter(context, self)
        self.words = Label("", "soft", "times-words")
        self.chart = BarChart("times-chart", self.tr("Working days until the answer, the middle one"))
        self.chart.setFixedHeight(_HIGH)
        self.table = FiguresTable("times-table", self.tr("Times until the answer"), self._columns(by_type=False))
        self.none = EmptyState(self.tr("Nothing was closed"), self.tr("Choose another span with Alt+D."))
        self.turn = self.key("times-turn", self.tr("By type"), "Alt+Y", go.turn)
        self.span = self.key("times-span", self.tr("Another span…"), "Alt+D", go.ask_span)
        self.save = self.key("times-save", self.tr("Save as CSV"), "Alt+X", go.save)
        above = Card(self.tr("Working days until the answer"), self.tr("the middle one of all that were closed"))
        above.body.addWidget(self.chart)
        below = Card(flush=True)
        self.words.setContentsMargins(12, 10, 12, 4)
        below.body.addWidget(self.words)
        below.body.addWidget(self.table, 1)
        below.body.addWidget(self.none, 1)
        below.body.addWidget(KeyRow(self.turn, self.span, self.save))
        self._above = above
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(above)
        column.addWidget(below, 1)

    def _columns(self, *, by_type: bool) -> tuple[Column, ...]:
        return (
            Column(self.tr("Type") if by_type else self.tr("Department")),
            Column(self.tr("Closed"), figures=True, width=110),
            Column(self.tr("Half took at most"), figures=True, width=170),
            Column(self.tr("9 of 10 took at most"), figures=True, width=190),
            Column(self.tr("In time"), figures=True, width=110),
            Column(self.tr("Share in time"), figures=True, width=140),
        )

    def load(self) -> None:
        """Read the span anew."""
        self.presenter.load()

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    def show_picture(self, picture: TimesPicture) -> None:
        """Show what the presenter read."""
        some = bool(picture.times)
        self.words.setText(picture.words)
        self.chart.show_bars([Bar(one.name, one.middle, str(one.middle)) for one in picture.times[:_MOST_BARS]])
        self.table.show_rows([self._row(one) for one in picture.times], self._columns(by_type=picture.by_type))
        for widget, shown in ((self._above, some), (self.table, some), (self.none, not some)):
            widget.setVisible(shown)
        self.turn.setText(self.tr("By department") if picture.by_type else self.tr("By type"))
        self.save.setEnabled(some)

    def _row(self, one: Row) -> list[str | Cell]:
        share = Cell(f"{one.share}%", tone="" if one.share >= _GOOD else "warn", strong=one.share < _GOOD)
        return [one.name, f"{one.closed:,}", str(one.middle), str(one.tail), f"{one.in_time:,}", share]
