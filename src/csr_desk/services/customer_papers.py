"""A paper about a confidential customer is logged before it is given, whoever it goes to (F14).

A statement or a letter tells address and amounts. The line in the disclosure log comes first: where it cannot be
written there is no paper. It shows nobody what the screen hides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csr_desk.data.queries import Connection, customers, payments
from csr_desk.domain.about import ABOUT
from csr_desk.domain.about import customer as customer_subject
from csr_desk.domain.customers import Told
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

PAPER = "paper"
"""What the entry says: a paper was given; unlike what is told, it uncovers nothing on a screen."""
AT_ONCE = 500
"""Accounts asked for in one statement."""


@dataclass(frozen=True, slots=True)
class GivePaper:
    """A paper about accounts is given; ``paper`` says which, like ``Statement 2026-07-01 to 2026-07-31``."""

    key: str
    accounts: tuple[str, ...]
    paper: str
    customers: tuple[str, ...] = ()
    """Whom it is about, beside the holders of the accounts."""


def log_paper(desk: Desk, actor: Actor, command: GivePaper) -> tuple[str, ...]:
    """Log a paper with each confidential customer whose account it is about; return their numbers.

    Call it before the paper is made. The same key again logs nobody twice; nothing is written where nobody is
    confidential. Raises NotPermitted, BadInput, Conflict (the key was used otherwise).
    """
    actor.require(Act.SEE_CUSTOMERS)
    paper = plain_words(command.paper, "paper", 120)
    with desk.read() as work:
        if not any(True for _ in _confidential(work.conn, command)):
            return ()
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        found = tuple(sorted(set(_confidential(work.conn, command))))
        for number in found:
            key = f"{command.key}/{number}"
            content = content_of(desk, actor.user, (key, paper))
            if earlier_event(work.conn, key, content) is not None:
                continue
            subject = customer_subject(number)
            what = [Told.CONTACT.value, Told.AMOUNTS.value]
            draft = EntryDraft(
                series=desk.office_series,
                kind=EventKind.DISCLOSED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=key,
                content_hash=content,
                facts={"customer": number, "change": PAPER, "what": what, ABOUT: [subject]},
                notes={"reason": paper},
            )
            written = work.append(draft, desk.now_text())
            payments.note_about(work.conn, written.key, [subject])
    return found


def _confidential(conn: Connection, given: GivePaper) -> Iterator[str]:
    """Give the confidential customers of a paper; a joined record's accounts are its person's."""
    accounts = given.accounts
    for at in range(0, len(accounts), AT_ONCE):
        holders = {row.customer_id for row in customers.accounts_of(conn, [], accounts[at : at + AT_ONCE])}
        yield from (one.number for one in customers.all_of(conn, holders) if one.confidential)
    if given.customers:
        yield from (one.number for one in customers.all_of(conn, given.customers) if one.confidential)
