"""The journal: the virtual tape of everything that was done, failed or cancelled, newest first, page by page."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import shown
from csr_desk.services import virtual_tape
from csr_desk.services.tape_words import WORDS
from csr_desk.services.virtual_tape import TapePage, TapeQuery, TapeRow
from csr_desk.ui.page import Page
from csr_desk.ui.pages.reports.panels import ReportPanel
from csr_desk.ui.taken_reports import Taken, take_file
from csr_desk.ui.widgets import Card, KeyButton, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable


class JournalPanel(ReportPanel):
    """A list that goes on below; what comes meanwhile stands above it."""

    prints = False

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.rows: list[TapeRow] = []
        self.person, self.kind = self._choice("journal-person"), self._choice("journal-kind")
        self.person.setAccessibleName(self.tr("Person"))
        self.kind.setAccessibleName(self.tr("What happened"))
        self.table = FiguresTable("journal-rows", self.tr("Journal"), self._columns())
        self.foot = Label("", "soft", "journal-foot")
        self.picked = Label("", "", "journal-picked")
        self.picked.setWordWrap(True)
        self.older = self.key("journal-older", self.tr("Older entries"), "Alt+O", self._older)
        self._below: TapeQuery | None = None
        self._fill()
        self._assemble()
        self.table.chosen.connect(lambda _row: self._show_picked())
        for choice in (self.person, self.kind):
            choice.currentIndexChanged.connect(lambda _at: self.load())

    @staticmethod
    def _choice(name: str) -> QComboBox:
        choice = QComboBox()
        choice.setObjectName(name)
        choice.setAccessibleIdentifier(name)
        return choice

    def _fill(self) -> None:
        self.kind.addItem(self.tr("Everything"), "")
        for kind, words in sorted(WORDS.items(), key=lambda pair: pair[1]):
            self.kind.addItem(words, kind.value)
        self.person.addItem(self.tr("Everybody"), "")
        desk, actor = self.context.desk, self.context.actor

        def show(people: tuple[tuple[str, str], ...]) -> None:
            for user, name in people:
                self.person.addItem(name, user)

        self.context.read(lambda: virtual_tape.everybody(desk, actor), show)

    def _assemble(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        filters = Card()
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, field in ((self.tr("&Person"), self.person), (self.tr("&What happened"), self.kind)):
            label = Label(words, "small")
            label.setBuddy(field)
            row.addWidget(label)
            row.addWidget(field, 1)
        row.addStretch(1)
        filters.body.addLayout(row)
        box.addWidget(filters)
        card = Card("", flush=True)
        card.body.addWidget(self.table, 1)
        box.addWidget(card, 1)
        picked = Card()
        picked.body.addWidget(self.picked)
        box.addWidget(picked)
        foot = QHBoxLayout()
        foot.addWidget(self.foot, 1)
        foot.addWidget(KeyButton.for_action(self.older))
        box.addLayout(foot)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("When"), width=136),
            Column(self.tr("What happened"), width=196),
            Column(self.tr("Who"), width=128),
            Column(self.tr("Entry"), width=142),
            Column(self.tr("Amount"), figures=True, width=92),
            Column(self.tr("Details")),
        )

    def _query(self) -> TapeQuery | None:
        if self.period is None:
            return None
        person, kind = str(self.person.currentData() or ""), str(self.kind.currentData() or "")
        return TapeQuery(
            self.period.first,
            self.period.last,
            (person,) if person else (),
            (EventKind(kind),) if kind else (),
        )

    def load(self) -> None:
        """Read the newest page."""
        query = self._query()
        if query is not None:
            self.rows = []
            self._read(query)

    def _older(self) -> None:
        if self._below is not None:
            self._read(self._below)

    def _read(self, query: TapeQuery) -> None:
        desk, actor = self.context.desk, self.context.actor

        def show(page: TapePage) -> None:
            self.rows += page.rows
            self._below = None if page.below is None else replace(query, below=page.below)
            self.table.show_rows([self._row(row) for row in self.rows])
            self.older.setEnabled(page.below is not None)
            self._show_picked()
            self.foot.setText(
                self.tr("The newest {0} entries are shown.").format(len(self.rows))
                if page.below is not None
                else self.tr("All {0} entries are shown.").format(len(self.rows))
            )

        self.context.read(lambda: virtual_tape.page(desk, actor, query), show)

    def save(self) -> None:
        """Save the whole journal of the period, as it is filtered, as CSV."""
        query, desk, actor = self._query(), self.context.desk, self.context.actor
        if query is not None:
            name = f"journal-{query.first}-{query.last}.csv"
            what = Taken("journal", query.first, query.last)
            take_file(self.context, what, name, lambda: virtual_tape.journal_csv(desk, actor, query))

    def let_keys(self, *, front: bool) -> None:
        """Older entries only where there are some."""
        super().let_keys(front=front)
        self.older.setEnabled(front and self._below is not None)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.table

    def _row(self, row: TapeRow) -> list[str | Cell]:
        at = self.context.desk.local(row.at)
        amount = "" if row.amount is None else shown(row.amount)
        return [f"{at:%m/%d %H:%M}", row.words, row.name, row.place, amount, self._told(row)]

    def _told(self, row: TapeRow) -> str:
        """Facts, reason, and who signed with them."""
        signed = self.tr("with {0}").format(row.approver) if row.approver else ""
        return "; ".join(part for part in (row.details, row.reason, signed) if part)

    def _show_picked(self) -> None:
        """Tell the picked entry whole, with its seal: a column has no room for all of it."""
        at = self.table.currentIndex().row()
        if not 0 <= at < len(self.rows):
            self.picked.setText(self.tr("Nothing was recorded on these dates."))
            return
        row = self.rows[at]
        seal = self.tr("seal {0}…").format(row.seal[:16])
        parts = (row.words, row.name, row.place, row.batch, self._told(row), seal)
        self.picked.setText(" · ".join(part for part in parts if part))
