"""Controls 34 to 39: voids, refunds, rates, waivers, returned items, what customers owe."""

from __future__ import annotations

from csr_desk.data.queries.entries import Event
from csr_desk.domain.evidence import Finding, Row, Status
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import plain
from csr_desk.domain.outliers import FEWEST
from csr_desk.domain.postings import HOUSE
from csr_desk.domain.tender import TenderKind
from csr_desk.services.evidence import adjusted
from csr_desk.services.evidence.check import Check, cannot, judged, looked_at, plural
from csr_desk.services.evidence.look import Look
from csr_desk.services.exceptions import clerk_rates

LEGAL_FEE = 3_000
"""Most that Texas lets charge for a returned item, in cents (Bus. & Com. Code 3.506)."""
_CLOSED = frozenset({EventKind.SELLING_STOPPED, EventKind.COUNT_SUBMITTED, EventKind.BATCH_ACCEPTED})
_OPENED = frozenset({EventKind.BATCH_OPENED, EventKind.BATCH_REOPENED})
_DRAWER = frozenset({HOUSE.drawer, HOUSE.checks, HOUSE.money_orders})


def unsigned(look: Look, event: Event) -> bool:
    """Say whether nobody else signed an act, and no outsider reviews it either (J13)."""
    return event.approver == event.actor if event.approver else not look.done_alone(event.key)


def voids(look: Look) -> Finding:
    """34: each void has a reason, a second person and its original, and happened while the batch was open."""
    bad: list[Row] = []
    cases = look.of(EventKind.VOID)
    for event in cases:
        told = (look.place(event), look.stamp(event), look.name(event.actor), look.name(event.approver))
        original = look.event(event.reverses)
        faults = [
            said
            for said, wrong in (
                ("without a reason", not look.note(event, "reason")),
                ("without a second person", unsigned(look, event)),
                ("without its original", original is None or original.kind is not EventKind.SALE),
                ("of another batch", original is not None and original.batch != event.batch),
                ("after the batch was closed", not _was_open(look, event)),
            )
            if wrong
        ]
        if faults:
            bad.append((*told, "; ".join(faults)))
    return judged(len(cases), "void", "not in order", ("receipt", "when", "clerk", "approved by", "finding"), bad)


def _was_open(look: Look, event: Event) -> bool:
    state = False
    for step in look.of_batch(event.batch or "", *_CLOSED, *_OPENED, EventKind.BATCH_REJECTED):
        if step.key.seq > event.key.seq:
            break
        state = step.kind in _OPENED
    return state


def refunds(look: Look) -> Finding:
    """35: refunds of an earlier day leave no drawer; payee is the payor, or there is a reason."""
    bad: list[Row] = []
    cases = look.of(EventKind.REFUND)
    requests = {str(row["receipt"]): row for row in look.rows("payables_request")}
    for event in cases:
        original = look.event(event.reverses)
        cash = sum(row.amount for row in look.tenders.get(event.key, ()) if row.kind == TenderKind.CASH)
        amount = sum(row.amount for row in look.tenders.get(event.key, ()))
        told = (look.place(event), look.stamp(event), look.name(event.actor), plain(amount))
        request = requests.get(look.place(event)) or (requests.get(look.place(original)) if original else None)
        if cash and original is not None and original.business_date < event.business_date:
            bad.append((*told, f"cash for a receipt of {original.business_date}"))
        elif not look.note(event, "reason"):
            bad.append((*told, "without a reason"))
        elif unsigned(look, event):
            bad.append((*told, "without a second person"))
        elif request is not None and not str(request["payee"]).strip() and request["state"] != "incomplete":
            bad.append((*told, "handed to payables without a payee"))
    return judged(len(cases), "refund", "not in order", ("receipt", "when", "clerk", "amount", "finding"), bad)


def rates(look: Look) -> Finding:
    """36: nobody's rate of exceptions stands out from the office's own by more than chance."""
    compared = clerk_rates(look)
    heads = ("clerk", "kind", "count", "receipts", "per 1,000", "office per 1,000")
    people = {rate.user for rate in compared if rate.receipts >= FEWEST}
    if len(people) < 2:  # noqa: PLR2004 - one alone has no peers
        return cannot(f"Fewer than two people made {FEWEST} receipts in the period, so there are no peers to compare.")
    out = tuple(
        (rate.name, rate.kind.words, str(rate.count), str(rate.receipts), f"{rate.rate}", f"{rate.office_rate}")
        for rate in compared
        if rate.stands_out
    )
    figure = f"{plural(len(people), 'person|people')} compared, {plural(len(compared), 'rate')}: {len(out)} stand out."
    return Finding(Status.EXCEPTION if out else Status.MET, figure, heads, out)


def waivers(look: Look) -> Finding:
    """37: who asked for an adjustment, a waiver, an override or a payment by payables did not approve it."""
    bad: list[Row] = adjusted.not_in_order(look)
    cases = len(adjusted.approved(look))
    for event in look.of(EventKind.SALE):
        changed = [line for line in look.lines.get(event.key, ()) if line.list_amount is not None]
        cases += len(changed)
        if changed and unsigned(look, event):
            less = sum((line.list_amount or 0) - line.amount for line in changed)
            bad.append(
                (
                    look.place(event),
                    look.name(event.actor),
                    look.name(event.approver),
                    plain(less),
                    "changed without a second person",
                )
            )
    for row in look.rows("payables_request"):
        cases += 1
        if row["approved_by"] is not None and row["approved_by"] == row["prepared_by"]:
            who = look.name(row["prepared_by"])
            bad.append(
                (str(row["receipt"]), who, who, plain(int(row["amount_minor"])), "approved by whoever prepared it")
            )
    return judged(
        cases,
        "adjustment, waiver, override or payables request|adjustments, waivers, overrides and payables requests",
        "not in order",
        ("receipt or adjustment", "asked", "approved by", "amount", "finding"),
        bad,
    )


def returned_items(look: Look) -> Finding:
    """38: a returned item is owed again with a lawful fee, its notice is out, and no drawer moved."""
    bad: list[Row] = []
    waiting: list[Row] = []
    cases = look.of(EventKind.ITEM_RETURNED)
    items = {(str(row["series_id"]), int(row["seq"])): row for row in look.rows("returned_item")}
    bills = {str(row["bill_id"]): row for row in look.rows("bill")}
    for event in cases:
        facts = event.facts
        amount, fee = int(facts["amount"]), int(facts["fee"])
        item = items.get((event.key.series, event.key.seq))
        bill = bills.get(str(item["bill_id"])) if item else None
        told = (str(facts["receipt"]), look.stamp(event), plain(amount), plain(fee))
        faults = [
            said
            for said, wrong in (
                ("the fee is above the law", fee > LEGAL_FEE),
                ("a drawer moved", any(p.account in _DRAWER for p in look.postings.get(event.key, ()))),
                ("no bill claims it again", bill is None),
                ("the bill is not item and fee", bill is not None and int(bill["amount_minor"]) != amount + fee),
            )
            if wrong
        ]
        if faults:
            bad.append((*told, "; ".join(faults)))
        elif item is not None and not item["mailed_on"] and bill is not None and bill["state"] == "due":
            waiting.append((*told, "its notice was not mailed yet"))
    heads = ("receipt", "when", "amount", "fee", "finding")
    base = judged(len(cases), "returned item", "not in order", heads, bad)
    return looked_at(base, f"{plural(len(waiting), 'notice')} not mailed.", heads, waiting)


def owed(look: Look) -> Finding:
    """39: what every bill says was paid is what its receipts say; held sales do not grow old."""
    heads = ("bill or cart", "account or owner", "paid or total", "finding")
    bills = look.rows("bill")
    bad = [
        (str(row["bill_id"]), str(row["account_no"]), plain(int(row["paid_minor"])), "more was paid than it asks")
        for row in bills
        if int(row["paid_minor"]) > int(row["amount_minor"])
    ]
    old = [
        (
            f"H-{row['hold_number'] or 0:04d}",
            look.name(row["owner_id"]),
            plain(int(row["total_minor"])),
            f"held since {row['updated_at'][:10]}",
        )
        for row in look.rows("draft_cart")
        if row["state"] == "held" and _days_old(look, row) > look.policy_at(look.desk.now_text()).held_days
    ]
    credit = -sum(
        posting.amount for rows in look.postings.values() for posting in rows if posting.account == HOUSE.on_account
    )
    more = f"Paid ahead and not applied in the period: {plain(credit)}."
    base = judged(len(bills), "bill", "bills that do not agree", heads, bad, more=more)
    return looked_at(base, f"{plural(len(old), 'held sale')} older than the policy.", heads, old)


def _days_old(look: Look, row: dict[str, object]) -> int:
    return (look.desk.today() - look.day_of(str(row["updated_at"]))).days


CHECKS = (
    Check(
        34,
        voids,
        "Every void of the period is looked at for its reason, its second person and its original, and the state "
        "of the "
        "batch is followed to the moment of the void.",
    ),
    Check(
        35,
        refunds,
        "Every refund of the period is looked at for cash on another day than the receipt's, its reason, its second "
        "person, and the request to payables.",
        "Whether the payee is the payor is compared by a person: both names stand in the rows of the request.",
    ),
    Check(
        36,
        rates,
        "Voids, refunds, overrides, no-sales, reprints, cancelled carts and tender corrections of every clerk "
        "per 1,000 "
        f"receipts are compared with the office's rate: of {FEWEST} receipts or more, a count that chance alone would "
        "give less often than once in a hundred stands out (upper tail of the binomial distribution).",
        "An outlier is a question, not a fault: trainees, a broken printer, a day of storms have their rates too.",
    ),
    Check(
        37,
        waivers,
        "Every price changed by hand and every request to payables is looked at for a second person; every approval of "
        "an adjustment for the other person who asked for it, the tier of whoever decided, and a document attached.",
        "Tiers are those of today's policy. Debts are not written off by this program. Whether a document proves what "
        "it should is judged by a person.",
    ),
    Check(
        38,
        returned_items,
        f"Every returned item is looked at: its fee against {plain(LEGAL_FEE)}, the bill that claims item and fee "
        f"again, "
        "its notice, and that none of its postings touch a drawer.",
    ),
    Check(
        39,
        owed,
        "What every bill says was paid is compared with what it asks (the recomputation of control 9 compares it "
        "with its "
        "receipts); held sales are compared with the days of the policy.",
        "Balances that another system keeps are not seen.",
    ),
)
