"""Opening a drawer, locking it for lunch, the drops, the drawer opened without a sale, the settings, the days."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from csr_desk.domain.deposit import DailyRevenue
from csr_desk.domain.drawer import DropSlip, OpeningSlip
from csr_desk.domain.people import Act
from csr_desk.services import balancing, corrections, drawers, policies
from machine import price_list as prices
from machine.model import COUNTER, DRAWERS, FLOAT, SUPERVISORS, Batch
from machine.station import FIRST_DAY, LAST_DAY, PICK, SIGNERS, WORDS, Station, act

PLACES = st.sampled_from((*DRAWERS, *DRAWERS, *DRAWERS, "HPC-9"))
FLOATS = st.sampled_from((FLOAT,) * 6 + (FLOAT - 500, FLOAT + 25))


class Opening(Station):
    """From the morning to the count."""

    @act(6, pick=PICK, drawer=PLACES, amount=FLOATS, reason=WORDS, signer=SIGNERS)
    def open_drawer(self, pick: int, drawer: str, amount: int, reason: str, signer: str) -> None:
        office = self.office
        idle = [user for user in sorted(COUNTER) if office.batch_of(user) is None]
        user = self.someone(pick, idle)
        free = [one for one in DRAWERS if office.batch_at(one) is None]
        drawer = self.one(free, pick) if free and drawer in DRAWERS and pick % 4 else drawer
        differs = amount != FLOAT
        refusal = self.first(
            self.permitted(user),
            "not_found" if drawer not in DRAWERS else "",
            "drawer_in_use" if office.batch_of(user) or office.batch_at(drawer) else "",
            self.unsigned(signer, user) if differs else "",
            "missing_input" if differs and not reason else "",
            office.cannot_open_day(office.today),
        )
        number = 1 + sum(one.drawer == drawer and one.day == office.today for one in office.batches.values())
        batch = Batch(f"{drawer}-{office.today:%Y%m%d}-{number}", drawer, office.today, user, amount, amount)

        def effect(slip: OpeningSlip) -> None:
            assert slip.batch.batch_id == batch.number
            office.open_day(office.today)
            office.batches[batch.number] = batch
            office.entries["batch_opened"] += 1
            office.post((prices.DRAWER, amount), (prices.CHANGE_FUND, -amount))

        command = drawers.OpenDrawer(self.key(), drawer, self.pieces(amount), reason)
        approval = self.approval(signer, user, (Act.OPEN_DRAWER, drawer, amount)) if differs else None
        self.do(
            f"open_drawer {drawer} by {user}",
            refusal,
            lambda: drawers.open_drawer(self.desk, self.who(user), command, approval),
            effect,
            lambda slip: (slip.batch.batch_id, slip.counted),
        )

    @act(2, pick=PICK)
    def lock(self, pick: int) -> None:
        """Lock a drawer, or unlock it: whichever it is not; where one is locked, mostly that one."""
        locked = [batch.holder for batch in self.office.batches.values() if batch.locked]
        user = self.someone(pick, locked if locked and pick % 4 else self.holders())
        batch = self.held(user)
        unlock = batch is not None and batch.locked
        refusal = self.first(
            self.permitted(user),
            "drawer_not_open" if batch is None else "",
            "counting" if batch and batch.state != "open" else "",
        )

        def effect(_batch: object) -> None:
            assert batch is not None
            batch.locked = not unlock
            self.office.entries["batch_unlocked" if unlock else "batch_locked"] += 1

        act, key = drawers.unsuspend if unlock else drawers.suspend, self.key()
        self.do(
            f"{'unlock' if unlock else 'lock'} by {user}",
            refusal,
            lambda: act(self.desk, self.who(user), key),
            effect,
            lambda done: (done.batch_id, done.suspended),
        )

    @act(2, pick=PICK, amount=st.sampled_from((2_000, 10_000, 40_000, 1_500, 0)), bag=WORDS, signer=SIGNERS)
    def drop(self, pick: int, amount: int, bag: str, signer: str) -> None:
        user = self.someone(pick, self.sellers())
        batch = self.held(user)
        refusal = self.first(
            self.permitted(user),
            self.office.cannot_sell(user, None, locked_too=True),
            "bad_input" if not amount else "",
            "missing_input" if not bag else "",
            self.unsigned(signer, user),
        )

        def effect(slip: DropSlip) -> None:
            assert batch is not None
            batch.drops.append(amount)
            assert (slip.amount, slip.number) == (amount, len(batch.drops))
            batch.cash -= amount
            self.office.entries["drop"] += 1
            self.office.post((prices.SAFE, amount), (prices.DRAWER, -amount))

        command = drawers.DropCash(self.key(), self.pieces(amount), bag)
        approval = self.approval(signer, user, (Act.DROP, batch.number if batch else "", amount))
        self.do(
            f"drop {amount} by {user}",
            refusal,
            lambda: drawers.drop(self.desk, self.who(user), command, approval),
            effect,
            lambda slip: (slip.number, slip.amount),
        )

    @act(2, pick=PICK, reason=WORDS)
    def no_sale(self, pick: int, reason: str) -> None:
        user = self.someone(pick, self.sellers())
        batch = self.held(user)
        refusal = self.first(
            self.permitted(user),
            "drawer_not_open" if batch is None else "",
            "counting" if batch and batch.state != "open" else "",
            "drawer_not_open" if batch and batch.locked else "",
            "missing_input" if not reason else "",
        )
        command = corrections.NoSale(self.key(), reason)
        self.do(
            f"no_sale by {user}",
            refusal,
            lambda: corrections.no_sale(self.desk, self.who(user), command),
            lambda _event: self.office.entries.update(no_sale=1),
            str,
        )

    @act(
        1,
        pick=PICK,
        rounding=st.sampled_from(("off", "nearest", "nearest", "down", "up")),
        limit=st.sampled_from((30_000, 60_000, 100_000)),
    )
    def set_policy(self, pick: int, rounding: str, limit: int) -> None:
        user = self.someone(pick, ["admin1"])
        refusal = self.first(self.permitted(user, {"admin1"}), "bad_input" if rounding == "up" else "")
        changes = {"rounding": rounding, "cash_lock": f"{limit // 100}.00"}

        def effect(_policy: object) -> None:
            self.office.rounding, self.office.cash_lock = rounding, limit
            self.office.entries["policy_set"] += 1

        command = policies.SetPolicy(self.key(), changes)
        self.do(
            f"set_policy {changes} by {user}",
            refusal,
            lambda: policies.set_policy(self.desk, self.who(user), command),
            effect,
            lambda policy: (policy.rounding.value, policy.cash_lock),
        )

    @act(2, pick=PICK, back=st.sampled_from((0, 0, 0, 1, 9)))
    def close_day(self, pick: int, back: int) -> None:
        office = self.office
        user = self.someone(pick, sorted(SUPERVISORS))
        day = office.today - timedelta(days=back)
        waiting = any(one.state != "accepted" and one.day <= day for one in office.batches.values())
        refusal = self.first(
            self.permitted(user, SUPERVISORS),
            "not_found" if day not in office.days else "",
            "day_closed" if office.days.get(day) == "closed" else "",
            "ineligible" if waiting else "",
        )

        def effect(revenue: DailyRevenue) -> None:
            office.days[day] = "closed"
            office.entries["day_closed"] += 1
            # everything of a day that has a number: what was sold, less what was taken back
            assert revenue.total == sum(paper.total for paper in office.papers.values() if paper.day == day)

        command = balancing.CloseDay(self.key(), day)
        self.do(
            f"close_day {day} by {user}",
            refusal,
            lambda: balancing.close_day(self.desk, self.who(user), command),
            effect,
            lambda revenue: revenue.total,
        )

    @act(2, often=st.integers(0, 3))
    def next_day(self, often: int) -> None:
        """Go home; seldom while a drawer is still out, as in life."""
        office = self.office
        if FIRST_DAY <= office.today < LAST_DAY and (office.days.get(office.today) == "closed" or not often):
            self.at(office.today + timedelta(days=1))
