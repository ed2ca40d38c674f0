"""How an entry tells what becomes of rows: which columns of which row it sets, whole, and how often that row was told.

A permit, a release, an order are what entries say of them (``docs/decisions/0030``). What is impersonal stands in the
entry's facts; what people key stands in its purgeable notes, and the facts only name the note. So one function writes
every such row, and one other rebuilds it.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from csr_desk.domain.chain import canonical_json

SETS = "sets"
"""The fact that holds the rows that an entry tells."""

Value: TypeAlias = str | int | None


@dataclass(frozen=True, slots=True)
class Change:
    """What an entry says of one row; the first says every column that is not empty, later ones only what is new."""

    table: str
    key: tuple[str | int, ...]
    """The values of its key columns, in their order."""
    version: int
    """1 for a new row, then one more with each entry: two entries can never both be the third."""
    values: Mapping[str, Value] = field(default_factory=dict)
    """Impersonal columns; money in cents."""
    words: Mapping[str, str | None] = field(default_factory=dict)
    """Columns that hold what people keyed; they go to notes named after the column."""


@dataclass(frozen=True, slots=True)
class Told:
    """What was read back of a change; columns whose words were purged are only named."""

    table: str
    key: tuple[str | int, ...]
    version: int
    values: Mapping[str, Value]
    purged: frozenset[str]


def laid_out(changes: Iterable[Change]) -> tuple[list[dict[str, object]], dict[str, str]]:
    """Lay changes out as the value of the fact ``sets`` and the notes beside it, by topic.

    A topic that only one row of the entry speaks of holds its words as they are, one of several a JSON list.
    """
    changes = list(changes)
    spoken: Counter[str] = Counter()
    for change in changes:
        spoken.update(name for name, text in change.words.items() if text is not None)
    texts: dict[str, list[str]] = defaultdict(list)
    sets: list[dict[str, object]] = []
    for change in changes:
        words: dict[str, int | None] = {}
        values = dict(change.values)
        for name, text in change.words.items():
            if text is None:
                values[name] = None
                continue
            words[name] = len(texts[name]) if spoken[name] > 1 else None
            texts[name].append(text)
        sets.append({
            "table": change.table, "key": list(change.key), "version": change.version, "values": values,
            "words": words,
        })  # fmt: skip
    notes = {name: held[0] if spoken[name] == 1 else canonical_json(held) for name, held in texts.items()}
    return sets, notes


def read_back(facts: Mapping[str, Any], notes: Mapping[str, str]) -> Iterator[Told]:
    """Read what an entry tells, from its facts and the notes that were not purged."""
    lists: dict[str, Sequence[str]] = {}
    for told in facts.get(SETS, ()):
        values, purged = dict(told["values"]), set()
        for name, at in told["words"].items():
            if name not in notes:
                purged.add(name)
            elif at is None:
                values[name] = notes[name]
            else:
                if name not in lists:
                    lists[name] = json.loads(notes[name])
                values[name] = lists[name][at]
        yield Told(told["table"], tuple(told["key"]), told["version"], values, frozenset(purged))


def first_key(facts: Mapping[str, Any], table: str) -> tuple[str | int, ...]:
    """Return the key of the first row of a table that an entry tells: what a repeated command made before."""
    return next(tuple(told["key"]) for told in facts[SETS] if told["table"] == table)
