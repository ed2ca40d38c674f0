"""Every kind of entry in words: what happened, and the facts of it that people ask for. Money in dollars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import shown
from csr_desk.domain.seal import key_id
from csr_desk.services import information_words, receivable_words, told_words, work_words

Facts: TypeAlias = Mapping[str, Any]

WORDS: Mapping[EventKind, str] = {
    EventKind.BATCH_OPENED: "Drawer opened",
    EventKind.BATCH_LOCKED: "Drawer locked",
    EventKind.BATCH_UNLOCKED: "Drawer unlocked",
    EventKind.SALE: "Sale",
    EventKind.VOID: "Void",
    EventKind.REFUND: "Refund",
    EventKind.TENDER_CORRECTED: "Tender corrected",
    EventKind.ITEM_RETURNED: "Item returned by the bank",
    EventKind.NO_SALE: "Drawer opened without a sale",
    EventKind.DROP: "Drop to the safe",
    EventKind.SELLING_STOPPED: "Selling stopped for the count",
    EventKind.COUNT: "Blind count",
    EventKind.COUNT_SUBMITTED: "Count handed in",
    EventKind.BATCH_ACCEPTED: "Batch accepted",
    EventKind.BATCH_REJECTED: "Count given back",
    EventKind.BATCH_REOPENED: "Batch reopened",
    EventKind.DEPOSIT_PREPARED: "Deposit packed",
    EventKind.DEPOSIT_CONFIRMED: "Deposit confirmed by the bank",
    EventKind.DAY_OPENED: "Business day opened",
    EventKind.DAY_CLOSED: "Business day closed",
    EventKind.REPRINT: "Paper printed again",
    EventKind.EXPORT: "Journal exported",
    EventKind.CART_CANCELLED: "Cart cancelled",
    EventKind.POLICY_SET: "Policy changed",
    EventKind.CATALOGUE_LOADED: "Catalogue taken in",
    EventKind.CLOCK_JUMP: "Clock jumped",
    EventKind.NOTE_REDACTED: "Personal text deleted",
    EventKind.SIGNED_IN: "Signed in",
    EventKind.SIGN_IN_FAILED: "Sign-in failed",
    EventKind.SIGNED_OUT: "Signed out",
    EventKind.STAFF_CHANGED: "Person changed",
    EventKind.TRAINING_RECORDED: "Training recorded",
    EventKind.APPROVAL_ASKED: "Approval asked",
    EventKind.APPROVAL_DECIDED: "Approval decided",
    EventKind.ACT_REFUSED: "Act refused",
    EventKind.DEFERRED_REVIEWED: "Reviewed by the outsider",
    EventKind.CHANGE_ORDER: "Change order with the safe",
    EventKind.SUSPECT_NOTE: "Suspect note recorded",
    EventKind.SURPRISE_COUNT: "Surprise count",
    EventKind.CUSTODY_HANDED: "Drawer handed over",
    EventKind.FUND_CHANGED: "Change fund changed",
    EventKind.BOOK_ISSUED: "Receipt book issued",
    EventKind.BOOK_RETURNED: "Receipt book returned",
    EventKind.PAPER_VOIDED: "Paper receipt voided",
    EventKind.CHECK_LISTED: "Bank account put on the returned-check list",
    EventKind.CHECK_CLEARED: "Bank account taken off the returned-check list",
    EventKind.NOTICE_MAILED: "Notice mailed",
    EventKind.PAYABLES_CHANGED: "Payables request changed",
    EventKind.REPORT_EXPORTED: "Report exported",
    EventKind.DAY_SEALED: "Day sealed",
    EventKind.SEAL_KEY_SET: "Key of the day seals changed",
    EventKind.RESTORED: "Restored from a backup",
    EventKind.RECOVERED: "Recovered after a failure",
    EventKind.BILLS_LOADED: "Bills taken in",
    EventKind.BILL_CHARGED: "Charge added to a bill",
    EventKind.CUSTOMER_MERGED: "Customers joined",
    EventKind.CUSTOMER_PARTED: "Customers parted again",
    EventKind.DISCLOSED: "Confidential information given out",
    EventKind.ADJUSTMENT_REQUESTED: "Adjustment requested",
    EventKind.ADJUSTMENT_DECIDED: "Adjustment decided",
    EventKind.ADJUSTMENT_REVERSED: "Adjustment reversed",
    EventKind.CREDIT_APPLIED: "Credit used",
    EventKind.ACCOUNT_STAGED: "Stage of collection changed",
    EventKind.EXTENSION_GRANTED: "Extension granted",
    EventKind.PLAN_MADE: "Payment plan made",
    EventKind.PLAN_ENDED: "End of a payment plan",
    EventKind.GUARANTEE_ENDED: "Deposit of a customer ended",
    EventKind.HOLD_PLACED: "Hold placed",
    EventKind.HOLD_LIFTED: "Hold lifted",
    EventKind.PROJECT_OPENED: "Project opened",
    EventKind.PROJECT_CHANGED: "Project changed",
    EventKind.ORDER_MADE: "Order prepared for the cashier",
    EventKind.ORDER_ENDED: "Order ended unpaid",
    EventKind.CONTRACTOR_CHANGED: "Contractor registered or changed",
    EventKind.PERMIT_CHANGED: "Permit changed",
    EventKind.PERMIT_MONEY_MOVED: "Money moved between permits",
    EventKind.PERMIT_KEY_SET: "Key of the permits changed",
    EventKind.INSPECTION_REQUESTED: "Inspection requested",
    EventKind.INSPECTION_CHANGED: "Inspection scheduled or called off",
    EventKind.INSPECTION_DONE: "Inspection done",
    EventKind.WORK_ORDER_OPENED: "Work order opened",
    EventKind.WORK_ORDER_CHANGED: "Work order changed",
    EventKind.RELEASE_REQUESTED: "Service release requested",
    EventKind.RELEASE_CHANGED: "Service release changed",
    EventKind.RELEASE_BATCH_MADE: "Batch of releases made",
    EventKind.RELEASE_BATCH_ANSWERED: "Batch of releases answered",
    EventKind.COMPANY_CHANGED: "Company changed",
    EventKind.COMPANY_ASKED: "Company contacted",
    EventKind.VERIFICATION_OPENED: "Verification of a new account opened",
    EventKind.VERIFICATION_CHANGED: "Verification of a new account changed",
    EventKind.MESSAGE_QUEUED: "Message waits to be sent",
    EventKind.MESSAGE_TRIED: "Message is being sent",
    EventKind.MESSAGE_ENDED: "Message answered or given up",
    EventKind.REQUEST_TYPES_SET: "Types of requests changed",
    EventKind.REQUEST_OPENED: "Request taken",
    EventKind.REQUEST_CHANGED: "Request worked on",
    EventKind.REQUEST_CLOSED: "Request closed or reopened",
    EventKind.CARD_CHANGED: "Card changed",
    EventKind.CARD_SHOWN: "Card shown",
    EventKind.NOTICE_POSTED: "Notice posted or withdrawn",
    EventKind.NOTICE_READ: "Notice acknowledged",
    EventKind.FORM_CHANGED: "Shelf of forms changed",
    EventKind.FORM_HANDED: "Form handed out or back",
    EventKind.AGENCY_CHANGED: "Needs and agencies changed",
    EventKind.REFERRED: "Referred elsewhere",
    EventKind.REFERRAL_FOLLOWED: "Referral followed up",
    EventKind.VISIT_CHANGED: "Visit",
    EventKind.HELP_CALLED: "Supervisor called",
}
"""One name for each kind, the same on every screen and in every file."""


def _money(name: str) -> Callable[[Facts], str]:
    return lambda facts: shown(int(facts[name]))


def _opened(facts: Facts) -> str:
    counted, authorized = shown(int(facts["counted"])), shown(int(facts["authorized"]))
    return counted if counted == authorized else f"{counted} counted, {authorized} authorized"


def _jumped(facts: Facts) -> str:
    against = "while the program ran" if facts.get("running") else "against the newest entry"
    return f"{facts['seconds']} seconds {against}"


def _counted(facts: Facts) -> str:
    wrong = [str(kind).replace("_", " ") for kind, agrees in dict(facts["agrees"]).items() if not agrees]
    return f"count {facts['attempt']}: " + (f"does not agree: {', '.join(wrong)}" if wrong else "agrees")


def _deposit(facts: Facts) -> str:
    total = sum(int(part["total"]) for part in facts["parts"])
    return f"{facts['deposit']}, bag {facts['bag']}, {shown(total)}"


def _confirmed(facts: Facts) -> str:
    said = f"{facts['deposit']}, {shown(int(facts['bank_amount']))}"
    return said if not facts["difference"] else f"{said}, the bank differs by {shown(int(facts['difference']))}"


def _differs(difference: Mapping[str, int]) -> str:
    parts = [f"{kind.replace('_', ' ')} {shown(cents)}" for kind, cents in difference.items() if cents]
    return ", ".join(parts) or "no difference"


_WHY = {
    "unknown": "a name that nobody has",
    "retired": "a retired person",
    "delay": "while waiting",
    "secret": "a wrong secret",
    "shut": "shut after too many",
}
"""Why a sign-in failed."""


def _asked(end: Callable[[Facts], str]) -> Callable[[Facts], str]:
    return lambda facts: f"{_act(facts)} of {facts['subject']} ({shown(int(facts['amount']))}), {end(facts)}"


def _act(facts: Facts) -> str:
    return str(facts.get("act") or "act").replace("_", " ")


def _trained(facts: Facts) -> str:
    return f"{facts['user']}, {facts['score']} percent, until {facts['trained_until']}"


def _restored(facts: Facts) -> str:
    missing = sum(int(one["receipts"]) for one in facts["missing"].values())
    return f"{facts['file']} by {facts['by']}, {missing} receipts missing since"


def _key_set(facts: Facts) -> str:
    said = f"key {key_id(facts['public'])}"
    if facts["lost"]:
        return f"{said}, the key before is lost and did not sign it"
    return f"{said}, signed by the key before" if facts["previous"] else f"{said}, the first"


def _nothing(_facts: Facts) -> str:
    return ""


def _cart(lines: int, total: int) -> str:
    return f"{lines} line{'' if lines == 1 else 's'}, {shown(total)}"


def _taken(facts: Facts) -> str:
    return f"{facts['report']} {facts['from']} to {facts['to']} as {facts['format']}, {facts['rows']} rows"


def _recovered(facts: Facts) -> str:
    why = "the program was ended in the middle" if facts["ended"] else "recording had stopped after an error"
    said = f"{why}; {facts['entries']} entries verified"
    if "act" not in facts:
        return said
    came = facts["receipt"] or "recorded" if facts["recorded"] else "not recorded"
    return f"{said}; the last act ({str(facts['act']).replace('_', ' ')}): {came}"


_MONEY = frozenset({
    "amount", "amount_before", "authorized", "counted", "denomination", "difference", "expected", "fee", "total",
})  # fmt: skip
"""Facts that are cents, whatever kind they belong to."""

DETAILS: Mapping[EventKind, Callable[[Facts], str]] = {
    **receivable_words.DETAILS,
    **told_words.DETAILS,
    **work_words.DETAILS,
    **information_words.DETAILS,
    EventKind.BATCH_OPENED: _opened,
    EventKind.SALE: _nothing,
    EventKind.VOID: lambda facts: f"of {facts['receipt']}",
    EventKind.TENDER_CORRECTED: lambda facts: f"of {facts['receipt']}",
    EventKind.ITEM_RETURNED: lambda facts: f"{facts['receipt']}, {shown(int(facts['amount']))}",
    EventKind.DROP: lambda facts: f"{shown(int(facts['amount']))}, bag {facts['bag']}",
    EventKind.COUNT: _counted,
    EventKind.COUNT_SUBMITTED: lambda facts: f"count {facts['attempt']}",
    EventKind.BATCH_ACCEPTED: lambda facts: f"Z {facts['z_number']}",
    EventKind.DEPOSIT_PREPARED: _deposit,
    EventKind.DEPOSIT_CONFIRMED: _confirmed,
    EventKind.DAY_CLOSED: _money("total"),
    EventKind.REPRINT: lambda facts: f"{facts['receipt']}, duplicate {facts['copy']}",
    EventKind.EXPORT: lambda facts: f"{facts['file']}{', again' if facts.get('again') else ''}",
    EventKind.CART_CANCELLED: lambda facts: _cart(int(facts["lines"]), int(facts["total"])),
    EventKind.POLICY_SET: lambda facts: f"version {facts['version']}" if facts["version"] else "set-up of the office",
    EventKind.CATALOGUE_LOADED: lambda facts: f"{facts['label']}, {facts['items']} items",
    EventKind.CHANGE_ORDER: _money("amount"),
    EventKind.CUSTODY_HANDED: lambda facts: f"to {facts['to']}",
    EventKind.SURPRISE_COUNT: lambda facts: f"{facts['drawer'] or facts['fund']}: {_differs(facts['difference'])}",
    EventKind.BOOK_ISSUED: lambda facts: f"{facts['book']}, {facts['first']} to {facts['last']}, to {facts['to']}",
    EventKind.BOOK_RETURNED: lambda facts: f"{facts['book']}, {len(facts['gaps'])} open numbers",
    EventKind.PAPER_VOIDED: lambda facts: f"{facts['book']} {facts['number']}",
    EventKind.REPORT_EXPORTED: _taken,
    EventKind.CLOCK_JUMP: _jumped,
    EventKind.SIGNED_IN: _nothing,
    EventKind.SIGNED_OUT: _nothing,
    EventKind.SIGN_IN_FAILED: lambda facts: _WHY[facts["why"]],
    EventKind.STAFF_CHANGED: lambda facts: f"{facts['user']} {facts['change']}",
    EventKind.TRAINING_RECORDED: _trained,
    EventKind.APPROVAL_ASKED: _asked(lambda facts: facts["state"]),
    EventKind.APPROVAL_DECIDED: _asked(lambda facts: facts["state"]),
    EventKind.ACT_REFUSED: lambda facts: f"{_act(facts)} ({facts['code']})",
    EventKind.RESTORED: _restored,
    EventKind.DAY_SEALED: lambda facts: f"{facts['statement']['business_date']}, key {facts['key_id']}",
    EventKind.SEAL_KEY_SET: _key_set,
    EventKind.RECOVERED: _recovered,
    EventKind.DEFERRED_REVIEWED: _asked(lambda facts: "in order" if facts["ok"] else "not in order"),
}
"""What stands behind the name, from the structured facts; a kind without any needs none."""


def details(kind: EventKind, facts: Facts, names: Mapping[str, str] | None = None) -> str:
    """Tell an entry's facts in words; what cannot be told so is shown as it is, never lost.

    ``names`` has everybody's name by user: whom the entry is about is told by it.
    """
    tell = DETAILS.get(kind)
    if names and "user" in facts:
        facts = {**facts, "user": names.get(facts["user"], facts["user"])}
    try:
        return tell(facts) if tell is not None else _plainly(facts)
    except (KeyError, TypeError, ValueError):
        return _plainly(facts)


def _plainly(facts: Facts) -> str:
    parts = (
        f"{name.replace('_', ' ')} {shown(value) if name in _MONEY and isinstance(value, int) else value}"
        for name, value in facts.items()
        if isinstance(value, str | int) and value != ""
    )
    return ", ".join(parts)
