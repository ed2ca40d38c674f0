"""Receipt PDF against the same text, in the same typeface and places, on a bare reportlab canvas."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

from pypdf import PageObject, PdfReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from benchmarks.measure import Measured, by_turns
from benchmarks.samples import receipt
from csr_desk import locations
from csr_desk.documents.receipt import LETTER, receipt_pdf

BAR = 2.0
ROUNDS = 200
STRONG, REGULAR = "BareStrong", "Bare"
FILES = {REGULAR: "CSRSans-Regular.ttf", STRONG: "CSRSans-SemiBold.ttf"}


class Placed(NamedTuple):
    """A string of the receipt where it stands, in points from the lower left corner."""

    x: float
    y: float
    text: str
    font: str
    size: float


def run() -> Measured:
    """Read the sample receipt back, then draw its text by hand and by the program in turns."""
    facts = receipt()
    placed = text_of(receipt_pdf(facts))
    with tempfile.TemporaryDirectory() as folder:
        register_bare(Path(folder))
        ours, base = by_turns(lambda: receipt_pdf(facts), lambda: bare(placed), rounds=ROUNDS)
        plain = [piece._replace(font="Helvetica") for piece in placed]
        also, helvetica = by_turns(lambda: receipt_pdf(facts), lambda: bare(plain), rounds=ROUNDS)
    return Measured(
        "receipt PDF (Letter)", "the same text on a bare reportlab canvas", BAR, ours, base, ROUNDS,
        note=f"{len(placed)} strings in the same embedded typeface; {also / helvetica:.2f} where the bare canvas uses "
        "built-in Helvetica and embeds nothing; it draws no bars, rules or barcode",
    )  # fmt: skip


def text_of(pdf: bytes) -> list[Placed]:
    """All strings of the first page with their places, as an independent reader sees them."""
    placed = strings_of(PdfReader(io.BytesIO(pdf)).pages[0])
    if not any("Receipt" in piece.text for piece in placed):
        raise RuntimeError("The receipt could not be read back; the benchmark would compare nothing.")
    return placed


def strings_of(page: PageObject) -> list[Placed]:
    """All strings of a page with their places."""
    placed: list[Placed] = []

    def note(text: str, _page: object, place: list[float], font: dict[str, Any] | None, size: float) -> None:
        if text.strip() and font is not None:
            strong = "SemiBold" in str(font["/BaseFont"])
            placed.append(Placed(place[4], place[5], text.strip(), STRONG if strong else REGULAR, size))

    page.extract_text(visitor_text=note)
    return placed


def register_bare(folder: Path) -> None:
    """Give the bare canvas fonts of its own, from copies: none of our caching helps it or hinders it."""
    for name, file in FILES.items():
        copy = folder / f"bare-{file}"
        copy.write_bytes((locations.resources() / "fonts" / file).read_bytes())
        pdfmetrics.registerFont(TTFont(name, str(copy)))


def bare(placed: list[Placed]) -> bytes:
    """What somebody writes who only has reportlab's manual."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(LETTER.width, LETTER.height or 792.0), pageCompression=1)
    for piece in placed:
        canvas.setFont(piece.font, piece.size)
        canvas.drawString(piece.x, piece.y, piece.text)
    canvas.showPage()
    canvas.save()
    return out.getvalue()
