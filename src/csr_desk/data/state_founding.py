"""Compares the office, its drawers and its catalogues with the founding entry and what was recorded since.

An office of before that entry was written has none: there only what later entries say can be compared.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Connection

from csr_desk.domain import founding

_ENTRY = "SELECT series_id, seq, facts FROM ledger_event WHERE kind = 'policy_set' ORDER BY series_id, seq"
_LOADED = """
SELECT actor_id, recorded_at_utc, facts FROM ledger_event WHERE kind = 'catalogue_loaded' ORDER BY series_id, seq
"""
_NAMES = """
SELECT words.text FROM ledger_note AS note JOIN note_text AS words
  ON words.series_id = note.series_id AND words.seq = note.seq AND words.n = note.n
WHERE note.topic = 'people' AND note.series_id = {series} AND note.seq = {seq}
"""

Values: TypeAlias = dict[str, Any]
Founded: TypeAlias = Mapping[str, Mapping[str, Values]]


def founded_in(connection: Connection) -> Founded | None:
    """Read what the office was set up with; None for an office of before the founding entry."""
    for series, seq, text in connection.exec_driver_sql(_ENTRY):
        facts = json.loads(text)
        if facts["version"] == founding.VERSION:
            told: dict[str, dict[str, Values]] = facts["founded"]
            for user, (name, title) in _names(connection, series, seq).items():
                told["staff"].get(user, {}).update(name=name, title=title)
            return told
    return None


def _names(connection: Connection, series: str, seq: int) -> dict[str, list[str]]:
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    found = connection.exec_driver_sql(_NAMES.format(series=mark, seq=mark), (series, seq)).scalar()
    return {} if found is None else json.loads(str(found))


def founding_faults(connection: Connection, told: Founded | None) -> Iterator[str]:
    """Name the office, drawers and catalogues that are not what was set up or taken in since, each in words."""
    if told is not None:
        for table in ("office", "drawer"):
            yield from _differing(connection, table, told[table])
    yield from _series_faults(connection)
    yield from _release_faults(connection, told)


def _differing(connection: Connection, table: str, told: Mapping[str, Values]) -> Iterator[str]:
    rows = {row[founding.KEYS[table]]: row for row in _rows(connection, table)}
    for name, row in rows.items():
        if name not in told:
            yield f"{table} {name} is not one that was set up"
            continue
        for column, said in told[name].items():
            # a float follows its change fund, which is compared with that (state_custody)
            if column != "authorized_float_minor" and row[column] != said:
                words = column.replace("_", " ")
                yield f"{table} {name}: its {words} is {row[column]}, but it was set up with {said}"
    for name in sorted(told.keys() - rows.keys()):
        yield f"{table} {name} was set up, but its row is gone"


def _series_faults(connection: Connection) -> Iterator[str]:
    """A register's series belongs to one drawer, the office's own to none."""
    owners: dict[str, list[str]] = {}
    for row in _rows(connection, "drawer"):
        owners.setdefault(row["series_id"], []).append(row["drawer_id"])
    for row in _rows(connection, "series"):
        drawers = owners.pop(row["series_id"], [])
        if row["kind"] != ("register" if drawers else "office") or len(drawers) > 1:
            names = ", ".join(drawers) or "no drawer"
            yield f"series {row['series_id']} is of kind {row['kind']}, but {names} records in it"
    for series, drawers in owners.items():
        yield f"drawer {drawers[0]} records in {series}, which is no series of this office"


def _release_faults(connection: Connection, told: Founded | None) -> Iterator[str]:
    said: list[Values] = list(told["catalogue_release"].values()) if told is not None else []
    for actor, at, text in connection.exec_driver_sql(_LOADED):
        facts = json.loads(text)
        known = {"label": facts["label"], "content_hash": facts["content"], "loaded_by": actor, "loaded_at": at}
        more = {name: facts[name] for name in ("sha256", "demonstration") if name in facts}
        said.append(known | more)
        if not more:
            del said[-1]["loaded_at"]  # was taken from the clock a second time before 0.6
    rows = _rows(connection, "catalogue_release")
    if told is None and len(rows) == len(said) + 1:
        said.insert(0, {})  # the catalogue that an office of before the founding entry was set up with
    if len(rows) != len(said):
        yield f"{len(rows)} catalogues are kept, but {len(said)} were taken in"
    for number, (row, release) in enumerate(zip(rows, said, strict=False), 1):
        held = {**row, "sha256": founding.content_mark(bytes(row["content"]))}
        wrong = [name for name, value in release.items() if held[name] != value]
        if row["release_id"] != f"{number:06d}" or wrong:
            words = wrong[0].replace("_", " ") if wrong else "number"
            yield f"catalogue {row['release_id']} is not the one that was taken in: its {words} differs"


def _rows(connection: Connection, table: str) -> list[Values]:
    order = founding.KEYS.get(table, "series_id")
    found = connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY {order}")  # noqa: S608 - fixed names
    return [dict(row) for row in found.mappings()]
