"""Cards of the information desk: what is asked often, what is answered, what to bring, what it costs today (I1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.domain.money import Cents
from csr_desk.domain.receipt import Office

DEFAULT_LANGUAGE = "en"
KEYWORDS_AFTER = ";"
"""Behind it, in the topic of a card, stand its keywords: ``Water; leak, tap, meter``."""
QUESTION, KEYWORDS, BODY = 3, 2, 1
"""What a word weighs, by where on the card it stands."""


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card says in one language; steps and papers are a line each."""

    language: str
    question: str
    short_answer: str
    steps: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    hours: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A card as it stands."""

    number: str
    topic: str
    state: str
    review_on: date
    changed_on: date
    item: str = ""
    form_no: str = ""
    need_code: str = ""
    owner: str = ""
    texts: tuple[CardText, ...] = ()
    version: int = 0

    @property
    def heading(self) -> str:
        """The topic without the words that people say instead of it."""
        return self.topic.partition(KEYWORDS_AFTER)[0].strip()

    @property
    def keywords(self) -> tuple[str, ...]:
        """What people say instead of the words of the card; they stand behind the topic and are found as it is."""
        said = self.topic.partition(KEYWORDS_AFTER)[2].split(",")
        return tuple(word.strip() for word in said if word.strip())

    def text_in(self, language: str) -> CardText:
        """Return its text in a language; in English, or the first that there is, where it has none in it."""
        by = {text.language: text for text in self.texts}
        return by.get(language) or by.get(DEFAULT_LANGUAGE) or self.texts[0]

    def is_stale(self, today: date) -> bool:
        """Nobody has looked at it since the day on which somebody should have."""
        return self.state == "current" and today > self.review_on


@dataclass(frozen=True, slots=True)
class LivePrice:
    """What the item of a card costs today: the amount with why, or what has to be asked to know it."""

    amount: Cents | None
    explain: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    why_not: str = ""
    since: date | None = None
    """From when this price is in force."""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class CardPaper:
    """A card on paper, in one language, with what it cost on the day it was printed."""

    office: Office
    card: Card
    language: str
    price: LivePrice | None
    day: date


def weighed(card: Card) -> dict[str, float]:
    """Return the texts of a card with what a word in each weighs, for the search."""
    found: dict[str, float] = {card.number: KEYWORDS, card.topic: KEYWORDS, card.item: KEYWORDS, card.form_no: KEYWORDS}
    for text in card.texts:
        found[text.question] = QUESTION
        for body in (text.short_answer, *text.steps, *text.papers):
            found.setdefault(body, BODY)
    return {text: weight for text, weight in found.items() if text}


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later; the last of a month that is shorter."""
    at = day.year * 12 + day.month - 1 + months
    year, month = divmod(at, 12)
    for last in range(day.day, day.day - 4, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("a month has at least 28 days")
