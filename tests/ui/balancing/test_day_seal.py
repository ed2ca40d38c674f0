"""The line about the seal under the tie: said where the office keeps seals, silent where it does not."""

from __future__ import annotations

from datetime import UTC, date, datetime

from PySide6.QtWidgets import QApplication

from csr_desk.domain.deposit import DayBoard
from csr_desk.domain.witness import SealBook, SealedDay, SealState
from csr_desk.ui.pages.balancing.view import BalancingPage
from ui.back_office import BackOffice

TODAY, YESTERDAY = date(2026, 7, 14), date(2026, 7, 13)


def test_the_page_says_whether_a_closed_day_is_sealed_and_which_others_wait(
    dressed: QApplication, office: BackOffice
) -> None:
    context, _ = office.context("supervisor1")
    panel = BalancingPage(context).day
    sealed = SealedDay(TODAY, "Samuel Park", datetime(2026, 7, 14, 23, 5, tzinfo=UTC), "0" * 16, "0" * 64)

    def said(book: SealBook, *, closed: bool = True) -> str:
        panel.show_day(DayBoard(TODAY, (), 0, (), closed, book), None)
        return "" if panel.seal.isHidden() else panel.seal.text()

    assert said(SealBook(SealState.NOT_KEPT, (), ())) == ""
    assert said(SealBook(SealState.SEALED, (sealed,), ())) == "Sealed by the finance officer."
    assert said(SealBook(SealState.WAITING, (), (TODAY,))).startswith("Not sealed by the finance officer yet.")
    both = said(SealBook(SealState.WAITING, (), (YESTERDAY, TODAY)))
    assert both.endswith("Other days not sealed yet: 1.")
    assert said(SealBook(SealState.WAITING, (), (YESTERDAY,)), closed=False) == ("Other days not sealed yet: 1.")
