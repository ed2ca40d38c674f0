"""A message of the outbox: what it says and to whom, its states, when it is tried again, and what hangs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256

from csr_desk.domain.errors import BadInput, MissingInput

LONGEST_TITLE, LONGEST_BODY, LONGEST_FILE_NAME, MOST_FILES = 200, 20_000, 120, 10
MEGABYTE = 1_048_576
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
"""One plain address: no names beside it, no second one behind a comma."""
LONGEST_ADDRESS = 254


class MessageState(StrEnum):
    """Where a message stands; ``sending`` is recorded before the mail server is spoken to."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    """The server did not take it; with a next try, or left to people without one."""
    GIVEN_UP = "given_up"


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that goes with a message."""

    name: str
    media: str
    """Like ``application/pdf``."""
    content: bytes

    @property
    def sha256(self) -> str:
        """The fingerprint of the file."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class Message:
    """A message as an act queues it.

    ``key`` is the act's own with a word for the message (``f"{command.key}-mail"``): it is never queued twice.
    ``kind`` is a code (``release_batch``), ``subject`` what it is about (``domain.about``), ``company`` the receiver.
    """

    key: str
    kind: str
    recipient: str
    title: str
    body: str
    subject: str = ""
    company: str = ""
    files: tuple[Attached, ...] = ()


def read_address(text: str, field: str = "recipient") -> str:
    """Return one e-mail address; raise MissingInput or BadInput."""
    address = text.strip()
    if not address:
        raise MissingInput("Key the e-mail address.", field=field)
    if len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address):
        raise BadInput(f"“{address[:60]}” is no e-mail address. Write one, like releases@example.com.", field=field)
    return address


def check_files(files: tuple[Attached, ...], megabytes: int) -> None:
    """Raise BadInput where files are too many, empty, too large together, or have a name that no mail should carry."""
    if len(files) > MOST_FILES:
        raise BadInput(f"At most {MOST_FILES} files go with a message.", field="files")
    for one in files:
        bare = one.name and one.name.isprintable() and not set(one.name) & set('/\\"')
        if not one.content or not bare or len(one.name) > LONGEST_FILE_NAME:
            raise BadInput(f"“{one.name[:40]}” is no file that goes with a message.", field="files")
    if sum(len(one.content) for one in files) > megabytes * MEGABYTE:
        raise BadInput(f"The files of a message are larger than {megabytes} MB.", field="files")


def message_id(number: str, install: str, sender: str) -> str:
    """Return the Message-ID that a message has at every try, so that a mail server knows it again."""
    host = sender.partition("@")[2] or "csr-desk.invalid"
    return f"<{number}.{install.replace('-', '')[:12]}@{host}>"
