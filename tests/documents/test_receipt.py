"""The receipt on both papers: everything of field table A15 and A17 is on it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from csr_desk.documents.receipt import LETTER, ROLL_80, Paper, receipt_pdf
from csr_desk.domain.ledger import EventKind, TenderRole, TenderRow
from documents import reading
from documents.samples import REAL_OFFICE, line, receipt

PAPERS = pytest.mark.parametrize("paper", [LETTER, ROLL_80], ids=lambda paper: paper.name)


@PAPERS
def test_every_fact_of_a_sale_is_on_the_receipt(paper: Paper) -> None:
    shown = reading.text(receipt_pdf(receipt(), paper=paper))
    for fact in (
        "Houston Permitting Center", "1002 Washington Ave", "Houston, TX 77002", "832-394-9000",
        "Receipt HPC3-0000021", "Tue 14 Jul 2026", "14 Jul 2026 09:12:45 −05:00", "Dolores Reyes", "HPC-3",
        "2026-07-14/HPC-3/1", "ÁLVAREZ, María", "WTR-BILL", "Water bill", "64.37", "0041-2277-9",
        "Service address: 4107 LEELAND ST UNIT B", "ESI ID: 1008901023456789012345", "90.06", "Added with line 2",
        "32.16", "City Code § 1-14", "1.20", "Before tax 187.79", "Tax 0.10", "$187.89", "Service fee 1.50",
        "Cash rounding +0.01", "Check · no. 1042", "90.00", "Card · Visa, ending 4242, auth 09A1B2", "50.00",
        "Service fee taken by card", "100.00", "52.10", "$189.40", "Balance after this payment 25.00", "K7QM2XWPA4",
    ):  # fmt: skip
        assert fact in shown, fact


@PAPERS
def test_quantity_and_each_stand_on_a_counted_line(paper: Paper) -> None:
    shown = reading.text(receipt_pdf(receipt(), paper=paper))
    assert ("12 0.10 1.20" if paper is LETTER else "COPIES · 12 × 0.10") in shown


@PAPERS
def test_bank_numbers_of_a_check_are_not_printed(paper: Paper) -> None:
    shown = reading.text(receipt_pdf(receipt(), paper=paper))
    assert "113000609" not in shown
    assert "1234" not in shown.replace("2345", "")


@PAPERS
def test_a_demonstration_says_so_on_the_receipt(paper: Paper) -> None:
    assert "DEMONSTRATION – not a real receipt · TRAINING" in reading.text(receipt_pdf(receipt(), paper=paper))


@PAPERS
def test_a_real_office_prints_no_mark(paper: Paper) -> None:
    shown = reading.text(receipt_pdf(receipt(office=REAL_OFFICE), paper=paper))
    assert not any(mark in shown for mark in ("DEMONSTRATION", "TRAINING", "DUPLICATE", "VOID", "REFUND"))


@PAPERS
def test_a_training_office_without_demonstration_prices_is_marked_too(paper: Paper) -> None:
    office = replace(REAL_OFFICE, training=True)
    assert "TRAINING – not a real receipt" in reading.text(receipt_pdf(receipt(office=office), paper=paper))


@PAPERS
def test_a_reprint_says_which_duplicate_it_is(paper: Paper) -> None:
    assert "DUPLICATE 2" in reading.text(receipt_pdf(receipt(copy=2), paper=paper))


@PAPERS
@pytest.mark.parametrize(
    ("kind", "mark", "sentence"),
    [
        (EventKind.VOID, "VOID", "This paper takes back receipt HPC3-0000020."),
        (EventKind.REFUND, "REFUND", "Refund of receipt HPC3-0000020."),
        (EventKind.TENDER_CORRECTED, "TENDER CORRECTION", "Corrects how receipt HPC3-0000020 was paid."),
    ],
)
def test_a_correction_names_the_receipt_the_reason_and_the_approver(
    paper: Paper, kind: EventKind, mark: str, sentence: str
) -> None:
    facts = receipt(
        kind=kind, reverses="HPC3-0000020", reason="Wrong account", approver="Chidi Okafor", total=-6437, taxes=0,
        fees=0, rounding=0, change=0, collected=-6437, balance_after=None, lines=(line(1, "WTR-BILL", "Water", -6437),),
        tenders=(TenderRow(1, "cash", TenderRole.TAKEN, -6437),),
    )  # fmt: skip
    shown = reading.text(receipt_pdf(facts, paper=paper))
    for fact in (mark, sentence, "Reason: Wrong account", "Approved by Chidi Okafor", "−$64.37", "−64.37"):
        assert fact in shown, fact
    assert "Balance after" not in shown


def test_what_is_taken_back_has_a_negative_quantity() -> None:
    facts = receipt(kind=EventKind.VOID, lines=(line(1, "COPIES", "Copies", -120, quantity="12", each=10),), inputs=())
    assert "Copies −12 0.10 −1.20" in reading.text(receipt_pdf(facts))


@PAPERS
def test_a_receipt_that_was_voided_proves_no_payment(paper: Paper) -> None:
    shown = reading.text(receipt_pdf(receipt(voided_by="HPC3-0000022", copy=1), paper=paper))
    assert "VOIDED" in shown
    assert "Taken back by HPC3-0000022. It proves no payment." in shown


@PAPERS
def test_a_changed_price_shows_the_list_price(paper: Paper) -> None:
    facts = receipt(lines=(line(1, "COPIES", "Copies", 100, list_amount=120, tax=8),))
    shown = reading.text(receipt_pdf(facts, paper=paper))
    assert "List price 1.20, changed by approval" in shown
    assert "Includes 0.08 tax" in shown


@PAPERS
def test_the_same_receipt_gives_the_same_bytes(paper: Paper) -> None:
    assert receipt_pdf(receipt(), paper=paper) == receipt_pdf(receipt(), paper=paper)
    assert receipt_pdf(receipt(), paper=paper) != receipt_pdf(receipt(copy=1), paper=paper)


@PAPERS
def test_a_scanner_reads_the_receipt_number(paper: Paper, tmp_path: Path) -> None:
    assert reading.barcodes(receipt_pdf(receipt(), paper=paper), tmp_path) == ["CODE-128:HPC3-0000021"]


@PAPERS
def test_all_type_is_embedded(paper: Paper) -> None:
    fonts = reading.fonts(receipt_pdf(receipt(), paper=paper))
    assert sorted(name.partition("+")[2] for name, _ in fonts) == ["CSRSans-Regular", "CSRSans-SemiBold"]
    assert all(embedded for _, embedded in fonts)


@PAPERS
def test_nothing_is_printed_outside_the_margins(paper: Paper, tmp_path: Path) -> None:
    long = "Wm" * 60
    facts = receipt(
        customer=long, memo=long, lines=(line(1, "W" * 30, long, 123_456_789_01, quantity="100000", authority=long),)
    )
    pdf = receipt_pdf(facts, paper=paper)
    for (width, height), page in zip(reading.sizes(pdf), reading.words(pdf, tmp_path), strict=True):
        printed = reading.without_marks(page)
        assert min(word.left for word in printed) >= paper.side - 1
        assert max(word.right for word in printed) <= width - paper.side + 1.5
        assert max(word.bottom for word in printed) <= height


def test_amounts_end_at_one_edge(tmp_path: Path) -> None:
    (page,) = reading.words(receipt_pdf(receipt()), tmp_path)
    edges = {round(word.right) for word in page if word.text in {"64.37", "90.06", "32.16", "$187.89", "52.10"}}
    assert edges == {486, 562}  # the column “Each” and the right margin


def test_a_long_receipt_flows_over_pages_that_say_where_they_belong(tmp_path: Path) -> None:
    lines = tuple(line(number, f"I-{number:03d}", f"Item {number}", 100 + number) for number in range(1, 81))
    pdf = receipt_pdf(receipt(lines=lines, inputs=()))
    pages = reading.pages(pdf)
    assert len(pages) >= 3
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        if number > 1:
            assert "Receipt HPC3-0000021" in page
            assert "DEMONSTRATION – not a real receipt" in page
    together = reading.text(pdf)
    assert all(f"I-{number:03d} Item {number} 1 " in together for number in range(1, 81))
    assert sum("Description" in page for page in pages) >= len(pages) - 1
    for page_words in reading.words(pdf, tmp_path):
        assert max(word.bottom for word in reading.without_marks(page_words)) <= 792 - LETTER.foot + 2


def test_the_roll_is_cut_where_the_text_ends(tmp_path: Path) -> None:
    one = receipt_pdf(receipt(lines=receipt().lines[:1], inputs=()), paper=ROLL_80)
    ((width, height),) = reading.sizes(one)
    (page,) = reading.words(one, tmp_path)
    assert round(width, 1) == 226.8
    assert height - max(word.bottom for word in page) < ROLL_80.foot + 4
    more = receipt_pdf(receipt(inputs=()), paper=ROLL_80)
    assert reading.sizes(more)[0][1] > height + 4 * 30


def test_a_very_long_roll_goes_on_on_another_page() -> None:
    lines = tuple(line(number, f"I-{number}", f"Item {number}", number) for number in range(1, 401))
    pdf = receipt_pdf(receipt(lines=lines, inputs=()), paper=ROLL_80)
    assert len(reading.sizes(pdf)) == 2
    assert all(height <= 14_400 for _, height in reading.sizes(pdf))
    assert "Item 400 4.00" in reading.text(pdf)


def test_the_fee_for_a_card_is_named_as_the_catalogue_names_it() -> None:
    fee = line(6, "CONV-CARD", "Card convenience fee", 150, kind="tender_fee")
    shown = reading.text(receipt_pdf(receipt(lines=(*receipt().lines, fee))))
    assert "Card convenience fee 1.50" in shown
    assert "CONV-CARD" not in shown
