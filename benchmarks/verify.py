"""``csr-desk verify`` of 1,000,000 receipts against the fifteen seconds that were promised."""

from __future__ import annotations

from benchmarks import counter
from benchmarks.long_history import RECEIPTS, long_counter
from benchmarks.measure import Measured, median
from csr_desk.data.verify import verify

BAR = 1.0
PROMISED = 15.0
"""Seconds for a million receipts, wherever it runs."""
ROUNDS = 3


def run() -> Measured:
    """Verify from outside, as the command does, in a process for each core."""
    path = long_counter()

    def check() -> None:
        report = verify(counter.url(path))
        if not report.ok or report.receipts < RECEIPTS:
            raise RuntimeError(f"{report.receipts:,} receipts, {report.first_fault}")

    seconds = median(check, rounds=ROUNDS, warm_up=0)
    return Measured(
        f"verify of {RECEIPTS:,} receipts", "15 s", BAR, seconds, PROMISED, ROUNDS,
        note=f"{path.stat().st_size >> 20} MB; each receipt: one line, one tender, two postings",
    )  # fmt: skip
