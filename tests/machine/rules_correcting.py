"""What goes wrong and its way back: voids, refunds, tenders of the wrong kind, items the bank sends back, copies."""

from __future__ import annotations

from collections import Counter

from hypothesis import strategies as st

from csr_desk.domain.people import Act
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import corrections, reapply, receipts, returned_items, tender_corrections
from csr_desk.services.lines import BillLine
from machine import price_list as prices
from machine.model import COUNTER, SUPERVISORS, Batch, Paper
from machine.rules_refunding import Refunding
from machine.rules_selling import CERTIFIED
from machine.station import PICK, SIGNERS, WORDS, act, odd

CHANGES = st.sampled_from(
    (("cash", "check"), ("cash", "money_order"), ("check", "cash"), ("cash", "card"), ("check", "check"),
     ("money_order", "check"), ("card", "cash"), ("transfer", "check"))
)  # fmt: skip
RETURNABLE = {"check", "money_order", "card"}


class Correcting(Refunding):
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
            "tender_refused" if paper and bill in office.claims and not self.repays(paper) else "",
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

    def repays(self, paper: Paper) -> bool:
        """Say whether all that paid a receipt, as it stands, may repay what the bank sent back."""
        return {kind for kind, role, _ in paper.standing if role == "taken"} <= CERTIFIED

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
        claims = paper is not None and any(line.bill in self.office.claims for line in paper.lines)
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
            "tender_refused" if claims and right not in CERTIFIED else "",
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
