"""Whether a customer who is being entered is here already: asked of the index, judged word by word (F2)."""

from __future__ import annotations

from dataclasses import dataclass

from csr_desk.data.queries import Connection, customer_search, customers
from csr_desk.data.queries.customers import CustomerRecord
from csr_desk.domain import alike as rules
from csr_desk.domain.addresses import read_address
from csr_desk.domain.contacts import usual_words
from csr_desk.domain.customer_words import figures_of, without, words_of
from csr_desk.domain.customers import CustomerForm
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.services.customers import CustomerHit, file_missing, hits_of, persons_among
from csr_desk.services.customers_entry import tidy
from csr_desk.services.desk import Desk

LOOKED_AT = 200
"""So many that share a telephone, an address or part of a name are judged."""
MOST = 6
SHORTEST_PHONE = 7
SHORTEST_BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Alike:
    """A customer who may be the one being entered, and why, in words."""

    hit: CustomerHit
    why: tuple[str, ...]


def alike(desk: Desk, actor: Actor, form: CustomerForm, but: str = "") -> tuple[Alike, ...]:
    """Return the customers whom a form may be about, the likeliest first; ``but`` is the one who is being changed.

    Raises what ``customers_entry.tidy`` raises; without a name nobody is alike.
    """
    actor.require(Act.SEE_CUSTOMERS)
    if not form.name.strip():
        return ()
    new = tidy(form)
    file_missing(desk)
    with desk.read() as work:
        rows = _candidates(desk, work.conn, new)
        same = customers.root_of(work.conn, but)
        records = [one for one in customers.by_search_rows(work.conn, rows) if one.number != same]
        judged = [
            (person[0], max((rules.why_alike(new, _form(record)) for record in person), key=len))
            for person in persons_among(work.conn, records).values()
        ]
        found = sorted(
            ((record, why) for record, why in judged if why), key=lambda one: (-len(one[1]), one[0].name, one[0].number)
        )
        hits = hits_of(desk, work.conn, [record for record, _ in found[:MOST]])
    reasons = {record.number: why for record, why in found}
    return seen_by(actor.role, tuple(Alike(hit, reasons[hit.number]) for hit in hits))


def _form(record: CustomerRecord) -> CustomerForm:
    return CustomerForm(record.name, address=record.address, phone=record.phone, email=record.email)


def _candidates(desk: Desk, conn: Connection, form: CustomerForm) -> tuple[int, ...]:
    """Ask the index for whoever shares a telephone, an e-mail, an address, or the beginnings of the name's words."""
    left_out = usual_words("\n".join(desk.office.address))
    name = words_of(form.name)
    asked: list[tuple[tuple[str, ...], bool]] = [(name, True)]
    phone = figures_of(form.phone)[-10:]
    if len(phone) >= SHORTEST_PHONE:
        asked.append(((phone[-SHORTEST_PHONE:],), True))
    if form.email:
        asked.append((tuple(word for word in words_of(form.email) if word not in left_out), True))
    if read := read_address(form.address):
        asked.append((without(words_of(f"{read.street} {read.unit}"), left_out), True))
    asked.append((tuple(word[:SHORTEST_BEGINNING] for word in name), False))
    rows: dict[int, None] = {}
    for terms, whole in asked:
        rows.update(dict.fromkeys(customer_search.find(conn, terms, LOOKED_AT, whole=whole)))
    return tuple(rows)[: 2 * LOOKED_AT]
