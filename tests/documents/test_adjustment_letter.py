"""What the customer is told of an adjustment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from csr_desk.documents.adjustment_letter import adjustment_letter_pdf
from csr_desk.domain.receivable.adjusting import CORRECTION
from csr_desk.domain.receivable.adjustment import Adjustment, BillPart, Mark, State
from documents import reading, samples
from documents.test_hostile_text import CORPUS

WRITTEN = date(2026, 7, 15)


def said(adjustment: Adjustment) -> str:
    """The words of the letter, ends of lines as blanks."""
    return " ".join(reading.text(adjustment_letter_pdf(adjustment, samples.REAL_OFFICE, WRITTEN)).split())


def test_an_approval_says_what_came_off_how_it_was_computed_and_what_became_credit() -> None:
    words = said(samples.adjustment())
    for fact in (
        "Your bill was adjusted", "María Álvarez", "$128.65 came off the bills of account 0041-2277-9.",
        "You had paid $20.00 of it", "ADJ-649012229", "Code § 47-74", "B-JUNE June 2026 128.65 20.00",
        "Repair type Slab leak under the kitchen yes", "50 %, set by this office", "347.22 − 218.57 = 128.65",
        "Invoice 88 of Reyes Plumbing.pdf 145 KB 3f3f3f3f3f3f3f3f", "The invoice is of this house", "Robert Hayes",
    ):  # fmt: skip
        assert fact in words, fact
    assert len(reading.pages(adjustment_letter_pdf(samples.adjustment(), samples.REAL_OFFICE, WRITTEN))) == 1


def test_a_request_says_that_nothing_changed_yet() -> None:
    words = said(samples.adjustment(state=State.REQUESTED, decided=Mark(), documents=()))
    assert "Nothing changes before it is decided" in words
    assert "Decided" not in words
    assert "Papers that we have" not in words


@pytest.mark.parametrize(
    ("state", "told"),
    [
        (State.REFUSED, "was refused. Your bills stand as they are."),
        (State.WITHDRAWN, "was taken back before it was decided."),
        (State.REVERSED, "was taken back. Your bills are as before it."),
    ],
)
def test_each_end_is_told_with_its_reason(state: State, told: str) -> None:
    back = Mark("Samuel Park", samples.MOMENT, "The meter was right") if state is State.REVERSED else Mark()
    words = said(samples.adjustment(state=state, reversed_=back))
    assert told in words
    assert ("The meter was right" if back.by else "The invoice is of this house") in words


def test_what_is_added_is_called_so() -> None:
    parts = (BillPart("B-JUNE", date(2026, 6, 1), -1250),)
    more = samples.adjustment(kind=CORRECTION, amount=-1250, parts=parts, evidence={"finding": "Read as 8, was 9"})
    words = said(more)
    assert "$12.50 was added to the bills" in words
    assert "Is added" in words
    assert "Finding Read as 8, was 9" in words


@pytest.mark.parametrize(("typed", "printed"), CORPUS.values(), ids=CORPUS.keys())
def test_what_people_type_is_printed_as_text(typed: str, printed: str) -> None:
    base = samples.adjustment()
    hostile = replace(
        base,
        customer=typed,
        address=typed,
        evidence={"finding": typed},
        documents=(replace(base.documents[0], name=typed),),
        decided=Mark(typed, samples.MOMENT, typed),
    )
    pdf = adjustment_letter_pdf(hostile, samples.REAL_OFFICE, WRITTEN)
    assert "".join(printed.split()) in "".join(reading.text(pdf).split())
