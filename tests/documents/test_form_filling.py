"""Forms are filled with what is known and read back by another reader."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.pdfgen.canvas import Canvas

from csr_desk.documents.form_filling import field_names, fields_of, fill_form
from csr_desk.domain.errors import BadInput


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
