"""What can be asked for: who answers, within how many working days, with which questions (H2, H3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from csr_desk.data.models import request_type
from csr_desk.data.queries import Connection, told
from csr_desk.data.queries import requests as rows
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, MissingInput, NotFound
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_questions import write_questions
from csr_desk.domain.requests import RequestType
from csr_desk.domain.telling import Change
from csr_desk.domain.tongues import own_words
from csr_desk.services import telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.REQUESTS})
MOST_DAYS = 366
MOST_TYPES = 500


@dataclass(frozen=True, slots=True)
class KeepTypes:
    """Add types, or change those whose code is known; what is new of them is one entry."""

    key: str
    types: tuple[RequestType, ...]


def request_types(desk: Desk, actor: Actor) -> tuple[RequestType, ...]:
    """Return every type by category and name, those that are not offered any more last."""
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        return rows.types(work.conn)


def keep_types(desk: Desk, actor: Actor, command: KeepTypes) -> Done[tuple[str, ...]]:
    """Add or change types; return the codes of those that are new or changed.

    Raises MissingInput and BadInput with the field; nothing is kept then.
    """
    actor.require(Act.KEEP_REQUEST_TYPES)
    content = content_of(desk, actor.user, command)
    laid = [_columns(one) for one in _checked(command.types)]
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(tuple(earlier.facts["types"]), replayed=True)
        changes = [change for one in laid if (change := _change(work.conn, *one)) is not None]
        codes = tuple(str(change.key[0]) for change in changes)
        draft = EntryDraft(
            desk.office_series, EventKind.REQUEST_TYPES_SET, desk.today(), actor.user, command.key,
            content_hash=content, facts={"types": list(codes)},
        )  # fmt: skip
        telling.tell(work, desk, draft, changes)
    return Done(codes, TOPICS)


def offered(conn: Connection, code: str) -> RequestType:
    """Return a type that is offered; raise NotFound."""
    found = rows.one_type(conn, code.strip())
    if found is None or not found.active:
        raise NotFound(f"Nothing that can be asked for has the code “{code.strip()[:40]}”.", field="type")
    return found


def _checked(types: Sequence[RequestType]) -> Sequence[RequestType]:
    if not types:
        raise MissingInput("Name what can be asked for.", field="types")
    if len(types) > MOST_TYPES:
        raise BadInput(f"At most {MOST_TYPES} types are kept at once.", field="types")
    codes = [one.code.strip() for one in types]
    for one in types:
        if not one.code.strip() or codes.count(one.code.strip()) > 1:
            raise BadInput(f"Each type needs a code of its own; “{one.code[:40]}” is not.", field="code")
        for name, said in (("name", one.name), ("department", one.department)):
            if not said.strip():
                raise MissingInput(f"Type {one.code} needs its {name}.", field=name)
        if not 0 <= one.days <= MOST_DAYS:
            raise BadInput(f"A request is answered within 0 to {MOST_DAYS} working days.", field="days")
    return types


def _columns(one: RequestType) -> tuple[str, dict[str, Any], dict[str, str | None]]:
    values: dict[str, Any] = {
        "category": plain_words(one.category, "category", 60),
        "department": plain_words(one.department, "department", 80),
        "kind": one.kind.value, "priority": one.priority.value, "days": one.days, "safety": int(one.safety),
        "restricted": int(one.restricted), "anonymous": int(one.anonymous), "needs_site": int(one.needs_site),
        "active": int(one.active),
    }  # fmt: skip
    words = {
        "name": plain_words(_name(one), "name", 300),
        "description": plain_words(one.description, "description", 1000) or None,
        "keywords": plain_words(one.keywords, "keywords", 300) or None,
        "questions": write_questions(one.questions),
    }
    return plain_words(one.code, "code", 40), values, words


def _name(one: RequestType) -> str:
    """Return its name as it is kept: with its other languages, where it still is what they translate."""
    return one.written if own_words(one.written) == one.name else one.name


def _change(conn: Connection, code: str, values: dict[str, Any], words: dict[str, str | None]) -> Change | None:
    row = told.record(conn, request_type, code, lock=True)
    if row is None:
        return told.added(request_type, (code,), values, {name: text for name, text in words.items() if text})
    new = {name: value for name, value in values.items() if row[name] != value}
    new_words = {name: text for name, text in words.items() if row[name] != text}
    return told.changed(request_type, row, new, new_words) if new or new_words else None
