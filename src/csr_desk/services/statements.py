"""What an account owes on any date, how old it is, and the statement that says how it came to that."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, account_story, bill_rows
from csr_desk.domain.errors import BadInput, NotFound
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.receivable.ageing import Aged
from csr_desk.domain.receivable.statement import AccountHead, StatedBill, Statement, Story, statement_of
from csr_desk.services.desk import Desk

AT_ONCE = 200
"""Accounts read together: one short look at the database."""


@dataclass(frozen=True, slots=True)
class Balance:
    """What an account owed at the end of a date (cents), by age and bill by bill."""

    head: AccountHead
    on: date
    balance: Cents
    aged: Aged
    open_bills: tuple[tuple[StatedBill, Cents], ...]


@dataclass(frozen=True, slots=True)
class StatementSpan:
    """Statements of some accounts, or of all that owe something (``every``: and of those with a bill in the span)."""

    first: date
    last: date
    accounts: tuple[str, ...] = ()
    every: bool = False


def balance_at(desk: Desk, actor: Actor, account: str, on: date | None = None) -> Balance:
    """Return what an account owed at the end of a date, today without one; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    day = on or desk.today()
    with desk.read() as work:
        head, story = _one(work.conn, account)
    return seen_by(actor.role, Balance(head, day, story.balance(day), story.aged(day), story.open_on(day)))


def story_of(desk: Desk, actor: Actor, account: str) -> tuple[AccountHead, Story]:
    """Return whose account it is and all that ever changed what it owes; raise NotFound."""
    actor.require(Act.SEE_CUSTOMERS)
    with desk.read() as work:
        head, story = _one(work.conn, account)
    return seen_by(actor.role, head), story


def statement(desk: Desk, actor: Actor, account: str, span: tuple[date, date]) -> Statement:
    """Make the statement of an account for a span of dates; raise NotFound, BadInput (it ends before it begins)."""
    actor.require(Act.SEE_CUSTOMERS)
    _check_span(*span)
    with desk.read() as work:
        head, story = _one(work.conn, account)
    return seen_by(actor.role, statement_of(desk.office, head, story, span))


def accounts_to_state(desk: Desk, actor: Actor, wanted: StatementSpan) -> tuple[str, ...]:
    """Return the accounts that a run makes statements of, by number; raise NotFound for one that is none."""
    actor.require(Act.COLLECT)
    _check_span(wanted.first, wanted.last)
    with desk.read() as work:
        if not wanted.accounts:
            return bill_rows.accounts_billed(work.conn, wanted.first, wanted.last, owing=not wanted.every)
        numbers = tuple(sorted(set(wanted.accounts)))
        missing = sorted(set(numbers) - account_story.heads_of(work.conn, numbers).keys())
    if missing:
        raise NotFound(f"There is no account “{missing[0][:40]}”.", field="accounts")
    return numbers


def statements(
    desk: Desk, actor: Actor, numbers: Sequence[str], span: tuple[date, date]
) -> Iterator[tuple[Statement, ...]]:
    """Give the statements of many accounts, some at a time; the database is not held in between."""
    actor.require(Act.COLLECT)
    for at in range(0, len(numbers), AT_ONCE):
        some = numbers[at : at + AT_ONCE]
        with desk.read() as work:
            heads = account_story.heads_of(work.conn, some)
            stories = account_story.stories_of(work.conn, some)
        yield tuple(statement_of(desk.office, heads[number], stories[number], span) for number in some)


def _one(conn: Connection, account: str) -> tuple[AccountHead, Story]:
    heads = account_story.heads_of(conn, (account,))
    if account not in heads:
        raise NotFound(f"There is no account “{account[:40]}”.", field="account")
    return heads[account], account_story.stories_of(conn, (account,))[account]


def _check_span(first: date, last: date) -> None:
    if first > last:
        raise BadInput("A statement ends after it begins.", field="to")
