"""The trials of the information desk and of notices (see ``role_trials``)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from csr_desk.domain.cards import CardText
from csr_desk.domain.people import Act
from csr_desk.services import announcements, cards
from demo_city import City

if TYPE_CHECKING:
    from services.role_trials import World

CARD = "KA26-00001-0"
"""The card of the world that the trials find."""
NOTICE = "N26-0001-7"
TEXT = CardText("en", "How do I start water service?", "Bring a lease and an identity card.")
LATER = date(2026, 8, 14)
"""What is tried here stops nobody who sells in the other trials."""


def lay_out(city: City) -> None:
    """Leave a card and a notice."""
    supervisor = city.who("supervisor1")
    cards.keep_card(city.desk, supervisor, cards.KeepCard("laid out card", "Water", (TEXT,)))
    command = announcements.PostNotice("laid out notice", "New hours", "We close at five.", LATER)
    announcements.post_notice(city.desk, supervisor, command)


TRIALS: dict[str, tuple[Act, Callable[[World], object]]] = {
    "cards.keep_card": (
        Act.KEEP_CARDS,
        lambda w: cards.keep_card(w.city.desk, w.actor, cards.KeepCard(w.city.key(), "Water", (TEXT,))),
    ),
    "cards.review_card": (
        Act.KEEP_CARDS, lambda w: cards.review_card(w.city.desk, w.actor, cards.ReviewCard(w.city.key(), CARD)),
    ),
    "cards.show_card": (
        Act.SHOW_CARD, lambda w: cards.show_card(w.city.desk, w.actor, cards.ShowCard(w.city.key(), CARD)),
    ),
    "cards.find_cards": (Act.SEE_CARDS, lambda w: cards.find_cards(w.city.desk, w.actor, "water")),
    "cards.card_of": (Act.SEE_CARDS, lambda w: cards.card_of(w.city.desk, w.actor, CARD)),
    "cards.listed": (Act.SEE_CARDS, lambda w: cards.listed(w.city.desk, w.actor)),
    "cards.price_today": (Act.SEE_CARDS, lambda w: cards.price_today(w.city.desk, w.actor, "ALM-RES")),
    "cards.stale_cards": (Act.SEE_CARDS, lambda w: cards.stale_cards(w.city.desk, w.actor)),
    "announcements.post_notice": (
        Act.POST_NOTICE,
        lambda w: announcements.post_notice(
            w.city.desk, w.actor, announcements.PostNotice(w.city.key(), "New form", "Use CE-1057.", LATER)
        ),
    ),
    "announcements.withdraw_notice": (
        Act.POST_NOTICE,
        lambda w: announcements.withdraw_notice(
            w.city.desk, w.actor, announcements.WithdrawNotice(w.city.key(), _another(w), "Wrong day")
        ),
    ),
    "announcements.read_notice": (
        Act.READ_NOTICE,
        lambda w: announcements.read_notice(w.city.desk, w.actor, announcements.ReadNotice(w.city.key(), NOTICE)),
    ),
    "announcements.board": (Act.READ_NOTICE, lambda w: announcements.board(w.city.desk, w.actor)),
    "announcements.links": (Act.READ_NOTICE, lambda w: announcements.links(w.city.desk, w.actor, NOTICE)),
    "announcements.news": (Act.READ_NOTICE, lambda w: announcements.news(w.city.desk, w.actor)),
    "announcements.unread": (Act.READ_NOTICE, lambda w: announcements.unread(w.city.desk, w.actor)),
    "announcements.who_read": (Act.POST_NOTICE, lambda w: announcements.who_read(w.city.desk, w.actor, NOTICE)),
}  # fmt: skip
"""By module and function: the act, and how it is tried."""


def _another(world: World) -> str:
    """Post a notice for whoever may withdraw it."""
    if not world.actor.may(Act.POST_NOTICE):
        return NOTICE
    command = announcements.PostNotice(world.city.key(), "Not so", "It does not come about.", LATER)
    return announcements.post_notice(world.city.desk, world.city.who("supervisor1"), command).value.number
