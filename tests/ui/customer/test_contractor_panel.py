"""The panel of a contractor: registered, papers filed, replaced and withdrawn by keys; the rest of the house reads."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csr_desk.domain.contractor import PaperKind
from csr_desk.services import contractors
from csr_desk.ui.pages.customer.contractor_panel import ContractorPanel
from csr_desk.ui.pages.customer.contractor_words import read_trades
from ui.counter import Counter
from ui.customer.conftest import page_of

ENTER, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier


def alt(counter: Counter, key: Qt.Key) -> None:
    """Press Alt and a key."""
    QTest.keyClick(counter.focus(), key, ALT)
    counter.settle()


def panel_of(counter: Counter, whom: str) -> ContractorPanel:
    """Open a customer and bring the tenth tab to the front."""
    counter.press(whom, ENTER)
    alt(counter, Qt.Key.Key_0)
    panel = page_of(counter).tabs.stack.currentWidget()
    assert isinstance(panel, ContractorPanel)
    return panel


def register(counter: Counter, customer: str, *trades: str) -> str:
    """Register a customer with a licence that ran out."""
    desk, clerk = counter.desk, counter.person("clerk3")

    def job() -> str:
        new = contractors.RegisterContractor(uuid4().hex, customer, trades)
        number = contractors.register_contractor(desk, clerk, new).value
        paper = contractors.FilePaper(
            uuid4().hex, number, PaperKind.LICENCE, "TECL 30112", "electrical", "TDLR", None, date(2026, 7, 8)
        )
        contractors.file_paper(desk, clerk, paper)
        return number

    return counter.ask(job)


def keep_picture(counter: Counter, name: str) -> None:
    """Keep what it looks like where somebody wants to see it."""
    folder = os.environ.get("CSR_DESK_PICTURES")
    if folder:
        counter.window.resize(1366, 768)
        counter.settle()
        counter.window.grab().save(str(Path(folder) / name))


def test_a_customer_without_an_account_is_registered_and_files_papers_by_keys(people: Counter) -> None:
    panel = panel_of(people, "mario")
    assert panel.nobody.isVisible()
    assert not panel.papers_card.isVisible()
    keep_picture(people, "contractor-nobody.png")
    alt(people, Qt.Key.Key_R)
    people.press("el, fire", ENTER)
    assert [row[0] for row in panel.trades.texts()] == ["Electrical", "Fire alarm"]
    assert panel.trades.texts()[0][1] == "No insurance is on file. No licence is on file."
    assert panel.presenter.picture.contractor is not None
    assert people.text("banner-text").startswith("Registered as K26-")
    alt(people, Qt.Key.Key_P)
    people.press("1")
    people.press("TECL 30112", ENTER, "7/31/2027", ENTER, "TDLR", ENTER, "elec", ENTER, ENTER)
    alt(people, Qt.Key.Key_P)
    people.press("2")
    people.press("GL-88", ENTER, "8/1/2026", ENTER, "Gulf Mutual", ENTER, ENTER, ENTER, "500000", ENTER)
    assert [row[:6] for row in panel.papers.texts()] == [
        ["Insurance", "GL-88 · Gulf Mutual", "every trade", "500,000.00", "8/1/2026", "18 days"],
        ["Licence", "TECL 30112 · TDLR", "Electrical", "", "7/31/2027", "382 days"],
    ]
    assert panel.trades.texts()[0][1] == "in order"


def test_a_paper_that_ran_out_is_followed_by_its_successor_and_withdrawn(people: Counter) -> None:
    register(people, "C-204", "electrical")
    panel = panel_of(people, "mario")
    assert panel.trades.texts()[0][1] == "No insurance is on file. The licence ran out on 7/8/2026."
    assert panel.papers.texts()[0][5] == "over"
    alt(people, Qt.Key.Key_N)
    people.press(ENTER, "7/8/2028", ENTER, ENTER, ENTER, ENTER)
    assert [(row[4], row[6]) for row in panel.papers.texts()] == [("7/8/2028", "on file"), ("7/8/2026", "replaced")]
    panel.papers.go_to(1)
    people.settle()
    assert not panel.withdraw.isEnabled()  # it counts no more
    panel.papers.go_to(0)
    keep_picture(people, "contractor-panel.png")
    alt(people, Qt.Key.Key_W)
    people.press("1")
    assert {row[6] for row in panel.papers.texts()} == {"withdrawn", "replaced"}
    assert panel.trades.texts()[0][1] == "No insurance is on file. No licence is on file."


def test_trades_change_with_a_reason_and_a_suspended_contractor_may_not_buy(people: Counter) -> None:
    register(people, "C-204", "electrical")
    panel = panel_of(people, "mario")
    alt(people, Qt.Key.Key_T)
    people.press("electrical, sailing", ENTER, "He said so", ENTER)
    assert people.space.sheet is not None
    assert "A trade is one of: driveway" in people.space.sheet.fault.text()
    people.press(Qt.Key.Key_Escape)
    alt(people, Qt.Key.Key_T)
    people.press("electrical, drive", ENTER, "Bonded since today", ENTER)
    assert [row[0] for row in panel.trades.texts()] == ["Driveway", "Electrical"]
    alt(people, Qt.Key.Key_S)
    people.press("1")
    assert panel.state.text() == "Suspended"
    assert panel.trades.texts()[0][1].startswith("This contractor is suspended.")
    assert panel.suspend.text() == "Let them work again"
    alt(people, Qt.Key.Key_S)
    people.press("1")
    assert panel.state.text() == "Active"


def test_a_contractor_is_closed_with_a_reason_and_may_be_registered_anew(people: Counter) -> None:
    first = register(people, "C-204", "electrical")
    panel = panel_of(people, "mario")
    alt(people, Qt.Key.Key_C)
    people.press("1")
    assert people.text("banner-text").startswith(f"{first} is closed: no permit is sold to them.")
    assert (panel.close_key.isVisible(), panel.register.isVisible()) == (False, True)
    alt(people, Qt.Key.Key_R)
    people.press("electrical", ENTER)
    known = panel.presenter.picture.contractor
    assert known is not None
    assert known.number != first


def test_whoever_may_not_keep_the_register_reads_it_without_keys(people: Counter) -> None:
    register(people, "C-204", "electrical")
    people.work_as("auditor1", "")
    people.space.go("customer")
    people.settle()
    panel = panel_of(people, "mario")
    assert panel.papers.texts()[0][0] == "Licence"
    assert not any(action.isVisible() or action.isEnabled() for action in panel.keys.actions())


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("el", (("electrical",), "")),
        ("Plumbing, FIRE ALARM , el", (("plumbing", "fire_alarm", "electrical"), "")),
        ("fire_alarm", ((), "fire_alarm")),
        ("roofing", ((), "roofing")),
        ("", ((), "")),
    ],
)
def test_trades_are_keyed_by_their_first_letters(typed: str, read: tuple[tuple[str, ...], str]) -> None:
    assert read_trades(typed) == read
