"""The auditor's checklist: 56 controls that an auditor of a city's counter goes through, in their words."""

from __future__ import annotations

from csr_desk.domain.evidence import Section

_ENDS = (
    (6, Section.PEOPLE), (18, Section.RECEIPTING), (26, Section.CUSTODY), (33, Section.BALANCING),
    (39, Section.CORRECTIONS), (46, Section.DEPOSIT), (56, Section.RECORDS),
)  # fmt: skip
"""The last control of each section."""


def section_of(number: int) -> Section:
    """Return the section of a control."""
    return next(section for last, section in _ENDS if number <= last)


ASKS: dict[int, str] = {
    1: (
        "Every user is a named person; no shared or generic login; inactive users cannot sign in; list of users "
        "without login 90 days."
    ),
    2: (
        "No role holds two of: receive cash, approve voids/refunds, adjust receivables, approve batch, reconcile "
        "bank, administer users. Conflict report is empty or each conflict has a dated compensating control."
    ),
    3: (
        "Supervisor/approver cannot approve own transaction, own count, own adjustment, own refund (try it: "
        "refused, logged)."
    ),
    4: "Administrator and auditor roles cannot post money; auditor cannot write anything.",
    5: (
        "Lock-out after 5 failed sign-ins; auto-lock after idle; rights changes are logged with who/when/before/after."
    ),
    6: "Every drawer user has valid cash-handling training on file.",
    7: ("Receipt numbers per office/station are sequential; gap and duplicate report is empty (voids accounted for)."),
    8: "Every receipt shows entity, date/time, payor, amount, mode of payment, purpose, preparer.",
    9: (
        "No posted receipt can be changed or deleted (attempt via UI and direct DB role fails); hash chain "
        "verifies from first to last."
    ),
    10: "Every change of cash drawer contents has a transaction (sale, void, drop, swap, no-sale is zero).",
    11: "Reprints carry DUPLICATE and count; training receipts are marked and outside the sequence.",
    12: (
        "Manual receipt books: issued/returned register; all numbers entered or voided; entered within 1 business day."
    ),
    13: (
        "Price on each line equals the fee schedule in force under its date rule, or has a logged override with "
        "authority."
    ),
    14: "Change is never given against non-cash tenders unless the tender allows it.",
    15: ("Checks endorsed at receipt; post-dated, two-party and foreign items refused; returned-check list enforced."),
    16: (
        "No card number, CVV or track data anywhere in database, logs, images, notes (scan for 13-19 digit Luhn "
        "strings = 0)."
    ),
    17: "Card service fee disclosed before payment, within legal cap and processor's current brand rule.",
    18: "Cash rounding equals policy per receipt; monthly sum agrees with the GL account.",
    19: "One drawer, one person at a time; no overlap of sessions on a drawer.",
    20: (
        "Opening float equals authorized amount; register of all change funds with custodian, amount, authority, "
        "last count."
    ),
    21: "Every hand-over has two counts and two names.",
    22: "Cash limit enforced; drops recorded with denominations and two persons.",
    23: "Unannounced counts held at least n per quarter per point; results and differences on file.",
    24: "Safe access list, combination-change dates, in/out log.",
    25: "No check cashing, no IOUs, no paid-outs, float not mixed with collections.",
    26: "Terminal inventory and tamper inspections current (PCI 9.5.1).",
    27: "Count is blind; expected amount is not visible to the clerk in any screen or report before acceptance.",
    28: (
        "All attempts kept; number of attempts limited; final acceptance above tolerance needs supervisor and reason."
    ),
    29: (
        "Counted by tender; number of checks and tape total agree with entries; card totals agree with processor batch."
    ),
    30: "Over/short posted to its account the same day; per-clerk 12-month trend reviewed; thresholds reported.",
    31: "Batch approved by a person who did not handle that drawer, the same or next business day.",
    32: "No batch open longer than one business day; aged list is empty.",
    33: "Reopened batches: each has reason, approver, recount.",
    34: "Each void has reason, approver, original receipt; none after batch close.",
    35: "Prior-day refunds go through AP/card, not the drawer; payee equals payor or has reason.",
    36: "Void/refund/no-sale/override rate per clerk against peers; outliers explained.",
    37: "Adjustments, waivers, write-offs: request is not approval; within limits; supporting document attached.",
    38: (
        "Returned items re-open the debt, fee at most $30 (TX), notice sent, status tracked; today's drawer unaffected."
    ),
    39: "Customer statement equals ledger; unapplied and suspended money aged and small.",
    40: (
        "Deposit intact: composition of each deposit equals composition of its receipts plus or minus drops, "
        "rounding, over/short."
    ),
    41: "Deposited within 24 hours/next business day; lateness report.",
    42: "Deposit ticket lists each check; bag number; prepared is not verified; bank validation recorded.",
    43: "Bank-confirmed amount equals deposit; differences cleared in n days; reconciler has no cash access.",
    44: (
        "Journal: debits = credits; every receipt in exactly one journal; no export twice; right fiscal period at "
        "year-end."
    ),
    45: "Host systems: sum sent = sum acknowledged; rejected list empty.",
    46: (
        "Three-way tie each day: receipts = tenders counted plus or minus over/short = deposit + card + transfers = GL."
    ),
    47: "No service release without passed inspection, paid permit, matching address, or a logged manual reason.",
    48: "Each release has confirmation number; unconfirmed > 1 day listed.",
    49: "Complaints: none closed without outcome text; overdue and escalated lists reviewed.",
    50: "Knowledge cards and forms past review date listed; every clerk acknowledged current notices.",
    51: "Fee schedule agrees with ordinance citations; changes approved by second person before effective date.",
    52: "Customer data access logged; sensitive fields masked by role.",
    53: "Retention classes set; destruction only after period, with approval; legal holds respected.",
    54: "Backup taken and restored in rehearsal within the last quarter; integrity check clean.",
    55: "Offline sales all merged; no number collisions; single-copy warnings resolved.",
    56: "Clock changes and time-zone edits are logged; timestamps in UTC plus local.",
}
"""What each control asks."""
