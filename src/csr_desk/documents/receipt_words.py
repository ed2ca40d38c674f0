"""What a receipt says (field table A15, A17), told once for Letter, for the roll and for the till printer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from csr_desk.documents.plain_text import NAME, PROSE, clean
from csr_desk.documents.wording import day, demo_mark, dollars, moment, signed
from csr_desk.domain.cart_lines import LineKind
from csr_desk.domain.ledger import EventKind, LineRow, TenderRole, TenderRow
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.receivable.application import ON_ACCOUNT
from csr_desk.domain.tender import kind_name

_TITLES = {
    EventKind.SALE: "Receipt",
    EventKind.VOID: "Void",
    EventKind.REFUND: "Refund",
    EventKind.TENDER_CORRECTED: "Tender correction",
}
_DOCUMENTS = {"on_account": "from the credit of account"}
"""What the document of a tender is called, where it is not just one."""
_NOTES = {
    EventKind.VOID: "This paper takes back receipt {0}.",
    EventKind.REFUND: "Refund of receipt {0}.",
    EventKind.TENDER_CORRECTED: "Corrects how receipt {0} was paid.",
}
_BRAND, _NUMBER = 24, 40


class Entry(NamedTuple):
    """A line as printed; ``details`` stand below its name."""

    number: str
    code: str
    name: str
    details: tuple[str, ...]
    quantity: str
    each: str
    amount: str


class Figure(NamedTuple):
    """A label and its amount; a strong one is a total."""

    label: str
    amount: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptWords:
    """All text of a receipt, cleaned, in the order in which it is printed."""

    title: str
    demo: str
    marks: tuple[str, ...]
    office: str
    address: tuple[str, ...]
    notes: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    sums: tuple[Figure, ...]
    paid: tuple[Figure, ...]
    outcome: tuple[Figure, ...]
    number: str
    code: str
    endorse: str = ""
    """What belongs on the back of its checks, where no slip printer prints it."""


def receipt_words(receipt: Receipt) -> ReceiptWords:
    """Say a receipt in words and figures."""
    office = receipt.office
    return ReceiptWords(
        title=_TITLES.get(receipt.kind, "Receipt"),
        demo=demo_mark(office, "receipt"),
        marks=_marks(receipt),
        office=clean(office.name),
        address=tuple(clean(line) for line in (*office.address, office.phone) if line),
        notes=_notes(receipt),
        facts=_facts(receipt),
        entries=tuple(_entry(receipt, line) for line in receipt.lines if line.kind != LineKind.TENDER_FEE),
        sums=_sums(receipt),
        paid=tuple(_paid(row) for row in receipt.tenders if row.role is not TenderRole.CHANGE),
        outcome=_outcome(receipt),
        number=clean(receipt.number),
        code=clean(receipt.code),
        endorse=_endorse(receipt),
    )


def _marks(receipt: Receipt) -> tuple[str, ...]:
    marks = []
    if receipt.kind is not EventKind.SALE:
        marks.append(_TITLES.get(receipt.kind, receipt.kind).upper())
    if receipt.voided_by:
        marks.append("VOIDED")
    if receipt.copy:
        marks.append(f"DUPLICATE {receipt.copy}")
    return tuple(marks)


def _notes(receipt: Receipt) -> tuple[str, ...]:
    notes = []
    if receipt.paper:
        notes.append(f"{clean(receipt.paper.words())}, written {day(receipt.paper.written)}")
    if receipt.reverses:
        notes.append(_NOTES.get(receipt.kind, "Belongs to receipt {0}.").format(clean(receipt.reverses)))
    if receipt.voided_by:
        notes.append(f"Taken back by {clean(receipt.voided_by)}. It proves no payment.")
    if receipt.reason:
        notes.append(f"Reason: {clean(receipt.reason, PROSE)}")
    if receipt.approver:
        notes.append(f"Approved by {clean(receipt.approver)}")
    return tuple(notes)


def _facts(receipt: Receipt) -> tuple[tuple[str, str], ...]:
    facts = [
        ("Business date", day(receipt.business_date)),
        ("Time", moment(receipt.recorded_at, receipt.office)),
        ("Clerk", clean(receipt.clerk)),
        ("Drawer", clean(receipt.drawer)),
        ("Batch", clean(receipt.batch)),
        ("Customer", clean(receipt.customer)),
        ("Memo", clean(receipt.memo, PROSE)),
    ]
    return tuple((label, value) for label, value in facts if value)


def _entry(receipt: Receipt, line: LineRow) -> Entry:
    added = line.added_with is not None
    details = [f"Added with line {line.added_with}"] if added else []
    if line.reference:
        details.append(f"For {clean(line.reference.replace(ON_ACCOUNT, 'account '))}")
    if line.kind == LineKind.OPEN_AMOUNT:
        details += [clean(said, PROSE) for said in line.explain[1:]]
        details += [f"Applied by hand: {clean(why, PROSE)}" for n, _, why in receipt.grounds if n == line.number]
    details += [f"{clean(label)}: {clean(value)}" for number, label, value in receipt.inputs if number == line.number]
    if line.list_amount is not None and line.list_amount != line.amount:
        details += _set_by_hand(receipt, line, line.list_amount)
    if line.tax:
        details.append(f"Includes {shown(line.tax)} tax")
    if receipt.kind is EventKind.REFUND:
        details += [clean(said, PROSE) for said in line.explain]
    if line.authority:
        details.append(clean(line.authority))
    each = "" if line.each is None else shown(line.each)
    taken_back = line.each is not None and line.each > 0 > line.amount
    quantity = f"\u2212{clean(line.quantity)}" if taken_back else clean(line.quantity)  # so that × each is the amount
    return Entry(
        str(line.number), clean(line.item), clean(line.name), tuple(details), quantity, each,
        shown(line.amount),
    )  # fmt: skip


def _set_by_hand(receipt: Receipt, line: LineRow, listed: Cents) -> list[str]:
    """Say what a person charged in place of the list price, and on whose word."""
    if line.number in receipt.waived:
        said = [f"Waived {shown(listed - line.amount)} of {shown(listed)}, by approval"]
    else:
        said = [f"List price {shown(listed)}, changed by approval"]
    for number, authority, reason in receipt.grounds:
        if number == line.number:
            said += [f"Authority: {clean(authority, PROSE)}"] if authority else []
            said += [f"Reason: {clean(reason, PROSE)}"] if reason else []
    return said


def _sums(receipt: Receipt) -> tuple[Figure, ...]:
    sums = []
    if receipt.taxes:
        sums.append(Figure("Before tax", shown(receipt.total - receipt.taxes)))
        sums.append(Figure("Tax", shown(receipt.taxes)))
    sums.append(Figure("Total", dollars(receipt.total), strong=True))
    if receipt.fees:
        sums.append(Figure(_fee_name(receipt), shown(receipt.fees)))
    if receipt.rounding:
        sums.append(Figure("Cash rounding", signed(receipt.rounding)))
    return tuple(sums)


def _fee_name(receipt: Receipt) -> str:
    names = [clean(line.name) for line in receipt.lines if line.kind == LineKind.TENDER_FEE]
    return names[0] if len(names) == 1 else "Service fee"


def _paid(row: TenderRow) -> Figure:
    name = kind_name(row.kind)
    if row.role is TenderRole.FEE:
        return Figure(f"Service fee taken by {name.lower()}", shown(row.amount))
    details = [
        clean(row.brand, _BRAND),
        f"no. {clean(row.check_number, _NUMBER)}" if row.check_number else "",
        f"ending {clean(row.last4, _NUMBER)}" if row.last4 else "",
        f"auth {clean(row.authorization, _NUMBER)}" if row.authorization else "",
        clean(row.department, NAME),
        f"{_DOCUMENTS.get(row.kind, 'document')} {clean(row.document, _NUMBER)}" if row.document else "",
    ]
    said = ", ".join(detail for detail in details if detail)
    return Figure(f"{name} · {said}" if said else name, shown(row.amount))


def _endorse(receipt: Receipt) -> str:
    if not receipt.endorse or receipt.voided_by:
        return ""
    return "Back of each check: " + " · ".join(clean(line) for line in receipt.endorse)


def _outcome(receipt: Receipt) -> tuple[Figure, ...]:
    outcome = []
    if receipt.change:
        outcome.append(Figure("Change", shown(receipt.change), strong=True))
    outcome.append(Figure("Collected", dollars(receipt.collected), strong=True))
    if receipt.balance_after is not None:
        outcome.append(Figure("Balance after this payment", shown(receipt.balance_after)))
    if receipt.credit_after:
        outcome.append(Figure("Paid ahead, to your credit", shown(receipt.credit_after)))
    return tuple(outcome)
