"""The proof proved: with one check of the verifier switched off, something must slip through, and it must be told."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from unittest.mock import patch

from csr_desk.data import verify
from csr_desk.data.chain_check import Found
from csr_desk.data.engine import open_store
from csr_desk.domain import chain
from proof.table import Row, Tier
from proof.tampering import bits, entries
from proof.tampering.bench import Bench, Case, Run, SqliteBench, Verdict, said_of
from proof.tampering.story import make_rich_office

OFFICE = "HPC"


@dataclass(frozen=True, slots=True)
class Broken:
    """A check that is switched off, and the change that it alone finds."""

    what: str
    off: Callable[[], contextlib.AbstractContextManager[Any]]
    change: Callable[[Bench], Callable[[Run], None]]
    tables: tuple[str, ...]


def takes_as_whole(url: str, key: bytes) -> bool:
    """Say whether the verifier alone finds nothing wrong with a database."""
    return said_of(url, key)[0] is Verdict.UNNOTICED


def rows(folder: Path, tier: Tier) -> Iterator[Row]:
    """Switch the checks off one by one; each row must say that something went unnoticed."""
    folder.mkdir(parents=True)
    yield from one_by_one(_office(folder / "whole.sqlite", folder))
    if tier is Tier.TASTE:
        return
    for number, one in enumerate(MADE_SO, 1):
        with one.off():
            made = _office(folder / f"made_{number}.sqlite", folder)
            yield _row(replace(one, off=contextlib.nullcontext), made)
    yield _without_the_chain(folder)


def one_by_one(bench: SqliteBench) -> Iterator[Row]:
    """Switch each check off over an office that is as it should be."""
    return (_row(one, bench) for one in CHECKS)


def _office(path: Path, folder: Path) -> SqliteBench:
    keys = folder / f"keys-{path.stem}"
    make_rich_office(f"sqlite:///{path}", keys)
    store = open_store(f"sqlite:///{path}", key_folder=keys)
    key = store.key
    store.close()
    return SqliteBench(path, key, folder)


def _row(one: Broken, bench: SqliteBench) -> Row:
    case = Case(one.what, one.change(bench), one.tables)
    with one.off():
        off = bench.judge(case)
    on = bench.judge(case) if one.off is not contextlib.nullcontext else None
    # with the check in place the very same change is found, or this row proves nothing
    found = on is None or on.verdict is Verdict.FOUND
    unnoticed = off.verdict is Verdict.UNNOTICED and found
    words = f"in place: {on.said}" if on is not None else ""
    return Row("G7", one.what, "sqlite", 1, 1, altered=int(unnoticed), remark=words[:120], broken_on_purpose=True)


def _without_the_chain(folder: Path) -> Row:
    """Let only SQLite itself look at flipped bits: amounts change and nobody says so."""
    small = folder / "bits"
    small.mkdir()
    office, key = bits.small_office(small)
    step = office.stat().st_size // 300
    came = bits.flips(office, key, small, range(0, office.stat().st_size, step), _pages_only)
    silent = came.counted[bits.Came.SILENT]
    return Row("G7", "flipped bits, looked at by integrity_check only", "sqlite", sum(came.counted.values()),
               sum(came.counted.values()), altered=silent, remark=came.bad[0] if came.bad else "",
               broken_on_purpose=True)  # fmt: skip


def _pages_only(url: str, _key: bytes) -> tuple[Verdict, str]:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{url.removeprefix('sqlite:///')}?mode=ro", uri=True)) as link:
            link.text_factory = bytes
            (said,) = link.execute("PRAGMA integrity_check").fetchone()
    except (sqlite3.Error, UnicodeError) as error:
        return Verdict.FOUND, str(error)
    return (Verdict.UNNOTICED, "") if said == b"ok" else (Verdict.FOUND, str(said))


def _no_head() -> contextlib.AbstractContextManager[Any]:
    """Take the last entry that is there for the last that was recorded."""
    whole = verify._series_fault

    def without(one: Any, parts: list[Found], installs: dict[str, str]) -> str | None:
        last = parts[-1].last_mac if parts else one.genesis
        return whole(replace(one, head=replace(one.head, head=last.hex())), parts, installs)

    return patch.object(verify, "_series_fault", without)


def _cut_last(bench: Bench) -> Callable[[Run], None]:
    last = max(row["seq"] for row in bench.rows("ledger_event") if row["series_id"] == OFFICE)

    def change(run: Run) -> None:
        run("DELETE FROM ledger_event WHERE series_id = ? AND seq = ?", OFFICE, last)
        run("UPDATE series SET last_seq = ? WHERE series_id = ?", last - 1, OFFICE)

    return change


def _run(statement: str, *values: object) -> Callable[[Bench], Callable[[Run], None]]:
    def change(run: Run) -> None:
        run(statement, *values)

    return lambda _bench: change


def _late_line(bench: Bench) -> Callable[[Run], None]:
    row = {**bench.rows("ledger_line")[-1], "seq": 9_000}
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" for _ in row)
    return _run(f"INSERT INTO ledger_line ({columns}) VALUES ({marks})", *row.values())(bench)  # noqa: S608


def _off(target: str, answer: object) -> Callable[[], contextlib.AbstractContextManager[Any]]:
    return lambda: patch(target, lambda *_args, **_more: answer)


CHECKS = (
    Broken("the head of each series not compared", _no_head, _cut_last, ("ledger_event", "series")),
    Broken(
        "the tables of the present not rebuilt", _off("csr_desk.data.verify.state_faults", ()),
        _run("UPDATE deposit SET cash_minor = cash_minor - 2000"), ("deposit",),
    ),
    Broken(
        "the schema's fingerprint not taken", _off("csr_desk.data.schema.schema_fault", None),
        _run("CREATE TRIGGER quiet AFTER INSERT ON ledger_tender BEGIN SELECT 1; END"), (),
    ),
    Broken(
        "missing texts not asked for", _off("csr_desk.data.verify._missing_texts", None),
        _run("DELETE FROM note_text WHERE series_id = 'HPC-1' AND n = 1 AND seq > 10"), ("note_text",),
    ),
    Broken(
        "rows beyond the last entry not looked for", _off("csr_desk.data.verify._orphans", None),
        _late_line, ("ledger_line",),
    ),
    Broken(
        "the founding entry not read", _off("csr_desk.data.state_check.founded_in", None),
        _run("UPDATE staff SET role = 'supervisor' WHERE user_id = 'clerk3'"), ("staff",),
    ),
    Broken(
        "collection not rebuilt", _off("csr_desk.data.state_check.collection_faults", ()),
        _run("UPDATE account SET stage_on = '2026-07-14'"), ("account",),
    ),
    Broken(
        "deposits of customers not rebuilt", _off("csr_desk.data.state_check.guarantee_faults", ()),
        _run("UPDATE guarantee_deposit SET amount_minor = amount_minor + 1 WHERE state = 'held'"),
        ("guarantee_deposit",),
    ),
    Broken(
        "holds not rebuilt", _off("csr_desk.data.state_check.hold_faults", ()),
        _run("DELETE FROM hold_flag WHERE lifted_seq IS NULL"), ("hold_flag",),
    ),
    Broken(
        "credit not rebuilt from the receipts", _off("csr_desk.data.state_check.credit_faults", ()),
        _run("UPDATE account SET credit_minor = 50000"), ("account",),
    ),
    Broken(
        "the index by subject not compared with its entries", _off("csr_desk.data.state_check.about_faults", ()),
        _run("INSERT INTO entry_about SELECT 'account:x', series_id, seq FROM ledger_event LIMIT 1"),
        ("entry_about",),
    ),
    Broken(
        "the links of the present not followed", _off("csr_desk.data.verify.dangling_rows", ()),
        _run("UPDATE customer_note SET customer_id = 'C-nobody'"), ("customer_note",),
    ),
)  # fmt: skip


def _no_brand() -> contextlib.AbstractContextManager[Any]:
    """Seal tenders without one of their columns, as a ledger does that hashes only some."""
    tender = chain.LAYOUTS[chain.CHAIN_VERSION]["ledger_tender"]
    texts = tuple(name for name in tender.texts if name != "check_number")
    letters = "".join(
        letter for name, letter in zip(tender.columns, tender.letters, strict=True) if name != "check_number"
    )
    short: Mapping[str, chain.RowLayout] = {
        **chain.LAYOUTS[chain.CHAIN_VERSION],
        "ledger_tender": chain.RowLayout(tender.tag, tender.numbers, texts, letters),
    }
    return patch.object(chain, "LAYOUTS", {**chain.LAYOUTS, chain.CHAIN_VERSION: short})


def _no_key() -> contextlib.AbstractContextManager[Any]:
    """Seal with a hash that everybody can make."""
    return patch("hmac.digest", lambda _key, message, _how: sha256(message).digest())


MADE_SO = (
    Broken(
        "a column left out of the canon", _no_brand,
        _run("UPDATE ledger_tender SET check_number = '999' WHERE check_number <> ''"), ("ledger_tender",),
    ),
    Broken(
        "a chain without a key", _no_key,
        lambda bench: lambda run: entries.lower_a_sale(bench, entries.unkeyed, run), entries.TABLES,
    ),
)  # fmt: skip
"""Broken from the first entry on: the office itself is made so."""
