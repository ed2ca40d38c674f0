"""The Reports page on the real widgets and services."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.ui.pages.reports.view import ReportsPage
from ui.back_office import BackOffice, in_front, press, type_in

KEY = Qt.Key


def sold(office: BackOffice) -> None:
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 500))
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"))


def test_the_arrow_keys_cut_the_same_total_five_ways(dressed: QApplication, office: BackOffice) -> None:
    sold(office)
    context, _ = office.context("supervisor1")
    page = ReportsPage(context)
    with in_front(page):
        assert page.total.cents == 9_120
        assert page.table.texts() == [
            ["REC-COPY", "Standard paper copy", "2", "91.20"],
            ["Together", "", "2", "91.20"],
        ]
        press(page, KEY.Key_Down)
        press(page, KEY.Key_Down)
        assert page.table.texts() == [["Cash", "1", "1.20"], ["Check", "1", "90.00"], ["Together", "2", "91.20"]]
        assert [bar.label for bar in page.chart.bars] == ["Check", "Cash"]


def test_a_period_keyed_as_dates(dressed: QApplication, office: BackOffice) -> None:
    sold(office)
    context, _ = office.context("supervisor1")
    page = ReportsPage(context)
    with in_front(page):
        page.first.setFocus()
        page.first.selectAll()
        type_in(page, "7/1")
        press(page, KEY.Key_Return)
        page.last.selectAll()
        type_in(page, "7/13/26")
        press(page, KEY.Key_Return)
        assert (page.first.text(), page.last.text()) == ("7/1/2026", "7/13/2026")
        assert page.total.cents == 0
        assert page.table.texts() == []


def test_the_report_goes_to_the_printer(dressed: QApplication, office: BackOffice) -> None:
    sold(office)
    context, shell = office.context("supervisor1")
    page = ReportsPage(context)
    with in_front(page):
        press(page, KEY.Key_P, ctrl=True)
    title, pdf = shell.papers[0]
    assert title == "revenue-2026-07-14"
    assert pdf.startswith(b"%PDF")


def test_the_chart_can_be_read_out(dressed: QApplication, office: BackOffice) -> None:
    sold(office)
    context, _ = office.context("supervisor1")
    page = ReportsPage(context)
    with in_front(page):
        assert page.chart.accessibleDescription() == "REC-COPY: 91"


def test_the_page_fits_the_screens_of_the_counter(dressed: QApplication, office: BackOffice) -> None:
    context, _ = office.context("accountant1")
    page = ReportsPage(context)
    with in_front(page):
        least = page.minimumSizeHint()
        assert (least.width() <= 1254, least.height() <= 690) == (True, True)
