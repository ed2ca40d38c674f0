"""A taste of G7 and G8 in the suite: one change of a kind for every column, the wording of faults, the self-tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from csr_desk.data.engine import open_store
from postgres_cluster import Cluster
from proof import g07_tampering, g08_cheap
from proof.g07_tampering import Tally
from proof.table import Tier
from proof.tampering import bits, broken, columns, entries, guards, search_index
from proof.tampering.bench import Bench, Case, PostgresBench, SqliteBench, Verdict
from proof.tampering.free import FREE
from proof.tampering.story import make_rich_office


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    """Make the office once as a file."""
    return g07_tampering.rich_file(tmp_path_factory.mktemp("rich"))


@pytest.fixture
def bench(rich: tuple[Path, bytes], tmp_path: Path) -> SqliteBench:
    """Give the file with hands to change it."""
    return SqliteBench(*rich, tmp_path)


@pytest.fixture(scope="module")
def server_bench(postgres: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresBench]:
    """Make the office once on a server."""
    keys = tmp_path_factory.mktemp("rich-keys")
    postgres.execute("CREATE DATABASE rich")
    url = postgres.url("rich")
    make_rich_office(url, keys)
    store = open_store(url, key_folder=keys)
    key = store.key
    store.close()
    found = PostgresBench(url, key)
    yield found
    found.close()


def unnoticed(bench: Bench, cases: Iterator[Case]) -> Tally:
    """Judge cases and keep what nobody noticed."""
    tally = Tally()
    for case in cases:
        tally.add(bench.judge(case))
    assert tally.judged
    return tally


def test_every_column_of_every_table_is_covered_or_on_the_list(bench: SqliteBench) -> None:
    # those of the ledger itself are changed one by one in tests/data/test_verify.py
    present = (case for case in columns.one_kind_each(bench) if not case.name.startswith("ledger_"))
    tally = unnoticed(bench, present)
    assert (tally.unnoticed, tally.broke) == ([], [])


def test_a_superuser_of_the_server_is_found_out_too(server_bench: PostgresBench) -> None:
    wanted = ("ledger_tender.", "approval.", "deposit.")
    some = (case for case in columns.one_kind_each(server_bench) if case.name.startswith(wanted))
    tally = unnoticed(server_bench, some)
    assert (tally.unnoticed, tally.broke) == ([], [])


def test_whole_entries_removed_forged_reordered_or_sealed_anew_are_found(bench: SqliteBench) -> None:
    tally = unnoticed(bench, entries.whole(bench))
    assert (tally.unnoticed, tally.broke) == ([], [])


@pytest.mark.parametrize("name", ["sqlitex_quiet", "SQLITEquiet", "sqlite_quiet", "customer_search_quiet"])
def test_a_trigger_under_a_name_like_sqlite_s_own_is_found(name: str, rich: tuple[Path, bytes], tmp_path: Path) -> None:
    outcomes = list(guards.on_sqlite(*rich, tmp_path, named=f" {name} "))
    assert [one.verdict for one in outcomes] == [Verdict.FOUND]


def test_rights_that_somebody_loosened_on_the_server_are_named(server_bench: PostgresBench) -> None:
    link = server_bench.link
    link.execute("GRANT UPDATE ON ledger_tender TO csr_app")
    try:
        outcome = server_bench.judge(Case("rights", lambda run: run("SELECT 1"), ()))
    finally:
        link.execute("REVOKE UPDATE ON ledger_tender FROM csr_app")
    assert "csr_app was given the right to UPDATE ledger_tender" in outcome.said


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        (
            "UPDATE ledger_tender SET amount_minor = 1 WHERE series_id = 'HPC-2' AND seq = 2",
            r"register HPC-2, entry 2 \(receipt HPC2-0000001\) was changed after it was recorded",
        ),
        ("DELETE FROM approval WHERE act = 'drop'", r"series HPC-1, entry \d+ \(drop\) had a second person, but"),
        ("UPDATE approval SET amount_minor = 1 WHERE act = 'refund'", r"approval \S+ of series HPC-1, entry \d+ was"),
        ("UPDATE staff SET role = 'supervisor' WHERE user_id = 'clerk3'", "person clerk3: the role is supervisor, but"),
        (
            "UPDATE staff SET secret_hash = 'mine' WHERE user_id = 'supervisor1'",
            "person supervisor1: the secret was exchanged, and no entry says so",
        ),
        ("UPDATE office SET training = 0", "office HPC: its training is 0, but it was set up with 1"),
        ("UPDATE catalogue_release SET content = x'00'", "catalogue 000001 is not the one that was taken in"),
        (
            "UPDATE bill SET amount_minor = paid_minor, state = 'paid' WHERE paid_minor > 0 AND returned_item IS NULL",
            r"bill B-\d+ is not the one that was paid: its amount is \d+",
        ),
        (
            "UPDATE bill SET amount_minor = 1100 WHERE description LIKE 'Nobody paid it yet%'",
            r"bill B-\d+ comes to 11\.00, but its items to 12\.00",
        ),
        (
            "UPDATE bill_item SET amount_minor = 1100 WHERE description = 'Nobody paid it yet'",
            r"bill B-\d+ comes to 12\.00, but its items to 11\.00",
        ),
        (
            "UPDATE bill_item SET description = 'Yes' WHERE description = 'Nobody paid it yet'",
            "the load .* of bills: they",
        ),
        (
            "UPDATE export_run SET total_minor = 1",
            "the exported file of 2026-07-14 is not the one that series HPC records",
        ),
        ("DELETE FROM export_run", r"the file of 2026-07-14 that series HPC, entry \d+ exported is gone"),
        (
            "UPDATE change_fund SET amount_minor = 9 WHERE fund_id = 'HPC-SAFE'",
            "change fund HPC-SAFE: its amount is 9, but",
        ),
        (
            "UPDATE account SET credit_minor = 50000",
            "account .*: its credit is 50000, but the entries say 0",
        ),
        (
            "UPDATE batch SET drawer_id = 'HPC-5' WHERE drawer_id = 'HPC-3'",
            "its drawer id is HPC-5, but the entries say",
        ),
    ],
)
def test_the_first_fault_names_its_row_in_a_sentence(bench: SqliteBench, statement: str, words: str) -> None:
    tables = (re.split(r"\W+", statement.replace("DELETE FROM", "UPDATE"))[1],)
    outcome = bench.judge(Case(statement, lambda run: run(statement), tables))
    assert outcome.verdict is Verdict.FOUND
    assert re.search(words, outcome.said), outcome.said


@pytest.mark.parametrize("engine", ["bench", "server_bench"])
def test_whoever_hides_a_customer_from_the_search_or_puts_words_into_it_is_found(
    engine: str, request: pytest.FixtureRequest
) -> None:
    at: Bench = request.getfixturevalue(engine)
    said = [at.judge(case).said for case in search_index.cases(at)]
    hidden, foreign, other = "is not in the search index", "that is no customer’s", "is filed under other words"
    for words, found in zip(said, (hidden, hidden, foreign, other, other, ""), strict=True):
        assert words
        assert found in words
    assert at.judge(Case("nothing", lambda run: run("SELECT 1"), ())).verdict is Verdict.UNNOTICED


def test_every_free_column_has_its_reason_and_exists() -> None:
    assert all(reason.words for reason in FREE.values())
    row = g07_tampering.list_of_free({}, complete=False)
    assert row.found == 0, row.remark


def test_no_flipped_bit_is_silent(tmp_path: Path) -> None:
    office, key = bits.small_office(tmp_path)
    size = office.stat().st_size
    came = bits.flips(office, key, tmp_path, range(17, size, size // 40))
    assert came.bad == []
    assert came.counted[bits.Came.FOUND] > came.counted[bits.Came.SILENT]


def test_a_check_that_is_switched_off_lets_something_through(bench: SqliteBench) -> None:
    rows = list(broken.one_by_one(bench))
    assert rows
    assert all(row.passed for row in rows), [row.what for row in rows if not row.passed]


def test_verification_is_measured_and_finds_a_cent(tmp_path: Path) -> None:
    rows = list(g08_cheap.rows(Tier.TASTE, tmp_path))
    assert all(row.passed for row in rows), [row.remark for row in rows]
