"""The paper of an order: read by a scanner, honest about what it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from csr_desk.documents.order_paper import order_pdf
from documents import order_sample, reading
from documents.samples import REAL_OFFICE


def test_the_same_order_gives_the_same_bytes() -> None:
    paper = order_sample.order_for(REAL_OFFICE)
    assert order_pdf(paper) == order_pdf(paper)


def test_a_scanner_reads_the_number_of_the_order_and_nothing_else(tmp_path: Path) -> None:
    assert reading.barcodes(order_pdf(order_sample.order_for(REAL_OFFICE)), tmp_path) == ["CODE-128:SO26-000001-3"]


def test_the_paper_says_what_is_to_pay_until_when_and_that_it_is_no_receipt() -> None:
    told = " ".join(reading.text(order_pdf(order_sample.order_for(REAL_OFFICE))).split())
    for words in ("$272.12", "Thu 13 Aug 2026", "This is no receipt and no permit", "stories: 2", "ÁLVAREZ, María"):
        assert words in told, words


def test_an_order_that_is_paid_or_over_says_so_where_nobody_overlooks_it() -> None:
    paid = reading.text(order_pdf(order_sample.paid(REAL_OFFICE)))
    assert "This order was paid by receipt HPC1-0000007." in paid
    assert "To pay" not in paid
    late = replace(order_sample.order_for(REAL_OFFICE), printed_on=date(2026, 8, 14))
    assert "This order has run out." in reading.text(order_pdf(late))
    assert "This order has run out." not in reading.text(order_pdf(order_sample.order_for(REAL_OFFICE)))
