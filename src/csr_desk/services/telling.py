"""One way to record what becomes of a project, a permit, a release and the like: the entry first, then its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import TypeAlias

from csr_desk.data.queries import Connection, payments, told
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about as subjects
from csr_desk.domain import numbering, telling
from csr_desk.domain.ledger import EntryDraft, Written
from csr_desk.domain.telling import Change
from csr_desk.services.desk import Desk

PROJECT = "project"

Files: TypeAlias = Mapping[str, bytes]
_NONE: Files = MappingProxyType({})


def told_draft(draft: EntryDraft, changes: Sequence[Change], about: Iterable[str] = ()) -> EntryDraft:
    """Return a draft that also tells these rows; a sale that issues a permit is written this way.

    What the draft is about already stays. A note of the draft must not have the name of a column that is told.
    """
    sets, notes = telling.laid_out(changes)
    twice = notes.keys() & draft.notes.keys()
    if twice:
        raise ValueError(f"Two texts of one entry have one name: {sorted(twice)}")
    named = draft.facts.get(subjects.ABOUT, ())
    told_of = sorted({*(named if isinstance(named, list | tuple) else ()), *about})
    facts = {**draft.facts, telling.SETS: sets, **({subjects.ABOUT: told_of} if told_of else {})}
    return replace(draft, facts=facts, notes={**draft.notes, **notes})


def remember(
    work: Work, written: Written, changes: Sequence[Change], about: Iterable[str] = (), files: Files = _NONE
) -> None:
    """Write the rows that an entry just told, and where it is found; nothing where the entry stood there before.

    ``files`` has the bytes of new rows of ``attachment`` by their key.
    """
    if written.replayed:
        return
    told.write(work.conn, written.key, changes, files)
    payments.note_about(work.conn, written.key, sorted(set(about)))


def tell(
    work: Work,
    desk: Desk,
    draft: EntryDraft,
    changes: Sequence[Change],
    about: Iterable[str] = (),
    files: Files = _NONE,
) -> Written:
    """Record an entry with the rows that it tells; raise Conflict where one was changed in the meantime."""
    about = tuple(about)
    written = work.append(told_draft(draft, changes, about), desk.now_text())
    remember(work, written, changes, about, files)
    return written


def next_number(
    conn: Connection, desk: Desk, series: str, year: int, after: Change | None = None
) -> tuple[str, Change]:
    """Give out the next number of a series (``numbering.FIXED``, or ``project``) and what the entry has to tell of it.

    Lock the ledger's series first (``work.lock_series``), then ask: so nobody waits in a circle. Where one entry needs
    several of a series, ``after`` is the change that the one before it gave.
    """
    pattern = desk.policy.project_pattern if series == PROJECT else numbering.FIXED[series]
    change = told.next_number(conn, series, year) if after is None else replace(after, version=after.version + 1)
    return numbering.numbered(pattern, year, change.version), change
