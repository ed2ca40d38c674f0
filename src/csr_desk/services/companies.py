"""The directory of other companies and of the people there: kept by a supervisor, seen by all who deal with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar, cast

from csr_desk.data.models import company, company_contact
from csr_desk.data.queries import Connection, told
from csr_desk.data.queries import companies as rows
from csr_desk.domain import about, numbering
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.company import Company, CompanyForm, ContactForm, tidy, tidy_contact
from csr_desk.domain.customer_words import fold
from csr_desk.domain.errors import Conflict, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.telling import Value, first_key
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

F = TypeVar("F", CompanyForm, ContactForm)

TOPICS = frozenset({Topic.COMPANIES})
_LONGEST = {"name": 120, "memo": 500}
_WORDS = frozenset({"name", "territory", "hours", "memo", "send_to"})
_PERSON_WORDS = frozenset({"name", "title", "reach", "hours"})


@dataclass(frozen=True, slots=True)
class KeepCompany:
    """Add a company, or with its number correct what is known of it; ``version`` is how it stood when it was read."""

    key: str
    form: CompanyForm
    company: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class KeepContact:
    """Add a person or desk at a company, or with ``n`` correct it."""

    key: str
    company: str
    form: ContactForm
    n: int = 0
    version: int = 0


def companies(desk: Desk, actor: Actor) -> tuple[Company, ...]:
    """Return the directory by name, those that are left last."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, rows.companies(work.conn))


def company_of(desk: Desk, actor: Actor, number: str) -> Company:
    """Return a company with its people; raise NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, known(work.conn, number))


def keep_company(desk: Desk, actor: Actor, command: KeepCompany) -> Done[Company]:
    """Add or correct a company.

    Raises NotFound, MissingInput and BadInput with the field, Conflict (somebody else changed it in the meantime, there
    is one of this name, or nothing is new).
    """
    actor.require(Act.KEEP_COMPANIES)
    content = content_of(desk, actor.user, command)
    form = tidy(_keyed(command.form))
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(known(work.conn, str(first_key(earlier.facts, company.name)[0])), replayed=True)
        _refuse_twin(work.conn, form, _number(command.company))
        values, words = _columns(form, _WORDS)
        if not command.company:
            number, counted = telling.next_number(work.conn, desk, "company", desk.today().year)
            changes = [counted, told.added(company, (number,), values, words)]
        else:
            number = known(work.conn, command.company).number
            row = told.record(work.conn, company, number, lock=True)
            if row is None or row["version"] != command.version:
                raise Conflict
            changes = [told.changed(company, row, *_new(row, values, words))]
        draft = _draft(desk, actor, command.key, content)
        telling.tell(work, desk, draft, changes, [about.company(number)])
        done = known(work.conn, number)
    return Done(done, TOPICS)


def keep_contact(desk: Desk, actor: Actor, command: KeepContact) -> Done[Company]:
    """Add or correct a person or desk at a company; raise NotFound, MissingInput, BadInput, Conflict."""
    actor.require(Act.KEEP_COMPANIES)
    content = content_of(desk, actor.user, command)
    form = tidy_contact(_keyed(command.form))
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        number = known(work.conn, command.company).number
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(known(work.conn, number), replayed=True)
        values, words = _columns(form, _PERSON_WORDS)
        if not command.n:
            at = rows.next_person(work.conn, number)
            change = told.added(company_contact, (number, at), values, words)
        else:
            row = told.record(work.conn, company_contact, number, command.n, lock=True)
            if row is None:
                raise NotFound(f"There is no contact {command.n} at this company.", field="n")
            if row["version"] != command.version:
                raise Conflict
            change = told.changed(company_contact, row, *_new(row, values, words))
        draft = _draft(desk, actor, command.key, content)
        telling.tell(work, desk, draft, [change], [about.company(number)])
        done = known(work.conn, number)
    return Done(done, TOPICS)


def known(conn: Connection, typed: str) -> Company:
    """Return a company by its number as keyed; raise NotFound or BadInput (a wrong figure)."""
    found = rows.one_company(conn, _number(typed))
    if found is None:
        raise NotFound(f"There is no company “{typed[:40]}”.", field="company")
    return found


def _number(typed: str) -> str:
    read = numbering.read_number(numbering.FIXED["company"], typed)
    return typed.strip() if read is None else read.number


def _refuse_twin(conn: Connection, form: CompanyForm, number: str) -> None:
    """Refuse a second company of one name: contacts would be looked for at the wrong one."""
    for other in rows.companies(conn):
        if other.number != number and other.form.active and form.active and fold(other.form.name) == fold(form.name):
            raise Conflict(f"There is “{other.form.name}” already, as {other.number}.")


def _keyed(form: F) -> F:
    """Trim what was keyed, and refuse what no field holds."""
    texts = {part.name: getattr(form, part.name) for part in fields(form)}
    words = {
        name: " ".join(plain_words(text, name, _LONGEST.get(name, 200)).split())
        for name, text in texts.items()
        if type(text) is str
    }
    return replace(form, **cast("dict[str, Any]", words))


def _columns(form: CompanyForm | ContactForm, spoken: frozenset[str]) -> tuple[dict[str, Value], dict[str, str | None]]:
    """Lay a form out as impersonal columns and as words; what is empty is None."""
    values: dict[str, Value] = {}
    words: dict[str, str | None] = {}
    for part in fields(form):
        held = getattr(form, part.name)
        if part.name in spoken:
            words[part.name] = held or None
        elif isinstance(held, bool):
            values[part.name] = int(held)
        else:
            values[part.name] = str(held) or None
    return values, words


def _new(
    row: told.Record, values: Mapping[str, Value], words: Mapping[str, str | None]
) -> tuple[dict[str, Value], dict[str, str | None]]:
    """Return what is new of a row; raise Conflict where nothing is."""
    new = {name: value for name, value in values.items() if row[name] != value}
    new_words = {name: text for name, text in words.items() if row[name] != text}
    if not new and not new_words:
        raise Conflict("Nothing of this is new.")
    return new, new_words


def _draft(desk: Desk, actor: Actor, key: str, content: str) -> EntryDraft:
    return EntryDraft(
        series=desk.office_series, kind=EventKind.COMPANY_CHANGED, business_date=desk.today(), actor=actor.user,
        idem_key=key, content_hash=content,
    )  # fmt: skip
