"""Letters of collection and the crew's lists: every figure on paper, reproducible, many in a file with progress."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from csr_desk.documents import collection_letters
from csr_desk.documents.collection_letters import collection_letter_pdf, letter_files
from csr_desk.documents.crew_papers import ageing_pdf, crew_list_pdf, restore_order_pdf
from csr_desk.domain.receivable.collection import LetterKind
from documents import collection_samples as made
from documents import reading

PAPERS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("letter", lambda: collection_letter_pdf(made.letter(LetterKind.REMINDER))),
    ("letter", lambda: collection_letter_pdf(made.letter(LetterKind.NOTICE))),
    ("letter", lambda: collection_letter_pdf(made.letter(LetterKind.PLAN))),
    ("letter", lambda: collection_letter_pdf(made.letter(LetterKind.BROKEN))),
    ("list", lambda: crew_list_pdf(made.crew_list())),
    ("order", lambda: restore_order_pdf(made.restore_order())),
    ("report", lambda: ageing_pdf(made.AGEING)),
)


@pytest.mark.parametrize(("noun", "make"), PAPERS)
def test_a_paper_is_the_same_twice_and_marked_as_a_demonstration(noun: str, make: Callable[[], bytes]) -> None:
    pdf = make()
    assert pdf == make()
    for page in reading.pages(pdf):
        assert f"DEMONSTRATION – not a real {noun} · TRAINING" in page


def has(pdf: bytes, *facts: str) -> None:
    """Every fact stands on the paper."""
    shown = " ".join(reading.text(pdf).split())
    for fact in facts:
        assert fact in shown, fact


def test_a_notice_says_what_to_pay_until_when_and_what_a_cut_off_costs() -> None:
    pdf = collection_letter_pdf(made.letter(LetterKind.NOTICE))
    has(pdf, "María Álvarez", "4107 Leeland St Unit B", "Houston, TX 77023", "W-260531-0041", "91.46", "$200.17")
    has(pdf, "cut off on or after Sat 8 Aug 2026", "fee of $10.00 for this letter", "a fee of $37.59 is added")
    has(pdf, "personal checks and e-checks are not taken then", "payment plan")


def test_a_reminder_is_friendly_and_names_the_day_of_the_notice() -> None:
    pdf = collection_letter_pdf(made.letter(LetterKind.REMINDER))
    has(pdf, "thank you", "Unpaid on Sat 8 Aug 2026, a notice of cut-off follows")
    assert "fee of" not in reading.text(collection_letter_pdf(made.letter(LetterKind.REMINDER, act_on=None)))


def test_the_letter_of_a_plan_lists_parts_that_make_the_total_and_is_signed_by_both() -> None:
    pdf = collection_letter_pdf(made.letter(LetterKind.PLAN))
    has(pdf, "Down payment Wed 29 Jul 2026 50.05", "Instalment 4 Sun 29 Nov 2026 21.45")
    has(pdf, "Instalment 7 Sun 28 Feb 2027 21.44", "$200.17", "Customer: María Álvarez", "For the city: Dolores Reyes")
    assert 5005 + 4 * 2145 + 3 * 2144 == 20017


def test_the_letter_of_a_broken_plan_names_the_part_that_was_missed() -> None:
    pdf = collection_letter_pdf(made.letter(LetterKind.BROKEN))
    has(pdf, "instalment 1 of $21.45, due Sat 29 Aug 2026, was not paid in full", "$200.17 is due now", "$50.05")
    never = replace(made.letter(LetterKind.BROKEN), plan=made.PLAN)
    has(collection_letter_pdf(never), "the down payment of $50.05")


def test_a_letter_to_somebody_without_an_address_goes_without_one() -> None:
    has(collection_letter_pdf(made.letter(LetterKind.NOTICE, address="", site="")), "María Álvarez")


def test_the_cut_off_list_keeps_those_with_more_time_apart() -> None:
    pdf = crew_list_pdf(made.crew_list())
    shown = reading.text(pdf)
    assert shown.index("Leave these on") < shown.index("extended until 2026-08-05")
    has(pdf, "8 accounts", "M88210")
    has(crew_list_pdf(replace(made.crew_list(), rows=())), "No account.")


def test_an_order_to_restore_names_the_receipt_or_the_reason() -> None:
    has(restore_order_pdf(made.restore_order()), "Restore service: 4107 Leeland St Unit B", "HPC3-0000021", "M88213")
    has(restore_order_pdf(made.restore_order(receipt="", meter="", reason="Ill child")), "Ill child", "see the account")


def test_the_ageing_adds_up_by_column_and_by_service() -> None:
    pdf = ageing_pdf(made.AGEING)
    has(pdf, "739,960.67", "73,243.47", "24,480.43", "40,755.09", "878,439.66", "586,911.26")
    has(ageing_pdf(replace(made.AGEING, services=())), "Nothing is owed.")


def test_many_letters_come_in_files_each_letter_with_pages_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection_letters, "PER_FILE", 2)
    letters = [made.letter(LetterKind.NOTICE, account=f"0041-{at}") for at in range(5)]
    heard: list[tuple[int, int]] = []

    def told(done: int, every: int) -> bool:
        heard.append((done, every))
        return True

    files = list(letter_files(letters, told))
    assert [(file.name, file.letters) for file in files] == [
        ("letters-notice-2026-07-29-001.pdf", 2),
        ("letters-notice-2026-07-29-002.pdf", 2),
        ("letters-notice-2026-07-29-003.pdf", 1),
    ]
    pages = [page for file in files for page in reading.pages(file.content)]
    assert len(pages) == 5
    assert all(page.count("TRAINING – no real money") == 2 for page in pages)
    assert all("Page 1 of 1" in page and f"0041-{at}" in page for at, page in enumerate(pages))
    assert heard[0] == (0, 5)
    assert heard[-1] == (5, 5)
    assert next(letter_files(letters)).content == files[0].content


def test_letters_that_are_stopped_leave_no_half_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collection_letters, "PER_FILE", 2)
    letters = [made.letter(LetterKind.REMINDER, account=f"0041-{at}") for at in range(5)]
    files = list(letter_files(letters, lambda done, _every: done < 3))
    assert [file.letters for file in files] == [2]
    assert list(letter_files((), None)) == []
