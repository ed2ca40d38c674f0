"""The close of a drawer: selling stops, the blind count, the supervisor's word on it, the bag, the bank."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import strategies as st

from csr_desk.domain.changes import Done
from csr_desk.domain.deposit import Deposit
from csr_desk.domain.drawer import BatchSheet, BatchState, CountSheet, CountVerdict, TapeCount, ZReport
from csr_desk.domain.people import Act
from csr_desk.services import balancing, counting, deposits
from machine import price_list as prices
from machine.model import SUPERVISORS, Bag, Batch
from machine.station import PICK, SIGNERS, WORDS, Station, act, odd

TAPED = ("check", "money_order", "card")
OFF = st.sampled_from((0, 0, 0, 0, -25, 100, -101, 900))
"""How far a count is off (cents)."""


class Counting(Station):
    """From the last sale to the bank."""

    @act(1, pick=PICK)
    def stop_selling(self, pick: int) -> None:
        user = self.someone(pick, self.holders())
        batch = self.held(user)
        refusal = self.first(
            self.permitted(user),
            "drawer_not_open" if batch is None else "",
            "ineligible" if batch and batch.state == "submitted" else "",
        )

        def effect(_batch: object) -> None:
            assert batch is not None
            self.stop(batch)

        key = self.key()
        self.do(
            f"stop_selling by {user}",
            refusal,
            lambda: counting.stop_selling(self.desk, self.who(user), key),
            effect,
            (lambda done: (done.batch_id, done.state)) if batch and batch.state == "open" else None,
        )

    def stop(self, batch: Batch) -> None:
        """Write down that a batch sells no more, if it still did."""
        if batch.state == "open":
            batch.state, batch.locked = "counting", False
            self.office.entries["selling_stopped"] += 1

    @act(3, pick=PICK, cash_off=OFF, tape_off=OFF, items_off=st.sampled_from((0, 0, 0, 1)), slips=st.booleans())
    def count(self, pick: int, cash_off: int, tape_off: int, items_off: int, slips: bool) -> None:
        closing = [batch.holder for batch in self.office.batches.values() if batch.state == "counting"]
        user = self.someone(pick, closing if closing and pick % 4 else self.holders())
        self.count_by(user, (cash_off, tape_off, items_off), slips=slips)

    def count_by(self, user: str, off: tuple[int, int, int], *, slips: bool) -> None:
        """Count; cash, tapes (cents) and numbers of items are off by so much."""
        batch = self.held(user)
        refusal = self.first(
            self.permitted(user),
            "drawer_not_open" if batch is None else "",
            "ineligible" if batch and batch.state == "submitted" else "",
            "ineligible" if batch and batch.attempts + 1 - batch.round_start > self.office.attempts else "",
        )
        counted = self.tapes(batch, off[1], off[2], slips=slips) if batch else {}
        counted["cash"] = (0, max((batch.cash if batch else 0) + off[0], 0))

        def effect(verdict: CountVerdict) -> None:
            assert batch is not None
            self.stop(batch)
            batch.attempts += 1
            batch.counted = counted
            self.office.entries["count"] += 1
            found = batch.differences(counted)
            assert verdict.attempt == batch.attempts
            assert dict(verdict.agrees) == {kind: abs(cents) <= self.office.tolerance for kind, cents in found.items()}
            items = {kind: counted.get(kind, (0, 0))[0] == batch.others.get(kind, [0, 0])[0] for kind in found}
            assert dict(verdict.items_agree) == {kind: right for kind, right in items.items() if kind != "cash"}

        others = {kind: TapeCount(*counted[kind]) for kind in TAPED if kind in counted}
        command = counting.CountDrawer(self.key(), CountSheet(self.pieces(counted["cash"][1]), others))
        self.do(
            f"count by {user}",
            refusal,
            lambda: counting.count(self.desk, self.who(user), command),
            effect,
            lambda verdict: (verdict.attempt, dict(verdict.agrees)),
        )

    def tapes(self, batch: Batch, tape_off: int, items_off: int, *, slips: bool) -> dict[str, tuple[int, int]]:
        """Return what a custodian finds of the tenders that are not cash: nothing below zero."""
        found = {}
        for kind in TAPED:
            items, amount = batch.others.get(kind, [0, 0])
            if (items or amount) and (slips or kind != "card"):
                found[kind] = (max(items + items_off, 0), max(amount + tape_off, 0))
        return found

    @act(3, pick=PICK)
    def submit(self, pick: int) -> None:
        counted = [one.holder for one in self.office.batches.values() if one.state == "counting"]
        self.submit_by(self.someone(pick, counted if counted and pick % 4 else self.holders()))

    def submit_by(self, user: str) -> None:
        """Hand the count in."""
        batch = self.held(user)
        refusal = self.first(
            self.permitted(user),
            "drawer_not_open" if batch is None else "",
            "ineligible" if batch and batch.state == "submitted" else "",
            "ineligible" if batch and batch.attempts == batch.round_start else "",
        )

        def effect(_batch: object) -> None:
            assert batch is not None
            batch.state = "submitted"
            self.office.entries["count_submitted"] += 1

        key = self.key()
        self.do(
            f"submit by {user}",
            refusal,
            lambda: counting.submit_count(self.desk, self.who(user), key),
            effect,
            lambda done: (done.batch_id, done.state),
        )

    @act(4, pick=PICK, which=PICK, reason=WORDS)
    def accept(self, pick: int, which: int, reason: str) -> None:
        self.accept_by(self.someone(pick, sorted(SUPERVISORS)), self.some_batch(which, "submitted"), reason)

    def accept_by(self, user: str, number: str, reason: str) -> None:
        """Accept a batch."""
        office = self.office
        batch = office.batches.get(number)
        off = batch.differences(batch.counted) if batch and batch.counted else {}
        refusal = self.first(
            self.permitted(user, SUPERVISORS),
            "not_found" if batch is None else "",
            "batch_closed" if batch and batch.state == "accepted" else "",
            "ineligible" if batch and batch.state == "open" else "",
            "counting" if batch and batch.state == "counting" else "",
            "missing_input" if not reason and any(abs(cents) > office.tolerance for cents in off.values()) else "",
        )

        def effect(report: ZReport) -> None:
            assert batch is not None
            office.z_numbers[batch.drawer] += 1
            batch.state, batch.z_number = "accepted", office.z_numbers[batch.drawer]
            batch.over_short = off
            office.entries["batch_accepted"] += 1
            self.book_differences(batch, 1)
            assert report.z_number == batch.z_number

        command = balancing.AcceptBatch(self.key(), number, reason)
        self.do(
            f"accept {number} by {user}",
            refusal,
            lambda: balancing.accept_batch(self.desk, self.who(user), command),
            effect,
            lambda report: (report.z_number, report.seal),
        )

    def book_differences(self, batch: Batch, sign: int) -> None:
        """Book over and short tender by tender, or take it back with −1."""
        for kind, cents in batch.over_short.items():
            self.office.post((prices.WHERE[kind], sign * cents), (prices.OVER_SHORT_ACCOUNT, -sign * cents))

    @act(1, pick=PICK, which=PICK, reason=WORDS)
    def reject(self, pick: int, which: int, reason: str) -> None:
        number = self.some_batch(which, "submitted")
        batch = self.office.batches.get(number)
        fault = self.first(
            "batch_closed" if batch and batch.state == "accepted" else "",
            "ineligible" if batch and batch.state != "submitted" else "",
        )
        self.give_back_batch(("reject", balancing.reject_batch), (pick, number, reason), fault, "counting")

    @act(4, pick=PICK, which=PICK, reason=WORDS)
    def reopen(self, pick: int, which: int, reason: str) -> None:
        office = self.office
        number = self.some_batch(which, "accepted", "submitted")
        batch = office.batches.get(number)
        others = [office.batch_at(batch.drawer), office.batch_of(batch.holder)] if batch else []
        busy = any(other is not None and other is not batch for other in others)
        fault = self.first(
            "batch_closed" if batch and batch.deposit else "",
            "day_closed" if batch and office.days[batch.day] == "closed" else "",
            "ineligible" if batch and batch.state == "open" else "",
            "drawer_in_use" if busy else "",
        )
        self.give_back_batch(("reopen", balancing.reopen_batch), (pick, number, reason), fault, "open")

    def give_back_batch(
        self,
        act: tuple[str, Callable[..., Done[BatchSheet]]],
        what: tuple[int, str, str],
        fault: str,
        state: str,
    ) -> None:
        """Reject or reopen."""
        name, send = act
        pick, number, reason = what
        batch = self.office.batches.get(number)
        user = self.someone(pick, sorted(SUPERVISORS))
        refusal = self.first(
            self.permitted(user, SUPERVISORS),
            "not_found" if batch is None else "",
            fault,
            "missing_input" if not reason else "",
        )

        def effect(sheet: BatchSheet) -> None:
            assert batch is not None
            if batch.state == "accepted":
                self.book_differences(batch, -1)
            batch.state, batch.locked, batch.z_number, batch.over_short = state, batch.locked, None, {}
            batch.round_start = batch.attempts
            self.office.entries[f"batch_{name}ed"] += 1
            assert sheet.batch.state is BatchState(state)

        command = balancing.ReturnBatch(self.key(), number, reason)
        self.do(
            f"{name} {number} by {user}",
            refusal,
            lambda: send(self.desk, self.who(user), command),
            effect,
            lambda sheet: (sheet.batch.batch_id, sheet.batch.state),
        )

    @act(5, pick=PICK, which=PICK, also=PICK, bag=WORDS, signer=SIGNERS)
    def deposit(self, pick: int, which: int, also: int, bag: str, signer: str) -> None:
        """Pack one batch or two into a bag."""
        office = self.office
        ready = [one.number for one in office.batches.values() if one.state == "accepted" and not one.deposit]
        first = self.one(ready if ready and not odd(which) else [*office.batches, "HPC-9-20260714-1"], which)
        ids = sorted({first, self.one(ready, also)} if ready and also % 3 == 0 else {first})
        named = [office.batches.get(number) for number in ids]
        packed = [one for one in named if one is not None]
        user = self.someone(pick, [one.holder for one in packed])
        cash, checks, orders = (
            sum(self.part(one, kind) for one in packed) for kind in ("cash", "check", "money_order")
        )
        refusal = self.first(
            self.permitted(user),
            *(self.not_ready(one) for one in named),
            "not_permitted" if all(one.holder != user for one in packed) else "",
            "missing_input" if not bag else "",
            self.unsigned(signer, user),
        )

        def effect(done: Deposit) -> None:
            day = office.office_day(max(one.day for one in packed))
            office.open_day(day)
            number = 1 + sum(one.day == day for one in office.bags.values())
            made = Bag(f"HPC-{day:%Y%m%d}-{number}", day, cash, checks, orders)
            assert (done.deposit_id, done.total) == (made.number, made.total)
            office.bags[made.number] = made
            office.entries["deposit_prepared"] += 1
            for one in packed:
                one.deposit = made.number
                self.carry(one)

        command = deposits.PrepareDeposit(self.key(), tuple(ids), bag)
        approval = self.approval(signer, user, (Act.PREPARE_DEPOSIT, ",".join(ids), cash + checks + orders))
        self.do(
            f"deposit {ids} by {user}",
            refusal,
            lambda: deposits.prepare_deposit(self.desk, self.who(user), command, approval),
            effect,
            lambda done: (done.deposit_id, done.total),
        )

    @staticmethod
    def not_ready(batch: Batch | None) -> str:
        """Say why a batch cannot be packed."""
        if batch is None:
            return "not_found"
        if batch.deposit:
            return "conflict"
        return "" if batch.state == "accepted" else "ineligible"

    @staticmethod
    def part(batch: Batch, kind: str) -> int:
        """Return what a batch puts into the bag of a tender, as counted (cents); the float stays, the drops join."""
        counted = batch.counted.get(kind, (0, 0))[1]
        return counted - batch.float_amount + sum(batch.drops) if kind == "cash" else counted

    def carry(self, batch: Batch) -> None:
        """Book the way to the bank; the float goes back to its fund."""
        drops = sum(batch.drops)
        drawer = self.part(batch, "cash") - drops
        checks, orders = self.part(batch, "check"), self.part(batch, "money_order")
        self.office.post(
            (prices.CHANGE_FUND, batch.float_amount),
            (prices.DRAWER, -batch.float_amount - drawer),
            (prices.SAFE, -drops),
            (prices.CHECKS, -checks),
            (prices.MONEY_ORDERS, -orders),
            (prices.TRANSIT, drawer + drops + checks + orders),
        )

    @act(4, pick=PICK, which=PICK, off=st.sampled_from((0, 0, 0, -1, 2_000)), early=st.integers(0, 8))
    def confirm(self, pick: int, which: int, off: int, early: int) -> None:
        office = self.office
        user = self.someone(pick, ["accountant1"])
        waiting = [number for number, bag in office.bags.items() if not bag.confirmed]
        number = self.one(waiting if waiting and not odd(which) else [*office.bags, "HPC-20260714-9"], which)
        bag = office.bags.get(number)
        amount = (bag.total if bag else 0) + off
        date = (bag.day if bag else office.today) - timedelta(days=int(early == 0))
        day = office.office_day(office.today)
        refusal = self.first(
            self.permitted(user, {"accountant1"}),
            "not_found" if bag is None else "",
            "conflict" if bag and bag.confirmed else "",
            "bad_input" if amount < 0 or early == 0 else "",
            office.cannot_open_day(day),
        )

        def effect(done: Deposit) -> None:
            assert bag is not None
            bag.confirmed = True
            office.open_day(day)
            office.entries["deposit_confirmed"] += 1
            office.post((prices.BANK, amount), (prices.TRANSIT, -bag.total), (prices.OVER_SHORT_ACCOUNT, -off))
            assert done.bank_amount == amount

        command = deposits.ConfirmDeposit(self.key(), number, date, amount)
        self.do(
            f"confirm {number} by {user}",
            refusal,
            lambda: deposits.confirm_deposit(self.desk, self.who(user), command),
            effect,
            lambda done: (done.deposit_id, done.bank_amount),
        )
