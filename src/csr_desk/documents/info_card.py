"""A card of the information desk on paper, for the customer to take along, with what it cost on the day (I1)."""

from __future__ import annotations

from csr_desk.documents.info_card_words import Words, day_in, words_for
from csr_desk.documents.layout import office_paper, prose, section
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import NAME, clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import dollars
from csr_desk.domain.cards import CardPaper

_BODY = Style(11.5)


def card_pdf(paper: CardPaper) -> bytes:
    """The card as PDF bytes in one language, the same for the same facts."""
    words, text = words_for(paper.language), paper.card.text_in(paper.language)
    number = clean(paper.card.number, NAME)
    sheet = office_paper(paper.office, words.title, number, noun="paper")
    sheet.text(clean(text.question), Style(15, strong=True))
    sheet.gap(6)
    prose(sheet, text.short_answer, Style(12.5))
    if text.steps:
        section(sheet, words.steps)
        for at, step in enumerate(text.steps, start=1):
            prose(sheet, f"{at}.  {step}", _BODY)
    if text.papers:
        section(sheet, words.papers)
        for one in text.papers:
            prose(sheet, f"•  {one}", _BODY)
    _write_price(sheet, paper, words)
    sheet.gap(12)
    if text.hours:
        prose(sheet, words.hours.format(text.hours), Style(10.5))
    if text.link:
        prose(sheet, text.link, Style(10.5))
    sheet.rule(before=8, after=6)
    prose(sheet, words.disclaimer.format(day=day_in(paper.language, paper.day)))
    prose(sheet, words.interpreter.format(office=paper.office.name))
    return sheet.pdf(f"{words.title} {number}", paper.office.name)


def _write_price(sheet: Sheet, paper: CardPaper, words: Words) -> None:
    """The live price with its steps; where it depends on something, on what. Nothing where there is none today."""
    price = paper.price
    if price is None or price.why_not:
        return
    section(sheet, words.price.format(day=day_in(paper.language, paper.day)))
    if price.amount is None:
        prose(sheet, words.depends.format(asks=", ".join(price.asks)), _BODY)
        return
    sheet.text(dollars(price.amount), Style(17, strong=True))
    for step in price.explain:
        prose(sheet, step)
