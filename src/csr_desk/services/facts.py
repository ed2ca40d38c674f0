"""What the frame around every page shows: the office, the drawer, the day, what is waiting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import batches, carts, entries, office, receipts_found
from csr_desk.domain.drawer import Band, Batch
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.people import Actor
from csr_desk.domain.policy import Policy
from csr_desk.domain.receipt import Office
from csr_desk.services.custody import batch_value
from csr_desk.services.desk import Desk
from csr_desk.services.drawers import cash_band


@dataclass(frozen=True, slots=True)
class DeskFacts:
    """The facts around a page."""

    office: Office
    drawer_name: str
    batch: Batch | None
    band: Band
    business_date: date
    fiscal_year: str
    held_count: int
    undone_prints: int
    policy: Policy
    training: bool
    demonstration: bool
    open_days: tuple[date, ...]
    """Business days that are not closed, oldest first."""
    catalogue_label: str


def fiscal_year(day: date, first_month: int) -> str:
    """Name the fiscal year of a date by the calendar year it ends in: July 2026 is FY2027."""
    return f"FY{day.year + (1 if first_month > 1 and day.month >= first_month else 0)}"


def desk_facts(desk: Desk, actor: Actor) -> DeskFacts:
    """Return what the frame around a page shows."""
    with desk.read() as work:
        row = batches.unfinished_of(work.conn, actor.user)
        batch = batch_value(work.conn, row) if row else None
        held = len(carts.held_carts(work.conn))
        undone = 0
        for job in receipts_found.jobs(work.conn, ("failed",)):
            event = entries.event_at(work.conn, EventKey(job.series, job.seq))
            undone += event is not None and event.actor == actor.user
        open_days = office.open_days(work.conn)
    day = batch.business_date if batch else desk.today()
    return DeskFacts(
        office=desk.office,
        drawer_name=batch.drawer_name if batch else "",
        batch=batch,
        band=cash_band(desk, actor),
        business_date=day,
        fiscal_year=fiscal_year(day, desk.office.fiscal_year_start),
        held_count=held,
        undone_prints=undone,
        policy=desk.policy,
        training=desk.office.training,
        demonstration=desk.office.demonstration,
        open_days=open_days,
        catalogue_label=desk.catalogue.label,
    )
