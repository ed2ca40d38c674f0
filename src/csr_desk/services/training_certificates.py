"""Certificates of finished training days: their facts, and looking a code up."""

from __future__ import annotations

from csr_desk.data.queries import people, training
from csr_desk.data.queries.training import RunRecord
from csr_desk.domain.errors import Ineligible, NotFound
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.training_book import read_book
from csr_desk.domain.training_certificate import Certificate, certificate_code
from csr_desk.domain.training_score import mistake_counts
from csr_desk.services.clock import read_stamp
from csr_desk.services.desk import Desk


def certificate(desk: Desk, actor: Actor, run_id: str) -> Certificate:
    """Return the certificate of a person's own finished day; raise NotFound, Ineligible while it is played."""
    actor.require(Act.SELL)
    with desk.read() as work:
        run = training.one_run(work.conn, run_id)
    if run is None or run.user != actor.user:
        raise NotFound("There is no such training day of yours.")
    return _certificate(desk, actor, run)


def words_of_code(desk: Desk, code: str) -> str:
    """Say whose day a certificate's code stands for; raise NotFound for a code that no day here has."""
    wanted = code.replace(" ", "").upper()
    with desk.read() as work:
        runs = [run for run in training.all_runs(work.conn) if run.state == "finished"]
        names = {row.actor.user: row.actor for row in people.all_staff(work.conn)}
    for run in runs:
        found = _certificate(desk, names[run.user], run)
        if found.code == wanted:
            day, points = found.business_date, found.score.points
            passed = "passed" if found.score.passed else "not passed"
            return f"{found.name} ({found.user}), {day}, seed {found.seed}: {points} points, {passed}."
    raise NotFound(f"No training day here has the code “{code[:20]}”.")


def _certificate(desk: Desk, person: Actor, run: RunRecord) -> Certificate:
    if run.state != "finished" or run.finished_at is None:
        raise Ineligible("There is a certificate when the drawer is counted and the day is finished.")
    book = read_book(run.body)
    day = book.score
    code = certificate_code(
        desk.store.key, run.run_id, run.user, run.seed, book.day, run.finished_at, day.accuracy, day.speed, day.close
    )
    return Certificate(
        office=desk.office,
        run_id=run.run_id,
        user=person.user,
        name=person.name,
        title=person.title,
        seed=run.seed,
        business_date=book.day,
        finished_at=read_stamp(run.finished_at),
        customers=run.customers,
        served=run.served,
        score=day,
        mistakes=mistake_counts(book.marks),
        code=code,
    )
