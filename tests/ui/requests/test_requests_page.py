"""The requests page in the real window, by its keys."""

from __future__ import annotations

from collections import Counter as Tally
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csr_desk.domain.errors import NotPermitted
from csr_desk.services import request_lists
from csr_desk.services.request_lists import RequestView
from csr_desk.ui.pages.requests.close_sheet import CloseSheet
from csr_desk.ui.pages.requests.list_panel import ListPanel
from csr_desk.ui.pages.requests.retype_sheet import RetypeSheet
from csr_desk.ui.pages.requests.times_panel import Times
from csr_desk.ui.pages.requests.view import RequestsPage
from csr_desk.ui.pages.requests.views import VIEWS
from csr_desk.ui.prompts import FieldsSheet
from ui.counter import Counter

ENTER, ESC, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Down
LEAK, BILL, EMPLOYEE, CLOSED = "SR26-000004-3", "SR26-000001-9", "SR26-000012-1", "SR26-000003-5"


@pytest.fixture
def page(city: Counter) -> RequestsPage:
    """The requests page, with clerk1."""
    return open_page(city)


def open_page(city: Counter, user: str = "") -> RequestsPage:
    """The requests page in front, of whoever works there."""
    if user:
        city.work_as(user)
    city.space.go("requests")
    city.settle()
    return cast("RequestsPage", city.space.page)


def front(page: RequestsPage) -> ListPanel:
    """The list in front."""
    return cast("ListPanel", page.front)


def listed(page: RequestsPage) -> list[str]:
    """The numbers in the list."""
    return [pick.key for pick in front(page).list.picks]


def alt(city: Counter, key: Qt.Key) -> None:
    """Press Alt and a key."""
    QTest.keyClick(city.focus(), key, Qt.KeyboardModifier.AltModifier)
    city.settle()


def look(city: Counter, page: RequestsPage, number: str) -> None:
    """Look at a request, as another page sends somebody to it."""
    page.look_at(f"request:{number}")
    city.settle()
    page.first_focus().setFocus()


def stands(city: Counter, number: str) -> RequestView:
    """A request as it is in the database."""
    who = city.person("supervisor1")
    return city.ask(lambda: request_lists.request_of(city.desk, who, number))


def test_mine_stands_in_front_the_most_urgent_first(city: Counter, page: RequestsPage) -> None:
    assert listed(page) == ["SR26-000005-6", BILL]
    assert city.text("request-number") == "SR26-000005-6"
    assert city.focused_name() == "requests-search"
    city.press(DOWN)
    assert city.text("request-number") == BILL
    assert city.text("request-note-1") == "Careful: Dog at the gate; calls ahead before a reading"


def test_each_list_has_a_key_and_shows_its_own(city: Counter) -> None:
    page = open_page(city, "supervisor1")
    shown = {}
    for at, spec in enumerate(VIEWS, 2):
        if hasattr(page, "specs") and spec.panel != "Times":
            city.press(getattr(Qt.Key, f"Key_F{at}"))
            assert page.view == spec.key
            shown[spec.key] = listed(page)
    assert shown["mine"] == []
    assert set(shown["late"]) == {"SR26-000005-6", LEAK, "SR26-000002-4", BILL, "SR26-000008-1"}
    assert shown["escalated"][:4] == ["SR26-000005-6", "SR26-000002-4", BILL, "SR26-000008-1"]
    assert LEAK in shown["escalated"][4:]
    assert shown["restricted"] == [EMPLOYEE]
    assert CLOSED not in shown["all"]


def test_words_an_address_and_a_number_find_a_request(city: Counter, page: RequestsPage) -> None:
    page.choose_view("all")
    city.settle()
    for typed, found in (("leeland curb", [LEAK]), ("hole lane", [CLOSED]), (BILL, [BILL]), ("GUTIERREZ", [])):
        front(page).search.set_text(typed)
        city.settle()
        assert listed(page) == found, typed


def test_a_complaint_about_an_employee_is_on_no_list_of_a_clerk(city: Counter, page: RequestsPage) -> None:
    page.choose_view("all")
    city.settle()
    assert EMPLOYEE not in listed(page)
    assert "restricted" not in page.specs
    front(page).search.set_text(EMPLOYEE)
    city.settle()
    assert listed(page) == []
    clerk = city.space.context.actor
    with pytest.raises(NotPermitted):
        city.ask(lambda: request_lists.request_of(city.desk, clerk, EMPLOYEE))


def test_a_task_is_given_and_answered_and_then_it_is_closed_with_an_answer(city: Counter, page: RequestsPage) -> None:
    look(city, page, BILL)
    alt(city, Qt.Key.Key_R)
    city.press("It was estimated; read again: 4,200 gallons", ENTER)
    assert stands(city, BILL).request.state == "in_work"
    alt(city, Qt.Key.Key_C)
    city.press("1")
    closing = cast("CloseSheet", city.space.sheet)
    assert "by e-mail at once" in city.text("close-told")
    city.press(ENTER)
    assert "Write what the customer is told" in closing.fault.text()
    city.press("Your next bill takes 4,800 gallons off.", ENTER)
    one = stands(city, BILL).request
    assert (one.state, one.outcome, one.answer) == ("closed", "resolved", "Your next bill takes 4,800 gallons off.")
    assert front(page).card.answer.text() == "Resolved: Your next bill takes 4,800 gallons off."
    alt(city, Qt.Key.Key_O)
    city.press("The next bill is as high", ENTER)
    assert (stands(city, BILL).request.reopened, stands(city, BILL).request.escalated) == (1, "recurrence")


def test_another_type_keeps_the_number_and_asks_its_own_questions(city: Counter, page: RequestsPage) -> None:
    look(city, page, LEAK)
    alt(city, Qt.Key.Key_Y)
    sheet = cast("RetypeSheet", city.space.sheet)
    city.press("high water", ENTER, "It is about the bill", ENTER)
    assert "Which bill?" in sheet.fault.text()
    assert city.focused_name() == "question-month"
    city.press("June", ENTER)
    one = stands(city, LEAK).request
    assert (one.number, one.type.code, one.answers) == (LEAK, "WTR-BILL", {"month": "June"})


def test_notes_callers_links_and_a_crew_by_a_key_each(city: Counter, page: RequestsPage) -> None:
    look(city, page, LEAK)
    alt(city, Qt.Key.Key_N)
    city.press("1", "The valve at the corner is open", ENTER)
    alt(city, Qt.Key.Key_S)
    city.press("Ana", ENTER, ENTER)
    alt(city, Qt.Key.Key_L)
    city.press("1", "0041-2277-9", ENTER)
    alt(city, Qt.Key.Key_D)
    city.press("6", "", ENTER, ENTER, ENTER)
    alt(city, Qt.Key.Key_I)
    view = stands(city, LEAK)
    assert [note.said for note in view.notes] == ["The valve at the corner is open"]
    assert [caller.name for caller in view.callers][-1] == "Ana"
    assert view.links == ("account:0041-2277-9",)
    assert [order.subject for order in view.work] == [f"request:{LEAK}"] * 2
    assert {order.site for order in view.work} == {"4107 Leeland St"}
    assert view.request.owner == "clerk1"


def test_a_refused_task_brings_back_what_was_keyed(city: Counter, page: RequestsPage) -> None:
    look(city, page, LEAK)
    alt(city, Qt.Key.Key_T)
    city.press("Meter shop", ENTER, "Is the valve closed?", ENTER, "7/1/2026", ENTER)
    sheet = cast("FieldsSheet", city.space.sheet)
    assert "today at the earliest" in sheet.fault.text()
    assert city.text("field-said") == "Is the valve closed?"
    assert stands(city, LEAK).notes == ()


def test_enter_on_what_belongs_to_it_goes_there(city: Counter, page: RequestsPage) -> None:
    look(city, page, BILL)
    front(page).card.about.setFocus()
    city.press(ENTER)
    assert city.space.page is not page
    assert city.text("customer-name").startswith("ÁLVAREZ")


def test_a_file_is_attached_and_saved_again_byte_for_byte(
    city: Counter, page: RequestsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    picture = tmp_path / "the dial (1).png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n dial")
    look(city, page, LEAK)
    front(page).choose = lambda: picture
    alt(city, Qt.Key.Key_F)
    files = stands(city, LEAK).files
    assert [(file.name, file.media) for file in files] == [("the dial (1).png", "image/png")]
    front(page).papers.open(f"file:{files[0].number}")
    city.settle()
    saved = Path(city.text("banner-text").removeprefix("Saved as "))
    assert saved.read_bytes() == picture.read_bytes()
    alt(city, Qt.Key.Key_F)
    assert "attached already" in city.text("banner-text")


def test_letters_and_sheets_come_out(city: Counter, page: RequestsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    papers: list[str] = []
    monkeypatch.setattr(city.tray, "paper", lambda title, _pdf: papers.append(title))
    look(city, page, LEAK)
    alt(city, Qt.Key.Key_V)
    alt(city, Qt.Key.Key_P)
    assert papers == [f"Site visit {LEAK}", f"Slip {LEAK}"]


def test_no_key_of_the_page_is_taken_twice(city: Counter) -> None:
    page = open_page(city, "supervisor1")
    views = [spec.shortcut for spec in VIEWS]
    assert "F9" not in views
    for spec in VIEWS:
        page.choose_view(spec.key)
        city.settle()
        keys = Tally(action.shortcut().toString() for action in page.keys.actions() if action.shortcut().toString())
        assert [key for key, times in keys.items() if times > 1] == [], spec.key


def test_esc_and_a_letter_lead_back_to_the_list_and_to_the_search(city: Counter, page: RequestsPage) -> None:
    page.choose_view("all")
    city.settle()
    city.press("lee")
    assert front(page).search.text() == "lee"
    city.press(ESC)
    assert front(page).search.text() == ""


def test_the_times_stand_beside_their_chart_and_go_into_a_file(
    city: Counter, page: RequestsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CSR_DESK_HOME", str(tmp_path / "home"))
    city.press(Qt.Key.Key_F8)
    times = cast("Times", page.front)
    assert [bar.label for bar in times.chart.bars] == ["Public Works, Streets", "311 Help Center"]
    assert "3 closed, 2 of them in time (66%)" in city.text("times-words")
    alt(city, Qt.Key.Key_Y)
    assert next(bar.label for bar in times.chart.bars) == "Pothole"
    alt(city, Qt.Key.Key_X)
    saved = Path(city.text("banner-text").removeprefix("Saved as ")).read_text(encoding="utf-8").splitlines()
    assert saved[0] == "name,closed,median_working_days,p90_working_days,in_time,in_time_percent"
    assert saved[1] == "Pothole,1,2,2,0,0"
    alt(city, Qt.Key.Key_D)
    city.press(ENTER, ENTER)
    assert city.space.sheet is None
