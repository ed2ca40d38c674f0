"""The shape of an entry in the ledger: what happened, what was sold, how it was paid, where it is booked.

An entry is written once and never changed (``docs/architecture.md``); a correction is a new entry that points back.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from csr_desk.domain.money import Cents


class EventKind(StrEnum):
    """Everything that happens at a counter is one of these."""

    BATCH_OPENED = "batch_opened"
    BATCH_LOCKED = "batch_locked"
    BATCH_UNLOCKED = "batch_unlocked"
    SALE = "sale"
    VOID = "void"
    REFUND = "refund"
    TENDER_CORRECTED = "tender_corrected"
    ITEM_RETURNED = "item_returned"
    NO_SALE = "no_sale"
    DROP = "drop"
    SELLING_STOPPED = "selling_stopped"
    COUNT = "count"
    COUNT_SUBMITTED = "count_submitted"
    BATCH_ACCEPTED = "batch_accepted"
    BATCH_REJECTED = "batch_rejected"
    BATCH_REOPENED = "batch_reopened"
    DEPOSIT_PREPARED = "deposit_prepared"
    DEPOSIT_CONFIRMED = "deposit_confirmed"
    DAY_OPENED = "day_opened"
    DAY_CLOSED = "day_closed"
    REPRINT = "reprint"
    EXPORT = "export"
    CART_CANCELLED = "cart_cancelled"
    POLICY_SET = "policy_set"
    CATALOGUE_LOADED = "catalogue_loaded"
    CLOCK_JUMP = "clock_jump"
    NOTE_REDACTED = "note_redacted"
    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    SIGNED_OUT = "signed_out"
    STAFF_CHANGED = "staff_changed"
    TRAINING_RECORDED = "training_recorded"
    APPROVAL_ASKED = "approval_asked"
    APPROVAL_DECIDED = "approval_decided"
    ACT_REFUSED = "act_refused"
    DEFERRED_REVIEWED = "deferred_reviewed"
    CHANGE_ORDER = "change_order"
    SUSPECT_NOTE = "suspect_note"
    SURPRISE_COUNT = "surprise_count"
    CUSTODY_HANDED = "custody_handed"
    FUND_CHANGED = "fund_changed"
    BOOK_ISSUED = "book_issued"
    BOOK_RETURNED = "book_returned"
    PAPER_VOIDED = "paper_voided"
    CHECK_LISTED = "check_listed"
    CHECK_CLEARED = "check_cleared"
    NOTICE_MAILED = "notice_mailed"
    PAYABLES_CHANGED = "payables_changed"
    REPORT_EXPORTED = "report_exported"
    DAY_SEALED = "day_sealed"
    """A finance officer's signature over the heads of all series."""
    SEAL_KEY_SET = "seal_key_set"
    """The public key that day seals are checked with from here on, signed by the one before it."""
    RESTORED = "restored"
    """The database was brought back from a backup; what came after the backup is missing from here on."""
    RECOVERED = "recovered"
    """The program ended in the middle or stopped recording; it was verified and goes on."""
    BILLS_LOADED = "bills_loaded"
    """Bills of a file, or one by hand; the facts carry the hash over all their rows."""
    BILL_CHARGED = "bill_charged"
    """A penalty or fee was added to a bill."""
    CUSTOMER_MERGED = "customer_merged"
    """Two records of one person were joined."""
    CUSTOMER_PARTED = "customer_parted"
    """A join was taken back."""
    DISCLOSED = "disclosed"
    """Something of a confidential customer was told to somebody."""
    ADJUSTMENT_REQUESTED = "adjustment_requested"
    ADJUSTMENT_DECIDED = "adjustment_decided"
    ADJUSTMENT_REVERSED = "adjustment_reversed"
    CREDIT_APPLIED = "credit_applied"
    """What was paid ahead was used for a bill."""
    ACCOUNT_STAGED = "account_staged"
    """An account came to another stage of collection."""
    EXTENSION_GRANTED = "extension_granted"
    PLAN_MADE = "plan_made"
    PLAN_ENDED = "plan_ended"
    GUARANTEE_ENDED = "guarantee_ended"
    """A refundable deposit was applied or given back."""
    HOLD_PLACED = "hold_placed"
    HOLD_LIFTED = "hold_lifted"
    PROJECT_OPENED = "project_opened"
    """A project got its number."""
    PROJECT_CHANGED = "project_changed"
    ORDER_MADE = "order_made"
    """An order was priced for the cashier; it carries no receipt number and books nothing."""
    ORDER_ENDED = "order_ended"
    """An order ran out or was cancelled; a sale pays it."""
    CONTRACTOR_CHANGED = "contractor_changed"
    """A contractor, or a paper of theirs, was registered or changed."""
    PERMIT_CHANGED = "permit_changed"
    """Something happened to a permit after its receipt: amended, corrected, finalled, expired, revoked."""
    PERMIT_MONEY_MOVED = "permit_money_moved"
    """What was paid for one permit was put to another one of the same payer (G6)."""
    PERMIT_KEY_SET = "permit_key_set"
    """The public key that papers of permits are verified with from here on."""
    INSPECTION_REQUESTED = "inspection_requested"
    INSPECTION_CHANGED = "inspection_changed"
    """An inspection was scheduled or called off."""
    INSPECTION_DONE = "inspection_done"
    """The result of an inspection."""
    WORK_ORDER_OPENED = "work_order_opened"
    WORK_ORDER_CHANGED = "work_order_changed"
    RELEASE_REQUESTED = "release_requested"
    """A service release was asked for, with what speaks for and against it."""
    RELEASE_CHANGED = "release_changed"
    """A release was sent, confirmed, energised, rejected, revoked, or ran out."""
    RELEASE_BATCH_MADE = "release_batch_made"
    """The releases of a day for one company, under the hash of their file."""
    RELEASE_BATCH_ANSWERED = "release_batch_answered"
    """What a company acknowledged of a batch."""
    COMPANY_CHANGED = "company_changed"
    """A company or a contact of it was added or changed."""
    COMPANY_ASKED = "company_asked"
    """Somebody at a company was asked, or told us, something."""
    VERIFICATION_OPENED = "verification_opened"
    """A new account is being looked into (F13)."""
    VERIFICATION_CHANGED = "verification_changed"
    """One thing was looked into, or what it comes to was decided."""
    MESSAGE_QUEUED = "message_queued"
    """A message waits to be sent."""
    MESSAGE_TRIED = "message_tried"
    """The server is about to be spoken to; recorded before it is."""
    MESSAGE_ENDED = "message_ended"
    """The server took the message or refused it, or somebody gave it up."""
    REQUEST_TYPES_SET = "request_types_set"
    """What can be asked for, who answers and within how many working days."""
    REQUEST_OPENED = "request_opened"
    """An inquiry, complaint or request was taken."""
    REQUEST_CHANGED = "request_changed"
    """Something was done about a request: a note, a task, a link, another type, a second caller."""
    REQUEST_CLOSED = "request_closed"
    """A request ended with an outcome and an answer, or was opened again."""
    CARD_CHANGED = "card_changed"
    """A card of the information desk was written, reviewed or retired."""
    CARD_SHOWN = "card_shown"
    """A card was shown or read to somebody."""
    NOTICE_POSTED = "notice_posted"
    """What changes, and from when; or a notice was withdrawn."""
    NOTICE_READ = "notice_read"
    """Somebody has read and acknowledged a notice."""
    FORM_CHANGED = "form_changed"
    """A form came to the shelf, or a revision became obsolete."""
    FORM_HANDED = "form_handed"
    """A form was handed out, or came back."""
    AGENCY_CHANGED = "agency_changed"
    """What people are referred for, to whom, and where that is."""
    REFERRED = "referred"
    """Somebody was referred elsewhere."""
    REFERRAL_FOLLOWED = "referral_followed"
    """Whether a referral helped."""
    VISIT_CHANGED = "visit_changed"
    """Somebody came, was called, was served, left; or was helped without money."""
    HELP_CALLED = "help_called"
    """A clerk called the supervisor, or the call was answered."""


NUMBERED = frozenset({EventKind.SALE, EventKind.VOID, EventKind.REFUND, EventKind.TENDER_CORRECTED})
"""The kinds that take the next receipt number of their series (each without a gap)."""

MONEY = NUMBERED | {EventKind.ITEM_RETURNED}
"""The kinds that need postings; any other kind may carry them, and then they must sum to zero as well."""

ANY_DAY = frozenset(
    {
        EventKind.DAY_OPENED,
        EventKind.POLICY_SET,
        EventKind.CATALOGUE_LOADED,
        EventKind.CLOCK_JUMP,
        EventKind.EXPORT,
        EventKind.DEPOSIT_CONFIRMED,
        EventKind.REPRINT,
        EventKind.NOTE_REDACTED,
        EventKind.SIGNED_IN,
        EventKind.SIGN_IN_FAILED,
        EventKind.SIGNED_OUT,
        EventKind.STAFF_CHANGED,
        EventKind.TRAINING_RECORDED,
        EventKind.APPROVAL_ASKED,
        EventKind.APPROVAL_DECIDED,
        EventKind.ACT_REFUSED,
        EventKind.DEFERRED_REVIEWED,
        EventKind.FUND_CHANGED,
        EventKind.BOOK_ISSUED,
        EventKind.BOOK_RETURNED,
        EventKind.CHECK_LISTED,
        EventKind.CHECK_CLEARED,
        EventKind.NOTICE_MAILED,
        EventKind.PAYABLES_CHANGED,
        EventKind.REPORT_EXPORTED,
        EventKind.CART_CANCELLED,
        EventKind.DAY_SEALED,
        EventKind.SEAL_KEY_SET,
        EventKind.RESTORED,
        EventKind.RECOVERED,
        EventKind.BILLS_LOADED,
        EventKind.BILL_CHARGED,
        EventKind.CUSTOMER_MERGED,
        EventKind.CUSTOMER_PARTED,
        EventKind.DISCLOSED,
        EventKind.ADJUSTMENT_REQUESTED,
        EventKind.ADJUSTMENT_DECIDED,
        EventKind.ADJUSTMENT_REVERSED,
        EventKind.ACCOUNT_STAGED,
        EventKind.EXTENSION_GRANTED,
        EventKind.PLAN_MADE,
        EventKind.PLAN_ENDED,
        EventKind.HOLD_PLACED,
        EventKind.HOLD_LIFTED,
        EventKind.PROJECT_OPENED,
        EventKind.PROJECT_CHANGED,
        EventKind.ORDER_MADE,
        EventKind.ORDER_ENDED,
        EventKind.CONTRACTOR_CHANGED,
        EventKind.PERMIT_CHANGED,
        EventKind.PERMIT_MONEY_MOVED,
        EventKind.PERMIT_KEY_SET,
        EventKind.INSPECTION_REQUESTED,
        EventKind.INSPECTION_CHANGED,
        EventKind.INSPECTION_DONE,
        EventKind.WORK_ORDER_OPENED,
        EventKind.WORK_ORDER_CHANGED,
        EventKind.RELEASE_REQUESTED,
        EventKind.RELEASE_CHANGED,
        EventKind.RELEASE_BATCH_MADE,
        EventKind.RELEASE_BATCH_ANSWERED,
        EventKind.COMPANY_CHANGED,
        EventKind.COMPANY_ASKED,
        EventKind.VERIFICATION_OPENED,
        EventKind.VERIFICATION_CHANGED,
        EventKind.MESSAGE_QUEUED,
        EventKind.MESSAGE_TRIED,
        EventKind.MESSAGE_ENDED,
        EventKind.REQUEST_TYPES_SET,
        EventKind.REQUEST_OPENED,
        EventKind.REQUEST_CHANGED,
        EventKind.REQUEST_CLOSED,
        EventKind.CARD_CHANGED,
        EventKind.CARD_SHOWN,
        EventKind.NOTICE_POSTED,
        EventKind.NOTICE_READ,
        EventKind.FORM_CHANGED,
        EventKind.FORM_HANDED,
        EventKind.AGENCY_CHANGED,
        EventKind.REFERRED,
        EventKind.REFERRAL_FOLLOWED,
        EventKind.VISIT_CHANGED,
        EventKind.HELP_CALLED,
    }
)
"""The kinds that need no open business date, as long as they carry no postings: money always needs an open day."""


class TenderRole(StrEnum):
    """Why a tender row stands in an entry."""

    TAKEN = "taken"
    """Handed over by the customer (cash: the whole amount given)."""
    CHANGE = "change"
    """Cash given back (negative), so that cash and check totals both stay true."""
    FEE = "fee"
    """The service fee taken with a card or e-check; settled apart, not part of the drawer's count."""


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of the double entry; a debit is positive, a credit negative (cents). All of an entry sum to zero."""

    account: str
    amount: Cents
    line: int | None = None
    """The receipt line it comes from, if any."""
    tender: int | None = None
    """The tender row it comes from, if any."""


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line as sold: a snapshot that never needs the catalogue again."""

    number: int
    kind: str
    item: str
    name: str
    department: str
    quantity: str
    each: Cents | None
    amount: Cents
    added_with: int | None
    authority: str
    price_from: str
    tax: Cents
    """Tax that the amount includes (cents); added tax is a line of its own."""
    explain: tuple[str, ...]
    reference: str = ""
    """Bill, account or project that the line pays, if any."""
    list_amount: Cents | None = None
    """The catalogue's amount where a person overrode it."""


@dataclass(frozen=True, slots=True)
class TenderRow:
    """A means of payment as recorded; never a card number."""

    number: int
    kind: str
    role: TenderRole
    amount: Cents
    check_number: str = ""
    routing: str = ""
    account_masked: str = ""
    brand: str = ""
    last4: str = ""
    authorization: str = ""
    document: str = ""
    department: str = ""
    account_hash: str | None = None
    """Keyed hash of routing and account number: equal for the same bank account, and never read back."""
    check_date: str | None = None
    """The date written on a check, ``2026-07-14``."""


@dataclass(frozen=True, slots=True)
class EventKey:
    """Where an entry stands: its series (one per register, and one for the office) and its place in it."""

    series: str
    seq: int


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """An entry about to be written; the writer adds seq, receipt number, time and MAC inside the transaction."""

    series: str
    kind: EventKind
    business_date: date
    actor: str
    idem_key: str
    """Made when the page or cart opened; the same key never posts twice."""
    content_hash: str = ""
    """Keyed hash of the command as sent (``chain.content_hash``); the same key with another hash is a Conflict."""
    batch: str | None = None
    approver: str | None = None
    reverses: EventKey | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    """Structured, impersonal facts as JSON values (counts, bag numbers, never words that people key); in the chain."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """Free or personal text by topic (customer, memo, inputs, reason …); purgeable, only its salted hash is chained."""
    lines: tuple[LineRow, ...] = ()
    tenders: tuple[TenderRow, ...] = ()
    postings: tuple[Posting, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What the writer added to a draft."""

    key: EventKey
    receipt: str | None
    """The printed receipt number, e.g. ``HPC1-0000021``."""
    recorded_at: str
    """UTC, ``2026-07-14T13:05:09.000000Z``; evidence only, order is ``seq``."""
    mac: bytes
    replayed: bool = False
    """True when the same idempotency key had been written before (the first result stands)."""

    @property
    def receipt_code(self) -> str:
        """Ten characters of the MAC that prove a paper receipt against the ledger (A–Z and 2–7)."""
        return base64.b32encode(self.mac)[:10].decode("ascii")


def receipt_number(series: str, number: int) -> str:
    """``HPC-1`` and 21 give ``HPC1-0000021``."""
    return f"{series.replace('-', '')}-{number:07d}"
