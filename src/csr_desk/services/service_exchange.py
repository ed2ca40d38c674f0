"""What can be asked for in the shape of Open311 GeoReport v2: the list of services and the questions of each (H2, H3).

What the standard says and we have no column for is kept beside the type and given back.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from csr_desk.data.queries import Connection
from csr_desk.data.queries import requests as rows
from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.open311 import (
    Definition,
    Form,
    Raw,
    Service,
    definition_of,
    definition_row,
    read_definition_row,
    service_of,
    service_row,
    service_rows,
    write_definition_row,
    write_service_rows,
)
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.requests import Kind, RequestType
from csr_desk.domain.telling import Change
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.exchange_files import Kept, foreign_key, keep, last_kept
from csr_desk.services.request_types import TOPICS, KeepTypes, keep_types

SERVICE, DEFINITION = "service", "definition"
USUAL_DAYS = 5
"""Working days to the answer of a service that comes without any, until somebody says otherwise."""
NOBODY = "To be assigned"
"""The department of a service whose group says none."""


@dataclass(frozen=True, slots=True)
class ImportServices:
    """A list of services from another system."""

    key: str
    content: bytes = field(repr=False)
    form: Form


@dataclass(frozen=True, slots=True)
class ImportDefinition:
    """The questions of a service from another system."""

    key: str
    content: bytes = field(repr=False)
    form: Form


def export_services(desk: Desk, actor: Actor, form: Form) -> bytes:
    """Write every type that is offered; one about an employee is not."""
    actor.require(Act.EXCHANGE_REQUESTS)
    with desk.read() as work:
        out = [
            _service_row(one, last_kept(work.conn, SERVICE, one.code))
            for one in sorted(rows.types(work.conn), key=lambda one: one.code)
            if one.active and not one.restricted
        ]
    return write_service_rows(out, form)


def export_definition(desk: Desk, actor: Actor, code: str, form: Form) -> bytes:
    """Write the questions of a type; raise NotFound (no such type, or one about employees)."""
    actor.require(Act.EXCHANGE_REQUESTS)
    with desk.read() as work:
        one = _known(work.conn, code)
        row = _definition_row(one, last_kept(work.conn, DEFINITION, one.code))
    return write_definition_row(row, form)


def import_services(desk: Desk, actor: Actor, command: ImportServices) -> Done[tuple[str, ...]]:
    """Add the services that are new, change those that are known; return the codes of what is new or changed.

    Department, days and rules of a type that is known stay. Raises BadInput, MissingInput; then nothing is taken.
    """
    actor.require(Act.EXCHANGE_REQUESTS)
    given = service_rows(command.content, command.form)
    services = [service_of(row, at) for at, row in enumerate(given, 1)]
    if not services:
        raise BadInput("The file has no service.", field="file")
    with desk.read() as work:
        pairs = [(rows.one_type(work.conn, one.service_code), one) for one in services]
    types = tuple(new for known, one in pairs if (new := _type(known, one)) != known)
    came = [(one.service_code, row) for one, row in zip(services, given, strict=True)]
    return _done(desk, actor, command, types, (SERVICE, came))


def import_definition(desk: Desk, actor: Actor, command: ImportDefinition) -> Done[tuple[str, ...]]:
    """Take the questions of a type that is known; return its code where they are new.

    Raises BadInput, MissingInput, NotFound (take the services in first).
    """
    actor.require(Act.EXCHANGE_REQUESTS)
    row = read_definition_row(command.content, command.form)
    found = definition_of(row)
    with desk.read() as work:
        known = _known(work.conn, found.service_code)
    asks = tuple(sorted(found.questions, key=lambda one: (one.order, one.code)))
    types = () if asks == known.questions else (replace(known, questions=asks),)
    return _done(desk, actor, command, types, (DEFINITION, [(found.service_code, row)]))


Came = tuple[str, list[tuple[str, Raw]]]
"""Service or definition; each code with the row that came for it."""


def _done(
    desk: Desk, actor: Actor, command: ImportServices | ImportDefinition, types: tuple[RequestType, ...], came: Came
) -> Done[tuple[str, ...]]:
    """Change the types that are new, then keep what came; a file that says nothing new writes nothing."""
    new = keep_types(desk, actor, KeepTypes(f"{command.key}-types", types)).value if types else ()
    kept = _keep(desk, actor, command, came)
    return Done(tuple(sorted({*new, *kept})), TOPICS if new or kept else frozenset())


def _keep(desk: Desk, actor: Actor, command: ImportServices | ImportDefinition, what: Came) -> tuple[str, ...]:
    """Keep what came where it is new, in one entry; return the codes."""
    kind, given = what
    codes: list[str] = []
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        changes: list[Change] = []
        files: dict[str, bytes] = {}
        marks: list[str] = []
        for code, row in given:
            before = last_kept(work.conn, kind, code)
            if before is not None and _said(kind, before.row) == _said(kind, row):
                continue
            change, content = keep(desk, actor.user, (kind, code, before), f"request_type:{code}", row)
            changes.append(change)
            files |= content
            codes.append(code)
            marks.append(f"{foreign_key(kind, code)} after {before.key if before is not None else 'nothing'}")
        if changes:
            draft = EntryDraft(
                desk.office_series, EventKind.REQUEST_TYPES_SET, desk.today(), actor.user, f"{command.key}-files",
                content_hash=content_of(desk, actor.user, (kind, marks)), facts={"types": codes},
            )  # fmt: skip
            telling.tell(work, desk, draft, changes, files=files)
    return tuple(codes)


def _said(kind: str, row: Raw) -> bytes:
    """Write it in one way, so that the same one is known again in a file of the other form."""
    return write_service_rows([row], Form.XML) if kind == SERVICE else write_definition_row(row, Form.XML)


def _known(conn: Connection, code: str) -> RequestType:
    found = rows.one_type(conn, code.strip())
    if found is None or found.restricted:
        raise NotFound(f"No service has the code “{code.strip()[:40]}”.", field="service_code")
    return found


def _type(known: RequestType | None, given: Service) -> RequestType:
    """Return the type that a service makes, or what it changes of one that is known."""
    if known is None:
        known = RequestType(given.service_code, given.service_name, Kind.REQUEST, given.group or NOBODY, USUAL_DAYS)
    return replace(
        known, name=given.service_name, description=given.description, keywords=given.keywords,
        category=given.group or known.category,
    )  # fmt: skip


def _service_row(one: RequestType, kept: Kept | None) -> Raw:
    """As it came where it still says the same, else with what is new of it."""
    now = Service(one.code, one.name, one.description, bool(one.questions), keywords=one.keywords, group=one.category)
    if kept is None:
        return service_row(now)
    came = service_of(kept.row, 1)
    said = replace(now, type=came.type, metadata=bool(one.questions) or came.metadata)
    before, after = service_row(replace(came, group=came.group or one.category)), service_row(said)
    return {**kept.row, **{name: value for name, value in after.items() if before[name] != value}}


def _definition_row(one: RequestType, kept: Kept | None) -> Raw:
    now = Definition(one.code, one.questions)
    if kept is not None:
        came = definition_of(kept.row)
        if tuple(sorted(came.questions, key=lambda asked: (asked.order, asked.code))) == one.questions:
            return kept.row
    return definition_row(now)
