"""What goes wrong and its way back: voids, refunds, tenders of the wrong kind, items the bank sends back, copies."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import strategies as st

from csr_desk.domain.people import Act
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import corrections, receipts, refunds, returned_items, tender_corrections
from machine import price_list as prices
from machine.model import COUNTER, SUPERVISORS, Batch, Paper
from machine.price_list import SoldLine
from machine.rules_selling import Selling
from machine.station import PICK, SIGNERS, WORDS, act, odd

HOW = st.sampled_from(("cash", "payables", "cash", "payables", "check", "card", "card", "seashells"))
GOES_AS = {"cash": "cash", "card": "card", "check": "payables", "payables": "payables"}
CHANGES = st.sampled_from(
    (("cash", "check"), ("cash", "money_order"), ("check", "cash"), ("cash", "card"), ("check", "check"),
     ("money_order", "check"), ("card", "cash"), ("transfer", "check"))
)  # fmt: skip
RETURNABLE = {"check", "money_order", "card"}


class Correcting(Selling):
    """The ways back."""

    def holder_of(self, paper: Paper | None, pick: int) -> str:
        """Return whose drawer a receipt is in, or, one time in ten, anybody."""
        batch = self.office.batches[paper.batch] if paper else None
        return self.someone(pick, [batch.holder] if batch else sorted(COUNTER))

    @act(4, pick=PICK, which=PICK, reason=WORDS, signer=SIGNERS)
    def void(self, pick: int, which: int, reason: str, signer: str) -> None:
        number, paper = self.some_paper(which)
        user = self.holder_of(paper, pick)
        batch = self.office.batches[paper.batch] if paper else None
        refusal = self.first(
            self.permitted(user),
            "not_found" if paper is None else "",
            "ineligible" if paper and paper.kind != "sale" else "",
            "already_voided" if paper and "void" in paper.backs else "",
            "ineligible" if paper and paper.backs else "",
            self.not_open_to(user, batch),
            "missing_input" if not reason else "",
            self.unsigned(signer, user),
        )

        def effect(receipt: Receipt) -> None:
            assert paper is not None
            done = self.office.reverse(paper)
            assert (receipt.number, receipt.total, receipt.reverses) == (done.number, -paper.total, paper.number)

        command = corrections.Void(self.key(), number, reason)
        approval = self.approval(signer, user, (Act.VOID, number, paper.total if paper else 0))
        self.do(
            f"void {number} by {user}",
            refusal,
            lambda: corrections.void(self.desk, self.who(user), command, approval),
            effect,
            lambda receipt: (receipt.number, receipt.total),
        )

    def not_open_to(self, user: str, batch: Batch | None) -> str:
        """Say why a person cannot void in a batch."""
        if batch is None:
            return ""
        return self.first(
            "batch_closed" if batch.state == "accepted" else "",
            "not_permitted" if batch.holder != user else "",
            "counting" if batch.state != "open" else "",
            "drawer_not_open" if batch.locked else "",
        )

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
        """Return what a unit of a line gives back (cents)."""
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
        part, how = what
        batch = self.held(user)
        paper = office.papers.get(number)
        at, line = self.line_of(paper)
        left = self.left_of(paper) if paper else 0
        part = min(part, left) if 0 < part < 6 and left else part
        units = part or line.units
        amount = units * self.item_back(line)
        fault = self.first(
            self.permitted(user),
            office.cannot_sell(user, None),
            "not_found" if paper is None else "",
            "ineligible" if paper and batch and how == "cash" and paper.day != batch.day else "",
            "ineligible" if paper and paper.kind != "sale" else "",
            "already_voided" if paper and "void" in paper.backs else "",
            "bad_input" if how == "seashells" or line.kind != "item" or units > line.units else "",
            "ineligible" if not amount else "",
            "ineligible" if paper and paper.given_back.get(at, 0) + amount > line.units * self.item_back(line) else "",
            "missing_input" if not reason else "",
            self.unsigned(signer, user),
        )

        def effect(receipt: Receipt) -> None:
            assert batch is not None
            assert paper is not None
            done = self.give_back(batch, paper, (at, line, amount), GOES_AS[how])
            assert (receipt.number, receipt.total) == (done.number, -amount)

        lines = ((at, Decimal(part) if part else None),)
        command = refunds.Refund(self.key(), number, lines, reason, how)
        approval = self.approval(signer, user, (Act.REFUND, number, amount))
        self.do(
            f"refund {amount} of {number} by {user}, {how}",
            fault,
            lambda: refunds.refund(self.desk, self.who(user), command, approval),
            effect,
            lambda receipt: (receipt.number, receipt.total),
        )

    def line_of(self, paper: Paper | None) -> tuple[int, SoldLine]:
        """Return the line to give back with its number: the first that can be, else the first."""
        lines = paper.lines if paper else ()
        for at, line in enumerate(lines, 1):
            if self.item_back(line):
                return at, line
        return 1, lines[0] if lines else SoldLine("open_amount", "", 0, {})

    def give_back(self, batch: Batch, paper: Paper, back: tuple[int, SoldLine, int], kind: str) -> Paper:
        """Write a refund down: the tender goes out, the accounts that the line went to are debited."""
        at, line, amount = back
        postings: Counter[str] = Counter({prices.WHERE[kind]: -amount})
        before = paper.given_back.get(at, 0)
        postings.update(line.share_of(before + amount))
        postings.subtract(line.share_of(before))
        paper.backs.append("refund")
        paper.given_back[at] = before + amount
        number = self.office.next_number(batch.drawer)
        rows = ((kind, "taken", -amount),)
        return self.office.write(Paper(number, "refund", batch.number, batch.day, (), rows, postings, -amount))

    @act(4, pick=PICK, which=PICK, change=CHANGES, reason=WORDS, signer=SIGNERS)
    def correct_tender(self, pick: int, which: int, change: tuple[str, str], reason: str, signer: str) -> None:
        wrong, right = change
        number, paper = self.some_paper(which, open_only=False)
        user = self.holder_of(paper, pick)
        batch = self.office.batches[paper.batch] if paper else None
        rows = paper.tenders if paper else ()
        amount = sum(cents for kind, role, cents in rows if kind == wrong and role != "fee")
        fee = right == "card" or any(kind == wrong and role == "fee" for kind, role, _ in rows)
        refusal = self.first(
            self.permitted(user),
            "not_found" if paper is None else "",
            "batch_closed" if batch and batch.state == "accepted" else "",
            "not_permitted" if batch and batch.holder != user else "",
            "ineligible" if paper and paper.kind != "sale" else "",
            "already_voided" if paper and "void" in paper.backs else "",
            "ineligible" if paper and paper.backs else "",
            "bad_input" if wrong == right or amount <= 0 else "",
            ("tender_refused" if right == "card" and amount < prices.LEAST_BY_CARD else "ineligible") if fee else "",
            "missing_input" if not reason else "",
            self.unsigned(signer, user),
        )

        def effect(receipt: Receipt) -> None:
            assert batch is not None
            assert paper is not None
            paper.backs.append("tender_corrected")
            paper.corrected.add(wrong)
            postings: Counter[str] = Counter()
            postings[prices.WHERE[wrong]] -= amount
            postings[prices.WHERE[right]] += amount
            tenders = ((wrong, "taken", -amount), (right, "taken", amount))
            following = self.office.next_number(batch.drawer)
            self.office.write(Paper(following, "tender_corrected", batch.number, batch.day, (), tenders, postings, 0))
            assert receipt.number == following

        tender = Tender(TenderKind(right), number="0118" if right == "check" else "")
        command = tender_corrections.CorrectTender(self.key(), number, TenderKind(wrong), tender, reason)
        approval = self.approval(signer, user, (Act.CORRECT_TENDER, number, amount))
        self.do(
            f"correct_tender {number} {wrong} to {right} by {user}",
            refusal,
            lambda: tender_corrections.correct_tender(self.desk, self.who(user), command, approval),
            effect,
            lambda receipt: receipt.number,
        )

    @act(2, pick=PICK, which=PICK, tender=st.integers(1, 2), reason=WORDS)
    def returned_item(self, pick: int, which: int, tender: int, reason: str) -> None:
        """The bank sends something back; the drawer and the batch stay as they were."""
        office = self.office
        user = self.someone(pick, ["accountant1"])
        number, paper = self.some_paper(which, open_only=False)
        rows = paper.tenders if paper else ()
        row = rows[tender - 1] if tender <= len(rows) else ("", "", 0)
        can = row[0] in RETURNABLE and row[1] == "taken" and row[2] > 0
        day = office.office_day(office.today)
        refusal = self.first(
            self.permitted(user, {"accountant1"}),
            "not_found" if paper is None else "",
            "ineligible" if paper and paper.kind not in {"sale", "tender_corrected"} else "",
            "already_voided" if paper and "void" in paper.backs else "",
            "conflict" if paper and tender in paper.returned else "",
            "bad_input" if not can else "",
            "ineligible" if paper and row[0] in paper.corrected else "",
            "missing_input" if not reason else "",
            office.cannot_open_day(day),
        )

        def effect(returned: returned_items.Returned) -> None:
            assert paper is not None
            assert (returned.amount, returned.fee) == (row[2], prices.NSF_FEE)
            paper.backs.append("item_returned")
            paper.returned.add(tender)
            office.open_day(day)
            office.entries["item_returned"] += 1
            office.post(
                (prices.RECEIVABLE, row[2] + prices.NSF_FEE),
                (prices.BANK, -row[2]),
                (prices.FEE_ACCOUNT, -prices.NSF_FEE),
            )

        command = returned_items.ReturnItem(self.key(), number, tender, reason)
        self.do(
            f"returned_item {number}/{tender} by {user}",
            refusal,
            lambda: returned_items.returned_item(self.desk, self.who(user), command),
            effect,
            lambda returned: (returned.receipt, returned.amount, returned.fee),
        )

    @act(2, pick=PICK, which=PICK)
    def reprint(self, pick: int, which: int) -> None:
        number, paper = self.some_paper(which, open_only=False)
        user = self.someone(pick, sorted(COUNTER | SUPERVISORS))
        refusal = self.first(self.permitted(user, COUNTER | SUPERVISORS), "not_found" if paper is None else "")

        def effect(receipt: Receipt) -> None:
            assert paper is not None
            paper.copies += 1
            self.office.entries["reprint"] += 1
            assert (receipt.number, receipt.copy, receipt.total) == (number, paper.copies, paper.total)

        command = receipts.Reprint(self.key(), number)
        self.do(
            f"reprint {number} by {user}",
            refusal,
            lambda: receipts.reprint(self.desk, self.who(user), command),
            effect,
            lambda receipt: (receipt.number, receipt.copy),
        )
