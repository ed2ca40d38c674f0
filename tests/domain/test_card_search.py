"""Cards are found by what people say, with typing errors."""

from __future__ import annotations

import pytest

from csr_desk.domain.card_search import CardIndex

CARDS = {
    "move": {"How do I start water service?": 3.0, "Bring your lease or deed and an identity card": 1.0},
    "leak": {"My bill is too high, is there a leak?": 3.0, "Read the meter, wait an hour, read it again": 1.0},
    "fence": {"Do I need a permit for a fence?": 3.0, "Above eight feet, or of masonry": 1.0},
    "alarm": {"How do I renew an alarm permit?": 3.0, "The price depends on when the permit ends": 1.0},
    "es": {"¿Cómo pido el servicio de agua?": 3.0, "Traiga su contrato": 1.0},
}
INDEX = CardIndex(CARDS.items())


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("start water service", "move"), ("watre service", "move"), ("identiy card", "move"), ("fense", "fence"),
        ("FENCE permit", "fence"), ("alram", "alarm"), ("renew permit", "alarm"), ("bill high", "leak"),
        ("servicio de agua", "es"), ("como pido", "es"), ("met", "leak"), ("mesonry", "fence"),
        ("what is a lease", "move"),
    ],
)  # fmt: skip
def test_the_card_that_is_meant_stands_first(question: str, first: str) -> None:
    assert INDEX.find(question)[0].key == first


def test_what_has_both_words_stands_before_what_has_one() -> None:
    found = [hit.key for hit in INDEX.find("permit fence")]
    assert found[:2] == ["fence", "alarm"]


def test_a_word_that_is_known_is_not_taken_for_another() -> None:
    assert [hit.key for hit in INDEX.find("read")] == ["leak"]


def test_nothing_is_found_by_nothing_and_by_what_no_card_says() -> None:
    assert INDEX.find("") == ()
    assert INDEX.find("??") == ()
    assert INDEX.find("zebra") == ()
    assert CardIndex([]).find("water") == ()
    assert len(INDEX) == 5


def test_a_question_of_small_words_only_is_looked_for_all_the_same() -> None:
    assert INDEX.find("how do i")
    assert len(INDEX.find("do", limit=1)) == 1
