"""Papers about customers are made here, and one about a confidential customer is logged before it is (F14).

A statement or a letter tells address and amounts. The line in the disclosure log comes first: where it cannot be
written there is no paper. It shows nobody what the screen hides. Whose paper it is and what it is called is read from
its facts, so that whoever asks for one can neither forget nor misname it; nobody else draws one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from csr_desk.data.queries import Connection, customers, payments
from csr_desk.domain.about import ABOUT
from csr_desk.domain.about import customer as customer_subject
from csr_desk.domain.customers import Told
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.adjustment import Adjustment
from csr_desk.domain.receivable.collection import Letter
from csr_desk.domain.receivable.statement import Statement
from csr_desk.domain.returned import Referral, ReturnedItem
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

PAPER = "paper"
"""What the entry says: a paper was given; unlike what is told, it uncovers nothing on a screen."""
AT_ONCE = 500
"""Accounts asked for in one statement."""

Facts = Statement | Letter | Adjustment | ReturnedItem | Referral
"""What a paper about customers is drawn from."""
F = TypeVar("F", Statement, Letter, Adjustment, ReturnedItem, Referral)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class MakePapers(Generic[F]):
    """Papers to be drawn, each from its facts; the same key again is the same papers."""

    key: str
    about: tuple[F, ...]


def make_papers(desk: Desk, actor: Actor, command: MakePapers[F], draw: Callable[[Sequence[F]], T]) -> T:
    """Log the papers with each confidential customer they are about, and only then have them drawn.

    Raises what ``log_paper`` raises, and then draws nothing.
    """
    actor.require(Act.SEE_CUSTOMERS)
    named: dict[str, list[str]] = {}
    for one in command.about:
        accounts, paper = _told_by(one)
        named.setdefault(paper, []).extend(accounts)
    for at, (paper, concerned) in enumerate(named.items()):
        key = f"{command.key}/{at}" if at else command.key
        log_paper(desk, actor, GivePaper(key, tuple(sorted(set(concerned))), paper))
    return draw(command.about)


def make_paper(desk: Desk, actor: Actor, command: MakePapers[F], draw: Callable[[F], bytes]) -> bytes:
    """Log and draw the one paper of a command; as ``make_papers``."""
    (_one,) = command.about
    return make_papers(desk, actor, command, lambda about: draw(about[0]))


def _told_by(facts: Facts) -> tuple[tuple[str, ...], str]:
    """Return the accounts that a paper tells about, and what the log calls it."""
    match facts:
        case Statement():
            return (facts.head.account,), f"Statement {facts.first} to {facts.last}"
        case Letter():
            return (facts.account,), f"Letter: {facts.kind.value}"
        case Adjustment():
            return (facts.account,), f"Letter about adjustment {facts.number}"
        case ReturnedItem():
            return (facts.account,), f"Letter about returned item {facts.item}"
    return tuple(item.account for item in facts.items), f"Referral to the county attorney {facts.made_on}"


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
