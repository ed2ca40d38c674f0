"""Published prices asked for from outside: a counter script through ``csr-desk replay``, as an examiner would."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from examination import oracle, published_rows
from examination.cases import TODAY, Case, facts_of
from examination.published_rows import Row

pytestmark = pytest.mark.skipif(
    published_rows.shared_data() is None,
    reason="the published rows (fees_proposed.csv) are not at hand: name their folder in CSR_DESK_SHARED",
)

Answer = Mapping[str, Any]


def dollars(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


def some_cases() -> list[Case]:
    """The first, a middle and the last input set of each code in force on the training day."""
    found = []
    for row in published_rows.sellable():
        if row.in_force(TODAY):
            sets = facts_of(row)
            for at in sorted({0, len(sets) // 2, len(sets) - 1}):
                facts = dict(sets[at])
                if row.code == "PRK-GYM":
                    facts["date"] = TODAY.isoformat()
                found.append(Case(row, TODAY, facts))
    return found


def line_of(case: Case) -> dict[str, Any]:
    facts = dict(case.facts)
    line: dict[str, Any] = {"item": case.row.code, "demo_inputs": True}
    if "amount" in facts:
        line["amount"] = facts.pop("amount")
    if "quantity" in facts and "quantity" not in case.row.fields:
        line["quantity"] = int(facts.pop("quantity"))
    return line | {"inputs": facts}


def run(*arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"CSR_DESK_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, "-m", "csr_desk", *arguments], capture_output=True, text=True, check=False, env=environment
    )


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    home = tmp_path_factory.mktemp("examined")
    url = f"sqlite:///{home / 'demo.db'}"
    made = run("demo", "--database", url, "--no-window", home=home)
    assert made.returncode == 0, made.stderr
    return home, url


def replay(demo: tuple[Path, str], steps: list[dict[str, Any]], name: str) -> tuple[int, list[Answer]]:
    home, url = demo
    script = home / name
    script.write_text("\n".join(json.dumps(step) for step in steps), encoding="utf-8")
    done = run("replay", str(script), "--database", url, home=home)
    assert done.returncode in {0, 1}, done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_quotes_of_a_script_are_the_published_prices(demo: tuple[Path, str]) -> None:
    asked = some_cases()
    steps = [
        {"do": "quote", "by": "clerk1", "at": "2026-07-14T09:00", "lines": [line_of(case)], "expect": expected(case)}
        for case in asked
    ]
    code, answers = replay(demo, steps, "quotes.jsonl")
    wrong = [f"{case}: {answer}" for case, answer in zip(asked, answers, strict=True) if "surprise" in answer]
    assert not wrong, "\n".join(wrong[:10])
    assert code == 0


def expected(case: Case) -> dict[str, str]:
    quote = oracle.quote(case.row.code, case.facts, case.on)
    assert quote is not None
    return {"total": dollars(quote.total), "taxes": dollars(quote.tax), "tax_included": dollars(quote.tax_included)}


def test_dates_without_a_price_are_refused_in_a_script(demo: tuple[Path, str]) -> None:
    steps = []
    for row in published_rows.sellable():
        facts = {name: value for name, value in dict(facts_of(row)[0]).items() if name != "date"}
        line = line_of(Case(row, TODAY, facts))
        for day in oracle.gaps(row.code):
            if row.code == "PRK-GYM":
                line["inputs"]["date"] = day.isoformat()
            steps.append(
                {"do": "quote", "by": "clerk1", "lines": [dict(line)], "price_date": day.isoformat(),
                 "expect_error": "not_in_force"}
            )  # fmt: skip
    code, answers = replay(demo, steps, "gaps.jsonl")
    wrong = [f"{step}: {answer}" for step, answer in zip(steps, answers, strict=True) if "surprise" in answer]
    assert not wrong, "\n".join(wrong[:10])
    assert code == 0


def test_every_item_can_be_sold_and_is_posted_to_its_published_accounts(demo: tuple[Path, str]) -> None:
    sold = [case for case in some_cases() if case.facts == facts_of(case.row)[0] or case.row.code == "PRK-GYM"]
    steps: list[dict[str, Any]] = [
        {"do": "open_drawer", "by": "clerk1", "at": "2026-07-14T09:30", "drawer": "HPC-1",
         "float": {"20.00": 5, "10.00": 5, "5.00": 10}},
    ]  # fmt: skip
    for case in sold:
        quote = oracle.quote(case.row.code, case.facts, TODAY)
        assert quote is not None
        tenders = [{"kind": "check", "number": "1042", "amount": dollars(quote.total)}] if quote.total else []
        steps.append({"do": "sale", "by": "clerk1", "lines": [line_of(case)], "tenders": tenders,
                      "expect": {"total": dollars(quote.total), "collected": dollars(quote.total)}})  # fmt: skip
    code, answers = replay(demo, steps, "sales.jsonl")
    wrong = [str(answer) for answer in answers if "surprise" in answer or not answer["ok"]]
    for case, answer in zip(sold, answers[1:], strict=True):
        if answer["ok"]:
            wrong += misposted(case, answer["result"]["postings"])
    assert not wrong, "\n".join(wrong[:10])
    assert code == 0


def misposted(case: Case, postings: list[dict[str, str]]) -> list[str]:
    """What is wrong with the postings of a sale: credits by account, worked out from the published shares."""
    sums: dict[str, int] = defaultdict(int)
    for posting in postings:
        cents = int(Decimal(posting["amount"]) * 100)
        sums[posting["account"]] += cents if posting["side"] == "debit" else -cents
    faults = [] if not sum(sums.values()) else [f"{case}: debits and credits differ by {sum(sums.values())}"]
    credited = {account: -amount for account, amount in sums.items() if amount < 0}
    wanted = published_credits(case)
    if credited != wanted:
        faults.append(f"{case}: credited {credited}, published {wanted}")
    return faults


def published_credits(case: Case) -> dict[str, int]:
    quote = oracle.quote(case.row.code, case.facts, TODAY)
    assert quote is not None
    found: dict[str, int] = defaultdict(int)
    parts: list[tuple[Row | None, int]] = [
        (case.row, quote.price - quote.tax_included),
        (case.row, quote.top_up),
        (published_rows.version_on("ADM-114", TODAY), quote.admin_fee),
        (published_rows.version_on("SALES-TAX", TODAY), quote.tax + quote.tax_included),
    ]
    for row, cents in parts:
        assert row is not None
        for account, amount in shares_of(row, cents):
            found[account] += amount
    return {account: amount for account, amount in found.items() if amount}


def shares_of(row: Row, cents: int) -> list[tuple[str, int]]:
    """Split by the published shares: fixed parts first, percentages by largest remainder, the rest."""
    shares = json.loads(row["gl_distribution"])
    accounts = [".".join(part for part in (s["fund"], s["cc"], s["gl"], s["io"]) if part) for s in shares]
    fixed = [int(Decimal(s["share"][6:]) * 100) if s["share"].startswith("fixed:") else 0 for s in shares]
    if any(fixed):
        if sum(fixed) >= cents:
            return list(zip(accounts, largest_remainder(cents, [Decimal(part) for part in fixed]), strict=True))
        rest = cents - sum(fixed)
        return [
            (account, part or rest) for account, part in zip(accounts, fixed, strict=True)
        ]  # one remainder, no percentages beside fixed parts in the published rows
    weights = [Decimal(s["share"].rstrip("%")) for s in shares]
    return list(zip(accounts, largest_remainder(cents, weights), strict=True))


def largest_remainder(cents: int, weights: list[Decimal]) -> list[int]:
    whole = sum(weights)
    exact = [cents * weight / whole if whole else Decimal(0) for weight in weights]
    parts = [int(part) for part in exact]
    order = sorted(range(len(parts)), key=lambda at: (parts[at] - exact[at], at))
    for at in order[: cents - sum(parts)]:
        parts[at] += 1
    return parts
