"""Entering a paper receipt later: a sale of today, priced by the date that was written by hand (A25)."""

from __future__ import annotations

from datetime import date

from csr_desk.data.queries import custody
from csr_desk.data.unit_of_work import Work
from csr_desk.domain.errors import BadInput
from csr_desk.domain.ledger import EventKey
from csr_desk.domain.paper_note import PaperNote
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.workdays import working_days
from csr_desk.services.desk import Desk
from csr_desk.services.receipt_books import own_number


def price_date(paper: PaperNote | None, business_date: date) -> date:
    """Return the date that prices a cart: the written one of a paper receipt, else the drawer's."""
    return paper.written if paper is not None else business_date


def paper_facts(
    work: Work, desk: Desk, actor: Actor, paper: PaperNote | None, business_date: date
) -> dict[str, object]:
    """Return what the entry says of its paper receipt: book, number, written date, and whether it comes late.

    Late is after more working days than the policy allows; it is entered all the same, because the money is there.
    Raises NotPermitted, NotFound, Conflict, BadInput.
    """
    if paper is None:
        return {}
    actor.require(Act.ENTER_PAPER)
    own_number(work.conn, actor, paper.book, paper.number)
    if paper.written > business_date:
        raise BadInput("A paper receipt cannot be written after today.", field="written")
    policy = desk.policy
    late = working_days(paper.written, business_date, holidays=policy.days_off) > policy.paper_days
    return {
        "paper": {
            "book": paper.book, "number": paper.number, "written": paper.written.isoformat(), "late": int(late),
        }
    }  # fmt: skip


def keep_paper(work: Work, paper: PaperNote | None, key: EventKey) -> None:
    """Account for the number with the entry that entered it."""
    if paper is not None:
        custody.insert_paper(
            work.conn,
            {
                "book_id": paper.book,
                "number": paper.number,
                "state": "entered",
                "written_on": paper.written.isoformat(),
                "series_id": key.series,
                "seq": key.seq,
            },
        )
