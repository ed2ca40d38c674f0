"""A page that tries a station's printer: what it can print and where it thinks it is."""

from __future__ import annotations

from datetime import datetime

from csr_desk.documents.layout import facts, office_paper, prose, section
from csr_desk.domain.receipt import Office


def printer_test_pdf(office: Office, at: datetime) -> bytes:
    """A Letter page with letters of our customers' languages and an edge to check, as PDF bytes."""
    title = "Test page"
    sheet = office_paper(office, title, at.strftime("%Y-%m-%d %H:%M"), noun="paper")
    section(sheet, "Letters")
    facts(sheet, (
        ("English", "The quick brown fox jumps over the lazy dog, 0123456789"),
        ("Español", "Año, niñez, corazón, pingüino, ¿cuánto?"),
        ("Tiếng Việt", "Nguyễn Thị Hoa, Trần Đức, Phạm Quỳnh"),
        ("Amounts", "1,234.50   −0.05   $64.37"),
    ))  # fmt: skip
    section(sheet, "What to look at")
    prose(
        sheet, "Every letter above is a letter and not a box; the line below the head runs to both edges of the text."
    )
    return sheet.pdf(title, office.name)
