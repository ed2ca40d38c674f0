"""Phrases for hard moments: found in any language, there in the core languages, and read only where they are whole."""

from __future__ import annotations

import json

import pytest

from csr_desk.domain.errors import BadInput
from csr_desk.domain.phrases import read_book
from csr_desk.services.phrases import phrase_book

CORE = ("en", "es", "vi", "zh")


def written(**more: object) -> bytes:
    """A book of one phrase."""
    one = {
        "code": "wait",
        "when": "It takes longer",
        "keywords": "delay",
        "en": "One moment.",
        "es": "Un momento, señora.",
    }
    return json.dumps({"safety": "Call 911.", "guide": ["Slow down."], "phrases": [one], **more}).encode()


def test_every_phrase_that_ships_is_there_in_the_core_languages() -> None:
    book = phrase_book()
    assert len(book.phrases) >= 12
    assert {one.code for one in book.phrases if any(not one.texts.get(language) for language in CORE)} == set()
    assert book.languages[0] == "en"
    assert "911" in book.safety
    assert len(book.guide) <= 8


def test_a_phrase_is_found_by_what_happens_and_by_its_words_in_any_language() -> None:
    book = read_book(written())
    for words in ("longer", "DELAY", "momento senora", "moment one"):
        assert [one.code for one in book.find(words)] == ["wait"], words
    assert book.find("refund") == ()
    assert book.find(" ") == book.phrases


def test_where_a_language_is_missing_english_stands_in() -> None:
    (one,) = read_book(written()).phrases
    assert (one.text_in("es"), one.text_in("vi")) == ("Un momento, señora.", "One moment.")


@pytest.mark.parametrize(
    "content",
    [
        b"\xff", b"[]", b"{}",
        written(phrases=[{"code": "a", "when": "b", "es": "c"}]),
        written(phrases=[{"code": "a", "when": "b", "en": ""}]),
        written(phrases=["a"]),
        written(phrases=[{"code": "a", "when": "b", "en": "c"}] * 2),
    ],
)  # fmt: skip
def test_a_book_that_is_not_whole_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        read_book(content)
