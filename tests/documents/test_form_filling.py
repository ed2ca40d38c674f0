"""Forms are filled with what is known and read back by another reader."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, TextStringObject
from reportlab.pdfgen.canvas import Canvas

from csr_desk.documents.form_filling import field_names, fields_of, fill_form
from csr_desk.domain.errors import BadInput
from documents.form_reading import bare_values, poppler_boxes, poppler_text


def form(*names: str) -> bytes:
    """A page with text fields."""
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    for at, name in enumerate(names):
        canvas.drawString(72, 700 - 40 * at, name)
        canvas.acroForm.textfield(name=name, x=200, y=690 - 40 * at, width=260, height=20)
    canvas.save()
    return made.getvalue()


def test_a_form_says_which_fields_it_has_and_takes_values_in_any_writing() -> None:
    blank = form("owner", "site", "signature")
    assert field_names(blank) == ("owner", "signature", "site")
    done = fill_form(blank, {"owner": "ÁLVAREZ, María", "site": "4107 Leeland St #B"})
    assert fields_of(done) == {"owner": "ÁLVAREZ, María", "site": "4107 Leeland St #B", "signature": ""}
    assert fields_of(blank)["owner"] == ""
    assert fields_of(fill_form(done, {"owner": "Nguyễn Thị Hoa"}))["owner"] == "Nguyễn Thị Hoa"


def test_a_field_that_the_form_does_not_have_is_refused() -> None:
    with pytest.raises(BadInput, match="has no field “colour”"):
        fill_form(form("owner"), {"colour": "red"})


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7 nothing", b"PK\x03\x04", b"\x00" * 4000])
def test_what_is_no_pdf_is_refused_in_a_sentence(content: bytes) -> None:
    with pytest.raises(BadInput, match="no PDF that can be read"):
        fields_of(content)


def test_printed_by_another_program_the_form_shows_every_letter(tmp_path: Path) -> None:
    """Poppler, which feeds printers, used to print “Nguyn Th Hoa”: a form's own font has Latin letters only."""
    said = {"owner": "Nguyễn Thị Hoa", "site": "4107 Leeland St #B (rear)"}
    printed = poppler_text(fill_form(form("owner", "site", "signature"), said), tmp_path)
    assert all(text in printed for text in said.values())


def test_values_stand_in_the_bare_file_as_a_reader_without_any_library_sees_them() -> None:
    done = fill_form(form("owner", "site", "signature"), {"owner": "Nguyễn Thị Hoa", "site": r"Unit \(B)"})
    assert bare_values(done) == {"owner": "Nguyễn Thị Hoa", "site": r"Unit \(B)", "signature": ""}


def test_what_is_too_long_is_set_smaller_and_never_wider_than_its_field(tmp_path: Path) -> None:
    longest = "Sección de servicios públicos " * 12
    for flags in ("", "multiline"):
        done = fill_form(_one_field(flags), {"words": longest})
        words = poppler_boxes(done, tmp_path)
        assert words
        assert all(200 <= left < right <= 320.5 for left, right in words if left > 150)
        assert fields_of(done)["words"] == longest  # the value is whole, whatever the paper has room for


def test_a_form_without_values_stays_as_it_is() -> None:
    assert fields_of(fill_form(form("owner"), {})) == {"owner": ""}


def test_a_field_keeps_its_frame_and_what_was_typed_is_no_operator(tmp_path: Path) -> None:
    printed = poppler_text(fill_form(form("owner"), {"owner": "(a\\) Tj ET Q <b>x</b>"}), tmp_path)
    assert "(a\\) Tj ET Q <b>x</b>" in printed


def _one_field(flags: str) -> bytes:
    made = BytesIO()
    canvas = Canvas(made, invariant=1)
    canvas.drawString(72, 640, "Words")
    canvas.acroForm.textfield(name="words", x=200, y=600, width=120, height=30, fieldFlags=flags, fontSize=0)
    canvas.save()
    return made.getvalue()


def test_a_field_in_two_places_shows_its_value_in_both(tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=BytesIO(form("owner", "again")))
    first, second = (one.get_object() for one in writer.pages[0]["/Annots"])  # type: ignore[attr-defined]
    parent = writer._add_object(DictionaryObject({
        NameObject("/FT"): NameObject("/Tx"), NameObject("/T"): TextStringObject("owner"),
        NameObject("/Kids"): ArrayObject([first.indirect_reference, second.indirect_reference]),
    }))  # fmt: skip
    for widget in (first, second):
        del widget["/T"], widget["/FT"]
        widget[NameObject("/Parent")] = parent
    writer.root_object["/AcroForm"][NameObject("/Fields")] = ArrayObject([parent])  # type: ignore[index]
    made = BytesIO()
    writer.write(made)
    printed = poppler_text(fill_form(made.getvalue(), {"owner": "Layla"}), tmp_path)
    assert printed.count("Layla") == 2
