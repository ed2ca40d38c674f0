"""Change orders and hand-overs on the Drawer page, by keys."""

from __future__ import annotations

from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.errors import BadInput, MissingInput
from csr_desk.domain.people import Act
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import balancing, drawers
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.drawer.presenter import Stage
from csr_desk.ui.pages.drawer.view import DrawerPage
from ui.back_office import FLOAT, BackOffice, focus_of, in_front, press, type_in

KEY = Qt.Key


def test_a_change_order_by_keys_is_signed_for_its_amount(dressed: QApplication, office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    context, shell = office.context("clerk1", signer="supervisor1")
    page = DrawerPage(context)
    with in_front(page):
        press(page, KEY.Key_O, ctrl=True)
        assert focus_of(page).objectName() == "swap-out-10000"
        page.swapping.out.field(2000).setFocus()
        type_in(page, "2")
        page.swapping.into.field(500).setFocus()
        type_in(page, "7")
        assert page.swapping.verdict.text() == "5.00 more goes out"
        press(page, KEY.Key_Return, ctrl=True)
        assert isinstance(shell.problems.pop(), BadInput)
        assert focus_of(page).objectName() == "swap-in-10000"
        page.swapping.into.field(500).setText("8")
        assert page.swapping.verdict.text() == "The same amount"
        press(page, KEY.Key_Return, ctrl=True)
        (request,) = shell.requests
        assert (request.act, request.amount, request.witness) == (Act.CHANGE_ORDER, 4000, True)
        assert shell.banners[-1] == ("40.00 was swapped with the safe; Robert Hayes signed for it.", Tone.OK)
        assert page.stack.currentWidget() is page.selling
        assert page.swapping.out.total() == 0


def test_a_hand_over_takes_two_counts_and_the_receivers_own_signature(
    dressed: QApplication, office: BackOffice
) -> None:
    batch = office.open_drawer("clerk1", "HPC-1")
    office.open_drawer("clerk4", "HPC-4")
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"))
    context, shell = office.context("clerk1", signer="clerk2")
    page = DrawerPage(context)
    with in_front(page):
        press(page, KEY.Key_H, ctrl=True)
        assert [pick.key for pick in page.handing.list.picks] == ["cashier1", "clerk2", "clerk3", "clerk5"]
        press(page, KEY.Key_Down)
        press(page, KEY.Key_Return)
        assert focus_of(page).objectName() == "hand-10000"
        press(page, KEY.Key_Return, ctrl=True)
        assert isinstance(shell.problems.pop(), BadInput)  # nothing was counted yet
        page.handing.grid.set_pieces(FLOAT)
        press(page, KEY.Key_Return, ctrl=True)
        assert page.handing.card.title.text() == "2 · James Okafor counts"
        assert page.handing.grid.total() == 0  # the second count is not copied from the first
        press(page, KEY.Key_Return, ctrl=True)
        assert isinstance(shell.problems.pop(), MissingInput)
        page.handing.grid.set_pieces(FLOAT)
        press(page, KEY.Key_Return, ctrl=True)
        forgotten = shell.problems.pop()
        assert isinstance(forgotten, MissingInput)  # a check is known to lie there, nothing was keyed of it
        assert focus_of(page).objectName() == "hand-check-items"
        page.handing.tapes.row("hand-check").items.setText("1")
        page.handing.tapes.row("hand-check").total.setText("9000")
        press(page, KEY.Key_Return, ctrl=True)
        request = shell.requests[-1]
        assert (request.act, request.subject, request.amount) == (Act.HAND_OVER, batch, 20_000)
        assert request.signer == "clerk2"
        assert shell.banners[-1][0] == "HPC-1 is James Okafor’s from now on. Your part of it is closed."
        page.refresh(frozenset(shell.topics))
        assert page.presenter.facts is not None
        assert page.presenter.facts.stage is Stage.CHOOSE
    held = drawers.my_batch(office.desk, office.actor("clerk2"))
    assert held is not None
    assert held.batch_id == batch


def test_two_counts_that_differ_are_both_made_again(dressed: QApplication, office: BackOffice) -> None:
    batch = office.open_drawer("clerk1", "HPC-1")
    context, shell = office.context("clerk1", signer="clerk2")
    page = DrawerPage(context)
    with in_front(page):
        press(page, KEY.Key_H, ctrl=True)
        page.handing.grid.set_pieces(FLOAT)
        press(page, KEY.Key_Return, ctrl=True)
        page.handing.grid.set_pieces({**FLOAT, 1: 1})
        press(page, KEY.Key_Return, ctrl=True)
        assert "Penny" in str(shell.problems[-1])
        assert page.handing.given is None
        assert page.handing.grid.total() == 0
        press(page, KEY.Key_Escape)
        assert page.stack.currentWidget() is page.selling
    assert balancing.batch_sheet(office.desk, office.actor("supervisor1"), batch).batch.custodian == "clerk1"


@pytest.mark.parametrize("stage", ["locked", "counting"])
def test_neither_is_offered_while_the_drawer_does_not_sell(
    dressed: QApplication, office: BackOffice, stage: str
) -> None:
    office.open_drawer("clerk1", "HPC-1")
    act = drawers.suspend if stage == "locked" else drawers.stop_selling
    act(office.desk, office.actor("clerk1"), uuid4().hex)
    context, _ = office.context("clerk1")
    page = DrawerPage(context)
    with in_front(page):
        assert not page.swap_key.isEnabled()
        assert not page.hand_key.isEnabled()
