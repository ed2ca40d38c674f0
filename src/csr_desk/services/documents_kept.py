"""Files that prove something: what they are is read from their bytes, they are hashed, and no larger than allowed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import PurePosixPath

from csr_desk.data.queries import adjustments
from csr_desk.data.queries.adjustments import FileRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.errors import BadInput, NotFound, Trouble
from csr_desk.domain.people import Actor
from csr_desk.services.desk import Desk
from csr_desk.services.numbers import number_from
from csr_desk.services.words import plain_words

MEGABYTE = 1024 * 1024
MOST_FILES = 12
_BEGINNINGS = (
    (b"%PDF-", "application/pdf"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_HEIC = frozenset({b"heic", b"heix", b"mif1", b"msf1"})
KINDS_OF_FILES = "PDF, JPEG, PNG, TIFF, HEIC or plain text"


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A file as it is handed in; its fingerprint stands for its bytes wherever the command is compared."""

    name: str
    content: bytes = field(repr=False)
    sha256: str = field(init=False)

    def __post_init__(self) -> None:
        """Compute the fingerprint."""
        object.__setattr__(self, "sha256", sha256(self.content).hexdigest())


def media_of(content: bytes) -> str:
    """Say what a file is by its bytes, never by its name; raise BadInput for anything that proves nothing here."""
    for beginning, media in _BEGINNINGS:
        if content.startswith(beginning):
            return media
    if content[4:8] == b"ftyp" and content[8:12] in _HEIC:
        return "image/heic"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text or text.startswith("MZ"):
        raise BadInput(f"Attach {KINDS_OF_FILES}.", field="documents")
    return "text/plain"


def checked(desk: Desk, files: Sequence[NewDocument], had: Sequence[str] = ()) -> tuple[dict[str, object], ...]:
    """Look at files that are handed in: their facts, without the bytes; ``had`` are fingerprints there already.

    Raises BadInput: empty, too large, of another kind, too many, or the same file twice.
    """
    most = desk.policy.attachment_megabytes
    seen = set(had)
    if len(seen) + len(files) > MOST_FILES:
        raise BadInput(f"At most {MOST_FILES} files belong to one adjustment.", field="documents")
    found = []
    for one in files:
        name = name_of(one)
        if not one.content:
            raise BadInput(f"“{name}” is empty.", field="documents")
        if len(one.content) > most * MEGABYTE:
            raise BadInput(f"“{name}” is larger than {most} MB. Scan it at a lower resolution.", field="documents")
        if one.sha256 in seen:
            raise BadInput(f"“{name}” is attached already.", field="documents")
        seen.add(one.sha256)
        found.append({"sha256": one.sha256, "size": len(one.content), "media": media_of(one.content)})
    return tuple(found)


def name_of(one: NewDocument) -> str:
    """Return a file's own name, without the folders that it came from."""
    return plain_words(PurePosixPath(one.name.replace("\\", "/")).name, "documents", 120) or "document"


def numbered(key: str, facts: Sequence[dict[str, object]]) -> list[dict[str, object]]:
    """Give each file of a command its number; the same command gives the same."""
    return [{"document": number_from("D", f"{key}/{n}"), **one} for n, one in enumerate(facts, 1)]


def names_text(files: Sequence[NewDocument]) -> str:
    """Write the names of an entry's files as a note, which may be purged; nothing for none."""
    return json.dumps([name_of(one) for one in files], ensure_ascii=False) if files else ""


def keep(
    work: Work, actor: Actor, subject: str, files: Sequence[tuple[NewDocument, dict[str, object]]], now: str
) -> None:
    """Keep files with the facts that their entry says of them."""
    for one, facts in files:
        adjustments.keep_file(
            work.conn,
            {
                "attachment_id": facts["document"],
                "subject": subject,
                "file_name": name_of(one),
                "media": facts["media"],
                "sha256": facts["sha256"],
                "size": facts["size"],
                "content": one.content,
                "added_by": actor.user,
                "added_at": now,
            },
        )


def unchanged(found: tuple[FileRecord, bytes] | None) -> tuple[FileRecord, bytes]:
    """Return a file if it still is the one that was handed in; raise NotFound, or Trouble for another one."""
    if found is None:
        raise NotFound("There is no such document.", field="document")
    record, content = found
    if sha256(content).hexdigest() != record.sha256:
        raise Trouble(f"{record.number} is not the file that was attached. Verify the ledger: “csr-desk verify”.")
    return found
