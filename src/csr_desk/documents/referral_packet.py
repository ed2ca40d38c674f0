"""What goes to the county attorney: the checks whose notice has run out, and for each what proves it (E10)."""

from __future__ import annotations

from csr_desk.documents.layout import Column, facts, office_paper, prose, section, signatures, table
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import NAME, PROSE, clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, plural
from csr_desk.domain.money import shown
from csr_desk.domain.returned import Referral, ReturnedItem

TITLE = "Referral of returned checks"


def referral_packet_pdf(packet: Referral) -> bytes:
    """The list and a sheet of evidence for each check, as PDF bytes, the same for the same facts."""
    sheet = office_paper(packet.office, TITLE, day(packet.made_on), noun="referral")
    prose(
        sheet,
        "To the county attorney. Each writer was given notice by certified mail with the statement of Penal Code "
        "31.06 and 32.41 and did not pay in full within the days of the notice. The original check, the bank’s slip "
        "and the return receipt of the letter belong behind this list.",
        Style(10),
    )
    section(sheet, "Checks")
    columns = (
        Column("#", 1, figures=True), Column("Writer", 6), Column("Check", 3), Column("Receipt", 4),
        Column("Notice received", 4), Column("Pay by", 4), Column("Owed", 3, figures=True),
    )  # fmt: skip
    rows = [
        (
            str(at), item.name, item.number, item.receipt, day(item.received_on) if item.received_on else "",
            day(item.pay_by) if item.pay_by else "", shown(item.owed),
        )
        for at, item in enumerate(packet.items, start=1)
    ]  # fmt: skip
    table(sheet, columns, rows, total=("", plural(len(rows), "check"), "", "", "", "", shown(packet.total)))
    for at, item in enumerate(packet.items, start=1):
        _write_item(sheet, at, item)
    signatures(sheet, (("Prepared by", ""), ("Received for the county attorney", "")))
    return sheet.pdf(TITLE, packet.office.name)


def _write_item(sheet: Sheet, at: int, item: ReturnedItem) -> None:
    section(sheet, f"{at}. {clean(item.name, NAME)}")
    written = day(item.written_on) if item.written_on else "on the check"
    facts(
        sheet,
        (
            ("Check", item.number), ("Amount", shown(item.amount)), ("Date of check", written),
            ("Fee", shown(item.fee)), ("Routing", item.routing), ("Account", item.account_masked),
            ("Taken on", day(item.taken_on)), ("Taken by", item.clerk), ("Receipt", item.receipt),
            ("Returned", day(item.returned_on)), ("Mailed", day(item.mailed_on) if item.mailed_on else ""),
            ("Certified no.", item.mail_number), ("Address", item.address),
            ("Bank’s reason", clean(item.reason, PROSE)),
        ),
        whole={"Address", "Bank’s reason"},
    )  # fmt: skip
