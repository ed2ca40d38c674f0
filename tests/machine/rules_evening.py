"""Whole evenings, as most days end: every drawer counted and accepted, the bag packed, the day closed, the bank."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import strategies as st

from machine.rules_counting import OFF, Counting
from machine.rules_opening import Opening
from machine.station import LAST_DAY, PICK, act

BANK = st.sampled_from((0, 0, -1, 2_000))
"""How far the bank's figure is off (cents)."""


class Evening(Opening, Counting):
    """Chance alone seldom comes so far, and what lies behind a closed day would go untried."""

    @act(2, pick=PICK, cash_off=OFF)
    def close_a_drawer(self, pick: int, cash_off: int) -> None:
        """Count what a drawer should hold, or a little more or less; hand it in; have it accepted."""
        holders = self.holders()
        if holders:
            self.close_of(self.one(holders, pick), cash_off)

    def close_of(self, user: str, cash_off: int) -> None:
        """Close the drawer of a person."""
        batch = self.held(user)
        assert batch is not None
        self.count_by(user, (cash_off, 0, 0), slips=True)
        self.submit_by(user)
        self.accept_by("supervisor1", batch.number, "As counted")

    @act(1, cash_off=OFF, bank_off=BANK)
    def whole_evening(self, cash_off: int, bank_off: int) -> None:
        """Close everything, go home, and let the accountant look at the bank next morning."""
        office = self.office
        for user in self.holders():
            self.close_of(user, cash_off)
        self.deposit(pick=0, which=0, also=0, bag="0714-3", signer="supervisor2")
        self.close_day(pick=0, back=0)
        if office.today < LAST_DAY:
            self.at(office.today + timedelta(days=1))
        self.confirm(pick=0, which=0, off=bank_off, early=1)
