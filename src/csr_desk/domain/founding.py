"""What an office was set up with, as its first entry says it: so that the chain covers it from the first day.

Rows that no later act writes (the office, its drawers, the first people, floats and catalogue) would otherwise stand
beside the ledger with nothing that tells what they were.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, TypeAlias

from csr_desk.domain.policy import Policy, as_text

Row: TypeAlias = Mapping[str, Any]

VERSION = 0
"""The policy's version that the founding entry stands for: what holds before anybody changes a setting."""

KEYS: Mapping[str, str] = {
    "office": "office_id", "drawer": "drawer_id", "change_fund": "fund_id", "staff": "user_id",
    "catalogue_release": "release_id",
}  # fmt: skip
"""The tables that are founded, and by which column their rows are named."""

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "office": ("name", "address", "phone", "time_zone", "training", "currency", "created_at"),
    "drawer": ("office_id", "name", "series_id", "authorized_float_minor", "active"),
    "change_fund": (
        "office_id", "name", "drawer_id", "custodian_id", "amount_minor", "authority", "since", "active",
    ),
    "staff": ("role", "active", "supervisor_id", "trained_on", "trained_until", "training_score"),
    "catalogue_release": ("office_id", "label", "demonstration", "content_hash", "loaded_at", "loaded_by"),
}  # fmt: skip
"""The columns that the entry keeps as they are; secrets and catalogues go in as a mark of their content."""

PEOPLE = "people"
"""The topic of the purgeable text with everybody's name and title."""


def facts_of(tables: Mapping[str, Iterable[Row]]) -> dict[str, Any]:
    """Write the rows of a new office as the facts of its founding entry."""
    founded: dict[str, dict[str, Any]] = {}
    for table, rows in tables.items():
        founded[table] = {str(row[KEYS[table]]): _kept(table, row) for row in rows}
    return {"version": VERSION, "settings": as_text(Policy()), "founded": founded}


def _kept(table: str, row: Row) -> dict[str, Any]:
    kept = {name: row[name] for name in COLUMNS[table]}
    if table == "staff":
        kept["secret"] = secret_mark(str(row["secret_hash"]))
    elif table == "catalogue_release":
        kept["sha256"] = content_mark(bytes(row["content"]))
    return kept


def names_of(people: Iterable[Row]) -> str:
    """Write everybody's name and title as the text that stands beside the entry."""
    return json.dumps({str(row["user_id"]): [row["name"], row["title"]] for row in people}, ensure_ascii=False)


def secret_mark(stored: str) -> str:
    """Give the mark of a stored secret: it tells that the row was exchanged, and nothing of the secret."""
    return sha256(b"stored secret\n" + stored.encode()).hexdigest()


def content_mark(content: bytes) -> str:
    """Give the SHA-256 of a catalogue as stored."""
    return sha256(content).hexdigest()
