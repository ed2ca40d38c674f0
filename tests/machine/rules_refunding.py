"""Money given back: by the line's own rule, by the tender that paid, never more than was paid."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import strategies as st

from csr_desk.domain.people import Act
from csr_desk.domain.receipt import Receipt
from csr_desk.services import refunds
from machine import price_list as prices
from machine.model import Batch, Paper
from machine.price_list import SoldLine
from machine.rules_selling import Selling
from machine.station import PICK, SIGNERS, WORDS, act, odd

HOW = st.sampled_from(("", "payables", "cash", "", "check", "card", "", "seashells"))
GOES_AS = {"cash": "cash", "card": "card", "check": "payables", "payables": "payables"}
BY_ITSELF = {"cash": "cash", "card": "card", "transfer": "transfer"}
"""How a tender goes back where nobody says otherwise; the rest by payables."""


class Refunding(Selling):
    """Refunds."""

    def refundable(self, pick: int) -> tuple[str, Paper | None]:
        """Return a receipt with something on it that is given back, or, one time in ten, any."""
        office = self.office
        likely = [number for number, paper in office.papers.items() if self.left_of(paper)]
        begun = [number for number in likely if office.papers[number].given_back]
        likely = begun if begun and pick % 2 else likely
        number = self.one(likely if likely and not odd(pick) else [*office.papers, "HPC1-0009999"], pick)
        return number, office.papers.get(number)

    def left_of(self, paper: Paper) -> int:
        """Return how many units can still be given back."""
        at, line = self.line_of(paper)
        each = self.item_back(line)
        if paper.kind != "sale" or "void" in paper.backs or not each:
            return 0
        return line.units - paper.given_back.get(at, 0) // each

    @staticmethod
    def item_back(line: SoldLine) -> int:
        """Return what a unit of a line gives back (cents); what was paid on a bill is one."""
        if line.bill:
            return line.amount
        return prices.BY_CODE[line.item].back_each if line.kind == "item" else 0

    @act(6, pick=PICK, which=PICK, part=st.integers(0, 6), how=HOW, reason=WORDS, signer=SIGNERS)
    def refund(self, pick: int, which: int, part: int, how: str, reason: str, signer: str) -> None:
        """Give the first line back that can be, or the first; ``part`` units of it (6: too many), all with 0."""
        user = self.someone(pick, self.sellers())
        number, _ = self.refundable(which)
        self.refund_by(user, number, (part, how), reason, signer)

    @act(1, pick=PICK, parts=st.permutations((1, 1, 2, 3)))
    def refund_bit_by_bit(self, pick: int, parts: list[int]) -> None:
        """Sell seven hours and give them all back in parts: the cents of each account come out even."""
        sellers = self.sellers()
        if sellers:
            user = self.one(sellers, pick)
            self.pay((user, None), self.cart((("PRK-GYM", 7),)), "check")
            number = list(self.office.papers)[-1]
            for part in parts:
                self.refund_by(user, number, (part, "payables"), "Hall closed", "supervisor1")

    def refund_by(self, user: str, number: str, what: tuple[int, str], reason: str, signer: str) -> None:
        """Give units of a receipt's line back."""
        office = self.office
        part, asked = what
        batch = self.held(user)
        paper = office.papers.get(number)
        how = asked or ("payables" if paper and paper.moved else "")
        at, line = self.line_of(paper)
        left = self.left_of(paper) if paper else 0
        part = min(part, left) if 0 < part < 6 and left else part
        units = part or left
        amount = units * self.item_back(line)
        way = self.way_back(paper, how, amount) if paper else []
        untaken = amount - sum(cents for _, cents in way)
        refusal = self.first(
            self.permitted(user),
            "not_found" if paper is None else "",
            office.cannot_sell(user, None),
            "bad_input" if how == "seashells" else "",
            self.not_given_back(paper, line, part) if paper else "",
            self.too_late(paper, batch, way, how) if paper else "",
            "missing_input" if not reason else "",
            self.unsigned(signer, user),
            self.not_paid_so(paper, way, untaken) if paper else "",
        )

        def effect(receipt: Receipt) -> None:
            assert batch is not None
            assert paper is not None
            for source, cents in way:
                paper.sources[source] = paper.sources.get(source, 0) + cents
            done = self.give_back(batch, paper, (at, line, amount), (self.rows_of(way, how), untaken))
            assert (receipt.number, receipt.total) == (done.number, -amount)

        lines = ((at, Decimal(part) if part else None),)
        command = refunds.Refund(self.key(), number, lines, reason, asked)
        approval = self.approval(signer, user, (Act.REFUND, number, amount))
        self.do(
            f"refund {amount} of {number} by {user}, {how or 'as paid'}",
            refusal,
            lambda: refunds.refund(self.desk, self.who(user), command, approval),
            effect,
            lambda receipt: (receipt.number, receipt.total),
        )

    def not_given_back(self, paper: Paper, line: SoldLine, part: int) -> str:
        """Say why units of a line (0: the whole) are not given back, by what was done to it and by the item's rule."""
        left = self.left_of(paper)
        units = part or left
        return self.first(
            "ineligible" if paper.kind != "sale" else "",
            "already_voided" if "void" in paper.backs else "",
            "ineligible" if {"item_returned", "reapplied"} & set(paper.backs) else "",
            "bad_input" if line.kind != "item" and not line.bill else "",
            "bad_input" if line.bill and part > 1 else "",
            "ineligible" if not self.item_back(line) or not left else "",
            "ineligible" if not part and paper.given_back else "",
            "bad_input" if units > line.units else "",
            "ineligible" if units > left else "",
        )

    def too_late(self, paper: Paper, batch: Batch | None, way: list[tuple[tuple[str, int], int]], how: str) -> str:
        """Say why it cannot go in cash: that goes back on the day it was taken only."""
        cash = how == "cash" or any(kind == "cash" for kind, _ in self.rows_of(way, how))
        return "ineligible" if cash and paper.day != (batch.day if batch else self.office.today) else ""

    @staticmethod
    def not_paid_so(paper: Paper, way: list[tuple[tuple[str, int], int]], untaken: int) -> str:
        """Say why not: the tender did not pay that much. A nickel rounded down was never taken, and is forgiven."""
        all_used = sum(cents for _, cents in way) == sum(cents for _, cents in paper.paid_by())
        forgiven = all_used and 0 < untaken <= min(4, max(-paper.nickel, 0))
        return "ineligible" if untaken and not forgiven else ""

    @staticmethod
    def way_back(paper: Paper, how: str, amount: int) -> list[tuple[tuple[str, int], int]]:
        """Say how much comes from which tender that paid: the biggest first, never more than it paid."""
        usable = [(source, cents) for source, cents in paper.paid_by() if how in {"", "check", "payables", source[0]}]
        found = []
        for source, cents in sorted(usable, key=lambda one: -one[1]):
            part = min(cents, amount)
            if part > 0:
                found.append((source, part))
                amount -= part
        return found

    @staticmethod
    def rows_of(way: list[tuple[tuple[str, int], int]], how: str) -> list[tuple[str, int]]:
        """Return the tenders of a refund (cents): what goes by payables is one."""
        rows: list[tuple[str, int]] = []
        for (kind, _), cents in way:
            goes = GOES_AS.get(how) or BY_ITSELF.get(kind, "payables")
            same = [at for at, row in enumerate(rows) if row[0] == goes == "payables"]
            if same:
                rows[same[0]] = (goes, rows[same[0]][1] + cents)
            else:
                rows.append((goes, cents))
        return rows

    def line_of(self, paper: Paper | None) -> tuple[int, SoldLine]:
        """Return the line to give back with its number: the first that can be, else the first."""
        lines = paper.lines if paper else ()
        for at, line in enumerate(lines, 1):
            if self.item_back(line):
                return at, line
        return 1, lines[0] if lines else SoldLine("open_amount", "", 0, {})

    def give_back(
        self, batch: Batch, paper: Paper, back: tuple[int, SoldLine, int], way: tuple[list[tuple[str, int]], int]
    ) -> Paper:
        """Write a refund down: the tenders go out, the accounts that the line went to are debited."""
        at, line, amount = back
        rows, untaken = way
        postings: Counter[str] = Counter({prices.ROUNDING_ACCOUNT: -untaken})
        for kind, cents in rows:
            postings[prices.WHERE[kind]] -= cents
        before = paper.given_back.get(at, 0)
        postings.update(line.share_of(before + amount))
        postings.subtract(line.share_of(before))
        paper.backs.append("refund")
        paper.given_back[at] = before + amount
        if line.bill:
            self.office.paid[line.bill] -= amount
        number = self.office.next_number(batch.drawer)
        tenders = tuple((kind, "taken", -cents) for kind, cents in rows)
        return self.office.write(Paper(number, "refund", batch.number, batch.day, (), tenders, postings, -amount))
