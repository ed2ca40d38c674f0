"""The customer page in the real window, by its keys."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QWidget

from csr_desk.domain.customers import Level
from csr_desk.domain.people import Act
from csr_desk.services import accounts, customer_disclosure
from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.context import Context
from csr_desk.ui.pages.customer import view
from csr_desk.ui.pages.customer.panels import PANELS, PanelSpec
from csr_desk.ui.pages.customer.tabs import NOTES
from ui.counter import Counter
from ui.customer.conftest import add_note, page_of

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down


def owes(counter: Counter, account: str, cents: int, due: date) -> None:
    """Send a bill."""
    who = counter.person("clerk1")
    item = accounts.BillItem(None, "Water, 5,000 gallons", cents)
    command = accounts.NewBill(uuid4().hex, account, (item,), due, issued=date(2026, 4, 2))
    counter.ask(lambda: accounts.add_bill(counter.desk, who, command))


def listed(counter: Counter) -> list[str]:
    """The names in the list at the left."""
    return [pick.title for pick in page_of(counter).found.picks]


def opened(counter: Counter, scrap: str) -> None:
    """Find somebody and open them."""
    counter.press(scrap, ENTER)


def test_a_scrap_finds_people_and_enter_opens_the_one_that_is_picked(people: Counter) -> None:
    people.press("alvarez leeland")
    assert listed(people) == ["ÁLVAREZ, María", "Alvarez, Mario"]
    people.press(DOWN, ENTER)
    assert people.text("customer-name") == "Alvarez, Mario"
    assert people.focused_name() == "customer-search"
    people.press("maria", ENTER)
    assert people.text("customer-name") == "ÁLVAREZ, María"
    assert "(713) 555-0142" in people.text("customer-who")


def test_a_slip_of_a_figure_is_offered_and_opens_that_account(people: Counter) -> None:
    people.press("0041-2277-8")
    assert page_of(people).found.picks[0].key == "account:0041-2277-9"
    people.press(ENTER)
    assert people.text("customer-name") == "ÁLVAREZ, María"
    assert page_of(people).presenter.account == "0041-2277-9"


def test_what_is_owed_stands_at_a_glance_with_its_age_and_every_alert_in_words(people: Counter) -> None:
    owes(people, "0041-2277-9", 5160, date(2026, 4, 20))
    owes(people, "0041-2277-9", 6437, date(2026, 7, 18))
    for level, words in ((Level.INFO, "Letters in Spanish"), (Level.STOP, "Returned check"), (Level.WARN, "Dog")):
        add_note(people, "C-101", level, words)
    opened(people, "maria")
    assert people.text("customer-owed") == "$115.97"
    assert people.text("customer-owed-words") == "Owes in all · 51.60 over 30 days"
    page = page_of(people)
    assert page.accounts.texts() == [["0041-2277-9", "Water and sewer", "64.37", "51.60", "115.97"]]
    alerts = [one.chip for one in (page._picture.alerts if page._picture else ())]
    assert alerts == ["Stop", "Warning", "Info"]
    assert people.text("customer-alert-1") == "Returned check"
    assert page.chart.values[-1] == 11597
    assert "Jul: 115.97" in page.chart.accessibleDescription()
    chips = [row.chip for row in page.tabs.moments.moments.rows]
    assert chips.count("Bill") == 2
    assert chips.count("Note") == 3
    assert "4107 Leeland St B" in people.text("customer-account-words").replace("Unit ", "")


def test_a_note_is_written_and_taken_off_by_keys(people: Counter) -> None:
    opened(people, "maria")
    people.press(Qt.Key.Key_M, ctrl=True)
    people.press("Dog at the gate", ENTER)
    people.press("w", ENTER, ENTER)
    assert people.text("customer-alert-1") == "Dog at the gate"
    page = page_of(people)
    page.tabs.choose(NOTES)
    assert page.take_off_key.isEnabled()
    people.press(Qt.Key.Key_Delete, ctrl=True)
    assert page.tabs.notes.texts()[0][2] == "taken off"
    assert not page.take_off_key.isEnabled()
    assert not people.shown("customer-alert-1")


def test_a_note_that_makes_no_sense_keeps_the_sheet_and_says_why(people: Counter) -> None:
    opened(people, "maria")
    for level, until, why in (("x", "", "Key i, w or s"), ("i", "soon", "is not a date")):
        people.press(Qt.Key.Key_M, ctrl=True)
        people.press("Dog", ENTER, level, ENTER, until, ENTER)
        assert people.space.sheet is not None
        assert why in people.space.sheet.fault.text()
        people.press(ESC)


def test_what_a_customer_asked_to_keep_is_shown_after_it_is_logged(people: Counter) -> None:
    opened(people, "maria")
    page = page_of(people)
    page.turn_key.trigger()
    people.settle()
    people.press("Form of today", ENTER)
    assert "0142" not in people.text("customer-who")
    assert people.text("customer-chip-2") == "Confidential: not shown"
    people.press(Qt.Key.Key_F2)
    assert "Ctrl+T" in people.text("banner-text")
    people.press(Qt.Key.Key_T, ctrl=True)
    people.press("Herself", ENTER, "Licence shown", ENTER)
    assert "0142" in people.text("customer-who")
    who = people.person("clerk3")
    log = people.ask(lambda: customer_disclosure.disclosures(people.desk, who, "C-101"))
    assert [(one.change, one.payee) for one in log] == [("told", "Herself"), ("closed", "")]
    page.turn_key.trigger()
    people.settle()
    people.press("Letter", ENTER)
    assert not people.shown("customer-chip-2")


def test_f5_puts_the_customer_on_a_sale(people: Counter) -> None:
    opened(people, "maria")
    people.press(Qt.Key.Key_F5)
    assert people.text("customer") == "ÁLVAREZ, María · (713) 555-0142"


def test_those_looked_at_last_stand_in_the_list_while_nothing_is_typed(people: Counter) -> None:
    opened(people, "maria")
    opened(people, "mario")
    people.press(ESC)
    assert listed(people) == ["Alvarez, Mario", "ÁLVAREZ, María"]
    people.bot.wait(150)  # an Enter so soon after keys so fast would be a scanner's second line end
    people.press(DOWN, ENTER)
    assert people.text("customer-name") == "ÁLVAREZ, María"


class Probe(AccountPanel):
    """A panel that remembers what it was shown."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.shown: list[str] = []

    def show_account(self, account_no: str) -> None:
        """Remember it."""
        self.shown.append(account_no)


def test_a_panel_is_one_line_and_is_told_the_account_that_is_picked(
    people: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = PanelSpec("probe", "Probe", Act.SEE_CUSTOMERS, Probe)
    hidden = PanelSpec("hidden", "Hidden", Act.SET_POLICY, Probe)
    monkeypatch.setattr(view, "PANELS", (*PANELS, probe, hidden))
    page = view.CustomerPage(people.space.context)
    page.look_at("customer:C-101")
    people.settle()
    page.tabs.choose("probe")
    panel = page.tabs.stack.currentWidget()
    assert isinstance(panel, Probe)
    assert panel.shown == ["0041-2277-9"]
    assert "hidden" not in page.tabs.buttons
    page.look_at("customer:C-204")
    people.settle()
    assert page.tabs.stack.currentWidget() is not panel
    page.deleteLater()


def test_everything_that_takes_keys_has_a_name_and_an_identifier(people: Counter) -> None:
    opened(people, "maria")
    people.press(Qt.Key.Key_N, ctrl=True)
    for widget in page_of(people).findChildren(QWidget):
        takes = isinstance(widget, QLineEdit | QComboBox | QAbstractItemView | QAbstractButton)
        own = type(widget).__module__.startswith("csr_desk") or isinstance(widget, QLineEdit | QComboBox)
        if takes and own and widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.parent() is not None:
            inner = isinstance(widget.parent(), QComboBox)
            assert inner or (widget.accessibleName() and widget.accessibleIdentifier()), widget.objectName()


def test_an_auditor_reads_and_cannot_change(people: Counter) -> None:
    people.work_as("auditor1")
    people.space.go("customer")
    people.settle()
    opened(people, "maria")
    page = page_of(people)
    assert people.text("customer-name") == "ÁLVAREZ, María"
    assert "0142" not in people.text("customer-who")
    assert not any(one.isEnabled() for one in (page.edit_key, page.new_key, page.note_key, page.pay_key))
    people.press(Qt.Key.Key_N, ctrl=True)
    assert not people.shown("entry-name")
