"""What a company gets: the batch as a file for its system and a paper for its people, in one mail from the outbox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import TypeAlias

from csr_desk.data.models import inspection, release_batch
from csr_desk.data.queries import Connection, people, told
from csr_desk.data.queries.told import Record
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.errors import MissingInput
from csr_desk.domain.outbox import Attached, Message
from csr_desk.domain.people import Actor
from csr_desk.domain.release_register import BatchPaper, BatchRow, ReleaseView
from csr_desk.domain.telling import Change
from csr_desk.services import outbox, telling
from csr_desk.services.desk import Desk
from csr_desk.services.spreadsheet_text import write_rows

Render: TypeAlias = Callable[[BatchPaper], bytes]
"""Draws a batch as a PDF (``documents.release_batch``)."""

COLUMNS = (
    "release", "service", "address", "premise", "permit", "inspected on", "no permit because", "emergency",
    "confirmation", "rejected because",
)  # fmt: skip
"""The file of a batch. The last two are empty: filled in and sent back they are its acknowledgement."""


@dataclass(frozen=True, slots=True)
class ToSend:
    """What goes to a company together; ``by_mail`` queues it, else it waits until somebody says how it was sent."""

    key: str
    """The command's."""
    company: Record
    kind: str
    """``daily``, ``emergency`` or ``single``."""
    views: Sequence[ReleaseView]
    by_mail: bool


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A batch that is about to be told, with its mail queued already where one goes out."""

    changes: tuple[Change, ...]
    batch: str | None


def outgoing(work: Work, desk: Desk, actor: Actor, wanted: ToSend, render: Render | None) -> Outgoing:
    """Lay a batch out and queue its mail where it goes by mail; raise MissingInput where no address is kept."""
    wires = wanted.company
    number, counted = telling.next_number(work.conn, desk, "release_batch", desk.today().year)
    paper = paper_of(desk, work.conn, actor, (number, desk.today()), wanted)
    content = csv_of(paper)
    values = {
        "company_id": wires["company_id"],
        "kind": wanted.kind,
        "on_date": desk.today().isoformat(),
        "releases": len(wanted.views),
        "file_hash": sha256(content).hexdigest(),
        "state": "made",
    }
    if wanted.by_mail:
        mail = _message(wanted.key, wires, paper, content, render)
        values |= {"state": "sent", "sent_at": desk.now_text(), "message_no": outbox.queue(work, desk, actor, mail)}
    return Outgoing((counted, told.added(release_batch, (number,), values)), number)


def paper_of(desk: Desk, conn: Connection, actor: Actor, which: tuple[str, date], sent: ToSend) -> BatchPaper:
    """Return a batch (its number, its day) as it goes out, its releases by address."""
    number, on = which
    by_site = sorted(sent.views, key=lambda view: (view.site.casefold(), view.number))
    return BatchPaper(
        office=desk.office,
        number=number,
        kind=sent.kind,
        company=sent.company["company_id"],
        company_name=sent.company["name"],
        on=on,
        made_by=people.names(conn).get(actor.user, actor.name),
        rows=tuple(_row(conn, view) for view in by_site),
    )


def csv_of(paper: BatchPaper) -> bytes:
    """Write a batch as CSV; the address stands in it exactly as permitted."""
    rows = [
        (
            row.number, row.kind.value, row.site, row.premise, row.permit,
            row.inspected_on.isoformat() if row.inspected_on else "", row.manual, "yes" if row.emergency else "",
            "", "",
        )
        for row in paper.rows
    ]  # fmt: skip
    return write_rows((COLUMNS, *rows))


def _row(conn: Connection, view: ReleaseView) -> BatchRow:
    looked = told.record(conn, inspection, view.inspection) if view.inspection else None
    passed = looked["inspected_on"] if looked else None
    return BatchRow(
        number=view.number,
        kind=view.kind,
        site=view.site,
        premise=view.premise,
        permit=view.permit,
        inspected_on=date.fromisoformat(passed) if passed else None,
        manual=view.manual.replace("_", " "),
        emergency=view.emergency,
    )


def _message(key: str, wires: Record, paper: BatchPaper, content: bytes, render: Render | None) -> Message:
    if not wires["send_to"]:
        raise MissingInput(f"No mail address of {wires['name']} is kept. A supervisor adds it.", field="company")
    count = len(paper.rows)
    noun = "service release" if count == 1 else "service releases"
    urgent = "EMERGENCY: " if paper.kind == "emergency" else ""
    name = f"releases-{paper.number}"
    files = [Attached(f"{name}.csv", "text/csv", content)]
    if render is not None:
        files.insert(0, Attached(f"{name}.pdf", "application/pdf", render(paper)))
    on = f"{paper.on.month}/{paper.on.day}/{paper.on.year}"
    body = (
        f"{paper.office.name} releases {count:,} {noun} to {paper.company_name} with batch {paper.number} of "
        f"{on}.\n\nEach address is exactly as permitted. Please send the file back with a "
        "confirmation for each release, or with the reason why it is rejected.\n"
    )
    return Message(
        key=f"{key}-mail",
        kind="release_batch",
        recipient=wires["send_to"],
        title=f"{urgent}{paper.office.name}: {count:,} {noun}, batch {paper.number}",
        body=body,
        subject=about.release_batch(paper.number),
        company=wires["company_id"],
        files=tuple(files),
    )
