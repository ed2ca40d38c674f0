"""Evidence: the program goes through the auditor's controls on a thread of its own, and shows each as it stands."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Done
from csr_desk.domain.evidence import Evidence, Result, Status
from csr_desk.services import report_exports
from csr_desk.services.evidence import files, look, pack
from csr_desk.services.evidence.look import Prepared
from csr_desk.services.report_exports import TakeReport
from csr_desk.ui.context import Tone
from csr_desk.ui.page import Page
from csr_desk.ui.pages.reports.panels import ReportPanel
from csr_desk.ui.saved_files import exports_folder
from csr_desk.ui.taken_reports import Taken, take_paper
from csr_desk.ui.widgets import Card, KeyButton, KeyValues, Label, scrolled
from csr_desk.ui.widgets.figures_table import Cell, Column, FiguresTable
from csr_desk.ui.worker import Worker

_TONES = {Status.MET: "ok", Status.EXCEPTION: "warn", Status.NOT_MET: "bad", Status.UNKNOWN: "text_soft"}
_DETAIL = 240


class Progress(QObject):
    """Carries how far the look is from its thread to the window."""

    told = Signal(int)


class EvidencePanel(ReportPanel):
    """Start, watch, stop; then every control with what it found, and the files."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.evidence: Evidence | None = None
        self.said = Label("", "", "evidence-said")
        self.said.setWordWrap(True)
        self.table = FiguresTable("evidence-controls", self.tr("Controls"), self._columns())
        self.detail = KeyValues("evidence-detail")
        self.start_key = self.key("evidence-start", self.tr("Go through the controls"), "Ctrl+E", self.start)
        self.stop_key = self.key("evidence-stop", self.tr("Stop"), "Alt+X", self.stop)
        self._progress = Progress(self)
        self._progress.told.connect(self._told, Qt.ConnectionType.QueuedConnection)
        self._stopping = threading.Event()
        self._worker: Worker | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._assemble()
        self._say_idle()
        self.table.chosen.connect(lambda _row: self._show_detail())

    def _assemble(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        head = Card(self.tr("The auditor’s 56 controls"))
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.said, 1)
        row.addWidget(KeyButton.for_action(self.stop_key))
        row.addWidget(KeyButton.for_action(self.start_key, "primary"))
        head.body.addLayout(row)
        box.addWidget(head)
        rows = Card("", flush=True)
        rows.body.addWidget(self.table, 1)
        box.addWidget(rows, 1)
        detail = Card(self.tr("The control"))
        held = QWidget()
        inner = QVBoxLayout(held)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.detail)
        inner.addStretch(1)
        detail.body.addWidget(scrolled(held))
        detail.setFixedHeight(_DETAIL)
        box.addWidget(detail)

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column(self.tr("No."), figures=True, width=56),
            Column(self.tr("Control")),
            Column(self.tr("Stands"), width=200),
            Column(self.tr("Rows"), figures=True, width=72),
        )

    def load(self) -> None:
        """What was found stays for its own period only."""
        found, period = self.evidence, self.period
        if found is not None and period is not None and (found.first, found.last) != (period.first, period.last):
            self.evidence = None
            self.table.show_rows([])
            self.detail.show_facts([])
            self._say_idle()

    @property
    def running(self) -> bool:
        """Say whether the look goes on."""
        return self._worker is not None

    def start(self) -> None:
        """Take a backup on the database thread, then look at it on another; selling goes on meanwhile."""
        period = self.period
        if self.running or period is None:
            return
        desk, actor = self.context.desk, self.context.actor
        self._stopping.clear()
        self._folder = tempfile.TemporaryDirectory(prefix="csr-desk-")
        folder = Path(self._folder.name)
        worker = self._worker = Worker(self, "evidence")
        self._let_start()
        self.said.setText(self.tr("A backup is made, and everything is read from it …"))

        def go(prepared: Prepared) -> None:
            span = (period.first, period.last)
            worker.run(lambda: pack.look_over(desk, actor, prepared, span, self._tell), self._show, self._failed)

        self.context.read(lambda: look.prepare(desk, folder), go, self._failed)

    def stop(self) -> None:
        """Stop after the control under way; nothing is kept."""
        self._stopping.set()

    def leave(self) -> None:
        """Nobody waits for it any more."""
        if self.running:
            self._stopping.set()
            self._finish()
            self._say_idle()

    def _tell(self, done: int) -> bool:
        self._progress.told.emit(done)
        return not self._stopping.is_set()

    def _told(self, done: int) -> None:
        if self.running:
            self.said.setText(self.tr("{0} of 56 controls …").format(done))

    def _finish(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
        self._let_start()

    def _failed(self, error: Exception) -> None:
        self._finish()
        self._say_idle()
        self.context.shell.problem(error)

    def _show(self, evidence: Evidence | None) -> None:
        self._finish()
        if evidence is None:
            self._say_idle()
            return
        self.evidence = evidence
        counts = " · ".join(f"{status.mark} {evidence.count(status)} {status.value}" for status in Status)
        self.said.setText(f"{counts}. {evidence.verified}")
        self.table.show_rows([_row(result) for result in evidence.results])
        self._show_detail()

    def _show_detail(self) -> None:
        at = self.table.currentIndex().row()
        if self.evidence is None or not 0 <= at < len(self.evidence.results):
            return
        result = self.evidence.results[at]
        rows = "\n".join(" · ".join(cell for cell in row if cell) for row in result.finding.rows[:20])
        facts = [
            (self.tr("Asks"), result.control.asks),
            (self.tr("Found"), result.finding.figure),
            (self.tr("Rows"), rows),
            (self.tr("Tested"), result.control.tested),
            (self.tr("Leaves out"), result.control.leaves_out),
        ]
        self.detail.show_facts([(words, value) for words, value in facts if value])

    def save_words(self) -> str:
        """What the key that saves says."""
        return self.tr("Save the pack")

    def save(self) -> None:
        """Save the pack as a folder: PDF, CSV, manifest."""
        evidence = self.evidence
        if evidence is None:
            return
        desk, actor = self.context.desk, self.context.actor
        office = evidence.office.office_id
        folder = exports_folder() / f"evidence-{office}-{evidence.first}-{evidence.last}"

        def job() -> Done[Path]:
            made = _files(evidence)
            seal = report_exports.fingerprint(made[files.MANIFEST])
            command = TakeReport(
                uuid4().hex, "evidence", evidence.first, evidence.last, "pack", seal, files.rows_of(evidence)
            )
            done = report_exports.take_report(desk, actor, command)
            files.write_pack(folder, made)
            return Done(folder, done.topics)

        def saved(path: Path) -> None:
            self.context.shell.banner(self.tr("Saved in {0}.").format(path), Tone.OK)

        self.context.act(job, saved)

    def paper(self) -> None:
        """Print the evidence."""
        evidence = self.evidence
        if evidence is not None:
            what = Taken("evidence", evidence.first, evidence.last)
            rows = files.rows_of(evidence)
            take_paper(self.context, what, f"evidence-{evidence.first}", lambda: (_files(evidence)[files.PDF], rows))

    def let_keys(self, *, front: bool) -> None:
        """Stop only what runs."""
        super().let_keys(front=front)
        if front:
            self._let_start()

    def _let_start(self) -> None:
        self.start_key.setEnabled(not self.running)
        self.stop_key.setEnabled(self.running)

    def _say_idle(self) -> None:
        self.said.setText(
            self.tr(
                "The program tries every control of the period against the data, says how it stands, and never calls "
                "met what it could not test. Nothing is changed."
            )
        )

    def first_focus(self) -> QWidget:
        """The controls."""
        return self.table


def _files(evidence: Evidence) -> dict[str, bytes]:
    """Everything that the pack holds, by name."""
    from csr_desk.documents.evidence import evidence_pdf

    tables = files.csv_files(evidence)
    made = {**tables, files.PDF: evidence_pdf(evidence, files.fingerprints(tables))}
    return {**made, files.MANIFEST: files.manifest(evidence, made)}


def _row(result: Result) -> list[str | Cell]:
    status = result.finding.status
    stands = Cell(f"{status.mark} {status.value}", _TONES[status], strong=status is not Status.MET)
    rows = str(len(result.finding.rows)) if result.finding.rows else ""
    return [str(result.control.number), result.control.title, stands, rows]
