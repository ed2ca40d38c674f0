"""Copies of the ledger: the backups, how they stand, one by hand, the restore drill, the way back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.backups import BackupKind, Standing
from csr_desk.domain.errors import Trouble
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.copies_words import copies_words, moment_words
from csr_desk.ui.problems import explain
from csr_desk.ui.saving_sheets import RestoreSheet
from csr_desk.ui.widgets import Card, Chip, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.worker import Worker

if TYPE_CHECKING:
    from csr_desk.services.backups import Drilled, Made, Row
    from csr_desk.services.restoring import Comparison

T = TypeVar("T")


class BackupPanel(QWidget):
    """Works on a thread of its own, so that the counter never waits for a disk."""

    busy_changed = Signal()
    told = Signal(int)

    def __init__(self, context: Context, make: QAction, others: Sequence[QAction]) -> None:
        """``make`` backs up now; ``others`` are the drill, the restore and the stop."""
        super().__init__()
        self.context = context
        self.rows: tuple[Row, ...] = ()
        self.busy = False
        self._worker: Worker | None = None
        self._stopping = threading.Event()
        self.chip = Chip("", Tone.INFO, "copies-state")
        self.said = Label("", "soft", "backup-said")
        self.said.setWordWrap(True)
        self.facts = KeyValues("backup-fact")
        self.table = FiguresTable("backups", self.tr("Backups"), (
            Column(self.tr("Made"), width=180), Column(self.tr("Why"), width=140),
            Column(self.tr("Last receipt"), width=150), Column(self.tr("Takings in all"), figures=True, width=140),
            Column(self.tr("Size"), figures=True, width=90), Column(self.tr("State")),
        ))  # fmt: skip
        self._assemble(make, others)
        self.told.connect(self._show_percent)

    def _assemble(self, make: QAction, others: Sequence[QAction]) -> None:
        head = Card(self.tr("Copies of the ledger"), self.tr("each verified before it gets its name"))
        line = QHBoxLayout()
        line.addWidget(self.chip)
        line.addWidget(self.said, 1)
        head.body.addLayout(line)
        head.body.addWidget(self.facts)
        list_card = Card(self.tr("Backups"), flush=True)
        list_card.body.addWidget(self.table, 1)
        foot = QHBoxLayout()
        foot.addStretch(1)
        for action in others:
            foot.addWidget(KeyButton.for_action(action))
        foot.addWidget(KeyButton.for_action(make, "primary"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(head)
        box.addWidget(list_card, 1)
        box.addLayout(foot)

    def load(self) -> None:
        """Read the backups of both places; a second place may be slow, so not on the database thread."""
        desk, actor = self.context.desk, self.context.actor
        if not actor.may(Act.BACK_UP):
            self.said.setText(self.tr("Supervisors, accountants and administrators see the backups."))
            return

        def look() -> tuple[tuple[Row, ...], Standing, dict[str, str], str]:
            from csr_desk.services import backups

            plan = backups.plan_of(desk)
            return backups.overview(desk, actor), backups.standing_of(plan), backups.last_drill(plan), str(plan.folder)

        self._worker = self._worker or Worker(self, "backups by hand")
        self._worker.run(look, self._show, self._unread)

    def _unread(self, error: Exception) -> None:
        self.said.setText(explain(error).text)

    def _do(self, job: Callable[[], T], done: Callable[[T], None], words: str = "") -> None:
        """Do a job on the panel's own thread; ``words`` say what goes on."""
        if self.busy:
            return
        self.busy = True
        self._stopping.clear()
        self._worker = self._worker or Worker(self, "backups by hand")
        if words:
            self.said.setText(words)
        self.busy_changed.emit()

        def finished(value: T) -> None:
            self._rest()
            done(value)

        self._worker.run(job, finished, self._failed)

    def _rest(self) -> None:
        self.busy = False
        self.busy_changed.emit()

    def _failed(self, error: Exception) -> None:
        from csr_desk.services.backups import Stopped

        self._rest()
        if isinstance(error, Stopped):
            self.said.setText(self.tr("Stopped; nothing was changed."))
        elif isinstance(error, Trouble):
            self.said.setText(explain(error).text)
            self.context.shell.problem(error)
        else:
            self.context.shell.problem(error)

    def _show(self, found: tuple[tuple[Row, ...], Standing, dict[str, str], str]) -> None:
        self.rows, standing, drill, folder = found
        short, sentence = copies_words(standing)
        self.chip.show_state(short or self.tr("Two copies"), Tone.WARN if short else Tone.OK)
        self.said.setText(sentence)

        tried = self.tr("good") if drill.get("ok") == "yes" else self.tr("NOT good: {0}").format(drill.get("said", ""))
        self.facts.show_facts([
            (self.tr("Newest backup"), self._when(standing.newest_at)),
            (self.tr("Second copy"), self._when(standing.second_at)),
            (self.tr("Last restore drill"), f"{self._when(drill['at'])}, {tried}" if drill else self.tr("never")),
            (self.tr("Folder"), folder),
        ])  # fmt: skip
        self.table.show_rows([self._row(row) for row in self.rows])

    def _row(self, row: Row) -> list[str | Cell]:
        manifest = row.one.manifest
        why = {
            BackupKind.CLOSE: self.tr("Day closed"),
            BackupKind.EXIT: self.tr("Program ended"),
            BackupKind.INTERVAL: self.tr("While working"),
            BackupKind.MIGRATION: self.tr("Before an update"),
            BackupKind.BY_HAND: self.tr("By hand"),
        }[manifest.kind]
        state = Cell(self.tr("Verified, and a second copy") if row.second else self.tr("Verified"))
        if row.one.fault:
            state = Cell(self.tr("Not good: {0}").format(row.one.fault), "bad", strong=True)
        return [
            moment_words(row.at), why, manifest.content.last_receipt, shown(manifest.content.perpetual),
            self.tr("{0} MB").format(f"{manifest.size / 1_000_000:,.1f}"), state,
        ]  # fmt: skip

    # ---- what a person does

    def back_up(self) -> None:
        """Make a backup now."""
        desk, actor = self.context.desk, self.context.actor

        def job() -> Made:
            from csr_desk.services import backups

            return backups.back_up(desk, actor, self._tell)

        self._do(job, self._made, self.tr("A backup is made and verified …"))

    def _made(self, made: Made) -> None:
        words = self.tr("Backed up and verified: {0}.").format(made.one.path.name)
        if made.second_fault:
            self.context.shell.banner(f"{words} {made.second_fault}", Tone.WARN)
        else:
            self.context.shell.banner(words, Tone.OK)
        self.load()

    def drill(self) -> None:
        """Restore the newest backups to nowhere and verify them."""
        desk, actor = self.context.desk, self.context.actor

        def job() -> tuple[Drilled, ...]:
            from csr_desk.services import backups

            return backups.drill(desk, actor, self._tell)

        self._do(job, self._drilled, self.tr("The newest backup of each place is restored to nowhere and verified …"))

    def _drilled(self, found: tuple[Drilled, ...]) -> None:
        good = all(one.ok for one in found)
        seconds = round(sum(one.seconds for one in found), 1)
        if not found:
            self.context.shell.banner(self.tr("There is no backup to try. Make one first."), Tone.WARN)
        elif good:
            words = self.tr("The drill went well: {0}, in {1} s. The office was left alone.")
            self.context.shell.banner(words.format(found[0].said, seconds), Tone.OK)
        else:
            bad = next(one for one in found if not one.ok)
            self.context.shell.banner(self.tr("The drill FAILED: {0}").format(bad.said), Tone.BAD)
        self.load()

    def restore(self) -> None:
        """Begin the way back from the backup that is picked."""
        at = self.table.currentIndex().row()
        if not 0 <= at < len(self.rows) or self.busy:
            self.said.setText(self.tr("Pick the backup first."))
            return
        desk, actor, path = self.context.desk, self.context.actor, self.rows[at].one.path
        sheets: list[RestoreSheet] = []

        def make(parent: object) -> object:
            if isinstance(parent, QWidget):
                sheets.append(RestoreSheet(parent, path.name, lambda: self.context.shell.restore(path)))
            return sheets[-1]

        def look() -> Comparison | Trouble:
            from csr_desk.services import restoring

            try:
                return restoring.compare(desk, actor, path)
            except Trouble as trouble:
                return trouble

        self.context.shell.open_over(make)
        self._do(look, lambda found: self._compared(sheets[-1], found))

    def _compared(self, sheet: RestoreSheet, found: Comparison | Trouble) -> None:
        if isinstance(found, Trouble):
            sheet.refuse(str(found))
        else:
            sheet.show_compared(found, self._when)

    def _when(self, at: str) -> str:
        """A moment of a manifest or an entry in the office's own time."""
        from csr_desk.services.clock import read_stamp

        return moment_words(self.context.desk.local(read_stamp(at))) if at else self.tr("never")

    def stop(self) -> None:
        """Break off what goes on."""
        self._stopping.set()

    def leave(self) -> None:
        """Nobody waits for it any more."""
        self._stopping.set()
        if self._worker is not None:
            self._worker.stop()
            self._worker = None
            self.busy = False

    def _tell(self, done: int, total: int) -> bool:
        self.told.emit(100 * done // max(total, 1))
        return not self._stopping.is_set()

    def _show_percent(self, percent: int) -> None:
        if self.busy and 0 < percent < 100:  # noqa: PLR2004
            self.said.setText(self.tr("{0} % copied …").format(percent))
