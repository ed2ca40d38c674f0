"""The Z report: what acceptance froze, told from the entry and the words beside the ledger, the same for ever.

Only a purge takes something out of it: a reason, never a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from csr_desk.data.queries import Connection, batch_sums, batches, entries, heads
from csr_desk.data.queries.batches import BatchRecord
from csr_desk.data.queries.entries import Event
from csr_desk.domain.drawer import BatchSheet, BatchState, RevenueRow, TenderTie, ZReport
from csr_desk.domain.errors import NotFound
from csr_desk.domain.ledger import EventKind, receipt_number
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.seal import SealedHead
from csr_desk.services.batch_sheets import STEPS, told, with_reasons
from csr_desk.services.custody import batch_value
from csr_desk.services.desk import Desk, moment


def frozen(desk: Desk, conn: Connection, row: BatchRecord, sheet: BatchSheet, z_number: int) -> dict[str, object]:
    """Write a batch's figures for the ledger, so that later corrections never change what was accepted.

    What people keyed as reasons is not among them: it stays beside the ledger, where it can be purged.
    """
    happened = told(desk, entries.batch_events(conn, row.batch_id, STEPS))
    first_last = batch_sums.receipt_span(conn, row.batch_id)
    before = heads.head_now(conn, row.series)
    if before is None:
        raise AssertionError(row.series)
    return {
        "z_number": z_number,
        "attempts": row.attempts,
        "receipts": sheet.batch.receipts,
        "first": first_last[0] if first_last else None,
        "last": first_last[1] if first_last else None,
        "perpetual": before.perpetual,
        "numbered": before.receipts,
        "float": sheet.float_amount,
        "drops": sheet.drops,
        "rounding": sheet.rounding,
        "fees": sheet.fees,
        "voids": sheet.voids,
        "refunds": sheet.refunds,
        "no_sales": sheet.no_sales,
        "reprints": sheet.reprints,
        "cancelled": sheet.cancelled,
        "history": [[seq, words] for seq, words in happened],
        "ties": [_tie_facts(tie) for tie in sheet.ties],
        "items": [[one.code, one.name, one.count, one.amount] for one in batch_sums.by_item(conn, row.batch_id)],
        "accounts": [[one.code, one.name, one.count, one.amount] for one in batch_sums.by_account(conn, row.batch_id)],
    }


def _tie_facts(tie: TenderTie) -> dict[str, object]:
    return {
        "tender": tie.tender,
        "name": tie.name,
        "receipts": tie.receipts,
        "expected": tie.expected,
        "counts": list(tie.counts),
        "over_short": tie.over_short,
        "items_expected": tie.items_expected,
        "items_counted": tie.items_counted,
    }


def z_report_of(desk: Desk, conn: Connection, event: Event) -> ZReport:
    """Tell the Z report from the entry of the acceptance and the reasons that still exist."""
    row = batches.one_batch(conn, event.batch or "")
    if row is None:
        raise NotFound
    facts: Mapping[str, Any] = event.facts
    entry = entries.entry(conn, event)
    batch = replace(
        batch_value(conn, row),
        receipts=facts["receipts"],
        state=BatchState.ACCEPTED,
        z_number=facts["z_number"],
        attempts=facts["attempts"],
        suspended=False,
    )
    sheet = BatchSheet(
        batch=batch,
        ties=tuple(TenderTie(**{**tie, "counts": tuple(tie["counts"])}) for tie in facts["ties"]),
        float_amount=facts["float"],
        drops=facts["drops"],
        rounding=facts["rounding"],
        fees=facts["fees"],
        voids=facts["voids"],
        refunds=facts["refunds"],
        no_sales=facts["no_sales"],
        reprints=facts["reprints"],
        cancelled=facts["cancelled"],
        history=with_reasons(conn, row.series, facts["history"]),
    )
    return ZReport(
        office=desk.office,
        sheet=sheet,
        z_number=facts["z_number"],
        first_receipt=receipt_number(row.series, facts["first"]) if facts["first"] else "",
        last_receipt=receipt_number(row.series, facts["last"]) if facts["last"] else "",
        items=tuple(RevenueRow(*one) for one in facts["items"]),
        accounts=tuple(RevenueRow(*one) for one in facts["accounts"]),
        accepted_by=entry.actor_name,
        reason=entry.notes.get("reason", ""),
        accepted_at=moment(event.recorded_at),
        perpetual=facts["perpetual"],
        seal=event.mac.hex(),
        witness=SealedHead(
            row.series,
            event.key.seq,
            facts.get("numbered", facts["last"] or 0),
            facts["perpetual"],
            event.mac.hex(),
        ),
    )


def z_report(desk: Desk, actor: Actor, batch_id: str) -> ZReport:
    """Return the Z report of an accepted batch (the last one if it was reopened); raise NotFound."""
    actor.require(Act.SEE_EXPECTED)
    with desk.read() as work:
        events = entries.batch_events(work.conn, batch_id, (EventKind.BATCH_ACCEPTED,))
        if not events:
            raise NotFound(f"Batch {batch_id[:40]} was not accepted yet.", field="batch")
        return seen_by(actor.role, z_report_of(desk, work.conn, events[-1]))
