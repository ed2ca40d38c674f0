"""The outbox as people see it: what waits, what hangs, and what they decide about a message.

Nothing that may have gone out already is sent again unless a person says so, in words that stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from csr_desk.data.models import outbox
from csr_desk.data.queries import Connection, told
from csr_desk.data.queries import outbox as rows
from csr_desk.data.queries.outbox import MessageRecord
from csr_desk.domain import about, numbering
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import MissingInput, NotFound, WrongState
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.masking import seen_by
from csr_desk.domain.outbox import MessageState, hangs
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.steps import MESSAGE
from csr_desk.domain.telling import Value
from csr_desk.services import outbox_sending, telling
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event
from csr_desk.services.words import plain_words

TOPICS = frozenset({Topic.OUTBOX})
MOST = 500


class Wish(StrEnum):
    """What a person decides about a message."""

    AGAIN = "again"
    """Send it (again): the server was mended, or it is known not to have arrived."""
    ARRIVED = "arrived"
    """It was being sent when the program ended, and the receiver has it."""
    GIVE_UP = "give_up"


@dataclass(frozen=True, slots=True)
class SettleMessage:
    """Decide about a message; a reason is needed unless a message that surely did not go out is queued again."""

    key: str
    message: str
    wish: Wish
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Mail:
    """A message as it is shown."""

    record: MessageRecord
    hangs: bool
    """A person has to look at it."""
    busy: bool
    """It is being sent right now."""
    wishes: tuple[Wish, ...]
    """What may be decided about it."""

    @property
    def number(self) -> str:
        """The number of the message."""
        return self.record.number


@dataclass(frozen=True, slots=True)
class Outbox:
    """What waits and hangs; ``why_not`` says why nothing is sent at all, or nothing."""

    messages: tuple[Mail, ...]
    waiting: int
    hanging: int
    why_not: str


def messages(desk: Desk, actor: Actor, *, open_only: bool = True) -> Outbox:
    """Return the outbox, what hangs first, then the newest; without ``open_only`` also what is done."""
    actor.require(Act.KEEP_OUTBOX)
    with desk.read() as work:
        found = [_mail(desk, one) for one in rows.messages(work.conn, open_only=open_only, limit=MOST)]
        waiting, hanging = rows.waiting(work.conn), rows.hanging(work.conn, desk.now_text())
    found.sort(key=lambda one: not one.hangs)
    return Outbox(tuple(found), waiting, hanging, outbox_sending.why_not(desk))


def messages_about(desk: Desk, actor: Actor, subject: str) -> tuple[Mail, ...]:
    """Return the messages about one thing (``domain.about``), the newest first."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        return seen_by(actor.role, tuple(_mail(desk, one) for one in rows.messages_about(work.conn, subject)))


def settle_message(desk: Desk, actor: Actor, command: SettleMessage) -> Done[Mail]:
    """Queue a message again, give it up, or write down that it arrived.

    Raises NotFound, MissingInput (no reason), WrongState (it was sent, it is being sent right now, or nobody can know
    yet).
    """
    actor.require(Act.KEEP_OUTBOX)
    content = content_of(desk, actor.user, command)
    reason = plain_words(command.reason, "reason", 200)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_mail(desk, _one(work.conn, command.message)), replayed=True)
        record = _one(work.conn, command.message)
        mail = _mail(desk, record)
        kind, values = _step(desk, mail, command.wish)
        sure = command.wish is Wish.AGAIN and record.state is not MessageState.SENDING
        if not reason and not sure:
            raise MissingInput("Say how you know, or why: the message may have gone out already.", field="reason")
        row = told.record(work.conn, outbox, record.number, lock=True)
        if row is None:
            raise AssertionError(record.number)
        draft = EntryDraft(
            series=desk.office_series, kind=kind, business_date=desk.today(), actor=actor.user, idem_key=command.key,
            content_hash=content, notes={"reason": reason} if reason else {},
        )  # fmt: skip
        subjects = [about.message(record.number), *([record.subject] if record.subject else [])]
        telling.tell(work, desk, draft, [told.changed(outbox, row, values)], subjects)
        done = _mail(desk, _one(work.conn, record.number))
    return Done(done, TOPICS)


def _step(desk: Desk, mail: Mail, wish: Wish) -> tuple[EventKind, dict[str, Value]]:
    state = mail.record.state
    if mail.busy:
        raise WrongState(f"Message {mail.number} is being sent right now. Look again in a few minutes.")
    if wish is Wish.AGAIN:
        now = desk.now_text()
        return EventKind.MESSAGE_QUEUED, {"state": MESSAGE.after("queue_again", state), "next_try_at": now}
    if wish is Wish.ARRIVED:
        to = MESSAGE.after("take", state)
        return EventKind.MESSAGE_ENDED, {"state": to, "sent_at": desk.now_text(), "next_try_at": None}
    return EventKind.MESSAGE_ENDED, {"state": MESSAGE.after("give_up", state), "next_try_at": None}


_STEPS = {Wish.AGAIN: "queue_again", Wish.ARRIVED: "take", Wish.GIVE_UP: "give_up"}


def _mail(desk: Desk, record: MessageRecord) -> Mail:
    stuck = hangs(record.state, rows.moment(record.next_try_at), desk.clock.now())
    busy = record.state is MessageState.SENDING and not stuck
    wishes = () if busy else tuple(wish for wish, step in _STEPS.items() if MESSAGE.can(step, record.state))
    return Mail(record, stuck, busy, wishes)


def _one(conn: Connection, typed: str) -> MessageRecord:
    read = numbering.read_number(numbering.FIXED["message"], typed)
    found = rows.one_message(conn, typed.strip() if read is None else read.number)
    if found is None:
        raise NotFound(f"There is no message “{typed[:40]}”.", field="message")
    return found
