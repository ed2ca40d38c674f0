"""A customer as the register of contractors knows them: papers, whether each trade is in order, newest permits (G3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from csr_desk.data.queries import Connection, contractors, customers, permits
from csr_desk.data.queries.contractors import ContractorRecord, PaperRecord
from csr_desk.data.queries.permits import PermitRecord
from csr_desk.domain.contractor import lacks
from csr_desk.domain.errors import NotFound
from csr_desk.domain.masking import seen_by
from csr_desk.domain.people import Act, Actor
from csr_desk.services.contractors import InOrder
from csr_desk.services.desk import Desk

__all__ = ["ContractorPage", "ContractorRecord", "InOrder", "PaperRecord", "PermitRecord", "contractor_page"]

NEWEST_PERMITS = 50


@dataclass(frozen=True, slots=True)
class ContractorPage:
    """What there is to see; ``contractor`` is None where the customer is not registered (any more)."""

    customer: str
    day: date
    contractor: ContractorRecord | None = None
    trades: tuple[InOrder, ...] = ()
    """Each trade of the contractor, with what is missing for it today."""
    permits: tuple[PermitRecord, ...] = ()
    """Those that they bought, the newest first."""


def contractor_page(desk: Desk, actor: Actor, customer: str) -> ContractorPage:
    """Return a customer as a contractor; what was joined with them counts as theirs. Raises NotFound."""
    actor.require(Act.SEE_PROJECTS)
    with desk.read() as work:
        root = customers.root_of(work.conn, customer)
        if not contractors.has_customer(work.conn, root):
            raise NotFound(f"There is no customer “{customer[:40]}”.", field="customer")
        found = _registered(work.conn, root)
        bought = permits.of_contractor(work.conn, found.number, NEWEST_PERMITS) if found else ()
    if found is None:
        return ContractorPage(root, desk.today())
    trades = tuple(
        InOrder(found, trade, desk.today(), lacks(found.standing, trade, desk.today())) for trade in found.trades
    )
    return seen_by(actor.role, ContractorPage(root, desk.today(), found, trades, bought))


def _registered(conn: Connection, root: str) -> ContractorRecord | None:
    for number in customers.same_person(conn, root):
        known = contractors.of_customer(conn, number)
        if known is not None:
            return contractors.one_contractor(conn, known)
    return None
