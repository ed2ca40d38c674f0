"""The outbox of messages: queued in the act that they tell of, sent after it was made final (``outbox_sending``).

A message belongs to the act: where that is not recorded, nothing goes out; where it is, the message is not forgotten.
"""

from __future__ import annotations

from csr_desk.data.models import attachment, outbox
from csr_desk.data.queries import told
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.chain import canonical_json
from csr_desk.domain.errors import BadInput, Conflict, MissingInput
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.outbox import (
    LONGEST_BODY,
    LONGEST_TITLE,
    Message,
    MessageState,
    check_files,
    message_id,
    read_address,
)
from csr_desk.domain.people import Actor
from csr_desk.domain.telling import Change
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.words import plain_words


def queue(work: Work, desk: Desk, actor: Actor, message: Message) -> str:
    """Queue a message in the transaction of the act that it tells of, as an entry of its own; return its number.

    The office's series must be locked already (``work.lock_series``). A replay of the act ends before it comes here; a
    key that was used raises Conflict. Raises BadInput, MissingInput or CardNumberRefused for what no mail says.
    """
    recipient = read_address(message.recipient)
    title = plain_words(message.title, "title", LONGEST_TITLE)
    body = plain_words(message.body, "body", LONGEST_BODY)
    if not title or not body:
        raise MissingInput("A message has a subject line and a text.", field="title")
    if not title.isprintable():
        raise BadInput("The subject line of a message is one line.", field="title")
    check_files(message.files, desk.policy.attachment_megabytes)
    number, counted = telling.next_number(work.conn, desk, "message", desk.today().year)
    files = _files(desk, actor, message, number)
    added = told.added(
        outbox,
        (number,),
        {
            "message_id": message_id(number, desk.store.install_uuid, desk.policy.mail_from),
            "kind": message.kind,
            "subject": message.subject or None,
            "company_id": message.company or None,
            "attachments": canonical_json([{"id": row.key[0], "sha256": row.values["sha256"]} for row in files]),
            "state": MessageState.QUEUED.value,
            "attempts": 0,
            "queued_at": desk.now_text(),
            "next_try_at": desk.now_text(),
            "queued_by": actor.user,
        },
        {"recipient": recipient, "title": title, "body": body},
    )
    draft = EntryDraft(
        series=desk.office_series, kind=EventKind.MESSAGE_QUEUED, business_date=desk.today(), actor=actor.user,
        idem_key=message.key, content_hash=content_of(desk, actor.user, message),
    )  # fmt: skip
    subjects = [about.message(number), *([message.subject] if message.subject else [])]
    if message.company:
        subjects.append(about.company(message.company))
    content = {str(row.key[0]): one.content for row, one in zip(files, message.files, strict=True)}
    if telling.tell(work, desk, draft, [counted, added, *files], subjects, content).replayed:
        raise Conflict("This message was queued already. Open the page again.")
    return number


def _files(desk: Desk, actor: Actor, message: Message, number: str) -> list[Change]:
    """Lay the files of a message out as rows: ``M26-000001-7/1`` and so on."""
    return [
        told.added(
            attachment,
            (f"{number}/{n}",),
            {
                "subject": about.message(number), "media": one.media, "sha256": one.sha256, "size": len(one.content),
                "added_by": actor.user, "added_at": desk.now_text(),
            },
            {"file_name": one.name},
        )
        for n, one in enumerate(message.files, 1)
    ]  # fmt: skip
