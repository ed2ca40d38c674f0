"""Files of a request: photographs, letters, scans; told with their hash, no larger than the city allows (H1)."""

from __future__ import annotations

from dataclasses import dataclass

from csr_desk.data.models import attachment
from csr_desk.data.queries import adjustments, told
from csr_desk.data.queries.adjustments import FileRecord
from csr_desk.domain import about
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_steps import REQUEST
from csr_desk.domain.requests import Request
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.documents_kept import MEGABYTE, MOST_FILES, NewDocument, media_of, name_of, unchanged
from csr_desk.services.receipts import earlier_event
from csr_desk.services.requests import one, row_of, subjects_of

TOPICS = frozenset({Topic.REQUESTS})


@dataclass(frozen=True, slots=True)
class AttachFile:
    """Put a file to a request; what it is is read from its bytes."""

    key: str
    request: str
    file: NewDocument


def attach_file(desk: Desk, actor: Actor, command: AttachFile) -> Done[Request]:
    """Attach a file; raise NotFound, NotPermitted, WrongState (it is closed), BadInput (empty, too large, twice …)."""
    actor.require(Act.TAKE_REQUEST)
    content = content_of(desk, actor.user, (command.key, command.request, command.file.name, command.file.sha256))
    name, media = name_of(command.file), _checked(desk, command.file)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["request"])), replayed=True)
        row = row_of(work.conn, actor, command.request)
        REQUEST.after("work_on", row["state"])
        number = str(row["request_no"])
        had = adjustments.files_of(work.conn, about.request(number))
        if command.file.sha256 in {one.sha256 for one in had}:
            raise BadInput(f"“{name}” is attached already.", field="file")
        if len(had) >= MOST_FILES:
            raise BadInput(f"At most {MOST_FILES} files belong to one request.", field="file")
        key = f"{number}/{len(had) + 1}"
        added = told.added(
            attachment, (key,),
            {"subject": about.request(number), "media": media, "sha256": command.file.sha256,
             "size": len(command.file.content), "added_by": actor.user, "added_at": desk.now_text()},
            {"file_name": name},
        )  # fmt: skip
        draft = EntryDraft(
            desk.office_series, EventKind.REQUEST_CHANGED, desk.today(), actor.user, command.key,
            content_hash=content, facts={"request": number, "step": "attach"},
        )  # fmt: skip
        telling.tell(work, desk, draft, [added], subjects_of(row), {key: command.file.content})
        done = one(work.conn, number)
    return Done(done, TOPICS)


def file_of(desk: Desk, actor: Actor, number: str) -> tuple[FileRecord, bytes]:
    """Return a file of a request with its bytes; raise NotFound, NotPermitted, Trouble (its bytes changed)."""
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        found = adjustments.bytes_of(work.conn, number)
        noun, _, request = (found[0].subject if found else "").partition(":")
        if noun != "request":
            raise NotFound("There is no such file.", field="file")
        row_of(work.conn, actor, request, lock=False)
        return unchanged(found)


def _checked(desk: Desk, file: NewDocument) -> str:
    """Return what a file is; raise BadInput for one that is empty, too large or nothing that is kept here."""
    if not file.content:
        raise BadInput(f"“{name_of(file)}” is empty.", field="file")
    most = desk.policy.attachment_megabytes
    if len(file.content) > most * MEGABYTE:
        raise BadInput(f"“{name_of(file)}” is larger than {most} MB. Scan it at a lower resolution.", field="file")
    return media_of(file.content)
