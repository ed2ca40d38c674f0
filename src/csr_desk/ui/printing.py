"""Printing starts after the commit and may fail freely: a jam is a banner with “Print again”, never a lost sale."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from csr_desk.devices.ports import MaybePrinted
from csr_desk.domain.changes import Topic
from csr_desk.domain.errors import Refusal, Trouble
from csr_desk.ui.context import BannerAction, Context, Tone
from csr_desk.ui.mailing import Mailing
from csr_desk.ui.worker import Worker

if TYPE_CHECKING:
    from csr_desk.services.papers import PaperFacts
    from csr_desk.services.printing import PrintJob
    from csr_desk.ui.station_printer import Papers
    from csr_desk.ui.workspace import Workspace

log = logging.getLogger("csr_desk")
Waiting = tuple["PrintJob", "PaperFacts"]


class Printing(QObject):
    """Takes jobs from the outbox, makes the paper and spools it on a thread of its own."""

    def __init__(self, database: Worker, parent: QObject | None = None) -> None:
        """``database`` answers what to print and hears how it went."""
        super().__init__(parent)
        self.shell: Workspace | None = None
        self.papers: Papers | None = None
        """Set by a test; None chooses what the station's settings say."""
        self.mailing = Mailing(database, self)
        """What goes out by mail, beside what is printed."""
        self.mailing.told = self._mail_moved
        self._database = database
        self._paper = Worker(self, "printing")
        self._under_way: set[str] = set()
        self._tried: set[str] = set()

    @property
    def pending(self) -> int:
        """Papers that are being made or printed at this moment."""
        return self._paper.pending

    def print_waiting(self, context: Context, *, again: bool = False) -> None:
        """Print every job of the outbox that is not under way; one that may have come out only ``again``, on demand."""
        known = frozenset(self._under_way | self._tried)

        def waiting() -> list[PrintJob]:
            from csr_desk.services.printing import pending_prints

            jobs = pending_prints(context.desk, context.actor)
            return [job for job in jobs if job.job_id not in known and (again or not job.tries)]

        def start(jobs: list[PrintJob]) -> None:
            for job in jobs:
                self._print(context, job)

        self._database.run(waiting, start, self._quiet)

    def try_again(self, context: Context) -> None:
        """Print everything that did not come out, also what was tried before."""
        self._tried.clear()
        self.print_waiting(context, again=True)

    def print_paper(self, title: str, make: Callable[[], bytes]) -> None:
        """Print a report; failing is a banner with “Print again”."""

        def work() -> None:
            self._printer().paper(title, make())

        def failed(error: Exception) -> None:
            self._banner(title, error, lambda: self.print_paper(title, make))

        self._paper.run(work, _nothing, failed)

    def stop(self) -> None:
        """Finish the paper and the message under way and end their threads."""
        self.mailing.stop()
        self._paper.stop()

    def _print(self, context: Context, job: PrintJob) -> None:
        """Note that the paper goes to the printer, and what it says; then hand it over on the other thread."""
        if job.job_id in self._under_way:
            return
        first_try = job.job_id not in self._tried and job.state == "queued" and not job.tries
        self._under_way.add(job.job_id)
        self._tried.add(job.job_id)
        desk, actor = context.desk, context.actor

        def hand_over() -> Waiting | None:
            from csr_desk.services import papers, printing  # only now: a start without papers needs none of it

            going = printing.hand_over(desk, actor, job.job_id)
            return None if going is None else (going, papers.paper_of(desk, actor, going))

        def start(going: Waiting | None) -> None:
            if going is None:
                self._under_way.discard(job.job_id)  # it came out at another station
            else:
                self._spool(context, going[0], going[1], first_try=first_try)

        def unknown(error: Exception) -> None:
            self._under_way.discard(job.job_id)
            self._quiet(error)
            self._banner(_name(job), error, lambda: self._print(context, job))

        self._database.run(hand_over, start, unknown)

    def _spool(self, context: Context, job: PrintJob, facts: PaperFacts, *, first_try: bool) -> None:
        def work() -> None:
            self._printer().facts(facts, first_try=first_try)

        def finished(_done: None) -> None:
            from csr_desk.services.printing import printed

            self._under_way.discard(job.job_id)
            self._note(context, lambda: printed(context.desk, context.actor, job.job_id), failed_before=not first_try)

        def failed(error: Exception) -> None:
            from csr_desk.services.printing import print_failed

            message, maybe = str(error), isinstance(error, MaybePrinted)
            self._under_way.discard(job.job_id)
            self._note(context, lambda: print_failed(context.desk, context.actor, job.job_id, message, maybe=maybe))
            self._banner(_name(job), error, lambda: self._print(context, job), maybe=maybe)

        self._paper.run(work, finished, failed)

    def _note(self, context: Context, note: Callable[[], None], *, failed_before: bool = True) -> None:
        """Tell the outbox how it went; the bar counts papers to print again."""

        def noted(_done: None) -> None:
            if failed_before and self.shell is not None:
                self.shell.announce(frozenset({Topic.PRINTING}))

        self._database.run(note, noted, self._quiet)

    def _mail_moved(self) -> None:
        if self.shell is not None:
            self.shell.announce(frozenset({Topic.OUTBOX}))

    def _printer(self) -> Papers:
        if self.papers is None:
            from csr_desk.ui.station_printer import station_papers

            self.papers = station_papers()
        return self.papers

    def _banner(self, title: str, error: Exception, again: Callable[[], None], *, maybe: bool = False) -> None:
        known = isinstance(error, Trouble | Refusal)  # a refusal: the station's settings cannot be read
        if not known:
            log.error("printing failed", exc_info=error)
        if self.shell is not None:
            reason = str(error) if known else self.tr("the paper could not be made.")
            text = self.tr("{0} is recorded, but was not printed: {1}").format(title, reason)
            if maybe:
                text = self.tr("{0} is recorded. It may have been printed: {1} Look first.").format(title, reason)
            self.shell.banner(text, Tone.WARN, BannerAction(self.tr("Print again"), again))

    def _quiet(self, error: Exception) -> None:
        log.error("the outbox could not be read or noted", exc_info=error)


def _name(job: PrintJob) -> str:
    return job.receipt or job.document.replace("_", " ").capitalize()


def _nothing(_done: None) -> None:
    """A paper came out."""
