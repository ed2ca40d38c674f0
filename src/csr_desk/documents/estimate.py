"""An estimate on paper: what it would cost today, and how that is worked out; no receipt, and it says so twice (I1)."""

from __future__ import annotations

from csr_desk.documents.columns import GREY, Column, table
from csr_desk.documents.info_card_words import Words, day_in, words_for
from csr_desk.documents.layout import office_paper, prose, section
from csr_desk.documents.paper import Cell, Style
from csr_desk.documents.plain_text import NAME, clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import dollars
from csr_desk.domain.catalogue import number_text
from csr_desk.domain.estimate import Estimate
from csr_desk.domain.money import shown

_COLUMNS = (
    Column("Item", 3), Column("For", 9), Column("Quantity", 2, figures=True), Column("Amount", 3, figures=True),
)  # fmt: skip


def estimate_pdf(paper: Estimate) -> bytes:
    """The estimate as PDF bytes, the same for the same facts."""
    words = words_for(paper.language)
    sheet = office_paper(paper.office, words.estimate, day_in(paper.language, paper.day), noun="estimate")
    sheet.banner(words.not_receipt, Style(12, strong=True), dark=False)
    sheet.gap(8)
    rows = [
        (
            "" if line.added_with else clean(line.item, NAME), clean(line.name), number_text(line.quantity),
            shown(line.amount),
        )
        for line in paper.lines
    ]  # fmt: skip
    table(sheet, _COLUMNS, rows, total=(words.together, "", "", dollars(paper.total)))
    _write_why(sheet, paper, words)
    sheet.rule(before=10, after=6)
    prose(sheet, words.disclaimer.format(day=day_in(paper.language, paper.day)), Style(10.5, strong=True))
    prose(sheet, words.interpreter.format(office=paper.office.name))
    prose(sheet, paper.prepared_by, Style(8.5, shade=GREY))
    return sheet.pdf(f"{words.estimate} {paper.day}", paper.office.name)


def _write_why(sheet: Sheet, paper: Estimate, words: Words) -> None:
    """Say of each line what the customer told us and every step of its price, so that a wrong figure is seen."""
    section(sheet, words.why)
    inner = sheet.paper.inner
    for line in paper.lines:
        told = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in line.inputs.items() if value)
        for at, said in enumerate((*((f"{words.told}: {told}",) if told else ()), *line.explain)):
            sheet.row([
                Cell(clean(line.item, NAME) if at == 0 else "", 0, inner * 0.17, Style(9.0, shade=GREY)),
                Cell(clean(said), inner * 0.18, inner * 0.82, Style(9.0)),
            ], after=2)  # fmt: skip
