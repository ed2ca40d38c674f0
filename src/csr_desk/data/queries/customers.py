"""Customers with their contacts, notes and parties, as stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from csr_desk.data.models import account, account_party, contact_point, customer, customer_note
from csr_desk.domain.customers import LOUDEST, Contact, ContactKind, CustomerForm, CustomerKind, Level, Note


@dataclass(frozen=True, slots=True)
class CustomerRecord:
    """A customer's own row; ``merged_into`` is the record that this one was joined with."""

    number: str
    name: str
    kind: CustomerKind
    language: str
    address: str
    phone: str
    email: str
    confidential: bool
    since: date | None
    merged_into: str | None
    search_row: int | None


@dataclass(frozen=True, slots=True)
class PartyRecord:
    """Somebody's part in an account."""

    account: str
    customer: str
    role: str
    since: date | None
    until: date | None


def _record(row: Row[Any]) -> CustomerRecord:
    return CustomerRecord(
        row.customer_id, row.name, CustomerKind(row.kind or "person"), row.language, row.address, row.phone, row.email,
        bool(row.confidential), _day(row.since), row.merged_into, row.search_row,
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def one(conn: Connection, number: str) -> CustomerRecord | None:
    """Return a customer's own row, joined with another or not."""
    row = conn.execute(select(customer).where(customer.c.customer_id == number)).first()
    return None if row is None else _record(row)


def all_of(conn: Connection, numbers: Iterable[str]) -> tuple[CustomerRecord, ...]:
    """Return some customers' rows, in no order."""
    rows = conn.execute(select(customer).where(customer.c.customer_id.in_(list(numbers))))
    return tuple(_record(row) for row in rows)


_BY_ROWS = select(customer).where(customer.c.search_row.in_(bindparam("rows", expanding=True)))
_LOUD = select(customer_note.c.customer_id, customer_note.c.level, customer_note.c.expires_on).where(
    customer_note.c.customer_id.in_(bindparam("numbers", expanding=True)), customer_note.c.closed_by.is_(None)
)
_JOINED = (
    select(customer.c.customer_id, customer.c.merged_into)
    .where(customer.c.merged_into.in_(bindparam("layer", expanding=True)))
    .order_by(customer.c.customer_id)
)
"""Built once: they are asked with every key in the search box."""


def by_search_rows(conn: Connection, rows: Sequence[int]) -> tuple[CustomerRecord, ...]:
    """Return the customers that the index found, in no order."""
    found = conn.execute(_BY_ROWS, {"rows": list(rows)}) if rows else ()
    return tuple(_record(row) for row in found)


def update_customer(conn: Connection, number: str, values: Mapping[str, Any]) -> None:
    """Change a customer's row."""
    conn.execute(update(customer).where(customer.c.customer_id == number).values(**values))


def root_of(conn: Connection, number: str) -> str:
    """Return the record that stands for a person: the one that this one was joined with, or itself."""
    seen = {number}
    while True:
        into = conn.execute(select(customer.c.merged_into).where(customer.c.customer_id == number)).scalar()
        if into is None or into in seen:
            return number
        seen.add(into)
        number = into


def persons_of(conn: Connection, roots: Iterable[str]) -> dict[str, str]:
    """Return every record of some persons with the record that stands for each: those first, then what was joined."""
    owner = {root: root for root in roots}
    layer = list(owner)
    while layer:
        rows = conn.execute(_JOINED, {"layer": layer}).all()
        layer = []
        for row in rows:
            if row.customer_id not in owner:
                owner[row.customer_id] = owner[row.merged_into]
                layer.append(row.customer_id)
    return owner


def same_person(conn: Connection, number: str) -> tuple[str, ...]:
    """Return all records of one person: this one first, then those that were joined with it, and so on."""
    return tuple(persons_of(conn, [number]))


def contacts_of(conn: Connection, numbers: Sequence[str]) -> dict[str, tuple[Contact, ...]]:
    """Return the further contacts of some customers, in the order in which they were entered."""
    rows = conn.execute(
        select(contact_point)
        .where(contact_point.c.customer_id.in_(numbers))
        .order_by(contact_point.c.customer_id, contact_point.c.n)
    )
    found: dict[str, tuple[Contact, ...]] = {}
    for row in rows:
        contact = Contact(ContactKind(row.kind), row.words, row.label)
        found[row.customer_id] = (*found.get(row.customer_id, ()), contact)
    return found


def replace_contacts(conn: Connection, number: str, contacts: Sequence[tuple[Contact, str]]) -> None:
    """Keep these further contacts of a customer and no others; each with the form in which it is compared."""
    conn.execute(delete(contact_point).where(contact_point.c.customer_id == number))
    rows = [
        {"customer_id": number, "n": n, "kind": one.kind.value, "label": one.label, "words": one.words, "normal": same}
        for n, (one, same) in enumerate(contacts, 1)
    ]
    if rows:
        conn.execute(insert(contact_point), rows)


def form_of(conn: Connection, record: CustomerRecord) -> CustomerForm:
    """Return what the form of a customer holds now."""
    contacts = contacts_of(conn, [record.number]).get(record.number, ())
    return CustomerForm(record.name, record.kind, record.language, record.address, record.phone, record.email, contacts)


# notes ------------------------------------------------------------------------------------------------------------


def insert_note(conn: Connection, values: Mapping[str, Any]) -> None:
    """Add a note."""
    conn.execute(insert(customer_note), [dict(values)])


def notes_of(conn: Connection, numbers: Sequence[str]) -> tuple[Note, ...]:
    """Return the notes of some customers, newest first, closed ones included."""
    rows = conn.execute(
        select(customer_note)
        .where(customer_note.c.customer_id.in_(numbers))
        .order_by(customer_note.c.written_at.desc(), customer_note.c.note_id)
    )
    return tuple(_note(row) for row in rows)


def levels_of(conn: Connection, persons: Mapping[str, str], on: date) -> dict[str, Level]:
    """Return the loudest level of the notes on each of some persons that count on a date; as ``persons_of`` gives."""
    found: dict[str, Level] = {}
    for row in conn.execute(_LOUD, {"numbers": list(persons)}):
        if row.expires_on is None or on.isoformat() <= row.expires_on:
            root = persons[row.customer_id]
            heard = {Level(row.level), found.get(root, Level.INFO)}
            found[root] = next(level for level in LOUDEST if level in heard)
    return found


def one_note(conn: Connection, note_id: str) -> Note | None:
    """Return a note."""
    row = conn.execute(select(customer_note).where(customer_note.c.note_id == note_id)).first()
    return None if row is None else _note(row)


def close_note(conn: Connection, note_id: str, by: str, at: str) -> None:
    """Note who took a note off, and when."""
    conn.execute(update(customer_note).where(customer_note.c.note_id == note_id).values(closed_by=by, closed_at=at))


def _note(row: Row[Any]) -> Note:
    return Note(
        row.note_id, row.customer_id, Level(row.level), row.words, _day(row.expires_on), row.written_by,
        row.written_at, row.closed_by or "",
    )  # fmt: skip


# parts in accounts ------------------------------------------------------------------------------------------------


def parties_of(conn: Connection, numbers: Sequence[str]) -> tuple[PartyRecord, ...]:
    """Return the parts that some customers have in accounts of others."""
    return _parties(conn, account_party.c.customer_id.in_(numbers))


def parties_in(conn: Connection, account_no: str) -> tuple[PartyRecord, ...]:
    """Return who else has a part in an account."""
    return _parties(conn, account_party.c.account_no == account_no)


def _parties(conn: Connection, wanted: Any) -> tuple[PartyRecord, ...]:
    rows = conn.execute(
        select(account_party)
        .where(wanted)
        .order_by(account_party.c.account_no, account_party.c.customer_id, account_party.c.role)
    )
    return tuple(
        PartyRecord(row.account_no, row.customer_id, row.role, _day(row.since), _day(row.until)) for row in rows
    )


def insert_parties(conn: Connection, parties: Sequence[PartyRecord]) -> None:
    """Add parts in accounts."""
    rows = [
        {
            "account_no": one.account, "customer_id": one.customer, "role": one.role,
            "since": None if one.since is None else one.since.isoformat(),
            "until": None if one.until is None else one.until.isoformat(),
        }
        for one in parties
    ]  # fmt: skip
    if rows:
        conn.execute(insert(account_party), rows)


def delete_party(conn: Connection, party: PartyRecord) -> None:
    """Take a part in an account off the table."""
    conn.execute(
        delete(account_party).where(
            account_party.c.account_no == party.account,
            account_party.c.customer_id == party.customer,
            account_party.c.role == party.role,
        )
    )


def end_party(conn: Connection, party: PartyRecord, until: date) -> None:
    """Note the last day of a part in an account."""
    conn.execute(
        update(account_party)
        .where(
            account_party.c.account_no == party.account,
            account_party.c.customer_id == party.customer,
            account_party.c.role == party.role,
        )
        .values(until=until.isoformat())
    )


# accounts of a customer -------------------------------------------------------------------------------------------


def accounts_of(conn: Connection, numbers: Sequence[str], also: Sequence[str] = ()) -> tuple[Row[Any], ...]:
    """Return the accounts in the names of some customers, and some others by their numbers."""
    rows = conn.execute(
        select(account)
        .where(account.c.customer_id.in_(numbers) | account.c.account_no.in_(also))
        .order_by(account.c.account_no)
    )
    return tuple(rows)


def account_numbers_of(conn: Connection, number: str) -> tuple[str, ...]:
    """Return the accounts in a customer's own name."""
    rows = conn.execute(
        select(account.c.account_no).where(account.c.customer_id == number).order_by(account.c.account_no)
    )
    return tuple(row.account_no for row in rows)


def give_accounts(conn: Connection, accounts: Sequence[str], to: str) -> None:
    """Put accounts in another customer's name."""
    if accounts:
        conn.execute(update(account).where(account.c.account_no.in_(accounts)).values(customer_id=to))
