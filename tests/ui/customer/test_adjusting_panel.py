"""The panel of adjustments by keys: worked out as a draft, proved, asked for, decided by another person, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from csr_desk.domain.cart import CartLine
from csr_desk.domain.errors import BadInput, Ineligible
from csr_desk.domain.receivable.adjustment import State
from csr_desk.services import accounts
from csr_desk.ui.adjusting.panel import AdjustingPanel
from csr_desk.ui.adjusting.words import read_months, read_uses
from csr_desk.ui.context import Tone
from papers_logged import keep_secret, papers_logged
from ui.back_office import BackOffice, RecordingShell

ACCOUNT = "0041-2277-9"
LEAK = {
    "months": "6/2026", "repair_date": "6/20", "repair_address": "4107 Leeland B", "repair_type": "Slab leak",
    "repair_cost": "950.00", "use": "6/2026 15,000; 5/2026 5,000, 4/2026 5000", "amount": "", "reason": "Wet floor",
}  # fmt: skip


@pytest.fixture
def billed(office: BackOffice) -> BackOffice:
    """María’s account with the June of the scenario: 15,000 gallons, 347.22."""
    clerk = office.actor("clerk1")
    accounts.add_customer(office.desk, clerk, accounts.NewCustomer("c", "María Álvarez", number="C-1"))
    accounts.add_account(office.desk, clerk, accounts.NewAccount("a", ACCOUNT, "C-1", "water"))
    inputs = {"account": ACCOUNT, "meter_size": "3/4", "usage_kgal": "15"}
    items = tuple(accounts.BillItem(CartLine(code, inputs)) for code in ("WTR-SFR", "SWR-SFR"))
    bill = accounts.NewBill("b", ACCOUNT, items, date(2026, 6, 30), "B-JUNE")
    accounts.add_bill(office.desk, clerk, bill)
    return office


def panel_of(office: BackOffice, user: str, account: str = ACCOUNT) -> tuple[AdjustingPanel, RecordingShell]:
    context, shell = office.context(user)
    panel = AdjustingPanel(context)
    panel.show_account(account)
    return panel, shell


@contextmanager
def on_screen(panel: AdjustingPanel) -> Iterator[None]:
    panel.resize(1254, 640)
    panel.show()
    QTest.qWaitForWindowExposed(panel)
    yield
    panel.close()
    panel.deleteLater()
    QCoreApplication.sendPostedEvents(panel, QEvent.Type.DeferredDelete)


def do(action: QAction) -> None:
    """Press its key, which does nothing where it is not offered."""
    assert action.isEnabled(), action.text()
    action.trigger()


def offered(panel: AdjustingPanel) -> list[str]:
    return [action.text() for action in panel.keys.actions() if action.isEnabled()]


def drafted(office: BackOffice, **more: str) -> tuple[AdjustingPanel, RecordingShell]:
    panel, shell = panel_of(office, "clerk1")
    shell.reason, shell.answers = "LKA", {**LEAK, **more}
    do(panel.prepare)
    return panel, shell


def asked(office: BackOffice, *files: Path) -> None:
    panel, _ = drafted(office)
    if files:
        panel.choose = lambda: list(files)
        do(panel.attach)
    do(panel.request)


def test_a_leak_goes_its_whole_way(dressed: QApplication, billed: BackOffice, tmp_path: Path) -> None:
    invoice = tmp_path / "Invoice 88.pdf"
    invoice.write_bytes(b"%PDF-1.4\n")
    panel, shell = panel_of(billed, "clerk1")
    with on_screen(panel):
        assert (panel.nothing.isVisible(), panel.rows.isVisible()) == (True, False)
        assert offered(panel) == ["Prepare an adjustment…"]
        shell.reason, shell.answers = "LKA", LEAK
        do(panel.prepare)
        assert shell.banners[-1] == ("128.65 would come off. Nothing is recorded before you ask for it.", Tone.INFO)
        assert panel.steps.texts()[-1] == ["Comes off", "128.65", ""]
        assert ["Repair cost", "950.00", "✓ yes"] in panel.steps.texts()
        assert ["Repair date", "6/20/2026", "✓ yes"] in panel.steps.texts()
        panel.choose = lambda: [invoice]
        do(panel.attach)
        do(panel.request)
        assert panel.rows.texts()[0][1:] == [
            "Repaired leak", "6/2026", "Maria Delgado", "128.65", "Waits"
        ]  # fmt: skip
        assert "supervisor" in shell.banners[-1][0]
        assert "Take back…" in offered(panel)
        assert "Approve…" not in offered(panel)
    boss, told = panel_of(billed, "supervisor1", "")
    with on_screen(boss):
        # the queue of whoever decides names the account
        assert boss.rows.texts()[0][1] == f"{ACCOUNT} · Repaired leak"
        boss.rows.go_to(0)
        assert {"Approve…", "Refuse…", "Save its files", "Letter"} <= set(offered(boss))
        told.answers = {"reason": "Seen"}
        do(boss.approve)
        assert told.banners[-1][0].startswith("128.65 came off the bills; 0.00 of it is credit.")
        assert (boss.idle.isVisible(), boss.nothing.isVisible()) == (True, False)
    keep_secret(billed.desk, billed.actor("clerk1"), ACCOUNT)
    clerk, printed = panel_of(billed, "clerk1")
    with on_screen(clerk):
        clerk.rows.go_to(0)
        do(clerk.letter)
        assert printed.papers[0][1].startswith(b"%PDF")
        (logged,) = papers_logged(billed.desk, billed.actor("clerk1"), ACCOUNT)
        assert logged.startswith("Letter about adjustment ")
        do(clerk.save)
        assert Path(printed.banners[-1][0].removeprefix("Saved: ")).read_bytes() == invoice.read_bytes()


def test_what_does_not_hold_is_shown_and_cannot_be_asked_for(dressed: QApplication, billed: BackOffice) -> None:
    panel, shell = drafted(billed, repair_cost="")
    with on_screen(panel):
        assert shell.banners[-1] == ("This is not possible: see what does not hold.", Tone.WARN)
        assert ["Repair cost", "missing", "✗ no"] in panel.steps.texts()
        assert not panel.request.isEnabled()
        panel.presenter.request()
        assert shell.problems == []
        do(panel.drop)
        assert offered(panel) == ["Prepare an adjustment…"]


@pytest.mark.parametrize(
    ("more", "fault"),
    [
        ({"months": "13/2026"}, "not a month"), ({"use": "May 5000"}, "Key a month and its gallons"),
        ({"amount": "much"}, "not an amount"), ({"repair_date": "yesterweek"}, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_read_keeps_the_sheet(
    dressed: QApplication, billed: BackOffice, more: dict[str, str], fault: str
) -> None:
    panel, shell = drafted(billed, **more)
    assert fault in shell.faults[0]
    assert panel.presenter.picture.draft is None


def test_a_file_that_proves_nothing_is_told_at_once(dressed: QApplication, billed: BackOffice, tmp_path: Path) -> None:
    program = tmp_path / "invoice.pdf"
    program.write_bytes(b"MZ\x90\x00")
    panel, shell = drafted(billed)
    panel.choose = lambda: [program]
    do(panel.attach)
    assert isinstance(shell.problems[0], BadInput)
    panel.choose = list
    do(panel.attach)
    draft = panel.presenter.picture.draft
    assert draft is not None
    assert draft.files == ()


def test_files_come_to_a_request_that_waits(dressed: QApplication, billed: BackOffice, tmp_path: Path) -> None:
    asked(billed)
    letter = tmp_path / "letter.txt"
    letter.write_text("From the plumber", encoding="utf-8")
    panel, shell = panel_of(billed, "clerk2")
    with on_screen(panel):
        panel.rows.go_to(0)
        assert "Take back…" not in offered(panel)
        panel.choose = lambda: [letter]
        do(panel.attach)
        assert shell.banners[-1][0] == "letter.txt is attached."
        panel.rows.go_to(0)
        one = panel.chosen()
        assert one is not None
        assert [file.name for file in one.documents] == ["letter.txt"]


def test_a_refusal_and_a_reversal_need_words(dressed: QApplication, billed: BackOffice) -> None:
    asked(billed)
    boss, shell = panel_of(billed, "supervisor1")
    with on_screen(boss):
        boss.rows.go_to(0)
        shell.answers = {"reason": ""}
        do(boss.refuse)
        assert shell.faults == ["Say why: the customer is told."]
        do(boss.approve)
        assert "Reverse…" not in offered(boss)
    accountant, told = panel_of(billed, "accountant1")
    with on_screen(accountant):
        accountant.rows.go_to(0)
        told.answers = {"reason": "Other meter"}
        do(accountant.reverse)
        one = accountant.chosen()
        assert one is not None
        assert (one.state, one.reversed_.words) == (State.REVERSED, "Other meter")
        assert not accountant.reverse.isEnabled()


def test_a_request_is_taken_back_or_refused_and_another_may_follow(dressed: QApplication, billed: BackOffice) -> None:
    asked(billed)
    panel, shell = panel_of(billed, "clerk1")
    with on_screen(panel):
        panel.rows.go_to(0)
        shell.answers = {"reason": "Wrong month"}
        do(panel.withdraw)
        assert panel.rows.texts()[0][-1] == "Taken back"
    asked(billed)
    boss, told = panel_of(billed, "supervisor1")
    with on_screen(boss):
        boss.rows.go_to(0)
        told.answers = {"reason": "No invoice"}
        do(boss.refuse)
        assert [row[-1] for row in boss.rows.texts()] == ["Refused", "Taken back"]


def test_what_is_added_has_a_plus_and_a_refusal_of_the_service_is_told(
    dressed: QApplication, billed: BackOffice
) -> None:
    panel, shell = panel_of(billed, "clerk1")
    shell.reason, shell.answers = "COR", {"finding": "Read as 14, was 15", "amount": "-12.50"}
    do(panel.prepare)
    do(panel.request)
    assert panel.rows.texts()[0][4] == "+12.50"
    shell.answers = {"finding": "Fire line", "amount": "-20000.00"}
    do(panel.prepare)
    do(panel.request)
    assert isinstance(shell.problems[-1], Ineligible)


def test_a_supervisor_sees_above_the_tier_but_does_not_approve_it(dressed: QApplication, billed: BackOffice) -> None:
    clerk = billed.actor("clerk1")
    big = accounts.NewBill(
        uuid4().hex, ACCOUNT, (accounts.BillItem(None, "Water", 90_000),), date(2026, 7, 10), "B-BIG"
    )
    accounts.add_bill(billed.desk, clerk, big)
    panel, shell = panel_of(billed, "clerk1")
    shell.reason, shell.answers = "ECA", {"circumstances": "Flood", "amount": "600"}
    do(panel.prepare)
    do(panel.request)
    boss, _ = panel_of(billed, "supervisor1")
    boss.rows.go_to(0)
    assert (boss.approve.isEnabled(), boss.refuse.isEnabled()) == (False, True)
    auditor, _ = panel_of(billed, "auditor1")
    auditor.rows.go_to(0)
    assert offered(auditor) == ["Letter"]
    nobody, _ = panel_of(billed, "auditor1", "")
    assert nobody.rows.texts() == []


def test_months_and_gallons_are_read_as_people_key_them() -> None:
    assert read_months("6/2026, 7/2026;8/2026,") == (date(2026, 6, 1), date(2026, 7, 1), date(2026, 8, 1))
    assert read_months(" ") == read_uses(" ;") == ()
    assert read_uses("5/2026 5,000, 4/2026 5200") == ((date(2026, 5, 1), 5_000), (date(2026, 4, 1), 5_200))
