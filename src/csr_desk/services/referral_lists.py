"""What is read of referrals: who waits for a follow-up, how many went where, and the slip that goes along (I4)."""

from __future__ import annotations

from datetime import date, datetime

from csr_desk.data.queries import people
from csr_desk.data.queries import referrals as rows
from csr_desk.domain.errors import NotFound
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.domain.referrals import Area, Referral, ReferralCount, Slip
from csr_desk.domain.tongues import said_in
from csr_desk.services import referrals
from csr_desk.services.desk import Desk
from csr_desk.services.typed_numbers import typed_number


def open_referrals(desk: Desk, actor: Actor) -> tuple[Referral, ...]:
    """Return the referrals of which nobody knows yet what came of them: those to be followed up first, then the newest.

    A cold referral has no day on which it is due.
    """
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        return seen_by(actor.role, rows.open_ones(work.conn))


def referrals_of(desk: Desk, actor: Actor, customers: tuple[str, ...]) -> tuple[Referral, ...]:
    """Return where a person was sent, the newest first."""
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        return seen_by(actor.role, rows.of_customers(work.conn, customers))


def statistics(desk: Desk, actor: Actor, first: date, last: date) -> tuple[ReferralCount, ...]:
    """Count the referrals of a period (UTC days) by need, agency and what came of them."""
    actor.require(Act.SEE_REQUESTS)
    with desk.read() as work:
        return rows.counted(work.conn, first, last)


def slip_of(desk: Desk, actor: Actor, number: str) -> Slip:
    """Return what the slip of a referral says; raise NotFound."""
    actor.require(Act.REFER)
    with desk.read() as work:
        found = referrals.one(work.conn, typed_number(referrals.SERIES, number))
        known = {one.code: one for one in rows.needs(work.conn)}[found.need]
        by = people.names(work.conn).get(found.by, found.by)
    agency = next((one for one in known.agencies if one.company == found.company), None)
    if agency is None:
        raise NotFound(f"{found.company_name} is no longer in the directory.", field="company")
    on = desk.local(datetime.fromisoformat(found.at)).date()
    areas = {one.area for one in known.agencies if one.company == found.company}
    area = agency.area if len(areas) == 1 else Area.ANYWHERE
    return Slip(
        desk.office, found.number, said_in(known.written, found.language), found.company_name, area, found.kind,
        found.language, said_in(agency.written, found.language), agency.places, on, by,
    )  # fmt: skip
