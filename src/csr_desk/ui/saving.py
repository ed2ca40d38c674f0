"""Backups in the window: on a thread of their own, at the exit as well; and a restore, the office opened again."""

from __future__ import annotations

import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from csr_desk.domain.people import Act, Actor
from csr_desk.ui.copies_words import copies_words
from csr_desk.ui.problems import explain
from csr_desk.ui.saving_sheets import ExitSheet, ToldSheet
from csr_desk.ui.worker import Worker

if TYPE_CHECKING:
    from csr_desk.domain.backups import Standing
    from csr_desk.services.backups import Plan
    from csr_desk.services.desk import Desk
    from csr_desk.services.restoring import Restored
    from csr_desk.ui.window import MainWindow
    from csr_desk.ui.workspace import Workspace

LOOK_MS = 20_000
"""How often it is asked whether a backup is due; a day's close is noticed so soon."""
WAIT_SECONDS = 0.5
"""Left to a backup that was broken off; a thread that verifies still is ended with the program."""
EXIT_MS = 60_000
"""How long the program waits for the backup at its end."""


class Saving(QObject):
    """Belongs to the window; a training office is backed up by hand only."""

    told = Signal(int)
    """How far a backup is, in percent."""

    def __init__(self, window: MainWindow) -> None:
        """Wait for an office to watch."""
        super().__init__(window)
        self._window = window
        self._worker: Worker | None = None
        self._desk: Desk | None = None
        self._stopping = threading.Event()
        self._looking = False
        self._gone = False
        self._fault = ""
        self._tell_first: tuple[str, str] | None = None
        self.standing: Standing | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look)
        self.told.connect(self._show_progress)

    def watch(self, desk: Desk) -> None:
        """Keep a live office's own file backed up from now on; say first what a restore came to."""
        tell, self._tell_first = self._tell_first, None
        if tell is not None:
            sheet = ToldSheet(self._window.stack, *tell)
            # behind the reading of who may sign in, which puts the cursor onto its page
            self._window.worker.run(lambda: None, lambda _none: sheet.start(), lambda _error: sheet.start())
        self._desk = None if desk.office.training or desk.store.file is None else desk
        if self._desk is not None:
            self._worker = self._worker or Worker(self, "backups")
            self._timer.start()
            self.look()

    def look(self) -> None:
        """Make the backup that is due, and see how the copies stand; unless that goes on already."""
        desk = self._desk
        if desk is None or self._worker is None or self._looking:
            return
        from csr_desk.services import backups

        self._looking = True
        plan = backups.plan_of(desk)
        self._worker.run(lambda: self._job(plan, leaving=False), self._looked, self._failed)

    def _job(self, plan: Plan, *, leaving: bool) -> tuple[Standing, str]:
        from csr_desk.services import backups

        kind = backups.due_now(plan, leaving=leaving)
        fault = backups.make(plan, kind, self._tell).second_fault if kind is not None else ""
        return backups.standing_of(plan), fault

    def _tell(self, done: int, total: int) -> bool:
        self.told.emit(100 * done // max(total, 1))
        return not self._stopping.is_set()

    def _looked(self, found: tuple[Standing, str]) -> None:
        self._looking = False
        self.standing, self._fault = found
        self.show_standing()

    def _failed(self, error: Exception) -> None:
        self._looking = False
        self.standing, self._fault = None, explain(error).text  # how the copies stood before is not known to hold
        self.show_standing()

    def _show_progress(self, percent: int) -> None:
        space = self._window.workspace
        if space is not None and space.context.actor.may(Act.BACK_UP) and percent < 100:  # noqa: PLR2004
            space.bar.show_backup(
                self.tr("Backup {0} %").format(percent), self.tr("A backup is being made."), calm=True
            )

    def show_standing(self) -> None:
        """Say in the bar that one disk alone holds the ledger, to whoever may act on it."""
        space = self._window.workspace
        if space is None or not space.context.actor.may(Act.BACK_UP):
            return
        short, sentence = copies_words(self.standing) if self.standing is not None else ("", "")
        if self._fault:
            short, sentence = short or self.tr("Backup failed"), f"{self._fault} {sentence}".strip()
        space.bar.show_backup(short, sentence, calm=False)

    def serve(self, space: Workspace) -> None:
        """Tell a person who signed in how the copies stand, and restore where they ask for it."""
        space.restore_wanted.connect(partial(self.restore, space.context.actor))
        self.show_standing()

    # ---- the end of the program

    def may_go(self, over: QWidget) -> bool:
        """Say whether the window may close now; if not, a backup is made first and the window closed afterwards."""
        desk, worker = self._desk, self._worker
        if desk is None or worker is None or self._gone:
            self.stop()
            return True
        from csr_desk.services import backups

        self._timer.stop()
        plan = backups.plan_of(desk)
        sheet = ExitSheet(over, self._go)
        self.told.connect(sheet.show_percent)
        sheet.start()
        QTimer.singleShot(EXIT_MS, self._go)
        worker.run(lambda: self._job(plan, leaving=True), lambda _found: self._go(), lambda _error: self._go())
        return False

    def _go(self) -> None:
        if not self._gone:
            self._gone = True
            self._window.close()

    def stop(self) -> None:
        """Break off what is under way; what a broken-off backup leaves is swept by the next one."""
        self._stopping.set()
        self._timer.stop()
        if self._worker is not None:
            self._worker.stop(wait_seconds=WAIT_SECONDS)
            self._worker = self._desk = None

    # ---- back from a backup

    def restore(self, actor: Actor, path: Path) -> None:
        """Close the office, put the backup in its place, and open it again."""
        window = self._window
        desk = window.desk
        if desk is None or desk.store.file is None:
            return
        from csr_desk.services import restoring

        command = restoring.Restore(path, desk.store.file, desk.store.key_folder)
        self._timer.stop()
        window.sign_out()
        window.stack.setCurrentWidget(window.start)
        window.desk = self._desk = None

        def job() -> Restored:
            desk.close()
            return restoring.restore_backup(actor, command, desk.clock)

        window.worker.run(job, self._restored, self._not_restored)

    def _restored(self, done: Restored) -> None:
        content = done.manifest.content
        words = self.tr("It holds {0} entries; the last receipt is {1}. Every one was verified.").format(
            f"{done.report.checked:,}", content.last_receipt or self.tr("none")
        )
        if done.behind:
            words += " " + self.tr("{0} receipts that came later are missing: enter them from their papers.").format(
                f"{sum(one.receipts for one in done.behind):,}"
            )
        if done.aside is not None:
            words += " " + self.tr("The old file is {0}.").format(done.aside)
        self._reopen(self.tr("The office was restored"), words)

    def _not_restored(self, error: Exception) -> None:
        self._reopen(self.tr("The office was not restored"), explain(error).text)

    def _reopen(self, title: str, words: str) -> None:
        self._tell_first = title, words
        self._window.open_desk()
