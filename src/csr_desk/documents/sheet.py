"""A sheet of paper to write on from top to bottom: words, bars, pages. Measures are points (1/72 inch).

Text is drawn as text and never read as markup, so nothing that somebody typed can become a link or a picture.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from reportlab.pdfgen.canvas import Canvas

from csr_desk.documents import typeface
from csr_desk.documents.code128 import QUIET, code128_widths
from csr_desk.documents.plain_text import PROSE, clean
from csr_desk.documents.typeface import REGULAR, STRONG

MM = 72 / 25.4
LEADING = 1.32
_ASCENT = 0.97
"""Where the baseline stands below the top of a line, in sizes."""
_LONGEST_PAGE = 14_000.0
"""PDF readers refuse pages over 14,400 points; a longer roll goes on on the next."""
_WRITING = threading.Lock()
"""reportlab's fonts carry the state of one document at a time."""

LEFT, RIGHT, CENTRE = "left", "right", "centre"


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper in points; ``height`` None is a roll, cut where the text ends."""

    name: str
    width: float
    height: float | None
    side: float
    top: float
    foot: float
    grey: bool
    """Whether pale print survives (a thermal head prints black or nothing)."""

    @property
    def inner(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.side


LETTER = Paper("letter", 612.0, 792.0, 50.0, 46.0, 48.0, grey=True)
ROLL_80 = Paper("roll_80", 80 * MM, None, 4 * MM, 4 * MM, 8 * MM, grey=False)


class Style(NamedTuple):
    """How a word looks: size in points, weight, and darkness from 0 (black) to 1 (white)."""

    size: float = 9.0
    strong: bool = False
    shade: float = 0.0

    @property
    def font(self) -> str:
        """Name of the typeface for the canvas."""
        return STRONG if self.strong else REGULAR


class Cell(NamedTuple):
    """Text in a column that begins ``at`` points from the left margin and is ``width`` wide; it wraps."""

    text: str
    at: float
    width: float
    style: Style = Style()
    align: str = LEFT


class Word(NamedTuple):
    """A line of text placed in a block: x from the left margin, baseline from the block's top."""

    x: float
    down: float
    text: str
    style: Style


class Bar(NamedTuple):
    """A filled rectangle placed in a block."""

    x: float
    down: float
    width: float
    height: float
    shade: float = 0.0


@dataclass(slots=True)
class Block:
    """What stays together on one page. ``keep`` holds it with the next block; ``head`` is repeated on a new page."""

    height: float
    words: list[Word] = field(default_factory=list)
    bars: list[Bar] = field(default_factory=list)
    flowable: Any = None
    keep: bool = False
    head: Block | None = None


def wrap(text: str, style: Style, width: float) -> list[str]:
    """Break printable text into lines no wider than ``width``; a word that is too long is broken by letters."""
    if typeface.width(text, style.font, style.size) <= width:
        return [text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        trial = f"{line} {word}" if line else word
        if typeface.width(trial, style.font, style.size) <= width:
            line = trial
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, style, width)
        lines.extend(full)
    lines.append(line)
    return lines


def _broken(word: str, style: Style, width: float) -> list[str]:
    if typeface.width(word, style.font, style.size) <= width:
        return [word]
    parts = [""]
    used = 0.0
    for char in word:
        step = typeface.width(char, style.font, style.size)
        if used + step > width and parts[-1]:
            parts.append("")
            used = 0.0
        parts[-1] += char
        used += step
    return parts


class Sheet:
    """A paper being written; blocks go below each other and flow over pages when it is turned into a PDF."""

    def __init__(self, paper: Paper, *, running: str = "", watermark: str = "") -> None:
        """``running`` names the paper on every page; ``watermark`` lies pale across each page (not on a roll)."""
        self.paper = paper
        self.running = running
        self.watermark = watermark if paper.grey else ""
        self.blocks: list[Block] = []
        self.head: Block | None = None

    def add(self, block: Block) -> None:
        """Put a block below what is there."""
        block.head = block.head or self.head
        self.blocks.append(block)

    def row(self, cells: Iterable[Cell], *, keep: bool = False, before: float = 0.0, after: float = 0.0) -> Block:
        """One line of columns; cells wrap in their width, the tallest gives the height."""
        words: list[Word] = []
        height = 0.0
        for cell in cells:
            text, at, room, style, align = cell
            shown = typeface.printable(clean(text, PROSE))
            lead = style.size * LEADING
            down = before + style.size * _ASCENT
            lines = wrap(shown, style, room)
            for line in lines:
                if line:
                    words.append(Word(at + self._shift(line, style, room, align), down, line, self._ink(style)))
                down += lead
            height = max(height, len(lines) * lead)
        block = Block(before + height + after, words, keep=keep)
        self.add(block)
        return block

    def text(self, text: str, style: Style = Style(), *, align: str = LEFT, keep: bool = False) -> None:
        """A paragraph over the whole width, a block for each line so that it may break over pages."""
        shown = typeface.printable(clean(text, PROSE))
        for line in wrap(shown, style, self.paper.inner):
            self.row([Cell(line, 0, self.paper.inner + 1, style, align)], keep=keep)

    def pair(self, label: str, amount: str, style: Style = Style(), *, at: float = 0.0, keep: bool = False) -> None:
        """A label and, at the right edge, its figure."""
        room = typeface.width(amount, style.font, style.size) + 1
        inner = self.paper.inner
        self.row(
            [Cell(label, at, inner - at - room - 6, style), Cell(amount, inner - room, room, style, RIGHT)], keep=keep
        )

    def rule(self, *, before: float = 3.0, after: float = 3.0, weight: float = 0.6, keep: bool = True) -> None:
        """A line across the paper."""
        shade = 0.72 if self.paper.grey else 0.0
        bar = Bar(0, before, self.paper.inner, weight, shade)
        self.add(Block(before + weight + after, bars=[bar], keep=keep))

    def gap(self, height: float, *, keep: bool = False) -> None:
        """White space."""
        self.add(Block(height, keep=keep))

    def banner(self, text: str, style: Style, *, dark: bool) -> None:
        """A mark that cannot be overlooked: white on black, or black in a frame."""
        inner, pad = self.paper.inner, style.size * 0.55
        lines = wrap(typeface.printable(clean(text, PROSE)), style, inner - 4 * pad)
        lead = style.size * LEADING
        height = len(lines) * lead + 2 * pad
        bars = [Bar(0, 0, inner, height, 0.0)]
        if not dark:
            bars.append(Bar(0.9, 0.9, inner - 1.8, height - 1.8, 1.0))
        ink = style._replace(shade=1.0 if dark else 0.0)
        words = [
            Word(self._shift(line, style, inner, CENTRE), pad + at * lead + style.size * _ASCENT, line, ink)
            for at, line in enumerate(lines)
        ]
        self.add(Block(height + 4, words, bars, keep=True))

    def barcode(self, text: str, *, module: float, height: float, align: str = CENTRE) -> None:
        """Code 128 of ``text`` with its quiet zones; ``module`` is the width of the thinnest bar."""
        widths = code128_widths(text)
        whole = (sum(widths) + 2 * QUIET) * module
        x = {LEFT: -QUIET * module, CENTRE: (self.paper.inner - whole) / 2}[align] + QUIET * module
        bars = []
        for at, modules in enumerate(widths):
            if at % 2 == 0:
                bars.append(Bar(x, 0, modules * module, height))
            x += modules * module
        self.add(Block(height + 2, bars=bars, keep=True))

    def pdf(self, title: str, author: str) -> bytes:
        """The pages as a PDF, byte for byte the same for the same facts on the same computer."""
        pages = _paginate(self.blocks, self.paper, has_running=bool(self.running))
        tall = self.paper.height
        with _WRITING:
            out = io.BytesIO()
            canvas = Canvas(
                out, pagesize=(self.paper.width, tall or 1.0), invariant=1, pageCompression=1,
                initialFontName=typeface.face(REGULAR).name, lang="en-US",
            )  # fmt: skip
            canvas.setTitle(clean(title))
            canvas.setAuthor(clean(author))
            canvas.setCreator("CSR Desk")
            for number, page in enumerate(pages, start=1):
                height = tall or sum(block.height for block in page) + self.paper.top + self.paper.foot
                canvas.setPageSize((self.paper.width, height))
                _draw(canvas, self, page, height, (number, len(pages)))
                canvas.showPage()
            canvas.save()
            return out.getvalue()

    def _ink(self, style: Style) -> Style:
        return style if self.paper.grey or not style.shade else style._replace(shade=0.0)

    @staticmethod
    def _shift(line: str, style: Style, room: float, align: str) -> float:
        if align == LEFT:
            return 0.0
        free = room - typeface.width(line, style.font, style.size)
        return free if align == RIGHT else free / 2


_RUNNING = Style(8.0, shade=0.38)
_RUNNING_ROOM = 18.0


def _paginate(blocks: Sequence[Block], paper: Paper, *, has_running: bool) -> list[list[Block]]:
    room = (paper.height or _LONGEST_PAGE) - paper.top - paper.foot
    if paper.height and has_running:
        room -= _RUNNING_ROOM
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


def _draw(canvas: Any, sheet: Sheet, page: Sequence[Block], height: float, number: tuple[int, int]) -> None:
    paper = sheet.paper
    top = height - paper.top
    if sheet.watermark:
        _draw_watermark(canvas, paper, sheet.watermark, height)
    ink = _Ink(canvas, paper.side)
    if paper.height and sheet.running:
        down = _RUNNING.size * _ASCENT - 8
        numbered = f"Page {number[0]} of {number[1]}"
        if number[0] > 1:  # the first page says all this larger
            ink.words([Word(0, down, typeface.printable(clean(sheet.running)), _RUNNING)], top)
        across = paper.inner - typeface.width(numbered, REGULAR, _RUNNING.size)
        ink.words([Word(across, down, numbered, _RUNNING)], top)
        top -= _RUNNING_ROOM
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


def _draw_watermark(canvas: Any, paper: Paper, text: str, height: float) -> None:
    size = min(96.0, 560.0 / (typeface.width(text, STRONG, 1.0) or 1.0))
    canvas.saveState()
    canvas.translate(paper.width / 2, height / 2)
    canvas.rotate(52)
    canvas.setFillGray(0.945)
    canvas.setFont(typeface.face(STRONG).name, size)
    canvas.drawCentredString(0, -size / 3, text)
    canvas.restoreState()
