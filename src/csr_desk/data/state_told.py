"""Rebuilds every row that entries tell whole (projects, permits, releases, the outbox …) and compares each column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from json import loads
from typing import Any, TypeAlias

from sqlalchemy import Connection, Table

from csr_desk.data.models import (
    account_verification,
    attachment,
    card,
    card_showing,
    card_text,
    company,
    company_contact,
    company_place,
    contact_log,
    contractor,
    contractor_paper,
    form_handout,
    help_call,
    inspection,
    need,
    need_agency,
    notice,
    notice_read,
    number_counter,
    office_form,
    outbox,
    permit,
    permit_change,
    project,
    referral,
    release_batch,
    request,
    request_caller,
    request_link,
    request_note,
    request_type,
    sales_order,
    service_release,
    verification_item,
    visit,
    work_order,
)
from csr_desk.domain.telling import Told, read_back

Key: TypeAlias = tuple[Any, ...]

TABLES: tuple[Table, ...] = (
    number_counter, contractor, contractor_paper, project, sales_order, permit, permit_change, inspection, work_order,
    company, company_contact, contact_log, outbox, release_batch, service_release, account_verification,
    verification_item, attachment,
    request_type, request, request_caller, request_note, request_link, visit, help_call, office_form, form_handout,
    card, card_text, card_showing, notice, notice_read, need, need_agency, company_place, referral,
)  # fmt: skip
"""What entries tell whole; of files (``attachment``) those that no adjustment brought."""

_NOUNS = {"number_counter": "series of numbers", "attachment": "attached file", "outbox": "message"}
_TELLING = "facts LIKE '%%\"sets\":%%'"
_ENTRIES = f"SELECT series_id, seq, facts FROM ledger_event WHERE {_TELLING} ORDER BY series_id, seq"  # noqa: S608
_WORDS = f"""
SELECT note.series_id, note.seq, note.topic, words.text
FROM ledger_event AS entry JOIN ledger_note AS note ON note.series_id = entry.series_id AND note.seq = entry.seq
JOIN note_text AS words ON words.series_id = note.series_id AND words.seq = note.seq AND words.n = note.n
WHERE entry.{_TELLING}
"""  # noqa: S608 - our own words
_BYTES = "SELECT content FROM attachment WHERE attachment_id = "


@dataclass(slots=True)
class _Row:
    """What the entries say of a row."""

    values: dict[str, Any] = field(default_factory=dict)
    versions: set[int] = field(default_factory=set)
    last: tuple[int, str, int] = (0, "", 0)
    """The newest version and the place of its entry."""


def told_faults(connection: Connection) -> Iterator[str]:
    """Compare each table with what the entries tell of its rows; words that were purged since are not compared."""
    story = _story(connection)
    for table in TABLES:
        yield from _differing(connection, table, story.pop(table.name, {}))
    for name in sorted(story):
        yield f"the ledger tells of rows of {name}, which this program does not know"


def _story(connection: Connection) -> dict[str, dict[Key, _Row]]:
    told: list[tuple[Told, str, int]] = []
    notes: dict[tuple[str, int], dict[str, str]] = {}
    for note in _read(connection, _WORDS):
        notes.setdefault((note.series_id, note.seq), {})[note.topic] = note.text
    for event in _read(connection, _ENTRIES):
        found = read_back(loads(event.facts), notes.get((event.series_id, event.seq), {}))
        told += [(one, event.series_id, event.seq) for one in found]
    told.sort(key=lambda each: each[0].version)
    story: dict[str, dict[Key, _Row]] = {}
    for one, series, seq in told:
        row = story.setdefault(one.table, {}).setdefault(one.key, _Row())
        row.values |= one.values
        for name in one.purged:
            row.values[name] = _PURGED
        if one.version in row.versions:
            row.values[_TWICE] = one.version
        row.versions.add(one.version)
        row.last = (one.version, series, seq)
    return story


_PURGED, _TWICE = object(), "told twice"


def _differing(connection: Connection, table: Table, told: Mapping[Key, _Row]) -> Iterator[str]:
    noun = _NOUNS.get(table.name, table.name.replace("_", " "))
    keys = [column.name for column in table.primary_key]
    left = dict(told)
    for row in _rows(connection, table, keys):
        key = tuple(row[name] for name in keys)
        said = left.pop(key, None)
        words = " ".join(map(str, key))
        if said is None:
            yield f"{noun} {words} stands in no entry of the ledger"
            continue
        yield from (f"{noun} {words}: {fault}" for fault in _row_faults(table, row, said))
        if table is attachment and (fault := _other_file(connection, row)):
            yield f"{noun} {words} {fault}"
    for key in sorted(left, key=str):
        yield f"{noun} {' '.join(map(str, key))} stands in the ledger, but its row is gone"


def _row_faults(table: Table, row: Mapping[str, Any], said: _Row) -> Iterator[str]:
    if _TWICE in said.values or said.versions != set(range(1, len(said.versions) + 1)):
        yield "the entries that tell of it are not one after the other"
        return
    version, series, seq = said.last
    place = {"version": version, "series_id": series, "seq": seq}
    for column in table.columns:
        if column.primary_key or column.name == "content":
            continue
        means = place.get(column.name, said.values.get(column.name))
        if means is not _PURGED and row[column.name] != means:
            words = column.name.removesuffix("_minor").replace("_", " ")
            yield f"its {words} is {row[column.name]}, but the entries say {means}"
            return


def _other_file(connection: Connection, row: Mapping[str, Any]) -> str:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    content = connection.exec_driver_sql(_BYTES + mark, (row["attachment_id"],)).scalar()
    wrong = content is None or sha256(bytes(content)).hexdigest() != row["sha256"]
    return "is not the one that was taken in" if wrong else ""


def _rows(connection: Connection, table: Table, keys: list[str]) -> list[Any]:
    names = ", ".join(f'"{column.name}"' for column in table.columns if column.name != "content")
    where = " WHERE subject NOT LIKE 'adjustment:%%'" if table is attachment else ""
    return list(_read(connection, f"SELECT {names} FROM {table.name}{where} ORDER BY {', '.join(keys)}").mappings())  # noqa: S608


def _read(connection: Connection, statement: str) -> Any:
    return connection.exec_driver_sql(
        statement.replace("%%", "%") if connection.dialect.name == "sqlite" else statement
    )
