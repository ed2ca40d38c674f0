"""Collection of the whole office: how old what is owed is, the round of the day, the crew's lists, letters in bulk.

A round goes on in stretches, so the window stays alive between them; letters are drawn on a thread of their own.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar
from uuid import uuid4

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.money import shown
from csr_desk.domain.receivable.collection import CrewList, Letter, LetterKind, OfficeAgeing, Round, RoundLine
from csr_desk.services.customer_papers import MakePapers, make_papers
from csr_desk.ui.context import Choice, Field, Tone
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.collection_statements import StatementRunDesk
from csr_desk.ui.pages.balancing.collection_words import (
    ages,
    cut_words,
    drawing_words,
    left_words,
    line_words,
    round_words,
    saved_words,
    short_money,
    stage_names,
)
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.saved_files import save_file
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, KeyValues, Label
from csr_desk.ui.widgets.bar_chart import Bar, BarChart
from csr_desk.ui.widgets.figures_table import Column, FiguresTable
from csr_desk.ui.widgets.pick_list import Pick
from csr_desk.ui.worker import Worker

KEY = "collection"
AT_ONCE = 200
"""Accounts of a round between two looks at whether it was stopped."""
_CHART, _FACTS = 190, 300


@dataclass(frozen=True, slots=True)
class Looked:
    """What the place shows."""

    ageing: OfficeAgeing
    due: Round
    listed: CrewList
    restoring: CrewList


class Progress(QObject):
    """Carries how far the letters are from their thread to the window."""

    told = Signal(int, int)


class CollectionPlace(PlacePanel):
    """The supervisor's (or accountant's) place of what is late."""

    shows: ClassVar[frozenset[Topic]] = frozenset({Topic.ACCOUNTS, Topic.RECEIPTS, Topic.POLICY})

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.looked: Looked | None = None
        self.chart = BarChart("collection-ages", self.tr("Ageing of what is owed"))
        self.facts = KeyValues("collection-stages")
        self.table = FiguresTable("collection-round", self.tr("What a round does today"), (
            Column(self.tr("Account"), width=140), Column(self.tr("Name")), Column(self.tr("Comes to"), width=200),
            Column(self.tr("Late"), figures=True, width=110), Column(self.tr("Fee"), figures=True, width=90),
        ))  # fmt: skip
        self.none = EmptyState(
            self.tr("Nobody comes to another stage today"),
            self.tr("The round finds accounts by the days of the policy."),
        )
        self.bar = QProgressBar()
        self.bar.setObjectName("collection-progress")
        self.bar.setAccessibleIdentifier("collection-progress")
        self.bar.setAccessibleName(self.tr("How far the round or the letters are"))
        self.bar.hide()
        self.said = Label("", "soft", "collection-said")
        self.said.hide()
        self.go = self.key("collection-go", self.tr("Do the round"), "Ctrl+Return", self.start)
        self.halt = self.key("collection-stop", self.tr("Stop"), "Alt+X", self.stop)
        self.letters = self.key("collection-letters", self.tr("Letters…"), "Ctrl+Shift+E", self._ask_letters)
        self.papers = self.key("collection-lists", self.tr("Print a list…"), "Ctrl+E", self._ask_list)
        self._statements = StatementRunDesk(self.context, self._begin_statements, self._end_statements, self._tell)
        self.statements = self.key("collection-statements", self.tr("Statements…"), "Ctrl+T", self._statements.ask)
        self.report = self.key("collection-report", self.tr("Crew’s report…"), "Ctrl+R", self._ask_report)
        self._progress = Progress(self)
        self._progress.told.connect(self._told, Qt.ConnectionType.QueuedConnection)
        self._stopping = threading.Event()
        self._busy = False
        self._worker: Worker | None = None
        self._assemble()

    def _assemble(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        top = QHBoxLayout()
        top.setSpacing(12)
        ageing = Card(self.tr("Ageing of what is owed"), self.tr("days after the due date"))
        ageing.body.addWidget(self.chart, 1)
        ageing.setFixedHeight(_CHART)
        stages = Card(self.tr("Accounts"))
        stages.body.addWidget(self.facts)
        stages.body.addStretch(1)
        stages.setFixedWidth(_FACTS)
        top.addWidget(ageing, 1)
        top.addWidget(stages)
        box.addLayout(top)
        card = Card(self.tr("The round of today"), flush=True)
        card.head.addWidget(KeyButton.for_action(self.go, "primary"))
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.none, 1)
        box.addWidget(card, 1)
        box.addWidget(self.bar)
        box.addWidget(self.said)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for action in (self.report, self.papers, self.statements, self.letters, self.halt):
            buttons.addWidget(KeyButton.for_action(action))
        box.addLayout(buttons)

    # ---- what the page asks

    def load(self) -> None:
        """Read what is owed, what a round would do, and the lists."""
        if self._busy:
            return
        desk, actor = self.context.desk, self.context.actor

        def read() -> Looked:
            from csr_desk.services import collecting, collection_lists, office_ageing

            return Looked(
                office_ageing.office_ageing(desk, actor),
                collecting.preview_round(desk, actor),
                collection_lists.cut_off_list(desk, actor),
                collection_lists.restore_list(desk, actor),
            )

        self.context.read(read, self._show)

    def pick(self) -> Pick:
        """How many wait for the round, and whether somebody waits for the service."""
        title = self.tr("Collection")
        if self.looked is None:
            return Pick(KEY, title, "")
        due, waiting = len(self.looked.due.lines), len(self.looked.restoring.rows)
        below = self.tr("{0} for the round").format(due) if due else self.tr("nobody for the round")
        if waiting:
            return Pick(KEY, title, below, self.tr("{0} to restore").format(waiting), "warn")
        return Pick(KEY, title, below)

    def allowed(self, action: QAction) -> bool:
        """Stop only what runs; start only when nothing does."""
        if action is self.halt:
            return self._busy
        if action is self.go:
            return not self._busy and self.looked is not None and bool(self.looked.due.lines)
        return not self._busy

    def first_focus(self) -> QWidget:
        """The table."""
        return self.table

    # ---- what it shows

    def _show(self, looked: Looked) -> None:
        self.looked = looked
        total = looked.ageing.total
        self.chart.show_bars([
            Bar(name, cents // 100, short_money(cents)) for name, cents in zip(ages(), total.columns, strict=True)
        ])  # fmt: skip
        rows = [(name, f"{looked.ageing.stages.get(stage.value, 0):,}") for stage, name in stage_names()]
        self.facts.show_facts([(self.tr("Owed in all"), shown(total.total)), *rows], figures=True)
        self._show_lines(looked.due.lines)
        self.changed.emit()
        self.let_keys(front=self.isVisible())

    def _show_lines(self, lines: tuple[RoundLine, ...]) -> None:
        self.table.setVisible(bool(lines))
        self.none.setVisible(not lines)
        self.table.show_rows([
            (line.account, line.name, line_words(line), shown(line.late), shown(line.fee) if line.fee else "")
            for line in lines
        ])  # fmt: skip

    def _working(self, *, busy: bool, said: str = "") -> None:
        self._busy = busy
        self.bar.setVisible(busy)
        self.said.setText(said)
        self.said.setVisible(bool(said))
        self.let_keys(front=self.isVisible())

    # ---- the round

    def start(self) -> None:
        """Do the round in stretches until it is done or stopped."""
        self._stopping.clear()
        every = len(self.looked.due.lines) if self.looked else 0
        self.bar.setRange(0, max(every, 1))
        self.bar.setValue(0)
        self._working(busy=True, said=self.tr("The round goes on …"))
        self._stretch(uuid4().hex, {})

    def _stretch(self, key: str, counts: dict[str, int]) -> None:
        from csr_desk.services.collecting import RunRound, run_round

        desk, actor = self.context.desk, self.context.actor
        command = RunRound(key)

        def went(done: Round) -> None:
            for name, count in done.counts.items():
                counts[name] = counts.get(name, 0) + count
            self.bar.setValue(self.bar.maximum() - done.left)
            if done.left and done.lines and not self._stopping.is_set():
                self._stretch(key, counts)
            else:
                self._round_done(counts, done.left)

        self.context.act(lambda: run_round(desk, actor, command, lambda done, _every: done < AT_ONCE), went, self._fail)

    def _round_done(self, counts: dict[str, int], left: int) -> None:
        self._working(busy=False)
        words = round_words(counts)
        if left:
            words = left_words(words, left)
        self.context.shell.banner(words, Tone.WARN if left else Tone.OK)
        self.load()

    def _fail(self, error: Exception) -> None:
        self._working(busy=False)
        self.context.shell.problem(error)

    def stop(self) -> None:
        """Stop after the stretch, or the letter, under way; what is done stays."""
        self._stopping.set()

    # ---- letters

    def _ask_letters(self) -> None:
        names = {
            LetterKind.REMINDER: self.tr("Reminders of today"),
            LetterKind.NOTICE: self.tr("Notices of cut-off of today"),
            LetterKind.PLAN: self.tr("Payment plans made today"),
            LetterKind.BROKEN: self.tr("Payment plans broken today"),
        }
        choices = [Choice(str(at), names[kind], kind.value) for at, kind in enumerate(LetterKind, 1)]
        self.context.shell.ask_reason(self.tr("Which letters?"), choices, self._read_letters)

    def _read_letters(self, kind: str) -> None:
        desk, actor = self.context.desk, self.context.actor

        def read() -> tuple[Letter, ...]:
            from csr_desk.services.collection_letters import kind_of, letters

            return letters(desk, actor, kind_of(kind))

        self.context.read(read, self._draw)

    def _draw(self, found: tuple[Letter, ...]) -> None:
        if not found:
            self.context.shell.banner(self.tr("No letter of this kind is due today."), Tone.INFO)
            return
        self._stopping.clear()
        self.bar.setRange(0, len(found))
        self._working(busy=True, said=drawing_words(len(found)))
        worker = self._worker = Worker(self, "letters")
        desk, actor = self.context.desk, self.context.actor
        given = MakePapers(uuid4().hex, found)

        def draw() -> list[tuple[Path, int]]:
            from csr_desk.documents.collection_letters import letter_files

            files = make_papers(desk, actor, given, partial(letter_files, told=self._tell))
            return [(save_file(file.name, file.content), file.letters) for file in files]

        worker.run(draw, lambda files: self._drawn(files, len(found)), self._letters_failed)

    def _tell(self, done: int, every: int) -> bool:
        self._progress.told.emit(done, every)
        return not self._stopping.is_set()

    def _told(self, done: int, every: int) -> None:
        self.bar.setMaximum(max(every, 1))
        self.bar.setValue(done)

    def _begin_statements(self) -> Worker:
        self._stopping.clear()
        self.bar.setRange(0, 1)
        self.bar.setValue(0)
        self._working(busy=True, said=self.tr("The statements are drawn …"))
        self._worker = Worker(self, "statements")
        return self._worker

    def _end_statements(self) -> None:
        self._end_worker()
        self._working(busy=False)

    def _end_worker(self) -> None:
        worker, self._worker = self._worker, None
        if worker is not None:
            worker.stop()

    def _letters_failed(self, error: Exception) -> None:
        self._end_worker()
        self._fail(error)

    def _drawn(self, files: list[tuple[Path, int]], every: int) -> None:
        self._end_worker()
        self._working(busy=False)
        done = sum(count for _, count in files)
        if not files:
            self.context.shell.banner(self.tr("Stopped; no file of letters was saved."), Tone.WARN)
            return
        folder = files[0][0].parent
        words = saved_words(done, len(files), every, folder)
        self.context.shell.banner(words, Tone.OK if done == every else Tone.WARN)

    # ---- lists and reports

    def _ask_list(self) -> None:
        names = {
            "cut": self.tr("Cut-off list"),
            "restore": self.tr("Orders to restore"),
            "ageing": self.tr("Ageing of what is owed"),
        }
        choices = [Choice(str(at), words, value) for at, (value, words) in enumerate(names.items(), 1)]
        self.context.shell.ask_reason(self.tr("Print which list?"), choices, self._print_list)

    def _print_list(self, which: str) -> None:
        looked = self.looked
        if looked is None:
            return
        if which == "ageing":
            ageing = looked.ageing

            def make() -> bytes:
                from csr_desk.documents.crew_papers import ageing_pdf

                return ageing_pdf(ageing)

            self.context.shell.print_paper(f"ageing-{ageing.on}", make)
            return
        crew = looked.listed if which == "cut" else looked.restoring

        def make_list() -> bytes:
            from csr_desk.documents.crew_papers import crew_list_pdf

            return crew_list_pdf(crew)

        self.context.shell.print_paper(f"{which}-{crew.on}", make_list)

    def _ask_report(self) -> None:
        key = uuid4().hex
        fields = (
            Field("off", self.tr("Accounts cut off"), hint=self.tr("numbers with a blank between")),
            Field("on", self.tr("Account restored"), hint=self.tr("one number; else leave empty")),
        )

        def take(values: dict[str, str]) -> str | None:
            off, on = tuple(values["off"].replace(",", " ").split()), values["on"].strip()
            if bool(off) == bool(on):
                return self.tr("Key the accounts that were cut off, or the one that was restored.")
            self._report(key, off, on)
            return None

        self.context.shell.ask_fields(self.tr("What the crew reports"), fields, take, keep=True)

    def _report(self, key: str, off: tuple[str, ...], on: str) -> None:
        from csr_desk.services import collecting

        desk, actor = self.context.desk, self.context.actor
        if on:
            restored = collecting.ReportRestored(key, on)
            self.context.act(lambda: collecting.report_restored(desk, actor, restored), self._restored)
        else:
            cut = collecting.ReportCutOff(key, off)
            self.context.act(lambda: collecting.report_cut_off(desk, actor, cut), self._cut)

    def _cut(self, names: tuple[str, ...]) -> None:
        self.context.shell.banner(cut_words(len(names)), Tone.OK)

    def _restored(self, name: str) -> None:
        self.context.shell.banner(self.tr("Account {0} has its service back.").format(name), Tone.OK)
