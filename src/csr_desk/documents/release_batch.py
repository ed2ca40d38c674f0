"""The paper of a batch of service releases: for the company's people, beside the file for its system."""

from __future__ import annotations

from collections import Counter

from csr_desk.documents.layout import Column, facts, office_paper, prose, section, signatures, table
from csr_desk.documents.paper import LEFT, Style
from csr_desk.documents.plain_text import clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, plural
from csr_desk.domain.numbering import LONGEST_PATTERN
from csr_desk.domain.release import Kind
from csr_desk.domain.release_register import BatchPaper, BatchRow

SERVICES = {
    Kind.TEMPORARY_POLE: "Temporary pole",
    Kind.TEMPORARY_CUT_IN: "Temporary cut-in",
    Kind.RECONNECT: "Reconnect",
    Kind.PERMANENT: "Permanent",
    Kind.FINAL_GAS: "Final gas",
    Kind.WATER: "Water",
}
"""How papers name what is released."""


def release_batch_pdf(paper: BatchPaper) -> bytes:
    """A batch as PDF bytes, the same for the same facts: each address exactly as permitted, room for the answer."""
    emergency = paper.kind == "emergency"
    title = "Emergency releases" if emergency else "Service releases"
    sheet = office_paper(paper.office, title, f"{paper.number} · {day(paper.on)}", noun="release")
    if emergency:
        sheet.banner("EMERGENCY – after a storm, like for like", Style(11.5, strong=True), dark=True)
        sheet.gap(4)
    facts(
        sheet,
        (
            ("To", paper.company_name), ("Batch", paper.number), ("Made by", paper.made_by),
            ("Releases", f"{len(paper.rows):,}"), ("Services", _kinds(paper)),
        ), whole={"Services"},
    )  # fmt: skip
    sheet.gap(8)
    bar_number(sheet, paper.number)
    section(sheet, "The city releases these services")
    columns = (
        Column("Release", 76), Column("Service", 84), Column("Address exactly as permitted", 128),
        Column("ESI ID or premise", 144), Column("Permit", 76),
    )  # fmt: skip
    total = ("Total", "", plural(len(paper.rows), "release"), "", "")
    table(sheet, columns, [_cells(row) for row in paper.rows], total=total)
    sheet.gap(8)
    prose(
        sheet,
        "Each release on a permit passed its inspection; the dates stand in the file. Please send the file back with "
        "a confirmation number for each release, or with the reason why one is rejected. What is not answered is "
        "asked for again.",
        Style(9.5),
    )
    signatures(sheet, (("Taken by", ""), ("Sent by", paper.made_by)))
    return sheet.pdf(f"{title} {clean(paper.number)}", paper.office.name)


def bar_number(sheet: Sheet, number: str) -> None:
    """Print a number of ours as bars; anything that is none has no bars."""
    if number.isascii() and number.isprintable() and 0 < len(number) <= LONGEST_PATTERN:
        sheet.barcode(number, module=0.9, height=24, align=LEFT)


def _cells(row: BatchRow) -> tuple[str, ...]:
    permit = row.permit or f"none: {row.manual}"
    return (row.number, SERVICES[row.kind], row.site, row.premise or "–", permit)


def _kinds(paper: BatchPaper) -> str:
    counted = Counter(SERVICES[row.kind] for row in paper.rows)
    return ", ".join(f"{count:,} {name.lower()}" for name, count in sorted(counted.items()))
