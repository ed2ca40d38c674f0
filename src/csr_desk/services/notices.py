"""The notice of a returned check: mailed with a certified number, received, and then its days run (E10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from csr_desk.data.queries import returned
from csr_desk.domain.card_numbers import find_card_number
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import AlreadyPaid, BadInput, CardNumberRefused, Conflict, Ineligible, MissingInput
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.returned import NoticeState, ReturnedItem
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.returned_items import one_returned

_MAIL_NUMBER = re.compile(r"[0-9A-Z]{9,22}", re.ASCII)
"""Certified mail of the USPS has 20 to 22 figures, registered mail two letters, nine figures and ``US``."""


@dataclass(frozen=True, slots=True)
class MailNotice:
    """Note that the letter of a returned check was mailed (number and day), or received (the day of the green card)."""

    key: str
    item: str
    mail_number: str = ""
    mailed_on: date | None = None
    received_on: date | None = None


def mail_notice(desk: Desk, actor: Actor, command: MailNotice) -> Done[ReturnedItem]:
    """Note mailing, receipt, or both; the days to pay run from the receipt.

    Raises NotFound, Ineligible (no letter belongs to it, or it was not mailed), AlreadyPaid, Conflict (noted before),
    MissingInput, BadInput.
    """
    actor.require(Act.LIST_CHECKS)
    content = content_of(desk, actor.user, command)
    number = re.sub(r"[\s-]+", "", command.mail_number).upper()
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        earlier = earlier_event(work.conn, command.key, content)
        if earlier is not None:
            return Done(_as_noted(one_returned(desk, work.conn, command.item), earlier.facts), replayed=True)
        item = one_returned(desk, work.conn, command.item)
        _refuse(item, command, number, desk.today())
        told = {
            "mail_number": number or item.mail_number,
            "mailed_on": _text(command.mailed_on or item.mailed_on),
            "received_on": _text(command.received_on),
        }
        work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.NOTICE_MAILED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={"item": item.item, **told},
            ),
            desk.now_text(),
        )
        returned.note_mail(work.conn, item.item, told)
        done = one_returned(desk, work.conn, item.item)
    return Done(done, frozenset({Topic.ACCOUNTS}))


def _as_noted(item: ReturnedItem, facts: Mapping[str, Any]) -> ReturnedItem:
    """Return the item with its mail as an entry noted it, whatever was noted since."""
    mailed, received = facts["mailed_on"], facts["received_on"]
    return replace(
        item,
        mail_number=facts["mail_number"],
        mailed_on=date.fromisoformat(mailed) if mailed else None,
        received_on=date.fromisoformat(received) if received else None,
    )


def _refuse(item: ReturnedItem, command: MailNotice, number: str, today: date) -> None:
    if not item.needs_letter:
        raise Ineligible("The notice of the Penal Code belongs to a check; this was none.")
    if item.state(today) is NoticeState.PAID:
        raise AlreadyPaid("This returned item is paid.")
    if command.mailed_on is None and command.received_on is None:
        raise MissingInput("Key the day that the letter was mailed, or received.", field="mailed_on")
    if command.mailed_on is not None or number:
        _refuse_mailing(item, command, number, today)
    if command.received_on is not None:
        _refuse_receipt(item, command, today)


def _refuse_mailing(item: ReturnedItem, command: MailNotice, number: str, today: date) -> None:
    if item.mailed_on is not None:
        raise Conflict(f"The letter was mailed on {item.mailed_on} with number {item.mail_number}.")
    if command.mailed_on is None:
        raise MissingInput("Key the day that the letter was mailed.", field="mailed_on")
    if not number:
        raise MissingInput("Key the number of the certified mail.", field="mail_number")
    if find_card_number(number):
        raise CardNumberRefused(field="mail_number")
    if not _MAIL_NUMBER.fullmatch(number):
        raise BadInput("The number of certified mail has 9 to 22 figures and letters.", field="mail_number")
    if not item.returned_on <= command.mailed_on <= today:
        raise BadInput("The letter was mailed between the day of the return and today.", field="mailed_on")


def _refuse_receipt(item: ReturnedItem, command: MailNotice, today: date) -> None:
    mailed = command.mailed_on or item.mailed_on
    if mailed is None or command.received_on is None:
        raise Ineligible("The letter was not mailed yet.")
    if item.received_on is not None:
        raise Conflict(f"The letter was received on {item.received_on}; its days run from there.")
    if not mailed <= command.received_on <= today:
        raise BadInput("The letter was received between its mailing and today.", field="received_on")


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
