"""The inspections of a project, asked for, scheduled, recorded and called off from its page. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import uuid4

from csr_desk.domain.errors import BadInput
from csr_desk.domain.inspections import Inspection, InspectionKind
from csr_desk.domain.people import Act
from csr_desk.domain.validity import ALIVE
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.dates import parse_day, us_date
from csr_desk.ui.field_work.words import look_words
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.changes import Done

T = TypeVar("T")
_DIGITS = "123456789a"


@dataclass(frozen=True, slots=True)
class InspectionsPicture:
    """All that the panel shows; ``permits`` are those whose work may be looked at, with what each is for."""

    project: str = ""
    rows: tuple[Inspection, ...] = ()
    days_late: Mapping[str, int] = field(default_factory=dict)
    permits: tuple[tuple[str, str], ...] = ()
    may_ask: bool = False
    may_record: bool = False

    def late(self, one: Inspection) -> int:
        """Working days that an inspection is overdue."""
        return self.days_late.get(one.number, 0)


class InspectionsView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: InspectionsPicture) -> None:
        """Show it."""

    def pick(self, number: str) -> None:
        """Put the cursor on an inspection."""


class InspectionsPresenter:
    """One project at a time."""

    def __init__(self, context: Context, view: InspectionsView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = InspectionsPicture()

    def show(self, project: str) -> None:
        """Read the inspections of a project, and the permits whose work may be looked at."""
        desk, actor = self.context.desk, self.context.actor
        self.picture = InspectionsPicture(project)

        def read() -> InspectionsPicture:
            from csr_desk.services.inspection_lists import WhichInspections, inspection_board
            from csr_desk.services.permits import permits_of_project

            board = inspection_board(desk, actor, WhichInspections(project=project))
            of_project = [view.record for view in permits_of_project(desk, actor, project)]
            alive = tuple((one.number, one.description) for one in of_project if one.state in ALIVE)
            rows = tuple(one for lane in board for one in lane.rows)
            late = {number: days for lane in board for number, days in lane.late.items()}
            may = actor.may(Act.REQUEST_INSPECTION), actor.may(Act.RECORD_INSPECTION)
            return InspectionsPicture(project, rows, late, alive, *may)

        def show(found: InspectionsPicture) -> None:
            if self.picture.project == project:  # else another was asked for meanwhile
                self.picture = found
                self.view.show_picture(found)

        self.context.read(read, show)

    def row_at(self, at: int) -> Inspection | None:
        """The inspection of a row, or None."""
        return self.picture.rows[at] if 0 <= at < len(self.picture.rows) else None

    def can(self, step: str, at: int) -> bool:
        """Say whether a step is possible with the inspection of a row, for this person."""
        one, picture = self.row_at(at), self.picture
        may = picture.may_record if step in {"pass", "fail"} else picture.may_ask
        return one is not None and may and one.can(step)

    def ask(self) -> None:
        """Ask for an inspection: of which permit (where there are several), of what, when."""
        permits = self.picture.permits
        if len(permits) == 1:
            self._ask_kind(permits[0][0])
        elif permits:
            offered = [Choice(digit, f"{number}  {words}", number) for digit, (number, words) in _by_digit(permits)]
            self.context.shell.ask_reason(tr("The work of which permit?"), offered, self._ask_kind)

    def _ask_kind(self, permit: str) -> None:
        kinds = [
            Choice(digit, look_words(kind), kind.value) for digit, kind in zip(_DIGITS, InspectionKind, strict=True)
        ]
        self.context.shell.ask_reason(tr("What is looked at?"), kinds, lambda kind: self._ask_when(permit, kind))

    def _ask_when(self, permit: str, kind: str) -> None:
        fields = (
            Field("on", tr("Day"), hint=tr("empty: within the days of the policy")),
            Field("contact", tr("Who lets the inspector in")),
            Field("inspector", tr("Inspector"), hint=tr("empty: not known yet")),
        )

        def take(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import inspections

            on = self._day(keyed["on"])
            if isinstance(on, str):
                return on
            desk, actor = self.context.desk, self.context.actor
            command = inspections.RequestInspection(
                uuid4().hex, permit, InspectionKind(kind), keyed["contact"], on, keyed["inspector"]
            )
            self._do(
                lambda: inspections.request_inspection(desk, actor, command),
                lambda one: tr("{0} is asked for, due {1}.").format(one.number, us_date(one.due_on)),
            )
            return None

        title = tr("{0} of {1}").format(look_words(InspectionKind(kind)), permit)
        self.context.shell.ask_fields(title, fields, take, tr("Ask for it"), keep=True)

    def schedule(self, at: int) -> None:
        """Set a day for it, or another one."""
        one = self.row_at(at)
        if one is None or not self.can("schedule", at):
            return
        fields = (Field("on", tr("Day")), Field("inspector", tr("Inspector"), one.inspector))

        def take(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import inspections

            on = self._day(keyed["on"])
            if not isinstance(on, date):
                return on or tr("Say which day.")
            desk, actor = self.context.desk, self.context.actor
            command = inspections.ScheduleInspection(uuid4().hex, one.number, on, keyed["inspector"])
            self._do(
                lambda: inspections.schedule_inspection(desk, actor, command),
                lambda done: tr("{0} is set for {1}.").format(done.number, us_date(on)),
            )
            return None

        self.context.shell.ask_fields(tr("A day for {0}").format(one.number), fields, take, tr("Set it"), keep=True)

    def record(self, at: int, *, passed: bool) -> None:
        """Ask who looked, and of a failed one what is to be mended; then record it."""
        one = self.row_at(at)
        if one is None or not self.can("pass" if passed else "fail", at):
            return
        fields = (
            Field("inspector", tr("Who looked at it"), one.inspector),
            Field("result", tr("What they said") if passed else tr("What is to be mended")),
            Field("on", tr("Day"), hint=tr("empty: today")),
        )

        def take(keyed: dict[str, str]) -> str | None:
            from csr_desk.services import inspections

            on = self._day(keyed["on"])
            if isinstance(on, str):
                return on
            desk, actor = self.context.desk, self.context.actor
            command = inspections.RecordInspection(
                uuid4().hex, one.number, passed, keyed["inspector"], keyed["result"], on
            )
            self._do(lambda: inspections.record_inspection(desk, actor, command), _recorded)
            return None

        title = tr("{0} was passed") if passed else tr("{0} was failed")
        self.context.shell.ask_fields(title.format(one.number), fields, take, tr("Record it"), keep=True)

    def cancel(self, at: int) -> None:
        """Ask why, then call it off."""
        one = self.row_at(at)
        if one is None or not self.can("cancel", at):
            return
        offered = (tr("Not ready"), tr("Wrong permit"), tr("Asked for twice"))

        def take(reason: str) -> None:
            from csr_desk.services import inspections

            desk, actor = self.context.desk, self.context.actor
            command = inspections.CancelInspection(uuid4().hex, one.number, reason)
            self._do(
                lambda: inspections.cancel_inspection(desk, actor, command),
                lambda done: tr("{0} is called off.").format(done.number),
            )

        choices = [Choice(digit, text, text) for digit, text in _by_digit(offered)]
        self.context.shell.ask_reason(tr("Why is it called off?"), choices, take, free_text=True)

    def _day(self, keyed: str) -> date | str | None:
        """Read a day; nothing where none was keyed, a sentence where it is none."""
        if not keyed.strip():
            return None
        try:
            return parse_day(keyed, self.context.desk.today(), field="on")
        except BadInput as wrong:
            return wrong.message

    def _do(self, job: Callable[[], Done[Inspection]], said: Callable[[Inspection], str]) -> None:
        project = self.picture.project

        def done(one: Inspection) -> None:
            self.context.shell.banner(said(one), Tone.OK)
            self.view.pick(one.number)
            self.show(project)

        self.context.act(job, done)


def _by_digit(offered: tuple[T, ...]) -> list[tuple[str, T]]:
    return list(zip(_DIGITS, offered, strict=False))


def _recorded(one: Inspection) -> str:
    if one.permit_state == "finalled":
        return tr("{0} was passed: permit {1} is finished.").format(one.number, one.permit)
    said = tr("{0} was passed.") if one.state == "passed" else tr("{0} was failed. Tell the customer what to mend.")
    return said.format(one.number)
