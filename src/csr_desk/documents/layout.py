"""The frame of an office paper: head, pieces of cash, signatures; and the only door to reportlab's paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from csr_desk.documents import typeface
from csr_desk.documents.columns import GREY, Column, facts, table
from csr_desk.documents.paper import LEADING, LETTER, MM, RIGHT, Bar, Block, Cell, Style, Word
from csr_desk.documents.plain_text import PROSE, clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import demo_mark
from csr_desk.domain.drawer import PIECES
from csr_desk.domain.money import Cents, shown
from csr_desk.domain.receipt import Office

rl_config.toColorCanUse = None  # colours of markup are never evaluated (depth; escaping is the wall)

_TITLE = 15.0
_PROSE = Style(9.0)
_SIGN = "Signature, date"
NARROW = 320.0
"""Width of tables with few columns: a label should not lie far from its figure."""


def safe_para(text: str, style: Style, limit: int = PROSE) -> Any:
    """Wrapped prose from any text: cleaned, capped and escaped, so that markup prints as text.

    The only Paragraph of the program: reportlab would follow image and link markup in anything not escaped.
    """
    face = typeface.face(style.font).name
    shown_text = typeface.printable(clean(text, limit))
    marked = "".join(
        escape(piece) if font == face else f'<font name="{font}">{escape(piece)}</font>'
        for font, piece in typeface.runs(shown_text, style.font)
    )
    return Paragraph(
        marked,
        ParagraphStyle(
            "prose", fontName=face, bulletFontName=face, fontSize=style.size, leading=style.size * LEADING,
            textColor=(style.shade,) * 3,
        ),
    )  # fmt: skip


def prose(sheet: Sheet, text: str, style: Style = _PROSE, *, keep: bool = False) -> None:
    """Sentences over the whole width."""
    para = safe_para(text, style)
    _, height = para.wrap(sheet.paper.inner, sheet.paper.height or sheet.paper.width)
    sheet.add(Block(height + 2, flowable=para, keep=keep))


def office_paper(office: Office, title: str, about: str, *, noun: str) -> Sheet:
    """A Letter page with the office's head; ``noun`` is what a demonstration says that this is not a real one of."""
    demo = demo_mark(office, noun)
    running = " · ".join(part for part in (demo, title, about) if part)
    sheet = Sheet(LETTER, office, running=running)
    if demo:
        sheet.banner(demo, Style(10, strong=True), dark=False)
    sheet.gap(4)
    inner = sheet.paper.inner
    sheet.row([
        Cell(office.name, 0, inner * 0.55, Style(13, strong=True)),
        Cell(title, inner * 0.56, inner * 0.44, Style(_TITLE, strong=True), RIGHT),
    ])  # fmt: skip
    address = " · ".join(clean(part) for part in (*office.address, office.phone) if part)
    sheet.row([
        Cell(address, 0, inner * 0.62, Style(8.5, shade=GREY)),
        Cell(about, inner * 0.63, inner * 0.37, Style(9.5, shade=GREY), RIGHT),
    ])  # fmt: skip
    sheet.rule(before=6, after=7)
    return sheet


def section(sheet: Sheet, title: str) -> None:
    """A heading that stays with what follows."""
    sheet.gap(11, keep=True)
    sheet.row([Cell(title, 0, sheet.paper.inner, Style(10.5, strong=True))], keep=True, after=3)


def cash_table(sheet: Sheet, pieces: Mapping[Cents, int], total: Cents, *, every: bool) -> None:
    """Cash by denomination; ``every`` prints the kinds of which there are none as well (cents)."""
    columns = (Column("Denomination", 4), Column("Pieces", 3, figures=True), Column("Amount", 4, figures=True))
    rows = [
        (name, f"{pieces.get(value, 0):,}", shown(value * pieces.get(value, 0)))
        for value, name in PIECES
        if every or pieces.get(value, 0)
    ]
    count = sum(pieces.values())
    table(sheet, columns, rows, total=("Cash", f"{count:,}", shown(total)), room=NARROW)


def signatures(sheet: Sheet, people: Sequence[tuple[str, str]]) -> None:
    """Lines to sign on, two abreast: what for, and the printed name when it is known."""
    half = sheet.paper.inner / 2
    sheet.gap(14, keep=True)
    for at in range(0, len(people), 2):
        words, bars = [], []
        for column, (role, name) in enumerate(people[at : at + 2]):
            left = column * half
            bars.append(Bar(left, 11 * MM, half - 22, 0.7, 0.3))
            said = typeface.printable(clean(f"{role}: {name}" if name else role, 60))
            words.append(Word(left, 11 * MM + 11, said, Style(8.5, shade=GREY)))
            hint = Style(8.0, shade=GREY)
            wide = typeface.width(_SIGN, hint.font, hint.size)
            words.append(Word(left + half - 22 - wide, 11 * MM + 11, _SIGN, hint))
        sheet.add(Block(11 * MM + 18, words, bars, keep=at + 2 < len(people)))


__all__ = [
    "NARROW",
    "Column",
    "cash_table",
    "facts",
    "office_paper",
    "prose",
    "safe_para",
    "section",
    "signatures",
    "table",
]
