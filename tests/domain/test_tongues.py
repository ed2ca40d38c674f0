"""One text in several languages on one line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csr_desk.domain.tongues import own_words, said_in

BILL = "High water bill | es: Factura de agua alta|vi: Hóa đơn nước cao"


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        (BILL, "es", "Factura de agua alta"),
        (BILL, "vi", "Hóa đơn nước cao"),
        (BILL, "en", "High water bill"),
        (BILL, "", "High water bill"),
        ("Rent | es:  | vi: Thuê nhà", "es", "Rent"),
        ("Gas | oil", "es", "Gas | oil"),
        ("Note: bring it", "es", "Note: bring it"),
        ("", "es", ""),
    ],
)
def test_a_text_is_said_in_a_language_where_somebody_wrote_it(text: str, language: str, said: str) -> None:
    assert said_in(text, language) == said


@given(st.text(st.characters(exclude_characters="|", exclude_categories=("Cc", "Cs")), max_size=40))
def test_a_text_without_a_bar_is_itself_in_every_language(text: str) -> None:
    assert own_words(text) == said_in(text, "es") == text.strip()
