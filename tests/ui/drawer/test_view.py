"""The Drawer page by keys alone, on the real widgets and services."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.drawer import Batch, BatchState
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import balancing, drawers
from csr_desk.services.balancing import ReturnBatch
from csr_desk.ui.pages.drawer.presenter import Stage
from csr_desk.ui.pages.drawer.view import DrawerPage
from csr_desk.ui.widgets import Chip
from ui.back_office import FLOAT, BackOffice, RecordingShell, focus_of, in_front, press, type_in

KEY = Qt.Key


@pytest.fixture
def shell_and_page(dressed: QApplication, office: BackOffice) -> Iterator[tuple[RecordingShell, DrawerPage]]:
    """Clerk 1 at the Drawer page."""
    context, shell = office.context("clerk1", signer="supervisor1", reason="Short roll")
    page = DrawerPage(context)
    with in_front(page):
        yield shell, page


def mine(office: BackOffice) -> Batch:
    batch = drawers.my_batch(office.desk, office.actor("clerk1"))
    assert batch is not None
    return batch


def words_of(page: QWidget) -> str:
    """Every word and figure that can be seen on the page."""
    seen = [label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page)]
    fields = [field for field in page.findChildren(QLineEdit) if field.isVisibleTo(page)]
    seen += [field.text() or field.placeholderText() for field in fields]
    return " | ".join(seen)


def verdict_of(page: DrawerPage) -> list[str]:
    QApplication.processEvents()  # what is added to a layout is shown when the event loop comes round
    chips = [chip for chip in page.counting.findChildren(Chip) if chip.isVisibleTo(page)]
    return [chip.text() for chip in chips if chip.objectName().startswith("verdict-")]


def key_float(page: DrawerPage) -> None:
    """Key the float of 200.00 note by note: Enter for the next."""
    press(page, KEY.Key_Return)  # the drawer that is picked
    for pieces in ("", "", "5", "5", "6", "", "10", "", "40", "", "", ""):
        type_in(page, pieces)
        press(page, KEY.Key_Return)


def test_a_drawer_is_opened_by_keys_alone(
    office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]
) -> None:
    shell, page = shell_and_page
    press(page, KEY.Key_Down)  # the second drawer
    key_float(page)
    assert page.opening.counted.cents == 20_000
    assert page.opening.verdict.text() == "Float complete"
    press(page, KEY.Key_Return, ctrl=True)
    assert mine(office).drawer == "HPC-2"
    assert shell.gone_to == ["sell"]
    assert shell.problems == []


def test_a_float_that_differs_is_told_before_it_is_opened(shell_and_page: tuple[RecordingShell, DrawerPage]) -> None:
    shell, page = shell_and_page
    page.opening.grid.set_pieces({**FLOAT, 25: 39})
    assert page.opening.verdict.text() == "0.25 short: a reason and a second person"
    press(page, KEY.Key_Return, ctrl=True)
    assert shell.requests[0].amount == 19_975


def test_cash_goes_to_the_safe_by_keys(office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]) -> None:
    shell, page = shell_and_page
    office.open_drawer("clerk1", "HPC-1")
    page.enter()
    page.selling.grid.field(2000).setFocus()
    type_in(page, "3")
    page.selling.bag.setFocus()
    type_in(page, "B-17")
    press(page, KEY.Key_D, ctrl=True)
    assert "60.00 went to the safe in bag B-17" in shell.banners[-1][0]
    assert page.selling.bag.text() == ""
    assert page.selling.amount.cents == 0


def test_the_count_is_keyed_checked_and_sent_by_keys(
    office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]
) -> None:
    shell, page = shell_and_page
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120))
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"), customer="Leeland Electric LLC")
    page.enter()
    page.selling.bag.setFocus()  # a field that would like Ctrl+End for itself
    press(page, KEY.Key_End, ctrl=True)
    assert mine(office).state is BatchState.COUNTING
    assert page.focusWidget() is page.counting.grid.first_field()
    for pieces in ("", "", "5", "5", "6", "", "11", "", "40", "2", "", ""):
        type_in(page, pieces)
        press(page, KEY.Key_Down)
    assert page.counting.counted.cents == 20_120
    assert page.focusWidget() is page.counting.checks.rows[0].amount
    type_in(page, "8100")
    assert page.counting.checks.rows[0].tick.isChecked()
    press(page, KEY.Key_Return, ctrl=True)
    assert verdict_of(page) == ["Cash OK", "Checks do not agree", "Money orders OK", "Card slips OK"]
    press(page, KEY.Key_F2)
    page.counting.checks.rows[0].amount.setFocus()
    page.counting.checks.rows[0].amount.selectAll()
    type_in(page, "9000")
    press(page, KEY.Key_Return, ctrl=True)
    assert verdict_of(page) == ["Cash OK", "Checks OK", "Money orders OK", "Card slips OK"]
    press(page, KEY.Key_Return, ctrl=True)
    assert mine(office).state is BatchState.SUBMITTED
    assert shell.problems == []


def test_after_the_last_count_there_is_only_the_way_to_the_supervisor(
    office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]
) -> None:
    _, page = shell_and_page
    office.open_drawer("clerk1", "HPC-1")
    page.enter()
    press(page, KEY.Key_End, ctrl=True)
    for attempt in range(office.desk.policy.count_attempts):
        page.counting.grid.set_pieces({100: attempt + 1})
        press(page, KEY.Key_Return, ctrl=True)
        press(page, KEY.Key_F2)
        page.refresh(frozenset({Topic.BATCHES}))  # as the window does after each act
    assert not page.again_key.isEnabled()
    assert "last count" in page.counting.advice.text()
    assert page.counting.forward_button.words() == "Send to supervisor"


def test_a_count_that_cannot_be_read_puts_the_cursor_into_the_field(
    office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]
) -> None:
    shell, page = shell_and_page
    office.open_drawer("clerk1", "HPC-1")
    page.enter()
    press(page, KEY.Key_End, ctrl=True)
    row = page.counting.others.row("card")
    row.total.setFocus()
    type_in(page, "31.4.0")
    press(page, KEY.Key_Return, ctrl=True)
    assert len(shell.problems) == 1
    assert page.focusWidget() is row.total


def test_space_ticks_a_check_off_without_an_amount(
    office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]
) -> None:
    _, page = shell_and_page
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"))
    page.enter()
    press(page, KEY.Key_End, ctrl=True)
    row = page.counting.checks.rows[0]
    row.amount.setFocus()
    press(page, KEY.Key_Space)
    assert row.tick.isChecked()
    assert row.amount.text() == ""
    assert page.counting.check_row.items.placeholderText() == "1"


def test_tab_goes_through_the_count_in_the_order_of_its_numbers(
    office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]
) -> None:
    """Cash, then each check and their tape, then the other tenders, then the key that checks the count."""
    _, page = shell_and_page
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"))
    page.enter()
    press(page, KEY.Key_End, ctrl=True)
    page.counting.grid.field(1).setFocus()
    seen = []
    for _ in range(5):
        press(page, KEY.Key_Tab)
        seen.append(focus_of(page).objectName())
    assert seen == ["check-amount-0", "check-items", "check-total", "money_order-items", "money_order-total"]


def test_no_amount_that_is_expected_can_be_read_anywhere_on_the_page(
    office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]
) -> None:
    _, page = shell_and_page
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 6_173, Tender(TenderKind.CASH, 61_730))
    office.sell_copies("clerk1", 4_321, Tender(TenderKind.CHECK, 43_210, number="1042"))
    page.enter()
    seen = [words_of(page)]
    press(page, KEY.Key_End, ctrl=True)
    seen.append(words_of(page))
    page.counting.grid.set_pieces({100: 1})
    press(page, KEY.Key_Return, ctrl=True)
    seen.append(words_of(page))
    # cash 617.30, float and cash 817.30, check 432.10, all 1,049.40; what is missing: 816.30
    for amount in ("617.30", "817.30", "432.10", "1,049.40", "816.30"):
        assert all(amount not in words for words in seen), amount


def test_every_stage_fits_the_screens_of_the_counter(
    office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]
) -> None:
    _, page = shell_and_page
    office.open_drawer("clerk1", "HPC-1")
    for at in range(14):
        office.sell_copies("clerk1", 100, Tender(TenderKind.CHECK, 1_000, number=f"10{at:02d}"))
    page.enter()
    press(page, KEY.Key_End, ctrl=True)
    assert page.presenter.facts is not None
    assert page.presenter.facts.stage is Stage.COUNTING
    least = page.minimumSizeHint()
    assert (least.width() <= 1254, least.height() <= 690) == (True, True)


def test_every_field_says_what_it_is_for(shell_and_page: tuple[RecordingShell, DrawerPage]) -> None:
    _, page = shell_and_page
    for field in page.findChildren(QLineEdit):
        buddies = [label for label in page.findChildren(QLabel) if label.buddy() is field]
        assert field.accessibleName() or buddies, field.objectName()
        assert field.accessibleIdentifier(), field.accessibleName()


def test_a_drawer_that_comes_back_is_counted_afresh(
    office: BackOffice, shell_and_page: tuple[RecordingShell, DrawerPage]
) -> None:
    shell, page = shell_and_page
    batch = office.open_drawer("clerk1", "HPC-1")
    page.enter()
    press(page, KEY.Key_End, ctrl=True)
    page.counting.grid.set_pieces({100: 1})
    press(page, KEY.Key_Return, ctrl=True)
    press(page, KEY.Key_Return, ctrl=True)
    back = ReturnBatch("k", batch, "Count the twenties again")
    balancing.reject_batch(office.desk, office.actor("supervisor1"), back)
    page.refresh(frozenset({Topic.BATCHES}))
    assert "sent the drawer back" in page.counting.advice.text()
    page.counting.grid.set_pieces(FLOAT)
    press(page, KEY.Key_Return, ctrl=True)
    assert verdict_of(page)[0] == "Cash OK"
    press(page, KEY.Key_Return, ctrl=True)
    assert mine(office).state is BatchState.SUBMITTED
    assert shell.problems == []


def test_who_may_not_open_a_drawer_is_not_offered_it(dressed: QApplication, office: BackOffice) -> None:
    context, _ = office.context("supervisor1")
    page = DrawerPage(context)
    with in_front(page):
        assert not page.open_key.isEnabled()
