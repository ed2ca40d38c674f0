"""Under which words a customer is filed, and what a question must find."""

from __future__ import annotations

import pytest

from csr_desk.domain.customer_words import closeness, figures_of, fold, index_words, slip_of, terms_of, words_of

MARIA = index_words(
    ("ÁLVAREZ, María", "4107 Leeland St Unit 4B, 77023", "m.alvarez@example.org"),
    ("+1 (713) 555-0142",),
    ("0041-2277-9",),
)


def finds(question: str) -> bool:
    """Say whether every term begins a word, as both engines' indexes do."""
    terms = terms_of(question)
    return bool(terms) and all(any(word.startswith(term) for word in MARIA) for term in terms)


@pytest.mark.parametrize(
    "question",
    [
        "alvarez leeland", "maria alvarez", "ALVAREZ maria", "álv mar", "4107 leeland 4b", "77023 alv", "555-0142",
        "0142", "(713) 555-0142", "713 555", "7135550142", "1-713-555-0142", "0041-2277-9", "00412277", "0041",
        "m.alvarez@example.org", "m.alvarez@", "m a l",
    ],
)  # fmt: skip
def test_any_scrap_of_what_they_say_finds_her(question: str) -> None:
    assert finds(question)


@pytest.mark.parametrize("question", ["alvarado", "leeland 4170", "0143", "0041-2278", "", "  ,.", "maria x"])
def test_what_is_not_hers_does_not(question: str) -> None:
    assert not finds(question)


def test_letters_that_unicode_does_not_take_apart_are_forgiven_too() -> None:
    assert fold("Đặng Łukasz Straße Øre O’Brien") == "dang lukasz strasse ore o'brien"
    assert words_of("O’Brien") == ("obrien",)
    assert words_of("Nguyễn Thị Lan") == ("nguyen", "thi", "lan")
    assert figures_of("+1 (713) ٥55") == "171355"


def test_a_question_is_short_however_much_is_pasted() -> None:
    assert len(terms_of("a b c d e f g h i j k")) == 8
    assert max(map(len, terms_of("x" * 900))) == 40
    assert index_words((), ("12",), ("--",)) == ("12",)
    assert "12" not in index_words((), ("(713) 555-0142 ext. 12",)), "the figures of an extension find nobody"


def test_a_whole_word_is_closer_than_a_beginning() -> None:
    assert closeness(("alvarez", "mar"), MARIA) == 1


def test_one_wrong_figure_or_a_swap_is_suggested() -> None:
    known = ("0041-2277-9", "0041-2377-9", "0041-2722-9", "0042-1277-9", "0041-2277")
    # one figure wrong, and one swap across the hyphen
    assert slip_of("004122779", known) == ("0041-2377-9", "0042-1277-9")
    assert slip_of("004222779", ("0041-2279-7",)) == ()
    assert slip_of("004122797", ("0041-2277-9",)) == ("0041-2277-9",)
