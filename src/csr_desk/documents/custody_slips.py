"""Slips of custody: a no-sale, a change order with the safe, a drawer handed from one person to another."""

from __future__ import annotations

from collections.abc import Mapping

from csr_desk.documents.layout import (
    NARROW,
    Column,
    cash_table,
    facts,
    office_paper,
    prose,
    section,
    signatures,
    table,
)
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars, drawer_words, moment
from csr_desk.domain.custody import ChangeSlip, HandOverSlip, NoSaleSlip
from csr_desk.domain.drawer import Batch, TapeCount
from csr_desk.domain.money import shown
from csr_desk.domain.receipt import Office
from csr_desk.domain.tender import TRAITS, TenderKind

_TOTAL = Style(12, strong=True)


def no_sale_slip_pdf(slip: NoSaleSlip) -> bytes:
    """Why the drawer was opened without a sale, as PDF bytes."""
    title = f"No sale {slip.number}" if slip.number else "No sale"
    sheet = office_paper(slip.office, title, about(slip.batch), noun="slip")
    facts(sheet, who(slip.office, slip.batch, moment(slip.recorded_at, slip.office)))
    section(sheet, "The drawer was opened without a sale; no money was booked")
    prose(sheet, f"Reason: {slip.reason or 'purged'}", Style(10.5), keep=True)
    if slip.number:
        prose(sheet, f"Number {slip.number} of this shift.", keep=True)
    signatures(sheet, (("Opened by", slip.batch.custodian_name),))
    return sheet.pdf(f"{title} {clean(slip.batch.batch_id)}", slip.office.name)


def change_slip_pdf(slip: ChangeSlip) -> bytes:
    """What left the drawer and what came into it, as PDF bytes."""
    title = f"Change order {slip.number}"
    sheet = office_paper(slip.office, title, about(slip.batch), noun="slip")
    when = moment(slip.recorded_at, slip.office)
    facts(sheet, (*who(slip.office, slip.batch, when), ("Witness", slip.witness)))
    section(sheet, "Out of the drawer, into the safe")
    cash_table(sheet, slip.out, slip.amount, every=False)
    section(sheet, "Out of the safe, into the drawer")
    cash_table(sheet, slip.into, slip.amount, every=False)
    sheet.gap(8, keep=True)
    sheet.pair("Change of the drawer", dollars(0), _TOTAL, room=NARROW, keep=True)
    signatures(sheet, (("Swapped by", slip.batch.custodian_name), ("Witness", slip.witness)))
    return sheet.pdf(f"{title} {clean(slip.batch.batch_id)}", slip.office.name)


def hand_over_slip_pdf(slip: HandOverSlip) -> bytes:
    """A drawer that went to another person, with both names and what both counted, as PDF bytes."""
    title = "Hand-over of a drawer"
    sheet = office_paper(slip.office, title, about(slip.batch), noun="slip")
    facts(
        sheet,
        (
            ("Business date", day(slip.batch.business_date)), ("Batch", slip.batch.batch_id),
            ("Handed over by", slip.batch.custodian_name), ("Taken over by", slip.receiver_name),
            ("Drawer", drawer_words(slip.batch)), ("Time", moment(slip.recorded_at, slip.office)),
        ),
    )  # fmt: skip
    section(sheet, "Cash, counted by each of the two; both counts are the same")
    cash_table(sheet, slip.pieces, slip.counted, every=False)
    if slip.others:
        section(sheet, "Handed over with it, by items and tape")
        others_table(sheet, slip.others)
    sheet.gap(6, keep=True)
    prose(
        sheet,
        "Receipts before this moment stay under the name of who handed the drawer over, those after it under the name "
        "of who took it over.", keep=True,
    )  # fmt: skip
    signatures(sheet, (("Handed over by", slip.batch.custodian_name), ("Taken over by", slip.receiver_name)))
    return sheet.pdf(f"{title} {clean(slip.batch.batch_id)}", slip.office.name)


def others_table(sheet: Sheet, others: Mapping[str, TapeCount]) -> None:
    """Checks and money orders by items and tape."""
    columns = (Column("Tender", 4), Column("Items", 3, figures=True), Column("Amount", 4, figures=True))
    rows = [(TRAITS[TenderKind(kind)].name, f"{tape.items:,}", shown(tape.total)) for kind, tape in others.items()]
    table(sheet, columns, rows, room=NARROW)


def about(batch: Batch) -> str:
    """``Counter 3 · Tue 14 Jul 2026``."""
    return f"{clean(batch.drawer_name)} · {day(batch.business_date)}"


def who(office: Office, batch: Batch, when: str) -> tuple[tuple[str, str], ...]:
    """Whose drawer, which batch, when."""
    return (
        ("Business date", day(batch.business_date)), ("Batch", batch.batch_id),
        ("Drawer", drawer_words(batch)), ("Custodian", batch.custodian_name),
        ("Time", when), ("Office", office.name),
    )  # fmt: skip
