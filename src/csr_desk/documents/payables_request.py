"""What the city's payables are asked to pay: one list, each refund with payee, address and who stands for it (E8)."""

from __future__ import annotations

from csr_desk.documents.layout import NARROW, facts, office_paper, prose, section, signatures
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars, moment, plural
from csr_desk.domain.payables import PayablesList, PayablesRequest


def payables_list_pdf(sent: PayablesList) -> bytes:
    """The list as PDF bytes, the same for the same facts."""
    title = f"Payables list {clean(sent.number)}"
    about = f"{plural(len(sent.requests), 'request')} · {dollars(sent.total)}"
    sheet = office_paper(sent.office, title, about, noun="request")
    facts(
        sheet,
        (
            ("Handed over", moment(sent.handed_over, sent.office)), ("By", sent.handed_over_by),
            ("Requests", str(len(sent.requests))), ("Office", sent.office.name),
        ),
    )  # fmt: skip
    for request in sent.requests:
        _write_request(sheet, request)
    section(sheet, "Together")
    sheet.pair("To be paid by the city’s payables", dollars(sent.total), Style(14, strong=True), room=NARROW, keep=True)
    sheet.gap(1)
    signatures(sheet, (("Handed over by", sent.handed_over_by), ("Received by payables", "")))
    return sheet.pdf(title, sent.office.name)


def _write_request(sheet: Sheet, request: PayablesRequest) -> None:
    section(sheet, f"{clean(request.request_id)} · {dollars(request.amount)}")
    told = [
        ("Payee", request.payee), ("Address", request.address),
        ("Refund", request.refund), ("Of receipt", request.receipt),
        ("Business date", day(request.business_date)), ("Paid by", request.payor or "not named"),
        ("Prepared by", request.prepared_by), ("Approved by", request.approved_by or "to be reviewed"),
    ]  # fmt: skip
    facts(sheet, tuple(told))
    if request.reason:
        prose(sheet, f"Reason: {request.reason}")
    if request.payee_reason:
        prose(sheet, f"Somebody else than the payor is paid: {request.payee_reason}")
    sheet.rule(before=5, after=0)
