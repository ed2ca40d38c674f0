"""Finding customers by any scrap of what they say, behind one question on both engines (A4, F1).

Every word of the question begins a word of the person: their names, addresses, telephones, e-mails and accounts. A
number of a receipt, a bill or an account finds who it is for. Nothing found, and one figure wrong: the accounts that
differ by one figure, or by two that changed places, are suggested.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from csr_desk.data.queries import Connection, accounts, customer_index, customer_search, customers, owing
from csr_desk.data.queries.customers import CustomerRecord
from csr_desk.domain.contacts import usual_words
from csr_desk.domain.customer_words import closeness, figures_of, fold, slip_of, slips, terms_of, without, words_of
from csr_desk.domain.customers import CONFIDENTIAL, CustomerKind, Level
from csr_desk.domain.errors import NotFound
from csr_desk.domain.masking import seen_by
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.services import receipts
from csr_desk.services.desk import Desk

LIMIT = 20
CANDIDATES = 40
"""So many are looked at for the best of them."""
SLIP_FIGURES = range(5, 21)
"""Figures of a number that may be an account keyed with a slip."""
MOST_SLIPS = 5
_RECEIPT = re.compile(r"[A-Za-z]+-?\d*-\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """A customer in a list of results; what they owe on their own accounts in cents (below zero: credit)."""

    number: str
    name: str
    kind: CustomerKind
    language: str
    address: str
    phone: str
    owed: Cents
    level: Level | None
    """The loudest note that counts today."""
    confidential: bool
    accounts: int
    why: str = ""
    """What else the customer was found by: the receipt, bill or permit."""


@dataclass(frozen=True, slots=True)
class Slip:
    """An account that a keyed number is nearly: one figure wrong, or two that changed places."""

    account: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundCustomers:
    """The best hits, whether there are more, and the account numbers that a slip may have meant."""

    hits: tuple[CustomerHit, ...]
    more: bool = False
    slips: tuple[Slip, ...] = ()


def find_customers(desk: Desk, actor: Actor, text: str, limit: int = LIMIT) -> FoundCustomers:
    """Find customers by name, address, telephone, e-mail, account, receipt, bill or permit; the best first."""
    actor.require(Act.SEE_CUSTOMERS)
    if not terms_of(text):
        return FoundCustomers(())
    with desk.read() as work:
        if not customer_index.is_missing(work.conn):
            return _found(desk, actor, work.conn, text, limit)
    file_missing(desk)
    with desk.read() as work:
        return _found(desk, actor, work.conn, text, limit)


def _found(desk: Desk, actor: Actor, conn: Connection, text: str, limit: int) -> FoundCustomers:
    terms = terms_of(text)
    records = _candidates(desk, conn, terms)
    why = {} if len(records) > limit else _behind_number(desk, conn, text)
    known = {record.number for record in records}
    if why.keys() - known:
        records += customers.all_of(conn, why.keys() - known)
    persons = persons_among(conn, records)
    ranked = sorted(records, key=lambda record: _rank(persons[record.number], terms, why))
    hits = hits_of(desk, conn, ranked[:limit], why)
    slips_of_it = _slips(conn, text) if not hits else ()
    return seen_by(actor.role, FoundCustomers(hits, len(ranked) > limit, slips_of_it))


def file_missing(desk: Desk) -> None:
    """File the customers of an older version, or of another program; where nothing can be written they stay out."""
    with desk.read() as work:
        if not customer_index.is_missing(work.conn):
            return
    if desk.stopped:
        return
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        customer_index.file_missing(work.conn, usual_words("\n".join(desk.office.address)))


def hits_of(
    desk: Desk, conn: Connection, records: Sequence[CustomerRecord], why: dict[str, str] | None = None
) -> tuple[CustomerHit, ...]:
    """Lay customers out as rows of a list, with what they owe and their loudest note."""
    numbers = [record.number for record in records]
    owed = owing.owed_by(conn, numbers)
    levels = customers.levels_of(conn, customers.persons_of(conn, numbers), desk.today())
    return tuple(
        CustomerHit(
            record.number,
            record.name,
            record.kind,
            record.language,
            CONFIDENTIAL if record.confidential and record.address else record.address,
            CONFIDENTIAL if record.confidential and record.phone else record.phone,
            owed[record.number].owed,
            levels.get(record.number),
            record.confidential,
            owed[record.number].accounts,
            (why or {}).get(record.number, ""),
        )
        for record in records
    )


def _candidates(desk: Desk, conn: Connection, terms: tuple[str, ...]) -> tuple[CustomerRecord, ...]:
    """Ask the index: whole words first, then beginnings, then without what half the city's addresses have."""
    rows: dict[int, None] = {}
    if len(terms[-1]) > customer_search.SHORT:
        rows.update(dict.fromkeys(customer_search.find(conn, terms, CANDIDATES, whole=True)))
    if len(rows) < CANDIDATES:
        rows.update(dict.fromkeys(customer_search.find(conn, terms, CANDIDATES)))
    told_apart = without(terms, usual_words("\n".join(desk.office.address)))
    if len(rows) < CANDIDATES and told_apart != terms:
        rows.update(dict.fromkeys(customer_search.find(conn, told_apart, CANDIDATES)))
    return customers.by_search_rows(conn, tuple(rows)[: 2 * CANDIDATES])


def persons_among(conn: Connection, records: Iterable[CustomerRecord]) -> dict[str, tuple[CustomerRecord, ...]]:
    """Return of each person all records: the one that stands for them, then those that were joined with it."""
    found: dict[str, tuple[CustomerRecord, ...]] = {record.number: (record,) for record in records}
    owner = customers.persons_of(conn, found)
    for record in customers.all_of(conn, owner.keys() - found.keys()) if len(owner) > len(found) else ():
        found[owner[record.number]] += (record,)
    return found


def _rank(person: Sequence[CustomerRecord], terms: Sequence[str], why: Iterable[str]) -> tuple[int, int, int, str, str]:
    """Order hits: found by its number, whole words, words of a name in front, then the name."""
    record = person[0]
    named = [word for one in person for word in words_of(one.name)]
    more = [word for one in person for word in (*words_of(one.address), figures_of(one.phone)[-4:])]
    held = (*named, *more)
    starts = sum(1 for term in terms if any(word.startswith(term) for word in named))
    return (record.number not in why, -closeness(terms, held), -starts, fold(record.name), record.number)


def _behind_number(desk: Desk, conn: Connection, text: str) -> dict[str, str]:
    """Return whose account, bill or receipt has this number, or who a joined record is now."""
    wanted = text.strip()
    if not any(mark.isdigit() for mark in wanted) or " " in wanted:
        return {}
    found = dict.fromkeys(owing.customers_of_bill(conn, wanted), f"bill {wanted}")
    joined = customers.one(conn, wanted) or customers.one(conn, wanted.upper())
    if joined is not None and joined.merged_into is not None:
        found[customers.root_of(conn, joined.number)] = f"customer {joined.number}"
    if (owner := accounts.owner_of(conn, wanted)) is not None:
        found[owner] = f"account {wanted}"
    if _RECEIPT.fullmatch(wanted):
        try:
            event = receipts.event_of_number(desk, conn, wanted)
        except NotFound:
            return found
        found |= dict.fromkeys(owing.customers_of_entry(conn, event.key), f"receipt {wanted}")
    return found


def _slips(conn: Connection, text: str) -> tuple[Slip, ...]:
    """Return the accounts that a keyed number is nearly."""
    figures = figures_of(text)
    if len(figures) not in SLIP_FIGURES or re.search(r"[^\d\s./-]", text):
        return ()
    rows = customer_search.find_any(conn, slips(figures), MOST_SLIPS)
    numbers = [record.number for record in customers.by_search_rows(conn, rows)]
    reach = dict(owing.accounts_in_reach(conn, numbers))
    return tuple(Slip(account, reach[account]) for account in slip_of(figures, reach))[:MOST_SLIPS]
