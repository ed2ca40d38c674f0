"""The steps of the counter script for the information desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from csr_desk.domain.cards import Card, CardText, LivePrice
from csr_desk.domain.errors import BadInput
from csr_desk.domain.money import plain
from csr_desk.domain.people import Actor
from csr_desk.services import cards
from csr_desk.services.desk import Desk
from csr_desk.services.lines import read_whole
from csr_desk.services.replay_step import Step, actor_of

Result = Mapping[str, Any]


def keep_card(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Write a card, or change the one that is named."""
    command = cards.KeepCard(
        step.key, step.text("topic"), tuple(_text(one) for one in step.list("texts")), step.text("card"),
        read_whole(step.data.get("version", 0), "version"), step.text("item"), step.text("form"), step.text("need"),
        step.text("owner"),
    )  # fmt: skip
    return of_card(cards.keep_card(desk, actor_of(actor), command).value)


def review_card(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Note that a card was read through; with ``step`` retire it or bring it back."""
    how = step.text("step") or "write"
    if how not in {"write", "retire", "bring_back"}:
        raise BadInput("“step” is write, retire or bring_back.", field="step")
    return of_card(cards.review_card(desk, actor_of(actor), cards.ReviewCard(step.key, step.needed("card"), how)).value)


def show_card(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Note that a card was shown to somebody."""
    command = cards.ShowCard(step.key, step.needed("card"), step.text("language") or "en", step.text("customer_id"))
    return {"card": cards.show_card(desk, actor_of(actor), command).value}


def show_one(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Give a card with what its item costs today."""
    view = cards.card_of(desk, actor_of(actor), step.needed("card"))
    text = view.card.text_in(step.text("language") or "en")
    said = {"question": text.question, "answer": text.short_answer, "language": text.language}
    lines = {"steps": list(text.steps), "papers": list(text.papers)}
    return {**of_card(view.card), **said, **lines, "price": _price(view.price), "stale": view.stale}


def find_cards(desk: Desk, actor: Actor | None, step: Step) -> Result:
    """Find cards by what people say; with ``stale`` those that nobody reviewed in time."""
    who = actor_of(actor)
    found = cards.stale_cards(desk, who) if step.flag("stale") else cards.find_cards(desk, who, step.text("text"))
    return {"cards": [one.number for one in found]}


def of_card(one: Card) -> Result:
    """Give a card as the script reads it."""
    return {
        "card": one.number, "topic": one.topic, "state": one.state, "review_on": one.review_on.isoformat(),
        "item": one.item or None, "owner": one.owner or None, "version": one.version,
        "languages": [text.language for text in one.texts],
    }  # fmt: skip


def _price(price: LivePrice | None) -> object:
    if price is None:
        return None
    amount = None if price.amount is None else plain(price.amount)
    return {
        "amount": amount,
        "asks": list(price.asks),
        "why_not": price.why_not or None,
        "explain": list(price.explain),
    }


def _text(given: object) -> CardText:
    if not isinstance(given, Mapping):
        raise BadInput("A text of a card is an object.", field="texts")
    of = {str(name): value for name, value in given.items()}
    steps, papers = (tuple(map(str, of.get(name, ()))) for name in ("steps", "papers"))
    return CardText(
        str(of.get("language", "en")), str(of.get("question", "")), str(of.get("answer", "")), steps, papers,
        str(of.get("hours", "")), str(of.get("link", "")),
    )  # fmt: skip


STEPS: Mapping[str, Callable[[Desk, Actor | None, Step], Result]] = {
    "keep_card": keep_card,
    "review_card": review_card,
    "show_card": show_card,
    "card": show_one,
    "cards": find_cards,
}
"""The steps of this module, by their names in a script."""
