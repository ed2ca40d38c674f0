"""The number of the queue: large, in the language of whoever waits, with nobody's name."""

from __future__ import annotations

import pytest

from csr_desk.documents.queue_slip import queue_slip_pdf
from csr_desk.documents.queue_words import ticket_words
from csr_desk.documents.typeface import unprintable
from documents import reading
from documents.queue_sample import slip


def shown(pdf: bytes) -> str:
    """What stands on the paper, on one line."""
    return " ".join(reading.text(pdf).split())


@pytest.mark.parametrize("language", ["en", "es", "vi"])
def test_the_slip_says_number_reason_and_how_many_are_before(language: str) -> None:
    words = ticket_words(language)
    text = shown(queue_slip_pdf(slip(language)))
    for fact in ("A017", "Permits and fees", words.title, words.ahead.format(ahead=3)):
        assert fact in text, fact
    assert words.nobody in shown(queue_slip_pdf(slip(language, ahead=0)))
    assert not unprintable(f"{words.title} {words.ahead} {words.nobody} {words.look}")


def test_a_language_that_no_font_prints_gets_english_and_typed_words_stay_text() -> None:
    assert ticket_words("en").title in shown(queue_slip_pdf(slip("zh")))
    hostile = queue_slip_pdf(slip(reason="<a href='x'>50%</a>", ticket="<b>"))
    assert "<a href='x'>50%</a>" in shown(hostile)
    assert not reading.ACTIVE & {str(key) for thing in reading.dictionaries(hostile) for key in thing}
    assert queue_slip_pdf(slip()) == queue_slip_pdf(slip())
