"""``csr-desk import`` as its user meets it: every fault on stderr, exit codes, nothing taken over that has one."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.test_commands import run
from csr_desk.services import import_files
from csr_desk.services.setup import demo_secret
from csr_desk.services.verification import verify_url

PEOPLE = "Customer No,Name,Cycle\nC-1,María Álvarez,3\nC-2,Chen Wei,3\n"
ACCOUNTS = "CONTRACT,OWNER\nA-1,C-1\nA-2,C-2\n"
BILLS = "Bill,Account,Amount\nB-1,A-1,64.37\nB-2,A-2,203.11\n"


@pytest.fixture
def url(demo_sqlite: Path, tmp_path: Path) -> str:
    """Give a demo city on SQLite."""
    path = tmp_path / "city.sqlite"
    path.write_bytes(demo_sqlite.read_bytes())
    return f"sqlite:///{path}"


def take(url: str, kind: str, path: Path, text: str, *more: str, by: str = "accountant1") -> tuple[int, str, str]:
    """Write a file and run the command on it."""
    path.write_text(text, encoding="utf-8")
    secret = {"CSR_DESK_SECRET": demo_secret(by)}
    return run("import", kind, str(path), "--database", url, "--by", by, *more, env=secret)


def test_customers_accounts_and_bills_come_in_one_after_the_other(url: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    code, out, err = take(url, "customers", path, PEOPLE)
    assert (code, err) == (0, "")
    assert out.startswith("2 rows: 2 new, 0 changed, 0 known already. Load L-")
    mapping = ["accounts", "--column", "account=CONTRACT", "--column", "customer=OWNER", "--fixed", "service=Water"]
    who = ["--database", url, "--by", "accountant1"]
    secret = {"CSR_DESK_SECRET": demo_secret("accountant1")}
    assert run("import", "mapping", "Water", *mapping, *who, env=secret)[0] == 0
    code, out, _ = run("import", "mappings", *who, env=secret)
    assert (code, out.splitlines()[:2]) == (0, ["Water (accounts):", "    account = CONTRACT"])
    assert take(url, "accounts", path, ACCOUNTS, "--mapping", "Water")[0] == 0
    assert take(url, "bills", path, BILLS)[0] == 0
    code, out, _ = take(url, "bills", path, BILLS)
    assert (code, out) == (0, "2 rows: 0 new, 0 changed, 2 known already. Nothing changed.\n")
    assert verify_url(url).first_fault is None


def test_a_file_with_faults_ends_with_1_and_each_of_them(url: str, tmp_path: Path) -> None:
    wrong = "Bill,Account,Amount\nB-1,A-9,5.00\nB-2,A-9,x\n"
    code, out, err = take(url, "bills", tmp_path / "bad.csv", wrong)
    assert (code, out) == (1, "")
    assert "bad.csv, row 2, account: There is no account A-9. Load the accounts first." in err
    assert "bad.csv, row 3, amount: “x” is not an amount" in err
    assert err.endswith("2 faults; nothing was taken over.\n")


def test_check_looks_the_file_over_and_takes_nothing_in(url: str, tmp_path: Path) -> None:
    for _ in range(2):
        code, out, _ = take(url, "customers", tmp_path / "people.csv", PEOPLE, "--check")
        assert code == 0
        assert "customer = Customer No" in out
        assert "not read: Cycle" in out
        assert "2 new, 0 changed, 0 known already. Nothing was taken over yet." in out
    assert take(url, "bills", tmp_path / "bills.csv", BILLS, "--check")[0] == 1


def test_what_cannot_be_done_at_all_ends_with_2(url: str, tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    code, _, err = take(url, "customers", path, PEOPLE, by="clerk1")
    assert (code, "may not load bills" in err) == (2, True)
    assert take(url, "customers", path, PEOPLE, "--mapping", "None")[0] == 2
    assert take(url, "customers", path, "")[0] == 2
    code, _, err = run(
        "import", "mapping", "X", "bills", "--column", "bill", "--database", url, "--by", "a", "--secret", "b"
    )
    assert (code, "is not FIELD=TITLE" in err) == (2, True)


def test_stopped_by_hand_it_says_that_nothing_was_taken_over(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_file: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(import_files.ImportFile, "rows", stopped)
    code, _, err = take(url, "customers", tmp_path / "people.csv", PEOPLE)
    assert (code, err) == (2, "Stopped; nothing was taken over.\n")


def test_the_fields_of_each_kind_are_listed() -> None:
    code, out, _ = run("import", "fields", "bills")
    assert code == 0
    assert "amount: money, needed" in out
    assert "item_kind: choice of charge, penalty, fee" in out
