"""The paper that a customer takes along: whom to call next, by when, and what to say (G10)."""

from __future__ import annotations

from csr_desk.documents.layout import office_paper, prose, section
from csr_desk.documents.next_step_words import Words, words_for
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import NAME, clean
from csr_desk.documents.release_batch import bar_number
from csr_desk.documents.sheet import Sheet
from csr_desk.domain.release import ELECTRIC, Kind
from csr_desk.domain.release_register import NextStep

_BODY, _LARGE = Style(12.0), Style(14.0, strong=True)
_ON_THE_WAY = frozenset({"sent", "confirmed", "energised"})


def next_step_pdf(told: NextStep) -> bytes:
    """The paper as PDF bytes, in the customer's language, the same for the same facts."""
    words = words_for(told.language)
    sheet = office_paper(told.office, words.title, told.release, noun="paper")
    if told.customer_name:
        sheet.text(clean(told.customer_name, NAME), Style(12))
        sheet.gap(4)
    prose(sheet, words.address, Style(10))
    sheet.text(clean(told.site, NAME), _LARGE)
    sheet.gap(10)
    if told.state in _ON_THE_WAY:
        _write_released(sheet, told, words)
    else:
        prose(sheet, words.waits, _BODY)
        sheet.gap(4)
        for code in told.missing:
            prose(sheet, f"•  {words.missing[code]}", _BODY)
    sheet.gap(16)
    sheet.rule()
    prose(sheet, words.interpreter, Style(10.5))
    sheet.gap(6)
    bar_number(sheet, told.release)
    return sheet.pdf(f"{words.title} {clean(told.release)}", told.office.name)


def _write_released(sheet: Sheet, told: NextStep, words: Words) -> None:
    said = {
        "company": clean(told.company_name, NAME),
        "premise": clean(told.premise, NAME) or "–",
        "days": str(told.days),
        "last": words.date(told.last_day) if told.last_day else "–",
        "number": clean(told.confirmation or told.release, NAME),
    }
    prose(sheet, words.released.format(**said), _BODY)
    section(sheet, words.step)
    steps = words.electric if told.kind in ELECTRIC else words.gas if told.kind is Kind.FINAL_GAS else words.water
    for at, step in enumerate(steps, 1):
        prose(sheet, f"{at}.  {step.format(**said)}", _BODY)
        sheet.gap(3)
    if told.kind in ELECTRIC and told.last_day is not None:
        sheet.gap(4)
        sheet.banner(words.last.format(last=words.date(told.last_day)), Style(13, strong=True), dark=False)
        prose(sheet, words.deadline.format(**said), _BODY)
    sheet.gap(8)
    prose(sheet, words.quote.format(**said), Style(12.0, strong=True))
