"""Signing in, locking, other people, approvals, the palette: the frame around every page."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget

from csr_desk.domain.changes import Done
from csr_desk.domain.errors import BadInput, Trouble
from csr_desk.domain.people import PERMISSIONS, Act, Actor, Approval, Role
from csr_desk.ui.catalogue import PAGES, pages_for
from csr_desk.ui.context import ApprovalRequest, Choice, Field, Tone
from csr_desk.ui.theme import Look, current_look
from ui.counter import Counter

ENTER, ESC, TAB = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down


def request() -> ApprovalRequest:
    return ApprovalRequest(Act.VOID, "HPC3-0000001", 120, "Void HPC3-0000001 of 1.20?")


def test_part_of_a_name_enter_the_secret_enter_is_all_it_takes(counter: Counter) -> None:
    counter.press("lan", ENTER, "clerk3-demo", ENTER)
    assert counter.text("who") == "Nguyễn Thị Lan"
    assert counter.focused_name() == "search"


def test_a_wrong_secret_is_refused_without_saying_which_part_was_wrong(counter: Counter) -> None:
    counter.press("lan", ENTER, "guess", ENTER)
    assert "not right" in counter.text("sign-in-fault")
    assert counter.window.workspace is None
    assert counter.focused_name() == "sign-in-secret"
    assert counter.text("sign-in-secret") == ""


def test_the_demonstration_says_on_every_screen_that_nothing_is_real(counter: Counter) -> None:
    assert counter.text("sign-in-demonstration") == "DEMONSTRATION – no real money"
    assert counter.window.windowTitle() == "DEMONSTRATION – no real money · CSR Desk"
    counter.work_as("clerk3")
    assert counter.text("demonstration") == "DEMONSTRATION"


def test_locking_keeps_the_cart_and_the_same_person_goes_on_with_it(selling: Counter) -> None:
    selling.press("cop", ENTER, "12", ENTER)
    selling.press("L", ctrl=True)
    assert selling.shown("sign-in-people")
    assert not selling.shown("cart")
    selling.press("clerk3-demo", ENTER)
    assert selling.text("total-due") == "$1.20"


def test_somebody_else_who_unlocks_sees_their_own_work_only(selling: Counter) -> None:
    selling.press("cop", ENTER, "12", ENTER)
    selling.press("L", ctrl=True)
    selling.press(ESC, "clerk4", ENTER, "clerk4-demo", ENTER)
    assert selling.text("who") == "Priya Raman"
    assert selling.text("total-due") == "$0.00"


def test_an_idle_desk_locks_itself(selling: Counter) -> None:
    timer = selling.window.idle
    assert timer.isActive()
    assert timer.interval() == selling.desk.policy.idle_lock_minutes * 60_000
    timer.timeout.emit()
    selling.settle()
    assert selling.shown("sign-in-people")
    assert not timer.isActive()


@pytest.mark.parametrize("role", list(Role))
def test_the_rail_shows_only_what_the_role_may_see(role: Role) -> None:
    actor = Actor("x", "X", "x", role)
    seen = {spec.key for spec in pages_for(actor)}
    for spec in PAGES:
        assert (spec.key in seen) == (spec.act is None or spec.act in PERMISSIONS[role])
    assert seen, "everybody has a page"


def test_the_pages_are_reached_by_control_and_their_number(selling: Counter) -> None:
    second = selling.space.specs[1].key
    selling.press("2", ctrl=True)
    assert selling.space.page is not selling.space.stack.widget(0)
    assert second != "sell"
    selling.press("1", ctrl=True)
    assert selling.focused_name() == "search"


def test_an_approver_picks_themselves_by_digit_and_signs_with_their_own_secret(selling: Counter) -> None:
    signed: list[Approval] = []
    selling.space.ask_approval(request(), signed.append)
    selling.settle()
    selling.press("2", "supervisor2-demo", ENTER)
    assert [(one.approver.user, one.subject, one.amount) for one in signed] == [("supervisor2", "HPC3-0000001", 120)]
    assert selling.space.sheet is None


def test_a_wrong_secret_of_an_approver_keeps_the_prompt_and_says_so(selling: Counter) -> None:
    signed: list[Approval] = []
    selling.space.ask_approval(request(), signed.append)
    selling.settle()
    selling.press("1", "guess", ENTER)
    assert not signed
    assert "not right" in selling.text("approval-fault")
    assert selling.focused_name() == "approver-secret"


def test_nobody_is_offered_to_approve_their_own_act(counter: Counter) -> None:
    counter.work_as("supervisor1")
    counter.space.ask_approval(request(), lambda _approval: None)
    counter.settle()
    assert counter.shown("approver-supervisor2")
    assert not counter.shown("approver-supervisor1")
    assert not counter.shown("approver-clerk1")


def test_going_back_from_an_approval_tells_the_page(selling: Counter) -> None:
    told: list[str] = []
    selling.space.ask_approval(request(), lambda _approval: told.append("signed"), lambda: told.append("back"))
    selling.settle()
    selling.press(ESC)
    assert told == ["back"]
    assert selling.focused_name() == "search"


def test_the_keys_of_the_page_are_silent_under_a_sheet_and_tab_stays_inside(selling: Counter) -> None:
    selling.press("cop", ENTER, "12", ENTER)
    selling.space.ask_approval(request(), lambda _approval: None)
    selling.settle()
    selling.press("1")
    for _ in range(6):
        selling.press(TAB)
        assert selling.space.sheet is not None
        assert selling.space.sheet.isAncestorOf(selling.focus())
    selling.press(Qt.Key.Key_F5)
    assert selling.last_receipt() is None


def test_a_reason_is_one_digit(selling: Counter) -> None:
    taken: list[str] = []
    selling.space.ask_reason("Why?", [Choice("1", "Wrong item", "wrong"), Choice("2", "Other", "other")], taken.append)
    selling.press("2")
    assert taken == ["other"]
    assert selling.space.sheet is None


def test_the_palette_does_what_is_typed(selling: Counter) -> None:
    selling.press("K", ctrl=True)
    selling.press("dark", ENTER)
    assert current_look() is Look.DARK
    selling.window.wear(Look.LIGHT)


def test_a_look_is_remembered_by_the_station(selling: Counter, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = str(tmp_path_factory.mktemp("settings") / "csr.ini")
    selling.window.settings = QSettings(path, QSettings.Format.IniFormat)
    selling.window.wear(Look.CONTRAST)
    assert selling.window.settings.value("look") == "contrast"
    selling.window.wear(Look.LIGHT)


def test_a_mistake_of_the_program_shows_a_reference_and_the_way_on(selling: Counter) -> None:
    selling.space.problem(ZeroDivisionError("x"))
    assert selling.text("fault-reference").startswith("Reference ")
    selling.press(ENTER)
    assert selling.space.sheet is None
    assert selling.focused_name() == "search"


def test_an_act_shows_what_the_service_refused(selling: Counter) -> None:
    def fail() -> Done[None]:
        raise ValueError("x")

    seen: list[Exception] = []
    selling.space.context.act(fail, lambda _value: None, seen.append)
    selling.settle()
    assert len(seen) == 1


def test_a_refused_sheet_comes_back_as_it_was_keyed_and_a_done_one_does_not(selling: Counter) -> None:
    taken: list[str] = []

    def ask() -> None:
        def act(values: dict[str, str]) -> None:
            def job() -> Done[None]:
                if values["last"] == "1":
                    raise BadInput("The last number is below the first.", field="last")
                taken.append(values["last"])
                return Done(None)

            selling.space.context.act(job, lambda _done: None)

        fields = (Field("book", "Book"), Field("last", "Last number"))
        selling.space.ask_fields("Issue a book", fields, act, keep=True)

    ask()
    selling.press("Blue", ENTER, "1", ENTER)
    selling.settle()
    assert (selling.text("field-book"), selling.text("field-last")) == ("Blue", "1")
    assert selling.text("fields-fault") == "The last number is below the first."
    assert selling.focused_name() == "field-last"
    selling.press("90", ENTER)
    selling.settle()
    assert (taken, selling.space.sheet) == (["90"], None)
    selling.space.problem(BadInput("Something else."))
    assert (selling.space.sheet, selling.text("banner-text")) == (None, "Something else.")


def test_a_banner_goes_with_escape_and_gives_the_focus_back(selling: Counter) -> None:
    selling.space.banner("Something to know.", Tone.INFO)
    assert selling.text("banner-text") == "Something to know."
    selling.press(ESC)
    assert selling.space.notice.isHidden()
    assert selling.focused_name() == "search"


def test_a_ledger_that_cannot_be_opened_says_so_in_the_window(counter: Counter) -> None:
    counter.window.failed_to_open(Trouble("The key of this office is missing."))
    assert counter.shown("not-opened")


def test_everything_that_can_be_used_has_an_identifier_and_a_name(selling: Counter) -> None:
    selling.press("ELE-RECON", ENTER)
    nameless = []
    for widget in selling.window.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLineEdit | QComboBox) or not widget.isVisible():
            continue
        named = widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
        if not named or not widget.accessibleIdentifier():
            nameless.append((type(widget).__name__, widget.objectName(), widget.accessibleName()))
    assert not nameless


def test_no_key_is_given_away_twice_on_one_page(selling: Counter) -> None:
    page = selling.space.page
    assert page is not None
    keys = [one.shortcut().toString() for one in (*page.keys.actions(), *selling.window.keys.actions())]
    used = [key for key in keys if key]
    assert len(used) == len(set(used))


def test_an_arrow_picks_another_approver_and_forgets_the_secret_that_was_keyed(selling: Counter) -> None:
    signed: list[Approval] = []
    selling.space.ask_approval(request(), signed.append)
    selling.settle()
    selling.press("1", "supervisor1", DOWN)
    assert selling.text("approver-secret") == ""
    selling.press(UP, DOWN, "supervisor2-demo", ENTER)
    assert [one.approver.user for one in signed] == ["supervisor2"]


def test_who_unlocks_sees_what_others_did_meanwhile(counter: Counter) -> None:
    counter.work_as("supervisor1")
    told: list[object] = []
    assert counter.space.page is not None
    counter.space.page.refresh = told.append  # type: ignore[assignment,method-assign]
    counter.press("L", ctrl=True)
    counter.press("supervisor1-demo", ENTER)
    assert told == [frozenset()]
