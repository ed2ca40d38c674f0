"""The deposit slip: one bag for the bank, cash by denomination and every check by itself (field table D13)."""

from __future__ import annotations

from csr_desk.documents.layout import NARROW, Column, cash_table, facts, office_paper, section, signatures, table
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import clean
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars, moment, plural, signed
from csr_desk.domain.deposit import Deposit
from csr_desk.domain.money import shown
from csr_desk.domain.tender import TRAITS, TenderKind


def deposit_slip_pdf(deposit: Deposit) -> bytes:
    """The deposit slip as PDF bytes, the same for the same facts."""
    title = f"Deposit {clean(deposit.deposit_id)}"
    sheet = office_paper(deposit.office, title, day(deposit.business_date), noun="deposit")
    facts(
        sheet,
        (
            ("Business date", day(deposit.business_date)), ("Bag", deposit.bag),
            ("Prepared", moment(deposit.recorded_at, deposit.office)), ("Prepared by", deposit.prepared_by),
            ("State", str(deposit.state).capitalize()), ("Verified by", deposit.verified_by),
            ("Batches", ", ".join(deposit.batches)),
        ),
        whole={"Batches"},
    )  # fmt: skip
    section(sheet, "Cash")
    if deposit.pieces is None:
        sheet.pair("Cash, not listed by denomination", shown(deposit.cash), Style(9.5), room=NARROW)
    else:
        cash_table(sheet, deposit.pieces, deposit.cash, every=False)
    _write_items(sheet, deposit)
    _write_total(sheet, deposit)
    _write_bank(sheet, deposit)
    signatures(
        sheet,
        (
            ("Prepared by", deposit.prepared_by), ("Verified by", deposit.verified_by),
            ("Courier", ""), ("Received by the bank", ""),
        ),
    )  # fmt: skip
    return sheet.pdf(title, deposit.office.name)


def _write_items(sheet: Sheet, deposit: Deposit) -> None:
    section(sheet, "Checks and money orders")
    if not deposit.items:
        sheet.text("None.", Style(9.5))
        return
    columns = (
        Column("#", 1, figures=True), Column("Kind", 3), Column("Number", 4), Column("Routing", 3),
        Column("Account", 3), Column("From", 5), Column("Receipt", 4), Column("Amount", 3, figures=True),
    )  # fmt: skip
    rows = [
        (
            str(at), _kind_name(item.kind), item.number, item.routing, item.account_masked, item.from_name,
            item.receipt, shown(item.amount),
        )
        for at, item in enumerate(deposit.items, start=1)
    ]  # fmt: skip
    total = shown(sum(item.amount for item in deposit.items))
    table(sheet, columns, rows, total=("", plural(len(rows), "item"), "", "", "", "", "", total))


def _kind_name(kind: str) -> str:
    return TRAITS[TenderKind(kind)].name if kind in set(TenderKind) else kind


def _write_total(sheet: Sheet, deposit: Deposit) -> None:
    section(sheet, "In the bag")
    sheet.pair("Cash", shown(deposit.cash), Style(9.5), room=NARROW, keep=True)
    sheet.pair("Checks and cashier’s checks", shown(deposit.checks), Style(9.5), room=NARROW, keep=True)
    sheet.pair("Money orders", shown(deposit.money_orders), Style(9.5), room=NARROW, keep=True)
    sheet.pair("Total", dollars(deposit.total), Style(14, strong=True), room=NARROW, keep=True)
    sheet.gap(1)


def _write_bank(sheet: Sheet, deposit: Deposit) -> None:
    if deposit.bank_amount is None or deposit.difference is None:
        return
    section(sheet, "Confirmed by the bank")
    when = day(deposit.bank_date) if deposit.bank_date else "date not told"
    sheet.pair(f"Credited, {when}", shown(deposit.bank_amount), Style(9.5), room=NARROW, keep=True)
    sheet.pair("Difference, bank less deposit", signed(deposit.difference), Style(9.5, strong=True), room=NARROW)
