"""G5, races: several counters do at once what only one of them may do; the others are told so in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from csr_desk.data.queries import accounts, payments
from csr_desk.data.verify import verify
from csr_desk.services.accounts import BillItem, NewAccount, NewBill, NewCustomer, add_account, add_bill, add_customer
from postgres_cluster import Cluster
from proof.counter import CASHIER, make_office, new_key, open_counter
from proof.crew import Answer, Crew
from proof.swapped import CRASHED, RECORDED
from proof.table import Row, Tier

BILL = 12_345
"""What each bill is for, in cents."""
PAID = """
SELECT count(*), coalesce(sum(amount_minor), 0) FROM ledger_line WHERE reference = %s
"""
GAPS = """
SELECT count(*) FROM (SELECT max(seq) - count(*) AS missing FROM ledger_event GROUP BY series_id) AS one
WHERE missing > 0
"""


@dataclass
class Raced:
    """What came of some races."""

    rounds: int = 0
    told: int = 0
    """How often a counter was told in words that another one was first."""
    doubled: int = 0
    lost: int = 0
    altered: int = 0
    first: str = ""

    def judge(self, answers: Sequence[Answer], stored: int, what: str) -> None:
        """One won and the rest were told; as many are stored."""
        self.rounds += 1
        won = [answer for answer in answers if answer.outcome == RECORDED]
        wordless = [answer for answer in answers if answer.outcome == CRASHED or not (answer.words or answer.value)]
        self.told += len(answers) - len(won) - len(wordless)
        self.doubled += max(stored, len(won)) > 1
        self.lost += stored < 1 or not won
        self.altered += len(wordless)
        if len(won) != 1 or stored != 1 or wordless:
            self.first = (
                self.first or f"{what}: {len(won)} won, {stored} stored, {[one.words[:60] for one in wordless][:1]}"
            )


class Races:
    """An office with several counters, each with its drawer open."""

    def __init__(self, server: Cluster, folder: Path, name: str, counters: int) -> None:
        """Make the office and an account to bill."""
        folder.mkdir()
        self.server, self.keys, self.size, self.url = server, folder / "keys", counters, server.url(name)
        server.execute(f"CREATE DATABASE {name}")
        make_office(self.url, self.keys, counters=counters)
        self.bills = 0
        self.back = open_counter(self.url, self.keys)
        customer = add_customer(self.back.desk, CASHIER, NewCustomer(new_key(), "Gulf Coast Builders")).value
        self.account = add_account(self.back.desk, CASHIER, NewAccount(new_key(), "", customer)).value

    @contextmanager
    def crew(self, prepare: Callable[[], None] | None = None) -> Iterator[Crew]:
        """Send everybody to their counters."""
        self.back.desk.close()  # a link must not be inherited
        crew = Crew(self.url, self.keys, self.size, prepare)
        try:
            yield crew
        finally:
            crew.end()
            self.back.desk.close()

    def bill(self) -> str:
        """Bill the account."""
        self.bills += 1
        item = BillItem(None, "Inspection", BILL)
        new = NewBill(new_key(), self.account, (item,), number=f"B{self.bills}")
        return add_bill(self.back.desk, CASHIER, new).value.number

    def asked(self, query: str, *values: object) -> tuple[int, ...]:
        """Ask the database itself."""
        with psycopg.connect(self.url) as link:
            row = link.execute(query.encode(), values).fetchone()
        return tuple(int(value) for value in row or ())

    def one_bill(self, crew: Crew, rounds: int) -> Raced:
        """Have all counters pay the same bill at once."""
        raced = Raced()
        for _ in range(rounds):
            number = self.bill()
            answers = crew.all_at_once([("pay", new_key(), number) for _ in range(self.size)])
            stored, paid = self.asked(PAID, number)
            raced.judge(answers, stored, f"bill {number}")
            if paid != BILL * stored:
                raced.altered += 1
        return raced

    def one_series(self, crew: Crew) -> tuple[Raced, Raced]:
        """End the day at all counters at once: every deposit is packed once, and the day closes once."""
        bags, days = Raced(), Raced()
        answers: list[Answer] = []
        for act in ("open", "cash", "count", "hand in", "accept"):
            answers = crew.all_at_once([(act, new_key()) for _ in range(self.size)])
            if {answer.outcome for answer in answers} != {RECORDED}:
                raise RuntimeError(f"{act}: {[answer.words for answer in answers if answer.words][:1]}")
        batches = [answer.value for answer in answers]
        packed = crew.all_at_once([("bag", new_key(), batch) for batch in batches])
        for batch, answer in zip(batches, packed, strict=True):
            (stored,) = self.asked("SELECT count(*) FROM batch WHERE batch_id = %s AND deposit_id IS NOT NULL", batch)
            bags.judge([answer], stored, f"deposit of {batch}")
        closed = crew.all_at_once([("close", new_key()) for _ in range(self.size)])
        (stored,) = self.asked("SELECT count(*) FROM ledger_event WHERE kind = 'day_closed'")
        days.judge(closed, stored, "day close")
        return bags, days


def rows(tier: Tier, server: Cluster, folder: Path) -> Iterator[Row]:
    """Prove it."""
    size = 3 if tier is Tier.TASTE else 8
    at = Races(server, folder / "bills", "bills", size)
    rounds = {Tier.TASTE: 5, Tier.COMMIT: 40, Tier.NIGHT: 1_000}[tier]
    with at.crew() as crew:
        crew.all_at_once([("open", new_key()) for _ in range(size)])
        yield _row(at, f"{size} counters, one bill", at.one_bill(crew, rounds))
    with at.crew(without_lock) as crew:
        yield _row(at, "bill not locked", at.one_bill(crew, rounds), broken=True)
    at = Races(server, folder / "days", "days", size)
    with at.crew() as crew:
        bags, days = at.one_series(crew)
    yield _row(at, f"{size} deposits at once on one office series", bags)
    yield _row(at, f"{size} close the day at once", days)


def without_lock() -> None:
    """Have the program read a bill and its account without keeping others from paying: broken on purpose."""
    accounts._locked = lambda wanted, *, lock: wanted  # noqa: ARG005 - it takes what the other takes
    payments.lock_accounts = lambda conn, numbers: None  # noqa: ARG005 - the same


def _row(at: Races, what: str, raced: Raced, *, broken: bool = False) -> Row:
    report = verify(at.url, key_folder=at.keys, processes=1)
    altered = raced.altered + (not report.ok) + at.asked(GAPS)[0]
    said = f"one won each time, {raced.told:,} were told" if not broken else ""
    return Row(
        "G5",
        what,
        "postgresql",
        raced.rounds * at.size,
        raced.told,
        lost=raced.lost,
        doubled=raced.doubled,
        altered=altered,
        remark=(raced.first or str(report.first_fault or "") or said)[:200],
        broken_on_purpose=broken,
    )
