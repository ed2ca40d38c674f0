"""A report leaves the window as a file or on paper: made, recorded under the person's name, then handed over (J6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.services import report_exports
from csr_desk.services.report_exports import TakeReport
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.saved_files import save_file
from csr_desk.ui.wording import tr

Make = Callable[[], tuple[bytes, int]]
"""Makes the bytes of a report, away from the window, and says how many rows it has."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Which report of which business dates."""

    report: str
    first: date
    last: date


def take_file(
    context: Context, what: Taken, name: str, make: Make, failed: Callable[[Exception], None] | None = None
) -> None:
    """Save a report as a file, and say where."""

    def job() -> Done[Path]:
        content, done = _recorded(context, what, name.rsplit(".", 1)[-1], make)
        return Done(save_file(name, content), done.topics)

    def saved(path: Path) -> None:
        context.shell.banner(tr("Saved as {path}.").format(path=path), Tone.OK)

    context.act(job, saved, failed)


def take_paper(
    context: Context, what: Taken, title: str, make: Make, failed: Callable[[Exception], None] | None = None
) -> None:
    """Print a report."""

    def job() -> Done[bytes]:
        content, done = _recorded(context, what, "print", make)
        return Done(content, done.topics)

    context.act(job, lambda content: context.shell.print_paper(title, lambda: content), failed)


def _recorded(context: Context, what: Taken, layout: str, make: Make) -> tuple[bytes, Done[str]]:
    content, rows = make()
    command = TakeReport(
        uuid4().hex, what.report, what.first, what.last, layout, report_exports.fingerprint(content), rows
    )
    return content, report_exports.take_report(context.desk, context.actor, command)
