"""Priced lines and settled tenders as the rows that the ledger keeps."""

from __future__ import annotations

import json
from collections.abc import Sequence

from csr_desk.domain.cart import PricedLine
from csr_desk.domain.catalogue import number_text
from csr_desk.domain.checks import masked
from csr_desk.domain.ledger import LineRow, TenderRole, TenderRow
from csr_desk.domain.money import Cents
from csr_desk.domain.tender import SettledTender, Settlement, TenderKind


def line_rows(lines: Sequence[PricedLine]) -> tuple[LineRow, ...]:
    """Lay lines out as sold; they never need the catalogue again."""
    return tuple(
        LineRow(
            number=line.number,
            kind=line.kind.value,
            item=line.item,
            name=line.name,
            department=line.department,
            quantity=number_text(line.quantity),
            each=line.each_cents,
            amount=line.amount,
            added_with=line.added_with,
            authority=line.authority,
            price_from=line.effective_from.isoformat() if line.effective_from else "",
            tax=line.tax_cents,
            explain=line.explain,
            reference=line.reference,
            list_amount=line.catalogue_amount if line.overridden else None,
        )
        for line in lines
    )


def tender_rows(settlement: Settlement) -> tuple[TenderRow, ...]:
    """Lay tenders out: what was handed over, the fee with it, and last the change (negative)."""
    rows: list[TenderRow] = []
    for part in settlement.tenders:
        rows.append(_row(len(rows) + 1, part, TenderRole.TAKEN, part.given))
        if part.fee:
            rows.append(_row(len(rows) + 1, part, TenderRole.FEE, part.fee))
    if settlement.change:
        rows.append(TenderRow(len(rows) + 1, TenderKind.CASH.value, TenderRole.CHANGE, -settlement.change))
    return tuple(rows)


def check_names(settlement: Settlement) -> list[tuple[int, str]]:
    """Return who drew each check, with the number of its row."""
    waiting = [part.tender.drawn_by for part in settlement.tenders]
    taken = [row.number for row in tender_rows(settlement) if row.role is TenderRole.TAKEN]
    return [(number, name.strip()) for number, name in zip(taken, waiting, strict=True) if name.strip()]


def names_text(names: Sequence[tuple[int, str]]) -> str:
    """Write who drew which check as one purgeable text."""
    return json.dumps(names, ensure_ascii=False, separators=(",", ":"))


def taken_row(number: int, part: SettledTender) -> TenderRow:
    """Lay out one tender as handed over (negative: taken back)."""
    return _row(number, part, TenderRole.TAKEN, part.given)


def _row(number: int, part: SettledTender, role: TenderRole, amount: Cents) -> TenderRow:
    tender = part.tender
    return TenderRow(
        number=number,
        kind=tender.kind.value,
        role=role,
        amount=amount,
        check_number=tender.number,
        routing=tender.routing,
        account_masked=masked(tender.account),
        brand=tender.brand,
        last4=tender.last4,
        authorization=tender.authorization,
        document=tender.document,
        department=tender.department,
        account_hash=tender.account_hash or None,
        check_date=tender.check_date.isoformat() if tender.check_date else None,
    )
