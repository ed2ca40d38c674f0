"""What the city decides once and the program obeys: limits, rounding, tolerance. Versioned and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from csr_desk.domain.errors import BadInput
from csr_desk.domain.holidays import Holiday
from csr_desk.domain.money import Cents, parse_cents, plain
from csr_desk.domain.policy_readers import READERS
from csr_desk.domain.tender import Rounding, TenderKind

VOID_REASONS = (
    "Wrong account",
    "Wrong item",
    "Wrong amount",
    "Wrong tender",
    "Customer changed their mind",
    "Keyed twice",
    "Payment declined",
    "Training",
    "Other",
)


@dataclass(frozen=True, slots=True)
class Policy:
    """Settings of the city in force (money in cents)."""

    rounding: Rounding = Rounding.OFF
    tolerance: Cents = 100
    """Over/short per tender accepted without a reason (D8)."""
    cash_warn: Cents = 80_000
    cash_lock: Cents = 100_000
    """Bands of cash in the drawer, float included (C5)."""
    count_attempts: int = 3
    approval_seconds: int = 60
    idle_lock_minutes: int = 5
    held_days: int = 7
    """Held sales older than this are listed as stale."""
    tenders: tuple[str, ...] = tuple(kind.value for kind in TenderKind)
    """The tenders that this office takes (B1)."""
    approvers: str = "all"
    """Who approves: ``all`` supervisors, or ``subordinates``: each only for those assigned to them (J4)."""
    outside_reviewer: str = ""
    """User of the named outsider who reviews what an office of one person does without a second one (J13)."""
    request_minutes: int = 10
    """How long a request waits for a supervisor at another screen."""
    training_months: int = 12
    """How long a training in handling cash holds (J11); 0 asks for none."""
    returned_fee_cap: Cents = 3_000
    """Most that is charged for a returned item (Tex. Bus. & Com. Code 3.506)."""
    notice_days: int = 10
    """Days that a notice of a returned check gives (Tex. Penal Code 31.06)."""
    stale_check_days: int = 180
    """Checks older than this are refused (UCC 4-404: six months)."""
    check_hold_days: int = 0
    """Days that a refund of a check payment waits for the bank (E7); 0 for none."""
    report_over_short: Cents = 2_500
    """Over/short of a batch that is reported to the named officers (D8)."""
    paper_days: int = 1
    """Days within which a paper receipt is entered (control 12)."""
    surprise_counts: int = 1
    """Unannounced counts that each drawer should have in a quarter (control 23)."""
    penalty_percent: int = 10
    """Penalty on a bill that is late, in percent of what is open, once (rounded half up to the cent)."""
    penalty_least: Cents = 0
    """Least penalty on a late bill."""
    reminder_days: int = 5
    """Days after the due date on which an account is reminded (F8)."""
    cut_off_notice_days: int = 10
    """Days after the due date on which a notice of cut-off goes out."""
    cut_off_days: int = 20
    """Days after the due date on which an account comes to the cut-off list."""
    reminder_fee: Cents = 0
    notice_fee: Cents = 0
    cut_off_fee: Cents = 3_759
    """Restoring the service (Houston Code ch. 47, realdata section 5: 37.59 in 2023)."""
    extensions_a_year: int = 3
    """Extensions that an account may have in a calendar year, never one on top of another (F7)."""
    extension_days: int = 14
    plan_parts: int = 12
    """Most instalments of a payment plan (F6)."""
    plan_down_percent: int = 25
    """Least down payment of a payment plan, in percent of what is owed."""
    plan_grace_days: int = 3
    """Days after an instalment was due before the plan is broken."""
    adjust_supervisor: Cents = 50_000
    """Up to here a supervisor decides an adjustment; above it the accountant (F4)."""
    adjust_accountant: Cents = 1_000_000
    """Up to here the accountant decides (47-75.1: 10,000.00 is the most of one adjustment)."""
    dormant_months: int = 36
    """Credits and deposits that nobody claimed for so long are listed as unclaimed property (Tex. Prop. Code 72)."""
    attachment_megabytes: int = 10
    project_pattern: str = "yy-nnnnnn-c"
    """How the numbers of projects are written (``domain.numbering``)."""
    order_days: int = 30
    """Days that the prices of an order hold (A14)."""
    permit_days: int = 180
    """Days that a permit is valid after its issue, its last passed inspection or its renewal (G4)."""
    registered_trades: tuple[str, ...] = ()
    """Trades whose permits only a registered contractor buys (G3); none: an owner may buy any."""
    renewal_days: int = 180
    """Days after its end in which a permit may still be renewed at the renewal price."""
    paper_warn_days: int = 30
    """Days before its end on which a permit or a contractor's paper is listed (G14)."""
    inspection_days: int = 2
    """Working days in which an inspection that was asked for is due."""
    work_order_days: int = 5
    """Working days in which a usual work order is due; an urgent one in one, an emergency the same day."""
    work_order_items: tuple[str, ...] = ()
    """Items whose payment opens a work order, each as ``code = kind priority`` (``work_orders.read_rule``)."""
    move_in_days: int = 20
    """Working days that a move-in order waits for the release before it is cancelled (G10, ERCOT)."""
    release_days: int = 1
    """Working days after which a release that was sent and not confirmed is listed (control 48)."""
    visit_reasons: tuple[str, ...] = ("A permits Permits and fees", "B water Water account", "C question A question")
    """Why people come, each with the letter of its tickets, its code and its words (``domain.visits``)."""
    escalation_days: int = 3
    """Working days in which a department speaks to whoever was escalated (H6; Houston)."""
    recurrence_months: int = 6
    """Months in which a request that comes back counts as a recurrence (H6)."""
    card_review_months: int = 6
    """Months after which a card of the information desk is stale (I1)."""
    referral_days: int = 10
    """Working days after which a warm referral is followed up (I4)."""
    deposit_owner: Cents = 7_500
    deposit_tenant: Cents = 15_000
    """Deposits of new accounts without good standing (realdata section 5: Haltom City 75 and 150)."""
    standing_months: int = 12
    """Months in good standing with another utility that waive the deposit."""
    mail_server: str = ""
    """Where e-mail goes out: ``host:port``; empty for none. Its secret lies with the keys of the station."""
    mail_security: str = "starttls"
    mail_from: str = ""
    mail_attempts: int = 8
    """Tries before a message is left to people."""
    mail_minutes: int = 5
    """Minutes before the second try; then twice as many each time."""
    holidays: tuple[Holiday, ...] = ()
    """The days on which the city rests, beside Saturdays and Sundays; none of them is a working day."""
    endorsements: tuple[str, ...] = ("FOR DEPOSIT ONLY",)
    """What the back of a check says: ``Department = text`` for one department, a text alone for all others (B6)."""
    backup_minutes: int = 15
    """A backup is made so many minutes after something was recorded; 0 for none between the close and the exit."""
    second_backup: str = ""
    """The folder on another disk that gets a copy of each backup (a USB disk, a share); empty for none."""
    second_backup_days: int = 3
    """Days after which the newest copy there is too old."""
    void_reasons: tuple[str, ...] = VOID_REASONS
    """What a void is for, in the order of the digits 1 to 9."""

    @property
    def days_off(self) -> frozenset[date]:
        """The dates of the holidays, as ``domain.workdays`` takes them."""
        return frozenset(one.day for one in self.holidays)


MONEY = frozenset(
    {
        "tolerance",
        "cash_warn",
        "cash_lock",
        "returned_fee_cap",
        "report_over_short",
        "penalty_least",
        "reminder_fee",
        "notice_fee",
        "cut_off_fee",
        "adjust_supervisor",
        "adjust_accountant",
        "deposit_owner",
        "deposit_tenant",
    }
)
WHOLE: Mapping[str, tuple[int, int]] = {
    "count_attempts": (1, 99),
    "approval_seconds": (10, 3600),
    "idle_lock_minutes": (1, 480),
    "held_days": (1, 365),
    "request_minutes": (1, 480),
    "training_months": (0, 60),
    "notice_days": (1, 60),
    "stale_check_days": (1, 730),
    "check_hold_days": (0, 60),
    "paper_days": (0, 30),
    "surprise_counts": (0, 90),
    "penalty_percent": (0, 100),
    "reminder_days": (0, 120),
    "cut_off_notice_days": (0, 120),
    "cut_off_days": (0, 365),
    "extensions_a_year": (0, 12),
    "extension_days": (1, 90),
    "plan_parts": (1, 60),
    "plan_down_percent": (0, 100),
    "plan_grace_days": (0, 60),
    "dormant_months": (1, 240),
    "attachment_megabytes": (1, 100),
    "order_days": (1, 365),
    "permit_days": (1, 3650),
    "renewal_days": (0, 3650),
    "paper_warn_days": (1, 365),
    "inspection_days": (0, 60),
    "work_order_days": (0, 250),
    "move_in_days": (1, 250),
    "release_days": (1, 30),
    "escalation_days": (1, 60),
    "recurrence_months": (0, 60),
    "card_review_months": (1, 60),
    "referral_days": (1, 250),
    "standing_months": (1, 60),
    "mail_attempts": (1, 50),
    "mail_minutes": (1, 1440),
    "backup_minutes": (0, 480),
    "second_backup_days": (1, 60),
}
"""Settings that are whole numbers, with their smallest and largest value."""


def changed(policy: Policy, changes: Mapping[str, object]) -> Policy:
    """Return the policy with some settings changed, as keyed (money in dollars); raise BadInput with the field.

    A cash limit set below the warning takes the warning down with it.
    """
    if not changes:
        raise BadInput("Say which setting to change.")
    known = {part.name for part in fields(Policy)}
    values: dict[str, Any] = {}
    for name, value in changes.items():
        if name not in known:
            raise BadInput(f"There is no setting “{name[:40]}”.", field=name)
        values[name] = _read(name, value)
    if "cash_lock" in values and "cash_warn" not in values:
        values["cash_warn"] = min(policy.cash_warn, values["cash_lock"])
    done = replace(policy, **values)
    if done.cash_warn > done.cash_lock:
        raise BadInput("The cash warning cannot be above the cash limit.", field="cash_warn")
    return done


def _read(name: str, value: object) -> object:
    if name in READERS:
        return READERS[name](value)
    if name in MONEY:
        return _money(name, str(value))
    low, high = WHOLE[name]
    text = str(value)
    if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
        raise BadInput(f"“{name}” is a whole number from {low} to {high}.", field=name)
    return int(text)


def _money(name: str, text: str) -> Cents:
    try:
        cents = parse_cents(text)
    except BadInput as wrong:
        raise BadInput(wrong.message, field=name) from None
    if cents < 0:
        raise BadInput(f"“{name}” cannot be below zero.", field=name)
    return cents


def as_text(policy: Policy) -> dict[str, object]:
    """Write a policy with money in dollars, as the counter script and the database have it."""
    written: dict[str, object] = {}
    for part in fields(Policy):
        value = getattr(policy, part.name)
        if part.name in MONEY:
            written[part.name] = plain(value)
        elif part.name == "holidays":
            written[part.name] = [one.written for one in value]
        elif isinstance(value, tuple):
            written[part.name] = list(value)
        else:
            written[part.name] = value.value if isinstance(value, Rounding) else value
    return written
