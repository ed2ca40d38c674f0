"""Fills the fields of a form (AcroForm, ISO 32000) and reads them back, by pypdf; the form itself stays as it is.

What a field looks like is drawn here, with the typeface of our papers embedded. A viewer that draws it anew does so
with the form's own font, mostly Helvetica in Latin letters: poppler, through which printers are fed, prints “Nguyễn”
as “Nguyn” and says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from csr_desk.documents import typeface
from csr_desk.documents.paper import ASCENT, LEADING, Style, wrap
from csr_desk.documents.plain_text import PROSE, clean
from csr_desk.domain.errors import BadInput

if TYPE_CHECKING:
    from pypdf import PdfReader

_EDGE = 3.0
_LARGEST, _SMALLEST = 11.0, 6.0
_MULTILINE = 1 << 12
"""The flag of a field of several lines (ISO 32000-1, table 228)."""


def field_names(content: bytes) -> tuple[str, ...]:
    """Return the text fields of a form; raise BadInput where the file is no PDF that can be read."""
    return tuple(sorted(fields_of(content)))


def fields_of(content: bytes) -> dict[str, str]:
    """Return what stands in the text fields of a form; raise BadInput."""
    reader = _reader(content)
    return {name: str(value or "") for name, value in (reader.get_form_text_fields() or {}).items()}


def fill_form(content: bytes, values: Mapping[str, str]) -> bytes:
    """Write values into the fields of a form; a field that the form does not have is refused.

    What does not fit is set smaller, and at last cut, never wider than the field. Raises BadInput for a file that is no
    form.
    """
    from pypdf import PdfWriter  # noqa: PLC0415 - loaded by whoever hands out a form
    from pypdf.generic import BooleanObject, NameObject, TextStringObject  # noqa: PLC0415

    there = fields_of(content) if values else {}
    missing = [name for name in values if name not in there]
    if missing:
        raise BadInput(
            f"The form has no field “{missing[0][:40]}”. Put the revision on the shelf anew.", field="fields"
        )
    writer = PdfWriter(clone_from=_reader(content))
    boxes = [box for box in _boxes(writer.pages) if box.name in values]
    if boxes:
        drawn = _reader(_drawn([(box, values[box.name]) for box in boxes]))
        for box, page in zip(boxes, drawn.pages, strict=True):
            box.field[NameObject("/V")] = TextStringObject(values[box.name])
            box.widget[NameObject("/AP")] = _appearance(writer, page, box)
        form: Any = writer.root_object["/AcroForm"].get_object()
        form[NameObject("/NeedAppearances")] = BooleanObject(value=False)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


def repeated(content: bytes, copies: int) -> bytes:
    """Return a file that prints a form several times over; one copy is the file itself."""
    if copies == 1:
        return content
    from pypdf import PdfWriter  # noqa: PLC0415

    writer = PdfWriter()
    for _ in range(copies):
        writer.append(_reader(content))
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class _Box:
    """A text field where it stands on a page."""

    name: str
    field: Any
    """What holds its value: itself, or the field of which it is one of several places."""
    widget: Any
    width: float
    height: float

    @property
    def lines(self) -> bool:
        """Whether it takes several lines."""
        return bool(int(self.field.get("/Ff", 0)) & _MULTILINE)

    @property
    def size(self) -> float:
        """The size that the form asks for (points), or what its height holds."""
        asked = str(self.widget.get("/DA", self.field.get("/DA", ""))).split()
        wanted = 0.0
        if "Tf" in asked[1:]:
            wanted = _figure(asked[asked.index("Tf") - 1])
        highest = _LARGEST if self.lines else min(_LARGEST, (self.height - 2) / LEADING)
        return max(min(wanted or highest, highest), _SMALLEST)


def _boxes(pages: Sequence[Any]) -> Iterator[_Box]:
    for page in pages:
        for reference in page.get("/Annots") or ():
            widget = reference.get_object()
            field = widget if "/T" in widget else widget.get("/Parent", {})
            field = field.get_object() if hasattr(field, "get_object") else field
            if widget.get("/Subtype") == "/Widget" and (widget.get("/FT") or field.get("/FT")) == "/Tx":
                left, low, right, high = (float(one) for one in widget["/Rect"])
                yield _Box(str(field.get("/T", "")), field, widget, abs(right - left), abs(high - low))


def _drawn(texts: Sequence[tuple[_Box, str]]) -> bytes:
    """Draw each text on a page of the size of its field."""
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    for box, text in texts:
        canvas.setPageSize((box.width, box.height))
        _ground(canvas, box)
        shown = typeface.printable(clean(text, PROSE))
        size, lines = _fitted(shown, box)
        down = _EDGE if box.lines else (box.height - size * LEADING) / 2
        for at, line in enumerate(lines):
            left = _EDGE
            for font, piece in typeface.runs(line, typeface.REGULAR):
                canvas.setFont(font, size)
                canvas.drawString(left, box.height - down - size * (ASCENT + at * LEADING), piece)
                left += typeface.width(piece, typeface.REGULAR, size)
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def _ground(canvas: Any, box: _Box) -> None:
    """Draw the ground and the frame that the form asks for: they are part of what a field looks like."""
    asked = box.widget.get("/MK") or {}
    for colour, stroke in (("/BG", 0), ("/BC", 1)):
        shades = [float(one) for one in asked.get(colour) or ()]
        if len(shades) in {1, 3}:
            (canvas.setStrokeColorRGB if stroke else canvas.setFillColorRGB)(*(shades * 3)[:3])
            canvas.rect(0.5, 0.5, box.width - 1, box.height - 1, stroke=stroke, fill=1 - stroke)
    canvas.setFillColorRGB(0, 0, 0)


def _fitted(text: str, box: _Box) -> tuple[float, list[str]]:
    """Return the size at which a text fits into its field, and its lines; at the smallest the end is cut."""
    size, room = box.size, box.width - 2 * _EDGE
    while True:
        style = Style(size)
        lines = wrap(text, style, room) if box.lines else [text]
        most = max(1, int((box.height - _EDGE) / (size * LEADING))) if box.lines else 1
        wide = max(typeface.width(line, typeface.REGULAR, size) for line in lines)
        if (wide <= room and len(lines) <= most) or size <= _SMALLEST:
            break
        size = max(size - 0.5, _SMALLEST)
    kept = lines[:most]
    if not box.lines and wide > room:
        while kept[0] and typeface.width(f"{kept[0]}…", typeface.REGULAR, size) > room:
            kept[0] = kept[0][:-1]
        kept[0] += "…"
    return size, kept


def _appearance(writer: Any, page: Any, box: _Box) -> Any:
    """Make the drawn page the look of a field."""
    from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, StreamObject  # noqa: PLC0415

    look = StreamObject()
    look.set_data(page.get_contents().get_data())
    look[NameObject("/Type")] = NameObject("/XObject")
    look[NameObject("/Subtype")] = NameObject("/Form")
    look[NameObject("/BBox")] = ArrayObject(FloatObject(one) for one in (0, 0, box.width, box.height))
    look[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return DictionaryObject({NameObject("/N"): writer._add_object(look)})  # noqa: SLF001 - pypdf's own way to add one


def _figure(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0


def _reader(content: bytes) -> PdfReader:
    from pypdf import PdfReader  # noqa: PLC0415
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted:
            raise BadInput("The form is locked with a password. Save it without one.", field="file")
        _ = len(reader.pages)
    except (PyPdfError, ValueError, OSError, KeyError, RecursionError) as fault:
        raise BadInput("The file is no PDF that can be read.", field="file") from fault
    return reader
