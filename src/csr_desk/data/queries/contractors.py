"""Contractors with the papers that they showed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from csr_desk.data.models import contractor, contractor_paper, customer
from csr_desk.domain.contractor import Paper, PaperKind, Standing

_C, _P = contractor.c, contractor_paper.c
_NAMED = select(contractor, customer.c.name).join_from(contractor, customer, _C.customer_id == customer.c.customer_id)


@dataclass(frozen=True, slots=True)
class PaperRecord:
    """A paper as it is on file."""

    n: int
    paper: Paper
    number: str
    issuer: str
    state: str
    attachment: str


@dataclass(frozen=True, slots=True)
class ContractorRecord:
    """A contractor of the register, with every paper that is on file."""

    number: str
    customer_id: str
    name: str
    trades: tuple[str, ...]
    state: str
    since: date
    papers: tuple[PaperRecord, ...] = ()

    @property
    def standing(self) -> Standing:
        """The contractor as a sale looks at them."""
        valid = tuple(one.paper for one in self.papers if one.state == "valid")
        return Standing(self.state, frozenset(self.trades), valid)


def one_contractor(conn: Connection, number: str) -> ContractorRecord | None:
    """Return a contractor by their number, or None."""
    row = conn.execute(_NAMED.where(_C.contractor_no == number)).first()
    return None if row is None else _record(row, papers_of(conn, number))


def papers_of(conn: Connection, number: str) -> tuple[PaperRecord, ...]:
    """Return the papers of a contractor, in the order in which they came."""
    rows = conn.execute(select(contractor_paper).where(_P.contractor_no == number).order_by(_P.n))
    return tuple(_paper(row) for row in rows)


def by_paper(conn: Connection, number: str) -> tuple[str, ...]:
    """Return the contractors who showed a paper of that number (capitals do not count), by their own number."""
    same = and_(func.upper(_P.number) == number.upper(), _P.state == "valid")
    return tuple(conn.execute(select(_P.contractor_no).where(same).distinct().order_by(_P.contractor_no)).scalars())


def find(conn: Connection, words: str, limit: int) -> tuple[ContractorRecord, ...]:
    """Return contractors whose number, name or a paper's number contains the words, by name; without papers."""
    like = f"%{words.upper().replace('%', '').replace('_', '')}%"
    shown = select(_P.contractor_no).where(func.upper(_P.number).like(like))
    wanted = or_(func.upper(customer.c.name).like(like), _C.contractor_no.like(like), _C.contractor_no.in_(shown))
    rows = conn.execute(_NAMED.where(wanted).order_by(customer.c.name, _C.contractor_no).limit(limit))
    return tuple(_record(row) for row in rows)


def ending(conn: Connection, until: date, limit: int) -> tuple[tuple[ContractorRecord, PaperRecord], ...]:
    """Return the papers of active contractors whose last day lies on or before a date, soonest first."""
    wanted = (
        select(contractor_paper, _C.customer_id, _C.trades, _C.since, customer.c.name, _C.state.label("standing"))
        .join_from(contractor_paper, contractor, _P.contractor_no == _C.contractor_no)
        .join(customer, customer.c.customer_id == _C.customer_id)
        .where(_P.state == "valid", _C.state == "active", _P.expires_on <= until.isoformat())
        .order_by(_P.expires_on, _P.contractor_no, _P.n)
        .limit(limit)
    )
    return tuple(
        (
            ContractorRecord(
                row.contractor_no, row.customer_id, row.name, tuple(row.trades.split()), row.standing,
                date.fromisoformat(row.since),
            ),
            _paper(row),
        )
        for row in conn.execute(wanted)
    )  # fmt: skip


def has_customer(conn: Connection, customer_id: str) -> bool:
    """Say whether there is a customer of that number."""
    return conn.execute(select(customer.c.customer_id).where(customer.c.customer_id == customer_id)).first() is not None


def of_customer(conn: Connection, customer_id: str) -> str | None:
    """Return the number under which a customer is registered as a contractor, or None."""
    wanted = select(_C.contractor_no).where(_C.customer_id == customer_id, _C.state != "closed")
    return conn.execute(wanted.order_by(_C.contractor_no)).scalars().first()


def _record(row: Row[Any], papers: Iterable[PaperRecord] = ()) -> ContractorRecord:
    return ContractorRecord(
        row.contractor_no,
        row.customer_id,
        row.name,
        tuple(row.trades.split()),
        row.state,
        date.fromisoformat(row.since),
        tuple(papers),
    )


def _paper(row: Row[Any]) -> PaperRecord:
    paper = Paper(PaperKind(row.kind), row.trade or "", _day(row.starts_on), _day(row.expires_on), row.amount_minor)
    return PaperRecord(row.n, paper, row.number, row.issuer or "", row.state, row.attachment_id or "")


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
