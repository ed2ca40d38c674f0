"""The paper of a permit: to be posted at the site, and verified by anybody who has the city's public key."""

from __future__ import annotations

from csr_desk.documents.layout import Column, facts, office_paper, prose, section, table
from csr_desk.documents.paper import ASCENT, Block, Style, Word, wrap
from csr_desk.documents.qr import qr_bars
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars
from csr_desk.domain.permit_paper import PermitPaper

_MODULE = 1.75
_BESIDE = 14.0
_SMALL = Style(8.5)
_STATES = {
    "expired": "EXPIRED – no work by this permit",
    "void": "VOID – no work by this permit",
    "revoked": "REVOKED – no work by this permit",
    "finalled": "FINALLED – the work is finished",
}


def permit_pdf(paper: PermitPaper) -> bytes:
    """The permit as PDF bytes; one that is not in force says so across its head."""
    title = f"Permit {paper.number}"
    sheet = office_paper(paper.office, title, f"Project {paper.project}" if paper.project else "", noun="permit")
    if paper.state in _STATES:
        sheet.banner(_STATES[paper.state], Style(14, strong=True), dark=True)
    sheet.gap(4)
    sheet.text(paper.what, Style(17, strong=True))
    if paper.site:
        sheet.gap(3)
        sheet.text(paper.site, Style(14))
    sheet.gap(8)
    sheet.banner(_until(paper), Style(12, strong=True), dark=False)
    sheet.gap(6)
    facts(sheet, _facts(paper), whole={"Contractor"})
    if paper.inputs:
        section(sheet, "Permitted as applied for")
        columns = (Column("What was asked", 4), Column("Answer", 7))
        table(sheet, columns, [(label, value) for label, value in paper.inputs])
    if paper.changes:
        section(sheet, "Changed since it was issued")
        table(sheet, (Column("Date", 3), Column("What", 9)), [(day(on), said) for on, said in paper.changes])
    section(sheet, "Is this paper genuine?")
    _proof(sheet, paper)
    return sheet.pdf(title, paper.office.name)


def _until(paper: PermitPaper) -> str:
    if paper.expires is not None:
        return f"Valid to the end of {day(paper.expires)}"
    return f"Valid: {paper.validity}" if paper.validity else "Valid without an end"


def _facts(paper: PermitPaper) -> list[tuple[str, str]]:
    known = [
        ("Issued", day(paper.issued)),
        ("Trade", paper.trade.replace("_", " ").capitalize()),
        ("Renewed", f"{paper.renewals} times" if paper.renewals > 1 else "once" if paper.renewals else ""),
        ("Receipt", paper.receipt),
        ("Paid for it", dollars(paper.paid)),
        ("Contractor", paper.contractor or "The owner, without a contractor of the register"),
    ]
    return [(label, value) for label, value in known if value]


def _proof(sheet: Sheet, paper: PermitPaper) -> None:
    if not paper.code:
        prose(sheet, "This permit is not signed: the city had set no key when it was issued. Ask any counter.")
        return
    bars, side = qr_bars(paper.code, _MODULE)
    left = side + _BESIDE
    said = (
        "The code holds what stands on this paper, signed by the city (Ed25519).",
        "To verify it without any network: scan it and run",
        "csr-desk verify-permit --keys CITY-KEYS.json CODE",
        "The file of the city’s public keys is on the city’s site and at every counter.",
        "The signature proves what was issued; whether the permit was revoked since is asked at the counter.",
    )
    words: list[Word] = []
    down = 12.0
    for text in said:
        for line in wrap(text, _SMALL, sheet.paper.inner - left):
            words.append(Word(left, down + _SMALL.size * ASCENT, line, _SMALL))
            down += _SMALL.size * 1.35
        down += 5
    sheet.add(Block(max(side, down), words, list(bars)))
