"""The notice to the writer of a returned check, with the statement that the Texas Penal Code prescribes (E10)."""

from __future__ import annotations

from datetime import date

from csr_desk.documents.layout import NARROW, facts, office_paper, prose, section, signatures
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import NAME, PROSE, clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars
from csr_desk.domain.money import shown
from csr_desk.domain.receipt import Office
from csr_desk.domain.returned import ReturnedItem

STATEMENT = (
    "This is a demand for payment in full for a check or order not paid because of a lack of funds or insufficient "
    "funds. If you fail to make payment in full within 10 days after the date of receipt of this notice, the failure "
    "to pay creates a presumption for committing an offense, and this matter may be referred for criminal prosecution."
)
"""Word for word as Texas Penal Code 31.06(b)(3) and 32.41(c)(3) require it; never translated, shortened or mended."""
STATUTE = "Statement required by the Texas Penal Code, Sections 31.06(b)(3) and 32.41(c)(3)."
FEE_LAW = "processing fee, Tex. Bus. & Com. Code 3.506"
TITLE = "Notice of a returned check"


def returned_check_letter_pdf(item: ReturnedItem, office: Office, written_on: date) -> bytes:
    """The letter as PDF bytes, the same for the same facts."""
    sheet = office_paper(office, TITLE, day(written_on), noun="notice")
    _write_address(sheet, item)
    _write_check(sheet, item)
    section(sheet, "Statement")
    sheet.banner(STATEMENT, Style(10.5, strong=True), dark=False)
    sheet.text(STATUTE, Style(8.5))
    _write_payment(sheet, item, office)
    signatures(sheet, (("For the city", ""),))
    return sheet.pdf(f"{TITLE} {clean(item.item)}", office.name)


def _write_address(sheet: Sheet, item: ReturnedItem) -> None:
    number = _in_fours(item.mail_number) or "________________________"
    sheet.text(f"Certified mail, return receipt requested, no. {clean(number)}", Style(9, strong=True))
    if item.mailed_on is not None:
        sheet.text(f"Mailed {day(item.mailed_on)}", Style(9))
    sheet.gap(12)
    sheet.text(clean(item.name, NAME), Style(11))
    for line in (item.address or "Address as on the check: ______________________________").split(","):
        sheet.text(clean(line.strip(), NAME), Style(11))
    sheet.gap(8)


def _in_fours(number: str) -> str:
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def _write_check(sheet: Sheet, item: ReturnedItem) -> None:
    section(sheet, "The check")
    written = day(item.written_on) if item.written_on else "as on the check"
    facts(
        sheet,
        (
            ("Check", item.number), ("Date of check", written), ("Bank routing", item.routing),
            ("Account", item.account_masked), ("Received", day(item.taken_on)), ("Receipt", item.receipt),
            ("Returned", day(item.returned_on)), ("Our number", item.item),
            ("Bank’s reason", clean(item.reason, PROSE)),
        ),
        whole={"Bank’s reason"},
    )  # fmt: skip
    sheet.gap(8)
    sheet.pair("Amount of the check", shown(item.amount), Style(10), room=NARROW, keep=True)
    if item.fee:
        sheet.pair(f"Returned item {FEE_LAW}", shown(item.fee), Style(10), room=NARROW, keep=True)
    if item.paid:
        sheet.pair("Paid since", shown(-item.paid), Style(10), room=NARROW, keep=True)
    sheet.pair("Due now", dollars(item.owed), Style(13, strong=True), room=NARROW)


def _write_payment(sheet: Sheet, item: ReturnedItem, office: Office) -> None:
    section(sheet, "Where and how to pay")
    place = ", ".join(clean(part) for part in (office.name, *office.address) if part)
    phone = f" Telephone {clean(office.phone)}." if office.phone else ""
    prose(sheet, f"Pay at {place}.{phone} Bring this letter and name our number {clean(item.item)}.", Style(10))
    prose(
        sheet,
        "Payment is taken in cash, by money order or by cashier’s check only. Personal checks, e-checks and cards are "
        "not accepted for it. You will be given a receipt.",
        Style(10),
    )
    if item.pay_by is not None and item.received_on is not None:
        told = f"This notice was received on {day(item.received_on)}. The last day to pay is {day(item.pay_by)}."
        prose(sheet, told, Style(10, strong=True))
