"""Lays the program's database beside the model, with plain SQL and the program's own figures for the drawer."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Any

import psycopg

from csr_desk.data.queries import batches
from csr_desk.domain.count import Expected
from csr_desk.services import counting, custody
from csr_desk.services.desk import Desk
from machine.model import Batch, Office


def without_zeros(pairs: Iterable[tuple[Any, int]]) -> dict[Any, int]:
    """Leave out what sums to nothing."""
    return {name: amount for name, amount in pairs if amount}


def same(what: str, program: object, model: object) -> None:
    """Fail with both sides where the program and the model differ."""
    assert program == model, f"{what} differ:\n  program {program}\n  model   {model}"


class Ledger:
    """A reader of the program's database that shares no code with it."""

    def __init__(self, url: str) -> None:
        self.seen: dict[str, int] = {}
        path = url.removeprefix("sqlite:///")
        self.link: Any = (
            psycopg.connect(url, autocommit=True)
            if path == url
            else sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
        )

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Ask for rows."""
        found: list[tuple[Any, ...]] = self.link.execute(query).fetchall()
        return found

    def close(self) -> None:
        """Give the file back."""
        self.link.close()

    def compare(self, office: Office, desk: Desk, *, whole: bool = False) -> None:
        """Compare books, numbers, tenders, bills, bags, days and drawers; ``whole`` looks into accepted drawers too."""
        self._books(office)
        self._numbers(office)
        self._bills(office)
        self._bags_and_days(office)
        self._drawers(office)
        moved = self._moved()
        waiting = [one for one in office.batches.values() if one.drawer in moved and one.state != "accepted"]
        with desk.read() as work:
            for batch in office.batches.values() if whole else waiting:
                record = batches.one_batch(work.conn, batch.number)
                assert record is not None
                self._held(batch, counting.expected_of(work.conn, record))
                if batch.state == "open":
                    same(f"cash in {batch.number}", custody.held_cash(desk, work.conn, record), batch.cash)

    def _moved(self) -> set[str]:
        """Return the registers that have entries since the last time; the drawers of others are as they were."""
        heads = dict(self.rows("SELECT series_id, last_seq FROM series"))
        moved = {name for name, seq in heads.items() if seq != self.seen.get(name)}
        self.seen = heads
        return moved

    def _books(self, office: Office) -> None:
        uneven = self.rows(
            "SELECT series_id, seq, SUM(amount_minor) FROM ledger_posting GROUP BY 1, 2 HAVING SUM(amount_minor) <> 0"
        )
        same("debits and credits", uneven, [])
        sums = self.rows("SELECT account, SUM(amount_minor) FROM ledger_posting GROUP BY account")
        same("accounts", without_zeros((row[0], row[1]) for row in sums), without_zeros(office.gl.items()))
        tenders = self.rows("SELECT kind, role, SUM(amount_minor) FROM ledger_tender GROUP BY kind, role")
        same(
            "tenders",
            without_zeros(((row[0], row[1]), row[2]) for row in tenders),
            without_zeros(office.tender_sums.items()),
        )
        kinds = self.rows("SELECT kind, COUNT(*) FROM ledger_event GROUP BY kind")
        same("entries", {row[0]: row[1] for row in kinds}, without_zeros(office.entries.items()))

    def _numbers(self, office: Office) -> None:
        rows = self.rows(
            "SELECT series_id, last_receipt_no, perpetual_minor, last_z FROM series WHERE kind = 'register'"
        )
        heads = {row[0]: row[1:] for row in rows if row[0] in office.numbers}
        expected = {
            name: (number, office.perpetual[name], office.z_numbers[name]) for name, number in office.numbers.items()
        }
        same("numbers, running totals and Z numbers", heads, expected)
        used = self.rows("SELECT series_id, COUNT(*), MIN(receipt_no), MAX(receipt_no) FROM ledger_event "
                         "WHERE receipt_no IS NOT NULL GROUP BY series_id")  # fmt: skip
        same(
            "receipt numbers",
            {row[0]: row[1:] for row in used},
            {name: (number, 1, number) for name, number in office.numbers.items() if number},
        )

    def _bills(self, office: Office) -> None:
        same("bills paid", dict(self.rows("SELECT bill_id, paid_minor FROM bill")), office.paid)
        carts = self.rows(
            "SELECT hold_number, state FROM draft_cart WHERE hold_number IS NOT NULL ORDER BY hold_number"
        )
        same("parked carts", carts, [(number, cart.state) for number, cart in enumerate(office.parked, 1)])

    def _bags_and_days(self, office: Office) -> None:
        bags = self.rows("SELECT deposit_id, state, cash_minor, checks_minor, other_minor FROM deposit ORDER BY 1")
        expected = [
            (bag.number, "confirmed" if bag.confirmed else "prepared", bag.cash, bag.checks, bag.orders)
            for bag in sorted(office.bags.values(), key=lambda bag: bag.number)
        ]
        same("deposits", bags, expected)
        days = self.rows("SELECT business_date, state FROM day ORDER BY 1")
        same("days", days, [(day.isoformat(), state) for day, state in sorted(office.days.items())])

    def _drawers(self, office: Office) -> None:
        rows = self.rows(
            "SELECT batch_id, drawer_id, custodian_id, state, suspended, attempts, z_number, deposit_id FROM batch"
        )
        expected = {
            one.number: (one.drawer, one.holder, one.state, int(one.locked), one.attempts, one.z_number, one.deposit)
            for one in office.batches.values()
        }
        same("batches", {row[0]: row[1:] for row in rows}, expected)

    @staticmethod
    def _held(batch: Batch, found: dict[str, Expected]) -> None:
        same(f"cash expected in {batch.number}", found["cash"].amount, batch.cash)
        others = {kind: [one.items, one.amount] for kind, one in found.items() if kind != "cash"}
        same(f"other tenders in {batch.number}", others, batch.others)
