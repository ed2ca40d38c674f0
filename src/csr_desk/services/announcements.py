"""What changes, and from when: posted, withdrawn, read and acknowledged, announced by a new catalogue itself (I2)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from csr_desk.data.models import notice, notice_read
from csr_desk.data.queries import Connection, people, told
from csr_desk.data.queries import announcements as rows
from csr_desk.data.queries import cards as card_rows
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.announcement import Notice, NoticeKind
from csr_desk.domain.cards import DEFAULT_LANGUAGE
from csr_desk.domain.catalogue import Catalogue
from csr_desk.domain.chain import canonical_json
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.money import shown
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.request_steps import NOTICE
from csr_desk.domain.telling import Change, Value
from csr_desk.services import cards, telling
from csr_desk.services.catalogue_changes import changed_by
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.typed_numbers import no_such, typed_number
from csr_desk.services.words import plain_words

SERIES = "notice"
CARD = "card"
TOPICS = frozenset({Topic.NOTICES})
LONGEST = 4000
SHOWN_DAYS = 30
"""So long after it took effect a notice stays on the board."""
MOST_LINKS = 40
"""Items that are listed with their price; a whole new fee schedule is read in the catalogue itself."""


@dataclass(frozen=True, slots=True)
class PostNotice:
    """Say what changes; whoever sells from then on has to read it where ``must_read``."""

    key: str
    title: str
    body: str
    effective_on: date
    kind: NoticeKind = NoticeKind.PROCESS
    must_read: bool = True
    items: tuple[str, ...] = ()
    cards: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WithdrawNotice:
    """It was wrong, or does not come about."""

    key: str
    notice: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadNotice:
    """I have read it."""

    key: str
    notice: str


@dataclass(frozen=True, slots=True)
class Board:
    """What is posted, and the numbers of what a person has not read."""

    notices: tuple[Notice, ...]
    unread: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """Something that a notice is about, with what it costs today."""

    noun: str
    number: str
    words: str = ""
    price: str = ""

    @property
    def about(self) -> str:
        """Where it is looked at (``card:KA26-00001-0``)."""
        return f"{self.noun}:{self.number}"


@dataclass(frozen=True, slots=True)
class Readers:
    """Who has read a notice, and who of those that sell has not."""

    notice: Notice
    read: tuple[tuple[str, str], ...]
    """Name and when (UTC text)."""
    missing: tuple[str, ...]


def post_notice(desk: Desk, actor: Actor, command: PostNotice) -> Done[Notice]:
    """Post a notice; raise MissingInput (no title, no text), BadInput (no such item), NotFound (no such card)."""
    actor.require(Act.POST_NOTICE)
    content = content_of(desk, actor.user, command)
    title, body = plain_words(command.title, "title", 160), plain_words(command.body, "body", LONGEST)
    for name, said in (("title", title), ("body", body)):
        if not said:
            raise MissingInput("Say what changes, in a title and in a few sentences.", field=name)
    for code in command.items:
        if code not in desk.catalogue.items:
            raise BadInput(f"Nothing in the catalogue has the code “{code[:40]}”.", field="items")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["notice"])), replayed=True)
        command = _linked(work.conn, command)
        number, changes = _posted(desk, work.conn, actor.user, (command, title, body))
        telling.tell(work, desk, _draft(desk, actor, (command.key, content), number), changes, [about.notice(number)])
        done = one(work.conn, number)
    return Done(done, TOPICS)


def withdraw_notice(desk: Desk, actor: Actor, command: WithdrawNotice) -> Done[Notice]:
    """Withdraw a notice; raise NotFound, MissingInput (no reason), WrongState."""
    actor.require(Act.POST_NOTICE)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    if not reason:
        raise MissingInput("Say why it is withdrawn: somebody may have told it to a customer.", field="reason")
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["notice"])), replayed=True)
        row = _row(work.conn, command.notice)
        number = str(row["notice_no"])
        change = told.changed(notice, row, {"state": NOTICE.after("withdraw", row["state"])})
        draft = _draft(desk, actor, (command.key, content), number, {"reason": reason})
        telling.tell(work, desk, draft, [change], [about.notice(number)])
        done = one(work.conn, number)
    return Done(done, TOPICS)


def read_notice(desk: Desk, actor: Actor, command: ReadNotice) -> Done[Notice]:
    """Acknowledge a notice, once; raise NotFound, WrongState (it is withdrawn)."""
    actor.require(Act.READ_NOTICE)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if (earlier := earlier_event(work.conn, command.key, content)) is not None:
            return Done(one(work.conn, str(earlier.facts["notice"])), replayed=True)
        row = _row(work.conn, command.notice)
        number = str(row["notice_no"])
        NOTICE.after("withdraw", row["state"])  # what is withdrawn is not acknowledged any more
        if actor.user not in rows.readers(work.conn, number):
            draft = EntryDraft(
                desk.office_series, EventKind.NOTICE_READ, desk.today(), actor.user, command.key,
                content_hash=content, facts={"notice": number},
            )  # fmt: skip
            read = told.added(notice_read, (number, actor.user), {"at": desk.now_text()})
            telling.tell(work, desk, draft, [read], [about.notice(number)])
        done = one(work.conn, number)
    return Done(done, TOPICS)


def board(desk: Desk, actor: Actor) -> Board:
    """Return what changes soon, what changed lately, and what this person has still to read, the latest first."""
    actor.require(Act.READ_NOTICE)
    since = desk.today() - timedelta(days=SHOWN_DAYS)
    with desk.read() as work:
        read = rows.read_by(work.conn, actor.user)
        waits = {one.number for one in rows.unread(work.conn, actor.user, desk.today())}
        found = tuple(
            one for one in rows.posted(work.conn) if one.effective_on >= since or one.number in waits
        )  # fmt: skip
    return Board(found, frozenset(one.number for one in found if one.number not in read))


def links(desk: Desk, actor: Actor, typed: str) -> tuple[Link, ...]:
    """Return what a notice is about: items with what they cost today, cards, forms; raise NotFound."""
    actor.require(Act.READ_NOTICE)
    with desk.read() as work:
        found = one(work.conn, typed_number(SERIES, typed))
        told = card_rows.some(work.conn, found.cards)
    linked = []
    for code in found.items[:MOST_LINKS]:
        item = desk.catalogue.items.get(code)
        price = cards.price_today(desk, actor, code)
        amount = "" if price.amount is None else shown(price.amount)
        linked.append(Link("item", code, item.name if item is not None else price.why_not, amount))
    linked += [Link("card", card.number, card.text_in(DEFAULT_LANGUAGE).question) for card in told]
    return (*linked, *(Link("form", number) for number in found.forms))


def unread(desk: Desk, actor: Actor) -> tuple[Notice, ...]:
    """Return what this person has to read before they sell today, the oldest first."""
    actor.require(Act.READ_NOTICE)
    with desk.read() as work:
        return rows.unread(work.conn, actor.user, desk.today())


def news(desk: Desk, actor: Actor) -> tuple[Notice, ...]:
    """Return what comes up at this person's sign-in: what they have to read first, then what changes about now."""
    actor.require(Act.READ_NOTICE)
    today, span = desk.today(), timedelta(days=SHOWN_DAYS)
    with desk.read() as work:
        needed = rows.unread(work.conn, actor.user, today)
        found = rows.news(work.conn, actor.user, (today - span, today + span))
    return (*needed, *(one for one in found if one not in needed))


def who_read(desk: Desk, actor: Actor, typed: str) -> Readers:
    """Return who has read a notice, and who of those that sell has not; raise NotFound."""
    actor.require(Act.POST_NOTICE)
    with desk.read() as work:
        found = one(work.conn, typed_number(SERIES, typed))
        read = rows.readers(work.conn, found.number)
        names = people.names(work.conn)
        sell = [one.actor.user for one in people.all_staff(work.conn) if one.active and one.actor.may(Act.SELL)]
    missing = tuple(sorted(names[user] for user in sell if user not in read))
    return Readers(found, tuple(sorted((names.get(user, user), at) for user, at in read.items())), missing)


def announce_release(work: Work, desk: Desk, actor: Actor, two: tuple[Catalogue, Catalogue], key: str) -> None:
    """Post what a new catalogue changes to the old one, in the transaction that loads it; nothing where no item does.

    It takes effect when the first new price does, today at the earliest; the cards that show one of the prices are
    named, so that their owners look at them.
    """
    old, new = two
    found = changed_by(old, new, desk.today())
    if found is None:
        return
    command = PostNotice(
        f"{key}/notice", f"New fee schedule: {new.label}"[:160], found.words[:LONGEST], found.effective_on,
        NoticeKind.PRICE, items=found.items, cards=card_rows.about_item(work.conn, found.items),
    )  # fmt: skip
    number, told_rows = _posted(desk, work.conn, actor.user, (command, command.title, command.body), new.content_hash)
    draft = _draft(desk, actor, (command.key, content_of(desk, actor.user, command)), number)
    telling.tell(work, desk, draft, told_rows, [about.notice(number)])


def one(conn: Connection, number: str) -> Notice:
    """Return a notice; raise NotFound."""
    found = rows.one(conn, number)
    if found is None:
        raise no_such(SERIES, number)
    return found


def _posted(
    desk: Desk, conn: Connection, user: str, what: tuple[PostNotice, str, str], release: str = ""
) -> tuple[str, list[Change]]:
    command, title, body = what
    number, counted = telling.next_number(conn, desk, SERIES, desk.today().year)
    values: dict[str, Value] = {
        "kind": command.kind.value, "state": "posted", "effective_on": command.effective_on.isoformat(),
        "must_read": int(command.must_read), "posted_at": desk.now_text(), "posted_by": user,
    }  # fmt: skip
    for name, listed in (("items", command.items), ("cards", command.cards), ("forms", command.forms)):
        values |= {name: canonical_json(list(listed))} if listed else {}
    values |= {"release_id": release} if release else {}
    return number, [counted, told.added(notice, (number,), values, {"title": title, "body": body})]


def _row(conn: Connection, typed: str) -> told.Record:
    row = told.record(conn, notice, typed_number(SERIES, typed), lock=True)
    if row is None:
        raise no_such(SERIES, typed)
    return row


def _draft(
    desk: Desk, actor: Actor, key: tuple[str, str], number: str, notes: dict[str, str] | None = None
) -> EntryDraft:
    return EntryDraft(
        desk.office_series, EventKind.NOTICE_POSTED, desk.today(), actor.user, key[0], content_hash=key[1],
        facts={"notice": number}, notes=notes or {},
    )  # fmt: skip


def _linked(conn: Connection, command: PostNotice) -> PostNotice:
    """Return a notice with what it is about as it is kept: cards that there are, and forms by their numbers."""
    numbers = tuple(dict.fromkeys(typed_number(CARD, one) for one in command.cards))
    known = {one.number for one in card_rows.some(conn, numbers)}
    for number in numbers:
        if number not in known:
            raise no_such(CARD, number)
    forms = (plain_words(one, "forms", 40) for one in command.forms)
    return replace(command, cards=numbers, forms=tuple(dict.fromkeys(one for one in forms if one)))
