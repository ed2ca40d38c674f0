"""Accepting a batch of 1,000 sales at a register with 1,000,000 receipts behind it, against the same with none.

Each batch is sold through the service. It is then counted, handed in and accepted again and again: a second
supervisor reopens it in between, and only the acceptance is timed.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks import counter
from benchmarks.long_history import RECEIPTS, folder, long_counter
from benchmarks.measure import Measured, by_turns
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.services.balancing import AcceptBatch, ReturnBatch, accept_batch, reopen_batch
from csr_desk.services.counting import CountDrawer, count, submit_count
from csr_desk.services.desk import Desk
from csr_desk.services.sell import complete_sale
from csr_desk.services.setup import make_demo_office

BAR = 1.2
SALES = 1_000
ROUNDS = 15
SECOND = counter.person("supervisor2")
COUNTED = CountSheet({**counter.FLOAT, 5000: 1}, {"check": TapeCount(SALES, SALES * 9715)})
"""The float, five cents of each sale, and every check."""


class Closing:
    """A batch that is accepted over and over."""

    def __init__(self, path: Path) -> None:
        """Open the drawer and sell."""
        counter.open_float(path)
        self.desk: Desk = counter.ready(path)
        receipts = [complete_sale(self.desk, counter.CLERK, counter.sale(counter.key())) for _ in range(SALES)]
        self.batch = receipts[-1].value.batch

    def prepare(self) -> None:
        """Count and hand in, after a reopening if there was an acceptance."""
        with self.desk.read() as work:
            state = work.conn.exec_driver_sql(f"SELECT state FROM batch WHERE batch_id = '{self.batch}'").scalar_one()  # noqa: S608
        if state == "accepted":
            reopen_batch(self.desk, SECOND, ReturnBatch(counter.key(), self.batch, "counted again"))
        verdict = count(self.desk, counter.CLERK, CountDrawer(counter.key(), COUNTED)).value
        if not all(verdict.agrees.values()):
            raise RuntimeError(f"The count does not agree: {verdict.agrees}.")
        submit_count(self.desk, counter.CLERK, counter.key())

    def accept(self) -> None:
        """What is timed."""
        accept_batch(self.desk, counter.SUPERVISOR, AcceptBatch(counter.key(), self.batch))


def run() -> Measured:
    """Accept by turns with and without history."""
    fresh = folder() / "fresh.db"
    make_demo_office(counter.url(fresh))
    long, none = Closing(long_counter()), Closing(fresh)

    def prepare() -> None:
        long.prepare()
        none.prepare()

    ours, base = by_turns(long.accept, none.accept, rounds=ROUNDS, before=prepare)
    for closing in (long, none):
        closing.desk.close()
    return Measured(
        f"accepting a batch of {SALES:,} sales with {RECEIPTS:,} receipts of history", "the same with none", BAR,
        ours, base, ROUNDS,
    )  # fmt: skip
