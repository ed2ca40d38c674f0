"""What a crew carries to a work order, and the list of what is late."""

from __future__ import annotations

from csr_desk.documents.layout import Column, facts, office_paper, prose, section, signatures, table
from csr_desk.documents.paper import LEFT, Style
from csr_desk.documents.plain_text import clean
from csr_desk.documents.wording import day
from csr_desk.domain.inspections import KIND_WORDS as LOOKS
from csr_desk.domain.inspections import Inspection
from csr_desk.domain.work_orders import KIND_WORDS, PRIORITY_WORDS, OverdueList, Priority, WorkOrder, WorkSlip

_MODULE = 1.1
"""Width of the thinnest bar (points): a scanner of a truck reads it from a clipboard."""


def work_slip_pdf(slip: WorkSlip) -> bytes:
    """A work order for the crew: where, what, until when; room for what came of it, and its number as bars."""
    order = slip.order
    kind, priority = KIND_WORDS[order.kind], PRIORITY_WORDS[order.priority]
    sheet = office_paper(slip.office, f"Work order {clean(order.number)}", kind, noun="work order")
    pressing = order.priority in {Priority.EMERGENCY, Priority.URGENT}
    sheet.banner(f"{priority}: due {day(order.due_on)}", Style(13, strong=True), dark=pressing)
    sheet.banner(order.site, Style(13, strong=True), dark=False)
    facts(
        sheet,
        (
            ("Crew or agency", order.crew or "not assigned yet"),
            ("Customer", slip.customer or "none named"), ("About", order.subject.replace(":", " ", 1) or "–"),
            ("Opened", day(order.opened_on)), ("Opened by", slip.opened_by),
            ("Asked for by", f"payment {order.receipt}" if order.receipt else order.source.value),
        ),
    )  # fmt: skip
    section(sheet, "To be done")
    prose(sheet, order.work, Style(11))
    section(sheet, "What came of it")
    if order.result:
        prose(sheet, f"{'' if order.closed_on is None else day(order.closed_on) + ': '}{order.result}", Style(10.5))
    else:
        prose(sheet, "[   ] done     [   ] not done, because:", Style(10.5))
        for _ in range(3):
            sheet.gap(22)
            sheet.rule(weight=0.4)
    prose(sheet, "The customer is told what stands here: one sentence, in plain words.", Style(9))
    signatures(sheet, (("Crew", ""), ("Given out by", "")))
    sheet.gap(10)
    sheet.barcode(clean(order.number), module=_MODULE, height=30, align=LEFT)
    return sheet.pdf(f"Work order {clean(order.number)}", slip.office.name)


def overdue_pdf(late: OverdueList) -> bytes:
    """The list of what is late: work orders by priority, inspections by day."""
    sheet = office_paper(late.office, "Overdue", day(late.on), noun="list")
    section(sheet, "Work orders")
    columns = (
        Column("Due", 7), Column("Late", 2, figures=True), Column("Priority", 5), Column("Number", 7),
        Column("What", 7), Column("Where", 8), Column("Crew", 5),
    )  # fmt: skip
    if late.work:
        table(sheet, columns, [_work_row(late, one) for one in late.work])
    else:
        prose(sheet, "No work order is late.", Style(10))
    section(sheet, "Inspections")
    looks = (
        Column("Due", 7), Column("Late", 2, figures=True), Column("Number", 7), Column("What", 6),
        Column("Where", 8), Column("Permit", 7), Column("Inspector", 5),
    )  # fmt: skip
    if late.inspections:
        table(sheet, looks, [_look_row(late, one) for one in late.inspections])
    else:
        prose(sheet, "No inspection is late.", Style(10))
    sheet.gap(6)
    prose(sheet, "Late is counted in working days: Monday to Friday, without the city’s holidays.", Style(9))
    return sheet.pdf(f"Overdue {late.on}", late.office.name)


def _work_row(late: OverdueList, one: WorkOrder) -> tuple[str, ...]:
    what = (PRIORITY_WORDS[one.priority], one.number, KIND_WORDS[one.kind], one.site, one.crew or "nobody")
    return (day(one.due_on), str(late.days_late(one)), *what)


def _look_row(late: OverdueList, one: Inspection) -> tuple[str, ...]:
    what = (one.number, LOOKS[one.kind], one.site, one.permit, one.inspector or "nobody")
    return (day(one.due_on), str(late.days_late(one)), *what)
