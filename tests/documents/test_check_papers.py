"""The papers about checks: the notice word for word, the referral, the item list, the backs of checks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from csr_desk.devices.escpos import slip_bytes
from csr_desk.documents.deposit_slip import deposit_slip_pdf
from csr_desk.documents.receipt import ROLL_80, receipt_pdf
from csr_desk.documents.referral_packet import referral_packet_pdf
from csr_desk.documents.returned_check_letter import returned_check_letter_pdf
from csr_desk.documents.till_slip import endorsement_rows
from csr_desk.domain.endorsement import endorsement
from csr_desk.domain.returned import Referral, ReturnedItem
from documents import reading, samples
from documents.test_hostile_text import CORPUS

WRITTEN = date(2026, 7, 16)
STATEMENT = (
    "This is a demand for payment in full for a check or order not paid because of a lack of funds or insufficient "
    "funds. If you fail to make payment in full within 10 days after the date of receipt of this notice, the failure "
    "to pay creates a presumption for committing an offense, and this matter may be referred for criminal prosecution."
)
"""Typed from Texas Penal Code 31.06(b)(3), not read from the program."""


def item(**more: object) -> ReturnedItem:
    """A check of 131.46 and a fee of 24.00, not yet written about."""
    facts: dict[str, object] = {
        "item": "R-042681305", "receipt": "HPC1-0000001", "tender": 1, "kind": "check", "number": "1042",
        "routing": "113000023", "account_masked": "••••0253", "written_on": date(2026, 7, 13),
        "taken_on": date(2026, 7, 14), "clerk": "Dolores Reyes", "name": "Alma Reyes",
        "address": "1807 Leeland St, Houston TX 77003", "amount": 13146, "fee": 2400, "bill": "R-042681305",
        "account": "0041-2277-9", "paid": 0, "returned_on": WRITTEN, "reason": "Insufficient funds", "listed": "L-1",
    }  # fmt: skip
    return ReturnedItem(**{**facts, **more})  # type: ignore[arg-type]


def letter(**more: object) -> bytes:
    """The letter about it."""
    return returned_check_letter_pdf(item(**more), samples.OFFICE, WRITTEN)


def packet(**more: object) -> bytes:
    """A referral of two."""
    mailed = {"mail_number": "9407110200881234567890", "mailed_on": WRITTEN, "received_on": date(2026, 7, 18)}
    items = (item(**{**mailed, **more}), item(**{**mailed, "name": "Heights Builders", "amount": 5000, **more}))
    return referral_packet_pdf(Referral(samples.OFFICE, date(2026, 7, 29), items))


def squeezed(text: str) -> str:
    """The text without blanks and ends of lines, which fall where the paper wants them."""
    return "".join(text.split())


def test_the_statement_of_the_penal_code_stands_in_the_letter_word_for_word() -> None:
    shown = reading.text(letter())
    assert squeezed(STATEMENT) in squeezed(shown)
    assert "Sections 31.06(b)(3) and 32.41(c)(3)" in shown


def test_the_letter_says_what_is_owed_where_and_how() -> None:
    shown = reading.text(letter())
    for fact in (
        "Alma Reyes", "1807 Leeland St", "1042", "113000023", "••••0253", "131.46", "3.506", "24.00", "$155.46",
        "Insufficient funds", "HPC1-0000001", "R-042681305", "1002 Washington Ave", "832-394-9000",
        "in cash, by money order or by cashier’s check only",
    ):  # fmt: skip
        assert squeezed(fact) in squeezed(shown), fact
    assert "last day to pay" not in shown


def test_a_letter_written_again_names_mail_payment_and_the_last_day() -> None:
    more = {"mail_number": "9407110200881234567890", "mailed_on": WRITTEN, "received_on": date(2026, 7, 18)}
    shown = reading.text(letter(**more, paid=10_000))
    for fact in ("9407 1102 0088 1234 5678 90", "Mailed Thu 16 Jul 2026", "−100.00", "$55.46", "Tue 28 Jul 2026"):
        assert fact in shown, fact


def test_without_fee_address_or_date_the_letter_leaves_room_for_the_hand() -> None:
    shown = reading.text(letter(fee=0, address="", written_on=None))
    assert "3.506" not in shown
    assert "Address as on the check: ____" in shown
    assert "as on the check" in shown


def test_a_referral_lists_every_check_with_its_evidence() -> None:
    shown = reading.text(packet())
    for fact in (
        "2 checks", "229.46", "1. Alma Reyes", "2. Heights Builders", "9407110200881234567890", "Dolores Reyes",
        "Sat 18 Jul 2026", "Tue 28 Jul 2026", "1807 Leeland St, Houston TX 77003",
    ):  # fmt: skip
        # 131.46 + 24.00 + 50.00 + 24.00 = 229.46
        assert fact in shown, fact


@pytest.mark.parametrize(("noun", "make"), [("notice", letter), ("referral", packet)])
def test_each_paper_is_the_same_twice_marked_and_within_its_margins(
    noun: str, make: Callable[[], bytes], tmp_path: Path
) -> None:
    pdf = make()
    assert pdf == make()
    assert f"DEMONSTRATION – not a real {noun} · TRAINING" in reading.text(pdf)
    for page in reading.words(pdf, tmp_path):
        printed = [word for word in page if word.text != "DEMONSTRATION"]
        assert min(word.left for word in printed) >= 49
        assert max(word.right for word in printed) <= 563.5


@pytest.mark.parametrize(("typed", "printed"), CORPUS.values(), ids=CORPUS.keys())
@pytest.mark.parametrize("make", [letter, packet])
def test_hostile_text_is_printed_as_text(make: Callable[..., bytes], typed: str, printed: str) -> None:
    pdf = make(name=typed, address=typed.replace(",", ""), reason=typed)
    things = list(reading.dictionaries(pdf))
    assert not reading.ACTIVE & {str(key) for thing in things for key in thing}
    assert squeezed(printed) in squeezed(reading.text(pdf))


def test_each_check_of_a_bag_shows_its_bank_and_the_end_of_its_account() -> None:
    deposit = samples.deposit()
    first = replace(deposit.items[0], routing="113000023", account_masked="••••0253")
    shown = reading.text(deposit_slip_pdf(replace(deposit, items=(first, *deposit.items[1:]))))
    assert "1 Check 1042 113000023 ••••0253 ÁLVAREZ, María HPC3-0000881 90.00" in shown


def test_a_receipt_says_what_belongs_on_the_back_of_its_checks() -> None:
    receipt = samples.receipt()
    lines = endorsement(receipt, ("FOR DEPOSIT ONLY",)).checks[0].lines
    words = "Back of each check: FOR DEPOSIT ONLY · Houston Permitting Center · Houston Public Works"
    for pdf in (
        receipt_pdf(replace(receipt, endorse=lines)),
        receipt_pdf(replace(receipt, endorse=lines), paper=ROLL_80),
    ):
        assert squeezed(words) in squeezed(reading.text(pdf))
    assert "Back of each check" not in reading.text(receipt_pdf(receipt))
    assert "Back of each check" not in reading.text(receipt_pdf(replace(receipt, endorse=lines, voided_by="HPC3-9")))


def test_a_slip_printer_prints_the_back_of_each_check() -> None:
    paper = endorsement(samples.receipt(), ("FOR DEPOSIT ONLY",))
    rows = [(row.left, row.right) for row in endorsement_rows(paper) if row.look != "rule"]
    assert rows == [
        ("FOR DEPOSIT ONLY", ""), ("Houston Permitting Center", ""), ("Houston Public Works", ""),
        ("HPC3-0000021 · 2026-07-14", ""), ("1042", "90.00"),
    ]  # fmt: skip
    assert b"FOR DEPOSIT ONLY" in slip_bytes(endorsement_rows(paper))
