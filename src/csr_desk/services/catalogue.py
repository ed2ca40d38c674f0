"""Which catalogue the office sells from; a new release is taken over whole, and recorded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from csr_desk.data.queries import office
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.founding import content_mark
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.services import announcements
from csr_desk.services.catalogue_exchange import import_catalogue
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.releases import catalogue_of, release_row


@dataclass(frozen=True, slots=True)
class LoadRelease:
    """Take over the catalogue of a CSV folder or workbook."""

    key: str
    path: Path


@dataclass(frozen=True, slots=True)
class LoadedRelease:
    """A release that is in force now."""

    label: str
    items: int
    content_hash: str


def catalogue(desk: Desk) -> Catalogue:
    """Return the catalogue in force."""
    return desk.catalogue


def load_release(desk: Desk, actor: Actor, command: LoadRelease) -> Done[LoadedRelease]:
    """Take a catalogue over, all or nothing, and post what it changes (I2); raise FaultyCatalogue with every fault."""
    actor.require(Act.LOAD_CATALOGUE)
    found = import_catalogue(command.path)
    content = content_of(desk, actor.user, (command.key, found.content_hash))  # where its files lay is no matter
    done = LoadedRelease(found.label, len(found.items), found.content_hash)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(done, replayed=True)
        before = office.current_release(work.conn)
        take_over(work, desk, actor, (command.key, content, found))
        if before is not None:
            announcements.announce_release(work, desk, actor, (catalogue_of(before), found), command.key)
    desk.take_catalogue(found)
    return Done(done, frozenset({Topic.CATALOGUE, Topic.NOTICES}))


def take_over(work: Work, desk: Desk, actor: Actor, what: tuple[str, str, Catalogue]) -> None:
    """Keep a release and write its entry with the mark of its bytes; ``what`` is key, content hash and catalogue."""
    key, content, found = what
    now = desk.now_text()
    number = office.count_releases(work.conn) + 1
    row = release_row(desk.office.office_id, number, found, (actor.user, now))
    work.append(
        EntryDraft(
            series=desk.office_series,
            kind=EventKind.CATALOGUE_LOADED,
            business_date=desk.today(),
            actor=actor.user,
            idem_key=key,
            content_hash=content,
            facts={
                "label": found.label, "items": len(found.items), "content": found.content_hash,
                "sha256": content_mark(row["content"]), "demonstration": int(found.demonstration),
            },
        ),
        now,
    )  # fmt: skip
    office.insert_release(work.conn, row)
