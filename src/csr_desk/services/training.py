"""Playing a training day: call a customer, serve them through the very services of a real sale, be compared (J7).

What was done is read from the training office's own ledger, never reported by the window: so a day is the same whether
it is played by hand or by a script. Where it stands is kept after each step; closing the window loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from csr_desk.data.queries import Connection, batches, entries, office, people, training
from csr_desk.data.queries.training import RunRecord
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.drawer import Band, BatchState
from csr_desk.domain.errors import Conflict, DrawerNotOpen, Ineligible, NotFound, NotPermitted
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.money import Cents
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.training_book import Book, book_text, read_book
from csr_desk.domain.training_cards import Card, TrainingDay
from csr_desk.domain.training_day import CUSTOMERS, LISTED_ACCOUNT, make_day
from csr_desk.domain.training_score import Close, Deeds, Marks, Score, is_served, judge, turn_now
from csr_desk.domain.training_visits import Answer, Visit
from csr_desk.services import balancing
from csr_desk.services.batch_sheets import sheet_of
from csr_desk.services.desk import Desk
from csr_desk.services.drawers import cash_band
from csr_desk.services.training_deeds import deeds_since, millis_between

TOPICS = frozenset({Topic.TRAINING})
MOST_SEED = 2**31 - 1
ACCEPTED_BECAUSE = "Training day"
"""The reason under which the trainer accepts a count, whatever it is: the score says how good it was."""


class Stage(StrEnum):
    """What is to be done next."""

    OPEN = "open"
    """Open a drawer; the first customer waits."""
    CALL = "call"
    """Call the next customer."""
    SERVE = "serve"
    COUNT = "count"
    """All were served: stop selling, count, hand the count in."""
    FINISH = "finish"
    """The count is handed in: see the result."""
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class StartDay:
    """Begin the day of a seed; its key is its number, so that a second click begins no second day."""

    key: str
    seed: int


@dataclass(frozen=True, slots=True)
class CallNext:
    """Call the next customer; ``after`` is the one at the counter (0: nobody yet), so that a second click calls once.

    Somebody who was not served is sent away only with ``send_away`` (and earns nothing).
    """

    run_id: str
    after: int
    send_away: bool = False


@dataclass(frozen=True, slots=True)
class AnswerVisit:
    """Serve the customer at the counter without money."""

    run_id: str
    number: int
    answer: Answer


@dataclass(frozen=True, slots=True)
class CustomerView:
    """What the clerk sees and hears of a customer; nothing of it tells what is right."""

    number: int
    name: str
    said: str
    meaning: str
    """The interpreter's English where something else is spoken."""
    language: str
    hands: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a training day stands. The points are those of customers who left (hundredths)."""

    run_id: str
    seed: int
    stage: Stage
    number: int
    """The customer at the counter, or how many were served when nobody is."""
    customers: int
    customer: CustomerView | None
    last: Marks | None
    last_visit: Visit | None
    earned: int
    possible: int
    """What the customers who left could have earned at most."""
    listed: str = LISTED_ACCOUNT
    """The returned-check list that hangs at the training counter."""


def start(desk: Desk, actor: Actor, command: StartDay) -> Done[Progress]:
    """Begin a training day, or go on with the person's own that is still open.

    Raises NotPermitted in a live office, Ineligible for a seed or catalogue that makes no day, Conflict for a used key.
    """
    actor.require(Act.SELL)
    if not desk.office.training:
        raise NotPermitted("A training day is played in a training office only; this one is live.")
    if not 0 <= command.seed <= MOST_SEED:
        raise Ineligible(f"A seed is a whole number from 0 to {MOST_SEED:,}.")
    day = desk.today()
    make_day(desk.catalogue, desk.policy, day, command.seed)
    with desk.begin() as work:
        going_on = _open_run(work.conn, actor)
        if going_on is None:
            if not command.key or training.one_run(work.conn, command.key) is not None:
                raise Conflict("This key was used for another training day already.")
            book = Book(day, ground(desk))
            values = {
                "run_id": command.key, "user_id": actor.user, "seed": command.seed, "started_at": desk.now_text(),
                "finished_at": None, "customers": CUSTOMERS, "served": 0, "score": None, "state": "running",
                "body": book_text(book),
            }  # fmt: skip
            training.insert_run(work.conn, values)
            going_on = _run(work.conn, actor, command.key)
        done = _progress(desk, work.conn, actor, going_on)
    return Done(done, TOPICS, replayed=done.run_id == command.key and done.number > 0)


def progress(desk: Desk, actor: Actor) -> Progress | None:
    """Return where the person's training day stands, the last one if it is over; None where there was none."""
    actor.require(Act.SELL)
    with desk.read() as work:
        found = training.runs_of(work.conn, actor.user)
        return _progress(desk, work.conn, actor, found[0]) if found else None


def call_next(desk: Desk, actor: Actor, command: CallNext) -> Done[Progress]:
    """Judge the customer at the counter and call the next one; after the last, the drawer is to be counted.

    Raises DrawerNotOpen, Ineligible (not served yet, the day changed, all are served), NotFound.
    """
    actor.require(Act.SELL)
    band = cash_band(desk, actor)
    with desk.begin() as work:
        run = _run(work.conn, actor, command.run_id, lock=True)
        book = read_book(run.body)
        if book.number == command.after:
            _playable(run)
            book = _judged(desk, work, run, book, (band is not Band.NORMAL, command.send_away))
            book = _called(desk, work, actor, book)
            _keep(desk, work, run.run_id, book)
        done = _progress(desk, work.conn, actor, _run(work.conn, actor, command.run_id))
    return Done(done, TOPICS)


def answer(desk: Desk, actor: Actor, command: AnswerVisit) -> Done[Progress]:
    """Serve the customer at the counter without money, once; raise Ineligible, NotFound."""
    actor.require(Act.SELL)
    with desk.begin() as work:
        run = _run(work.conn, actor, command.run_id, lock=True)
        _playable(run)
        book = read_book(run.body)
        if book.number == command.number and book.answer is None:
            if not 1 <= book.number <= CUSTOMERS:
                raise Ineligible("Nobody is at the counter. Call the next customer.")
            _keep(desk, work, run.run_id, replace(book, answer=command.answer, answered_at=desk.now_text()))
        done = _progress(desk, work.conn, actor, _run(work.conn, actor, command.run_id))
    return Done(done, TOPICS)


def finish(desk: Desk, actor: Actor, run_id: str) -> Done[Progress]:
    """End a day whose count was handed in: judge the close, have the trainer accept the drawer, keep the score.

    Customers who were not served earn nothing. Raises Ineligible while the count is not handed in, NotFound.
    """
    actor.require(Act.SELL)
    with desk.begin() as work:
        run = _run(work.conn, actor, run_id, lock=True)
        batch = read_book(run.body).batch
        if run.state == "running":
            run = _closed(desk, work, run)
        trainer = _trainer(work.conn, actor)
        row = batches.one_batch(work.conn, batch)
    if trainer is not None and row is not None and row.state is BatchState.SUBMITTED:
        command = balancing.AcceptBatch(f"{run_id}-accept", batch, ACCEPTED_BECAUSE)
        balancing.accept_batch(desk, trainer, command)
    with desk.read() as work:
        done = _progress(desk, work.conn, actor, run)
    return Done(done, TOPICS | {Topic.DRAWER, Topic.BATCHES})


def leave(desk: Desk, actor: Actor, run_id: str) -> Done[Progress]:
    """Give a day up; it keeps what was earned and counts for nothing. Raises NotFound."""
    actor.require(Act.SELL)
    with desk.begin() as work:
        run = _run(work.conn, actor, run_id, lock=True)
        if run.state == "running":
            training.update_run(work.conn, run_id, {"state": "left", "finished_at": desk.now_text()})
        done = _progress(desk, work.conn, actor, _run(work.conn, actor, run_id))
    return Done(done, TOPICS)


def day_of(desk: Desk, run: RunRecord, book: Book) -> TrainingDay:
    """Make the day of a run again; raise Conflict where another catalogue or policy is in force by now."""
    if book.ground != ground(desk):
        raise Conflict("The catalogue or the settings changed since this training day began. Give it up, start anew.")
    made_of = f"{book.ground} {book.day} {run.seed}"
    if desk.training_day is None or desk.training_day[0] != made_of:
        desk.training_day = made_of, make_day(desk.catalogue, desk.policy, book.day, run.seed)
    return desk.training_day[1]


def ground(desk: Desk) -> str:
    """Return the fingerprint of what a day is made of beside its seed and date."""
    return f"{desk.catalogue.content_hash}/{desk.policy_version}"


def _open_run(conn: Connection, actor: Actor) -> RunRecord | None:
    return next((run for run in training.runs_of(conn, actor.user) if run.state == "running"), None)


def _run(conn: Connection, actor: Actor, run_id: str, *, lock: bool = False) -> RunRecord:
    run = training.one_run(conn, run_id, lock=lock)
    if run is None or run.user != actor.user:
        raise NotFound("There is no such training day of yours.")
    return run


def _playable(run: RunRecord) -> None:
    if run.state != "running":
        raise Ineligible("This training day is over. Start a new one.")


def _judged(desk: Desk, work: Work, run: RunRecord, book: Book, how: tuple[bool, bool]) -> Book:
    """Judge the customer at the counter, if somebody is."""
    drop_missed, send_away = how
    if not 1 <= book.number <= CUSTOMERS:
        return book
    card = day_of(desk, run, book).cards[book.number - 1]
    deeds, last = _deeds(desk, work.conn, book)
    if not is_served(card, deeds) and not send_away:
        raise Ineligible("This customer has not been served yet.")
    millis = millis_between(book.shown_at, last or desk.now_text())
    return replace(book, marks=(*book.marks, judge(card, replace(deeds, drop_missed=drop_missed), millis)))


def _called(desk: Desk, work: Work, actor: Actor, book: Book) -> Book:
    """Bring the next customer to the counter, or nobody after the last."""
    if book.number >= CUSTOMERS:
        if book.number > CUSTOMERS:
            raise Ineligible("All customers of the day were served. Count the drawer.")
        return replace(book, number=CUSTOMERS + 1, answer=None, answered_at="")
    row = batches.unfinished_of(work.conn, actor.user)
    if row is None or row.state is not BatchState.OPEN:
        raise DrawerNotOpen
    if row.business_date != book.day or book.batch not in {"", row.batch_id}:
        raise Ineligible("This training day belongs to another drawer or date. Give it up and start a new one.")
    since = office.last_seq(work.conn, row.series)
    return replace(
        book, number=book.number + 1, batch=row.batch_id, since=since, shown_at=desk.now_text(), answer=None,
        answered_at="",
    )  # fmt: skip


def _keep(desk: Desk, work: Work, run_id: str, book: Book) -> None:
    training.update_run(work.conn, run_id, {"body": book_text(book), "served": len(book.marks)})
    office.set_training_clock(work.conn, desk.now_text())


def _deeds(desk: Desk, conn: Connection, book: Book) -> tuple[Deeds, str]:
    """Return what was done for the customer at the counter, and when the last of it was."""
    deeds, last = deeds_since(desk, conn, book.batch, book.since)
    if book.answer is not None:
        return replace(deeds, answer=book.answer), book.answered_at
    return deeds, last


def _closed(desk: Desk, work: Work, run: RunRecord) -> RunRecord:
    book = read_book(run.body)
    row = batches.one_batch(work.conn, book.batch)
    if row is None or row.state not in {BatchState.SUBMITTED, BatchState.ACCEPTED}:
        raise Ineligible("Count the drawer and hand the count in first.")
    if 1 <= book.number <= CUSTOMERS:
        book = _judged(desk, work, run, book, (False, True))
    counts = entries.batch_events(work.conn, book.batch, (EventKind.COUNT,))
    agreed = (all(event.facts["agrees"].values()) and all(event.facts["items_agree"].values()) for event in counts)
    first = next((at for at, right in enumerate(agreed, 1) if right), 0)
    ties = sheet_of(desk, work.conn, row).ties
    off: tuple[Cents, ...] = tuple(tie.over_short for tie in ties if tie.over_short)
    book = replace(book, number=CUSTOMERS + 1, close=Close(first, off, desk.policy.tolerance))
    now = desk.now_text()
    training.update_run(
        work.conn,
        run.run_id,
        {
            "body": book_text(book), "served": len(book.marks), "score": book.score.points, "state": "finished",
            "finished_at": now,
        },
    )  # fmt: skip
    office.set_training_clock(work.conn, now)
    return training.one_run(work.conn, run.run_id) or run


def _trainer(conn: Connection, actor: Actor) -> Actor | None:
    found = (row.actor for row in people.all_staff(conn) if row.active and row.actor.user != actor.user)
    return next((person for person in found if person.may(Act.ACCEPT_BATCH)), None)


def _progress(desk: Desk, conn: Connection, actor: Actor, run: RunRecord) -> Progress:
    book = read_book(run.body)
    cards = () if run.state != "running" else day_of(desk, run, book).cards
    stage, customer = _stage(desk, conn, actor, run, book, cards)
    last = book.marks[-1] if book.marks else None
    so_far: Score = book.score
    whole = Book(book.day, "", marks=tuple(replace(row, points=100, speed=1000) for row in book.marks)).score
    return Progress(
        run_id=run.run_id,
        seed=run.seed,
        stage=stage,
        number=min(book.number, CUSTOMERS),
        customers=CUSTOMERS,
        customer=customer,
        last=last,
        last_visit=cards[last.card - 1].visit if last and cards else None,
        earned=so_far.hundredths,
        possible=whole.hundredths,
    )


def _stage(
    desk: Desk, conn: Connection, actor: Actor, run: RunRecord, book: Book, cards: tuple[Card, ...]
) -> tuple[Stage, CustomerView | None]:
    if run.state != "running":
        return Stage.FINISHED, None
    held = batches.one_batch(conn, book.batch) if book.batch else None
    if held is not None and held.state is not BatchState.OPEN:
        return (Stage.COUNT if held.state is BatchState.COUNTING else Stage.FINISH), None
    if book.number > CUSTOMERS:
        return Stage.COUNT, None
    if book.number == 0:
        row = batches.unfinished_of(conn, actor.user)
        return (Stage.CALL if row is not None and row.state is BatchState.OPEN else Stage.OPEN), None
    card = cards[book.number - 1]
    deeds, _ = _deeds(desk, conn, book)
    turn = card.turns[min(turn_now(card, deeds), len(card.turns) - 1)]
    hands = tuple(offer.words for offer in turn.offers)
    words = turn.words
    view = CustomerView(card.number, card.customer, words.said, words.meaning, words.language, hands)
    return (Stage.CALL if is_served(card, deeds) else Stage.SERVE), view
