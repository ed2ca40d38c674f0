"""What somebody owes, as a line of the cart: the bills it pays and who owes them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csr_desk.domain.cart_lines import OpenAmount, PricedBefore
from csr_desk.domain.money import Cents, shown
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.lines import BillLine, OrderLine
    from csr_desk.services.owing import Owing


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A line of the cart that pays debts, spread as it would be sold now (cents)."""

    line: BillLine | OrderLine
    amounts: tuple[OpenAmount | PricedBefore, ...]
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
        return sum(one.total if isinstance(one, PricedBefore) else one.amount for one in self.amounts)

    @property
    def rows(self) -> int:
        """How many rows of the cart it has: one a bill, and one for each thing of an order (fees are added to them)."""
        return sum(_rows(one) for one in self.amounts)

    @property
    def debt(self) -> BillLine | None:
        """The line where it pays an account or a bill: its amount may be another, and it may be put by hand."""
        from csr_desk.services.lines import BillLine

        return self.line if isinstance(self.line, BillLine) else None

    @property
    def name(self) -> str:
        """What it pays, in the words of the page: ``Account 0041-2277-9``, ``Order SO26-000001-7``."""
        if self.line.kind == "deposit":
            return tr("Deposit of account {number}").format(number=self.account)
        if self.account:
            return tr("Account {number}").format(number=self.account)
        words = tr("Project {number}") if self.line.kind == "project" else tr("Order {number}")
        return words.format(number=self.line.number)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Say whose it is and what is due beside what is paid now."""
        facts = [
            (tr("Customer"), self.customer),
            (tr("Account"), self.account),
            (tr("For"), self.service),
            (tr("Due"), shown(self.due)),
            (tr("Paid now"), shown(self.amount)),
            (tr("To its credit"), tr("{amount}: F10 uses it").format(amount=shown(self.credit)) if self.credit else ""),
            (tr("Put by hand"), self.debt.reason if self.debt is not None and self.debt.parts else ""),
        ]
        return tuple((word, value) for word, value in facts if value)

    def why(self) -> str:
        """Say what may be done with it."""
        if any(isinstance(one, PricedBefore) for one in self.amounts):
            return tr("An order is paid whole, at the prices of its day.")
        if self.line.kind == "deposit":
            return tr("It stays the customer’s, and pays what they owe when the account closes.")
        return tr("Ctrl+P pays another amount, Ctrl+O puts it on other debts.")


def _rows(one: OpenAmount | PricedBefore) -> int:
    return sum(line.added_with is None for line in one.lines) if isinstance(one, PricedBefore) else 1
