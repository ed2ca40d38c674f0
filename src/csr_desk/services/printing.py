"""The outbox of papers: queued with what they prove, printed after the commit, free to fail (reliability 4.7)."""

from __future__ import annotations

from dataclasses import dataclass

from csr_desk.data.queries import entries, receipts_found
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.people import Actor
from csr_desk.services.desk import Desk
from csr_desk.services.receipts import number_of


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


def pending_prints(desk: Desk, actor: Actor) -> tuple[PrintJob, ...]:
    """Return the papers of the actor that did not come out yet, oldest first."""
    with desk.read() as work:
        jobs = []
        for job in receipts_found.jobs(work.conn, ("queued", "failed")):
            event = entries.event_at(work.conn, EventKey(job.series, job.seq))
            if event is None or event.actor != actor.user:
                continue
            jobs.append(
                PrintJob(
                    job.job_id,
                    number_of(event),
                    job.document,
                    job.copy,
                    job.state,
                    job.message,
                    event.batch or "",
                    str(event.facts.get("deposit", "")),
                )
            )
        return tuple(jobs)


def printed(desk: Desk, _actor: Actor, job_id: str) -> None:
    """Note that a paper came out; raise NotFound."""
    _note(desk, job_id, "printed", "")


def print_failed(desk: Desk, _actor: Actor, job_id: str, message: str) -> None:
    """Note that a paper did not come out, and why; it can be printed again."""
    _note(desk, job_id, "failed", message[:200])


def _note(desk: Desk, job_id: str, state: str, message: str) -> None:
    with desk.begin() as work:
        if not receipts_found.set_job(work.conn, job_id, state, message):
            raise NotFound("There is no such paper to print.")
