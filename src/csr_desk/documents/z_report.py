"""The Z report: a batch as a supervisor accepted it, with the head of the register's chain as a witness on paper."""

from __future__ import annotations

from collections.abc import Sequence

from csr_desk.documents.columns import GREY
from csr_desk.documents.layout import Column, facts, office_paper, prose, section, signatures, table
from csr_desk.documents.paper import Style
from csr_desk.documents.plain_text import clean, grouped
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.wording import day, dollars, drawer_words, moment, signed
from csr_desk.domain.drawer import BatchSheet, RevenueRow, TenderTie, ZReport
from csr_desk.domain.money import shown

_COUNTS = 4
"""Counts that fit beside each other; earlier ones stay in the ledger and are named."""
_NONE = "–"


def z_report_pdf(report: ZReport) -> bytes:
    """The Z report as PDF bytes, the same for the same facts."""
    batch = report.sheet.batch
    title = f"Z report {report.z_number}"
    sheet = office_paper(
        report.office, title, f"{clean(batch.drawer_name)} · {day(batch.business_date)}", noun="report"
    )
    _write_facts(sheet, report)
    section(sheet, "Tenders")
    _write_tenders(sheet, report.sheet)
    section(sheet, "Drawer")
    _write_drawer(sheet, report.sheet)
    if report.reason:
        section(sheet, "Reason given for the difference")
        prose(sheet, report.reason)
    if report.sheet.history:
        section(sheet, "History of the batch")
        for sentence in report.sheet.history:
            prose(sheet, sentence)
    section(sheet, "Sold, by item")
    _write_rows(sheet, report.items, "Item")
    section(sheet, "Booked, by account")
    _write_rows(sheet, report.accounts, "Account")
    _write_witness(sheet, report)
    signatures(sheet, (("Counted by", batch.custodian_name), ("Accepted by", report.accepted_by)))
    return sheet.pdf(f"{title} {clean(batch.batch_id)}", report.office.name)


def _write_facts(sheet: Sheet, report: ZReport) -> None:
    batch = report.sheet.batch
    opened = moment(batch.opened_at, report.office) if batch.opened_at else _NONE
    facts(
        sheet,
        (
            ("Business date", day(batch.business_date)), ("Batch", batch.batch_id),
            ("Drawer", drawer_words(batch)), ("Custodian", batch.custodian_name),
            ("Opened", opened), ("Accepted", moment(report.accepted_at, report.office)),
            ("First receipt", report.first_receipt or _NONE), ("Last receipt", report.last_receipt or _NONE),
            ("Receipts", f"{batch.receipts:,}"), ("Accepted by", report.accepted_by),
        ),
    )  # fmt: skip


def _write_tenders(sheet: Sheet, batch: BatchSheet) -> None:
    attempts = max((len(tie.counts) for tie in batch.ties), default=0)
    numbers = range(max(0, attempts - _COUNTS), attempts)
    columns = [
        Column("Tender", 7), Column("Receipts", 3, figures=True), Column("Items counted", 4, figures=True),
        Column("Expected", 4, figures=True),
        *(Column(f"Count {number + 1}", 4, figures=True) for number in numbers),
        Column("Over / short", 4, figures=True),
    ]  # fmt: skip
    blank = [""] * len(numbers)
    table(
        sheet, columns, [_tender_row(tie, numbers) for tie in batch.ties],
        total=("Over / short in all", "", "", "", *blank, signed(batch.over_short)),
    )  # fmt: skip


def _tender_row(tie: TenderTie, numbers: Sequence[int]) -> list[str]:
    items = _NONE
    if tie.items_counted is not None:
        items = f"{tie.items_counted:,}"
        if tie.items_expected is not None and tie.items_expected != tie.items_counted:
            items += f" of {tie.items_expected:,}"
    counts = [shown(tie.counts[number]) if number < len(tie.counts) else _NONE for number in numbers]
    difference = _NONE if tie.over_short is None else signed(tie.over_short)
    return [tie.name, f"{tie.receipts:,}", items, shown(tie.expected), *counts, difference]


def _write_drawer(sheet: Sheet, batch: BatchSheet) -> None:
    columns = (
        Column("Cash", 6), Column("Amount", 3, figures=True), Column("", 1), Column("Acts", 6),
        Column("Number", 2, figures=True),
    )  # fmt: skip
    cash = (
        ("Opening float", shown(batch.float_amount)), ("Dropped to the safe", shown(batch.drops)),
        ("Cash rounding", signed(batch.rounding)), ("Service fees, settled apart", shown(batch.fees)), ("", ""),
        ("", ""),
    )  # fmt: skip
    acts = (
        ("Voids", batch.voids), ("Refunds", batch.refunds), ("No-sale openings", batch.no_sales),
        ("Reprints", batch.reprints), ("Sales cancelled before payment", batch.cancelled),
        ("Counts made", batch.batch.attempts),
    )  # fmt: skip
    rows = [(*left, "", name, f"{count:,}") for left, (name, count) in zip(cash, acts, strict=True)]
    table(sheet, columns, rows)


def _write_rows(sheet: Sheet, rows: Sequence[RevenueRow], what: str) -> None:
    columns = (Column(what, 6), Column("Name", 9), Column("Count", 2, figures=True), Column("Amount", 4, figures=True))
    total = sum(row.amount for row in rows)
    table(
        sheet, columns, [(row.code, row.name, f"{row.count:,}", shown(row.amount)) for row in rows],
        total=("Total", "", f"{sum(row.count for row in rows):,}", shown(total)),
    )  # fmt: skip


def _write_witness(sheet: Sheet, report: ZReport) -> None:
    head = report.witness
    section(sheet, "Witness")
    sheet.pair("Perpetual total of this register", dollars(report.perpetual), Style(10.5, strong=True), keep=True)
    sheet.pair(f"Register {clean(head.series)}, last receipt", head.last_receipt or _NONE, Style(10.5), keep=True)
    sheet.pair("Series, entry and head, to key back", clean(head.short), Style(10.5, strong=True), keep=True)
    sheet.gap(2, keep=True)
    sheet.text(f"Head of the chain  {grouped(report.seal)}", Style(9.0), keep=True)
    prose(
        sheet,
        "Keep this paper outside the counter. Should receipts be missing from the end of the ledger later, the total "
        "and the head above will not match it: csr-desk verify --head with the series, entry and head tells.",
        Style(8.0, shade=GREY), keep=True,
    )  # fmt: skip
