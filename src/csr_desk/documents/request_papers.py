"""Papers of a request: the slip with its number, the sheet for a visit that one writes on, the letter that ends it."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import wrap

from csr_desk.documents import typeface
from csr_desk.documents.layout import facts, office_paper, prose, section, signatures
from csr_desk.documents.paper import Block, Style, Word
from csr_desk.documents.plain_text import NAME, clean
from csr_desk.documents.release_batch import bar_number
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day
from csr_desk.domain.customers import LANGUAGE_NAMES
from csr_desk.domain.request_papers import ClosingLetter, RequestSlip, VisitSheet
from csr_desk.domain.request_words import lines_after, lines_before, words_for
from csr_desk.domain.work_orders import PRIORITY_WORDS, Priority

_BODY, _LARGE, _STRONG = Style(12.0), Style(20.0, strong=True), Style(13.0, strong=True)
_LINES = 5
"""Lines to write on at the place."""
_BLANK = "_" * 10
_PART, _LONGEST = 900, 6000
"""Letters of one paragraph, and of all that is printed of one text; no answer is as long (``request_closing``)."""


def request_slip_pdf(slip: RequestSlip) -> bytes:
    """The slip as PDF bytes, in the customer's language: its number large, who answers, until when."""
    words = words_for(slip.language)
    sheet = office_paper(slip.office, words.slip, words.date(slip.opened_on), noun="slip")
    sheet.gap(6)
    sheet.text(clean(slip.number), _LARGE)
    sheet.gap(4)
    sheet.text(clean(slip.type_name, NAME), _STRONG)
    if slip.site:
        prose(sheet, words.where.format(site=clean(slip.site)), _BODY)
    sheet.gap(8)
    promise = words.promise.format(department=clean(slip.department), day=words.date(slip.due_on))
    prose(sheet, promise, _STRONG)
    sheet.gap(4)
    prose(sheet, words.keep.format(number=clean(slip.number)), _BODY)
    sheet.gap(10)
    bar_number(sheet, slip.number)
    sheet.gap(8)
    prose(sheet, words.interpreter, Style(10.5))
    return sheet.pdf(f"{words.slip} {clean(slip.number)}", slip.office.name)


def visit_sheet_pdf(visit: VisitSheet) -> bytes:
    """The sheet for a visit as PDF bytes: what to know before one knocks stands first, then room to write."""
    sheet = office_paper(visit.office, "Site visit", f"{clean(visit.number)} · {clean(visit.type_name)}", noun="sheet")
    pressing = visit.priority in {Priority.EMERGENCY, Priority.URGENT}
    banner = f"{PRIORITY_WORDS[visit.priority]}: answer due {day(visit.due_on)}"
    sheet.banner(banner, _STRONG, dark=pressing)
    sheet.banner(visit.site or "No address was given", _STRONG, dark=False)
    for one in visit.warnings:
        sheet.gap(4)
        prose(sheet, f"Before you knock: {one}", Style(12.0, strong=True))
        sheet.gap(3)
    facts(
        sheet,
        (
            ("Number", visit.number), ("About", visit.type_name), ("Department", visit.department),
            ("Taken on", day(visit.opened_on)), ("Ask for", visit.contact or "nobody is named"),
            ("Language", LANGUAGE_NAMES.get(visit.language, visit.language)), ("On the map", visit.place or "–"),
            ("Linked with", ", ".join(visit.about) or "–"), *visit.asked,
        ), whole={"About", "Linked with", *(question for question, _ in visit.asked)},
    )  # fmt: skip
    section(sheet, "What they say")
    _long(sheet, visit.summary, Style(11.0))
    if visit.notes:
        section(sheet, "What was found out so far")
        for when, said in visit.notes:
            _long(sheet, f"{when}: {said}", Style(10.0))
    section(sheet, "Found at the place")
    _blanks(sheet, ("Arrived", "Left", "Photographs", "Spoke to"))
    for _ in range(_LINES):
        sheet.gap(20)
        sheet.rule(weight=0.4)
    _blanks(sheet, ("[  ] settled", "[  ] come again on", "[  ] for another department"))
    signatures(sheet, (("Visited by", ""), ("Person at the place", "")))
    sheet.gap(8)
    bar_number(sheet, visit.number)
    return sheet.pdf(f"Site visit {clean(visit.number)}", visit.office.name)


def closing_letter_pdf(letter: ClosingLetter) -> bytes:
    """The letter as PDF bytes, in the reader's language; the answer stands as it was written, line by line."""
    words = words_for(letter.language)
    sheet = office_paper(letter.office, words.answer, words.date(letter.closed_on), noun="letter")
    _write_address(sheet, letter)
    prose(sheet, words.letter.format(number=letter.number), _STRONG)
    sheet.gap(8)
    for line in lines_before(letter):
        prose(sheet, line, _BODY)
        sheet.gap(5)
    section(sheet, words.answer)
    _long(sheet, letter.answer, Style(12.0, strong=True))
    sheet.gap(12)
    for line in lines_after(letter):
        prose(sheet, line, Style(10.5))
        sheet.gap(3)
    sheet.gap(8)
    bar_number(sheet, letter.number)
    return sheet.pdf(words.letter.format(number=clean(letter.number)), letter.office.name)


def _write_address(sheet: Sheet, letter: ClosingLetter) -> None:
    sheet.gap(24)
    *street, city, state = ["", "", *(part.strip() for part in letter.address.split(",") if part.strip())]
    for line in (letter.name, *street, ", ".join(part for part in (city, state) if part)):
        if line.strip():
            sheet.text(clean(line.strip(), NAME), Style(11))
    sheet.gap(20)


def _long(sheet: Sheet, text: str, style: Style) -> None:
    """Print words of any length line by line, none of them cut; what nobody could have keyed ends in “…”."""
    lines = [part for line in text[:_LONGEST].splitlines() for part in wrap(line, _PART)]
    for line in (*lines, *(("…",) if len(text) > _LONGEST else ())):
        prose(sheet, line, style)
        sheet.gap(3)


def _blanks(sheet: Sheet, words: Sequence[str]) -> None:
    """Places to write in, side by side, each with its words before the line."""
    wide, small = sheet.paper.inner / len(words), Style(9.5)
    sheet.gap(10)
    placed = []
    for at, said in enumerate(words):
        placed.append(Word(at * wide, 10, said, small))
        placed.append(Word(at * wide + typeface.width(said, small.font, small.size) + 4, 10, _BLANK, small))
    sheet.add(Block(14, placed))
