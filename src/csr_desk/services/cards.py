"""The information desk: cards written, reviewed, retired, found, shown to somebody (I1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from csr_desk.data.models import card, card_showing, card_text
from csr_desk.data.queries import Connection, customers, heads, people, told
from csr_desk.data.queries import cards as rows
from csr_desk.domain import about
from csr_desk.domain.card_search import CardIndex
from csr_desk.domain.cards import Card, CardText, LivePrice, months_later, weighed
from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, Conflict, MissingInput, NotFound, Refusal
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_steps import CARD
from csr_desk.domain.telling import Change, Value
from csr_desk.services import sell, telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.typed_numbers import no_such, typed_number
from csr_desk.services.words import needed_words, plain_words

SERIES = "card"
TOPICS = frozenset({Topic.INFORMATION})
LONGEST = 2000
MOST_LINES = 30


@dataclass(frozen=True, slots=True)
class KeepCard:
    """Write a card, or with its number change it; ``version`` is how it stood when it was read."""

    key: str
    topic: str
    texts: tuple[CardText, ...]
    card: str = ""
    version: int = 0
    item: str = ""
    form_no: str = ""
    need_code: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class ReviewCard:
    """Somebody read it through: it is right, for some months more; or it is retired, or comes back."""

    key: str
    card: str
    step: str = "write"


@dataclass(frozen=True, slots=True)
class ShowCard:
    """It was shown or read to somebody, or to nobody whom we know."""

    key: str
    card: str
    language: str = "en"
    customer_id: str = ""


@dataclass(frozen=True, slots=True)
class CardView:
    """A card with what its item costs today."""

    card: Card
    price: LivePrice | None
    stale: bool
    owner_name: str = ""


def keep_card(desk: Desk, actor: Actor, command: KeepCard) -> Done[Card]:
    """Write or change a card; it is reviewed by that.

    Raises NotFound (item, owner, card), MissingInput (no question, no answer), BadInput (a language twice), Conflict.
    """
    actor.require(Act.KEEP_CARDS)
    content = content_of(desk, actor.user, command)
    texts = _checked(command.texts)
    topic = needed_words(command.topic, "topic", "Say under which topic it stands.", 200)
    if command.item and command.item not in desk.catalogue.items:
        raise NotFound(f"Nothing in the catalogue has the code “{command.item[:40]}”.", field="item")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["card"])), replayed=True)
        if command.owner and command.owner not in people.names(work.conn):
            raise NotFound(f"Nobody here is called “{command.owner[:40]}”.", field="owner")
        values: dict[str, Value] = {
            "topic": topic, "state": "current", "item": command.item or None,
            "form_no": plain_words(command.form_no, "form_no", 40) or None,
            "need_code": plain_words(command.need_code, "need_code", 40) or None,
            "owner": command.owner or actor.user, **_reviewed(desk),
        }  # fmt: skip
        number, changes = _row(desk, work.conn, command, values)
        changes += [_text(work.conn, number, text) for text in texts]
        telling.tell(work, desk, _draft(desk, actor, (command.key, content), number), changes, [about.card(number)])
        done = one(work.conn, number)
    return Done(done, TOPICS)


def review_card(desk: Desk, actor: Actor, command: ReviewCard) -> Done[Card]:
    """Note that a card was read through (``write``), retire it or bring it back; raise NotFound, WrongState."""
    actor.require(Act.KEEP_CARDS)
    if command.step not in CARD.moves:
        raise BadInput(f"A card is read through by one of {', '.join(CARD.moves)}.", field="step")
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["card"])), replayed=True)
        row = told.record(work.conn, card, typed_number(SERIES, command.card), lock=True)
        if row is None:
            raise no_such(SERIES, command.card)
        values: dict[str, Value] = {"state": CARD.after(command.step, row["state"]), **_reviewed(desk)}
        number = str(row["card_no"])
        draft = _draft(desk, actor, (command.key, content), number)
        telling.tell(work, desk, draft, [told.changed(card, row, values)], [about.card(number)])
        done = one(work.conn, number)
    return Done(done, TOPICS)


def show_card(desk: Desk, actor: Actor, command: ShowCard) -> Done[str]:
    """Note that a card was shown to somebody: their time line has it. Raises NotFound (card, customer)."""
    actor.require(Act.SHOW_CARD)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(str(earlier.facts["card"]), replayed=True)
        found = one(work.conn, typed_number(SERIES, command.card))
        if command.customer_id and customers.one(work.conn, command.customer_id) is None:
            raise NotFound(f"There is no customer “{command.customer_id[:40]}”.", field="customer_id")
        values: dict[str, Value] = {
            "card_no": found.number, "language": found.text_in(command.language).language, "at": desk.now_text(),
            "shown_by": actor.user,
        }  # fmt: skip
        values |= {"customer_id": command.customer_id} if command.customer_id else {}
        whose = [about.customer(command.customer_id)] if command.customer_id else []
        draft = EntryDraft(
            desk.office_series, EventKind.CARD_SHOWN, desk.today(), actor.user, command.key, content_hash=content,
            facts={"card": found.number},
        )  # fmt: skip
        shown = told.added(card_showing, (f"{desk.office_series}-{command.key}"[:120],), values)
        telling.tell(work, desk, draft, [shown], [about.card(found.number), *whose])
    return Done(found.number, TOPICS)


def find_cards(desk: Desk, actor: Actor, question: str, limit: int = 20) -> tuple[Card, ...]:
    """Return the cards that fit a question, the best first; typing errors are forgiven. Without one: none."""
    actor.require(Act.SEE_CARDS)
    with desk.read() as work:
        index = _index(desk, work.conn)
        return rows.some(work.conn, [hit.key for hit in index.find(question, limit)])


def listed(desk: Desk, actor: Actor, limit: int = 50) -> tuple[Card, ...]:
    """Return cards by their topics, before anybody asked for one."""
    actor.require(Act.SEE_CARDS)
    with desk.read() as work:
        return rows.by_topic(work.conn, limit)


def card_of(desk: Desk, actor: Actor, typed: str) -> CardView:
    """Return a card with what its item costs today; raise NotFound, BadInput (a wrong figure)."""
    actor.require(Act.SEE_CARDS)
    with desk.read() as work:
        found = one(work.conn, typed_number(SERIES, typed))
        owner = people.names(work.conn).get(found.owner, "")
    price = price_today(desk, actor, found.item) if found.item else None
    return CardView(found, price, found.is_stale(desk.today()), owner)


def stale_cards(desk: Desk, actor: Actor) -> tuple[Card, ...]:
    """Return the cards that nobody reviewed in time, the oldest first."""
    actor.require(Act.SEE_CARDS)
    with desk.read() as work:
        return rows.stale(work.conn, desk.today())


def one(conn: Connection, number: str) -> Card:
    """Return a card; raise NotFound."""
    found = rows.some(conn, (number,))
    if not found:
        raise no_such(SERIES, number)
    return found[0]


def _index(desk: Desk, conn: Connection) -> CardIndex:
    """Return the search over the cards as they stand; made anew only after one changed.

    A key asks where the office's entries stand, which one row says; only after a new one are the cards looked over.
    """
    at, stamp, index = desk.card_index or (0, None, None)
    last = heads.last_seq(conn, desk.office_series)
    if index is None or last != at:
        now = rows.stamp(conn)
        if index is None or now != stamp:
            index = CardIndex((one.number, weighed(one)) for one in rows.cards(conn))
        desk.card_index = (last, now, index)
    return index


def price_today(desk: Desk, actor: Actor, item: str) -> LivePrice:
    """Work out what an item costs today; where that depends on something, say on what."""
    actor.require(Act.SEE_CARDS)
    found = desk.catalogue.items.get(item)
    if found is None:
        return LivePrice(None, why_not=f"Nothing in the catalogue has the code “{item}” any more.")
    try:
        version = found.version_on(desk.today())
        known = LivePrice(None, since=version.effective_from, authority=version.authority)
        asked = tuple(one.label for one in version.inputs if one.prices)
        if asked:
            return replace(known, asks=asked)
        cart = sell.quote(desk, actor, sell.Quote((CartLine(item),), demo_inputs=True)).cart
    except Refusal as refusal:
        return LivePrice(None, why_not=str(refusal))
    return replace(known, amount=cart.total, explain=tuple(said for line in cart.lines for said in line.explain))


def _reviewed(desk: Desk) -> dict[str, Value]:
    today = desk.today()
    return {
        "review_on": months_later(today, desk.policy.card_review_months).isoformat(), "changed_on": today.isoformat(),
    }  # fmt: skip


def _row(desk: Desk, conn: Connection, command: KeepCard, values: Mapping[str, Value]) -> tuple[str, list[Change]]:
    if not command.card:
        number, counted = telling.next_number(conn, desk, SERIES, desk.today().year)
        return number, [counted, told.added(card, (number,), {name: v for name, v in values.items() if v is not None})]
    row = told.record(conn, card, typed_number(SERIES, command.card), lock=True)
    if row is None:
        raise no_such(SERIES, command.card)
    if row["version"] != command.version:
        raise Conflict
    CARD.after("write", row["state"])
    return str(row["card_no"]), [told.changed(card, row, values)]


def _text(conn: Connection, number: str, text: CardText) -> Change:
    words: dict[str, str | None] = {
        "question": text.question, "short_answer": text.short_answer, "steps": "\n".join(text.steps) or None,
        "papers": "\n".join(text.papers) or None, "hours": text.hours or None, "link": text.link or None,
    }  # fmt: skip
    row = told.record(conn, card_text, number, text.language, lock=True)
    if row is None:
        return told.added(card_text, (number, text.language), {}, {name: said for name, said in words.items() if said})
    return told.changed(card_text, row, {}, words)


def _checked(texts: Sequence[CardText]) -> tuple[CardText, ...]:
    if not texts:
        raise MissingInput("A card needs a question and an answer.", field="texts")
    languages = [text.language for text in texts]
    if len(set(languages)) != len(languages):
        raise BadInput("A card has one text in each language.", field="language")
    return tuple(_tidy(text) for text in texts)


def _tidy(text: CardText) -> CardText:
    return CardText(
        needed_words(text.language, "language", "Say in which language.", 10),
        needed_words(text.question, "question", "Write the question as people ask it.", 300),
        needed_words(text.short_answer, "short_answer", "Write the answer in a few words.", LONGEST),
        _listed(text.steps, "steps"), _listed(text.papers, "papers"), plain_words(text.hours, "hours", 200),
        plain_words(text.link, "link", 300),
    )  # fmt: skip


def _listed(lines: Sequence[str], name: str) -> tuple[str, ...]:
    kept = tuple(said for line in lines for part in line.splitlines() if (said := plain_words(part, name, 300)))
    if len(kept) > MOST_LINES:
        raise BadInput(f"“{name}” has at most {MOST_LINES} lines.", field=name)
    return kept


def _draft(desk: Desk, actor: Actor, key: tuple[str, str], number: str) -> EntryDraft:
    facts: dict[str, Any] = {"card": number}
    return EntryDraft(
        desk.office_series, EventKind.CARD_CHANGED, desk.today(), actor.user, key[0], content_hash=key[1], facts=facts
    )
