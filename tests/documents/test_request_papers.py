"""Papers of a request: the slip, the sheet for a visit, the letter that ends it, each in the reader's language."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.documents.request_papers import closing_letter_pdf, request_slip_pdf, visit_sheet_pdf
from csr_desk.documents.typeface import unprintable
from csr_desk.domain.request_words import LANGUAGES, lines_after, lines_before, mail_of, words_for
from csr_desk.domain.requests import Outcome
from documents import reading
from documents.request_samples import NUMBER, letter, slip, visit


def shown(pdf: bytes) -> str:
    """What stands on the paper, on one line."""
    return " ".join(reading.text(pdf).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_slip_says_number_department_and_day_in_the_customers_language(language: str) -> None:
    pdf = request_slip_pdf(slip(language))
    assert pdf == request_slip_pdf(slip(language))
    text, words = shown(pdf), LANGUAGES[language]
    for fact in (words.slip, NUMBER, words.date(date(2026, 9, 10)), "Customer Account Services", words.interpreter):
        assert fact in text, fact


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("outcome", Outcome)
def test_the_letter_says_what_was_asked_how_it_ended_and_what_to_do(language: str, outcome: Outcome) -> None:
    told = letter(language, outcome=outcome)
    text, words = shown(closing_letter_pdf(told)), LANGUAGES[language]
    said = (*lines_before(told), *lines_after(told), *told.answer.splitlines(), "4107 Leeland St Unit B", words.answer)
    for fact in said:
        assert " ".join(fact.split()) in text, fact
    assert words.outcomes[outcome] in text


def test_a_second_caller_is_told_of_the_same_and_not_that_they_had_asked() -> None:
    first, second = shown(closing_letter_pdf(letter())), shown(closing_letter_pdf(letter(second=True)))
    assert "you came to us about" in first
    assert "you told us of something that was known to us since September 4, 2026" in second


def test_a_language_without_a_text_gets_english() -> None:
    assert words_for("ar") is LANGUAGES["en"]
    assert words_for("es-MX") is LANGUAGES["es"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_a_word_for_every_outcome_in_letters_that_are_printed(language: str) -> None:
    words = LANGUAGES[language]
    assert set(words.outcomes) == set(Outcome)
    said = [*words.outcomes.values(), words.again, words.asked, words.asked_too, words.promise, words.keep, words.dear]
    assert unprintable(" ".join(said)) == ()


def test_the_mail_says_what_the_letter_says() -> None:
    title, body = mail_of(letter("vi"))
    assert title == f"Trả lời yêu cầu {NUMBER} của quý vị"
    for line in (*lines_before(letter("vi")), "The reading was estimated too high.", *lines_after(letter("vi"))):
        assert line in body


def test_the_sheet_for_a_visit_says_what_to_know_before_one_knocks() -> None:
    text = shown(visit_sheet_pdf(visit()))
    for fact in (
        "Urgent: answer due Wed 9 Sep 2026", "Before you knock: Dog at the gate", "4107 Leeland St Unit B",
        "A steady flow", "ÁLVAREZ, María · 713-555-0142", "The valve at the corner is open", "Found at the place",
        "account 0041-2277-9",
    ):  # fmt: skip
        assert fact in text, fact
    assert len(reading.pages(visit_sheet_pdf(visit()))) == 1
    nobody = shown(visit_sheet_pdf(visit(contact="", site="", warnings=(), notes=(), asked=(), about=())))
    assert "nobody is named" in nobody
    assert "No address was given" in nobody


def test_a_long_answer_is_printed_to_its_last_word() -> None:
    answer = " ".join(f"word{n}" for n in range(600))
    text = shown(closing_letter_pdf(letter(answer=answer)))
    assert all(f"word{n}" in text for n in range(600))
    assert "…" not in text
    assert "…" in shown(closing_letter_pdf(letter(answer=answer * 3)))
