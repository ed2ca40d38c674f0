"""What changed comes up by itself, is acknowledged with one key, and stops the first sale of the day until it is."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt

from csr_desk.domain.cards import CardText
from csr_desk.services import announcements, cards
from csr_desk.ui import unread_notices
from csr_desk.ui.pages.info_desk.notices_panel import NoticesPanel
from csr_desk.ui.pages.info_desk.view import InfoDeskPage
from csr_desk.ui.unread_notices import NoticesSheet
from ui.counter import Counter

ENTER, ESC = Qt.Key.Key_Return, Qt.Key.Key_Escape
DAY, LATER = date(2026, 7, 14), date(2026, 7, 20)


@pytest.fixture(autouse=True)
def quick_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as fast as a test presses keys."""
    monkeypatch.setattr(unread_notices, "LEAST_MS", 0)


def post(selling: Counter, title: str, day: date = DAY, **more: tuple[str, ...]) -> str:
    """The supervisor posts a notice; its number."""
    desk, supervisor = selling.desk, selling.person("supervisor1")
    command = announcements.PostNotice(f"key {title}", title, "So it is from now on.", day, **more)  # type: ignore[arg-type]
    return selling.ask(lambda: announcements.post_notice(desk, supervisor, command)).value.number


def sign_in(counter: Counter, user: str) -> NoticesSheet | None:
    """Let somebody sign in; what lies over their window then."""
    counter.work_as(user)
    sheet = counter.space.sheet
    assert sheet is None or isinstance(sheet, NoticesSheet)
    return sheet


def sell_copy(selling: Counter) -> None:
    """Key a residential alarm permit, paid in cash."""
    selling.press("ALM-RES", ENTER)
    selling.page.presenter.fill_demonstration()
    selling.settle()
    selling.press(Qt.Key.Key_F5)


def board(selling: Counter) -> NoticesPanel:
    """Go to the notices."""
    if selling.space.sheet is not None:
        selling.space.sheet.close_sheet()
    selling.space.go("info_desk")
    page = selling.space.page
    assert isinstance(page, InfoDeskPage)
    page.choose_view("notice")
    selling.settle()
    found = page.panels["notice"]
    assert isinstance(found, NoticesPanel)
    return found


def test_unread_notices_come_up_at_sign_in_and_one_enter_reads_each(counter: Counter) -> None:
    post(counter, "New hours")
    post(counter, "New form")
    sheet = sign_in(counter, "clerk1")
    assert sheet is not None
    assert (sheet.title.text(), sheet.place.text()[:6]) == ("New hours", "1 of 2")
    counter.keys = 0
    counter.press(ENTER)
    assert sheet.title.text() == "New form"
    counter.press(ENTER)
    assert counter.keys == 2
    assert counter.space.sheet is None
    clerk = counter.person("clerk1")
    assert counter.ask(lambda: announcements.unread(counter.desk, clerk)) == ()


def test_an_enter_that_was_meant_for_what_lay_there_before_reads_nothing(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unread_notices, "LEAST_MS", 60_000)
    post(counter, "New hours")
    sheet = sign_in(counter, "clerk1")
    counter.press(ENTER)
    assert counter.space.sheet is sheet


@pytest.mark.parametrize("user", ["auditor1", "admin1"])
def test_whoever_reads_no_notices_is_shown_none(counter: Counter, user: str) -> None:
    post(counter, "New hours")
    assert sign_in(counter, user) is None


def test_what_takes_effect_soon_comes_up_as_well_and_stops_no_sale_until_then(counter: Counter) -> None:
    post(counter, "New hours", LATER)
    post(counter, "New form")
    sheet = sign_in(counter, "clerk1")
    assert sheet is not None
    assert (sheet.title.text(), "stops the first sale" in sheet.place.text()) == ("New form", True)
    counter.press(ENTER)
    assert (sheet.title.text(), sheet.place.text()) == ("New hours", "2 of 2")
    assert sheet.from_when.text().startswith("In force from ")
    counter.press(ENTER)
    assert counter.space.sheet is None


def test_a_first_sale_that_is_refused_shows_what_to_read_and_goes_on_with_enter(selling: Counter) -> None:
    post(selling, "New hours")
    sell_copy(selling)
    assert selling.last_receipt() is None
    sheet = selling.space.sheet
    assert isinstance(sheet, NoticesSheet)
    selling.press(ENTER)
    assert selling.space.sheet is None
    selling.press(ENTER)
    receipt = selling.last_receipt()
    assert receipt is not None
    assert receipt.total == 5000


def test_later_leaves_it_unread_and_the_sale_refused(selling: Counter) -> None:
    post(selling, "New hours")
    sell_copy(selling)
    selling.press(ESC)
    selling.press(ENTER)
    assert isinstance(selling.space.sheet, NoticesSheet)
    assert selling.last_receipt() is None


def test_a_notice_that_was_withdrawn_meanwhile_says_so(counter: Counter) -> None:
    number = post(counter, "New hours")
    sheet = sign_in(counter, "clerk1")
    assert sheet is not None
    supervisor = counter.person("supervisor1")
    gone = announcements.WithdrawNotice("gone", number, "It was wrong")
    counter.ask(lambda: announcements.withdraw_notice(counter.desk, supervisor, gone))
    counter.press(ENTER)
    assert sheet.fault.isVisible()
    counter.press(ESC)
    assert counter.space.sheet is None


def test_enter_in_the_list_acknowledges_and_goes_to_the_next(selling: Counter) -> None:
    post(selling, "New hours")
    post(selling, "New form")
    panel = board(selling)
    assert [pick.chip for pick in panel.list.picks] == ["Not read", "Not read"]
    assert selling.focused_name() == "notices"
    selling.press(ENTER)
    assert sorted(pick.chip for pick in panel.list.picks) == ["Not read", "Read"]
    selling.press(ENTER)
    assert [pick.chip for pick in panel.list.picks] == ["Read", "Read"]
    assert not panel.read.isEnabled()
    assert not panel.post.isVisible()  # a clerk posts nothing
    assert not panel.missing.isVisible()


def test_what_a_notice_is_about_opens_with_enter_and_costs_what_it_costs_today(selling: Counter) -> None:
    desk, supervisor = selling.desk, selling.person("supervisor1")
    text = CardText("en", "What is an alarm permit?", "A yearly permit.")
    card = selling.ask(
        lambda: cards.keep_card(desk, supervisor, cards.KeepCard("card", "Alarms", (text,), item="ALM-RES"))
    ).value.number
    post(selling, "Alarm permits", items=("ALM-RES",), cards=(card,))
    panel = board(selling)
    assert panel.links.texts() == [
        ["Price", "ALM-RES", "Residential burglar alarm permit", "50.00"],
        ["Card", card, "What is an alarm permit?", "–"],
    ]
    panel.links.go_to(1)
    panel.links.setFocus()
    selling.press(ENTER)
    assert selling.text("card-title") == "What is an alarm permit?"


def test_a_supervisor_posts_sees_who_has_not_read_and_withdraws(counter: Counter) -> None:
    counter.work_as("supervisor1")
    panel = board(counter)
    assert panel.none.isVisible()
    panel.post.trigger()
    counter.settle()
    counter.press("New hours", ENTER, "We close at five.", ENTER, ENTER, ENTER, ENTER, ENTER)
    assert [pick.title for pick in panel.list.picks] == ["New hours"]
    assert panel.missing.text().startswith("Not read by: Denise Carter, James Okafor, Maria Delgado")
    panel.drop.trigger()
    counter.settle()
    counter.press("Not so", ENTER)
    assert panel.list.picks == ()


@pytest.mark.parametrize(
    ("field", "keyed", "said"), [("kind", "gossip", "A notice is about"), ("items", "NO-SUCH", "No")]
)
def test_a_notice_that_cannot_be_posted_says_why(counter: Counter, field: str, keyed: str, said: str) -> None:
    counter.work_as("supervisor1")
    panel = board(counter)
    panel.post.trigger()
    counter.settle()
    sheet = counter.space.sheet
    assert sheet is not None
    values = {"title": "New hours", "body": "We close at five.", "effective_on": "7/14/2026", "kind": "process",
              "must_read": "yes", "items": "", field: keyed}  # fmt: skip
    for name, value in values.items():
        sheet._edits[name].setText(value)  # type: ignore[attr-defined]
    sheet._take()  # type: ignore[attr-defined]
    counter.settle()
    assert counter.space.sheet is not None
    assert said in counter.space.sheet.fault.text()
    assert panel.list.picks == ()
