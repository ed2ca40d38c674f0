"""The run of statements: the days are asked for, the papers are drawn away from the window, a stop leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import shown
from csr_desk.ui.context import Context, Field, Runner, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.pages.balancing.collection_words import statements_words
from csr_desk.ui.saved_files import exports_folder
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from datetime import date

    from csr_desk.services.statement_runs import StatementRun


class StatementRunDesk:
    """Asks for the days and makes the statements of whoever owes something."""

    def __init__(
        self, context: Context, begin: Callable[[], Runner], end: Callable[[], None], tell: Callable[[int, int], bool]
    ) -> None:
        """``begin`` gives whoever works away from the window, ``end`` lets them go; ``tell`` says how far it is."""
        self._context, self._begin, self._end, self._tell = context, begin, end, tell

    def ask(self) -> None:
        """Ask for the first and the last day."""
        today = self._context.desk.today()
        fields = (
            Field("first", tr("From"), us_date(today.replace(day=1))),
            Field("last", tr("To"), us_date(today), tr("what is owed at its end")),
        )
        self._context.shell.ask_fields(tr("Statements of all that owe something"), fields, self._asked)

    def _asked(self, values: dict[str, str]) -> str | None:
        today = self._context.desk.today()
        try:
            first, last = (parse_day(values[name], today) for name in ("first", "last"))
        except BadInput as refusal:
            return refusal.message
        self._run(first, last)
        return None

    def _run(self, first: date, last: date) -> None:
        desk, actor, key = self._context.desk, self._context.actor, uuid4().hex
        folder = exports_folder() / f"statements-{desk.office.office_id}-{first}-{last}-{key[:6]}"

        def job() -> StatementRun | None:
            from csr_desk.documents.statement import statements_bound
            from csr_desk.services.statement_runs import RunStatements, run_statements
            from csr_desk.services.statements import StatementSpan

            command = RunStatements(key, StatementSpan(first, last), folder)
            return run_statements(desk, actor, command, statements_bound, self._tell)

        self._begin().run(job, self._made, self._failed)

    def _made(self, made: StatementRun | None) -> None:
        self._end()
        if made is None:
            self._context.shell.banner(tr("Stopped; no statement was left behind."), Tone.WARN)
            return
        words = tr("{0}: saved in {1}; owed together {2}.")
        said = words.format(statements_words(made.statements, made.pages), made.folder, shown(made.owed))
        self._context.shell.banner(said, Tone.OK)

    def _failed(self, error: Exception) -> None:
        self._end()
        self._context.shell.problem(error)
