"""The number that somebody who waits takes along, on a roll of 80 mm (I7)."""

from __future__ import annotations

from csr_desk.documents.paper import CENTRE, ROLL_80, Style
from csr_desk.documents.plain_text import NAME, clean
from csr_desk.documents.queue_words import ticket_words
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, demo_mark
from csr_desk.domain.visits import TicketSlip

_NUMBER, _BODY = Style(44.0, strong=True), Style(10.5)


def queue_slip_pdf(slip: TicketSlip) -> bytes:
    """The slip as PDF bytes, in the language of whoever waits; no name stands on it."""
    words = ticket_words(slip.language)
    sheet = Sheet(ROLL_80, slip.office)
    demo = demo_mark(slip.office, "ticket")
    if demo:
        sheet.banner(demo, Style(9.0, strong=True), dark=False)
    sheet.text(clean(slip.office.name, NAME), Style(10.5, strong=True), align=CENTRE)
    sheet.gap(6)
    sheet.text(words.title, _BODY, align=CENTRE)
    sheet.text(clean(slip.ticket), _NUMBER, align=CENTRE)
    sheet.text(clean(slip.reason, NAME), Style(12.0, strong=True), align=CENTRE)
    sheet.gap(4)
    line = words.ahead.format(ahead=slip.ahead) if slip.ahead else words.nobody
    sheet.text(line, _BODY, align=CENTRE)
    sheet.text(f"{day(slip.came_at.date())} {slip.came_at:%H:%M}", _BODY, align=CENTRE)
    sheet.rule(before=6, after=6)
    sheet.text(words.look, _BODY, align=CENTRE)
    return sheet.pdf(f"{words.title} {clean(slip.ticket)}", slip.office.name)
