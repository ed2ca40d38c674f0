"""What a step gives back, as plain data: money in dollars as text, names as the counter script fixes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from csr_desk.domain.cart import PricedLine
from csr_desk.domain.catalogue import number_text
from csr_desk.domain.deposit import Deposit
from csr_desk.domain.drawer import BatchSheet, TenderTie, ZReport
from csr_desk.domain.ledger import LineRow, Posting, TenderRow
from csr_desk.domain.money import plain
from csr_desk.domain.receipt import Receipt
from csr_desk.services.sell import Priced


def of_lines(lines: Iterable[LineRow]) -> list[dict[str, Any]]:
    """Write lines as sold."""
    return [
        {
            "line": line.number,
            "kind": line.kind,
            "item": line.item or None,
            "name": line.name,
            "quantity": line.quantity,
            "amount": plain(line.amount),
            "added_with": line.added_with,
            "authority": line.authority,
            "explain": list(line.explain),
            "tax_included": plain(line.tax),
            "reference": line.reference or None,
        }
        for line in lines
    ]


def of_priced(lines: Iterable[PricedLine]) -> list[dict[str, Any]]:
    """Write lines as quoted."""
    return [
        {
            "line": line.number,
            "kind": line.kind.value,
            "item": line.item or None,
            "name": line.name,
            "quantity": number_text(line.quantity),
            "amount": plain(line.amount),
            "added_with": line.added_with,
            "authority": line.authority,
            "explain": list(line.explain),
            "tax_included": plain(line.tax_cents),
            "reference": line.reference or None,
        }
        for line in lines
    ]


def of_postings(postings: Iterable[Posting]) -> list[dict[str, Any]]:
    """Write postings with their side."""
    return [
        {
            "account": posting.account,
            "side": "debit" if posting.amount > 0 else "credit",
            "amount": plain(abs(posting.amount)),
        }
        for posting in postings
    ]


def of_tenders(tenders: Iterable[TenderRow]) -> list[dict[str, Any]]:
    """Write tenders as recorded."""
    return [
        {
            "tender": row.number,
            "kind": row.kind,
            "role": row.role.value,
            "amount": plain(row.amount),
            **({"number": row.check_number} if row.check_number else {}),
            **({"routing": row.routing} if row.routing else {}),
            **({"account": row.account_masked} if row.account_masked else {}),
            **({"date": row.check_date} if row.check_date else {}),
            **({"document": row.document} if row.document else {}),
        }
        for row in tenders
    ]


def of_quote(priced: Priced) -> dict[str, Any]:
    """Write a quote; what the tenders come to as well where there are some."""
    settlement = priced.settlement
    written: dict[str, Any] = {
        "lines": of_priced(priced.lines),
        "total": plain(priced.cart.total),
        "taxes": plain(priced.cart.taxes),
        "tax_included": plain(priced.cart.tax_included),
        "tender_fees": plain(settlement.fees),
        "warnings": list(priced.warnings),
    }
    if settlement.tenders:
        written |= {
            "rounding": plain(settlement.rounding),
            "change": plain(settlement.change),
            "collected": plain(settlement.collected),
            "rest": plain(settlement.rest),
        }
    return written


def of_receipt(receipt: Receipt) -> dict[str, Any]:
    """Write a receipt."""
    return {
        "receipt": receipt.number,
        "kind": receipt.kind.value,
        "total": plain(receipt.total),
        "lines": of_lines(receipt.lines),
        "tenders": of_tenders(receipt.tenders),
        "taxes": plain(receipt.taxes),
        "tender_fees": plain(receipt.fees),
        "rounding": plain(receipt.rounding),
        "change": plain(receipt.change),
        "collected": plain(receipt.collected),
        **({} if receipt.balance_after is None else {"balance": plain(receipt.balance_after)}),
        **({} if receipt.credit_after is None else {"credit": plain(receipt.credit_after)}),
        "postings": of_postings(receipt.postings),
        "receipt_code": receipt.code,
        "business_date": receipt.business_date.isoformat(),
        "batch": receipt.batch,
        "reverses": receipt.reverses or None,
    }


def of_over_short(ties: Iterable[TenderTie]) -> dict[str, str]:
    """Write counted minus expected by tender, for the tenders that were counted."""
    return {tie.tender: plain(tie.over_short) for tie in ties if tie.over_short is not None}


def of_z_report(report: ZReport) -> dict[str, Any]:
    """Write an acceptance."""
    return {
        "batch": report.sheet.batch.batch_id,
        "state": report.sheet.batch.state.value,
        "z_number": report.z_number,
        "over_short": of_over_short(report.sheet.ties),
        "expected": {tie.tender: plain(tie.expected) for tie in report.sheet.ties},
        "rounding": plain(report.sheet.rounding),
        "first_receipt": report.first_receipt or None,
        "last_receipt": report.last_receipt or None,
        "perpetual": plain(report.perpetual),
        "seal": report.seal,
    }


def of_sheet(sheet: BatchSheet) -> dict[str, Any]:
    """Write a batch that went back to its custodian."""
    return {
        "batch": sheet.batch.batch_id,
        "state": sheet.batch.state.value,
        "over_short": of_over_short(sheet.ties),
    }


def of_deposit(deposit: Deposit) -> dict[str, Any]:
    """Write a deposit."""
    difference = deposit.difference
    return {
        "deposit": deposit.deposit_id,
        "state": deposit.state.value,
        "bag": deposit.bag,
        "batches": list(deposit.batches),
        "cash": plain(deposit.cash),
        "checks": plain(deposit.checks),
        "money_orders": plain(deposit.money_orders),
        "items": len(deposit.items),
        "listed": [
            {
                "kind": item.kind,
                "number": item.number,
                "routing": item.routing or None,
                "account": item.account_masked or None,
                "from": item.from_name or None,
                "receipt": item.receipt,
                "amount": plain(item.amount),
            }
            for item in deposit.items
        ],
        "total": plain(deposit.total),
        "difference": None if difference is None else plain(difference),
    }
