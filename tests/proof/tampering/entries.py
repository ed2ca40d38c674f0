"""Whole entries: taken out, forged, reordered, cut off, moved from another register, sealed anew without the key."""

# ruff: noqa: S608 - the statements are put together from the tables' own names

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from typing import Any, TypeAlias

from csr_desk.data.models import LEDGER, metadata
from csr_desk.domain import chain
from proof.tampering.bench import Bench, Case, Run
from proof.tampering.free import PUT_IN, TAKEN_OUT

Seal: TypeAlias = Callable[[bytes, bytes], bytes]
"""Makes a seal from the one before and the canon."""

TABLES = (*(table.name for table in LEDGER), "note_text", "series")
CHILDREN = ("ledger_line", "ledger_tender", "ledger_posting", "ledger_note", "note_text")
REGISTER, OTHER = "HPC-1", "HPC-2"


def unkeyed(prev: bytes, canonical: bytes) -> bytes:
    """Seal as somebody who knows the program but not the key."""
    return sha256(prev + canonical).digest()


def other_key(prev: bytes, canonical: bytes) -> bytes:
    """Seal with a key of one's own."""
    return hmac.digest(b"k" * 32, prev + canonical, "sha256")


def cases(bench: Bench) -> Iterator[Case]:
    """Give every change of whole rows and entries."""
    yield from _rows(bench)
    yield from whole(bench)


def whole(bench: Bench) -> Iterator[Case]:
    """Give every change of whole entries of the ledger."""
    last = len([row for row in bench.rows("ledger_event") if row["series_id"] == REGISTER])
    for seq in (1, last // 2, last):
        yield _case(f"entry {seq} taken out, those after it moved up", partial(_take_out, seq, last))
        yield _case(f"entry {seq} taken out with its rows, a gap left", partial(_drop, seq))
    for name, seal in (("without a key", unkeyed), ("with another key", other_key)):
        yield _case(f"an amount changed and everything sealed anew {name}", partial(lower_a_sale, bench, seal))
        yield _case(f"a sale forged at the end, sealed {name}", partial(_forge, bench, seal))
        yield _case(f"an entry under chain version 1, sealed {name}", partial(_older_version, bench, seal))
    yield _case("a sale forged at the end with a copied seal", partial(_forge, bench, None))
    for seq in (3, last // 2, last - 1):
        yield _case(f"entries {seq} and {seq + 1} reordered, seals and all", partial(_reorder, seq))
        yield _case(f"entries {seq} and {seq + 1} reordered and linked anew", partial(_reorder_linked, seq))
    yield _case("the stretch of another register put in place of this one's", partial(_splice, last))
    yield _case("the stretch of another register added at the end", partial(_append_other, bench, last))
    for cut in (1, 3, last - 1):
        yield _case(f"the last {cut} entries cut off, the series left as it was", partial(_cut, last, cut))
    yield _case("a register's whole ledger emptied", partial(_empty, bench))
    yield _case("a new genesis and every seal made without a key", partial(_new_genesis, bench))


def _case(name: str, change: Callable[[Run], None]) -> Case:
    return Case(name, change, TABLES)


def _rows(bench: Bench) -> Iterator[Case]:
    """Take a row out of every table, and put a copy of a row with another key in."""
    for table in metadata.tables.values():
        rows = bench.rows(table.name)
        keys = [column.name for column in table.primary_key]
        for at in sorted({0, len(rows) // 2, len(rows) - 1}):
            place = {key: rows[at][key] for key in keys}
            words = "/".join(map(str, place.values()))
            yield Case(
                f"{table.name}: row {words} deleted",
                partial(_delete, table.name, place),
                (table.name,),
                TAKEN_OUT,
                rows[at],
            )
        forged = dict(rows[-1])
        for column in table.columns:
            if column.primary_key or any(
                column.name in rule.columns and len(rule.columns) == 1 for rule in _unique(table)
            ):
                forged[column.name] = _fresh(table.name, column.name, forged[column.name])
        forged |= {name: value for name, value in _OUT_OF_THE_WAY.items() if name in table.columns}
        yield Case(f"{table.name}: a row forged", partial(_insert, table.name, forged), (table.name,), PUT_IN, forged)


_OUT_OF_THE_WAY = {"hold_number": None, "install_uuid": "another"}
"""What a forger leaves out so that no index refuses the row."""


def _unique(table: Any) -> list[Any]:
    return [rule for rule in table.constraints if type(rule).__name__ == "UniqueConstraint"]


def _fresh(table: str, name: str, value: Any) -> Any:
    """Give a key that nobody has; rows of an entry stay in their series."""
    if name in {"series_id", "office_id"} and name.removesuffix("_id") != table:
        return value
    if name == "business_date":
        return "2026-07-21"
    return value + 900 if isinstance(value, int) else f"{value}9"


def _where(place: Mapping[str, Any]) -> str:
    return " AND ".join(f'"{name}" = ?' for name in place)


def _delete(table: str, place: Mapping[str, Any], run: Run) -> None:
    run(f"DELETE FROM {table} WHERE {_where(place)}", *place.values())


def _insert(table: str, row: Mapping[str, Any], run: Run) -> None:
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
    run(f"INSERT INTO {table} ({columns}) VALUES ({marks})", *row.values())


def _move(series: str, seq: int, to: int, run: Run) -> None:
    for table in ("ledger_event", *CHILDREN):
        run(f"UPDATE {table} SET seq = ? WHERE series_id = ? AND seq = ?", to, series, seq)


def _drop(seq: int, run: Run) -> None:
    for table in ("ledger_event", *CHILDREN):
        run(f"DELETE FROM {table} WHERE series_id = ? AND seq = ?", REGISTER, seq)


def _take_out(seq: int, last: int, run: Run) -> None:
    _drop(seq, run)
    for later in range(seq + 1, last + 1):
        _move(REGISTER, later, later - 1, run)
    run("UPDATE series SET last_seq = last_seq - 1 WHERE series_id = ?", REGISTER)


def _cut(last: int, count: int, run: Run) -> None:
    for seq in range(last - count + 1, last + 1):
        _drop(seq, run)


def _reorder(seq: int, run: Run) -> None:
    for old, new in ((seq, 9_000), (seq + 1, seq), (9_000, seq + 1)):
        _move(REGISTER, old, new, run)


def _reorder_linked(seq: int, run: Run) -> None:
    _reorder(seq, run)
    first, second = (
        run("SELECT prev_mac, mac FROM ledger_event WHERE series_id = ? AND seq = ?", REGISTER, at)[0]
        for at in (seq, seq + 1)
    )
    for at, (prev, own) in ((seq, second), (seq + 1, first)):
        run("UPDATE ledger_event SET prev_mac = ?, mac = ? WHERE series_id = ? AND seq = ?", prev, own, REGISTER, at)


def _splice(last: int, run: Run) -> None:
    for seq in range(1, last + 1):
        _drop(seq, run)
    for table in ("ledger_event", *CHILDREN):
        run(f"UPDATE {table} SET series_id = ? WHERE series_id = ?", REGISTER, OTHER)
    names = ["last_seq", "last_receipt_no", "perpetual_minor", "head_mac", "last_z"]
    values = run(f"SELECT {', '.join(names)} FROM series WHERE series_id = ?", OTHER)[0]
    run(f"UPDATE series SET {', '.join(f'{name} = ?' for name in names)} WHERE series_id = ?", *values, REGISTER)
    run("UPDATE series SET last_seq = 0, last_receipt_no = 0, perpetual_minor = 0, head_mac = genesis, last_z = 0 "
        "WHERE series_id = ?", OTHER)  # fmt: skip


def _append_other(bench: Bench, last: int, run: Run) -> None:
    moved = [row for row in bench.rows("ledger_event") if row["series_id"] == OTHER]
    receipts = max(row["receipt_no"] or 0 for row in bench.rows("ledger_event") if row["series_id"] == REGISTER)
    for row in moved:
        number = row["receipt_no"] + receipts if row["receipt_no"] else None
        run(
            "UPDATE ledger_event SET series_id = ?, seq = ?, receipt_no = ? WHERE series_id = ? AND seq = ?",
            REGISTER, row["seq"] + last, number, OTHER, row["seq"],
        )  # fmt: skip
        for table in CHILDREN:
            run(
                f"UPDATE {table} SET series_id = ?, seq = ? WHERE series_id = ? AND seq = ?",
                REGISTER, row["seq"] + last, OTHER, row["seq"],
            )  # fmt: skip
    run(
        "UPDATE series SET last_seq = ?, head_mac = ? WHERE series_id = ?",
        last + len(moved),
        moved[-1]["mac"],
        REGISTER,
    )


def _empty(bench: Bench, run: Run) -> None:
    for table in ("ledger_event", *CHILDREN):
        run(f"DELETE FROM {table} WHERE series_id = ?", REGISTER)
    run("UPDATE series SET last_seq = 0, last_receipt_no = 0, perpetual_minor = 0, head_mac = genesis, last_z = 0 "
        "WHERE series_id = ?", REGISTER)  # fmt: skip


def seal_series(run: Run, seal: Seal, start: bytes | None = None) -> None:
    """Seal every entry of the register anew and set the head of its series, as somebody without the key would."""
    names = {table.name: [column.name for column in table.columns] for table in LEDGER}

    def records(table: str, seq: int) -> list[dict[str, Any]]:
        query = f"SELECT {', '.join(f'{chr(34)}{name}{chr(34)}' for name in names[table])} FROM {table} "
        key = "" if table == "ledger_event" else ", n"
        found = run(f"{query}WHERE series_id = ? AND seq = ? ORDER BY seq{key}", REGISTER, seq)
        return [dict(zip(names[table], row, strict=True)) for row in found]

    prev = start or run("SELECT genesis FROM series WHERE series_id = ?", REGISTER)[0][0]
    for (seq,) in run("SELECT seq FROM ledger_event WHERE series_id = ? ORDER BY seq", REGISTER):
        entry = {table: records(table, seq) for table in names}
        version = entry["ledger_event"][0]["chain_version"]
        own = seal(prev, chain.canon(entry, version))
        run("UPDATE ledger_event SET prev_mac = ?, mac = ? WHERE series_id = ? AND seq = ?", prev, own, REGISTER, seq)
        prev = own
    run("UPDATE series SET head_mac = ? WHERE series_id = ?", prev, REGISTER)


def _sale(bench: Bench) -> dict[str, Any]:
    """Return the register's last sale: no day was closed since, so nothing but the chain stands for it."""
    sales = [row for row in bench.rows("ledger_event") if (row["series_id"], row["kind"]) == (REGISTER, "sale")]
    return sales[-1]


def lower_a_sale(bench: Bench, seal: Seal, run: Run) -> None:
    """Lower a sale by a dollar everywhere, so that all sums agree, and seal the register anew."""
    at = (REGISTER, _sale(bench)["seq"])
    for table in ("ledger_line", "ledger_tender"):
        run(f"UPDATE {table} SET amount_minor = amount_minor - 100 WHERE series_id = ? AND seq = ? AND n = 1", *at)
    for column, cents in (("tender_n", -100), ("line_n", 100)):
        first = f"SELECT MIN(n) FROM ledger_posting WHERE series_id = ? AND seq = ? AND {column} = 1"
        run(
            "UPDATE ledger_posting SET amount_minor = amount_minor + ? "
            f"WHERE series_id = ? AND seq = ? AND n = ({first})",
            cents, *at, *at,
        )  # fmt: skip
    run("UPDATE series SET perpetual_minor = perpetual_minor - 100 WHERE series_id = ?", REGISTER)
    seal_series(run, seal)


def _forge(bench: Bench, seal: Seal | None, run: Run) -> None:
    """Add a sale that never was, with all its rows, its receipt number and the head of the series."""
    model = _sale(bench)
    head = run("SELECT last_seq, last_receipt_no, head_mac FROM series WHERE series_id = ?", REGISTER)[0]
    fresh = {
        "seq": head[0] + 1, "receipt_no": head[1] + 1, "prev_mac": head[2],
        "event_uuid": "forged", "idem_key": "forged", "mac": model["mac"],
    }  # fmt: skip
    _insert("ledger_event", {**model, **fresh}, run)
    entry: dict[str, list[dict[str, Any]]] = {"ledger_event": [{**model, **fresh}]}
    for table in ("ledger_line", "ledger_tender", "ledger_posting"):
        entry[table] = [
            {**row, "seq": fresh["seq"]}
            for row in bench.rows(table)
            if (row["series_id"], row["seq"]) == (REGISTER, model["seq"])
        ]
        for row in entry[table]:
            _insert(table, row, run)
    own = model["mac"] if seal is None else seal(head[2], chain.canon(entry))
    run("UPDATE ledger_event SET mac = ? WHERE series_id = ? AND seq = ?", own, REGISTER, fresh["seq"])
    taken = sum(row["amount_minor"] for row in entry["ledger_tender"])
    run(
        "UPDATE series SET last_seq = ?, last_receipt_no = ?, head_mac = ?, perpetual_minor = perpetual_minor + ? "
        "WHERE series_id = ?", fresh["seq"], fresh["receipt_no"], own, taken, REGISTER,
    )  # fmt: skip


def _older_version(bench: Bench, seal: Seal, run: Run) -> None:
    """Claim that an entry was sealed by an earlier layout, which knew fewer columns."""
    run("UPDATE ledger_event SET chain_version = 1 WHERE series_id = ? AND seq = ?", REGISTER, _sale(bench)["seq"])
    seal_series(run, seal)


def _new_genesis(bench: Bench, run: Run) -> None:
    """Begin the register's chain somewhere else."""
    start = b"g" * 32
    run("UPDATE series SET genesis = ? WHERE series_id = ?", start, REGISTER)
    seal_series(run, unkeyed, start)
