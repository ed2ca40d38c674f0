"""Fills the fields of a form (AcroForm, ISO 32000) and reads them back, by pypdf; the form itself stays as it is."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING

from csr_desk.domain.errors import BadInput

if TYPE_CHECKING:
    from pypdf import PdfReader


def field_names(content: bytes) -> tuple[str, ...]:
    """Return the text fields of a form; raise BadInput where the file is no PDF that can be read."""
    return tuple(sorted(fields_of(content)))


def fields_of(content: bytes) -> dict[str, str]:
    """Return what stands in the text fields of a form; raise BadInput."""
    reader = _reader(content)
    return {name: str(value or "") for name, value in (reader.get_form_text_fields() or {}).items()}


def fill_form(content: bytes, values: Mapping[str, str]) -> bytes:
    """Write values into the fields of a form; a field that the form does not have is refused.

    Viewers draw the fields anew (NeedAppearances), so that a value in any writing is seen in their own typeface.
    Raises BadInput for a file that is no form.
    """
    from pypdf import PdfWriter  # noqa: PLC0415 - loaded by whoever hands out a form

    missing = [name for name in values if name not in fields_of(content)]
    if missing:
        raise BadInput(
            f"The form has no field “{missing[0][:40]}”. Put the revision on the shelf anew.", field="fields"
        )
    writer = PdfWriter(clone_from=_reader(content))
    for page in writer.pages:
        writer.update_page_form_field_values(page, dict(values), auto_regenerate=True)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()


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
