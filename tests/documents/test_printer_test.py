"""The page that shows whether a printer works."""

from __future__ import annotations

from csr_desk.documents.printer_test import printer_test_pdf
from documents import reading, samples


def test_a_test_page_names_the_office_and_is_the_same_twice() -> None:
    pdf = printer_test_pdf(samples.OFFICE, samples.MOMENT)
    assert pdf == printer_test_pdf(samples.OFFICE, samples.MOMENT)
    assert "Houston Permitting Center" in reading.text(pdf)
    assert "DEMONSTRATION – not a real" in reading.text(pdf)
    assert len(reading.pages(pdf)) == 1
