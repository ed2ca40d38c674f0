"""The directory of other companies, and the contacts with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, func, select

from csr_desk.data.models import (
    account,
    account_verification,
    company,
    company_contact,
    contact_log,
    customer,
    permit,
    project,
    release_batch,
    service_release,
    staff,
)
from csr_desk.domain.company import (
    Channel,
    Company,
    CompanyForm,
    CompanyKind,
    Contact,
    ContactForm,
    Direction,
    Person,
    Purpose,
)

_C, _P, _L = company.c, company_contact.c, contact_log.c
_LOG = (
    select(contact_log, _C.name.label("company_name"), staff.c.name.label("writer"))
    .join(company, _C.company_id == _L.company_id)
    .join(staff, staff.c.user_id == _L.written_by)
    .order_by(_L.at.desc(), _L.contact_no.desc())
)


def form_of(row: Mapping[str, Any]) -> CompanyForm:
    """Read a company's form from its row."""
    return CompanyForm(
        row["name"], CompanyKind(row["kind"]), Channel(row["channel"]), row["send_to"] or "", row["send_at"] or "",
        row["territory"] or "", row["hours"] or "", row["memo"] or "", row["premise_code"] or "", bool(row["active"]),
    )  # fmt: skip


def contact_form_of(row: Mapping[str, Any]) -> ContactForm:
    """Read a person's form from the row."""
    return ContactForm(
        row["name"], Channel(row["channel"]), row["reach"], Purpose(row["purpose"]), row["title"] or "",
        row["hours"] or "", bool(row["active"]),
    )  # fmt: skip


def companies(conn: Connection, numbers: Iterable[str] | None = None) -> tuple[Company, ...]:
    """Return the directory by name, those that are left last; or only some of it."""
    wanted = select(company).order_by(_C.active.desc(), func.lower(_C.name), _C.company_id)
    if numbers is not None:
        wanted = wanted.where(_C.company_id.in_(sorted(set(numbers))))
    rows = conn.execute(wanted).mappings().all()
    at = select(company_contact).where(_P.company_id.in_([row["company_id"] for row in rows])).order_by(_P.n)
    people: dict[str, list[Person]] = {}
    for row in conn.execute(at).mappings():
        people.setdefault(row["company_id"], []).append(Person(row["n"], contact_form_of(dict(row)), row["version"]))
    return tuple(
        Company(row["company_id"], form_of(dict(row)), row["version"], tuple(people.get(row["company_id"], ())))
        for row in rows
    )


def one_company(conn: Connection, number: str) -> Company | None:
    """Return a company with its people, or None."""
    return next(iter(companies(conn, [number])), None)


def next_person(conn: Connection, number: str) -> int:
    """Return the number within a company that a new person there gets."""
    return int(conn.execute(select(func.coalesce(func.max(_P.n), 0)).where(_P.company_id == number)).scalar_one()) + 1


def contacts(conn: Connection, *, company_no: str = "", subject: str = "", limit: int = 200) -> tuple[Contact, ...]:
    """Return contacts, the newest first: with one company, about one thing, or all."""
    wanted = _LOG.limit(limit)
    if company_no:
        wanted = wanted.where(_L.company_id == company_no)
    if subject:
        wanted = wanted.where(_L.subject == subject)
    return tuple(_contact(row) for row in conn.execute(wanted))


def one_contact(conn: Connection, number: str) -> Contact | None:
    """Return a contact, or None."""
    row = conn.execute(_LOG.where(_L.contact_no == number)).first()
    return None if row is None else _contact(row)


def _contact(row: Row[Any]) -> Contact:
    return Contact(
        row.contact_no, row.company_id, row.company_name, row.at, row.asked, Channel(row.channel),
        Direction(row.direction), row.subject or "", row.words, row.reference or "", row.writer,
    )  # fmt: skip


_NOUNS = {
    "project": project.c.project_no,
    "permit": permit.c.permit_no,
    "release": service_release.c.release_no,
    "release_batch": release_batch.c.batch_no,
    "verification": account_verification.c.verification_no,
    "account": account.c.account_no,
    "customer": customer.c.customer_id,
}
"""What a contact may be about, by the beginning of its subject."""


def exists(conn: Connection, subject: str) -> bool:
    """Say whether there is what a contact is about."""
    kind, _, number = subject.partition(":")
    key = _NOUNS[kind]
    return conn.execute(select(key).where(key == number)).first() is not None
