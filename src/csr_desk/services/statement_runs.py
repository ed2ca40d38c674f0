"""Statements of many accounts as files for the printer: there all or not at all, with an entry that says who took them.

The papers are drawn by whoever calls (``render``); a few hundred statements are one file, so that no printer and no
reader chokes, and ``index.csv`` says on which page of which file each account stands.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

from csr_desk.domain.errors import BadInput, Conflict
from csr_desk.domain.money import Cents, plain
from csr_desk.domain.people import Actor
from csr_desk.domain.receivable.ageing import Aged
from csr_desk.domain.receivable.statement import Statement
from csr_desk.durable import make_folder, settle, settle_folder, told_as_trouble
from csr_desk.services import report_exports
from csr_desk.services.customer_papers import MakePapers, make_papers
from csr_desk.services.desk import Desk
from csr_desk.services.report_exports import TakeReport
from csr_desk.services.spreadsheet_text import write_rows
from csr_desk.services.statements import AT_ONCE, StatementSpan, accounts_to_state, statements

INDEX = "index.csv"
_HEAD = ("account", "customer", "file", "first page", "pages", "balance", "past due", "pay by")
_FIGURES = frozenset({3, 4, 5, 6, 7})

Render = Callable[[Sequence[Statement]], tuple[bytes, tuple[int, ...]]]
"""Draws statements into one file, and says how many pages each has."""
Told = Callable[[int, int], bool]
"""Hears how many statements of how many are made; False stops the run, and nothing of it is left."""


@dataclass(frozen=True, slots=True)
class RunStatements:
    """Make the statements of a span in a folder that is not there yet."""

    key: str
    span: StatementSpan
    folder: Path


@dataclass(frozen=True, slots=True)
class StatementRun:
    """What a run made (cents)."""

    folder: Path
    files: tuple[str, ...]
    statements: int
    pages: int
    aged: Aged

    @property
    def owed(self) -> Cents:
        """What all of them owe together."""
        return self.aged.total


def run_statements(
    desk: Desk, actor: Actor, command: RunStatements, render: Render, tell: Told | None = None
) -> StatementRun | None:
    """Make the statements of a span; None where ``tell`` stopped it, and then nothing is left behind.

    Raises NotPermitted, NotFound (an account), BadInput (nobody to write to), Conflict (the folder is there), Trouble.
    """
    numbers = accounts_to_state(desk, actor, command.span)
    if not numbers:
        raise BadInput("No account owes anything: there is no statement to make.", field="accounts")
    if command.folder.exists():
        raise Conflict(f"{command.folder} is there already. Name a new folder.")
    with told_as_trouble(f"The statements cannot be written to {command.folder}"):
        make_folder(command.folder.parent)
        draft = Path(mkdtemp(prefix=f".{command.folder.name}.", suffix=".part", dir=command.folder.parent))
        try:
            made = _Run(desk, actor, command, draft)
            if not all(_goes_on(tell, done, len(numbers)) for done in made.write(numbers, render)):
                return None
            made.record()
            settle_folder(draft)
            draft.replace(command.folder)
            settle_folder(command.folder.parent)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    return made.result()


def _goes_on(tell: Told | None, done: int, every: int) -> bool:
    return tell is None or tell(done, every)


class _Run:
    """A run being written into a draft folder."""

    def __init__(self, desk: Desk, actor: Actor, command: RunStatements, draft: Path) -> None:
        self._desk, self._actor, self._command, self._draft = desk, actor, command, draft
        self._files: list[str] = []
        self._hashes: list[str] = []
        self._rows: list[tuple[str, ...]] = []
        self._aged = Aged()
        self._pages = 0

    def write(self, numbers: Sequence[str], render: Render) -> Iterator[int]:
        """Write file after file; gives how many statements are done, the first time before any."""
        yield 0
        span = self._command.span
        for some in statements(self._desk, self._actor, numbers, (span.first, span.last)):
            papers = MakePapers(f"{self._command.key}/paper", some)
            content, pages = make_papers(self._desk, self._actor, papers, render)
            self._keep(some, content, pages)
            yield len(self._rows)
        self._file(INDEX, self._index())

    def _keep(self, some: Sequence[Statement], content: bytes, pages: Sequence[int]) -> None:
        name = f"statements-{len(self._files) + 1:04d}.pdf"
        self._file(name, content)
        self._files.append(name)
        page = 1
        for one, count in zip(some, pages, strict=True):
            due = one.pay_by.isoformat() if one.pay_by else ""
            told = (one.head.account, one.head.customer_name, name, str(page), str(count))
            self._rows.append((*told, plain(one.closing), plain(one.past_due), due))
            self._aged += one.aged
            page += count
        self._pages += sum(pages)

    def _file(self, name: str, content: bytes) -> None:
        path = self._draft / name
        path.write_bytes(content)
        settle(path)
        self._hashes.append(f"{sha256(content).hexdigest()}  {name}")

    def _index(self) -> bytes:
        return write_rows((_HEAD, *self._rows), numbers=_FIGURES)

    def record(self) -> None:
        """Leave the entry that says who took the statements, before the folder has its name (J6)."""
        span, seal = self._command.span, sha256("\n".join(self._hashes).encode()).hexdigest()
        taken = TakeReport(self._command.key, "statements", span.first, span.last, "pdf", seal, len(self._rows))
        report_exports.take_report(self._desk, self._actor, taken)

    def result(self) -> StatementRun:
        """Say what was made."""
        return StatementRun(self._command.folder, tuple(self._files), len(self._rows), self._pages, self._aged)


__all__ = ["AT_ONCE", "INDEX", "Render", "RunStatements", "StatementRun", "Told", "run_statements"]
