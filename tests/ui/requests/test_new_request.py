"""F9 beside every page in the real window: keys counted, what is missing asked for, what is alike offered."""

from __future__ import annotations

from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from csr_desk.data.queries.requests import Wanted
from csr_desk.domain.customers import Level
from csr_desk.domain.requests import Channel, Request
from csr_desk.services import customer_notes, request_lists
from csr_desk.ui.new_request.sheet import NewRequestSheet
from ui.counter import Counter

ENTER, ESC, F9, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F9, Qt.Key.Key_Down
NEW = "SR26-000021-0"


def alt(counter: Counter, key: Qt.Key) -> None:
    """Press Alt and a key."""
    QTest.keyClick(counter.focus(), key, Qt.KeyboardModifier.AltModifier)
    counter.keys += 1
    counter.settle()


def taken(counter: Counter) -> Request:
    """The newest request."""
    clerk = counter.person("supervisor1")
    found = counter.ask(lambda: request_lists.list_requests(counter.desk, clerk, Wanted()))
    return max(found, key=lambda one: one.number)


def sheet(counter: Counter) -> NewRequestSheet:
    """The sheet that lies over the page."""
    return cast("NewRequestSheet", counter.space.sheet)


def beside_maria(counter: Counter) -> None:
    """Look at María's page."""
    counter.space.go("customer", "customer:C-101")
    counter.settle()
    counter.keys = 0


def test_a_request_is_taken_beside_a_customer_with_three_keys_and_the_text(city: Counter) -> None:
    beside_maria(city)
    text = "The dial stands still"
    city.press(F9)
    digit = 1 + [pick.key for pick in sheet(city).types.picks].index("GEN-ASK")
    city.press(str(digit), text, ENTER)
    assert city.keys - len(text) == 3
    one = taken(city)
    assert (one.type.code, one.summary, one.customer_id, one.language) == ("GEN-ASK", text, "C-101", "es")
    assert one.channel is Channel.COUNTER
    said = city.text("banner-text")
    assert one.number in said
    assert one.department in said
    assert f"{one.due_on.month}/{one.due_on.day}/2026" in said


def test_letters_find_the_type_and_what_is_missing_is_asked_for_one_after_the_other(city: Counter) -> None:
    city.space.go("requests")
    city.settle()
    city.press(F9, "leak", ENTER)
    assert sheet(city).type.text() == "leak"
    assert city.focused_name() == "request-summary"
    city.press("Water runs", ENTER)
    assert city.focused_name() == "question-runs"
    city.press(DOWN, DOWN, ENTER)
    assert city.focused_name() == "request-site"
    city.press("9300 Bellaire Blvd", ENTER)
    assert city.focused_name() == "request-contact"
    assert "Alt+A" in sheet(city).fault.text()
    city.press("Joe", ENTER)
    one = taken(city)
    assert (one.type.code, one.site, one.contact) == ("WTR-LEAK", "9300 Bellaire Blvd", "Joe")
    assert one.answers == {"runs": "steady"}
    assert one.escalated == "safety"


def test_who_calls_about_the_same_is_noted_there_with_one_key_and_not_twice(city: Counter) -> None:
    beside_maria(city)
    before = taken(city).number
    city.press(F9, "leak", ENTER)
    sheet(city).site.setText("4107 LEELAND STREET UNIT B")
    city.settle()
    assert [pick.key for pick in sheet(city).alike.picks] == ["SR26-000004-3"]
    alt(city, Qt.Key.Key_S)
    assert "SR26-000004-3" in city.text("banner-text")
    assert taken(city).number == before
    view = city.ask(lambda: request_lists.request_of(city.desk, city.space.context.actor, "SR26-000004-3"))
    assert [one.customer_id for one in view.callers] == ["", "", "C-101"]
    city.press(F9, "leak", ENTER)
    alt(city, Qt.Key.Key_S)
    assert "noted" in sheet(city).fault.text()


def test_channel_language_priority_and_who_is_named_are_one_key_each(city: Counter) -> None:
    beside_maria(city)
    city.press(F9, "pothole", ENTER)
    for key in (Qt.Key.Key_C, Qt.Key.Key_L, Qt.Key.Key_P, Qt.Key.Key_A):
        alt(city, key)
    assert city.focused_name() == "request-summary"
    city.press("A hole")
    sheet(city).site.setText("2208 Milam St")
    city.press(ENTER)
    one = taken(city)
    assert (one.channel, one.language, one.priority, one.anonymous) == (Channel.PHONE, "vi", "low", True)
    assert (one.customer_id, one.reach) == ("", "")


def test_who_has_to_be_named_cannot_stay_without_a_name(city: Counter) -> None:
    city.space.go("requests")
    city.settle()
    city.press(F9, "high water", ENTER)
    alt(city, Qt.Key.Key_A)
    assert "nobody can be answered" in sheet(city).fault.text()
    assert not sheet(city).presenter.anonymous


def test_what_warns_of_the_customer_is_read_before_anything_is_asked(city: Counter) -> None:
    beside_maria(city)
    clerk = city.person("clerk1")
    note = customer_notes.AddNote("a note", "C-101", Level.STOP, "Shouted at us; a second person comes along")
    city.ask(lambda: customer_notes.add_note(city.desk, clerk, note))
    city.press(F9)
    assert city.text("request-warning-1") == "Stop, read first: Shouted at us; a second person comes along"
    assert city.text("request-warning-2").startswith("Careful: Dog at the gate")


def test_the_account_of_the_page_is_linked_and_says_where(city: Counter) -> None:
    city.space.go("customer", "account:0041-2277-9")
    city.settle()
    city.press(F9, "read the meter", ENTER, "Estimated", ENTER)
    one = taken(city)
    view = city.ask(lambda: request_lists.request_of(city.desk, city.space.context.actor, one.number))
    assert (one.type.code, one.customer_id, one.site) == ("WTR-READ", "C-101", "4107 Leeland St Unit B")
    assert view.links == ("account:0041-2277-9",)


def test_a_refusal_of_the_office_is_said_in_the_sheet_and_nothing_keyed_is_lost(city: Counter) -> None:
    beside_maria(city)
    city.press(F9, "question", ENTER, "Card 4111 1111 1111 1111", ENTER)
    assert "card" in sheet(city).fault.text().casefold()
    assert city.focused_name() == "request-summary"
    assert sheet(city).summary.words().startswith("Card")
    city.press(ESC)
    assert city.space.sheet is None


def test_the_slip_comes_out_with_one_key(city: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    papers: list[tuple[str, bytes]] = []
    monkeypatch.setattr(city.tray, "paper", lambda title, pdf: papers.append((title, pdf)))
    beside_maria(city)
    city.press(F9, "question", ENTER, "A fence")
    QTest.keyClick(city.focus(), ENTER, Qt.KeyboardModifier.ControlModifier)
    city.settle()
    assert [title for title, _pdf in papers] == [f"Slip {taken(city).number}"]
    assert papers[0][1].startswith(b"%PDF")
