"""The cards of the information desk: found while one types, shown in two languages, noted for whom. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from csr_desk.domain.cards import DEFAULT_LANGUAGE, Card, CardPaper, CardText
from csr_desk.domain.changes import Done
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act
from csr_desk.ui.asking import Newest
from csr_desk.ui.context import Choice, Context, Field, Tone
from csr_desk.ui.customer_words import languages
from csr_desk.ui.dates import us_date
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.cards import CardView, KeepCard
    from csr_desk.services.customers import CustomerHit

MOST = 40
"""Cards in the list: whoever wants more says more of what they look for."""
_MOST_PEOPLE = 9


@dataclass(frozen=True, slots=True)
class Person:
    """The customer in front."""

    number: str = ""
    name: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class CardsPicture:
    """All that the panel shows."""

    question: str = ""
    stale_only: bool = False
    cards: tuple[Card, ...] = ()
    chosen: CardView | None = None
    language: str = DEFAULT_LANGUAGE
    second: str = ""
    """The language beside the first; empty where only one is shown."""
    explained: bool = False
    person: Person = Person()

    @property
    def text(self) -> CardText | None:
        """The card in the first language."""
        return self.chosen.card.text_in(self.language) if self.chosen else None

    @property
    def beside(self) -> CardText | None:
        """The card in the second language, where it has a text in it."""
        texts = self.chosen.card.texts if self.chosen and self.second else ()
        return next((one for one in texts if one.language == self.second), None)


class CardsView(Protocol):
    """What the presenter asks of the panel."""

    def show_picture(self, picture: CardsPicture) -> None:
        """Show it."""

    def open_form(self, card: Card | None, text: CardText) -> None:
        """Lay the form over the window in which a card is written."""


class CardsPresenter:
    """What was asked, what was found, and the card that is read."""

    def __init__(self, context: Context, view: CardsView) -> None:
        """Nothing is asked yet."""
        self.context, self.view = context, view
        self.picture = CardsPicture()
        self._asked = Newest(context, self._find, self._take)
        self._wanted = ""

    # ---- finding

    def load(self) -> None:
        """Read anew what is shown."""
        self._asked.ask(self.picture.question)

    def typed(self, text: str) -> None:
        """Somebody types: show what fits."""
        self.picture = replace(self.picture, question=text.strip(), stale_only=False)
        self._asked.ask(self.picture.question)

    def only_stale(self) -> None:
        """Show the cards that nobody reviewed in time, or all again."""
        self.picture = replace(self.picture, stale_only=not self.picture.stale_only)
        self.load()

    def _find(self, question: str) -> tuple[tuple[Card, ...], CardView | None]:
        """Find on the database's thread; the best is read at once, unless the one before is still among them."""
        from csr_desk.services import cards

        desk, actor = self.context.desk, self.context.actor
        if self.picture.stale_only:
            found = cards.stale_cards(desk, actor)[:MOST]
        elif question:
            found = cards.find_cards(desk, actor, question, MOST)
        else:
            found = cards.listed(desk, actor, MOST)
        before = self.picture.chosen.card.number if self.picture.chosen else ""
        keeps = before if not question and before in {one.number for one in found} else ""
        wanted = "" if self.picture.stale_only else self._wanted
        number = wanted or keeps or (found[0].number if found else "")
        return found, cards.card_of(desk, actor, number) if number else None

    def _take(self, _question: str, answer: tuple[tuple[Card, ...], CardView | None]) -> None:
        found, chosen = answer
        self._wanted = ""
        self._show(cards=found, chosen=chosen, explained=False)

    def choose(self, number: str) -> None:
        """Read another card of the list."""
        if self.picture.chosen is not None and self.picture.chosen.card.number == number:
            return
        desk, actor = self.context.desk, self.context.actor

        def read() -> CardView:
            from csr_desk.services import cards

            return cards.card_of(desk, actor, number)

        self.context.read(read, lambda chosen: self._show(chosen=chosen, explained=False))

    def look_at(self, about: str) -> None:
        """Show a card, or keep in mind who is in front."""
        noun, _, number = about.partition(":")
        if noun == "card":
            self._wanted = number
            self._asked.ask(self.picture.question)
        elif noun == "customer":
            self._know(number)

    def _know(self, number: str) -> None:
        desk, actor = self.context.desk, self.context.actor

        def read() -> Person:
            from csr_desk.services.customer_pages import customer_page

            page = customer_page(desk, actor, number)
            return Person(page.number, page.form.name, page.form.language)

        self.context.read(read, self._in_front)

    def _in_front(self, person: Person) -> None:
        """Show the card in the languages of the customer and of the clerk."""
        other = person.language if person.language not in {"", DEFAULT_LANGUAGE} else ""
        self._show(person=person, second=other or self.picture.second)

    # ---- reading

    def next_language(self) -> None:
        """Beside English: the next language that the card is written in, and after the last none."""
        chosen = self.picture.chosen
        if chosen is None:
            return
        others = [one.language for one in chosen.card.texts if one.language != self.picture.language]
        at = others.index(self.picture.second) + 1 if self.picture.second in others else 0
        if not others:
            self.context.shell.banner(tr("This card is written in one language only."), Tone.INFO)
        self._show(second=others[at] if at < len(others) else "")

    def explain(self) -> None:
        """F1: why it costs what it costs, or not."""
        self._show(explained=not self.picture.explained)

    def go_form(self) -> None:
        """Show the form that it takes."""
        if self.picture.chosen and self.picture.chosen.card.form_no:
            self.context.shell.go("info_desk", f"form:{self.picture.chosen.card.form_no}")

    def go_need(self) -> None:
        """Show who else helps with it."""
        if self.picture.chosen and self.picture.chosen.card.need_code:
            self.context.shell.go("info_desk", f"need:{self.picture.chosen.card.need_code}")

    def go_price(self) -> None:
        """Work out what it would cost."""
        if self.picture.chosen and self.picture.chosen.card.item:
            self.context.shell.go("info_desk", f"item:{self.picture.chosen.card.item}")

    def as_words(self) -> str:
        """Return the card as it is read, as plain words for an e-mail: in the second language where there is one."""
        view, text = self.picture.chosen, self.picture.beside or self.picture.text
        if view is None or text is None:
            return ""
        steps = (f"{at}. {step}" for at, step in enumerate(text.steps, start=1))
        amount = view.price.amount if view.price is not None else None
        day = us_date(self.context.desk.today())
        price = () if amount is None else (f"${shown(amount)} ({day})",)
        lines = (text.question, text.short_answer, *steps, *(f"- {one}" for one in text.papers), text.hours, text.link)
        return "\n".join(line for line in (*lines, *price) if line)

    def print_card(self) -> None:
        """Print the card in the customer's language, else in the one beside English, else in English."""
        view, picture = self.picture.chosen, self.picture
        if view is None:
            return
        desk = self.context.desk
        wanted = picture.person.language or picture.second or picture.language
        language = view.card.text_in(wanted).language
        paper = CardPaper(desk.office, view.card, language, view.price, desk.today())

        def make() -> bytes:
            from csr_desk.documents.info_card import card_pdf

            return card_pdf(paper)

        self.context.shell.print_paper(f"card-{view.card.number}-{language}", make)
        self.context.shell.banner(
            tr("{0} is printed in {1}.").format(view.card.number, language_words(language)), Tone.OK
        )

    # ---- showing it to somebody

    def show_to(self) -> None:
        """Note that it was shown: to who is in front, else ask to whom."""
        view = self.picture.chosen
        if view is None:
            return
        if self.picture.person.number:
            self._note(view.card, self.picture.person)
            return
        hint = tr("name, telephone or number; empty: nobody whom we know")
        who = Field("who", tr("Shown to"), hint=hint)

        def take(keyed: dict[str, str]) -> str | None:
            if keyed["who"]:
                self._look_up(view.card, keyed["who"])
            else:
                self._note(view.card, Person())
            return None

        self.context.shell.ask_fields(tr("Shown to whom?"), (who,), take, tr("Note it"))

    def _look_up(self, card: Card, text: str) -> None:
        desk, actor = self.context.desk, self.context.actor

        def read() -> tuple[CustomerHit, ...]:
            from csr_desk.services.customers import find_customers

            return find_customers(desk, actor, text, _MOST_PEOPLE).hits

        def found(hits: tuple[CustomerHit, ...]) -> None:
            people = {hit.number: Person(hit.number, hit.name, hit.language) for hit in hits}
            if not people:
                self.context.shell.banner(tr("Nobody has this name or number; nothing was noted."), Tone.WARN)
            elif len(people) == 1:
                self._note(card, *people.values())
            else:
                choices = [
                    Choice(str(at), " · ".join(part for part in (hit.name, hit.address) if part), hit.number)
                    for at, hit in enumerate(hits, start=1)
                ]
                self.context.shell.ask_reason(tr("Which of them?"), choices, lambda one: self._note(card, people[one]))

        self.context.read(read, found)

    def _note(self, card: Card, person: Person) -> None:
        from csr_desk.services import cards

        desk, actor = self.context.desk, self.context.actor
        language = self.picture.second or self.picture.language
        command = cards.ShowCard(uuid4().hex, card.number, language, person.number)

        def noted(_number: str) -> None:
            whom = tr("Shown to {0}: it stands on their timeline.").format(person.name)
            self.context.shell.banner(whom if person.number else tr("Noted that it was shown."), Tone.OK)

        self.context.act(lambda: cards.show_card(desk, actor, command), noted)

    def forget_person(self) -> None:
        """Somebody else is in front."""
        self._show(person=Person())

    # ---- keeping cards

    def write_new(self) -> None:
        """Write a new card."""
        self.view.open_form(None, CardText(DEFAULT_LANGUAGE, "", ""))

    def edit(self) -> None:
        """Change the text that is read: in the second language where one is beside it."""
        view = self.picture.chosen
        if view is not None:
            self.view.open_form(view.card, self.picture.beside or view.card.text_in(self.picture.language))

    def translate(self) -> None:
        """Write the card in a language that it is not written in yet, by the digit of the language."""
        view = self.picture.chosen
        if view is None:
            return
        written = {one.language for one in view.card.texts}
        missing = [(short, words) for short, words in languages().items() if short not in written][:9]
        choices = [Choice(str(at), words, short) for at, (short, words) in enumerate(missing, start=1)]
        card = view.card
        self.context.shell.ask_reason(
            tr("In which language?"), choices, lambda short: self.view.open_form(card, CardText(short, "", ""))
        )

    def keep(self, command: KeepCard, failed: FailedForm) -> None:
        """Keep what was written; what is refused is told to the form."""
        from csr_desk.services import cards

        desk, actor = self.context.desk, self.context.actor

        def kept(card: Card) -> None:
            failed.close_sheet()
            self._wanted = card.number
            self.context.shell.banner(tr("{0} is kept.").format(card.number), Tone.OK)
            self.load()

        self.context.act(lambda: cards.keep_card(desk, actor, command), kept, failed.refuse)

    def review(self, step: str = "write") -> None:
        """Note that it was read through and is right; or retire it."""
        from csr_desk.services import cards

        view = self.picture.chosen
        if view is None:
            return
        desk, actor = self.context.desk, self.context.actor
        command = cards.ReviewCard(uuid4().hex, view.card.number, step)

        def act() -> Done[Card]:
            return cards.review_card(desk, actor, command)

        def told(card: Card) -> None:
            words = tr("{0} is right until {1}.").format(card.number, us_date(card.review_on))
            self.context.shell.banner(words if step == "write" else tr("{0} is retired.").format(card.number), Tone.OK)
            self._wanted = card.number if step == "write" else ""
            self.load()

        self.context.act(act, told)

    def may(self, act: Act) -> bool:
        """Say whether the person may do an act."""
        return self.context.actor.may(act)

    def _show(self, **changed: object) -> None:
        self.picture = replace(self.picture, **changed)  # type: ignore[arg-type]
        self.view.show_picture(self.picture)


class FailedForm(Protocol):
    """The form that a card is written in."""

    def refuse(self, error: Exception) -> None:
        """Say why it was not kept."""

    def close_sheet(self) -> None:
        """It is done."""


def language_words(short: str) -> str:
    """A language by its name."""
    return languages().get(short, short)
