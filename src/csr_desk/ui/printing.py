"""Printing starts after the commit and may fail freely: a jam is a banner with “Print again”, never a lost sale."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from csr_desk.domain.errors import Trouble
from csr_desk.ui.context import BannerAction, Context, Tone
from csr_desk.ui.worker import Worker

if TYPE_CHECKING:
    from csr_desk.domain.receipt import Receipt
    from csr_desk.services.printing import PrintJob
    from csr_desk.ui.workspace import Workspace

log = logging.getLogger("csr_desk")
Spool = Callable[[str, bytes], None]
"""Hands a PDF with its title to the station's printer; raises Trouble."""


class Printing(QObject):
    """Takes jobs from the outbox, makes the paper and spools it on a thread of its own."""

    def __init__(self, database: Worker, parent: QObject | None = None) -> None:
        """``database`` answers what to print and hears how it went."""
        super().__init__(parent)
        self.shell: Workspace | None = None
        self._database = database
        self._paper = Worker(self)
        self._under_way: set[object] = set()
        self.spool: Spool | None = None
        """Set by the program's start (station settings) or by a test; None chooses the station's printer."""

    def print_waiting(self, context: Context) -> None:
        """Print every job of the outbox that is not under way."""

        def waiting() -> list[tuple[PrintJob, Receipt]]:
            from csr_desk.services import printing, sell

            return [
                (job, sell.receipt(context.desk, context.actor, job.receipt))
                for job in printing.pending_prints(context.desk, context.actor)
            ]

        def start(jobs: list[tuple[PrintJob, Receipt]]) -> None:
            for job, receipt in jobs:
                if job.job_id not in self._under_way:
                    self._under_way.add(job.job_id)
                    self._print(context, job, receipt)

        self._database.run(waiting, start, self._quiet)

    def print_paper(self, title: str, make: Callable[[], bytes]) -> None:
        """Print a slip or a report; failing is a banner with “Print again”."""

        def work() -> None:
            self._send(title, make())

        def failed(error: Exception) -> None:
            self._banner(title, error, lambda: self.print_paper(title, make))

        self._paper.run(work, lambda _done: None, failed)

    def stop(self) -> None:
        """Finish the paper under way and end the thread."""
        self._paper.stop()

    def _print(self, context: Context, job: PrintJob, receipt: Receipt) -> None:
        def work() -> None:
            from csr_desk.documents.receipt import receipt_pdf

            self._send(receipt.number, receipt_pdf(receipt))

        def printed(_done: None) -> None:
            from csr_desk.services import printing

            self._under_way.discard(job.job_id)
            self._database.run(
                lambda: printing.printed(context.desk, context.actor, job.job_id), lambda _done: None, self._quiet
            )

        def failed(error: Exception) -> None:
            from csr_desk.services import printing

            message = str(error)
            self._under_way.discard(job.job_id)
            self._database.run(
                lambda: printing.print_failed(context.desk, context.actor, job.job_id, message),
                lambda _done: None,
                self._quiet,
            )
            self._banner(receipt.number, error, lambda: self._again(context, job, receipt))

        self._paper.run(work, printed, failed)

    def _again(self, context: Context, job: PrintJob, receipt: Receipt) -> None:
        if job.job_id not in self._under_way:
            self._under_way.add(job.job_id)
            self._print(context, job, receipt)

    def _send(self, title: str, pdf: bytes) -> None:
        if self.spool is None:
            from csr_desk.ui.station_printer import station_spool

            self.spool = station_spool()
        self.spool(title, pdf)

    def _banner(self, title: str, error: Exception, again: Callable[[], None]) -> None:
        if not isinstance(error, Trouble):
            log.error("printing failed", exc_info=error)
        if self.shell is not None:
            reason = str(error) if isinstance(error, Trouble) else self.tr("the paper could not be made")
            text = self.tr("{0} is recorded, but was not printed: {1}").format(title, reason)
            self.shell.banner(text, Tone.WARN, BannerAction(self.tr("Print again"), again))

    def _quiet(self, error: Exception) -> None:
        log.error("the outbox could not be read", exc_info=error)
