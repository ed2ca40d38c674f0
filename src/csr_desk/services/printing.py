"""The outbox of papers: queued with what they prove, printed after the commit, free to fail (reliability 4.7)."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace

from csr_desk.data.queries import entries, receipts_found
from csr_desk.data.queries.entries import Event
from csr_desk.data.queries.receipts_found import Job
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.people import Actor
from csr_desk.services.desk import Desk
from csr_desk.services.receipts import append_reprint, number_of

NO_PAPER = "There is no such paper to print."


@dataclass(frozen=True, slots=True)
class PrintJob:
    """A paper to print; ``document`` says which (receipt, endorsement, a slip, z_report, deposit_slip)."""

    job_id: str
    receipt: str
    document: str
    copy: int
    state: str
    message: str
    batch: str = ""
    deposit: str = ""
    tries: int = 0
    """How often it was handed to a printer and may have come out: above zero it waits for somebody to ask for it."""


def pending_prints(desk: Desk, actor: Actor) -> tuple[PrintJob, ...]:
    """Return the papers of the actor that are not known to have come out, oldest first."""
    with desk.read() as work:
        jobs = []
        for job in receipts_found.jobs(work.conn, ("queued", "failed")):
            event = entries.event_at(work.conn, EventKey(job.series, job.seq))
            if event is not None and event.actor == actor.user:
                jobs.append(_job(job, event))
        return tuple(jobs)


def hand_over(desk: Desk, actor: Actor, job_id: str) -> PrintJob | None:
    """Note that a paper goes to a printer now, before it does; None where it came out meanwhile. Raises NotFound.

    A receipt that may have come out before goes as DUPLICATE n, with its entry, so that nobody ever holds two
    originals: whether the program dies or the printer falls silent, the paper is known to have been on its way.
    """
    with desk.begin() as work:
        if (job := receipts_found.job_at(work.conn, job_id)) is not None:
            work.lock_series(job.series)
            job = receipts_found.job_at(work.conn, job_id)  # as it is now that no other station hands it over
        event = entries.event_at(work.conn, EventKey(job.series, job.seq)) if job is not None else None
        if job is None or event is None:
            raise NotFound(NO_PAPER)
        if job.state == "printed":
            return None
        if job.attempts and job.document == "receipt":
            copy = append_reprint(work, desk, actor, event, f"again-{uuid.uuid4()}")
            job = replace(job, copy=copy)
        job = replace(job, state="queued", attempts=job.attempts + 1)
        receipts_found.set_job(work.conn, job_id, state=job.state, copy_no=job.copy, attempts=job.attempts)
        return _job(job, event)


def printed(desk: Desk, _actor: Actor, job_id: str) -> None:
    """Note that a paper came out; raise NotFound."""
    with desk.begin() as work:
        if not receipts_found.set_job(work.conn, job_id, state="printed", message=""):
            raise NotFound(NO_PAPER)


def print_failed(desk: Desk, _actor: Actor, job_id: str, message: str, *, maybe: bool = False) -> None:
    """Note that a paper did not come out, and why, or that nobody knows (``maybe``); it can be printed again."""
    with desk.begin() as work:
        job = receipts_found.job_at(work.conn, job_id)
        if job is None:
            raise NotFound(NO_PAPER)
        tries = job.attempts if maybe else max(job.attempts - 1, 0)
        receipts_found.set_job(work.conn, job_id, state="failed", message=message[:200], attempts=tries)


def _job(job: Job, event: Event) -> PrintJob:
    return PrintJob(
        job.job_id,
        number_of(event),
        job.document,
        job.copy,
        job.state,
        job.message,
        event.batch or "",
        str(event.facts.get("deposit", "")),
        job.attempts,
    )
