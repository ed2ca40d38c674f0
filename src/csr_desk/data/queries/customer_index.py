"""Keeps the search index over customers as their rows say: which words each is filed under.

One entry of the index stands for one person: the records that were joined with theirs are found under it too.
Writers hold the lock of the office's series, so that no two give the same row.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar

from sqlalchemy import Connection, bindparam, func, select, update

from csr_desk.data.models import account, account_party, contact_point, customer
from csr_desk.data.queries import customer_search
from csr_desk.data.queries.customers import persons_of, root_of
from csr_desk.domain.customer_words import index_words, kept_words

T = TypeVar("T")

CHUNK = 500
"""So many customers are filed at a time; SQLite takes no more than 32,766 values in a statement."""


_NUMBER = update(customer).where(customer.c.customer_id == bindparam("number")).values(search_row=bindparam("row"))


def refile(conn: Connection, numbers: Iterable[str], left_out: frozenset[str]) -> None:
    """File the persons of some records anew, after anything of them changed; ``left_out`` as ``usual_words`` gives it.

    A record that was joined with another has no entry of its own any more.
    """
    for chunk in _chunks(dict.fromkeys(numbers)):
        _refile(conn, chunk, left_out)


def file_missing(conn: Connection, left_out: frozenset[str]) -> int:
    """File all customers who came into the database without the index knowing; return how many."""
    wanted = select(customer.c.customer_id).where(customer.c.search_row.is_(None)).order_by(customer.c.customer_id)
    missing = [row.customer_id for row in conn.execute(wanted)]
    refile(conn, missing, left_out)
    return len(missing)


def is_missing(conn: Connection) -> bool:
    """Say whether there is a customer whom the index does not know."""
    wanted = select(customer.c.customer_id).where(customer.c.search_row.is_(None)).limit(1)
    return conn.execute(wanted).first() is not None


def _refile(conn: Connection, numbers: Sequence[str], left_out: frozenset[str]) -> None:
    rows, new = _numbered(conn, numbers)
    roots = sorted({number if into is None else root_of(conn, number) for number, (_, into) in rows.items()})
    more, newer = _numbered(conn, [root for root in roots if root not in rows])
    for number, (row, _) in (rows | more).items():
        if number not in new | newer:
            customer_search.forget(conn, row)
    words = words_of(conn, roots, left_out)
    customer_search.file(conn, [((rows | more)[root][0], words[root]) for root in roots])


def _numbered(conn: Connection, numbers: Sequence[str]) -> tuple[dict[str, tuple[int, str | None]], set[str]]:
    """Return row and joined record of some customers, and who got a row only now."""
    known = conn.execute(
        select(customer.c.customer_id, customer.c.search_row, customer.c.merged_into).where(
            customer.c.customer_id.in_(numbers)
        )
    ).all()
    found = {row.customer_id: (row.search_row, row.merged_into) for row in known}
    new = sorted(number for number, (row, _) in found.items() if row is None)
    if new:
        last = conn.execute(select(func.max(customer.c.search_row))).scalar() or 0
        rows = dict(zip(new, range(last + 1, last + 1 + len(new)), strict=True))
        conn.execute(_NUMBER, [{"number": number, "row": row} for number, row in rows.items()])
        found |= {number: (row, found[number][1]) for number, row in rows.items()}
    return found, set(new)


def words_of(conn: Connection, roots: Sequence[str], left_out: frozenset[str]) -> dict[str, tuple[str, ...]]:
    """Return the words that persons are filed under, all their records together."""
    owner = persons_of(conn, roots)
    held: dict[str, _Held] = {root: _Held() for root in roots}
    numbers = list(owner)
    for row in conn.execute(select(customer).where(customer.c.customer_id.in_(numbers))):
        person = held[owner[row.customer_id]]
        person.texts += [row.name, kept_words(row.address, left_out), kept_words(row.email, left_out)]
        person.phones.append(row.phone)
        person.numbers.append(row.customer_id)
    for row in conn.execute(select(contact_point).where(contact_point.c.customer_id.in_(numbers))):
        person = held[owner[row.customer_id]]
        if row.kind == "phone":
            person.phones.append(row.words)
        else:
            person.texts.append(row.words if row.kind == "former_name" else kept_words(row.words, left_out))
    for number, account_no, site in _accounts_of(conn, numbers):
        person = held[owner[number]]
        person.numbers.append(account_no)
        person.texts.append(kept_words(site or "", left_out))
    return {root: index_words(one.texts, one.phones, one.numbers) for root, one in held.items()}


@dataclass(slots=True)
class _Held:
    """What is known of one person."""

    texts: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)


def _accounts_of(conn: Connection, numbers: Sequence[str]) -> Iterator[tuple[str, str, str | None]]:
    """Give the accounts of customers, their own and those they have a part in: customer, account and its place."""
    own = select(account.c.customer_id, account.c.account_no, account.c.site).where(account.c.customer_id.in_(numbers))
    parts = (
        select(account_party.c.customer_id, account.c.account_no, account.c.site)
        .join(account, account.c.account_no == account_party.c.account_no)
        .where(account_party.c.customer_id.in_(numbers))
    )
    for wanted in (own, parts):
        for row in conn.execute(wanted):
            yield row.customer_id, row.account_no, row.site


# what verify compares ---------------------------------------------------------------------------------------------


def index_faults(conn: Connection, left_out: frozenset[str]) -> Iterator[str]:
    """Name the customers who are not filed as their rows say, and entries of the index that are nobody's."""
    rows = {
        row.search_row: (row.customer_id, row.merged_into)
        for row in conn.execute(
            select(customer.c.customer_id, customer.c.search_row, customer.c.merged_into)
            .where(customer.c.search_row.is_not(None))
            .order_by(customer.c.customer_id)
        )
    }
    persons = {row: number for row, (number, into) in rows.items() if into is None}
    filed = customer_search.all_rows(conn)
    for row in sorted(filed - persons.keys()):
        yield f"the search index has an entry {row} that is no customer’s"
    for chunk in _chunks(persons):
        kept = customer_search.words_of(conn, chunk)
        told = words_of(conn, [persons[row] for row in chunk], left_out)
        for row in chunk:
            if row not in kept:
                yield f"customer {persons[row]} is not in the search index"
            elif kept[row] != frozenset(told[persons[row]]):
                yield f"customer {persons[row]} is filed under other words than their own"


def _chunks(numbers: Iterable[T]) -> Iterator[list[T]]:
    """Give a few at a time."""
    every = iter(numbers)
    while chunk := list(islice(every, CHUNK)):
        yield chunk
