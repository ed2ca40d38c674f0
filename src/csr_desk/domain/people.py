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
    REVIEWER = "reviewer"
    """A named outsider (clerk of council, treasurer) who looks at what the only person of an office did (J13)."""


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
    WAIVE_FEE = "waive_fee"
    """Sell an item for less than its price because an authority says so (J9)."""
    TAKE_LISTED_CHECK = "take_listed_check"
    """Take a check although the bank account stands on the returned-check list (B7)."""
    REAPPLY = "reapply"
    """Reverse a receipt and sell it again to the right bill, in one step (E4)."""
    CHANGE_ORDER = "change_order"
    """Swap notes for coin with the safe before a witness (C7)."""
    REPORT_SUSPECT = "report_suspect"
    """Record a note that may be counterfeit (B18)."""
    HAND_OVER = "hand_over"
    """Hand an open drawer to another person, both counting (C4)."""
    ENTER_PAPER = "enter_paper"
    """Enter a paper receipt later (A25)."""
    SURPRISE_COUNT = "surprise_count"
    """Count a drawer or a change fund unannounced (C10)."""
    MANAGE_BOOKS = "manage_books"
    """Issue and take back books of paper receipts."""
    MANAGE_FUNDS = "manage_funds"
    """Keep the register of change funds (control 20)."""
    LIST_CHECKS = "list_checks"
    """Put bank accounts on the returned-check list, or clear them; note the mailing of notices."""
    SEND_PAYABLES = "send_payables"
    """Complete requests to the city's payables and hand them over (E8)."""
    RECORD_TRAINING = "record_training"
    """Record that a person was trained in handling cash (J11)."""
    REVIEW_DEFERRED = "review_deferred"
    """Look at what was done without a second person (J13)."""
    SEE_JOURNAL = "see_journal"
    """Read the event journal: everything that was done, failed or cancelled (J6)."""
    SEE_EXCEPTIONS = "see_exceptions"
    """Read the exception reports (M4)."""
    MAKE_EVIDENCE = "make_evidence"
    """Let the program go through the auditor's controls."""
    SEE_CUSTOMERS = "see_customers"
    """Find customers, and see their accounts and what they owe (F1)."""
    MERGE_CUSTOMERS = "merge_customers"
    """Join two records of one person, or part them again (F2)."""
    DISCLOSE = "disclose"
    """Tell somebody about a confidential customer, with a line in the disclosure log (F14)."""
    LOAD_BILLS = "load_bills"
    """Take in customers, accounts and bills from a file."""
    CHARGE_BILLS = "charge_bills"
    """Add penalties and fees to bills that are late."""
    REQUEST_ADJUSTMENT = "request_adjustment"
    """Prepare an adjustment for somebody else to decide (F4)."""
    DECIDE_ADJUSTMENT = "decide_adjustment"
    """Approve or refuse a prepared adjustment, up to the tier of the role."""
    REVERSE_ADJUSTMENT = "reverse_adjustment"
    """Take an approved adjustment back by an entry of its own."""
    REORDER_PAYMENT = "reorder_payment"
    """Put a payment on other debts than the rule would, with a reason (A10)."""
    USE_CREDIT = "use_credit"
    """Use what an account has paid ahead for a bill."""
    COLLECT = "collect"
    """Move accounts through the stages of collection and print its letters (F8)."""
    GRANT_EXTENSION = "grant_extension"
    """Give an account more time (F7)."""
    MAKE_PLAN = "make_plan"
    """Agree on instalments, or end such a plan (F6)."""
    PLACE_HOLD = "place_hold"
    """Stop sales to a customer, or lift it (F10)."""
    OVERRIDE_HOLD = "override_hold"
    """Sell although a hold says stop; a second person signs."""
    END_GUARANTEE = "end_guarantee"
    """Apply a customer's deposit to what is owed, or have it given back (F11)."""
    SEE_PROJECTS = "see_projects"
    """See projects, permits, inspections, work orders, releases and companies."""
    KEEP_PROJECTS = "keep_projects"
    """Open a project, correct what is known of it, close it (G1)."""
    PREPARE_ORDER = "prepare_order"
    """Price an order for a cashier, or call it off (A14)."""
    KEEP_CONTRACTORS = "keep_contractors"
    """Register contractors and the papers that they show (G3, G14)."""
    OVERRIDE_CONTRACTOR = "override_contractor"
    """Sell a permit although a paper of the contractor has run out; a second person signs."""
    AMEND_PERMIT = "amend_permit"
    """Change what was permitted, with a supplement or a refund; renew (G5)."""
    MOVE_PERMIT_MONEY = "move_permit_money"
    """Put what was paid for a wrong permit to the right one; a second person signs (G6)."""
    END_PERMIT = "end_permit"
    """Revoke a permit, or close it as finished."""
    SET_PERMIT_KEY = "set_permit_key"
    """Put the public key that papers of permits are verified with into the ledger."""
    REQUEST_INSPECTION = "request_inspection"
    """Ask for an inspection, schedule it, call it off."""
    RECORD_INSPECTION = "record_inspection"
    """Record the result of an inspection."""
    KEEP_WORK_ORDERS = "keep_work_orders"
    """Open work orders and record what came of them (G13)."""
    REQUEST_RELEASE = "request_release"
    """Ask for a service release and send it (G8)."""
    MANUAL_RELEASE = "manual_release"
    """Release service where no permit is needed, with a reason; a second person signs (G9)."""
    SEND_RELEASE_BATCH = "send_release_batch"
    """Send the releases of a day, or those after a storm, to their companies (G11, G12)."""
    CONFIRM_RELEASE = "confirm_release"
    """Record what a company said to a release."""
    REVOKE_RELEASE = "revoke_release"
    """Take a release back."""
    KEEP_COMPANIES = "keep_companies"
    """Keep the directory of other companies."""
    CONTACT_COMPANY = "contact_company"
    """Write down that a company was asked, or told us, something."""
    VERIFY_ACCOUNT = "verify_account"
    """Look into a new account, by the list (F13)."""
    SKIP_VERIFICATION = "skip_verification"
    """Leave a thing of the list out, with a reason; a second person signs."""
    KEEP_OUTBOX = "keep_outbox"
    """See what hangs in the outbox, try it again, give it up."""
    SEE_REQUESTS = "see_requests"
    """See requests, the queue, referrals and what was handed out."""
    SEE_RESTRICTED = "see_restricted"
    """See complaints about employees (H8)."""
    TAKE_REQUEST = "take_request"
    """Open a request, add notes, tasks, callers and links, answer and close it (H1–H7)."""
    ESCALATE_REQUEST = "escalate_request"
    """Give a request to somebody else, escalate it, open it again."""
    KEEP_REQUEST_TYPES = "keep_request_types"
    """Say what can be asked for, who answers and how soon (H2, H3)."""
    EXCHANGE_REQUESTS = "exchange_requests"
    """Take requests in from another system, or give them out, as Open311 (H2)."""
    SEE_CARDS = "see_cards"
    """Read the information desk, work out what something would cost."""
    SHOW_CARD = "show_card"
    """Note that a card was shown to somebody."""
    KEEP_CARDS = "keep_cards"
    """Write, review and retire cards of the information desk (I1)."""
    POST_NOTICE = "post_notice"
    """Announce what changes (I2)."""
    READ_NOTICE = "read_notice"
    """Acknowledge a notice."""
    KEEP_FORMS = "keep_forms"
    """Put forms on the shelf and make old ones obsolete (I3)."""
    HAND_FORM = "hand_form"
    """Hand out a form, and take it back filled in."""
    KEEP_AGENCIES = "keep_agencies"
    """Say what people are referred for, to whom, where (I4)."""
    REFER = "refer"
    """Refer somebody elsewhere and follow it up."""
    SERVE_QUEUE = "serve_queue"
    """Give out tickets, call the next, log contacts without money (I6, I7)."""
    CALL_SUPERVISOR = "call_supervisor"
    """Call the supervisor to the counter."""
    ANSWER_CALL = "answer_call"
    """Answer a clerk’s call."""
    BACK_UP = "back_up"
    """Make a backup by hand, see the backups, run the restore drill."""
    RESTORE_BACKUP = "restore_backup"
    """Put a backup in the place of the database."""
    SEAL_DAY = "seal_day"
    """Sign where the ledger stands at the end of a day, with the finance officer's key."""
    SET_SEAL_KEY = "set_seal_key"
    """Put the public key of the day seals into the ledger."""


_COUNTER = frozenset({
    Act.QUOTE, Act.SELL, Act.OPEN_DRAWER, Act.DROP, Act.COUNT, Act.NO_SALE, Act.REPRINT, Act.VOID, Act.REFUND,
    Act.CORRECT_TENDER, Act.OVERRIDE_PRICE, Act.PREPARE_DEPOSIT, Act.EDIT_ACCOUNTS, Act.WAIVE_FEE,
    Act.TAKE_LISTED_CHECK, Act.REAPPLY, Act.CHANGE_ORDER, Act.REPORT_SUSPECT, Act.HAND_OVER, Act.ENTER_PAPER,
    Act.SEE_CUSTOMERS, Act.DISCLOSE, Act.REQUEST_ADJUSTMENT, Act.REORDER_PAYMENT, Act.USE_CREDIT, Act.GRANT_EXTENSION,
    Act.MAKE_PLAN, Act.OVERRIDE_HOLD, Act.SEE_PROJECTS, Act.KEEP_PROJECTS, Act.PREPARE_ORDER, Act.KEEP_CONTRACTORS,
    Act.OVERRIDE_CONTRACTOR, Act.AMEND_PERMIT, Act.MOVE_PERMIT_MONEY, Act.REQUEST_INSPECTION, Act.RECORD_INSPECTION,
    Act.KEEP_WORK_ORDERS, Act.REQUEST_RELEASE, Act.MANUAL_RELEASE, Act.SEND_RELEASE_BATCH, Act.CONFIRM_RELEASE,
    Act.CONTACT_COMPANY, Act.VERIFY_ACCOUNT, Act.SKIP_VERIFICATION, Act.KEEP_OUTBOX,
    Act.SEE_REQUESTS, Act.TAKE_REQUEST, Act.SEE_CARDS, Act.SHOW_CARD, Act.READ_NOTICE, Act.HAND_FORM, Act.REFER,
    Act.SERVE_QUEUE, Act.CALL_SUPERVISOR,
})  # fmt: skip

PERMISSIONS: dict[Role, frozenset[Act]] = {
    Role.CLERK: _COUNTER,
    Role.CASHIER: _COUNTER,
    Role.HEAD_CASHIER: frozenset({
        Act.QUOTE, Act.WITNESS, Act.PREPARE_DEPOSIT, Act.SEE_EXPECTED, Act.SEE_REPORTS, Act.REPRINT,
        Act.SURPRISE_COUNT, Act.SEE_CUSTOMERS, Act.SEE_PROJECTS, Act.SEE_REQUESTS, Act.SEE_CARDS, Act.READ_NOTICE,
    }),
    Role.SUPERVISOR: frozenset({
        Act.QUOTE, Act.APPROVE, Act.WITNESS, Act.ACCEPT_BATCH, Act.REJECT_BATCH, Act.REOPEN_BATCH, Act.SEE_EXPECTED,
        Act.CLOSE_DAY, Act.SEE_REPORTS, Act.REPRINT, Act.VERIFY_LEDGER, Act.SURPRISE_COUNT, Act.MANAGE_BOOKS,
        Act.RECORD_TRAINING, Act.SEE_JOURNAL, Act.SEE_EXCEPTIONS, Act.BACK_UP, Act.SEE_CUSTOMERS, Act.MERGE_CUSTOMERS,
        Act.DISCLOSE, Act.DECIDE_ADJUSTMENT, Act.COLLECT, Act.PLACE_HOLD, Act.SEE_PROJECTS, Act.KEEP_PROJECTS,
        Act.PREPARE_ORDER, Act.KEEP_CONTRACTORS, Act.END_PERMIT, Act.REQUEST_INSPECTION, Act.RECORD_INSPECTION,
        Act.KEEP_WORK_ORDERS, Act.REQUEST_RELEASE, Act.SEND_RELEASE_BATCH, Act.CONFIRM_RELEASE, Act.REVOKE_RELEASE,
        Act.KEEP_COMPANIES, Act.CONTACT_COMPANY, Act.VERIFY_ACCOUNT, Act.KEEP_OUTBOX,
        Act.SEE_REQUESTS, Act.SEE_RESTRICTED, Act.TAKE_REQUEST, Act.ESCALATE_REQUEST, Act.KEEP_REQUEST_TYPES,
        Act.EXCHANGE_REQUESTS, Act.SEE_CARDS, Act.SHOW_CARD, Act.KEEP_CARDS, Act.POST_NOTICE, Act.READ_NOTICE,
        Act.KEEP_FORMS, Act.HAND_FORM, Act.KEEP_AGENCIES, Act.REFER, Act.SERVE_QUEUE, Act.ANSWER_CALL,
    }),
    Role.ACCOUNTANT: frozenset({
        Act.QUOTE, Act.CONFIRM_DEPOSIT, Act.RETURN_ITEM, Act.SEE_EXPECTED, Act.SEE_REPORTS, Act.EXPORT_JOURNAL,
        Act.VERIFY_LEDGER, Act.LIST_CHECKS, Act.SEND_PAYABLES, Act.MANAGE_FUNDS, Act.SEE_JOURNAL, Act.SEE_EXCEPTIONS,
        Act.MAKE_EVIDENCE, Act.BACK_UP, Act.SEAL_DAY, Act.SEE_CUSTOMERS, Act.LOAD_BILLS, Act.CHARGE_BILLS,
        Act.DECIDE_ADJUSTMENT, Act.REVERSE_ADJUSTMENT, Act.COLLECT, Act.PLACE_HOLD, Act.END_GUARANTEE, Act.SEE_PROJECTS,
        Act.SEE_REQUESTS, Act.SEE_CARDS, Act.READ_NOTICE,
    }),
    Role.AUDITOR: frozenset({
        Act.QUOTE, Act.SEE_EXPECTED, Act.SEE_REPORTS, Act.VERIFY_LEDGER, Act.SEE_JOURNAL, Act.SEE_EXCEPTIONS,
        Act.MAKE_EVIDENCE, Act.SEE_CUSTOMERS, Act.SEE_PROJECTS, Act.SEE_REQUESTS, Act.SEE_RESTRICTED, Act.SEE_CARDS,
    }),
    Role.ADMINISTRATOR: frozenset({
        Act.SET_POLICY, Act.LOAD_CATALOGUE, Act.MANAGE_STAFF, Act.VERIFY_LEDGER, Act.BACK_UP, Act.RESTORE_BACKUP,
        Act.SET_SEAL_KEY, Act.SET_PERMIT_KEY,
    }),
    Role.REVIEWER: frozenset({
        Act.QUOTE, Act.REVIEW_DEFERRED, Act.ACCEPT_BATCH, Act.REJECT_BATCH, Act.CLOSE_DAY, Act.SEE_EXPECTED,
        Act.SEE_REPORTS, Act.RECORD_TRAINING,
        Act.SEE_EXCEPTIONS, Act.SEE_JOURNAL,
    }),
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
            said = f"{self.name} ({self.title}) may not {words}. Ask somebody whose role allows it."
            raise NotPermitted(said, act=act.value)


def may_sign(role: Role) -> bool:
    """Say whether a role signs as the second person: as supervisor or as witness."""
    return bool(PERMISSIONS[role] & {Act.APPROVE, Act.WITNESS})


SIGNED_BY: dict[Act, Act] = {
    Act.DROP: Act.WITNESS,
    Act.PREPARE_DEPOSIT: Act.WITNESS,
    Act.CHANGE_ORDER: Act.WITNESS,
    Act.REPORT_SUSPECT: Act.WITNESS,
    Act.SURPRISE_COUNT: Act.COUNT,
    Act.HAND_OVER: Act.OPEN_DRAWER,
    Act.ENTER_PAPER: Act.WITNESS,
}
"""What the second person must be allowed: to witness what is carried, to have the drawer that is counted or taken over;
for everything else to approve."""


def reviewed_later(name: str) -> str:
    """Return what stands on a paper in the place of the second person where there was none (J13)."""
    return f"nobody yet; second person: reviewed later by {name}" if name else ""


@dataclass(frozen=True, slots=True)
class Approval:
    """A second person's yes to one act on one subject for one amount, for a minute.

    A deferred one is the actor's own, in an office of one person: a named outsider looks at the act later (J13).
    """

    approval_id: str
    approver: Actor
    act: Act
    subject: str
    amount: Cents
    granted_at: datetime
    expires_at: datetime
    deferred: bool = False
    reviewer_name: str = ""
    """Who looks at a deferred one later."""

    @property
    def signer(self) -> str | None:
        """User id of the second person; None where there was none."""
        return None if self.deferred else self.approver.user

    @property
    def signer_name(self) -> str:
        """The second person as papers name them."""
        return reviewed_later(self.reviewer_name) if self.deferred else self.approver.name

    def check(self, actor: Actor, act: Act, subject: str, amount: Cents, now: datetime) -> None:
        """Raise SelfApproval, NotPermitted or ApprovalNeeded unless this approves exactly that act, now."""
        if self.approver.user == actor.user:
            raise SelfApproval(act=act.value, subject=subject, amount=amount)
        self.approver.require(SIGNED_BY.get(act, Act.APPROVE))
        if (self.act, self.subject, self.amount) != (act, subject, amount):
            raise ApprovalNeeded(
                "The approval was given for another act or amount. Ask for it again.",
                act=act.value, subject=subject, amount=amount,
            )  # fmt: skip
        if not self.granted_at <= now <= self.expires_at:
            raise ApprovalNeeded(
                "The approval has run out. Ask for it again.", act=act.value, subject=subject, amount=amount
            )
