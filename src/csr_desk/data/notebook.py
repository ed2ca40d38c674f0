"""What a station notes of the act it is doing, so that its next start can say whether the act was recorded.

One file of one fixed size for each open window, overwritten in place by a single write: the death of the program
leaves the old page or the new one, a full disk has its room already. It is not synced: after a power cut the page may
be an older one or unreadable, and the start says no more than it knows (``docs/decisions/0017``).
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from csr_desk import durable, locations
from csr_desk.data.instance_lock import InstanceLock
from csr_desk.domain.errors import Trouble
from csr_desk.domain.ledger import ANY_DAY, EntryDraft, EventKind
from csr_desk.domain.money import Cents

SIZE = 2_048
"""Bytes of a page; a page of memory holds it whole."""

NOTED = (frozenset(EventKind) - ANY_DAY) | {EventKind.EXPORT, EventKind.DEPOSIT_CONFIRMED}
"""The acts that are noted: whatever moves money or says where it is."""

_WINDOWS = 16
"""Windows that one station may have open on one database."""


@dataclass(frozen=True, slots=True)
class NotedAct:
    """An act as it was about to be made final."""

    key: str
    """Its idempotency key: what the ledger is asked for."""
    series: str
    kind: str
    actor: str
    at: str
    """UTC, as the ledger writes it."""
    amount: Cents | None = None
    """What its tenders come to; None where it has none."""


@dataclass(frozen=True, slots=True)
class Page:
    """What stands in the notebook."""

    act: NotedAct | None = None
    """The last act that was about to be made final; None before the first."""
    stopped: bool = False
    """Recording had stopped after an error of the disk, or because the ledger did not verify."""


@dataclass
class Notebook:
    """The open notebook of one window; ``left`` is what windows that died had noted."""

    path: Path
    left: tuple[Page, ...]
    page: Page = field(default_factory=Page)
    _handle: int = -1
    _locks: list[tuple[Path, InstanceLock]] = field(default_factory=list)

    def note(self, draft: EntryDraft, at: str) -> None:
        """Note an act before it is made final; raise OSError where the station's disk fails."""
        amount = sum(row.amount for row in draft.tenders) if draft.tenders else None
        act = NotedAct(draft.idem_key, draft.series, draft.kind.value, draft.actor, at, amount)
        self._write(replace(self.page, act=act))

    def stop(self) -> None:
        """Note that recording stopped; a disk that takes not even that leaves the act, which leads to the same."""
        try:
            self._write(replace(self.page, stopped=True))
        except OSError:
            self.page = replace(self.page, stopped=True)

    @property
    def open_questions(self) -> tuple[Page, ...]:
        """What must be answered before anything more is recorded."""
        own = (self.page,) if self.page.stopped and self.page not in self.left else ()
        return (*self.left, *own)

    def settled(self) -> None:
        """Everything that was left is answered and the ledger verified: begin with a clean page."""
        self._write(Page())
        for path, lock in self._locks[1:]:
            path.unlink(missing_ok=True)
            lock.release()
        del self._locks[1:]
        self.left = ()

    def close(self) -> None:
        """A clean end leaves nothing, unless something has still to be answered."""
        if self._handle < 0:
            return
        os.close(self._handle)
        self._handle = -1
        if not self.left and not self.page.stopped:
            self.path.unlink(missing_ok=True)
        for _, lock in self._locks:
            lock.release()
        self._locks.clear()

    def _write(self, page: Page) -> None:
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, _bytes_of(page))
        self.page = page


def place_of(install_uuid: str, url: str) -> tuple[Path, str]:
    """Return the folder of this station's notebooks and the name of those of a database (a copy of it has its own)."""
    return locations.data_folder() / "in-flight", f"{install_uuid}-{sha256(url.encode()).hexdigest()[:12]}"


def open_notebook(folder: Path, name: str) -> Notebook:
    """Open the notebook of a database for one window; raise Trouble where this station cannot write its folder."""
    try:
        durable.make_folder(folder, durable.PRIVATE_FOLDER)
        locks = _free(folder, name)
        left = tuple(page for path, _ in locks if (page := read_page(path)) is not None)
        own = locks[0][0]
        handle = os.open(own, os.O_RDWR | os.O_CREAT, durable.PRIVATE_FILE)
        book = Notebook(own, left, read_page(own) or Page(), handle, locks)
        book._write(book.page)  # noqa: SLF001 - takes its room on the disk now, while there is some
    except OSError as error:
        raise Trouble(
            f"This station cannot write to {folder}: {error.strerror}. Without that nobody could say after a failure "
            "whether the last payment was recorded."
        ) from error
    return book


def _free(folder: Path, name: str) -> list[tuple[Path, InstanceLock]]:
    """Lock the first free notebook, and all that were left behind by windows that are gone."""
    locks: list[tuple[Path, InstanceLock]] = []
    for number in range(_WINDOWS):
        path = folder / f"{name}-{number}.note"
        if locks and not path.exists():
            continue
        try:
            locks.append((path, InstanceLock(path)))
        except Trouble:
            continue
    if not locks:
        raise Trouble(f"{_WINDOWS} windows are open on this database already. Use one of them.")
    return locks


def read_page(path: Path) -> Page | None:
    """Read what a notebook says; None where it is not there, or nothing was ever written to it.

    A page without an act is one all the same: its window ended in the middle, maybe because its disk took nothing any
    more. One that cannot be read (a power cut) is taken for the worst: that recording had stopped.
    """
    if not path.exists():
        return None
    with path.open("rb") as file:
        content = file.read(SIZE + 1)
    if not content:
        return None
    digest, _, rest = content.partition(b" ")
    line = rest.partition(b"\n")[0]
    if sha256(line).hexdigest().encode() != digest:
        return Page(stopped=True)
    try:
        values: dict[str, Any] = json.loads(line)
        act = values["act"]
        return Page(NotedAct(**act) if act else None, values["stopped"])
    except (ValueError, LookupError, TypeError, RecursionError):
        return Page(stopped=True)


def has_stopped(folder: Path, name: str) -> bool:
    """Say whether a window on this station stopped recording and the database was not verified since.

    Raises Trouble where this station's folder cannot be read: then nobody knows.
    """
    try:
        paths = folder.glob(f"{name}-*.note") if folder.is_dir() else ()
        return any(page.stopped for path in paths if (page := read_page(path)) is not None)
    except OSError as error:
        raise Trouble(
            f"This station cannot read {folder}: {error.strerror}. Without that nobody can say whether recording had "
            "stopped here. Start CSR Desk as the user whose folder it is, or name another with CSR_DESK_HOME."
        ) from error


def _bytes_of(page: Page) -> bytes:
    line = json.dumps(asdict(page), separators=(",", ":")).encode()
    return (sha256(line).hexdigest().encode() + b" " + line + b"\n").ljust(SIZE, b"\n")
