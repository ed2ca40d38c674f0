"""The slip of a work order and the list of what is late: what a crew needs stands there, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from csr_desk.documents.work_papers import overdue_pdf, work_slip_pdf
from documents import reading, work_samples

PAPERS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("work order", lambda: work_slip_pdf(work_samples.slip())),
    ("list", lambda: overdue_pdf(work_samples.overdue())),
)


@pytest.mark.parametrize(("noun", "make"), PAPERS)
def test_a_paper_is_the_same_twice_and_marked_as_a_demonstration(noun: str, make: Callable[[], bytes]) -> None:
    pdf = make()
    assert pdf == make()
    for page in reading.pages(pdf):
        assert f"DEMONSTRATION – not a real {noun} · TRAINING" in page


def shown(pdf: bytes) -> str:
    """The words of a paper."""
    return " ".join(reading.text(pdf).split())


def test_a_slip_says_where_what_and_until_when_and_leaves_room_for_the_answer() -> None:
    words = shown(work_slip_pdf(work_samples.slip()))
    for fact in (
        "Work order W26-000002-4", "Look for a leak", "Urgent: due Wed 15 Jul 2026", "4107 Leeland St Unit B",
        "Water crew 3", "María Álvarez", "account 0041-2277-9", "Dolores Reyes", "the street is wet.",
        "[ ] done [ ] not done, because:",
    ):  # fmt: skip
        assert fact in words, fact


def test_a_slip_of_closed_work_tells_what_came_of_it_and_one_without_a_crew_says_so() -> None:
    words = shown(work_slip_pdf(work_samples.slip(result="Curb stop replaced", closed_on=date(2026, 7, 15), crew="")))
    assert "Wed 15 Jul 2026: Curb stop replaced" in words
    assert "not assigned yet" in words
    assert "because" not in words
    paid = shown(work_slip_pdf(replace(work_samples.slip(receipt="HPC1-0000001"), customer="")))
    assert "payment HPC1-0000001" in paid
    assert "none named" in paid


def test_the_list_counts_working_days_and_says_when_nothing_is_late() -> None:
    words = shown(overdue_pdf(work_samples.overdue()))
    # from Tuesday 14 to Monday 20 July lie four working days, from the 15th three, from the 16th two
    assert "Tue 14 Jul 2026 4 Emergency W26-000006-2 Sewer stoppage 1000 Main St nobody" in words
    assert "Wed 15 Jul 2026 3 Urgent W26-000002-4" in words
    assert "Thu 16 Jul 2026 2 I26-000001-9 Reconnect" in words
    empty = shown(overdue_pdf(replace(work_samples.overdue(), work=(), inspections=())))
    assert "No work order is late." in empty
    assert "No inspection is late." in empty
