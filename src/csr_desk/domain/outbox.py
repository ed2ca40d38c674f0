"""A message of the outbox: what it says and to whom, its states, when it is tried again, and what hangs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from enum import StrEnum
from hashlib import sha256
from ipaddress import ip_address
from typing import TypeAlias

from csr_desk.domain.errors import BadInput, MissingInput

LONGEST_TITLE, LONGEST_BODY, LONGEST_FILE_NAME, MOST_FILES = 200, 20_000, 120, 10
MEGABYTE = 1_048_576
_ADDRESS = re.compile(r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
"""One plain address: no names beside it, no second one behind a comma."""
_MEDIA = re.compile(r"[a-z]{1,40}/[a-z0-9.+-]{1,80}")
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
        bare = _MEDIA.fullmatch(one.media) and one.name and one.name.isprintable() and not set(one.name) & set('/\\"')
        if not one.content or not bare or len(one.name) > LONGEST_FILE_NAME:
            raise BadInput(f"“{one.name[:40]}” is no file that goes with a message.", field="files")
    if sum(len(one.content) for one in files) > megabytes * MEGABYTE:
        raise BadInput(f"The files of a message are larger than {megabytes} MB.", field="files")


def message_id(number: str, install: str, sender: str) -> str:
    """Return the Message-ID that a message has at every try, so that a mail server knows it again."""
    host = sender.partition("@")[2] or "csr-desk.invalid"
    return f"<{number}.{install.replace('-', '')[:12]}@{host}>"


class Verdict(StrEnum):
    """What became of a try."""

    TAKEN = "taken"
    """The server said that it has the message."""
    LATER = "later"
    """It does not have it, and may take it another time: no connection, a busy server."""
    REFUSED = "refused"
    """It does not have it, and never will: no such receiver."""
    UNKNOWN = "unknown"
    """The connection broke after the text was handed over: it may have it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a mail server said last."""

    verdict: Verdict
    answer: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message as it is handed to a mail server; ``content`` is the same at every try."""

    number: str
    sender: str
    recipient: str
    content: bytes


Transport: TypeAlias = Callable[[Envelope], Outcome]
"""Speaks to the mail server; waits for it, so never inside a transaction and never where somebody sells."""

SENDING = timedelta(minutes=10)
"""So long a try may take, with all its waiting; what is ``sending`` longer was left behind by a program that ended."""
LONGEST_WAIT = 360
"""Minutes."""
LONGEST_ANSWER = 300


def next_try(now: datetime, attempts: int, most: int, minutes: int) -> datetime | None:
    """Return when a message that was not taken is tried again: twice as late each time; None where people decide."""
    if attempts >= most:
        return None
    return now + timedelta(minutes=min(minutes << min(attempts - 1, 20), LONGEST_WAIT))


def hangs(state: MessageState, next_try_at: datetime | None, now: datetime) -> bool:
    """Say whether a person has to look: given back for good, or ``sending`` for longer than any try takes."""
    if state is MessageState.FAILED:
        return next_try_at is None
    return state is MessageState.SENDING and (next_try_at is None or next_try_at <= now)


def is_here(server: str) -> bool:
    """Say whether a mail server (``host:port``) is this very computer: a training office writes to nobody else."""
    host = server.rpartition(":")[0].strip("[]")
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def mime(what: Message, number: str, ids: tuple[str, str], queued: datetime) -> bytes:
    """Write a message as mail (RFC 5322): the same bytes at every try.

    ``ids`` are its Message-ID and its sender, ``queued`` when it was queued: that is its date.
    """
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"], mail["From"] = ids
    mail["To"] = what.recipient
    mail["Subject"] = what.title
    mail["Date"] = format_datetime(queued)
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(what.body, cte="quoted-printable")
    for one in what.files:
        main, _, sub = one.media.partition("/")
        mail.add_attachment(one.content, maintype=main, subtype=sub, filename=one.name)
    if what.files:
        mail.set_boundary(f"=_{number}_{sha256(ids[0].encode()).hexdigest()[:20]}")
    return bytes(mail)
