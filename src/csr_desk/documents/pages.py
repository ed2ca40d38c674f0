"""From blocks to pages to a PDF. The canvas is given finished operators, which makes a receipt quick."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from csr_desk.documents import typeface
from csr_desk.documents.paper import ASCENT, LONGEST_PAGE, Bar, Block, Paper, Style, Word, wrap
from csr_desk.documents.plain_text import clean
from csr_desk.documents.typeface import REGULAR, STRONG

rl_config.useA85 = 0  # every reader takes binary streams: a fifth smaller, and a sixth of the time
_WRITING = threading.Lock()
"""reportlab's fonts carry the state of one document at a time."""
_RUNNING = Style(8.0, shade=0.38)
RUNNING_ROOM = 18.0
"""What the line with the page's number takes of each page."""
_MARK = Style(9.0, strong=True)
_PALE = 0.925
"""How white the words across a page are: seen on any copy, and every figure above them is still read."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a paper says of itself: title and author in the file, its name on later pages, pale words across."""

    title: str
    author: str
    running: str = ""
    across: tuple[str, ...] = ()
    mark: str = ""
    """Stands in the margins above and below each page, whatever is on it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paper among several in one file: its own pages, numbered for themselves."""

    blocks: Sequence[Block]
    paper: Paper
    imprint: Imprint


def pages_pdf(blocks: Sequence[Block], paper: Paper, imprint: Imprint) -> bytes:
    """The blocks on as many pages as they need; byte for byte the same for the same blocks on the same computer."""
    return bind([Part(blocks, paper, imprint)], paper, imprint)[0]


def bind(parts: Iterable[Part], paper: Paper, imprint: Imprint) -> tuple[bytes, tuple[int, ...]]:
    """Papers one behind the other in one file, which ``imprint`` names; and how many pages each has."""
    with _WRITING:
        out = io.BytesIO()
        canvas = Canvas(
            out, pagesize=(paper.width, paper.height or 1.0), invariant=1, pageCompression=1,
            initialFontName=typeface.face(REGULAR).name, lang="en-US",
        )  # fmt: skip
        typeface.begin(canvas._doc)  # noqa: SLF001 - fonts keep their letters by document
        canvas.setTitle(clean(imprint.title))
        canvas.setAuthor(clean(imprint.author))
        canvas.setCreator("CSR Desk")
        counts = tuple(_draw_part(canvas, part) for part in parts)
        canvas.save()
        return out.getvalue(), counts


def _draw_part(canvas: Any, part: Part) -> int:
    """Draw a paper and return how many pages it took."""
    paper, imprint = part.paper, part.imprint
    pages = _paginate(part.blocks, paper, has_running=bool(imprint.running))
    for number, page in enumerate(pages, start=1):
        height = paper.height or sum(block.height for block in page) + paper.top + paper.foot
        canvas.setPageSize((paper.width, height))
        _draw_page(canvas, page, (paper, height), imprint, f"Page {number} of {len(pages)}")
        canvas.showPage()
    return len(pages)


def _paginate(blocks: Sequence[Block], paper: Paper, *, has_running: bool) -> list[list[Block]]:
    room = (paper.height or LONGEST_PAGE) - paper.top - paper.foot
    if paper.height and has_running:
        room -= RUNNING_ROOM
    pages: list[list[Block]] = [[]]
    left = room
    for group in _groups(blocks):
        whole = sum(block.height for block in group)
        unit = [group] if whole <= room / 2 else [[block] for block in group]
        for part in unit:
            height = sum(block.height for block in part)
            if height > left and pages[-1]:
                pages.append([])
                left = room
                head = part[0].head
                if head is not None and head is not part[0]:
                    pages[-1].append(head)
                    left -= head.height
            pages[-1].extend(part)
            left -= height
    return pages


def _groups(blocks: Sequence[Block]) -> Iterable[list[Block]]:
    group: list[Block] = []
    for block in blocks:
        group.append(block)
        if not block.keep:
            yield group
            group = []
    if group:
        yield group


def _draw_page(
    canvas: Any, page: Sequence[Block], paper_and_height: tuple[Paper, float], imprint: Imprint, numbered: str
) -> None:
    paper, height = paper_and_height
    top = height - paper.top
    if imprint.across and paper.grey:
        _draw_across(canvas, paper, imprint.across, height)
    ink = _Ink(canvas, paper.side)
    if imprint.mark:
        ink.words(_edge_words(paper, imprint.mark, height), height)
    if paper.height and imprint.running:
        ink.words(_running_words(paper, imprint, numbered), top)
        top -= RUNNING_ROOM
    flowables = []
    for block in page:
        if block.bars:
            ink.bars(block.bars, top)
        if block.words:
            ink.words(block.words, top)
        top -= block.height
        if block.flowable is not None:
            flowables.append((block.flowable, top))
    ink.dry()
    for flowable, y in flowables:
        flowable.drawOn(canvas, paper.side, y)


def _running_words(paper: Paper, imprint: Imprint, numbered: str) -> list[Word]:
    down = _RUNNING.size * ASCENT - 8
    wide = typeface.width(numbered, REGULAR, _RUNNING.size)
    words = [Word(paper.inner - wide, down, numbered, _RUNNING)]
    if not numbered.startswith("Page 1 "):  # the first page says all this larger
        name = wrap(typeface.printable(clean(imprint.running)), _RUNNING, paper.inner - wide - 12)[0]
        words.append(Word(0, down, name, _RUNNING))
    return words


class _Ink:
    """The operators of one page. Written out here because the canvas's own text objects take three times as long.

    Text goes out as hexadecimal strings of glyph codes: there is nothing in them to escape.
    """

    def __init__(self, canvas: Any, left: float) -> None:
        self._canvas = canvas
        self._document = canvas._doc  # noqa: SLF001 - what fonts ask for to cut their subset
        self._left = left
        self._out: list[str] = []
        self._shade = -1.0
        self._font: tuple[str, float] = ("", 0.0)

    def bars(self, bars: Sequence[Bar], top: float) -> None:
        """Fill rectangles, those of one darkness at once."""
        pending = False
        for x, down, width, height, shade in bars:
            if shade != self._shade:
                if pending:
                    self._out.append("f")
                self._darken(shade)
            self._out.append(f"{self._left + x:.3f} {top - down - height:.3f} {width:.3f} {height:.3f} re")
            pending = True
        self._out.append("f")

    def words(self, words: Sequence[Word], top: float) -> None:
        """Set lines of text."""
        out = self._out
        out.append("BT")
        for x, down, text, style in words:
            if style.shade != self._shade:
                self._darken(style.shade)
            out.append(f"1 0 0 1 {self._left + x:.2f} {top - down:.2f} Tm")
            for name, piece in typeface.runs(text, style.font):
                font = typeface.registered(name)
                for subset, codes in font.splitString(piece, self._document):
                    wanted = (font.getSubsetInternalName(subset, self._document), style.size)
                    if wanted != self._font:
                        self._font = wanted
                        out.append(f"{wanted[0]} {wanted[1]:g} Tf")
                    out.append(f"<{codes.hex()}> Tj")
        out.append("ET")

    def dry(self) -> None:
        """Hand the operators to the canvas."""
        self._canvas.addLiteral("\n".join(self._out))
        self._out = []

    def _darken(self, shade: float) -> None:
        self._shade = shade
        self._out.append(f"{shade:.3f} g")


def _edge_words(paper: Paper, mark: str, height: float) -> list[Word]:
    """The mark in the upper and the lower margin, places from the upper edge of the page."""
    size = min(_MARK.size, paper.top * 0.6, paper.foot * 0.6)
    style = _MARK._replace(size=size)
    x = (paper.inner - typeface.width(mark, style.font, size)) / 2
    head, foot = paper.top / 2 + size * 0.35, height - paper.foot / 2 + size * 0.35
    return [Word(x, head, mark, style), Word(x, foot, mark, style)]


def _draw_across(canvas: Any, paper: Paper, words: Sequence[str], height: float) -> None:
    """Pale words across the page, below each other where there are several."""
    canvas.saveState()
    canvas.translate(paper.width / 2, height / 2)
    canvas.rotate(52)
    canvas.setFillGray(_PALE)
    sizes = [min(96.0, 560.0 / (typeface.width(text, STRONG, 1.0) or 1.0)) for text in words]
    down = sum(sizes) / 2
    for text, size in zip(words, sizes, strict=True):
        down -= size
        canvas.setFont(typeface.face(STRONG).name, size)
        canvas.drawCentredString(0, down + size / 6, text)
    canvas.restoreState()
