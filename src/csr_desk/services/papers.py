"""The facts of a paper in the outbox: whatever was queued can be printed from the ledger alone, today or next year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from csr_desk.data.queries import Connection, entries, receipts_found
from csr_desk.data.queries.entries import Event
from csr_desk.domain.custody import ChangeSlip, HandOverSlip, NoSaleSlip, SuspectReport
from csr_desk.domain.deposit import Deposit
from csr_desk.domain.drawer import DropSlip, OpeningSlip, ZReport
from csr_desk.domain.endorsement import Endorsement, endorsement
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Actor
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.receivable.collection import RestoreOrder
from csr_desk.services.change_orders import change_slip_of
from csr_desk.services.collection_lists import restore_order_of
from csr_desk.services.corrections import no_sale_slip_of
from csr_desk.services.deposits import deposit
from csr_desk.services.desk import Desk
from csr_desk.services.drawers import drop_slip_of, opening_slip_of
from csr_desk.services.hand_overs import hand_over_slip_of
from csr_desk.services.printing import PrintJob
from csr_desk.services.receipts import receipt
from csr_desk.services.suspect_notes import suspect_report_of
from csr_desk.services.z_reports import z_report_of

PaperFacts: TypeAlias = (
    Receipt
    | OpeningSlip
    | DropSlip
    | ZReport
    | Deposit
    | NoSaleSlip
    | ChangeSlip
    | SuspectReport
    | HandOverSlip
    | Endorsement
    | RestoreOrder
)

_FROM_ENTRY: dict[str, Callable[[Desk, Connection, Event], PaperFacts]] = {
    "opening_slip": opening_slip_of,
    "drop_slip": drop_slip_of,
    "no_sale_slip": no_sale_slip_of,
    "change_slip": change_slip_of,
    "suspect_report": suspect_report_of,
    "hand_over_slip": hand_over_slip_of,
    "z_report": z_report_of,
    "restore_order": restore_order_of,
}
"""The papers that are told from one entry, by the name of the document."""


def paper_of(desk: Desk, actor: Actor, job: PrintJob) -> PaperFacts:
    """Return what a job of the outbox prints; raise NotFound."""
    if job.document == "receipt":
        return replace(receipt(desk, actor, job.receipt), copy=job.copy)
    if job.document == "endorsement":
        return endorsement(receipt(desk, actor, job.receipt), desk.policy.endorsements)
    if job.document == "deposit_slip":
        return deposit(desk, actor, job.deposit)
    with desk.read() as work:
        known = next(
            (row for row in receipts_found.jobs(work.conn, ("queued", "failed")) if row.job_id == job.job_id), None
        )
        event = entries.event_at(work.conn, EventKey(known.series, known.seq)) if known is not None else None
        if event is None:
            raise NotFound("There is no such paper to print.")
        return seen_by(actor.role, _FROM_ENTRY[job.document](desk, work.conn, event))
