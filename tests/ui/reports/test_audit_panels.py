"""Exceptions, journal and evidence on the Reports page, on the real widgets and services."""

from __future__ import annotations

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from csr_desk.domain.errors import NotPermitted
from csr_desk.domain.evidence import Status
from csr_desk.domain.ledger import EventKind
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import corrections, virtual_tape
from csr_desk.services.virtual_tape import TapeQuery
from csr_desk.ui.context import Tone
from csr_desk.ui.pages.reports.evidence_panel import EvidencePanel
from csr_desk.ui.pages.reports.exceptions_panel import ExceptionsPanel
from csr_desk.ui.pages.reports.journal_panel import JournalPanel
from csr_desk.ui.pages.reports.view import ReportsPage
from csr_desk.ui.saved_files import exports_folder
from csr_desk.ui.widgets import Label
from ui.back_office import BackOffice, focus_of, in_front, press

KEY = Qt.Key


def worked(office: BackOffice) -> None:
    """Sell twice and open the drawer once without a sale."""
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 500), customer="Alma Reyes")
    office.sell_copies("clerk1", 900, Tender(TenderKind.CHECK, 9_000, number="1042"), customer="Bao Tran")
    corrections.no_sale(office.desk, office.actor("clerk1"), corrections.NoSale("n", "Roll of quarters"))


def press_alt(page: ReportsPage, key: Qt.Key) -> None:
    """Press Alt and a key."""
    QTest.keyClick(focus_of(page), key, Qt.KeyboardModifier.AltModifier)


def go_to(page: ReportsPage, key: str) -> None:
    """Walk down the list with the arrow key."""
    page.cuts.setFocus()
    for _ in range(12):
        if page.cuts.current_key() == key:
            return
        press(page, KEY.Key_Down)
    raise AssertionError(key)


def taken(office: BackOffice) -> list[str]:
    """What reports left, in words."""
    day = office.desk.today()
    query = TapeQuery(day, day, kinds=(EventKind.REPORT_EXPORTED,))
    rows = virtual_tape.page(office.desk, office.actor("auditor1"), query).rows
    return [f"{row.name}: {row.details}" for row in rows]


@pytest.mark.parametrize(
    ("user", "panels"),
    [
        ("auditor1", ["exceptions", "journal", "evidence", "visits"]),
        ("accountant1", ["exceptions", "journal", "evidence", "visits"]),
        ("supervisor1", ["exceptions", "journal", "visits"]),
    ],
)
def test_a_panel_is_there_for_those_who_may_see_it(
    dressed: QApplication, office: BackOffice, user: str, panels: list[str]
) -> None:
    page = ReportsPage(office.context(user)[0])
    assert [pick.key for pick in page.cuts.picks][5:] == panels


def test_a_persons_cases_stand_below_their_figures(dressed: QApplication, office: BackOffice) -> None:
    worked(office)
    page = ReportsPage(office.context("auditor1")[0])
    with in_front(page):
        go_to(page, "exceptions")
        panel = page.panel
        assert isinstance(panel, ExceptionsPanel)
        names = [row[0] for row in panel.people.texts()]
        assert names == ["Everybody", "Maria Delgado"]
        # 1 no-sale of 2 receipts: 500 per 1,000; with its tenths it would have no room
        assert panel.people.texts()[1][5] == "1 (500)"
        assert [row[0] for row in panel.cases.texts()] == ["No-sales"]
        assert panel.cases.texts()[0][-1] == "Roll of quarters"
        assert [bar.label for bar in panel.kinds.bars] == ["No-sales"]
        assert len(panel.trend.bars) == 12
        assert "07: 0.00" in panel.trend.accessibleDescription()
        assert not page.journal_key.isVisible()


def test_exceptions_are_saved_and_printed_and_each_time_recorded(dressed: QApplication, office: BackOffice) -> None:
    worked(office)
    context, shell = office.context("auditor1")
    page = ReportsPage(context)
    with in_front(page):
        go_to(page, "exceptions")
        press(page, KEY.Key_S, ctrl=True)
        press(page, KEY.Key_P, ctrl=True)
    day = office.desk.today()
    saved = (exports_folder() / f"exceptions-{day}-{day}.csv").read_text(encoding="utf-8")
    assert "no_sale" in saved
    assert shell.papers[0][1].startswith(b"%PDF")
    assert taken(office) == [
        f"Helen Brandt: exceptions {day} to {day} as print, 1 rows",
        f"Helen Brandt: exceptions {day} to {day} as csv, 1 rows",
    ]


def test_revenue_that_is_saved_or_printed_is_recorded_as_well(dressed: QApplication, office: BackOffice) -> None:
    worked(office)
    page = ReportsPage(office.context("supervisor1")[0])
    with in_front(page):
        press(page, KEY.Key_S, ctrl=True)
        press(page, KEY.Key_P, ctrl=True)
    assert [words.split(",")[0].rsplit(" ", 1)[-1] for words in taken(office)] == ["print", "csv"]


def test_the_journal_is_read_newest_first_and_cut_by_kind(dressed: QApplication, office: BackOffice) -> None:
    worked(office)
    page = ReportsPage(office.context("auditor1")[0])
    with in_front(page):
        go_to(page, "journal")
        panel = page.panel
        assert isinstance(panel, JournalPanel)
        assert panel.table.texts()[0][1:3] == ["Drawer opened without a sale", "Maria Delgado"]
        assert "Roll of quarters" in panel.picked.text()
        assert "All" in panel.foot.text()
        assert not panel.older.isEnabled()
        panel.kind.setCurrentIndex(panel.kind.findData(EventKind.SALE.value))
        assert [row[1] for row in panel.table.texts()] == ["Sale", "Sale"]
        panel.person.setCurrentIndex(panel.person.findData("clerk2"))
        assert panel.table.texts() == []
        assert "Nothing was recorded" in panel.picked.text()
        assert not page.paper_key.isVisible()


def test_older_entries_join_below(dressed: QApplication, office: BackOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    worked(office)
    page = ReportsPage(office.context("auditor1")[0])
    small = virtual_tape.page

    def three(desk: object, actor: object, query: TapeQuery) -> object:
        return small(office.desk, office.actor("auditor1"), query, 3)

    monkeypatch.setattr(virtual_tape, "page", three)
    with in_front(page):
        go_to(page, "journal")
        panel = page.panel
        assert isinstance(panel, JournalPanel)
        assert (len(panel.rows), panel.older.isEnabled()) == (3, True)
        press_alt(page, KEY.Key_O)
        assert len(panel.rows) == 6
        assert len({row.seal for row in panel.rows}) == 6
        assert not panel.older.isEnabled()


def test_the_controls_are_gone_through_on_a_thread_of_their_own(
    dressed: QApplication, office: BackOffice, qtbot: QtBot
) -> None:
    worked(office)
    context, shell = office.context("auditor1")
    page = ReportsPage(context)
    with in_front(page):
        go_to(page, "evidence")
        panel = page.panel
        assert isinstance(panel, EvidencePanel)
        assert page.csv_key.text() == "Save the pack"
        press(page, KEY.Key_E, ctrl=True)
        assert panel.running
        qtbot.waitUntil(lambda: not panel.running, timeout=60_000)
        rows = panel.table.texts()
        assert [row[0] for row in rows] == [str(number) for number in range(1, 57)]
        assert rows[6][2] == f"{Status.MET.mark} met"
        panel.table.go_to(6)
        shown = [label.text() for label in panel.detail.findChildren(Label)]
        assert any(words.startswith("2 receipt numbers tested, no fault found.") for words in shown)
        press(page, KEY.Key_S, ctrl=True)
        press(page, KEY.Key_P, ctrl=True)
    day = office.desk.today()
    folder = exports_folder() / f"evidence-HPC-{day}-{day}"
    told = json.loads((folder / "manifest.json").read_bytes())
    assert told["made_by"] == "Helen Brandt"
    assert {one["name"] for one in told["files"]} | {"manifest.json"} == {path.name for path in folder.iterdir()}
    assert shell.banners[0][1] is Tone.OK
    assert shell.papers[0][1] == (folder / "evidence.pdf").read_bytes()
    assert [words.split(" as ")[1].split(",")[0] for words in taken(office)] == ["print", "pack"]


def test_a_look_is_stopped_when_nobody_waits_for_it(dressed: QApplication, office: BackOffice, qtbot: QtBot) -> None:
    page = ReportsPage(office.context("auditor1")[0])
    with in_front(page):
        go_to(page, "evidence")
        panel = page.panel
        assert isinstance(panel, EvidencePanel)
        press(page, KEY.Key_E, ctrl=True)
        press_alt(page, KEY.Key_X)
        qtbot.waitUntil(lambda: not panel.running, timeout=60_000)
        assert panel.evidence is None or panel.evidence.sound
        panel.start()
        page.leave()
        assert not panel.running
        assert panel.table.texts() == [] or panel.evidence is not None


def test_what_was_found_goes_with_its_period(dressed: QApplication, office: BackOffice, qtbot: QtBot) -> None:
    page = ReportsPage(office.context("auditor1")[0])
    with in_front(page):
        go_to(page, "evidence")
        panel = page.panel
        assert isinstance(panel, EvidencePanel)
        panel.start()
        qtbot.waitUntil(lambda: not panel.running, timeout=60_000)
        assert panel.table.texts()
        page.presenter.choose_dates("7/1", "7/13")
        assert panel.table.texts() == []
        assert panel.evidence is None


def test_a_look_that_cannot_be_prepared_says_so(
    dressed: QApplication, office: BackOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    from csr_desk.services.evidence import look  # noqa: PLC0415 - what the panel asks

    def refuse(*_: object) -> object:
        raise NotPermitted

    monkeypatch.setattr(look, "prepare", refuse)
    context, shell = office.context("auditor1")
    page = ReportsPage(context)
    with in_front(page):
        go_to(page, "evidence")
        press(page, KEY.Key_E, ctrl=True)
        assert isinstance(shell.problems[0], NotPermitted)
        assert isinstance(page.panel, EvidencePanel)
        assert not page.panel.running
