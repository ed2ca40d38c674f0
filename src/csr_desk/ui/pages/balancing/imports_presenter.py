"""Files of another system: picked, looked over with every fault, taken in whole or not at all. Knows no Qt."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar
from uuid import uuid4

from csr_desk.domain.changes import Done
from csr_desk.domain.import_columns import COLUMNS, ColumnMapping, ImportKind, lacking
from csr_desk.ui.context import Context, Field, Runner, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.catalogue_sheets import Fault
    from csr_desk.services.import_files import ImportFile
    from csr_desk.services.import_mappings import SavedMapping
    from csr_desk.services.import_pace import Pace
    from csr_desk.services.imports import LoadFile, Preview, Taken

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """A field of ours, the column of the file that it is read from, and what stands in the first row."""

    field: str
    title: str
    sample: str
    fixed: bool = False
    lacks: bool = False
    """It must be there and is not."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be done with a file: what its rows are, and by which columns."""

    kind: ImportKind = ImportKind.BILLS
    mapping: ColumnMapping | str | None = None
    """A mapping of one's own, the name of a saved one, or by the titles."""
    update: bool = False


@dataclass(slots=True)
class _State:
    wanted: Wanted = field(default_factory=Wanted)
    file: ImportFile | None = None
    seen: Preview | None = None
    key: str = ""


class ImportsScreen(Protocol):
    """What the panel can show."""

    def show_saved(self, saved: tuple[str, ...], chosen: str) -> None:
        """Offer the saved mappings of this kind of file."""

    def show_seen(self, seen: Preview | None) -> None:
        """Show what a file would do, or that none is looked at."""

    def show_faults(self, faults: tuple[Fault, ...], in_all: int) -> None:
        """Show every fault by its row."""

    def show_busy(self, said: str) -> None:
        """Say what is going on; empty when nothing is."""

    def show_taken(self, taken: Taken) -> None:
        """Show what a file brought."""

    def tell(self, done: int, every: int) -> None:
        """Say how far it is; called from the thread that works."""


class ImportsPresenter:
    """Looks a file over away from the window, and takes it in when told; one thing at a time, and it can be stopped."""

    def __init__(self, context: Context, screen: ImportsScreen, runner: Callable[[], Runner]) -> None:
        """``runner`` gives whoever works away from the window, so that the counter never waits for a file."""
        self._context = context
        self._screen = screen
        self._runner = runner
        self._state = _State()
        self._saved: tuple[SavedMapping, ...] = ()
        self._stopping = threading.Event()
        self.busy = False

    # ---- what stands

    @property
    def wanted(self) -> Wanted:
        """What is to be done with the file."""
        return self._state.wanted

    @property
    def seen(self) -> Preview | None:
        """What the file in front would do."""
        return self._state.seen

    @property
    def may_take(self) -> bool:
        """Whether there is a file without a fault that brings something."""
        seen = self._state.seen
        return not self.busy and seen is not None and not seen.faults_in_all and bool(seen.new + seen.changed)

    @property
    def may_look(self) -> bool:
        """Whether there is a file to look at."""
        return not self.busy and self._state.file is not None

    def columns(self) -> tuple[ColumnRow, ...]:
        """The fields of this kind of file and where each comes from."""
        seen = self._state.seen
        if seen is None:
            return ()
        needed = lacking(seen.kind, seen.mapping)
        first: Mapping[str, str] = seen.sample[0] if seen.sample else {}
        return tuple(
            ColumnRow(
                one.name,
                seen.mapping.columns.get(one.name, seen.mapping.fixed.get(one.name, "")),
                first.get(one.name, ""),
                one.name in seen.mapping.fixed,
                one.name in needed,
            )
            for one in COLUMNS[seen.kind]
        )

    # ---- what a person does

    def load(self) -> None:
        """Read the saved mappings."""
        desk, actor = self._context.desk, self._context.actor

        def read() -> tuple[SavedMapping, ...]:
            from csr_desk.services.import_mappings import saved_mappings

            return saved_mappings(desk, actor)

        self._context.read(read, self._show_saved)

    def choose(self, path: Path) -> None:
        """Read a file and look it over."""
        self._state.file = None
        self._look(lambda: _read_file(path))

    def look(self) -> None:
        """Look the file over again, as it was read."""
        file = self._state.file
        if file is not None:
            self._look(lambda: file)

    def set_kind(self, kind: ImportKind) -> None:
        """Say what the rows are; the columns are found by their titles."""
        self._want(Wanted(kind, update=self.wanted.update))
        self._show_saved(self._saved)

    def set_mapping(self, name: str) -> None:
        """Go by a saved mapping, or by the titles where the name is empty."""
        self._want(Wanted(self.wanted.kind, name or None, self.wanted.update))

    def set_update(self, *, update: bool) -> None:
        """Take over what is known otherwise, or call it a fault."""
        self._want(Wanted(self.wanted.kind, self.wanted.mapping, update))

    def set_column(self, name: str, title: str) -> None:
        """Read a field from a column (or from none); a column that another field had is taken from it."""
        seen = self._state.seen
        if seen is None or seen.mapping.columns.get(name, "") == title:
            return
        columns = {one: other for one, other in seen.mapping.columns.items() if other != title and one != name}
        fixed = {one: text for one, text in seen.mapping.fixed.items() if one != name}
        mapping = ColumnMapping({**columns, name: title} if title else columns, fixed)
        self._want(Wanted(self.wanted.kind, mapping, self.wanted.update))

    def ask_fixed(self, name: str) -> None:
        """Ask what stands in every row for a field; nothing keyed takes it away again."""
        row = next((one for one in self.columns() if one.field == name), None)
        if row is None or self.busy:
            return
        words = name.replace("_", " ")
        field = Field(
            "text", tr("“{field}” in every row").format(field=words), row.title if row.fixed else "", tr("empty: none")
        )

        def take(keyed: dict[str, str]) -> str | None:
            self.set_fixed(name, keyed["text"])
            return None

        self._context.shell.ask_fields(tr("The same in every row"), (field,), take)

    def set_fixed(self, name: str, text: str) -> None:
        """Say what stands in every row for a field; it is read from no column then."""
        seen = self._state.seen
        text = text.strip()
        if seen is None or seen.mapping.fixed.get(name, "") == text:
            return
        columns = {one: title for one, title in seen.mapping.columns.items() if one != name or not text}
        fixed = {one: other for one, other in seen.mapping.fixed.items() if one != name}
        mapping = ColumnMapping(columns, {**fixed, name: text} if text else fixed)
        self._want(Wanted(self.wanted.kind, mapping, self.wanted.update))

    def take(self) -> None:
        """Take the file in, all of it or nothing; under the same key until it went well."""
        file = self._state.file
        if file is None or not self.may_take:
            return
        desk, actor, command = self._context.desk, self._context.actor, self._command(file)

        def job() -> Done[Taken]:
            from csr_desk.services.imports import load_file

            return load_file(desk, actor, command, self._pace())

        self._work(job, self._taken, tr("{0} is taken in …").format(file.name))

    def stop(self) -> None:
        """Break off what goes on; nothing is taken over."""
        self._stopping.set()

    def save_mapping(self) -> None:
        """Keep which column is which under a name."""
        seen = self._state.seen
        if seen is None or self.busy:
            return
        name = self.wanted.mapping if isinstance(self.wanted.mapping, str) else ""
        self._context.shell.ask_fields(
            tr("Keep these columns"), (Field("name", tr("Name"), name, tr("such as “Water billing”")),), self._keep
        )

    def _keep(self, values: dict[str, str]) -> str | None:
        seen = self._state.seen
        if not values["name"].strip() or seen is None:
            return tr("Key a name.")
        from csr_desk.services.import_mappings import SaveMapping, save_mapping

        desk, actor = self._context.desk, self._context.actor
        command = SaveMapping(uuid4().hex, values["name"], seen.kind, seen.mapping)
        self._context.act(lambda: save_mapping(desk, actor, command), self._kept)
        return None

    def _kept(self, saved: SavedMapping) -> None:
        self._state.wanted = Wanted(saved.kind, saved.name, self.wanted.update)
        self._context.shell.banner(tr("The columns are kept as “{0}”.").format(saved.name), Tone.OK)
        self.load()

    # ---- how it is done

    def _want(self, wanted: Wanted) -> None:
        self._state.wanted = wanted
        self._forget()
        self.look()

    def _forget(self) -> None:
        self._state.seen = None
        self._screen.show_seen(None)

    def _look(self, read: Callable[[], ImportFile]) -> None:
        if self.busy:
            return
        self._forget()
        self._state.key = uuid4().hex
        desk, actor, command = self._context.desk, self._context.actor, self._command

        def job() -> tuple[ImportFile, Preview]:
            from csr_desk.services.imports import preview

            file = read()
            return file, preview(desk, actor, command(file), self._pace())

        self._work(job, self._seen, tr("The file is looked over …"))

    def _command(self, file: ImportFile) -> LoadFile:
        from csr_desk.services.imports import LoadFile

        return LoadFile(self._state.key, self.wanted.kind, file, self.wanted.mapping, self.wanted.update)

    def _pace(self) -> Pace:
        from csr_desk.services.import_pace import Pace

        return Pace(self._screen.tell, self._stopping.is_set)

    def _work(self, job: Callable[[], T], done: Callable[[T], None], said: str) -> None:
        self.busy = True
        self._stopping.clear()
        self._screen.show_busy(said)

        def finished(value: T) -> None:
            self._rest()
            done(value)

        self._runner().run(job, finished, self._failed)

    def _rest(self) -> None:
        self.busy = False
        self._screen.show_busy("")

    def _failed(self, error: Exception) -> None:
        from csr_desk.services.import_pace import Stopped
        from csr_desk.services.imports import FaultyFile

        self._rest()
        if isinstance(error, Stopped):
            self._context.shell.banner(tr("Stopped; nothing was taken over."), Tone.WARN)
        elif isinstance(error, FaultyFile):
            self._forget()
            self._screen.show_faults(error.faults, error.in_all)
            self._context.shell.banner(tr("Nothing was taken over: the file has faults."), Tone.BAD)
        else:
            self._context.shell.problem(error)

    def _seen(self, found: tuple[ImportFile, Preview]) -> None:
        self._state.file, self._state.seen = found
        self._screen.show_seen(found[1])
        if found[1].faults_in_all:
            self._screen.show_faults(found[1].faults, found[1].faults_in_all)

    def _taken(self, done: Done[Taken]) -> None:
        taken = done.value
        self._state.file = self._state.seen = None
        self._screen.show_seen(None)
        self._screen.show_taken(taken)
        words = tr("{0} rows are taken in: {1} new, {2} changed, {3} known already. Load {4} is in the ledger.")
        counts = (f"{count:,}" for count in (taken.rows, taken.new, taken.changed, taken.same))
        self._context.shell.banner(words.format(*counts, taken.load), Tone.OK)
        self._context.shell.announce(done.topics)

    def _show_saved(self, saved: tuple[SavedMapping, ...]) -> None:
        self._saved = saved
        names = tuple(one.name for one in saved if one.kind is self.wanted.kind)
        chosen = self.wanted.mapping
        self._screen.show_saved(names, chosen if isinstance(chosen, str) else "")


def _read_file(path: Path) -> ImportFile:
    from csr_desk.services.import_files import read_import_file

    return read_import_file(path)
