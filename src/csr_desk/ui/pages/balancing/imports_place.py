"""Files of another system in the window: a file, what its rows are, which column is which, every fault, then all of it.

The work is done on a thread of its own: neither the window nor its database thread waits for a file.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.import_columns import ImportKind
from csr_desk.domain.money import shown
from csr_desk.ui.context import Tone
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.imports_presenter import ColumnRow, ImportsPresenter
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.widgets import Card, Chip, EmptyState, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.widgets.pick_list import Pick
from csr_desk.ui.widgets.tick import Tick
from csr_desk.ui.worker import Worker

if TYPE_CHECKING:
    from csr_desk.services.catalogue_sheets import Fault
    from csr_desk.services.imports import Preview, Taken

KEY = "imports"
_RIGHT = 300
_SHORTEST = 14
_LONGEST_NAME = 560


class ImportsPlace(PlacePanel):
    """The accountant's place to take customers, accounts and bills in."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.ACCOUNTS})
    told = Signal(int, int)

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._worker: Worker | None = None
        self._picked = 0
        """The row of the field that was picked last: it stays so while the file is looked over again."""
        self.presenter = ImportsPresenter(self.context, self, self._own_thread)
        self.choose: Callable[[], Path | None] = self._choose_file
        self.kind = self._box("import-kind", self.tr("What the rows are"))
        for kind, words in self._kinds().items():
            self.kind.addItem(words, kind)
        self.kind.setCurrentIndex(list(self._kinds()).index(self.presenter.wanted.kind))
        self.mapping = self._box("import-mapping", self.tr("Which column is which"))
        self.update_known = Tick(self.tr("Take over what is known otherwise"))
        self.update_known.setAccessibleIdentifier("import-update")
        self.file = Label("", "strong", "import-file")
        self.chip = Chip("", Tone.INFO, "import-verdict")
        self.facts = KeyValues("import-fact")
        self.columns = FiguresTable("import-columns", self.tr("Columns of the file"), (
            Column(self.tr("Field"), width=130), Column(self.tr("Column of the file"), width=170),
            Column(self.tr("First row")),
        ))  # fmt: skip
        self.column = self._box("import-column", self.tr("Column of the field picked"))
        self.faults = FiguresTable("import-faults", self.tr("Faults by row"), (
            Column(self.tr("Row"), figures=True, width=80), Column(self.tr("Column"), width=150),
            Column(self.tr("What is wrong")),
        ))  # fmt: skip
        self.none = EmptyState("", "")
        self.bar = QProgressBar()
        self.bar.setAccessibleIdentifier("import-progress")
        self.bar.setAccessibleName(self.tr("How far the file is"))
        self.bar.hide()
        self.said = Label("", "soft", "import-said")
        self.said.hide()
        self._make_keys()
        self._assemble()
        self._connect()
        self.show_saved((), "")
        self.show_seen(None)

    def _make_keys(self) -> None:
        self.go = self.key("import-take", self.tr("Take it in"), "Ctrl+Return", self.presenter.take)
        self.halt = self.key("import-stop", self.tr("Stop"), "Alt+X", self.presenter.stop)
        self.open = self.key("import-choose", self.tr("Choose a file…"), "Ctrl+O", self._choose)
        self.again = self.key("import-again", self.tr("Look over again"), "Ctrl+E", self.presenter.look)
        self.fix = self.key("import-fixed", self.tr("Same in every row…"), "Ctrl+G", self._ask_fixed)
        self.keep = self.key("import-keep", self.tr("Keep the columns…"), "Ctrl+L", self.presenter.save_mapping)

    def _connect(self) -> None:
        self.told.connect(self._told, Qt.ConnectionType.QueuedConnection)
        self.kind.activated.connect(lambda at: self.presenter.set_kind(ImportKind(self.kind.itemData(at))))
        self.mapping.activated.connect(lambda at: self.presenter.set_mapping(str(self.mapping.itemData(at))))
        self.update_known.toggled.connect(lambda on: self.presenter.set_update(update=on))
        self.columns.selectionModel().currentRowChanged.connect(lambda *_: self._show_column())
        self.column.activated.connect(self._set_column)

    def _box(self, name: str, words: str) -> QComboBox:
        box = QComboBox()
        box.setObjectName(name)
        box.setAccessibleIdentifier(name)
        box.setAccessibleName(words)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_SHORTEST)  # the longest title of somebody's file makes no page wider
        return box

    def _kinds(self) -> dict[ImportKind, str]:
        return {
            ImportKind.CUSTOMERS: self.tr("Customers"),
            ImportKind.ACCOUNTS: self.tr("Accounts"),
            ImportKind.BILLS: self.tr("Bills"),
        }

    def _assemble(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self._columns_card(), 1)
        middle.addWidget(self._counts_card())
        wrong = Card(self.tr("Faults by row"), self.tr("with one fault nothing is taken over"), flush=True)
        wrong.body.addWidget(self.faults, 1)
        wrong.body.addWidget(self.none, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(self._file_card())
        whole.addLayout(middle, 3)
        whole.addWidget(wrong, 2)
        whole.addWidget(self.bar)
        whole.addWidget(self.said)
        whole.addLayout(self._foot())

    def _file_card(self) -> Card:
        card = Card(self.tr("Files of another system"), self.tr("CSV or XLSX; the first row names the columns"))
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(KeyButton.for_action(self.open))
        line.addWidget(self.file, 1)
        card.body.addLayout(line)
        how = QHBoxLayout()
        how.setSpacing(12)
        for words, box in ((self.tr("Rows are"), self.kind), (self.tr("Columns by"), self.mapping)):
            label = Label(words, "small")
            label.setBuddy(box)
            how.addWidget(label)
            how.addWidget(box)
        how.addWidget(self.update_known)
        how.addStretch(1)
        card.body.addLayout(how)
        return card

    def _columns_card(self) -> Card:
        card = Card(self.tr("Which column is which"), flush=True)
        card.body.addWidget(self.columns, 1)
        pick = QHBoxLayout()
        pick.setContentsMargins(12, 4, 12, 8)
        label = Label(self.tr("Column of the field picked"), "small")
        label.setBuddy(self.column)
        pick.addWidget(label)
        pick.addWidget(self.column, 1)
        pick.addWidget(KeyButton.for_action(self.fix))
        card.body.addLayout(pick)
        return card

    def _counts_card(self) -> Card:
        card = Card(self.tr("What it would do"))
        card.body.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        card.body.addWidget(self.facts)
        card.body.addStretch(1)
        card.setFixedWidth(_RIGHT)
        return card

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addStretch(1)
        for action in (self.keep, self.again, self.halt):
            foot.addWidget(KeyButton.for_action(action))
        foot.addWidget(KeyButton.for_action(self.go, "primary"))
        return foot

    # ---- what the page asks

    def load(self) -> None:
        """Read the saved mappings; what is looked over stays."""
        self.presenter.load()

    def pick(self) -> Pick:
        """Its line in the list."""
        return Pick(KEY, self.tr("Files of others"), self.tr("customers, accounts, bills"))

    def allowed(self, action: QAction) -> bool:
        """Stop only what runs; take in only what has no fault and brings something."""
        presenter = self.presenter
        if action is self.halt:
            return presenter.busy
        if action is self.go:
            return presenter.may_take
        if action is self.again:
            return presenter.may_look
        if action is self.keep:
            return presenter.seen is not None and not presenter.busy
        if action is self.fix:
            return not presenter.busy and 0 <= self.columns.currentIndex().row() < len(presenter.columns())
        return not presenter.busy

    def first_focus(self) -> QWidget:
        """What the rows are; the file is chosen by its key."""
        return self.kind

    # ---- what the presenter shows

    def show_saved(self, saved: tuple[str, ...], chosen: str) -> None:
        """Offer the saved mappings of this kind of file."""
        self.mapping.clear()
        self.mapping.addItem(self.tr("their titles"), "")
        for name in saved:
            self.mapping.addItem(name, name)
        self.mapping.setCurrentIndex(max(self.mapping.findData(chosen), 0))

    def show_seen(self, seen: Preview | None) -> None:
        """Show what a file would do, or that none is looked at."""
        at, rows = self._picked, self.presenter.columns()
        self.columns.show_rows([(row.field.replace("_", " "), self._column_cell(row), row.sample) for row in rows])
        if seen is None:
            self.chip.show_state("", Tone.INFO)
            self.facts.show_facts([])
            self._say_none(self.tr("No file is looked at"), self.tr("Choose one: looking takes nothing in."))
        else:
            self._say_file(seen.file)
            self._show_counts(seen)
        self.columns.go_to(at)
        self._show_column()
        self._let()

    def _column_cell(self, row: ColumnRow) -> Cell:
        if row.lacks:
            return Cell(self.tr("missing"), "bad", strong=True)
        return Cell(self.tr("“{0}” in every row").format(row.title) if row.fixed else row.title)

    def _show_counts(self, seen: Preview) -> None:
        facts = [
            (self.tr("Rows"), f"{seen.rows:,}"), (self.tr("New"), f"{seen.new:,}"),
            (self.tr("Changed"), f"{seen.changed:,}"), (self.tr("Known already"), f"{seen.same:,}"),
        ]  # fmt: skip
        if seen.kind is ImportKind.BILLS:
            facts.append((self.tr("New bills in all"), shown(seen.total)))
        facts.append((self.tr("Columns not read"), ", ".join(seen.unused) or self.tr("none")))
        self.facts.show_facts(facts)
        if seen.new + seen.changed:
            self.chip.show_state(self.tr("No fault"), Tone.OK)
        else:
            self.chip.show_state(self.tr("All of it is known already"), Tone.INFO)
        self._say_none(self.tr("No fault in any row"), self.tr("Taking it in is one entry of the ledger."))

    def show_faults(self, faults: tuple[Fault, ...], in_all: int) -> None:
        """Show every fault by its row, and how many there are where not all are kept."""
        words = self.tr("1 fault: cannot be taken in") if in_all == 1 else self.tr("{0} faults: cannot be taken in")
        self.chip.show_state(words.format(f"{in_all:,}"), Tone.BAD)
        rows = [(f"{one.row:,}" if one.row else "", one.column.replace("_", " "), one.sentence) for one in faults]
        if in_all > len(faults):
            rows.append(("", "", self.tr("and {0} more").format(f"{in_all - len(faults):,}")))
        self.faults.show_rows(rows)
        self.faults.setVisible(True)
        self.none.setVisible(False)
        self._let()

    def show_taken(self, taken: Taken) -> None:
        """Show what a file brought."""
        self.file.setText("")
        self.chip.show_state(self.tr("Load {0} is in the ledger").format(taken.load), Tone.OK)
        self.facts.show_facts([
            (self.tr("Rows"), f"{taken.rows:,}"), (self.tr("New"), f"{taken.new:,}"),
            (self.tr("Changed"), f"{taken.changed:,}"), (self.tr("Known already"), f"{taken.same:,}"),
        ])  # fmt: skip
        self._let()

    def show_busy(self, said: str) -> None:
        """Say what is going on; empty when nothing is."""
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.bar.setRange(0, 0)
        self.bar.setVisible(bool(said))
        for field in (self.kind, self.mapping, self.column, self.update_known):
            field.setEnabled(not said)
        if not said:
            self._end_worker()
        self._let()

    def tell(self, done: int, every: int) -> None:
        """Say how far it is, from whichever thread."""
        self.told.emit(done, every)

    # ---- how it is done

    def _say_file(self, name: str) -> None:
        """Name the file; a long name is shortened in its middle, and said whole to whoever listens."""
        measure = QFontMetrics(self.file.font())
        self.file.setText(measure.elidedText(name, Qt.TextElideMode.ElideMiddle, _LONGEST_NAME))
        self.file.setAccessibleName(name)

    def _say_none(self, title: str, sentence: str) -> None:
        self.none.show_words(title, sentence)
        self.faults.show_rows([])
        self.faults.setVisible(False)
        self.none.setVisible(True)

    def _show_column(self) -> None:
        """Offer the columns of the file for the field that is picked."""
        seen, rows, at = self.presenter.seen, self.presenter.columns(), self.columns.currentIndex().row()
        self.column.clear()
        self.column.setEnabled(seen is not None and 0 <= at < len(rows))
        if seen is None or not 0 <= at < len(rows):
            return
        self._picked = at
        self.column.addItem(self.tr("none"), "")
        for title in seen.titles:
            if title:
                self.column.addItem(title, title)
        self.column.setCurrentIndex(max(self.column.findData(rows[at].title), 0))

    def _set_column(self, at: int) -> None:
        row = self.columns.currentIndex().row()
        self.presenter.set_column(self.presenter.columns()[row].field, str(self.column.itemData(at)))

    def _ask_fixed(self) -> None:
        rows, at = self.presenter.columns(), self.columns.currentIndex().row()
        if 0 <= at < len(rows):
            self.presenter.ask_fixed(rows[at].field)

    def _choose(self) -> None:
        path = self.choose()
        if path is not None:
            self._say_file(path.name)
            self.presenter.choose(path)

    def _choose_file(self) -> Path | None:
        kinds = self.tr("Tables (*.csv *.txt *.tsv *.xlsx *.xlsm)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file"), "", kinds)
        return Path(name) if name else None

    def _told(self, done: int, every: int) -> None:
        if self.presenter.busy and every:
            self.bar.setRange(0, every)
            self.bar.setValue(done)

    def _let(self) -> None:
        self.let_keys(front=self.isVisible())

    def _own_thread(self) -> Worker:
        self._worker = Worker(self, "import")
        return self._worker

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()
