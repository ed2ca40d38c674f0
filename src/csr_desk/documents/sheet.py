"""A sheet of paper to write on from top to bottom. Measures are points (1/72 inch).

Text is drawn as text and never read as markup, so nothing that somebody typed can become a link or a picture.
"""

from __future__ import annotations

from collections.abc import Iterable

from csr_desk.documents import typeface
from csr_desk.documents.code128 import QUIET, code128_widths
from csr_desk.documents.pages import Imprint, pages_pdf
from csr_desk.documents.paper import ASCENT, CENTRE, LEADING, LEFT, RIGHT, Bar, Block, Cell, Paper, Style, Word, wrap
from csr_desk.documents.plain_text import PROSE, clean
from csr_desk.documents.wording import edge_mark, watermarks
from csr_desk.domain.receipt import Office

PLAIN = Style()


class Sheet:
    """A paper being written; blocks go below each other and flow over pages when it is turned into a PDF."""

    def __init__(self, paper: Paper, office: Office, *, running: str = "", across: str = "") -> None:
        """``running`` names the paper on every page; ``across`` lies pale over each page (not on a roll).

        A sheet belongs to an office, so that no paper of a training office can leave its mark out: it lies across
        each page, and stands at the head and the foot of each.
        """
        self.paper = paper
        self.running = running
        self.across = (*((across,) if across else ()), *watermarks(office))
        self.mark = edge_mark(office)
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
            down = before + style.size * ASCENT
            lines = wrap(shown, style, room)
            for line in lines:
                if line:
                    words.append(Word(at + self._shift(line, style, room, align), down, line, self._ink(style)))
                down += lead
            height = max(height, len(lines) * lead)
        block = Block(before + height + after, words, keep=keep)
        self.add(block)
        return block

    def text(self, text: str, style: Style = PLAIN, *, align: str = LEFT, keep: bool = False) -> None:
        """A paragraph over the whole width, a block for each line so that it may break over pages."""
        shown = typeface.printable(clean(text, PROSE))
        for line in wrap(shown, style, self.paper.inner):
            self.row([Cell(line, 0, self.paper.inner + 1, style, align)], keep=keep)

    def pair(
        self, label: str, amount: str, style: Style = PLAIN, *, at: float = 0.0, room: float | None = None,
        keep: bool = False,
    ) -> None:  # fmt: skip
        """A label and its figure, right-aligned at ``room`` points from the left margin (None: the right margin)."""
        end = room or self.paper.inner
        wide = typeface.width(amount, style.font, style.size) + 1
        self.row([Cell(label, at, end - at - wide - 6, style), Cell(amount, end - wide, wide, style, RIGHT)], keep=keep)

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
        lines = wrap(typeface.printable(clean(text, PROSE)), style, inner - 2 * pad)
        lead = style.size * LEADING
        height = len(lines) * lead + 2 * pad
        bars = [Bar(0, 0, inner, height, 0.0)]
        if not dark:
            bars.append(Bar(0.9, 0.9, inner - 1.8, height - 1.8, 1.0))
        ink = style._replace(shade=1.0 if dark else 0.0)
        words = [
            Word(self._shift(line, style, inner, CENTRE), pad + at * lead + style.size * ASCENT, line, ink)
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
        """The pages as a PDF; ``title`` and ``author`` stand in the file's properties."""
        return pages_pdf(self.blocks, self.paper, self.imprint(title, author))

    def imprint(self, title: str, author: str) -> Imprint:
        """What each of its pages says beside its blocks."""
        return Imprint(title, author, self.running, self.across, self.mark)

    def _ink(self, style: Style) -> Style:
        return style if self.paper.grey or not style.shade else style._replace(shade=0.0)

    @staticmethod
    def _shift(line: str, style: Style, room: float, align: str) -> float:
        if align == LEFT:
            return 0.0
        free = room - typeface.width(line, style.font, style.size)
        return free if align == RIGHT else free / 2
