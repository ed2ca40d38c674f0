"""The accountant's place for returned items, by keys: booked, written to, referred; accounts listed and cleared."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services.clock import TrainingClock
from csr_desk.ui.context import Context, Field, Tone
from csr_desk.ui.pages.balancing.returned_panel import RETURNED, ReturnedPanel
from csr_desk.ui.pages.balancing.view import BalancingPage
from papers_logged import keep_secret, papers_logged
from ui.back_office import BackOffice, Now, RecordingShell, in_front, press

KEY = Qt.Key
CHECK = Tender(TenderKind.CHECK, 9000, number="1042", routing="113000023", account="4471900253", drawn_by="Alma Reyes")


@dataclass
class AnsweringShell(RecordingShell):
    """Fills sheets of fields with the next answer that was laid ready."""

    sheets: list[dict[str, str]] = field(default_factory=list)
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def ask_fields(
        self,
        title: str,
        fields: Sequence[Field],
        then: Callable[[dict[str, str]], str | None],
        accept: str = "",
        *,
        keep: bool = False,
    ) -> None:
        """Answer; a fault is remembered."""
        self.asked.append(tuple(one.name for one in fields))
        given = self.sheets.pop(0)
        fault = then({one.name: given.get(one.name, one.value) for one in fields})
        if fault is not None:
            self.faults.append(fault)


def place(office: BackOffice) -> tuple[BalancingPage, ReturnedPanel, AnsweringShell]:
    """The Balancing page of the accountant with the place in front, after a check of 90.00 was taken."""
    office.open_drawer("clerk1", "HPC-1")
    office.sell_copies("clerk1", 900, CHECK)
    shell = AnsweringShell(office.desk, reason="Found again")
    page = BalancingPage(Context(office.desk, office.actor("accountant1"), Now(), shell))
    panel = page.places[RETURNED]
    assert isinstance(panel, ReturnedPanel)
    return page, panel, shell


def go_to_place(page: BalancingPage) -> None:
    """Step down the list to it."""
    page.list.setFocus()
    while page.list.current_key() != RETURNED:
        press(page, KEY.Key_Down)


def set_clock(office: BackOffice, text: str) -> None:
    """Put the training clock to a local time."""
    assert isinstance(office.desk.clock, TrainingClock)
    office.desk.clock.set(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("America/Chicago")))


def test_a_returned_check_goes_its_whole_way_by_keys(dressed: QApplication, office: BackOffice) -> None:
    page, panel, shell = place(office)
    with in_front(page):
        go_to_place(page)
        assert [action.text() for action in panel.actions_of_panel if action.isEnabled()] == [
            "Book a returned item…", "List an account…",
        ]  # fmt: skip
        shell.sheets.append({"receipt": "HPC1-0000001", "reason": "Insufficient funds", "address": "1807 Leeland St"})
        press(page, KEY.Key_Return, ctrl=True)
        assert panel.items.texts() == [["Alma Reyes", "HPC1-0000001", "1042", "114.00", "Letter due"]]  # 90.00 + 24.00
        assert shell.banners[-1][1] is Tone.OK
        assert panel.pick().chip == "1 to write"
        assert panel.listed.texts()[0][:2] == ["••••0253", "Returned item"]
        assert panel.facts is not None
        returned = panel.facts.items[0]
        keep_secret(office.desk, office.actor("clerk1"), returned.account)
        press(page, KEY.Key_P, ctrl=True)
        title, pdf = shell.papers[0]
        assert title.startswith("letter-R-")
        assert pdf.startswith(b"%PDF")
        shell.sheets.append({"mail_number": "9407110200881234567890", "day": ""})
        press(page, KEY.Key_M, ctrl=True)
        assert panel.items.texts()[0][4] == "Letter in the mail"
        shell.sheets.append({"day": "today"})
        press(page, KEY.Key_M, ctrl=True)
        assert shell.asked[-2:] == [("mail_number", "day"), ("day",)]
        assert panel.items.texts()[0][4] == "Pay by 7/24/2026"  # 14 + 10
        assert "until 7/24/2026" in shell.banners[-1][0]
        assert not panel.mail_key.isEnabled()
        assert not panel.refer_key.isVisible()
        set_clock(office, "2026-07-25T08:00")
        panel.load()
        assert panel.pick().chip == "1 overdue"
        panel.refer_key.trigger()
        assert shell.papers[1][0] == "referral-2026-07-25"
        assert papers_logged(office.desk, office.actor("accountant1"), returned.account) == [
            f"Letter about returned item {returned.item}", "Referral to the county attorney 2026-07-25",
        ]  # fmt: skip


def test_accounts_are_listed_and_cleared_by_keys(dressed: QApplication, office: BackOffice) -> None:
    page, panel, shell = place(office)
    with in_front(page):
        go_to_place(page)
        account = {"routing": "113000023", "account": "55512345"}
        shell.sheets.extend([{**account, "reason": "9"}, {**account, "reason": "2", "words": "Police report"}])
        panel.list_key.trigger()
        assert shell.faults == ["Key why by its digit, 1 to 5."]
        panel.list_key.trigger()
        assert [row[:2] for row in panel.listed.texts()] == [["••••2345", "Stolen checks"]]
        assert panel.clear_key.isEnabled()
        panel.clear_key.trigger()
        assert panel.listed.texts()[0][2].startswith("Cleared ")
        assert not panel.clear_key.isEnabled()


def test_what_is_missing_is_said_in_the_sheet_and_what_the_service_refuses_in_the_window(
    dressed: QApplication, office: BackOffice
) -> None:
    page, panel, shell = place(office)
    with in_front(page):
        go_to_place(page)
        shell.sheets.extend([
            {"receipt": "HPC1-0000001"},
            {"receipt": "HPC1-0000001", "reason": "NSF", "tender": "one"},
            {"receipt": "HPC1-0000001", "reason": "NSF", "tender": "4"},
        ])  # fmt: skip
        for _ in range(3):
            panel.book_key.trigger()
        assert len(shell.faults) == 2
        assert "not one that a bank sends back" in str(shell.problems[0])
        assert panel.items.texts() == []
        shell.sheets.extend([{"receipt": "HPC1-0000001", "reason": "NSF"}, {"mail_number": "1", "day": "soon"}])
        panel.book_key.trigger()
        panel.mail_key.trigger()
        assert "is not a date" in shell.faults[-1]


def test_only_the_accountant_has_the_place(dressed: QApplication, office: BackOffice) -> None:
    for user in ("supervisor1", "auditor1"):
        context, _ = office.context(user)
        assert RETURNED not in BalancingPage(context).places
