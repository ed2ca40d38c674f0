"""A card and an estimate on paper: in the customer's language, with the day of the prices, and honest: no receipt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from csr_desk.documents.estimate import estimate_pdf
from csr_desk.documents.info_card import card_pdf
from csr_desk.documents.info_card_words import LANGUAGES, day_in
from csr_desk.documents.typeface import unprintable
from csr_desk.domain.cards import CardText, LivePrice
from documents import reading
from documents.card_samples import CARD, DAY, card_paper, estimate
from documents.test_hostile_text import ALL


def test_the_same_facts_give_the_same_bytes() -> None:
    assert card_pdf(card_paper()) == card_pdf(card_paper())
    assert estimate_pdf(estimate()) == estimate_pdf(estimate())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_card_is_printed_in_the_customers_language_with_the_price_of_the_day(language: str) -> None:
    told = reading.text(card_pdf(card_paper(language)))
    words, text = LANGUAGES[language], CARD.text_in(language)
    price = words.price.format(day=day_in(language, DAY))
    for said in (words.title, words.steps, text.question, text.short_answer, text.steps[0], price, "$50.00"):
        assert said in told, said
    assert words.disclaimer.format(day=day_in(language, DAY)) in told


def test_the_day_of_the_prices_is_written_as_the_language_writes_it() -> None:
    written = {language: day_in(language, DAY) for language in ("en", "es", "vi", "ko")}
    assert written["en"] == written["ko"] == "Tue 14 Jul 2026"
    assert len(set(written.values())) == 3


def test_a_language_that_a_card_is_not_written_in_gets_english() -> None:
    told = reading.text(card_pdf(card_paper("ko")))
    assert CARD.texts[0].question in told
    assert LANGUAGES["en"].steps in told


def test_what_a_price_depends_on_is_said_and_no_price_is_guessed() -> None:
    told = reading.text(card_pdf(card_paper(price=LivePrice(None, asks=("Length of the fence", "Height")))))
    assert "It depends on: Length of the fence, Height." in told
    assert "$" not in told
    for none in (None, LivePrice(None, why_not="No price is in force.")):
        assert "Price on" not in reading.text(card_pdf(card_paper(price=none)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_estimate_says_that_it_is_no_receipt_and_of_which_day_its_prices_are(language: str) -> None:
    told = reading.text(estimate_pdf(estimate(language)))
    words = LANGUAGES[language]
    for said in (words.not_receipt, words.disclaimer.format(day=day_in(language, DAY)), words.told, "$272.12"):
        assert said in told, said
    for said in ("Building demolition", "141.00", "Administrative fee", "33.56", "stories: 2"):
        assert said in told, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_printed_in_letters_that_the_typeface_has(language: str) -> None:
    words = LANGUAGES[language]
    said = [words.title, words.depends, words.disclaimer, words.interpreter, words.not_receipt, words.told, words.why]
    assert unprintable(" ".join(said)) == ()


def _hostile_card(typed: str) -> bytes:
    text = CardText("en", typed, typed, (typed,), (typed,), typed, typed)
    paper = card_paper(price=LivePrice(100, (typed,)))
    return card_pdf(replace(paper, card=replace(CARD, texts=(text,)), office=replace(paper.office, name=typed)))


def _hostile_estimate(typed: str) -> bytes:
    paper = estimate()
    line = replace(paper.lines[0], name=typed, inputs={"what": typed}, explain=(typed,))
    return estimate_pdf(replace(paper, lines=(line,), prepared_by=typed, office=replace(paper.office, name=typed)))


@pytest.mark.parametrize("make", [_hostile_card, _hostile_estimate])
@ALL
def test_what_somebody_typed_is_printed_as_text(make: Callable[[str], bytes], typed: str, printed: str) -> None:
    pdf = make(typed)
    assert not reading.ACTIVE & {str(key) for thing in reading.dictionaries(pdf) for key in thing}
    assert printed.replace(" ", "") in reading.text(pdf).replace(" ", "")
