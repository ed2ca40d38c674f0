"""Papers of releases: the batch for the company, the next step for the customer in their language."""

from __future__ import annotations

import pytest

from csr_desk.documents.next_step import next_step_pdf
from csr_desk.documents.next_step_words import LANGUAGES
from csr_desk.documents.release_batch import release_batch_pdf
from csr_desk.documents.typeface import unprintable
from csr_desk.domain.release import Condition, Kind
from documents import reading
from documents.release_samples import ESI, WAITING, batch, next_step


def shown(pdf: bytes) -> str:
    """What stands on the paper, on one line."""
    return " ".join(reading.text(pdf).split())


def test_a_batch_shows_each_address_exactly_as_permitted_and_is_the_same_twice() -> None:
    pdf = release_batch_pdf(batch())
    assert pdf == release_batch_pdf(batch())
    text = shown(pdf)
    for fact in ("4107 LEELAND ST B", ESI, "R26-000001-9", "none: well", "CenterPoint Energy", "3 releases"):
        assert fact in text, fact
    assert all("DEMONSTRATION – not a real release · TRAINING" in page for page in reading.pages(pdf))


def test_a_storm_of_500_is_marked_and_repeats_its_heading_on_every_page() -> None:
    pages = [" ".join(page.split()) for page in reading.pages(release_batch_pdf(batch("emergency", 500)))]
    assert len(pages) > 5
    assert "EMERGENCY" in pages[0]
    assert all("Address exactly as permitted" in page for page in pages[:-1])
    assert "500 ELLA BLVD" in " ".join(pages)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_next_step_is_told_in_the_customers_language_with_the_last_day(language: str) -> None:
    text = shown(next_step_pdf(next_step(language)))
    words = LANGUAGES[language]
    for fact in (words.title, words.step, ESI, "CNP-88213", "CenterPoint Energy", "4107 LEELAND ST B"):
        assert fact in text, fact
    assert words.last.format(last=words.date(next_step().last_day or next_step().on)) in text


def test_a_language_without_a_text_gets_english_and_never_a_blank() -> None:
    assert LANGUAGES["en"].title in shown(next_step_pdf(next_step("ar")))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_every_condition_in_letters_that_are_printed(language: str) -> None:
    words = LANGUAGES[language]
    assert set(words.missing) == set(Condition)
    said = [*words.missing.values(), *words.electric, *words.gas, *words.water, words.deadline, words.last, words.waits]
    assert unprintable(" ".join(said)) == ()


def test_before_it_is_sent_the_paper_says_what_is_missing_and_no_steps() -> None:
    text = shown(next_step_pdf(WAITING))
    words = LANGUAGES["vi"]
    assert words.missing[Condition.INSPECTION] in text
    assert words.missing[Condition.ADDRESS] in text
    assert words.step not in text


def test_gas_and_water_name_no_move_in_order() -> None:
    for kind in (Kind.FINAL_GAS, Kind.WATER):
        text = shown(next_step_pdf(next_step("en", kind=kind)))
        assert "ESI ID" not in text
        assert "cancelled" not in text
