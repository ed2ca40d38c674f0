"""Where money is booked: every act as debits (positive) and credits (negative) that sum to nothing, in cents.

Accounts are fund, cost centre and GL as the city's ledger names them; the demo city's numbers are invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from csr_desk.domain.distribution import Share, distribute
from csr_desk.domain.ledger import Posting, TenderRole, TenderRow
from csr_desk.domain.money import Cents


@dataclass(frozen=True, slots=True)
class HouseAccounts:
    """The accounts that belong to the counter itself, not to an item."""

    bank: str = "1000.9900010001.101000"
    change_fund: str = "1000.9900010001.101005"
    drawer: str = "1000.9900010001.101010"
    safe: str = "1000.9900010001.101015"
    checks: str = "1000.9900010001.101020"
    money_orders: str = "1000.9900010001.101025"
    cards: str = "1000.9900010001.101030"
    card_fees: str = "1000.9900010001.101031"
    echecks: str = "1000.9900010001.101035"
    transit: str = "1000.9900010001.101050"
    transfers: str = "1000.9900010001.101040"
    receivable: str = "1000.9900010001.121010"
    payables: str = "1000.9900010001.201010"
    on_account: str = "1000.9900010001.205020"
    guarantees: str = "1000.9900010001.205030"
    """Refundable deposits of customers: a liability."""

    def of_tender(self, kind: str, role: TenderRole = TenderRole.TAKEN) -> str:
        """Return where a means of payment lies until it is deposited or settled."""
        if role is TenderRole.FEE:
            return self.card_fees
        return {
            "cash": self.drawer,
            "check": self.checks,
            "cashiers_check": self.checks,
            "money_order": self.money_orders,
            "card": self.cards,
            "echeck": self.echecks,
            "transfer": self.transfers,
            "on_account": self.on_account,
            "payables": self.payables,
        }[kind]


HOUSE = HouseAccounts()
"""The chart of the demo city."""


def tender_postings(tenders: Iterable[TenderRow]) -> tuple[Posting, ...]:
    """Debit each tender row to where it lies; change given back is a credit to the drawer."""
    return tuple(
        Posting(HOUSE.of_tender(row.kind, row.role), row.amount, tender=row.number) for row in tenders if row.amount
    )


def line_postings(number: int, parts: Iterable[tuple[Share, Cents]]) -> tuple[Posting, ...]:
    """Credit a line to its accounts, one posting an account."""
    sums: dict[str, Cents] = {}
    for share, amount in parts:
        sums[share.account] = sums.get(share.account, 0) + amount
    return tuple(Posting(account, -amount, line=number) for account, amount in sums.items() if amount)


def difference_postings(shares: Sequence[Share], amount: Cents, account: str | None = None) -> tuple[Posting, ...]:
    """Book a difference: money found is a credit to the shares, money missing a debit; the other side to ``account``.

    Without ``account`` only the shares' side is given (cash rounding, whose other side is in the drawer).
    """
    if not amount:
        return ()
    other = () if account is None else (Posting(account, amount),)
    return other + tuple(Posting(share.account, -part) for share, part in distribute(shares, amount) if part)


def move(source: str, target: str, amount: Cents) -> tuple[Posting, ...]:
    """Carry an amount from one account to another."""
    return (Posting(target, amount), Posting(source, -amount)) if amount else ()


def reverse(postings: Iterable[Posting]) -> tuple[Posting, ...]:
    """Take postings back exactly."""
    return tuple(Posting(row.account, -row.amount, row.line, row.tender) for row in postings)


def by_account(postings: Iterable[Posting]) -> Mapping[str, Cents]:
    """Sum postings by account, in order of first use."""
    sums: dict[str, Cents] = {}
    for row in postings:
        sums[row.account] = sums.get(row.account, 0) + row.amount
    return sums
