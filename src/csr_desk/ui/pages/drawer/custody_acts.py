"""Change orders and hand-overs on the Drawer page; knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from uuid import uuid4

from csr_desk.domain.custody import ChangeSlip, HandOverSlip
from csr_desk.domain.drawer import TapeCount, cash_total
from csr_desk.domain.errors import MissingInput
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Actor
from csr_desk.services import change_orders, hand_overs
from csr_desk.ui.context import Context
from csr_desk.ui.wording import tr


class CustodyScreen(Protocol):
    """What the view can show of these acts."""

    def show_receivers(self, people: tuple[Actor, ...]) -> None:
        """Show who may take the drawer over."""

    def show_swapped(self, slip: ChangeSlip) -> None:
        """The change order is recorded."""

    def show_handed(self, slip: HandOverSlip) -> None:
        """The drawer is somebody else's."""

    def count_hand_over_again(self) -> None:
        """The two counts differ: both count again."""

    def focus_field(self, name: str) -> bool:
        """Put the cursor into the named field, if this page has it."""


class CustodyActs:
    """Turns what is keyed into acts; decides nothing that a service decides."""

    def __init__(self, context: Context, screen: CustodyScreen) -> None:
        self._context = context
        self._screen = screen
        self._key = uuid4().hex

    def swap(self, out: Mapping[Cents, int], into: Mapping[Cents, int]) -> None:
        """Swap with the safe; a witness signs (C7)."""
        desk, actor = self._context.desk, self._context.actor
        command = change_orders.SwapCash(self._key, dict(out), dict(into))

        def done(slip: ChangeSlip) -> None:
            self._key = uuid4().hex
            self._screen.show_swapped(slip)

        self._context.act_or_ask(
            lambda approval: change_orders.change_order(desk, actor, command, approval), done, self._problem
        )

    def ask_receivers(self) -> None:
        """Read who may take the drawer over."""
        desk, actor = self._context.desk, self._context.actor
        self._context.read(lambda: hand_overs.receivers(desk, actor), self._screen.show_receivers)

    def hand_over(
        self, to: str, pieces: Mapping[Cents, int], theirs: Mapping[Cents, int], others: Mapping[str, TapeCount]
    ) -> None:
        """Hand the drawer over; its new holder signs with their own secret (C4)."""
        if not cash_total(theirs):
            self._problem(MissingInput(tr("Count the drawer: key the pieces."), field="pieces"))
            return
        desk, actor = self._context.desk, self._context.actor
        command = hand_overs.HandOver(self._key, to, dict(pieces), dict(theirs), dict(others))

        def done(slip: HandOverSlip) -> None:
            self._key = uuid4().hex
            self._screen.show_handed(slip)

        def failed(error: Exception) -> None:
            if getattr(error, "field", "") == "their_cash":
                self._screen.count_hand_over_again()
            self._problem(error)

        self._context.act_or_ask(
            lambda approval: hand_overs.hand_over(desk, actor, command, approval), done, failed, signer=to
        )

    def _problem(self, error: Exception) -> None:
        self._context.shell.problem(error, self._screen.focus_field)
