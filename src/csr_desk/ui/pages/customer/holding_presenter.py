"""Deposits and holds of an account, settled, placed and lifted from the customer page. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.errors import BadInput
from csr_desk.domain.holds import Hold, Stops
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import Act
from csr_desk.domain.receivable.guarantee import Guarantee, GuaranteeState
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.dates import parse_day
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.guarantees import Ended


@dataclass(frozen=True, slots=True)
class HoldingPicture:
    """All that the panel shows."""

    account: str = ""
    deposits: tuple[Guarantee, ...] = ()
    holds: tuple[Hold, ...] = ()
    may_settle: bool = False
    may_hold: bool = False

    @property
    def held(self) -> Cents:
        """What the city owes the customer (cents)."""
        return sum(one.amount for one in self.deposits if one.state is GuaranteeState.HELD)


class HoldingView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: HoldingPicture) -> None:
        """Show it."""


class HoldingPresenter:
    """One account at a time."""

    def __init__(self, context: Context, view: HoldingView) -> None:
        """Nothing is shown yet."""
        self.context, self.view = context, view
        self.picture = HoldingPicture()

    def show_account(self, account: str) -> None:
        """Read the deposits and holds of an account."""
        desk, actor = self.context.desk, self.context.actor
        self.picture = HoldingPicture(account)

        def read() -> HoldingPicture:
            from csr_desk.services import guarantees, holds

            return HoldingPicture(
                account,
                guarantees.deposits_of(desk, actor, account),
                holds.holds_of(desk, actor, account=account),
                actor.may(Act.END_GUARANTEE),
                actor.may(Act.PLACE_HOLD),
            )

        def show(found: HoldingPicture) -> None:
            if self.picture.account == account:  # else another was asked for meanwhile
                self.picture = found
                self.view.show_picture(found)

        self.context.read(read, show)

    def settle(self, at: int, *, closes: bool) -> None:
        """Settle a deposit by its row; where something goes back a second person signs."""
        if not 0 <= at < len(self.picture.deposits):
            return
        from csr_desk.services import guarantees

        desk, actor = self.context.desk, self.context.actor
        command = guarantees.SettleDeposit(uuid4().hex, self.picture.deposits[at].deposit_no, closes)
        self.context.act_or_ask(lambda yes: guarantees.settle_deposit(desk, actor, command, yes), self._told)

    def _told(self, ended: Ended) -> None:
        said = tr("Deposit {number}: {applied} paid what was owed, {back} go back through payables.")
        words = said.format(number=ended.deposit, applied=shown(ended.applied), back=shown(ended.given_back))
        self.context.shell.banner(words, Tone.OK)
        self.show_account(ended.account)

    def place(self) -> None:
        """Ask why, until when and what is stopped; then place a hold on the account."""
        fields = (
            Field("words", tr("Why, for the person at the counter")),
            Field("stops", tr("Stops payments too (yes or no)"), tr("no")),
            Field("until", tr("Last day"), hint=tr("empty: until it is lifted")),
        )
        self.context.shell.ask_fields(tr("Place a hold"), fields, self._place, tr("Place it"), keep=True)

    def _place(self, keyed: dict[str, str]) -> str | None:
        from csr_desk.services import holds

        desk, actor, account = self.context.desk, self.context.actor, self.picture.account
        words = keyed["words"].strip()
        if not words:
            return tr("Say why, for the person at the counter.")
        try:
            until = parse_day(keyed["until"], desk.today(), field="until") if keyed["until"].strip() else None
        except BadInput as wrong:
            return wrong.message
        stops = Stops.ALL if keyed["stops"].strip().casefold() in {tr("yes"), "y"} else Stops.NEW
        command = holds.PlaceHold(uuid4().hex, words, account=account, stops=stops, expires_on=until)
        self.context.act(lambda: holds.place_hold(desk, actor, command), lambda _placed: self.show_account(account))
        return None

    def lift(self, at: int) -> None:
        """Ask why, then lift a hold by its row."""
        if not 0 <= at < len(self.picture.holds):
            return
        hold = self.picture.holds[at]
        reasons = (tr("Paid"), tr("Renewed"), tr("Placed by mistake"))
        choices = [Choice(str(n), text, text) for n, text in enumerate(reasons, 1)]

        def lift(reason: str) -> None:
            from csr_desk.services import holds

            desk, actor, account = self.context.desk, self.context.actor, self.picture.account
            command = holds.LiftHold(uuid4().hex, hold.hold_id, reason)
            self.context.act(lambda: holds.lift_hold(desk, actor, command), lambda _lifted: self.show_account(account))

        self.context.shell.ask_reason(tr("Why is it lifted?"), choices, lift, free_text=True)
