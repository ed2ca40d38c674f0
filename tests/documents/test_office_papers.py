"""Opening slip, drop slip, Z report, deposit slip and daily revenue: every figure on paper, each paper reproducible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from csr_desk.documents.chart import bar_chart
from csr_desk.documents.custody_slips import change_slip_pdf, hand_over_slip_pdf, no_sale_slip_pdf
from csr_desk.documents.daily_revenue import daily_revenue_pdf
from csr_desk.documents.deposit_slip import deposit_slip_pdf
from csr_desk.documents.fund_papers import audit_sheet_pdf, books_pdf, fund_register_pdf
from csr_desk.documents.paper import LETTER
from csr_desk.documents.sheet import Sheet
from csr_desk.documents.slips import drop_slip_pdf, opening_slip_pdf
from csr_desk.documents.suspect_report import suspect_report_pdf
from csr_desk.documents.z_report import z_report_pdf
from csr_desk.domain.deposit import DayTie, DepositItem, DepositState
from csr_desk.domain.drawer import RevenueRow, TenderTie
from csr_desk.domain.seal import SealedHead
from csr_desk.domain.witness import SealState
from documents import reading, samples

PAPERS: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("slip", lambda: opening_slip_pdf(samples.opening_slip())),
    ("slip", lambda: drop_slip_pdf(samples.drop_slip())),
    ("report", lambda: z_report_pdf(samples.z_report())),
    ("deposit", lambda: deposit_slip_pdf(samples.deposit())),
    ("report", lambda: daily_revenue_pdf(samples.daily_revenue())),
    ("slip", lambda: no_sale_slip_pdf(samples.no_sale_slip())),
    ("slip", lambda: change_slip_pdf(samples.change_slip())),
    ("slip", lambda: hand_over_slip_pdf(samples.hand_over_slip())),
    ("report", lambda: suspect_report_pdf(samples.suspect_report())),
    ("report", lambda: audit_sheet_pdf(samples.audit_sheet())),
    ("report", lambda: fund_register_pdf(samples.fund_register())),
    ("report", lambda: books_pdf(samples.OFFICE, (samples.receipt_book(),))),
)
EACH = pytest.mark.parametrize(("noun", "make"), PAPERS)


def _has(pdf: bytes, *facts: str) -> None:
    shown = reading.text(pdf)
    for fact in facts:
        assert fact in shown, fact


@EACH
def test_a_paper_is_the_same_twice_marked_as_a_demonstration_and_embeds_its_type(
    noun: str, make: Callable[[], bytes]
) -> None:
    pdf = make()
    assert pdf == make()
    for page in reading.pages(pdf):
        assert f"DEMONSTRATION – not a real {noun} · TRAINING" in page
    assert all("CSRSans" in name and embedded for name, embedded in reading.fonts(pdf))


@EACH
def test_a_paper_keeps_its_margins(noun: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    for page in reading.words(make(), tmp_path):
        printed = reading.without_marks(page)
        assert min(word.left for word in printed) >= 49
        assert max(word.right for word in printed) <= 563.5
        assert max(word.bottom for word in printed) <= 792 - 46


def test_an_opening_slip_lists_every_denomination_against_the_float() -> None:
    pdf = opening_slip_pdf(samples.opening_slip())
    _has(
        pdf, "Opening count", "2026-07-14/HPC-3/1", "Counter 3 (HPC-3)", "$100 0 0.00", "$20 4 80.00", "$1 22 22.00",
        "Quarter 24 6.00", "Penny 10 0.10", "Cash 96 200.00", "Counted $200.00", "Authorized $200.00",
        "Difference 0.00", "Counted by: Dolores Reyes", "14 Jul 2026 09:12:45 −05:00",
    )  # fmt: skip
    assert "Approved by" not in reading.text(pdf)


def test_an_opening_count_that_differs_shows_the_reason_and_who_approved() -> None:
    slip = samples.opening_slip(counted=19900, reason="One dollar was missing", approver="Chidi Okafor")
    _has(
        opening_slip_pdf(slip), "Counted $199.00", "Difference −1.00", "One dollar was missing",
        "Approved by: Chidi Okafor",
    )  # fmt: skip


def test_a_drop_slip_comes_twice_with_two_names_and_the_bag() -> None:
    shown = reading.text(drop_slip_pdf(samples.drop_slip()))
    for fact in ("$100 1 100.00", "$20 15 300.00", "Carried to the safe $400.00", "SAFE-0042", "Witness: Chidi Okafor"):
        assert shown.count(fact) == 2, fact
    assert "Copy for the bag" in shown
    assert "Copy for the drawer · Drop to the safe 2" in shown
    assert "$50" not in shown


def test_a_z_report_shows_tenders_acts_sales_accounts_and_the_witness() -> None:
    _has(
        z_report_pdf(samples.z_report()), "Z report 17", "HPC3-0000880", "HPC3-0000927", "Receipts 48",
        "Cash 20 – 609.05 608.80 608.80 −0.25", "Check 14 13 of 14 3,718.22 3,709.22 3,709.22 −9.00",
        "Money order 2 2 196.45 196.45 196.45 0.00", "Departmental transfer 1 – 486.00 – – –",
        "Over / short in all −9.25", "Opening float 200.00 Voids 2", "Dropped to the safe 400.00 Refunds 1",
        "Cash rounding +0.03 No-sale openings 3", "Service fees, settled apart 72.24 Reprints 4",
        "Sales cancelled before payment 5", "Counts made 2", "A check of 9.00 was not in the stack",
        "sent back by Mr. Okafor", "ELEC-RECON Electrical reconnect permit 11 990.66", "Total 251 1,651.25",
        "2301.2000050001.421010 Building inspection: permits 30 1,628.30", "Total 48 1,651.25", "$987,654.32",
        "3f9a 01bc 44d2 7e88 90aa 5c6d 7e8f 9012", "Register HPC-3, last receipt HPC3-0000927",
        "HPC-3:1204:H6NA-DPCE-2J7I-REFK", "Counted by: Dolores Reyes", "Accepted by: Chidi Okafor",
        "14 Jul 2026 17:31:00 −05:00",
    )  # fmt: skip


def test_a_z_report_shows_the_last_four_of_many_counts_by_their_numbers() -> None:
    tie = TenderTie("cash", "Cash", 1, 600, (100, 200, 300, 400, 500, 600), 0)
    shown = reading.text(z_report_pdf(samples.z_report(sheet=samples.batch_sheet(ties=(tie,), history=()), reason="")))
    assert "Expected Count 3 Count 4 Count 5 Count 6 Over / short" in shown
    assert "Cash 1 – 6.00 3.00 4.00 5.00 6.00 0.00" in shown
    assert "History" not in shown
    assert "Reason given" not in shown


def test_a_z_report_of_an_idle_drawer_prints() -> None:
    sheet = samples.batch_sheet(ties=(), history=(), batch=samples.batch(receipts=0, opened_at=None))
    report = samples.z_report(sheet=sheet, items=(), accounts=(), first_receipt="", last_receipt="", reason="")
    _has(z_report_pdf(report), "Receipts 0", "First receipt –", "Over / short in all 0.00", "Total 0 0.00")


def test_a_table_repeats_its_heading_and_keeps_its_total_with_its_last_row() -> None:
    for count in range(20, 64):
        items = tuple(RevenueRow(f"I-{number:03d}", "Thing", 1, 100) for number in range(count))
        pdf = z_report_pdf(samples.z_report(items=items, accounts=()))
        pages = reading.pages(pdf)
        with_total = next(page for page in pages if f"{count}.00" in page)
        assert f"I-{count - 1:03d}" in with_total, count
        for page in pages:
            if "I-0" in page:
                assert "Item" in page, count
                assert "Name" in page, count


def test_a_deposit_slip_lists_cash_checks_batches_and_four_signatures() -> None:
    _has(
        deposit_slip_pdf(samples.deposit()), "Deposit D-2026-0031", "TX-990017",
        "2026-07-14/HPC-3/1, 2026-07-14/HPC-1/1", "$20 25 500.00", "Cash 45 808.80",
        "1 Check 1042 ÁLVAREZ, María HPC3-0000881 90.00",
        "2 Cashier’s check 77120 Bayou Electric LLC HPC3-0000893 155.00",
        "3 Money order 990812 Nguyễn Thị Hoa HPC1-0000412 106.45", "3 items 351.45",
        "Checks and cashier’s checks 245.00", "Money orders 106.45", "Total $1,160.25", "Prepared by: Dolores Reyes",
        "Verified by: Chidi Okafor", "Courier", "Received by the bank",
    )  # fmt: skip


def test_a_confirmed_deposit_shows_the_bank_and_the_difference() -> None:
    confirmed = samples.deposit(state=DepositState.CONFIRMED, bank_date=samples.DAY, bank_amount=116_000, pieces=None)
    _has(
        deposit_slip_pdf(confirmed), "State Confirmed", "Credited, Tue 14 Jul 2026 1,160.00",
        "Difference, bank less deposit −0.25", "Cash, not listed by denomination 808.80",
    )  # fmt: skip


def test_a_deposit_of_cash_alone_lists_no_checks() -> None:
    _has(deposit_slip_pdf(samples.deposit(items=(), checks=0, money_orders=0)), "Checks and money orders None.")


def test_two_hundred_checks_are_listed_one_by_one() -> None:
    items = tuple(DepositItem("check", str(1000 + at), f"HPC1-{at:07d}", f"Payer {at}", 100 + at) for at in range(200))
    shown = reading.text(deposit_slip_pdf(samples.deposit(items=items)))
    for at in range(200):
        assert f"{at + 1} Check {1000 + at} Payer {at} HPC1-{at:07d} {1 + at // 100}.{at % 100:02d}" in shown
    assert "200 items 399.00" in shown


def test_the_daily_revenue_is_told_by_every_key_and_ties() -> None:
    _has(
        daily_revenue_pdf(samples.daily_revenue()), "Daily revenue", "Tue 14 Jul 2026", "Revenue $1,651.25",
        "Taxes 1.75", "Service fees 72.24", "Cash rounding +0.03", "Over / short −9.25", "Cash 20 701.25",
        "HPC-3 Counter 3 48 1,651.25", "COPIES Public records, standard page 212 21.20",
        "1000.9900010001.205010 Sales tax payable 9 1.75", "11:00–12:00 9 310.60", "Counted: Check 591.00",
        "Deposited 1,292.03", "Journal 1,651.25", "Ties yes", "the day ties.",
        "HPC-3 1204 HPC3-0000927 987,654.32 H6NA-DPCE-2J7I-REFK", "HPC 731 the day’s close",
        "Sealed by Samuel Park on 14 Jul 2026 18:05:00 −05:00 with key 9f1f a5b4 d9bc 3774.",
    )  # fmt: skip


def test_a_day_that_waits_for_its_seal_says_so_and_one_of_before_the_seals_still_prints() -> None:
    waiting = samples.day_witness(state=SealState.WAITING, sealed_at=None)
    _has(daily_revenue_pdf(samples.daily_revenue(witness=waiting)), "Not sealed yet: the finance officer signs")
    old = SealedHead("HPC-1", 0, 0, 5000, samples.HEAD)
    none = samples.day_witness(state=SealState.NOT_KEPT, sealed_at=None, registers=(old,))
    _has(daily_revenue_pdf(samples.daily_revenue(witness=none)), "keeps no day seals", "HPC-1 – – 50.00 H6NA-DPCE")
    assert "Witness" not in reading.text(daily_revenue_pdf(samples.daily_revenue(witness=None)))


def test_a_day_that_does_not_tie_says_so_loudly() -> None:
    tie = DayTie(100, {"cash": 99}, 0, 0, 99, 0, 0, 0, 100, ties=False, sentence="One cent is missing.")
    _has(daily_revenue_pdf(samples.daily_revenue(tie=tie)), "Does not tie NO", "One cent is missing.")


def test_a_period_is_named_by_its_first_and_last_day() -> None:
    first = samples.DAY.replace(day=1)
    _has(daily_revenue_pdf(samples.daily_revenue(first=first)), "Wed 1 Jul 2026 – Tue 14 Jul 2026")


def test_the_chart_has_a_bar_for_each_hour_and_says_when_there_is_none(tmp_path: Path) -> None:
    hours = (RevenueRow("08", "", 1, 10_000), RevenueRow("09", "", 1, -5_000), RevenueRow("10", "", 0, 0))
    (first, *_) = reading.words(daily_revenue_pdf(samples.daily_revenue(by_hour=hours)), tmp_path)
    up = next(word for word in first if word.text == "100.00")
    down = next(word for word in first if word.text == "−50.00")
    label = next(word for word in first if word.text == "08")
    assert up.top < down.top < down.bottom < label.top + 2
    assert label.left == pytest.approx(up.left + (up.right - up.left) / 2 - (label.right - label.left) / 2, abs=1)
    _has(daily_revenue_pdf(samples.daily_revenue(by_hour=())), "No receipts.")


def test_what_was_given_back_has_the_same_scale_as_what_was_taken() -> None:
    sheet = Sheet(LETTER, samples.REAL_OFFICE)
    bar_chart(sheet, [("08", 20_000), ("09", -10_000), ("10", 5_000)])
    (line, taken, back, small) = sheet.blocks[0].bars
    assert taken.height == pytest.approx(2 * back.height)
    assert small.height == pytest.approx(taken.height / 4)
    assert taken.down + taken.height == pytest.approx(line.down)
    assert back.down == line.down


def test_figures_of_a_chart_never_touch_each_other(tmp_path: Path) -> None:
    hours = tuple(RevenueRow(f"{hour:02d}", "", 1, 123_456_789) for hour in range(24))
    (first, *_) = reading.words(daily_revenue_pdf(samples.daily_revenue(by_hour=hours)), tmp_path)
    figures = sorted(word.left for word in first if word.text == "1,234,567.89")
    assert len(figures) == 24
