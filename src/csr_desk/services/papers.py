"""The facts of a paper in the outbox: whatever was queued can be printed from the ledger alone, today or next year."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from csr_desk.data.queries import entries, receipts_found
from csr_desk.domain.deposit import Deposit
from csr_desk.domain.drawer import DropSlip, OpeningSlip, ZReport
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Actor
from csr_desk.domain.receipt import Receipt
from csr_desk.services.deposits import deposit
from csr_desk.services.desk import Desk
from csr_desk.services.drawers import drop_slip_of, opening_slip_of
from csr_desk.services.printing import PrintJob
from csr_desk.services.receipts import receipt
from csr_desk.services.z_reports import z_report_of

PaperFacts: TypeAlias = Receipt | OpeningSlip | DropSlip | ZReport | Deposit


def paper_of(desk: Desk, actor: Actor, job: PrintJob) -> PaperFacts:
    """Return what a job of the outbox prints; raise NotFound."""
    if job.document == "receipt":
        return replace(receipt(desk, actor, job.receipt), copy=job.copy)
    if job.document == "deposit_slip":
        return deposit(desk, actor, job.deposit)
    with desk.read() as work:
        known = next(
            (row for row in receipts_found.jobs(work.conn, ("queued", "failed")) if row.job_id == job.job_id), None
        )
        event = entries.event_at(work.conn, EventKey(known.series, known.seq)) if known is not None else None
        if event is None:
            raise NotFound("There is no such paper to print.")
        if job.document == "opening_slip":
            return seen_by(actor.role, opening_slip_of(desk, work.conn, event))
        if job.document == "drop_slip":
            return drop_slip_of(desk, work.conn, event)
        return seen_by(actor.role, z_report_of(desk, work.conn, event))
