"""What somebody owes, as a line of the cart: the bills it pays and who owes them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csr_desk.domain.cart_lines import OpenAmount
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.lines import BillLine
    from csr_desk.services.owing import Owing


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A line of the cart that pays debts, spread as it would be sold now (cents)."""

    line: BillLine
    amounts: tuple[OpenAmount, ...]
    account: str
    customer: str
    service: str
    due: Cents
    credit: Cents

    @classmethod
    def of(cls, found: Owing) -> OwedLine:
        """Make it from what the service found."""
        return cls(found.line, found.amounts, found.account, found.customer, found.service, found.due, found.credit)

    @property
    def amount(self) -> Cents:
        """What it pays."""
        return sum(one.amount for one in self.amounts)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Say whose it is and what is due beside what is paid now."""
        facts = [
            (tr("Customer"), self.customer),
            (tr("Account"), self.account),
            (tr("For"), self.service),
            (tr("Due"), shown(self.due)),
            (tr("Paid now"), shown(self.amount)),
            (tr("To its credit"), tr("{amount}: F10 uses it").format(amount=shown(self.credit)) if self.credit else ""),
            (tr("Put by hand"), self.line.reason if self.line.parts else ""),
        ]
        return tuple((word, value) for word, value in facts if value)

    def why(self) -> str:
        """Say what may be done with it."""
        return tr("Ctrl+P pays another amount, Ctrl+O puts it on other debts.")
