"""The office as plain figures: what a careful person with a pencil would have written down.

It knows the rules of the counter from their description, keeps dicts and whole cents, and asks the program nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta

from machine import price_list as prices
from machine.price_list import SoldLine

FLOAT = 20_000
DRAWERS = ("HPC-1", "HPC-2", "HPC-3")
COUNTER = frozenset({"clerk1", "clerk2", "clerk3", "cashier1"})
SUPERVISORS = frozenset({"supervisor1", "supervisor2"})
EVERYBODY = (*sorted(COUNTER), *sorted(SUPERVISORS), "accountant1", "auditor1", "admin1")


@dataclass
class Batch:
    """A drawer in one person's hands (cents)."""

    number: str
    drawer: str
    day: date
    holder: str
    float_amount: int
    cash: int
    state: str = "open"
    locked: bool = False
    others: dict[str, list[int]] = field(default_factory=dict)
    """Items and amount of each tender but cash."""
    drops: list[int] = field(default_factory=list)
    attempts: int = 0
    round_start: int = 0
    counted: dict[str, tuple[int, int]] = field(default_factory=dict)
    """The last count: items and amount by tender; cash with 0 items."""
    over_short: dict[str, int] = field(default_factory=dict)
    """What acceptance booked, to be taken back when the batch is opened again."""
    z_number: int | None = None
    deposit: str | None = None

    def expected(self, kind: str) -> int:
        """Return what the drawer should hold of a tender."""
        return self.cash if kind == "cash" else self.others.get(kind, [0, 0])[1]

    def differences(self, counted: dict[str, tuple[int, int]]) -> dict[str, int]:
        """Return counted less expected by tender; cards count only where slips were handed in."""
        kinds = {"cash", *counted}
        kinds |= {kind for kind in ("check", "money_order") if any(self.others.get(kind, [0, 0]))}
        return {kind: counted.get(kind, (0, 0))[1] - self.expected(kind) for kind in kinds}


@dataclass
class Paper:
    """A numbered entry (cents)."""

    number: str
    kind: str
    batch: str
    day: date
    lines: tuple[SoldLine, ...]
    tenders: tuple[tuple[str, str, int], ...]
    """Kind, role and amount; the first has number 1."""
    postings: Counter[str]
    total: int
    backs: list[str] = field(default_factory=list)
    """What was done to it since: void, refund, tender_corrected, item_returned."""
    given_back: dict[int, int] = field(default_factory=dict)
    corrected: set[str] = field(default_factory=set)
    returned: set[int] = field(default_factory=set)
    copies: int = 0
    standing: list[tuple[str, str, int]] = field(default_factory=list)
    """Its tenders as they stand since a kind was corrected; at first what they were."""
    sources: dict[tuple[str, int], int] = field(default_factory=dict)
    """What refunds took from each standing tender."""
    moved: bool = False
    """It applied anew what a closed batch had taken: no drawer holds its money."""
    nickel: int = 0

    def __post_init__(self) -> None:
        self.standing = self.standing or list(self.tenders)

    def paid_by(self) -> list[tuple[tuple[str, int], int]]:
        """Return what is left of each tender that paid: its kind and place, the cash without its change, no fees."""
        change = sum(amount for _, role, amount in self.standing if role == "change")
        left = []
        for at, (kind, role, amount) in enumerate(self.standing):
            if role == "taken":
                paid = amount + (change if kind == "cash" else 0)
                left.append(((kind, at), paid - self.sources.get((kind, at), 0)))
        return left

    @property
    def taken_back(self) -> str:
        """Say why it cannot be voided or applied anew any more."""
        if self.kind != "sale":
            return "ineligible"
        if "void" in self.backs:
            return "already_voided"
        return "ineligible" if set(self.backs) - {"tender_corrected"} else ""


@dataclass
class Bag:
    """A deposit (cents)."""

    number: str
    day: date
    cash: int
    checks: int
    orders: int
    confirmed: bool = False

    @property
    def total(self) -> int:
        return self.cash + self.checks + self.orders


@dataclass
class Parked:
    """A cart that waits."""

    number: str
    key: str
    owner: str
    lines: tuple[tuple[str, int], ...]
    state: str = "held"


@dataclass
class Met:
    """How tenders meet a total, or why not."""

    refusal: str = ""
    rows: tuple[tuple[str, str, int], ...] = ()
    fees: tuple[int, ...] = ()
    nickel: int = 0
    change: int = 0
    rest: int = 0


class Office:
    """Everything that was written down."""

    def __init__(self, today: date, bills: dict[str, int]) -> None:
        self.today = today
        self.rounding = "off"
        self.tolerance = 100
        self.cash_lock = 100_000
        self.attempts = 3
        self.gl: Counter[str] = Counter()
        self.tender_sums: Counter[tuple[str, str]] = Counter()
        # the founding entry, and one for each bill that came in
        self.entries: Counter[str] = Counter(policy_set=1, bills_loaded=len(bills))
        self.numbers = dict.fromkeys(DRAWERS, 0)
        self.perpetual = dict.fromkeys(DRAWERS, 0)
        self.z_numbers = dict.fromkeys(DRAWERS, 0)
        self.batches: dict[str, Batch] = {}
        self.papers: dict[str, Paper] = {}
        self.bags: dict[str, Bag] = {}
        self.parked: list[Parked] = []
        self.bills = bills
        self.paid = dict.fromkeys(bills, 0)
        self.claims: set[str] = set()
        """Bills that claim what the bank sent back: repaid in cash or certified funds only."""
        self.days: dict[date, str] = {}

    # ---- looking

    def batch_of(self, user: str) -> Batch | None:
        """Return the drawer that a person holds."""
        return next((one for one in self.batches.values() if one.holder == user and one.state != "accepted"), None)

    def batch_at(self, drawer: str) -> Batch | None:
        """Return the batch that is open at a drawer."""
        return next((one for one in self.batches.values() if one.drawer == drawer and one.state != "accepted"), None)

    def cannot_sell(self, user: str, drawer: str | None, *, locked_too: bool = False) -> str:
        """Say why a person cannot sell from a drawer now (their own without a name)."""
        batch = self.batch_at(drawer) if drawer else self.batch_of(user)
        if batch is None:
            return "day_closed" if self.days.get(self.today) == "closed" else "drawer_not_open"
        if batch.holder != user:
            return "not_permitted"
        if batch.state != "open":
            return "counting"
        return "drawer_not_open" if batch.locked and not locked_too else ""

    def due(self, bill: str) -> int:
        """Return what is still owed on a bill (cents)."""
        return self.bills[bill] - self.paid[bill]

    def cannot_open_day(self, day: date) -> str:
        """Say why nothing can be posted to a day."""
        if self.days.get(day) == "closed":
            return "day_closed"
        later = any(state == "closed" and other >= day for other, state in self.days.items())
        return "day_closed" if later and day not in self.days else ""

    # ---- writing

    def open_day(self, day: date) -> None:
        """Open a day unless it is open."""
        if day not in self.days:
            self.days[day] = "open"
            self.entries["day_opened"] += 1

    def office_day(self, wanted: date) -> date:
        """Return the day that an act of the office goes to: never one that is closed."""
        closed = max((day for day, state in self.days.items() if state == "closed"), default=None)
        if closed is not None and wanted <= closed and self.days.get(wanted) != "open":
            return closed + timedelta(days=1)
        return wanted

    def post(self, *postings: tuple[str, int]) -> None:
        """Book debits (positive) and credits; what does not balance is a mistake of this model."""
        assert sum(amount for _, amount in postings) == 0, postings
        for account, amount in postings:
            self.gl[account] += amount

    def take_number(self, drawer: str) -> str:
        """Give the next receipt number of a drawer."""
        self.numbers[drawer] += 1
        return self.next_number(drawer, 0)

    def next_number(self, drawer: str, more: int = 1) -> str:
        """Say which number comes next."""
        return f"{drawer.replace('-', '')}-{self.numbers[drawer] + more:07d}"

    def write(self, paper: Paper) -> Paper:
        """Write a numbered entry: number, tenders, drawer, books."""
        batch = self.batches[paper.batch]
        assert paper.number == self.take_number(batch.drawer)
        self.papers[paper.number] = paper
        self.entries[paper.kind] += 1
        self.post(*paper.postings.items())
        for kind, role, amount in paper.tenders:
            self.tender_sums[kind, role] += amount
            self.perpetual[batch.drawer] += amount
            if kind == "cash":
                batch.cash += amount
            elif role == "taken":
                held = batch.others.setdefault(kind, [0, 0])
                held[0] += -1 if amount < 0 else 1
                held[1] += amount
        return paper

    def meet(self, total: int, tenders: tuple[tuple[str, int | None], ...]) -> Met:
        """Meet a total (cents) with tenders; cash, if there is any, stands last."""
        others = [(kind, amount) for kind, amount in tenders if kind != "cash"]
        cash = [amount for kind, amount in tenders if kind == "cash"]
        filled = [(kind, total if amount is None else amount) for kind, amount in others]
        taken = sum(amount for _, amount in filled)
        due = total - taken
        if cash and cash[0] is None and due <= 0:
            return Met("bad_input")
        if due < 0:
            return Met("change_not_allowed")
        met = Met(rest=due)
        rounded = prices.to_the_nickel(due, self.rounding)
        if cash:
            given = rounded if cash[0] is None else cash[0]
            kept = due if given == due else (rounded if given >= rounded else (due if given > due else None))
            met = Met(rest=due - given) if kept is None else Met(nickel=kept - due, change=given - kept)
        rows: list[tuple[str, str, int]] = []
        fees = []
        for kind, amount in filled:
            rows.append((kind, "taken", amount))
            if kind == "card":
                if amount < prices.LEAST_BY_CARD:
                    return Met("tender_refused")
                fees.append(prices.card_fee(amount))
                rows.append((kind, "fee", fees[-1]))
        if cash:
            rows.append(("cash", "taken", rounded if cash[0] is None else cash[0]))
        if met.change:
            rows.append(("cash", "change", -met.change))
        met.rows, met.fees = tuple(rows), tuple(fees)
        return met

    def sell(self, batch: Batch, lines: tuple[SoldLine, ...], met: Met) -> Paper:
        """Write a sale down."""
        sold = (*lines, *(SoldLine("tender_fee", "CONV-CARD", fee, {prices.FEE_ACCOUNT: fee}) for fee in met.fees))
        postings: Counter[str] = Counter()
        for kind, role, amount in met.rows:
            postings[prices.where(kind, role)] += amount
        for line in sold:
            for account, cents in line.accounts.items():
                postings[account] -= cents
            if line.bill:
                self.paid[line.bill] += line.amount
        postings[prices.ROUNDING_ACCOUNT] -= met.nickel
        total = sum(line.amount for line in lines)
        number = self.next_number(batch.drawer)
        paper = Paper(number, "sale", batch.number, batch.day, sold, met.rows, postings, total, nickel=met.nickel)
        return self.write(paper)

    def reverse(self, original: Paper) -> Paper:
        """Write a void down: the exact negative of how it stands now, in the same drawer."""
        batch = self.batches[original.batch]
        tenders = tuple((kind, role, -amount) for kind, role, amount in original.standing)
        postings = Counter({account: -cents for account, cents in self.now_booked(original).items()})
        self.pay_back(original)
        original.backs.append("void")
        number = self.next_number(batch.drawer)
        return self.write(Paper(number, "void", batch.number, batch.day, (), tenders, postings, -original.total))

    def now_booked(self, paper: Paper) -> Counter[str]:
        """Return where a sale is booked by now: its tenders may have been corrected since."""
        booked = Counter(paper.postings)
        for rows, sign in ((paper.tenders, -1), (paper.standing, 1)):
            for kind, role, amount in rows:
                booked[prices.where(kind, role)] += sign * amount
        return booked

    def pay_back(self, paper: Paper) -> None:
        """Note on its bills that they are owed again."""
        for line in paper.lines:
            if line.bill:
                self.paid[line.bill] -= line.amount

    def apply_anew(self, original: Paper, here: Batch, bill: str) -> Paper:
        """Write down that a payment was meant for a bill: taken back and applied, in its drawer or by a transfer."""
        moved = original.moved or self.batches[original.batch].state == "accepted"
        line = SoldLine("open_amount", "", original.total, {prices.RECEIVABLE: original.total}, bill=bill)
        fees = () if moved else tuple(one for one in original.lines if one.kind == "tender_fee")
        if moved:
            self.move_away(original, here)
        else:
            self.reverse(original)
        rows = (("transfer", "taken", original.total),) if moved else tuple(original.standing)
        nickel = 0 if moved else original.nickel
        postings: Counter[str] = Counter()
        for kind, role, amount in rows:
            postings[prices.where(kind, role)] += amount
        for sold in (line, *fees):
            for account, cents in sold.accounts.items():
                postings[account] -= cents
        postings[prices.ROUNDING_ACCOUNT] -= nickel
        self.paid[bill] += original.total
        number = self.next_number(here.drawer)
        paper = Paper(
            number, "sale", here.number, here.day, (line, *fees), rows, postings, original.total, nickel=nickel
        )
        paper.moved = moved
        return self.write(paper)

    def move_away(self, original: Paper, here: Batch) -> None:
        """Take a receipt of a closed batch back by a transfer, which no drawer knows of; fees and nickel stay taken."""
        postings: Counter[str] = Counter({prices.TRANSFERS: -original.total})
        for line in original.lines:
            if line.kind != "tender_fee":
                postings.update(line.accounts)
        self.pay_back(original)
        original.backs.append("reapplied")
        number, rows = self.next_number(here.drawer), (("transfer", "taken", -original.total),)
        self.write(Paper(number, "refund", here.number, here.day, (), rows, postings, -original.total))
