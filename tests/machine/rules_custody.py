"""Custody of a drawer between opening and close: coin for notes, a suspect note, a count unannounced, a hand-over."""

from __future__ import annotations

from hypothesis import strategies as st

from csr_desk.domain.custody import AuditSheet, ChangeSlip, HandOverSlip, SuspectReport
from csr_desk.domain.drawer import CountSheet, TapeCount
from csr_desk.domain.people import Act, Approval
from csr_desk.services import change_orders, hand_overs, staff, surprise_counts, suspect_notes
from machine import price_list as prices
from machine.model import COUNTER, DRAWERS, SUPERVISORS, Batch
from machine.rules_counting import OFF, TAPED, Counting
from machine.station import PICK, SIGNERS, WORDS, act

HAND = st.sampled_from(("themselves",) * 8 + ("", "actor", "other amount", "supervisor2", "clerk3"))
"""Who signs for a drawer: mostly the person whose it is or becomes, else nobody, the actor, that person but for another
amount, or somebody else."""


class Custody(Counting):
    """What happens to the cash without a receipt."""

    @act(2, pick=PICK, short=st.sampled_from((0, 0, 0, 500)), signer=SIGNERS)
    def change_order(self, pick: int, short: int, signer: str) -> None:
        user = self.someone(pick, self.sellers())
        batch = self.held(user)
        refusal = self.first(
            self.permitted(user),
            "bad_input" if short else "",
            self.office.cannot_sell(user, None),
            self.unsigned(signer, user),
        )

        def effect(slip: ChangeSlip) -> None:
            self.office.entries["change_order"] += 1
            assert slip.amount == 2_000

        command = change_orders.SwapCash(self.key(), {2_000: 1}, self.pieces_of_coin(2_000 - short))
        approval = self.approval(signer, user, (Act.CHANGE_ORDER, batch.number if batch else "", 2_000))
        self.do(
            f"change_order by {user}",
            refusal,
            lambda: change_orders.change_order(self.desk, self.who(user), command, approval),
            effect,
            lambda slip: (slip.number, slip.amount),
        )

    @staticmethod
    def pieces_of_coin(amount: int) -> dict[int, int]:
        """Lay an amount (cents) out in quarters."""
        return {25: amount // 25}

    @act(1, pick=PICK, serial=st.sampled_from(("MB 12345678 A", "MB12345678A", "")), words=WORDS)
    def suspect_note(self, pick: int, serial: str, words: str) -> None:
        """A note that may be counterfeit is written down; it is not money, so nothing is booked."""
        user = self.someone(pick, self.holders())
        refusal = self.first(
            self.permitted(user),
            "missing_input" if not serial else "",
            "drawer_not_open" if self.held(user) is None else "",
        )

        def effect(report: SuspectReport) -> None:
            self.office.entries["suspect_note"] += 1
            assert report.denomination == 2_000

        command = suspect_notes.ReportSuspect(self.key(), 2_000, serial, words=words)
        self.do(
            f"suspect_note by {user}",
            refusal,
            lambda: suspect_notes.report_suspect(self.desk, self.who(user), command),
            effect,
            lambda report: (report.number, report.serial),
        )

    def signature(
        self, signer: str, actor: str, owner: str, asked: tuple[Act, str, int]
    ) -> tuple[Approval | None, str]:
        """Return what a person signs who must be ``owner``, and the refusal that it deserves."""
        what, subject, amount = asked
        user = {"themselves": owner, "other amount": owner, "actor": actor}.get(signer, signer)
        if not user:
            return None, "approval_required"
        approval = staff.approval_by(self.desk, self.who(user), what, subject, amount + int(signer == "other amount"))
        return approval, self.first(
            "self_approval" if user == actor else "",
            "not_permitted" if user not in COUNTER else "",
            "approval_required" if signer == "other amount" else "",
            "not_permitted" if user != owner else "",
        )

    @act(2, pick=PICK, which=PICK, cash_off=OFF, signer=HAND)
    def surprise_count(self, pick: int, which: int, cash_off: int, signer: str) -> None:
        """Count a drawer unannounced: what it should hold stays as it is, and so does its count at the close."""
        office = self.office
        user = self.someone(pick, sorted(SUPERVISORS))
        drawer = self.one(
            (*[one.drawer for one in office.batches.values() if one.state != "accepted"], *DRAWERS), which
        )
        batch = office.batch_at(drawer)
        amount = max((batch.cash if batch else 0) + cash_off, 0)
        subject, owner = (batch.number, batch.holder) if batch else ("", "clerk1")
        approval, unsigned = self.signature(signer, user, owner, (Act.SURPRISE_COUNT, subject, amount))
        refusal = self.first(self.permitted(user, SUPERVISORS), "drawer_not_open" if batch is None else "", unsigned)

        def effect(sheet: AuditSheet) -> None:
            assert batch is not None
            office.entries["surprise_count"] += 1
            cash = next(row for row in sheet.tenders if row.tender == "cash")
            assert (cash.expected, cash.counted) == (batch.cash, amount)

        command = surprise_counts.CountUnannounced(self.key(), CountSheet(self.pieces(amount), {}), drawer)
        self.do(
            f"surprise_count of {drawer} by {user}",
            refusal,
            lambda: surprise_counts.surprise_count(self.desk, self.who(user), command, approval),
            effect,
            lambda sheet: sheet.key,
        )

    @act(3, pick=PICK, to=PICK, off=st.tuples(OFF, OFF), slips=st.booleans(), signer=HAND)
    def hand_over(self, pick: int, to: int, off: tuple[int, int], *, slips: bool, signer: str) -> None:
        """Hand a drawer to another person, both counting; what differs is booked at once and is not the receiver's."""
        office = self.office
        user = self.someone(pick, self.sellers())
        batch = self.held(user)
        receiver = self.someone(to, [one for one in sorted(COUNTER) if office.batch_of(one) is None])
        counted = self.tapes(batch, off[1], 0, slips=slips) if batch else {}
        counted["cash"] = (0, max((batch.cash if batch else 0) + off[0], 0))
        amount = counted["cash"][1]
        subject = batch.number if batch else ""
        approval, unsigned = self.signature(signer, user, receiver, (Act.HAND_OVER, subject, amount))
        refusal = self.first(
            self.permitted(user),
            "drawer_not_open" if batch is None else "",
            "counting" if batch and batch.state != "open" else "",
            "drawer_not_open" if batch and batch.locked else "",
            "self_approval" if receiver == user else "",
            "not_permitted" if receiver not in COUNTER else "",
            "drawer_in_use" if office.batch_of(receiver) else "",
            unsigned,
        )

        def effect(slip: HandOverSlip) -> None:
            assert batch is not None
            assert (slip.counted, slip.receiver) == (amount, receiver)
            self.settle_with(batch, counted)
            batch.holder = receiver
            office.entries["custody_handed"] += 1

        others = {kind: TapeCount(*counted[kind]) for kind in TAPED if kind in counted}
        pieces = self.pieces(amount)
        command = hand_overs.HandOver(self.key(), receiver, pieces, pieces, others)
        self.do(
            f"hand_over from {user} to {receiver}",
            refusal,
            lambda: hand_overs.hand_over(self.desk, self.who(user), command, approval),
            effect,
            lambda slip: (slip.receiver, slip.counted),
        )

    def settle_with(self, batch: Batch, counted: dict[str, tuple[int, int]]) -> None:
        """Book what differs to over and short; from now on the drawer should hold what was counted."""
        for kind, cents in batch.differences(counted).items():
            self.office.post((prices.WHERE[kind], cents), (prices.OVER_SHORT_ACCOUNT, -cents))
            if kind == "cash":
                batch.cash += cents
            else:
                items, amount = counted.get(kind, (0, 0))
                batch.others[kind] = [items, amount]
