"""The slip for somebody who is referred: where to go, when it is open, what to bring, and the map as a code (I4)."""

from __future__ import annotations

from csr_desk.documents.columns import GREY, facts
from csr_desk.documents.layout import office_paper, prose, section
from csr_desk.documents.next_step_words import words_for
from csr_desk.documents.paper import ASCENT, LEADING, Block, Style, Word, wrap
from csr_desk.documents.plain_text import NAME, PROSE, clean
from csr_desk.documents.qr import qr_bars
from csr_desk.documents.referral_slip_words import SlipWords, slip_words
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.typeface import printable
from csr_desk.domain.referrals import Kind, Place, Slip

_MODULE = 2.2
_LONGEST_LINK = 300
_SMALL, _VALUE = Style(9.0, shade=GREY), Style(12.0)


def referral_slip_pdf(slip: Slip) -> bytes:
    """The slip as PDF bytes, the same for the same facts."""
    words = slip_words(slip.language)
    number, agency = clean(slip.number, NAME), clean(slip.agency, PROSE)
    told = {"number": number, "phone": slip.office.phone, "need": clean(slip.need, PROSE)}
    sheet = office_paper(slip.office, words.title, f"{words.number} {number}", noun="referral")
    sheet.gap(4)
    sheet.text(words.helps.format(**told), Style(12))
    sheet.gap(3)
    sheet.text(agency, Style(20, strong=True))
    sheet.gap(6)
    sheet.banner(words.warm if slip.kind is Kind.WARM else words.cold, Style(11.5, strong=True), dark=False)
    for place in slip.places:
        sheet.gap(10)
        _place(sheet, place, words)
    if not slip.places:
        sheet.text(words.nowhere.format(**told), _VALUE)
    if slip.advice or slip.area in words.limits:
        section(sheet, words.advice)
        for said in (slip.advice, words.limits.get(slip.area, "")):
            if said:
                prose(sheet, said, Style(11.5))
    sheet.rule(before=12, after=6)
    facts(sheet, (
        (words.given, words_for(slip.language).date(slip.given_on)),
        (words.by, clean(f"{slip.given_by}, {slip.office.name}", PROSE)),
    ))  # fmt: skip
    prose(sheet, words.back.format(**told), Style(10))
    return sheet.pdf(f"{words.title} {number}", slip.office.name)


def _place(sheet: Sheet, place: Place, words: SlipWords) -> None:
    """Where it is at the left, the code of its map at the right; both on one page."""
    link = place.map_link if place.map_link.isascii() and len(place.map_link) <= _LONGEST_LINK else ""
    bars, side = qr_bars(link, _MODULE) if link else ((), 0.0)
    left = sheet.paper.inner - side
    said: list[Word] = []
    down = 0.0
    for label, value in ((words.address, place.address), (words.hours, place.hours), (words.phone, place.reach)):
        if not value:
            continue
        for style, text in ((_SMALL, label), (_VALUE, printable(clean(value, PROSE)))):
            for line in wrap(text, style, left - 12):
                said.append(Word(0, down + style.size * ASCENT, line, style))
                down += style.size * LEADING
        down += 5
    if link:
        said.append(Word(left + 8, side + 4, printable(words.map), Style(8.5, shade=GREY)))
    shifted = [bar._replace(x=bar.x + left) for bar in bars]
    sheet.add(Block(max(down, side + 8 if link else 0), said, shifted))
