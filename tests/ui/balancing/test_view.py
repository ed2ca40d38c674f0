"""The Balancing page by keys alone, on the real widgets and services."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.drawer import BatchState, CountSheet, TapeCount
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import deposits, staff
from csr_desk.services.clock import TrainingClock
from csr_desk.services.deposits import PrepareDeposit
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.balancing.presenter import DAY, DEPOSITS
from csr_desk.ui.pages.balancing.view import BalancingPage
from csr_desk.ui.widgets.pick_list import Pick
from ui.back_office import FLOAT, BackOffice, in_front, press, type_in

KEY = Qt.Key


def two_drawers(office: BackOffice) -> tuple[str, str]:
    """HPC-1 counted 9.00 short in checks, HPC-2 still selling."""
    first = office.open_drawer("clerk1", "HPC-1")
    second = office.open_drawer("clerk2", "HPC-2")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"))
    office.sell_copies("clerk2", 4_444, Tender(TenderKind.CASH, 44_440))
    office.count_and_send("clerk1", CountSheet({**FLOAT, 100: 11, 10: 2}, {"check": TapeCount(1, 8_100)}))
    return first, second


def pick_of(page: BalancingPage, key: str) -> Pick:
    """The line of a place in the list."""
    return next(pick for pick in page.list.picks if pick.key == key)


def test_the_drawer_that_is_off_stands_picked_with_its_figures(dressed: QApplication, office: BackOffice) -> None:
    first, _ = two_drawers(office)
    context, _ = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        assert page.list.current_key() == first
        assert [pick.chip for pick in page.list.picks[:2]] == ["Off by 9.00", "Selling"]
        assert [pick_of(page, key).chip for key in (DEPOSITS, DAY)] == ["", "Open"]
        assert page.sheet.table.texts() == [
            ["Cash", "1", "201.20", "201.20", "0.00"],
            ["Check", "1", "90.00", "81.00", "−9.00"],
        ]
        assert page.total.cents == 53_560  # 1.20 + 90.00 + 444.40
        assert page.chart.bars[0].value == 3


def test_a_drawer_that_still_sells_shows_no_figures(dressed: QApplication, office: BackOffice) -> None:
    _, second = two_drawers(office)
    context, _ = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        press(page, KEY.Key_Down)
        assert page.list.current_key() == second
        assert page.sheet.table.isHidden()
        assert not page.sheet.selling.isHidden()
        press(page, KEY.Key_Return, ctrl=True)
        assert page.presenter.sheet is not None
        assert page.presenter.sheet.batch.state is BatchState.OPEN


def test_acceptance_with_a_reason_by_keys(dressed: QApplication, office: BackOffice) -> None:
    first, _ = two_drawers(office)
    context, shell = office.context("supervisor1", reason="The check says 81.00")
    page = BalancingPage(context)
    with in_front(page):
        press(page, KEY.Key_Return, ctrl=True)
        assert shell.banners[-1] == ("HPC-1 is accepted: Z report 1.", Tone.OK)
        page.list.setFocus()
        press(page, KEY.Key_Home)
        assert page.list.current_key() == first
        press(page, KEY.Key_P, ctrl=True)
        title, pdf = shell.papers[0]
        assert title == "z-report-HPC-1-1"
        assert pdf.startswith(b"%PDF")


def test_an_accepted_drawer_without_a_bag_is_called_and_overdue_the_day_after(
    dressed: QApplication, office: BackOffice
) -> None:
    two_drawers(office)
    context, _ = office.context("supervisor1", reason="The check says 81.00")
    page = BalancingPage(context)
    clock = office.desk.clock
    assert isinstance(clock, TrainingClock)
    with in_front(page):
        press(page, KEY.Key_Return, ctrl=True)
        assert (pick_of(page, DEPOSITS).chip, pick_of(page, DEPOSITS).tone) == ("1 to bag", "warn")
        clock.set(clock.now() + timedelta(days=1))
        page.presenter.load()
        assert (pick_of(page, DEPOSITS).chip, pick_of(page, DEPOSITS).tone) == ("1 overdue", "bad")


def test_only_what_may_be_done_is_offered(dressed: QApplication, office: BackOffice) -> None:
    two_drawers(office)
    auditor, _ = office.context("auditor1")
    page = BalancingPage(auditor)
    with in_front(page):
        assert [name for name, button in page.sheet.buttons.items() if not button.isHidden()] == ["why"]
    supervisor, _ = office.context("supervisor1")
    page = BalancingPage(supervisor)
    with in_front(page):
        seen = {name for name, button in page.sheet.buttons.items() if not button.isHidden()}
        assert seen == {"why", "back", "reason", "accept"}


def test_the_accountant_confirms_a_deposit_by_keys(dressed: QApplication, office: BackOffice) -> None:
    first, _ = two_drawers(office)
    supervisor, _ = office.context("supervisor1", reason="The check says 81.00")
    page = BalancingPage(supervisor)
    with in_front(page):
        press(page, KEY.Key_Return, ctrl=True)
    clerk = office.actor("clerk1")
    total = sum(part.total for part in deposits.contents(office.desk, clerk, (first,)))
    verifier = office.actor("supervisor2")
    approval = staff.approval_by(office.desk, verifier, Act.PREPARE_DEPOSIT, first, total)
    deposits.prepare_deposit(office.desk, clerk, PrepareDeposit("k", (first,), "TB-1"), approval)
    context, shell = office.context("accountant1")
    page = BalancingPage(context)
    with in_front(page):
        press(page, KEY.Key_End)
        while page.list.current_key() != DEPOSITS:
            press(page, KEY.Key_Up)
        assert page.bank.table.texts()[0][1:6] == ["TB-1", "1.20", "81.00", "0.00", "82.20"]
        page.bank.bank_date.setFocus()
        type_in(page, "7/15")
        press(page, KEY.Key_Return)
        type_in(page, "8220")
        press(page, KEY.Key_Return)
        assert shell.banners[-1][0].endswith("to the cent.")
        assert page.bank.table.texts()[0][6] == "At the bank"
        assert not page.confirm_key.isEnabled()


def test_the_tie_of_the_day_is_told_in_a_sentence_and_three_equal_sums(
    dressed: QApplication, office: BackOffice
) -> None:
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    context, _ = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        press(page, KEY.Key_End)
        assert page.list.current_key() == DAY
        assert page.day.chip.text() == "It does not tie yet"
        assert "1.20" in page.day.sentence.text()
        assert "HPC-1" in page.day.open_drawers.text()
        assert not page.day.close_button.isHidden()
        assert not page.close_key.isEnabled()


@pytest.mark.parametrize("user", ["supervisor1", "accountant1", "auditor1"])
def test_every_panel_fits_the_screens_of_the_counter(dressed: QApplication, office: BackOffice, user: str) -> None:
    two_drawers(office)
    context, _ = office.context(user)
    page = BalancingPage(context)
    with in_front(page):
        least = page.minimumSizeHint()
        assert (least.width() <= 1254, least.height() <= 690) == (True, True)


def test_the_hours_of_the_chart_are_those_of_the_office(dressed: QApplication, office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    clock = office.desk.clock
    assert isinstance(clock, TrainingClock)
    for minutes in (10, 60):
        clock.set(clock.now() + timedelta(minutes=minutes))
        office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    context, _ = office.context("supervisor1")
    page = BalancingPage(context)
    with in_front(page):
        # the demo day begins at 07:30 in Houston: sales at 07:40 and 08:40
        assert [(bar.label, bar.value) for bar in page.chart.bars] == [("7:00", 1), ("8:00", 1)]


def test_what_another_station_does_is_shown_while_the_page_is_in_front(
    dressed: QApplication, office: BackOffice
) -> None:
    two_drawers(office)
    page = BalancingPage(office.context("supervisor1")[0])
    with in_front(page):
        assert page.looks.isActive()
        office.sell_copies("clerk2", 5, Tender(TenderKind.CASH, 50))
        page.looks.timeout.emit()
        assert page.total.cents == 53_610  # 535.60 before, 0.50 more
        page.hide()
        assert not page.looks.isActive()
