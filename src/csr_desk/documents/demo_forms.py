"""Draws the demo city's forms as PDFs with fields (AcroForm), the same bytes for the same form."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from csr_desk.documents import typeface
from csr_desk.documents.paper import LETTER, Style, wrap
from csr_desk.domain.demo_forms import DemoForm

_LABELS = 190.0
_ROW, _LINE, _FIELD = 27.0, 15.0, 20.0
_FOOT = 60.0
_NUMBER = 96.0
_WHITE, _GREY = Color(1, 1, 1), Color(0.55, 0.58, 0.62)


def draw_form(form: DemoForm) -> bytes:
    """Draw a form of one page: head, a field beside each label, room to sign."""
    made = BytesIO()
    canvas = Canvas(made, pagesize=(LETTER.width, LETTER.height or 0.0), invariant=1)
    typeface.begin(canvas._doc)  # noqa: SLF001 - a PDF's letters are chosen before its first page
    canvas.setTitle(f"{form.form_no} {form.title}")
    down = _head(canvas, form)
    for name, asks, lines in form.blanks:
        down = _blank(canvas, (name, asks, lines), down)
    _foot(canvas, form)
    canvas.save()
    return made.getvalue()


def _head(canvas: Any, form: DemoForm) -> float:
    left, right = LETTER.side, LETTER.width - LETTER.side
    high = (LETTER.height or 0.0) - LETTER.top - 14
    _write(canvas, form.title, (left, high), Style(18, strong=True))
    said = f"{form.form_no} · {form.revision}"
    _write(canvas, said, (right - typeface.width(said, typeface.REGULAR, 10), high), Style(10))
    canvas.setLineWidth(0.8)
    canvas.line(left, high - 9, right, high - 9)
    down = high - 28
    for line in wrap(form.intro, Style(10), LETTER.inner):
        _write(canvas, line, (left, down), Style(10))
        down -= 14
    low = down - _FIELD
    _field(canvas, ("office", "Office"), (left, low, 320, _FIELD), frame=False)
    _field(canvas, ("handout", "Number"), (right - _NUMBER, low, _NUMBER, _FIELD), frame=False)
    return down - _FIELD - 12


def _blank(canvas: Any, blank: tuple[str, str, int], down: float) -> float:
    name, asks, lines = blank
    height = _FIELD + (lines - 1) * _LINE
    at = down - 13
    for line in wrap(asks, Style(10), _LABELS - 12):
        _write(canvas, line, (LETTER.side, at), Style(10))
        at -= 12
    where = (LETTER.side + _LABELS, down - height, LETTER.inner - _LABELS, height)
    _field(canvas, (name, asks), where, lines=lines > 1)
    return down - height - (_ROW - _FIELD)


def _foot(canvas: Any, form: DemoForm) -> None:
    left, low = LETTER.side, _FOOT + 34
    canvas.line(left, low, left + 300, low)
    _write(canvas, form.signature, (left, low - 12), Style(9))
    _field(canvas, ("today", form.date), (left + 330, low, LETTER.inner - 330, _FIELD))
    _write(canvas, form.date, (left + 330, low - 12), Style(9))
    _write(canvas, form.note, (left, _FOOT - 12), Style(8.5))


def _field(
    canvas: Any, named: tuple[str, str], where: tuple[float, float, float, float], *, lines: bool = False,
    frame: bool = True,
) -> None:  # fmt: skip
    name, tip = named
    x, y, width, height = where
    canvas.acroForm.textfield(
        name=name,
        tooltip=tip,
        x=x,
        y=y,
        width=width,
        height=height,
        fontSize=10,
        borderWidth=0.6 if frame else 0,
        borderColor=_GREY if frame else None,
        fillColor=_WHITE,
        fieldFlags="multiline" if lines else "",
    )


def _write(canvas: Any, text: str, at: tuple[float, float], style: Style) -> None:
    canvas.setFont(style.font, style.size)
    typeface.face(style.font)
    canvas.drawString(*at, text)
