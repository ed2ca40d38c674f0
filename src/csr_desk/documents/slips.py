"""Slips of cash that moves: the opening count, and the drop to the safe with two names."""

from __future__ import annotations

from csr_desk.documents.layout import NARROW, cash_table, facts, office_paper, prose, section, signatures
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars, drawer_words, moment, signed
from csr_desk.domain.drawer import Batch, DropSlip, OpeningSlip
from csr_desk.domain.receipt import Office


def opening_slip_pdf(slip: OpeningSlip) -> bytes:
    """The opening count against the authorized float, as PDF bytes."""
    title = "Opening count"
    sheet = office_paper(slip.office, title, _about(slip.batch), noun="slip")
    facts(sheet, _who(slip.office, slip.batch, moment(slip.recorded_at, slip.office)))
    section(sheet, "Counted, piece by piece")
    cash_table(sheet, slip.pieces, slip.counted, every=True)
    section(sheet, "Against the authorized float")
    sheet.pair("Counted", dollars(slip.counted), Style(10.5), room=NARROW, keep=True)
    sheet.pair("Authorized", dollars(slip.authorized), Style(10.5), room=NARROW, keep=True)
    sheet.pair("Difference", signed(slip.counted - slip.authorized), Style(12, strong=True), room=NARROW)
    if slip.reason:
        section(sheet, "Reason for the difference")
        prose(sheet, slip.reason)
    people = [("Counted by", slip.batch.custodian_name)]
    if slip.approver:
        people.append(("Approved by", slip.approver))
    signatures(sheet, people)
    return sheet.pdf(f"{title} {clean(slip.batch.batch_id)}", slip.office.name)


def drop_slip_pdf(slip: DropSlip) -> bytes:
    """Cash carried to the safe, as PDF bytes: a page to go with the bag, a page to stay in the drawer."""
    title = f"Drop to the safe {slip.number}"
    sheet = office_paper(slip.office, title, _about(slip.batch), noun="slip")
    _write_drop(sheet, slip, "Copy for the bag")
    sheet.rule(before=22, after=10, keep=False)
    _write_drop(sheet, slip, f"Copy for the drawer · {title}")
    return sheet.pdf(f"{title} {clean(slip.batch.batch_id)}", slip.office.name)


def _write_drop(sheet: Sheet, slip: DropSlip, copy: str) -> None:
    section(sheet, copy)
    facts(
        sheet,
        (
            *_who(slip.office, slip.batch, moment(slip.recorded_at, slip.office)),
            ("Bag", slip.bag), ("Witness", slip.witness),
        ),
    )  # fmt: skip
    sheet.gap(6)
    cash_table(sheet, slip.pieces, slip.amount, every=False)
    sheet.pair("Carried to the safe", dollars(slip.amount), Style(12, strong=True), room=NARROW, keep=True)
    signatures(sheet, (("Dropped by", slip.batch.custodian_name), ("Witness", slip.witness)))


def _about(batch: Batch) -> str:
    return f"{clean(batch.drawer_name)} · {day(batch.business_date)}"


def _who(office: Office, batch: Batch, when: str) -> tuple[tuple[str, str], ...]:
    return (
        ("Business date", day(batch.business_date)), ("Batch", batch.batch_id),
        ("Drawer", drawer_words(batch)), ("Custodian", batch.custodian_name),
        ("Time", when), ("Office", office.name),
    )  # fmt: skip
