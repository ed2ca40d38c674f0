"""What the customer has to do next, told on a paper in their language (G10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.models import company
from csr_desk.data.queries import customers, told
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.release import Kind, missing
from csr_desk.domain.release_register import NextStep
from csr_desk.services import service_release_facts as facts
from csr_desk.services.customer_papers import GivePaper, log_paper
from csr_desk.services.desk import Desk


@dataclass(frozen=True, slots=True)
class GiveNextStep:
    """Give a customer the paper of what comes next; ``language`` is another than theirs, where they ask for it."""

    key: str
    release: str
    language: str = ""


def next_step(desk: Desk, actor: Actor, command: GiveNextStep) -> NextStep:
    """Return what the paper says; a confidential customer's is in the disclosure log before it is made.

    Raises NotFound.
    """
    actor.require(Act.REQUEST_RELEASE)
    with desk.read() as work:
        row = facts.release_row(work.conn, command.release)
        seen = facts.look(desk, work.conn, row)
        wires = told.record(work.conn, company, row["company_id"]) or {}
        holder = (
            customers.one(work.conn, customers.root_of(work.conn, row["customer_id"])) if row["customer_id"] else None
        )
    if holder is not None:
        paper = f"Next step, release {row['release_no']}"
        log_paper(desk, actor, GivePaper(f"{command.key}/paper", (), paper, (holder.number,)))
    return NextStep(
        office=desk.office,
        release=row["release_no"],
        kind=Kind(row["kind"]),
        state=row["state"],
        customer_name=holder.name if holder else "",
        language=(command.language.strip() or (holder.language if holder else "en")).casefold(),
        site=row["site"],
        premise=row["premise"] or "",
        company_name=str(wires.get("name", "")),
        confirmation=row["confirmation"] or "",
        on=desk.today(),
        last_day=date.fromisoformat(row["expires_on"]) if row["expires_on"] else None,
        days=desk.policy.move_in_days,
        missing=tuple(one.condition for one in missing(seen.findings)) if row["state"] in facts.BEFORE_SENDING else (),
    )
