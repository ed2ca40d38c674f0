"""What a card shows beside its words: topic and keywords, what its item costs today, since when, whose it is."""

from __future__ import annotations

from datetime import date

import pytest

from csr_desk.domain.cards import CardText
from csr_desk.domain.errors import BadInput
from csr_desk.services import announcements, cards, demo_card_texts, demo_cards, demo_notices
from csr_desk.services.verification import verify_desk
from demo_city import City

TEXT = CardText("en", "What does it cost?", "It depends.")


def keep(city: City, topic: str, item: str = "") -> str:
    """Write a card; its number."""
    command = cards.KeepCard(city.key(), topic, (TEXT,), item=item)
    return cards.keep_card(city.desk, city.who("supervisor1"), command).value.number


def test_keywords_stand_behind_the_topic_and_are_found_like_the_words_of_the_card(city: City) -> None:
    number = keep(city, "Water; leak, dripping tap,")
    found = cards.card_of(city.desk, city.who("clerk1"), number)
    assert (found.card.heading, found.card.keywords) == ("Water", ("leak", "dripping tap"))
    assert found.owner_name == "Robert Hayes"
    assert [one.number for one in cards.find_cards(city.desk, city.who("clerk1"), "driping")] == [number]
    with pytest.raises(BadInput):
        keep(city, "Water; " + "leak, " * 60)


def test_a_live_price_says_since_when_and_by_what_law(city: City) -> None:
    clerk = city.who("clerk1")
    price = cards.price_today(city.desk, clerk, "ALM-RES")
    assert (price.amount, price.since, price.authority) == (5000, date(2011, 1, 1), "City Code 11-62(a)")
    assert cards.price_today(city.desk, clerk, "ELE-RECON").amount == 9400 + 3356  # the fee that joins it as well
    asks = cards.price_today(city.desk, clerk, "BLD-FENCE")
    assert (asks.amount, asks.asks, asks.since) == (None, ("Linear feet",), date(2023, 1, 1))
    assert "any more" in cards.price_today(city.desk, clerk, "NO-SUCH").why_not


def test_before_anybody_asks_the_cards_are_listed_by_topic(city: City) -> None:
    water, alarms = keep(city, "Water"), keep(city, "Alarms")
    clerk = city.who("clerk1")
    assert [one.number for one in cards.listed(city.desk, clerk)] == [alarms, water]
    assert [one.number for one in cards.listed(city.desk, clerk, 1)] == [alarms]
    cards.review_card(city.desk, city.who("supervisor1"), cards.ReviewCard("gone", alarms, "retire"))
    assert [one.number for one in cards.listed(city.desk, clerk)] == [water]


def test_the_demo_city_has_cards_with_prices_of_its_catalogue_and_some_are_stale(city: City) -> None:
    count = demo_cards.settle(city.desk)
    clerk = city.who("clerk1")
    listed = cards.listed(city.desk, clerk, 100)
    assert len(listed) == count == len(demo_card_texts.CARDS)
    assert len(cards.stale_cards(city.desk, clerk)) == demo_cards.STALE
    for card in listed:
        if card.item:
            assert not cards.price_today(city.desk, clerk, card.item).why_not, card.item
    best = cards.find_cards(city.desk, clerk, "me cortaron el agua")[0]
    assert best.item == "WTR-RESTORE"
    assert {text.language for text in best.texts} == {"en", "es", "vi"}
    assert verify_desk(city.desk).first_fault is None


def test_one_notice_of_the_demo_city_comes_up_at_the_sign_in_and_stops_no_sale(city: City) -> None:
    demo_cards.settle(city.desk)
    clerk = city.who("clerk1")
    assert announcements.unread(city.desk, clerk) == ()
    (waits,) = announcements.news(city.desk, clerk)
    assert waits.title == demo_notices.NOTICES[-1].title
    board = announcements.board(city.desk, clerk)
    assert len(board.notices) == len(demo_notices.NOTICES)
    assert board.unread == {waits.number}
    linked = announcements.links(city.desk, clerk, waits.number)
    assert (linked[0].noun, linked[0].number, linked[0].price) == ("item", "WTR-RESTORE", "37.59")
    assert linked[1].about.startswith("card:KA")
    city.open()
    assert city.sell().collected == 5000
