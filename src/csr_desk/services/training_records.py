"""Training in handling cash on file: without one that holds nobody opens or takes over a drawer (J11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, people
from csr_desk.data.queries.people import StaffRecord
from csr_desk.domain import training
from csr_desk.domain.changes import Done, Topic
from csr_desk.domain.errors import NotFound, SelfApproval
from csr_desk.domain.ledger import EntryDraft, EventKind
from csr_desk.domain.people import Act, Actor, Role
from csr_desk.domain.training import Standing
from csr_desk.services.desk import Desk, content_of
from csr_desk.services.receipts import earlier_event


@dataclass(frozen=True, slots=True)
class RecordTraining:
    """A person passed a training on a day, with a score in percent."""

    key: str
    user: str
    trained_on: date
    score: int


@dataclass(frozen=True, slots=True)
class TrainedPerson:
    """A person with the training on file."""

    user: str
    name: str
    role: Role
    trained_on: date | None
    trained_until: date | None
    score: int | None
    standing: Standing


def record_training(desk: Desk, actor: Actor, command: RecordTraining) -> Done[TrainedPerson]:
    """Put a training on file; it holds for the months of the policy, its last day included.

    Raises NotFound, SelfApproval (one's own), BadInput (a day to come, a score that is none), Ineligible (below 70
    percent, ran out already, or the policy asks for none).
    """
    actor.require(Act.RECORD_TRAINING)
    content = content_of(desk, actor.user, command)
    with desk.begin() as work:
        work.lock_series(desk.office_series)
        if earlier_event(work.conn, command.key, content) is not None:
            return Done(_of(desk, _known(work.conn, command.user)), replayed=True)
        if command.user == actor.user:
            raise SelfApproval(
                "Nobody records their own training. Ask another supervisor.", act=Act.RECORD_TRAINING.value
            )
        _known(work.conn, command.user)
        months = desk.policy.training_months
        training.check_record(command.trained_on, desk.today(), command.score, months)
        until = training.last_day(command.trained_on, months)
        dates = {"trained_on": command.trained_on.isoformat(), "trained_until": until.isoformat()}
        work.append(
            EntryDraft(
                series=desk.office_series,
                kind=EventKind.TRAINING_RECORDED,
                business_date=desk.today(),
                actor=actor.user,
                idem_key=command.key,
                content_hash=content,
                facts={"user": command.user, **dates, "score": command.score},
            ),
            desk.now_text(),
        )
        people.update_staff(work.conn, command.user, {**dates, "training_score": command.score})
        done = _of(desk, _known(work.conn, command.user))
    return Done(done, frozenset({Topic.STAFF, Topic.DRAWER}))


def trainings(desk: Desk) -> tuple[TrainedPerson, ...]:
    """Return who of the office may hold a drawer, with the training on file, by name."""
    with desk.read() as work:
        found = [row for row in people.all_staff(work.conn) if row.active and row.actor.may(Act.OPEN_DRAWER)]
    return tuple(_of(desk, row) for row in sorted(found, key=lambda row: row.actor.name))


def my_training(desk: Desk, actor: Actor) -> Standing:
    """Say how the actor's own training stands; who opens no drawer needs none."""
    with desk.read() as work:
        found = standing_of(desk, work.conn, actor.user)
    return found if actor.may(Act.OPEN_DRAWER) else Standing(asked=False, until=None, days_left=0)


def standing_of(desk: Desk, conn: Connection, user: str) -> Standing:
    """Say how somebody's training stands today."""
    return _of(desk, _known(conn, user)).standing


def require_trained(desk: Desk, conn: Connection, user: str) -> None:
    """Raise TrainingExpired where the person's training does not hold today (opening or taking over a drawer)."""
    training.require(standing_of(desk, conn, user))


def _known(conn: Connection, user: str) -> StaffRecord:
    record = people.one_staff(conn, user)
    if record is None or not record.active:
        raise NotFound(f"Nobody has the user name “{user[:40]}”.", field="user")
    return record


def _of(desk: Desk, record: StaffRecord) -> TrainedPerson:
    on, until = (
        None if text is None else date.fromisoformat(text) for text in (record.trained_on, record.trained_until)
    )
    who = record.actor
    stands = training.standing(until, desk.today(), desk.policy.training_months)
    return TrainedPerson(who.user, who.name, who.role, on, until, record.training_score, stands)
