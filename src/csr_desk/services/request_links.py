"""What a request may be linked with: a receipt, an account, a permit, a project … that there is (H1)."""

from __future__ import annotations

from csr_desk.data.models import request_link
from csr_desk.data.queries import Connection, told
from csr_desk.data.queries import requests as rows
from csr_desk.domain.errors import BadInput, NotFound
from csr_desk.domain.telling import Change
from csr_desk.services.desk import Desk
from csr_desk.services.receipts import event_of_number

LINKED = ("account", "permit", "project", "receipt", "order", "release", "work_order")
"""Nouns of ``domain.about`` that a request is about beside its customer."""


def checked(desk: Desk, conn: Connection, typed: str) -> str:
    """Return a subject that there is, as it is kept; raise BadInput (no such kind), NotFound."""
    kind, _, number = typed.strip().partition(":")
    number = number.strip()
    if kind not in LINKED or not number:
        raise BadInput(f"A request is linked with one of {', '.join(LINKED)} and its number.", field="subject")
    subject = f"{kind}:{number}"
    if kind == "receipt":
        event_of_number(desk, conn, number)
    elif not rows.exists(conn, subject):
        raise NotFound(f"There is no {kind.replace('_', ' ')} “{number[:40]}”.", field="subject")
    return subject


def link(desk: Desk, number: str, subject: str) -> Change:
    """Tell the link of a request."""
    return told.added(request_link, (number, subject), {"added_on": desk.today().isoformat()})
