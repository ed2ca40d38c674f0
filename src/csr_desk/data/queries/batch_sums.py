"""What one batch brought, summed by the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, case, func, select

from csr_desk.data.models import ledger_event, ledger_line, ledger_posting, ledger_tender
from csr_desk.domain.drawer import RevenueRow
from csr_desk.domain.ledger import NUMBERED, EventKind, TenderRole
from csr_desk.domain.money import Cents

_EVENT, _LINE, _TENDER, _POSTING = ledger_event.c, ledger_line.c, ledger_tender.c, ledger_posting.c
_NUMBERED = tuple(kind.value for kind in NUMBERED)
_OF_LINE = and_(_EVENT.series_id == _LINE.series_id, _EVENT.seq == _LINE.seq)
_OF_TENDER = and_(_EVENT.series_id == _TENDER.series_id, _EVENT.seq == _TENDER.seq)
_OF_POSTING = and_(_EVENT.series_id == _POSTING.series_id, _EVENT.seq == _POSTING.seq)


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a batch (cents)."""

    lines: Cents
    """Lines, added lines and taxes; without the fees of tenders."""
    taxes: Cents
    """Tax in lines of its own."""
    taken: Cents
    """All tender rows: change deducted, fees included."""
    fees: Cents

    @property
    def rounding(self) -> Cents:
        """Cash rounded minus exact."""
        return self.taken - self.fees - self.lines


def totals(conn: Connection, batch_id: str) -> Totals:
    """Sum lines and tenders of a batch."""
    is_tax = case((_LINE.kind == "tax", _LINE.amount_minor), else_=0)
    lines = conn.execute(
        select(func.coalesce(func.sum(_LINE.amount_minor), 0), func.coalesce(func.sum(is_tax), 0))
        .select_from(ledger_event)
        .join(ledger_line, _OF_LINE)
        .where(_EVENT.batch_id == batch_id, _LINE.kind != "tender_fee")
    ).one()
    fee = case((_TENDER.role == TenderRole.FEE.value, _TENDER.amount_minor), else_=0)
    taken = conn.execute(
        select(func.coalesce(func.sum(_TENDER.amount_minor), 0), func.coalesce(func.sum(fee), 0))
        .select_from(ledger_event)
        .join(ledger_tender, _OF_TENDER)
        .where(_EVENT.batch_id == batch_id)
    ).one()
    return Totals(int(lines[0]), int(lines[1]), int(taken[0]), int(taken[1]))


def by_item(conn: Connection, batch_id: str) -> tuple[RevenueRow, ...]:
    """Sum lines by item and name, number of lines with voids taken off."""
    sign = case((_EVENT.kind == EventKind.SALE.value, 1), else_=-1)
    rows = conn.execute(
        select(_LINE.item, _LINE.name, func.sum(sign), func.sum(_LINE.amount_minor))
        .select_from(ledger_event)
        .join(ledger_line, _OF_LINE)
        .where(_EVENT.batch_id == batch_id)
        .group_by(_LINE.item, _LINE.name)
        .order_by(_LINE.item, _LINE.name)
    )
    return _rows(rows.all())


def by_account(conn: Connection, batch_id: str) -> tuple[RevenueRow, ...]:
    """Sum what lines brought each posting account (credit positive)."""
    rows = conn.execute(
        select(_POSTING.account, _POSTING.account, func.count(), func.sum(-_POSTING.amount_minor))
        .select_from(ledger_event)
        .join(ledger_posting, _OF_POSTING)
        .where(_EVENT.batch_id == batch_id, _POSTING.line_n.is_not(None))
        .group_by(_POSTING.account)
        .order_by(_POSTING.account)
    )
    return tuple(RevenueRow(row.code, "", row.count, row.amount) for row in _rows(rows.all()))


def count_kinds(conn: Connection, batch_id: str) -> dict[str, int]:
    """Return how many entries of each kind a batch has."""
    rows = conn.execute(select(_EVENT.kind, func.count()).where(_EVENT.batch_id == batch_id).group_by(_EVENT.kind))
    return {str(kind): int(number) for kind, number in rows}


def receipt_span(conn: Connection, batch_id: str) -> tuple[int, int] | None:
    """Return the first and last receipt number of a batch, or None without any."""
    row = conn.execute(
        select(func.min(_EVENT.receipt_no), func.max(_EVENT.receipt_no)).where(
            _EVENT.batch_id == batch_id, _EVENT.kind.in_(_NUMBERED)
        )
    ).one()
    return None if row[0] is None else (int(row[0]), int(row[1]))


def _rows(rows: Sequence[Any]) -> tuple[RevenueRow, ...]:
    return tuple(RevenueRow(row[0], row[1], int(row[2]), int(row[3])) for row in rows)
