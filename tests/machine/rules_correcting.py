"""What goes wrong and its way back: voids, refunds, tenders of the wrong kind, items the bank sends back, copies."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from hypothesis import strategies as st

from csr_desk.domain.people import Act
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import corrections, reapply, receipts, refunds, returned_items, tender_corrections
from csr_desk.services.lines import BillLine
from machine import price_list as prices
from machine.model import COUNTER, SUPERVISORS, Batch, Paper
from machine.price_list import SoldLine
from machine.rules_selling import Selling
from machine.station import PICK, SIGNERS, WORDS, act, odd

HOW = st.sampled_from(("", "payables", "cash", "", "check", "card", "", "seashells"))
GOES_AS = {"cash": "cash", "card": "card", "check": "payables", "payables": "payables"}
BY_ITSELF = {"cash": "cash", "card": "card", "transfer": "transfer"}
"""How a tender goes back where nobody says otherwise; the rest by payables."""
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
            paper.taken_back if paper else "",
            "ineligible" if paper and paper.moved else "",
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
        units = part or left
        amount = units * self.item_back(line)
        way = self.way_back(paper, how, amount) if paper else []
        taken = sum(cents for _, cents in way)
        untaken = amount - taken
        # a nickel rounded down was never taken; it is not given back either
        forgiven = bool(
            paper
            and 0 < untaken <= min(4, max(-paper.nickel, 0))
            and taken == sum(cents for _, cents in paper.paid_by())
        )
        day = batch.day if batch else office.today
        cash = any(kind == "cash" for kind, _ in self.rows_of(way, how))
        refusal = self.first(
            self.permitted(user),
            "not_found" if paper is None else "",
            office.cannot_sell(user, None),
            "bad_input" if how == "seashells" else "",
            "ineligible" if paper and paper.kind != "sale" else "",
            "already_voided" if paper and "void" in paper.backs else "",
            "ineligible" if paper and {"item_returned", "reapplied"} & set(paper.backs) else "",
            "bad_input" if line.kind != "item" else "",
            "ineligible" if not self.item_back(line) or not left else "",
            "bad_input" if units > line.units else "",
            "ineligible" if units > left else "",
            "ineligible" if untaken and not forgiven else "",
            "ineligible" if paper and paper.day != day and cash else "",
            "missing_input" if not reason else "",
            self.unsigned(signer, user),
        )

        def effect(receipt: Receipt) -> None:
            assert batch is not None
            assert paper is not None
            for source, cents in way:
                paper.sources[source] = paper.sources.get(source, 0) + cents
            done = self.give_back(batch, paper, (at, line, amount), (self.rows_of(way, how), untaken))
            assert (receipt.number, receipt.total) == (done.number, -amount)

        lines = ((at, Decimal(part) if part else None),)
        command = refunds.Refund(self.key(), number, lines, reason, how)
        approval = self.approval(signer, user, (Act.REFUND, number, amount))
        self.do(
            f"refund {amount} of {number} by {user}, {how or 'as paid'}",
            refusal,
            lambda: refunds.refund(self.desk, self.who(user), command, approval),
            effect,
            lambda receipt: (receipt.number, receipt.total),
        )

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
        number = self.office.next_number(batch.drawer)
        tenders = tuple((kind, "taken", -cents) for kind, cents in rows)
        return self.office.write(Paper(number, "refund", batch.number, batch.day, (), tenders, postings, -amount))

    @act(4, pick=PICK, which=PICK, to=PICK, reason=WORDS, signer=SIGNERS)
    def reapply(self, pick: int, which: int, to: int, reason: str, signer: str) -> None:
        """Take a receipt back and apply what it brought to a bill, in one step, before the close and after it."""
        office = self.office
        number, paper = self.some_paper(which, open_only=False)
        batch = office.batches[paper.batch] if paper else None
        closed = paper is not None and (paper.moved or (batch is not None and batch.state == "accepted"))
        user = self.someone(pick, self.sellers()) if closed else self.holder_of(paper, pick)
        total = paper.total if paper else 0
        bill = self.bill_for(total, to)
        mine = sum(line.amount for line in paper.lines if line.bill == bill) if paper else 0
        due = office.due(bill) + mine
        refusal = self.first(
            self.permitted(user),
            "not_found" if paper is None else "",
            paper.taken_back if paper else "",
            office.cannot_sell(user, None) if closed else self.not_open_to(user, batch),
            "already_paid" if not due else "",
            "bad_input" if total > due else "",
            "missing_input" if not reason else "",
            self.unsigned(signer, user),
        )

        def effect(done: reapply.Reapplied) -> None:
            assert paper is not None
            here = office.batch_of(user)
            assert here is not None
            applied = office.apply_anew(paper, here, bill)
            assert (done.applied.number, done.applied.total, done.taken_back.total) == (applied.number, total, -total)

        command = reapply.Reapply(self.key(), number, (BillLine("bill", bill),), reason)
        approval = self.approval(signer, user, (Act.REAPPLY, number, total))
        self.do(
            f"reapply {number} to {bill} by {user}",
            refusal,
            lambda: reapply.reapply(self.desk, self.who(user), command, approval),
            effect,
            lambda done: (done.taken_back.number, done.applied.number),
        )

    def bill_for(self, total: int, pick: int) -> str:
        """Return a bill that owes as much, or, one time in ten and where there is none, any."""
        likely = [number for number in self.office.bills if self.office.due(number) >= total]
        return self.one(likely if likely and not odd(pick) else list(self.office.bills), pick)

    @act(7, pick=PICK, which=PICK, change=CHANGES, reason=WORDS, signer=SIGNERS)
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
            "ineligible" if batch and batch.day != self.office.today else "",
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
            kept = [row for row in paper.standing if row[0] != wrong or row[1] == "fee"]
            paper.standing = [*kept, (right, "taken", amount)]
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
            office.bills[returned.bill] = row[2] + prices.NSF_FEE
            office.paid[returned.bill] = 0
            office.claims.add(returned.bill)
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
