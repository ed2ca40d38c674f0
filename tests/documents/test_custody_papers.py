"""Slips and reports of custody: what must stand on each, and what must not."""

from __future__ import annotations

from datetime import date

from csr_desk.documents.custody_slips import change_slip_pdf, hand_over_slip_pdf, no_sale_slip_pdf
from csr_desk.documents.fund_papers import audit_sheet_pdf, books_pdf, fund_register_pdf
from csr_desk.documents.receipt import receipt_pdf
from csr_desk.documents.suspect_report import suspect_report_pdf
from csr_desk.documents.till_slip import till_rows
from csr_desk.domain.paper_note import PaperNote
from documents import reading, samples


def _has(pdf: bytes, *facts: str) -> None:
    shown = " ".join(reading.text(pdf).split())
    for fact in facts:
        assert fact in shown, (fact, shown)


def test_a_no_sale_slip_says_why_and_the_how_many_th_of_the_shift() -> None:
    _has(no_sale_slip_pdf(samples.no_sale_slip()), "No sale 2", "Reason: Roll of quarters", "Number 2 of this shift")
    _has(no_sale_slip_pdf(samples.no_sale_slip(reason="", number=0)), "No sale", "Reason: purged")


def test_a_change_slip_shows_both_sides_and_no_change() -> None:
    _has(
        change_slip_pdf(samples.change_slip()), "Change order 1", "$20 2 40.00", "$5 6 30.00", "Quarter 40 10.00",
        "Change of the drawer $0.00", "Witness: Chidi Okafor",
    )  # fmt: skip


def test_a_hand_over_slip_has_two_names_and_no_expected_amount() -> None:
    pdf = hand_over_slip_pdf(samples.hand_over_slip())
    _has(pdf, "Handed over by: Dolores Reyes", "Taken over by: James Okafor", "Check 2 291.64", "Money order 1 46.45")
    assert "xpected" not in reading.text(pdf)
    assert "by items and tape" not in reading.text(hand_over_slip_pdf(samples.hand_over_slip(others={})))


def test_a_suspect_report_has_the_data_of_the_note_report_and_says_what_to_do() -> None:
    _has(
        suspect_report_pdf(samples.suspect_report()), "$20.00", "MB12345678A", "2013", "B2 45", "Man about 40",
        "White van", "garage sale", "Do not return the note", "initials and the date", "envelope",
        "United States Secret Service", "SSF 1604", "No money is credited",
    )  # fmt: skip
    bare = suspect_report_pdf(
        samples.suspect_report(series_year="", letters="", description="", vehicle="", words="", witness="")
    )
    _has(bare, "not read", "not known", "none")


def test_an_audit_sheet_sets_the_count_against_the_authorized_fund() -> None:
    pdf = audit_sheet_pdf(samples.audit_sheet())
    _has(
        pdf, "Unannounced count", "Drawer in use", "Finance memo 7", "Cash 609.05 608.80 −0.25",
        "Check 371.82 371.82 0.00 3 of 3", "Authorized fund $200.00", "Over or short −0.25",
        "In the presence of: Dolores Reyes",
    )  # fmt: skip
    bare = audit_sheet_pdf(samples.audit_sheet(batch="", fund="", custodian="", authority=""))
    _has(bare, "Change fund", "none named", "none written")


def test_the_register_of_funds_names_those_that_miss_a_count() -> None:
    _has(
        fund_register_pdf(samples.fund_register()), "Safe change fund", "Denise Carter", "2,200.00", "1 of 1", "0 of 1",
        "Annex counter (closed)", "Unannounced counts are missing this quarter: Safe change fund.",
    )  # fmt: skip
    rows = samples.fund_register().rows[:1]
    _has(fund_register_pdf(samples.fund_register(rows=rows)), "Every fund has its unannounced counts")


def test_the_paper_of_the_books_names_gaps_late_numbers_and_reasons() -> None:
    _has(
        books_pdf(samples.OFFICE, (samples.receipt_book(),)), "Book A: 1001 to 1006", "still out",
        "2 of 6, of these late: 1", "1002, 1005–1006", "Missing 1002", "Carbon slipped", "1003 entered", "late",
    )  # fmt: skip
    back = samples.receipt_book(
        returned_on=date(2026, 7, 15), returned_by="Chidi Okafor", explained={1002: "Torn out", 1005: "", 1006: "Blank"}
    )
    _has(
        books_pdf(samples.OFFICE, (back,)), "Wed 15 Jul 2026 to Chidi Okafor",
        "Number 1002 was missing at the return: Torn out",
        "Number 1005 was missing at the return: the reason was purged",
    )  # fmt: skip
    _has(books_pdf(samples.OFFICE, ()), "No book was issued")
    _has(books_pdf(samples.OFFICE, (samples.receipt_book(rows=()),)), "Missing none")


def test_a_receipt_tells_the_paper_receipt_that_it_brought_in() -> None:
    receipt = samples.receipt(paper=PaperNote("A", 1002, date(2026, 7, 13)))
    words = "Paper receipt 1002 of book A, written Mon 13 Jul 2026"
    _has(receipt_pdf(receipt), words)
    assert words in [row.left for row in till_rows(receipt)]
