"""Statements of many accounts: there all or not at all, recorded, and stopped without a trace."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from csr_desk.data.queries import entries
from csr_desk.domain.errors import BadInput, Conflict, NotFound, Trouble
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.receivable.statement import Statement
from csr_desk.services import accounts, statements
from csr_desk.services.statement_runs import RunStatements, StatementRun, run_statements
from csr_desk.services.statements import StatementSpan
from demo_city import City
from papers_logged import keep_secret, papers_logged

TODAY = date(2026, 7, 14)
SPAN = StatementSpan(date(2026, 7, 1), TODAY)


def billed(city: City, *numbers: str) -> None:
    """Open accounts that owe 10.00 each; the name of the first would be a formula in a spreadsheet."""
    who = city.who("clerk1")
    for number in numbers:
        name = "=1+1" if number == numbers[0] else f"Customer {number}"
        accounts.add_customer(city.desk, who, accounts.NewCustomer(f"c{number}", name, number=f"C-{number}"))
        accounts.add_account(city.desk, who, accounts.NewAccount(f"a{number}", number, f"C-{number}", "water"))
        water = (accounts.BillItem(None, "Water", 1_000),)
        command = accounts.NewBill(f"b{number}", number, water, TODAY + timedelta(days=5))
        accounts.add_bill(city.desk, who, command)


def render(some: Sequence[Statement]) -> tuple[bytes, tuple[int, ...]]:
    """Draw nothing, but say who is on it."""
    return " ".join(one.head.account for one in some).encode(), tuple(1 for _ in some)


def run(city: City, folder: Path, span: StatementSpan = SPAN, **more: object) -> StatementRun | None:
    """Run as the accountant."""
    command = RunStatements("run", span, folder)
    return run_statements(city.desk, city.who("accountant1"), command, render, **more)  # type: ignore[arg-type]


def test_all_that_owe_get_one_and_the_index_says_where_it_is(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "AT_ONCE", 2)
    billed(city, "0001", "0002", "0003")
    heard: list[tuple[int, int]] = []

    def tell(done: int, every: int) -> bool:
        heard.append((done, every))
        return True

    made = run(city, tmp_path / "july", tell=tell)
    assert made is not None
    assert (made.statements, made.pages, made.owed, made.aged.current) == (3, 3, 3_000, 3_000)
    assert heard == [(0, 3), (2, 3), (3, 3)]
    assert sorted(path.name for path in (tmp_path / "july").iterdir()) == ["index.csv", *made.files]
    assert [path.read_bytes() for path in sorted((tmp_path / "july").glob("*.pdf"))] == [b"0001 0002", b"0003"]
    with (tmp_path / "july" / "index.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[1] == ["0001", "'=1+1", "statements-0001.pdf", "1", "1", "10.00", "0.00", "2026-07-19"]
    assert [row[2:4] for row in rows[2:]] == [["statements-0001.pdf", "2"], ["statements-0002.pdf", "1"]]
    with city.desk.read() as work:
        (event,) = entries.day_events(work.conn, TODAY, TODAY, (EventKind.REPORT_EXPORTED,))
    assert (event.facts["report"], event.facts["rows"], event.actor) == ("statements", 3, "accountant1")


def test_a_run_that_is_stopped_leaves_nothing_behind(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "AT_ONCE", 1)
    billed(city, "0001", "0002", "0003")
    for stop_at in (0, 1, 3):
        assert run(city, tmp_path / "out" / "july", tell=lambda done, _all, stop=stop_at: done < stop) is None
    assert list((tmp_path / "out").iterdir()) == []
    with city.desk.read() as work:
        assert entries.day_events(work.conn, TODAY, TODAY, (EventKind.REPORT_EXPORTED,)) == ()


def test_a_confidential_customer_is_in_the_log_before_a_run_draws_their_statement(
    city: City, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statements, "AT_ONCE", 1)
    billed(city, "0001", "0002")
    who = city.who("accountant1")
    keep_secret(city.desk, city.who("clerk1"), "0002")
    logged: dict[str, list[str]] = {}

    def drawing(some: Sequence[Statement]) -> tuple[bytes, tuple[int, ...]]:
        logged[some[0].head.account] = papers_logged(city.desk, who, "0002")
        return render(some)

    run_statements(city.desk, who, RunStatements("run", SPAN, tmp_path / "july"), drawing)
    assert logged == {"0001": [], "0002": ["Statement 2026-07-01 to 2026-07-14"]}
    assert papers_logged(city.desk, who, "0001") == []


def test_a_run_that_fails_leaves_nothing_behind(sqlite_city: City, tmp_path: Path) -> None:
    billed(sqlite_city, "0001")

    def broken(_some: Sequence[Statement]) -> tuple[bytes, tuple[int, ...]]:
        raise OSError(28, "No space left on device")

    command = RunStatements("run", SPAN, tmp_path / "out" / "july")
    with pytest.raises(Trouble, match="No space left"):
        run_statements(sqlite_city.desk, sqlite_city.who("accountant1"), command, broken)
    assert list((tmp_path / "out").iterdir()) == []


def test_who_gets_one_can_be_named(city: City, tmp_path: Path) -> None:
    billed(city, "0001", "0002")
    named = StatementSpan(SPAN.first, SPAN.last, ("0002", "0002"))
    made = run(city, tmp_path / "one", named)
    assert made is not None
    assert made.statements == 1
    with pytest.raises(NotFound):
        run(city, tmp_path / "none", StatementSpan(SPAN.first, SPAN.last, ("0002", "9999")))


def test_every_one_means_those_with_a_bill_of_the_span_too(city: City) -> None:
    billed(city, "0001", "0002")
    actor = city.who("accountant1")
    with city.desk.begin() as work:
        work.conn.exec_driver_sql("UPDATE bill SET paid_minor = 1000, state = 'paid' WHERE account_no = '0001'")
    owing, every = SPAN, StatementSpan(SPAN.first, SPAN.last, every=True)
    later = StatementSpan(TODAY + timedelta(days=1), TODAY + timedelta(days=2), every=True)
    assert statements.accounts_to_state(city.desk, actor, owing) == ("0002",)
    assert statements.accounts_to_state(city.desk, actor, every) == ("0001", "0002")
    assert statements.accounts_to_state(city.desk, actor, later) == ("0002",)


def test_a_run_without_anybody_or_onto_a_folder_that_is_there_is_refused(city: City, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="No account owes"):
        run(city, tmp_path / "july")
    billed(city, "0001")
    (tmp_path / "july").mkdir()
    with pytest.raises(Conflict):
        run(city, tmp_path / "july")
    with pytest.raises(BadInput):
        run(city, tmp_path / "other", StatementSpan(TODAY, TODAY - timedelta(days=1)))
