"""What an account owes in the order of application, what paid it, and what stands to its credit. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.account_credit import CreditMoved
    from csr_desk.services.owing import OpenDebt, PaidLine


@dataclass(frozen=True, slots=True)
class ApplyingPicture:
    """All that the panel shows (cents)."""

    account: str = ""
    debts: tuple[OpenDebt, ...] = ()
    paid: tuple[PaidLine, ...] = ()
    credit: Cents = 0

    @property
    def owed(self) -> Cents:
        """What is due in all."""
        return sum(one.open for one in self.debts)

    @property
    def usable(self) -> Cents:
        """How much of the credit the debts can take."""
        return min(self.credit, self.owed)


class ApplyingView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: ApplyingPicture) -> None:
        """Show it."""


class ApplyingPresenter:
    """One account at a time."""

    def __init__(self, context: Context, view: ApplyingView) -> None:
        """Nothing is shown yet."""
        self.context = context
        self.view = view
        self.picture = ApplyingPicture()

    def show_account(self, account: str) -> None:
        """Read what is owed, paid and to credit."""
        desk, actor = self.context.desk, self.context.actor

        def read() -> ApplyingPicture:
            from csr_desk.services import owing

            return ApplyingPicture(
                account,
                owing.open_debts(desk, actor, account),
                owing.payments_made(desk, actor, account),
                owing.credit_standing(desk, actor, account),
            )

        self.context.read(read, self._show)

    def _show(self, picture: ApplyingPicture) -> None:
        self.picture = picture
        self.view.show_picture(picture)

    @property
    def may_use(self) -> bool:
        """There is a credit, something to use it for, and a person who may."""
        return bool(self.picture.usable) and self.context.actor.may(Act.USE_CREDIT)

    def may_undo(self, line: PaidLine | None) -> bool:
        """The line is of a credit that was used, and the person may take that back."""
        used = line is not None and line.kind == EventKind.CREDIT_APPLIED.value and bool(line.bill) and line.amount > 0
        return used and self.context.actor.may(Act.USE_CREDIT)

    def use_credit(self) -> None:
        """Use as much of the credit as is due, by the order of application."""
        if not self.may_use:
            return
        from csr_desk.services import account_credit

        desk, actor = self.context.desk, self.context.actor
        command = account_credit.UseCredit(uuid4().hex, self.picture.account, self.picture.usable)

        def done(moved: CreditMoved) -> None:
            words = tr("{amount} of the credit was used. {owed} is owed, {left} stands to the credit.")
            said = words.format(amount=shown(moved.amount), owed=shown(moved.owed), left=shown(moved.left))
            self.context.shell.banner(said, Tone.OK)
            self.show_account(moved.account)

        self.context.act(lambda: account_credit.use_credit(desk, actor, command), done)

    def undo(self, line: PaidLine | None) -> None:
        """Take a used credit back from its bills, with a reason."""
        if line is None or not self.may_undo(line):
            return
        from csr_desk.services import account_credit

        desk, actor, key = self.context.desk, self.context.actor, uuid4().hex

        def done(moved: CreditMoved) -> None:
            words = tr("Taken back: {left} stands to the credit again, {owed} is owed.")
            self.context.shell.banner(words.format(left=shown(moved.left), owed=shown(moved.owed)), Tone.OK)
            self.show_account(moved.account)

        def take(values: dict[str, str]) -> str | None:
            if not values["reason"]:
                return tr("Say why the credit is taken back from the bill.")
            command = account_credit.UndoCredit(key, line.entry, values["reason"])
            self.context.act(lambda: account_credit.undo_credit(desk, actor, command), done)
            return None

        title = tr("Take {amount} back from bill {bill}, and all that this entry used").format(
            amount=shown(line.amount), bill=line.bill
        )
        self.context.shell.ask_fields(title, (Field("reason", tr("Reason"), hint=tr("stays in the record")),), take)
