"""What the city decides once and the program obeys: limits, rounding, tolerance. Versioned and recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import Cents, parse_cents, plain
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
    }
)
APPROVERS = ("all", "subordinates")
LONGEST_FOLDER = 240
MOST_ENDORSEMENTS, LONGEST_ENDORSEMENT = 40, 80
MOST_REASONS = 9
"""One for each digit of the keypad."""

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
    if name in _READERS:
        return _READERS[name](value)
    if name in MONEY:
        return _money(name, str(value))
    low, high = WHOLE[name]
    text = str(value)
    if not (text.isascii() and text.isdigit()) or not low <= int(text) <= high:
        raise BadInput(f"“{name}” is a whole number from {low} to {high}.", field=name)
    return int(text)


def _rounding(value: object) -> Rounding:
    try:
        return Rounding(str(value))
    except ValueError:
        raise BadInput("Cash rounding is off, nearest or down.", field="rounding") from None


def _reasons(value: object) -> tuple[str, ...]:
    reasons = tuple(str(reason) for reason in value) if isinstance(value, list | tuple) else ()
    if not 1 <= len(reasons) <= MOST_REASONS or not all(reason.strip() for reason in reasons):
        raise BadInput("Give one to nine reasons.", field="void_reasons")
    return reasons


def _approvers(value: object) -> str:
    if value not in APPROVERS:
        raise BadInput("Approvers are all, or subordinates.", field="approvers")
    return str(value)


def _reviewer(value: object) -> str:
    user = str(value).strip()
    if user and not (user.isascii() and user.isalnum()):
        raise BadInput("Key the user name of the outside reviewer, or nothing.", field="outside_reviewer")
    return user


def _endorsements(value: object) -> tuple[str, ...]:
    texts = tuple(str(text).strip() for text in value) if isinstance(value, list | tuple) else ()
    if not 1 <= len(texts) <= MOST_ENDORSEMENTS or not all(
        text and text.isprintable() and len(text) <= LONGEST_ENDORSEMENT for text in texts
    ):
        raise BadInput("Give texts of at most 80 characters, like “Treasury = FOR DEPOSIT ONLY”.", field="endorsements")
    return texts


def _tenders(value: object) -> tuple[str, ...]:
    known = tuple(kind.value for kind in TenderKind)
    wanted = [str(one) for one in value] if isinstance(value, list | tuple) else []
    if not wanted or not set(wanted) <= set(known):
        raise BadInput(f"Name the tenders that this office takes, of: {', '.join(known)}.", field="tenders")
    return tuple(kind for kind in known if kind in wanted)


def _folder(value: object) -> str:
    """Read a folder by its whole path: what is relative would be another one for each way to start the program."""
    text = str(value).strip()
    whole = PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()
    if text and not (whole and text.isprintable() and len(text) <= LONGEST_FOLDER):
        raise BadInput("Key the whole path of a folder on another disk, or nothing.", field="second_backup")
    return text


_READERS: Mapping[str, Callable[[object], object]] = {
    "rounding": _rounding,
    "void_reasons": _reasons,
    "tenders": _tenders,
    "endorsements": _endorsements,
    "approvers": _approvers,
    "outside_reviewer": _reviewer,
    "second_backup": _folder,
}
"""How a setting that is neither money nor a whole number is read."""


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
        elif isinstance(value, tuple):
            written[part.name] = list(value)
        else:
            written[part.name] = value.value if isinstance(value, Rounding) else value
    return written
