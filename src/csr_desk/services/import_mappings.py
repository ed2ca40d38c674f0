"""Saved mappings: which column of another system's file is which, kept under a name."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from csr_desk.data.queries import Connection, imports
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound
from csr_desk.domain.import_columns import LONGEST_NAME, ColumnMapping, ImportKind, check_mapping
from csr_desk.domain.people import Act, Actor
from csr_desk.services.desk import Desk
from csr_desk.services.words import plain_words

LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class SaveMapping:
    """A mapping to keep under a name; the same name of the same kind again replaces it."""

    key: str
    name: str
    kind: ImportKind
    mapping: ColumnMapping


@dataclass(frozen=True, slots=True)
class SavedMapping:
    """A mapping as it is kept."""

    name: str
    kind: ImportKind
    mapping: ColumnMapping


def save_mapping(desk: Desk, actor: Actor, command: SaveMapping) -> Done[SavedMapping]:
    """Keep a mapping; raise BadInput for a field that there is not, Conflict where the name is another kind's."""
    actor.require(Act.LOAD_BILLS)
    name = plain_words(command.name, "name", LONGEST_NAME)
    if not name:
        raise MissingInput("A mapping has a name.", field="name")
    check_mapping(command.kind, command.mapping)
    if not command.mapping.columns:
        raise MissingInput("A mapping names at least one column.", field="columns")
    parts = {part: _checked(getattr(command.mapping, part)) for part in ("columns", "fixed")}
    with desk.begin() as work:
        before = imports.mapping_named(work.conn, name)
        if before is not None and before["kind"] != command.kind.value:
            raise Conflict(f"“{name}” is a mapping of {before['kind']}. Take another name.")
        row = {
            "name": name,
            "kind": command.kind.value,
            "columns": json.dumps(parts, ensure_ascii=False, sort_keys=True),
            "saved_by": actor.user,
            "saved_at": desk.now_text(),
        }
        imports.save_mapping(work.conn, row)
    return Done(_saved(row), frozenset({Topic.ACCOUNTS}))


def saved_mappings(desk: Desk, actor: Actor) -> tuple[SavedMapping, ...]:
    """Return the saved mappings by name."""
    actor.require(Act.LOAD_BILLS)
    with desk.read() as work:
        return tuple(_saved(row) for row in imports.mappings(work.conn))


def mapping_of(conn: Connection, name: str, kind: ImportKind) -> ColumnMapping:
    """Return a saved mapping for a kind of file; raise NotFound, or BadInput where it is for another kind."""
    row = imports.mapping_named(conn, name)
    if row is None:
        raise NotFound(f"There is no mapping “{name[:LONGEST_NAME]}”.", field="mapping")
    if row["kind"] != kind.value:
        raise BadInput(f"“{name[:LONGEST_NAME]}” is a mapping of {row['kind']}, not of {kind.value}.", field="mapping")
    return _saved(row).mapping


def _checked(words: Mapping[str, str]) -> dict[str, str]:
    return {name: plain_words(text, name, LONGEST_TITLE) for name, text in words.items()}


def _saved(row: Mapping[str, Any]) -> SavedMapping:
    parts = json.loads(row["columns"])
    return SavedMapping(row["name"], ImportKind(row["kind"]), ColumnMapping(parts["columns"], parts["fixed"]))
