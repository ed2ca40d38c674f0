"""Who may do what: named people, one role each, a table of acts, and approvals bound to one act.

Segregation of duties (field checklist 2): no role holds two of receive cash, approve, reconcile, administer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from csr_desk.domain.errors import ApprovalNeeded, NotPermitted, SelfApproval
from csr_desk.domain.money import Cents


class Role(StrEnum):
    """The standard roles of a cashiering office."""

    CLERK = "clerk"
    CASHIER = "cashier"
    HEAD_CASHIER = "head_cashier"
    SUPERVISOR = "supervisor"
    ACCOUNTANT = "accountant"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"


class Act(StrEnum):
    """Everything that needs a permission, at the service layer."""

    QUOTE = "quote"
    SELL = "sell"
    OPEN_DRAWER = "open_drawer"
    DROP = "drop"
    COUNT = "count"
    NO_SALE = "no_sale"
    REPRINT = "reprint"
    VOID = "void"
    REFUND = "refund"
    CORRECT_TENDER = "correct_tender"
    OVERRIDE_PRICE = "override_price"
    APPROVE = "approve"
    """Approve another person's act (void, refund, tender correction, override, float difference)."""
    WITNESS = "witness"
    """Sign a drop or verify a deposit as the second person."""
    ACCEPT_BATCH = "accept_batch"
    REJECT_BATCH = "reject_batch"
    REOPEN_BATCH = "reopen_batch"
    SEE_EXPECTED = "see_expected"
    """See what a drawer should hold (never its custodian before acceptance)."""
    PREPARE_DEPOSIT = "prepare_deposit"
    CONFIRM_DEPOSIT = "confirm_deposit"
    CLOSE_DAY = "close_day"
    RETURN_ITEM = "return_item"
    SEE_REPORTS = "see_reports"
    EXPORT_JOURNAL = "export_journal"
    VERIFY_LEDGER = "verify_ledger"
    SET_POLICY = "set_policy"
    LOAD_CATALOGUE = "load_catalogue"
    MANAGE_STAFF = "manage_staff"
    EDIT_ACCOUNTS = "edit_accounts"


_COUNTER = frozenset({
    Act.QUOTE, Act.SELL, Act.OPEN_DRAWER, Act.DROP, Act.COUNT, Act.NO_SALE, Act.REPRINT, Act.VOID, Act.REFUND,
    Act.CORRECT_TENDER, Act.OVERRIDE_PRICE, Act.PREPARE_DEPOSIT, Act.EDIT_ACCOUNTS,
})  # fmt: skip

PERMISSIONS: dict[Role, frozenset[Act]] = {
    Role.CLERK: _COUNTER,
    Role.CASHIER: _COUNTER,
    Role.HEAD_CASHIER: frozenset({
        Act.QUOTE, Act.WITNESS, Act.PREPARE_DEPOSIT, Act.SEE_EXPECTED, Act.SEE_REPORTS, Act.REPRINT,
    }),
    Role.SUPERVISOR: frozenset({
        Act.QUOTE, Act.APPROVE, Act.WITNESS, Act.ACCEPT_BATCH, Act.REJECT_BATCH, Act.REOPEN_BATCH, Act.SEE_EXPECTED,
        Act.CLOSE_DAY, Act.SEE_REPORTS, Act.REPRINT, Act.VERIFY_LEDGER,
    }),
    Role.ACCOUNTANT: frozenset({
        Act.QUOTE, Act.CONFIRM_DEPOSIT, Act.RETURN_ITEM, Act.SEE_EXPECTED, Act.SEE_REPORTS, Act.EXPORT_JOURNAL,
        Act.VERIFY_LEDGER,
    }),
    Role.AUDITOR: frozenset({Act.QUOTE, Act.SEE_EXPECTED, Act.SEE_REPORTS, Act.VERIFY_LEDGER}),
    Role.ADMINISTRATOR: frozenset({Act.SET_POLICY, Act.LOAD_CATALOGUE, Act.MANAGE_STAFF, Act.VERIFY_LEDGER}),
}  # fmt: skip
"""What each role may do; whatever is not named is refused."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A named person who is signed in (or named by a training script)."""

    user: str
    name: str
    title: str
    role: Role

    def may(self, act: Act) -> bool:
        """Say whether the role allows the act."""
        return act in PERMISSIONS[self.role]

    def require(self, act: Act) -> None:
        """Raise NotPermitted unless the role allows the act."""
        if not self.may(act):
            words = act.value.replace("_", " ")
            raise NotPermitted(f"{self.name} ({self.title}) may not {words}. Ask somebody whose role allows it.")


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's yes to one act on one subject for one amount, for a minute."""

    approval_id: str
    approver: Actor
    act: Act
    subject: str
    amount: Cents
    granted_at: datetime
    expires_at: datetime

    def check(self, actor: Actor, act: Act, subject: str, amount: Cents, now: datetime) -> None:
        """Raise SelfApproval, NotPermitted or ApprovalNeeded unless this approves exactly that act, now."""
        if self.approver.user == actor.user:
            raise SelfApproval
        needed = Act.WITNESS if act in {Act.DROP, Act.PREPARE_DEPOSIT} else Act.APPROVE
        self.approver.require(needed)
        if (self.act, self.subject, self.amount) != (act, subject, amount):
            raise ApprovalNeeded(
                "The approval was given for another act or amount. Ask for it again.",
                act=act.value, subject=subject, amount=amount,
            )  # fmt: skip
        if not self.granted_at <= now <= self.expires_at:
            raise ApprovalNeeded(
                "The approval has run out. Ask for it again.", act=act.value, subject=subject, amount=amount
            )
