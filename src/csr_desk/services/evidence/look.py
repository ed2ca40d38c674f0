"""What the tests of the controls look at: one state of the ledger, apart from the people who go on working.

On SQLite a backup is made, opened in a folder of its own, and everything is read there: selling never waits for a look,
and the copy is the rehearsal of a restore (control 54). A server gives one state to read by itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from csr_desk.data import backup, guard_trials
from csr_desk.data.engine import open_store
from csr_desk.data.guard_trials import Attempt
from csr_desk.data.queries import revenue
from csr_desk.domain.evidence import SeriesHead
from csr_desk.services.desk import Desk, desk_of
from csr_desk.services.period_facts import Period
from csr_desk.services.verification import Report, verify_desk


@dataclass
class Look(Period):
    """A period with what was tried and recomputed beside it."""

    attempts: tuple[Attempt, ...]
    """Changes of the ledger that were tried on the office's own database, and rolled back."""
    heads: tuple[SeriesHead, ...]
    """Where the office's own database stood when the look began."""
    verified: Report
    """What recomputing every entry said."""
    from_copy: bool
    """True where all this is read from a restored backup."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is taken from the office's own database, quickly, before the long look begins."""

    url: str
    """The backup on SQLite, the server otherwise."""
    key_folder: Path | None
    attempts: tuple[Attempt, ...]
    heads: tuple[SeriesHead, ...]
    from_copy: bool


def prepare(desk: Desk, folder: Path) -> Prepared:
    """Try to change the ledger, note where it stands, and on SQLite make a backup in ``folder``; raise Trouble."""
    attempts = guard_trials.try_to_change(desk.store)
    with desk.read() as work:
        heads = tuple(SeriesHead(*row) for row in revenue.heads(work.conn))
    file = desk.store.file
    if file is None:
        url = desk.store.address.render_as_string(hide_password=False)
        return Prepared(url, desk.store.key_folder, attempts, heads, from_copy=False)
    copy = backup.copy_file(file, folder / "rehearsal.sqlite")
    return Prepared(f"sqlite:///{copy}", desk.store.key_folder, attempts, heads, from_copy=True)


@contextmanager
def opened(prepared: Prepared, desk: Desk, first: date, last: date) -> Iterator[Look]:
    """Open what was prepared on connections of its own, recompute it, and look at one state of it."""
    store = open_store(prepared.url, key_folder=prepared.key_folder)
    try:
        apart = desk_of(store, clock=desk.clock)
        verified = verify_desk(apart)
        with apart.read() as work:
            yield Look(
                desk=apart, conn=work.conn, first=first, last=last, attempts=prepared.attempts, heads=prepared.heads,
                verified=verified, from_copy=prepared.from_copy,
            )  # fmt: skip
    finally:
        store.close()


@contextmanager
def look_at(desk: Desk, first: date, last: date) -> Iterator[Look]:
    """Prepare and open in one go, in a folder that goes away."""
    with (
        tempfile.TemporaryDirectory(prefix="csr-desk-") as folder,
        opened(prepare(desk, Path(folder)), desk, first, last) as look,
    ):
        yield look
