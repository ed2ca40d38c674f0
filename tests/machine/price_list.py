"""A few things that the demo city sells in July 2026, as a person would copy them from the published schedule.

Nothing here asks the program: the prices, the accounts and the few rules of refunds stand as figures.
"""

from __future__ import annotations

from dataclasses import dataclass, field

ROUNDING_ACCOUNT = OVER_SHORT_ACCOUNT = FEE_ACCOUNT = COPY_ACCOUNT = "1000.9900010001.434505"
DRAWER = "1000.9900010001.101010"
SAFE = "1000.9900010001.101015"
CHANGE_FUND = "1000.9900010001.101005"
BANK = "1000.9900010001.101000"
TRANSIT = "1000.9900010001.101050"
CHECKS = "1000.9900010001.101020"
MONEY_ORDERS = "1000.9900010001.101025"
CARDS = "1000.9900010001.101030"
CARD_FEES = "1000.9900010001.101031"
TRANSFERS = "1000.9900010001.101040"
RECEIVABLE = "1000.9900010001.121010"
PAYABLES = "1000.9900010001.201010"
ADMIN_ACCOUNT = "1000.6400010001.426990"

WHERE = {
    "cash": DRAWER,
    "check": CHECKS,
    "money_order": MONEY_ORDERS,
    "card": CARDS,
    "transfer": TRANSFERS,
    "payables": PAYABLES,
}
"""Where a tender lies."""


def where(kind: str, role: str = "taken") -> str:
    """Return where a row of a tender lies; service fees lie apart."""
    return CARD_FEES if role == "fee" else WHERE[kind]


NSF_FEE = 2_400
"""The fee for a returned item."""


@dataclass(frozen=True)
class SoldLine:
    """A line of a receipt with the accounts that it is credited to (cents, adding up to its amount)."""

    kind: str
    item: str
    amount: int
    accounts: dict[str, int]
    units: int = 1
    bill: str = ""

    def share_of(self, back: int) -> dict[str, int]:
        """Say where the first ``back`` cents that are given back come from: the first account to the nearest cent."""
        first, *others = self.accounts
        if not others:
            return {first: back}
        part = (2 * back * self.accounts[first] + self.amount) // (2 * self.amount)
        return {first: part, others[0]: back - part}


@dataclass(frozen=True)
class Item:
    """What is sold: its price for a number of units, and what a refund of some of them gives back (cents)."""

    code: str
    each: int
    accounts: dict[str, int]
    """Where one unit goes: cents, or percent of two accounts where ``percent`` is set."""
    percent: bool = False
    admin: int = 0
    """The administrative fee that comes with a permit: a line of its own, never given back."""
    back_each: int = 0
    """What one unit gives back; 0 for what is not refunded."""
    inputs: dict[str, str] = field(default_factory=dict)
    counted_by: str = ""
    """The input that says how many; empty where the quantity of the line does."""
    one_only: bool = False

    def lines(self, units: int) -> tuple[SoldLine, ...]:
        """Return the lines that stand on the receipt."""
        accounts = {account: cents * units for account, cents in self.accounts.items()}
        if self.percent:
            (first, share), (second, _) = self.accounts.items()
            part = (self.each * units * share + 50) // 100
            accounts = {first: part, second: self.each * units - part}
        sold = SoldLine("item", self.code, self.each * units, accounts, units)
        if not self.admin:
            return (sold,)
        return (sold, SoldLine("admin_fee", "ADM-114", self.admin, {ADMIN_ACCOUNT: self.admin}))


ITEMS = (
    # the alarm permit is 50.00, of which 5.00 goes to the alarm fund
    Item("ALM-RES", 5_000, {"1000.6500010020.422050": 4_500, "2206.6500010021.424100": 500}, one_only=True),
    Item("REC-COPY", 10, {COPY_ACCOUNT: 10}, counted_by="pages"),
    Item("WTR-CHGCUST", 626, {"8300.2000070001.425010": 626}, one_only=True),
    Item("BLD-REINSP", 9_400, {"2301.2000050001.421010": 9_400}, one_only=True),
    Item("ELE-RECON", 9_400, {"2301.2000050004.421030": 9_400}, admin=3_356, one_only=True),
    # valuation 21,300: 47.00 + 15 thousands x 5.36 = 127.40; refund 90 % of 127.40 - 91.06 = 36.34: 32.706, floor 32.70
    Item(
        "BLD-STRUCT", 12_740, {"2301.2000050001.421010": 12_740},
        admin=3_356, back_each=3_270, inputs={"valuation": "21300"}, one_only=True,
    ),
    # the gymnasium was 30.07 an hour in June, 80 % and 20 %, the first to the nearest cent; given back as it was paid
    Item(
        "PRK-GYM", 3_007, {"2100.3600040001.426100": 80, "1000.3600040001.426101": 20}, percent=True,
        back_each=3_007, inputs={"hours": "1", "date": "2026-06-30"},
    ),
)  # fmt: skip

BY_CODE = {item.code: item for item in ITEMS}

LEAST_BY_CARD = 100
"""Cards are not taken for less than 1.00."""


def card_fee(part: int) -> int:
    """Return the fee of a card payment: 2.3 %, half a cent up, 1.50 at least (cents)."""
    return max(150, (part * 23 + 500) // 1000)


def to_the_nickel(due: int, rounding: str) -> int:
    """Round a cash payment (cents): 1 and 2 down, 3 and 4 up under ``nearest``, but never to nothing."""
    over = due % 5
    if rounding == "off" or not over or due <= 0:
        return due
    if rounding == "down":
        return due - over
    rounded = due - over if over <= 2 else due - over + 5
    return rounded or 5
