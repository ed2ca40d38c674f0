"""The mail that brings a form, in the language of the form."""

from __future__ import annotations

from csr_desk.domain.forms import FormSheet
from csr_desk.domain.receipt import Office

_LETTERS: dict[str, tuple[str, str]] = {
    "en": (
        "Form {form}: {title}",
        (
            "Here is the form that you asked for: {title} ({form}, revision {revision}).\n\n"
            "Look over what is filled in, complete the rest, sign it and bring it back to any counter, "
            "or send it to us. "
            "Name the number {number} when you ask about it.\n\n{office}\n{phone}"
        ),
    ),
    "es": (
        "Formulario {form}: {title}",
        (
            "Aquí está el formulario que pidió: {title} ({form}, revisión {revision}).\n\n"
            "Revise lo que ya está escrito, complete el resto, fírmelo y tráigalo a cualquier ventanilla, "
            "o envíenoslo. "
            "Mencione el número {number} si pregunta por él.\n\n{office}\n{phone}"
        ),
    ),
    "vi": (
        "Mẫu đơn {form}: {title}",
        (
            "Đây là mẫu đơn quý vị đã yêu cầu: {title} ({form}, bản {revision}).\n\n"
            "Xin xem lại phần đã điền sẵn, điền phần còn lại, ký tên và mang đến bất kỳ quầy nào, "
            "hoặc gửi cho chúng tôi. "
            "Xin cho biết số {number} khi hỏi về mẫu đơn này.\n\n{office}\n{phone}"
        ),
    ),
}


def letter(form: FormSheet, number: str, office: Office) -> tuple[str, str]:
    """Return subject line and text of the mail, in English where we have no words in the language of the form."""
    title, body = _LETTERS.get(form.language, _LETTERS["en"])
    said = {
        "form": form.form_no, "title": form.title, "revision": form.revision, "number": number, "office": office.name,
        "phone": office.phone,
    }  # fmt: skip
    return title.format(**said), body.format(**said).rstrip()
