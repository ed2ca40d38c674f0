"""The demo city's information desk: what people ask at a counter, in our words, priced by the catalogue.

The facts are those of a large Texas city as it publishes them; who owns a card is made up. A city reads each card
through before it is shown to anybody, and has its own translator look at each text.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from csr_desk.data.queries import cards as rows
from csr_desk.domain.announcement import NoticeKind
from csr_desk.domain.cards import CardText
from csr_desk.services import announcements, cards, demo_card_texts, demo_notices, staff
from csr_desk.services.clock import TrainingClock
from csr_desk.services.demo_card_texts import Told
from csr_desk.services.desk import Desk, open_desk

OWNER = "supervisor1"
LONG_AGO = timedelta(days=280)
"""So long ago the first cards of the demo were written: nobody has reviewed them since."""
SELLERS = ("clerk1", "clerk2", "clerk3", "clerk4", "clerk5", "cashier1")
STALE = 3
"""How many of them are stale."""


def fill(url: str) -> int:
    """Put the cards and the notices into a demo city that was just made, and return how many cards there are."""
    desk = open_desk(url)
    try:
        return settle(desk)
    finally:
        desk.close()


def settle(desk: Desk) -> int:
    """Put the cards and the notices into the demo city's office, and return how many cards there are."""
    supervisor = staff.person(desk, OWNER)
    clock = desk.clock
    now = clock.now()
    for at, told in enumerate(demo_card_texts.CARDS):
        if isinstance(clock, TrainingClock):
            clock.set(now - LONG_AGO if at < STALE else now - timedelta(days=20))
        command = cards.KeepCard(f"demo-card-{at}", told.topic, _texts(told), item=told.item, owner=OWNER)
        cards.keep_card(desk, supervisor, command)
    if isinstance(clock, TrainingClock):
        clock.set(now)
    _post(desk, now)
    return len(demo_card_texts.CARDS)


def _texts(told: Told) -> tuple[CardText, ...]:
    return tuple(
        CardText(language, said.question, said.answer, said.steps, said.papers, said.hours, said.link)
        for language, said in told.said.items()
    )


def _post(desk: Desk, now: datetime) -> None:
    """Post what changed lately; the clerks have read all but the last.

    Nobody has to read them: a demonstration is tried by scripts too, and no sale of theirs waits for a key.
    """
    supervisor, today = staff.person(desk, OWNER), desk.local(now).date()
    for at, told in enumerate(demo_notices.NOTICES):
        command = announcements.PostNotice(
            f"demo-notice-{at}", told.title, told.body, today + timedelta(days=told.days), NoticeKind(told.kind),
            must_read=False, items=told.items, cards=_cards_about(desk, told.items),
        )  # fmt: skip
        number = announcements.post_notice(desk, supervisor, command).value.number
        if at < len(demo_notices.NOTICES) - 1:
            for user in SELLERS:
                read_it(desk, user, number)


def read_all(desk: Desk, users: Iterable[str] = ()) -> None:
    """Let people read what they have to before they sell: a day that is played has no one to press Enter."""
    for user in users or SELLERS:
        for notice in announcements.unread(desk, staff.person(desk, user)):
            read_it(desk, user, notice.number)


def read_it(desk: Desk, user: str, number: str) -> None:
    """Let somebody acknowledge a notice."""
    command = announcements.ReadNotice(f"demo-read-{number}-{user}", number)
    announcements.read_notice(desk, staff.person(desk, user), command)


def _cards_about(desk: Desk, items: Iterable[str]) -> tuple[str, ...]:
    with desk.read() as work:
        return rows.about_item(work.conn, items)
