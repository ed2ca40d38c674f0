"""After a storm: a list of addresses looked over, then asked for and sent as one emergency batch. Knows no Qt.

The list is long: it is looked at and sent on a thread of its own, says how far it is, and can be stopped until then.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import uuid4

from csr_desk.domain.errors import Refusal
from csr_desk.domain.release_register import BatchView
from csr_desk.ui.context import Context, Runner, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.domain.changes import Done
    from csr_desk.services.import_pace import Pace
    from csr_desk.services.service_release_list import ListLine, LookedAt
    from csr_desk.services.service_release_storm import ManyRequested

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Wires:
    """A company that a storm's list can go to."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of the list and what becomes of it."""

    text: str
    permit: str
    words: str
    tone: str


@dataclass(slots=True)
class _Keys:
    """The two acts of one list, made once however often they are tried."""

    request: str = field(default_factory=lambda: uuid4().hex)
    batch: str = field(default_factory=lambda: uuid4().hex)


class StormScreen(Protocol):
    """What the sheet can show."""

    def show_looked(self, rows: tuple[LineRow, ...], words: str, *, goes: int) -> None:
        """Show what becomes of each line; ``goes`` of them would be sent."""

    def show_text(self, text: str) -> None:
        """Show the lines of a file."""

    def show_busy(self, said: str) -> None:
        """Say what is going on; empty when nothing is."""

    def say_fault(self, text: str) -> None:
        """Say what is wrong with what was keyed."""

    def tell(self, done: int, every: int) -> None:
        """Say how far it is; called from the thread that works."""

    def close_sheet(self) -> None:
        """It is done."""


class StormPresenter:
    """One list at a time."""

    def __init__(
        self, context: Context, runner: Callable[[], Runner], rest: Callable[[], None], after: Callable[[], None]
    ) -> None:
        """``runner`` gives whoever works away from the window, ``rest`` lets them go; ``after`` follows a batch."""
        self._context = context
        self._runner, self._let_go, self._after = runner, rest, after
        self._stopping = threading.Event()
        self._screen: StormScreen | None = None
        self._looked: tuple[LookedAt, ...] = ()
        self._keys = _Keys()
        self.busy = False

    def start(self, then: Callable[[tuple[Wires, ...]], None]) -> None:
        """Read which companies there are; without one there is nobody to send to."""
        desk, actor = self._context.desk, self._context.actor

        def read() -> tuple[Wires, ...]:
            from csr_desk.services.service_release_list import wires_companies

            return tuple(Wires(number, name) for number, name in wires_companies(desk, actor))

        def show(found: tuple[Wires, ...]) -> None:
            if found:
                then(found)
            else:
                self._context.shell.banner(tr("No electric company stands in the directory."), Tone.WARN)

        self._context.read(read, show)

    def attach(self, screen: StormScreen) -> None:
        """The sheet is open."""
        self._screen = screen

    def leave(self) -> None:
        """The sheet was closed: what is only looked at is broken off."""
        self._screen = None
        self.stop()

    def stop(self) -> None:
        """Break off what goes on; nothing was told."""
        self._stopping.set()

    @property
    def goes(self) -> int:
        """How many lines would be sent."""
        return sum(one.goes for one in self._looked)

    def forget(self) -> None:
        """What was keyed is otherwise now: it has to be looked over again."""
        if self._looked:
            self._looked, self._keys = (), _Keys()
            if self._screen is not None:
                self._screen.show_looked((), "", goes=0)

    def take_file(self, path: Path) -> None:
        """Put the lines of a file into the list."""

        def read() -> tuple[ListLine, ...]:
            from csr_desk.services.files_read import read_bounded
            from csr_desk.services.service_release_list import LARGEST_LIST, read_list

            return read_list(read_bounded(path, LARGEST_LIST))

        def show(lines: tuple[ListLine, ...]) -> None:
            if self._screen is not None:
                self._screen.show_text("\n".join(f"{one.text} {one.premise}".strip() for one in lines))

        self._context.read(read, show, self._failed_to_read)

    def look(self, company: str, text: str) -> None:
        """Look over what was keyed."""
        if self.busy:
            return
        self.forget()
        desk, actor = self._context.desk, self._context.actor

        def job() -> tuple[LookedAt, ...]:
            from csr_desk.services import service_release_list as listed

            lines = listed.typed_lines(text)
            return listed.look_over(desk, actor, company, lines, self._pace(len(lines)))

        self._work(job, self._show, tr("The list is looked over …"))

    def send(self, company: str, reason: str) -> None:
        """Ask for all that can be asked for, and send what lacks nothing as one emergency batch."""
        if self.busy or not self.goes or self._screen is None:
            return
        if not reason.strip():
            self._screen.say_fault(tr("Say which storm it was: it stands in the record."))
            return
        desk, actor, keys = self._context.desk, self._context.actor, self._keys
        wishes = tuple(one.wish for one in self._looked if one.wish is not None)

        def job() -> tuple[ManyRequested, Done[BatchView]]:
            from csr_desk.documents.release_batch import release_batch_pdf
            from csr_desk.services import service_release_batches as batches
            from csr_desk.services import service_release_storm as storm

            many = storm.RequestMany(keys.request, wishes, reason)
            asked = storm.request_many(desk, actor, many, self._pace(len(wishes))).value
            command = batches.MakeBatch(keys.batch, company, "emergency")
            return asked, batches.make_batch(desk, actor, command, release_batch_pdf)

        self._work(job, self._sent, tr("They are asked for and sent …"))

    # ---- how it is done

    def _pace(self, lines: int) -> Pace:
        from csr_desk.services.import_pace import Pace

        return Pace(self._tell, self._stopping.is_set, about=lines, times=1)

    def _tell(self, done: int, every: int) -> None:
        if (screen := self._screen) is not None:
            screen.tell(done, every)

    def _work(self, job: Callable[[], T], done: Callable[[T], None], said: str) -> None:
        self.busy = True
        self._stopping.clear()
        if self._screen is not None:
            self._screen.say_fault("")
            self._screen.show_busy(said)

        def finished(value: T) -> None:
            self._rest()
            done(value)

        self._runner().run(job, finished, self._failed)

    def _rest(self) -> None:
        self.busy = False
        self._let_go()
        if self._screen is not None:
            self._screen.show_busy("")

    def _show(self, looked: tuple[LookedAt, ...]) -> None:
        self._looked = looked
        if self._screen is not None:
            ranked = sorted(looked, key=lambda one: (one.goes, one.wish is not None))
            self._screen.show_looked(tuple(map(line_row, ranked)), _summary(looked), goes=self.goes)

    def _sent(self, done: tuple[ManyRequested, Done[BatchView]]) -> None:
        asked, made = done
        batch = made.value
        said = tr("Batch {number}: {count} releases to {company} after a storm.").format(
            number=batch.number, count=f"{batch.releases:,}", company=batch.company_name
        )
        held, refused = len(batch.held_back), len(asked.refused)
        if batch.state == "made":
            said += " " + tr("Hand it over, then say that it went out.")
        if held:
            said += " " + tr("Held back until nothing is missing: {0}.").format(f"{held:,}")
        if refused:
            said += " " + tr("Could not be asked for: {0}.").format(f"{refused:,}")
        if self._screen is not None:
            self._screen.close_sheet()
        self._context.shell.banner(said, Tone.WARN if held or refused or batch.state == "made" else Tone.OK)
        self._context.shell.announce(made.topics)
        self._after()

    def _failed(self, error: Exception) -> None:
        from csr_desk.services.import_pace import Stopped

        self._rest()
        if isinstance(error, Stopped):
            if self._screen is not None:
                self._screen.say_fault(tr("Stopped: nothing was asked for, and nothing was sent."))
            return
        self._failed_to_read(error)

    def _failed_to_read(self, error: Exception) -> None:
        if isinstance(error, Refusal) and self._screen is not None:
            self._screen.say_fault(error.message)
        else:
            self._context.shell.problem(error)


def line_row(one: LookedAt) -> LineRow:
    """A line in words: it goes, it is held back, or it cannot be asked for."""
    if one.goes:
        return LineRow(one.line.text, one.permit, tr("will be sent"), "ok")
    words = " ".join(one.sentences)
    if one.wish is None:
        return LineRow(one.line.text, one.permit, words, "bad")
    return LineRow(one.line.text, one.permit, tr("held back: {0}").format(words), "warn")


def _summary(looked: tuple[LookedAt, ...]) -> str:
    goes = sum(one.goes for one in looked)
    held = sum(one.wish is not None and not one.goes for one in looked)
    words = tr("Will be sent: {0} · asked for and held back: {1} · not asked for: {2}")
    return words.format(*(f"{count:,}" for count in (goes, held, len(looked) - goes - held)))
