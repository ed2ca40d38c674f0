"""Every table × every column × {changed, emptied, borrowed from a neighbour, swapped with it}, on several rows."""

# ruff: noqa: S608 - the statements are put together from the tables' own names

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy import CheckConstraint, Column, Table, UniqueConstraint

from csr_desk.data.models import metadata
from proof.tampering.bench import Bench, Case, Run
from proof.tampering.free import some_row

_WORDS = re.compile(r"IN \(('[^)]*')\)")


def cases(bench: Bench, rows: int) -> Iterator[Case]:
    """Give every change of a column, on that many rows of each table."""
    for table in metadata.tables.values():
        found = bench.rows(table.name)
        told_apart = some_row(table.name, found)
        chosen = {*_spread(len(found), rows), *(() if told_apart is None else (told_apart,))}
        for at in sorted(chosen):
            for column in table.columns:
                yield from _of_column(table, column, found, at)


def _spread(count: int, wanted: int) -> list[int]:
    """Choose rows from the first to the last, evenly."""
    if count <= wanted:
        return list(range(count))
    return sorted({round(n * (count - 1) / max(wanted - 1, 1)) for n in range(wanted)})


def _of_column(table: Table, column: Column[Any], rows: Sequence[Mapping[str, Any]], at: int) -> Iterator[Case]:
    row = rows[at]
    where = {key.name: row[key.name] for key in table.primary_key}
    value = row[column.name]

    def case(kind: str, change: Any) -> Case:
        place = "/".join(map(str, where.values()))
        return Case(f"{table.name}.{column.name} {kind} at {place}", change, (table.name,), column.name, row)

    other = another(column, value)
    yield case(f"set to {str(other)[:40]!r}", partial(_set, table.name, column.name, where, other))
    if value is not None and column.nullable:
        yield case("emptied", partial(_set, table.name, column.name, where, None))
    neighbours = [near for near in (*rows[at + 1 :], *rows[:at]) if near[column.name] != value]
    if not neighbours:
        return
    near = neighbours[0]
    there = {key.name: near[key.name] for key in table.primary_key}
    lent = near[column.name]
    yield case("borrowed from a neighbour", partial(_set, table.name, column.name, where, lent))
    yield case("swapped with a neighbour", partial(_swap, (table.name, column), (where, value), (there, lent)))


def another(column: Column[Any], value: Any) -> Any:
    """Give another value that the column would take: the next legal word, a cent more, another digit, another bit."""
    words = legal(column)
    if words:
        return next(word for word in words if word != value)
    kind = column.type.python_type
    if kind is int:
        return 1 - value if column.name in _flags(column.table) else (value or 0) + 1
    if kind is bytes:
        return bytes([*value[:-1], value[-1] ^ 1]) if value else b"\x01"
    if not value:
        return "2026-07-01" if column.name.endswith(("_on", "_date")) else "1"
    digits = [place for place, letter in enumerate(value) if letter in "0123456789"]
    if not digits:
        return f"{value}x"
    last = digits[-1]
    return f"{value[:last]}{(int(value[last]) + 1) % 10}{value[last + 1 :]}"


def _rules(column: Column[Any]) -> Iterator[str]:
    for rule in (*column.constraints, *column.table.constraints):
        if isinstance(rule, CheckConstraint) and str(rule.sqltext).startswith(f"{column.name} IN"):
            yield str(rule.sqltext)


def legal(column: Column[Any]) -> list[str]:
    return [word.strip(" '") for rule in _rules(column) for held in _WORDS.findall(rule) for word in held.split(",")]


def _flags(table: Table) -> set[str]:
    return {column.name for column in table.columns if any("IN (0, 1)" in rule for rule in _rules(column))}


def _where(place: Mapping[str, Any]) -> str:
    return " AND ".join(f"{name} = ?" for name in place)


def _set(table: str, column: str, place: Mapping[str, Any], value: Any, run: Run) -> None:
    run(f'UPDATE {table} SET "{column}" = ? WHERE {_where(place)}', value, *place.values())


def _swap(
    what: tuple[str, Column[Any]], one: tuple[Mapping[str, Any], Any], two: tuple[Mapping[str, Any], Any], run: Run
) -> None:
    """Exchange two values; a key column goes over a value that nobody has."""
    table, column = what
    (here, value), (there, lent) = one, two
    free: Any = -7 if column.type.python_type is int else b"~" * 32 if column.type.python_type is bytes else "~"
    rules = [rule for rule in column.table.constraints if isinstance(rule, UniqueConstraint)]
    if column.primary_key or any(column.name in rule.columns for rule in rules):
        _set(table, column.name, here, free, run)
        _set(table, column.name, there, value, run)
        here = {**here, **({column.name: free} if column.name in here else {})}
        _set(table, column.name, here, lent, run)
        return
    _set(table, column.name, here, lent, run)
    _set(table, column.name, there, value, run)


def one_kind_each(bench: Bench) -> Iterator[Case]:
    """Change each column once, of the last row of its table: enough to see that an engine is read whole."""
    for table in metadata.tables.values():
        found = bench.rows(table.name)
        for column in table.columns if found else ():
            yield next(_of_column(table, column, found, len(found) - 1))
