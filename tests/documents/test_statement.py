"""The statement of an account as it is printed, read back by programs that had no part in making it."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

from pypdf import PdfReader

from csr_desk.documents.statement import statement_pdf, statements_bound
from csr_desk.domain.receivable import scan_line
from csr_desk.domain.receivable.statement import Move, MoveKind, Story
from documents import reading, statement_sample
from documents.samples import OFFICE, REAL_OFFICE


def test_a_statement_says_what_was_owed_what_changed_and_what_is_owed() -> None:
    pdf = statement_pdf(statement_sample.statement_for(REAL_OFFICE))
    told = reading.text(pdf)
    assert pdf == statement_pdf(statement_sample.statement_for(REAL_OFFICE))
    for words in (
        "Statement of account", "Account 0041-2277-9", "1 Jul 2026 to 14 Jul 2026", "ÁLVAREZ, María",
        "4107 Leeland St Unit B", "Houston, TX 77023", "$147.85", "$38.21 of it is past due: pay now.",
        "The rest by 18 Jul 2026.", "Bill B-410000003: Water and sewer 109.64 193.29",
        "Late payment penalty, due 2026-05-18, bill B-410000001 4.56 197.85",
        "Payment, receipt HPC3-0000902 −50.00 147.85", "109.64 38.21 – – 147.85", "5 thousand gallons",
        "Single-family wastewater charge, 5 thousand gallons 57.41", "Open from before", "18 May 2026 38.21",
        "After that day", "$158.81",
    ):  # fmt: skip
        assert words in told, words


def test_a_hand_scanner_reads_account_and_amount_from_the_coupon(tmp_path: Path) -> None:
    made = statement_sample.statement_for(REAL_OFFICE)
    (seen,) = reading.barcodes(statement_pdf(made), tmp_path)
    coupon = scan_line.read(seen.removeprefix("CODE-128:"))
    assert coupon is not None
    assert (coupon.account, coupon.net, coupon.gross, coupon.due) == ("00004122779", 14_785, 15_881, date(2026, 7, 18))


def test_an_account_in_credit_has_nothing_to_pay_and_no_coupon() -> None:
    told = reading.text(statement_pdf(statement_sample.in_credit(REAL_OFFICE)))
    for words in ("Your credit", "$52.15", "Nothing to pay."):
        assert words in told
    assert "Hand this part in" not in told


def test_statements_in_one_file_count_their_pages_for_themselves() -> None:
    many = [statement_sample.statement_for(OFFICE), statement_sample.in_credit(OFFICE)]
    pdf, counts = statements_bound(many)
    read = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
    assert len(read) == sum(counts)
    at = 0
    for count in counts:
        for number in range(1, count + 1):
            assert f"Page {number} of {count}" in read[at]
            at += 1


def test_a_long_history_goes_on_over_the_pages_with_its_heading() -> None:
    told = statement_sample.story()
    day = date(2026, 7, 3)
    many = tuple(Move(day, MoveKind.FEE, 100, "", f"Fee {n}", "") for n in range(90))
    pdf = statement_pdf(statement_sample.statement_for(REAL_OFFICE, Story(told.bills, (*told.moves, *many))))
    pages = [" ".join(page.split()) for page in reading.pages(pdf)]
    assert len(pages) == 3
    assert all("Date What Amount Owed" in page for page in pages[:2])
    assert "Statement of account · Account 0041-2277-9" in pages[1]
    assert "Fee 89" in " ".join(pages)
    assert "Hand this part in" in pages[-1]
