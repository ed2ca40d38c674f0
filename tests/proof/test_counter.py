"""The counter of the proofs does a whole day through the services, on each engine."""

from __future__ import annotations

from pathlib import Path

from csr_desk.data.verify import verify
from proof.counter import make_office, open_counter


def test_a_day_at_the_counter_of_the_proofs_verifies(sqlite_url: str, tmp_path: Path) -> None:
    make_office(sqlite_url, tmp_path / "keys")
    counter = open_counter(sqlite_url, tmp_path / "keys")
    for _name, _key, act in counter.acts(sales=6):
        act()
    report = verify(counter.desk.store)
    counter.desk.close()
    # 6 sales and 2 voids are numbered
    assert (report.ok, report.receipts, report.first_fault) == (True, 8, None)
