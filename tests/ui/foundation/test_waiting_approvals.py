"""A request at another screen, as the clerk's window keeps it: nothing blocks, the same command goes once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csr_desk.domain.cart import CartLine
from csr_desk.domain.people import Act, Approval
from csr_desk.domain.receipt import Receipt
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import approval_requests, corrections, drawers, sell, staff, virtual_tape
from csr_desk.services.approval_requests import Decide
from csr_desk.services.clock import TrainingClock
from csr_desk.services.desk import Desk
from csr_desk.services.virtual_tape import TapeQuery
from csr_desk.ui.context import ApprovalRequest, Context, Tone
from csr_desk.ui.pages.balancing.view import BalancingPage
from csr_desk.ui.waiting_approvals import WaitingApprovals, may_ask_elsewhere
from ui.back_office import BackOffice, RecordingShell, in_front, press, type_in
from ui.counter import Counter

KEY = Qt.Key


@dataclass
class Clerk:
    """clerk1 with an open drawer and one receipt of 1.20."""

    office: BackOffice
    context: Context
    shell: RecordingShell
    number: str
    changes: list[int] = field(default_factory=list)
    sent: list[Approval] = field(default_factory=list)

    @classmethod
    def of(cls, office: BackOffice) -> Clerk:
        """Open and sell."""
        office.open_drawer("clerk1", "HPC-1")
        number = office.sell_copies("clerk1", 12, Tender(TenderKind.CASH, 120)).number
        context, shell = office.context("clerk1")
        return cls(office, context, shell, number)

    def waiting(self) -> WaitingApprovals:
        """What waits, told when it changes."""
        found: list[WaitingApprovals] = []
        found.append(WaitingApprovals(self.context, lambda: self.changes.append(len(found[0].pending))))
        return found[0]

    @property
    def request(self) -> ApprovalRequest:
        """The void of the receipt."""
        return ApprovalRequest(Act.VOID, self.number, 120, f"Void of {self.number} (1.20)?")

    def decide(self, request: str, *, yes: bool, words: str = "") -> None:
        """The supervisor answers."""
        desk = self.office.desk
        approval_requests.decide(desk, staff.person(desk, "supervisor1"), Decide(f"d-{request}", request, yes, words))

    def later(self, seconds: int) -> None:
        """Time goes by."""
        clock = self.office.desk.clock
        assert isinstance(clock, TrainingClock)
        clock.set(clock.now() + timedelta(seconds=seconds))


def test_an_approved_request_is_announced_once_and_done_once(office: BackOffice) -> None:
    clerk = Clerk.of(office)
    waiting = clerk.waiting()
    waiting.ask(clerk.request, clerk.sent.append)
    (one,) = waiting.pending
    assert waiting.chip == ("1 waiting", Tone.INFO, f"Waiting: Void, {clerk.number} (1.20)")
    waiting.poll()
    assert not one.ready
    assert not waiting.do_next()
    clerk.decide(one.request_id, yes=True, words="Seen")
    told = len(clerk.shell.banners)
    waiting.poll()
    waiting.poll()
    assert clerk.shell.banners[told:] == [(f"Approved by Robert Hayes: Void, {clerk.number} (1.20). Seen", Tone.OK)]
    assert waiting.chip[:2] == ("1 approved", Tone.OK)
    assert waiting.do_next()
    waiting.do(one)
    assert [(yes.subject, yes.amount, yes.approver.user) for yes in clerk.sent] == [(clerk.number, 120, "supervisor1")]
    assert waiting.pending == []
    assert waiting.chip[0] == ""
    command = corrections.Void("k", clerk.number, "Wrong item")
    done = corrections.void(office.desk, clerk.context.actor, command, clerk.sent[0]).value
    assert done.approver == "Robert Hayes"


def test_a_refused_one_says_who_and_why_and_is_gone(office: BackOffice) -> None:
    clerk = Clerk.of(office)
    waiting = clerk.waiting()
    waiting.ask(clerk.request, clerk.sent.append)
    clerk.decide(waiting.pending[0].request_id, yes=False, words="Call me")
    waiting.poll()
    assert waiting.pending == []
    assert clerk.shell.banners[-1] == (f"Robert Hayes refused: Void, {clerk.number} (1.20). Call me", Tone.WARN)
    assert clerk.sent == []


@pytest.mark.parametrize(("answered", "seconds"), [(False, 601), (True, 601)])
def test_one_that_ran_out_before_or_after_the_answer_is_not_done(
    office: BackOffice, answered: bool, seconds: int
) -> None:
    clerk = Clerk.of(office)
    waiting = clerk.waiting()
    waiting.ask(clerk.request, clerk.sent.append)
    (one,) = waiting.pending
    if answered:
        clerk.decide(one.request_id, yes=True)
        waiting.poll()
        assert one.ready
    clerk.later(seconds)
    waiting.poll()
    assert (waiting.pending, waiting.do_next(), clerk.sent) == ([], False, [])
    assert clerk.shell.banners[-1][0].startswith("Ran out: ")


def test_what_nobody_answered_is_taken_back_when_the_clerk_leaves(office: BackOffice) -> None:
    clerk = Clerk.of(office)
    waiting = clerk.waiting()
    waiting.ask(clerk.request, clerk.sent.append)
    waiting.ask(clerk.request, clerk.sent.append)
    assert waiting.chip[0] == "2 waiting"
    waiting.leave()
    assert waiting.pending == []
    assert approval_requests.waiting(office.desk, staff.person(office.desk, "supervisor1")) == ()


def test_a_question_under_way_is_not_asked_again(office: BackOffice) -> None:
    clerk = Clerk.of(office)
    waiting = clerk.waiting()
    waiting.ask(clerk.request, clerk.sent.append)
    asked: list[object] = []

    class Never:
        def run(self, job: Callable[[], object], _done: object, failed: Callable[[Exception], None]) -> None:
            asked.append(failed)

    clerk.context.runner = Never()
    waiting.poll()
    waiting.poll()
    assert len(asked) == 1
    fail = asked[0]
    assert callable(fail)
    fail(TimeoutError())
    waiting.poll()
    assert len(asked) == 2


@pytest.mark.parametrize(
    ("act", "reviewer", "may"),
    [
        (Act.VOID, "", True), (Act.REFUND, "", True), (Act.VOID, "treasurer", False), (Act.DROP, "", False),
        (Act.OVERRIDE_PRICE, "", False), (Act.HAND_OVER, "", False),
    ],
)  # fmt: skip
def test_only_approvals_that_are_not_of_the_cart_are_asked_from_afar(act: Act, reviewer: str, may: bool) -> None:
    assert may_ask_elsewhere(ApprovalRequest(act, "x", 1, "?"), outside_reviewer=reviewer) is may


def void_asked_elsewhere(counter: Counter) -> str:
    """A clerk's last receipt is to be voided; the request goes to another screen. Gives the request."""
    counter.press(KEY.Key_F8)
    counter.press("1")
    counter.press(KEY.Key_F11, ctrl=True)
    (one,) = counter.space.waiting.pending
    return one.request_id


def test_the_clerk_goes_on_with_a_cart_while_a_void_waits_and_does_it_later(selling: Counter) -> None:
    clerk = selling.space.context.actor
    number = selling.ask(lambda: _sold(selling.desk, "clerk3")).number
    request = void_asked_elsewhere(selling)
    assert selling.shown("waiting-approvals")
    assert selling.space.sheet is None
    selling.press(*"ALM-RES", KEY.Key_Return)
    cart = selling.page.presenter.cart.lines
    assert cart
    desk = selling.desk
    answer = Decide("d", request, yes=True)
    selling.ask(lambda: approval_requests.decide(desk, staff.person(desk, "supervisor1"), answer))
    selling.space.waiting.poll()
    selling.settle()
    assert selling.text("waiting-approvals") == "1 approved"
    selling.press(KEY.Key_F11, ctrl=True)
    last = selling.ask(lambda: drawers.my_batch(desk, clerk))
    assert last is not None
    assert "is void" in selling.text("banner-text")
    assert number in selling.text("banner-text")
    assert not selling.shown("waiting-approvals")
    assert selling.page.presenter.cart.lines == cart


def _sold(desk: Desk, user: str) -> Receipt:
    command = sell.CompleteSale("first", None, (CartLine("ALM-RES"),), (Tender(TenderKind.CASH),), demo_inputs=True)
    return sell.complete_sale(desk, staff.person(desk, user), command).value


def test_a_digit_takes_a_waiting_request_back(selling: Counter) -> None:
    selling.ask(lambda: _sold(selling.desk, "clerk3"))
    void_asked_elsewhere(selling)
    selling.press(KEY.Key_F11, ctrl=True)
    assert selling.shown("waiting-1")
    selling.press("1")
    assert selling.space.waiting.pending == []
    assert not selling.shown("waiting-approvals")
    selling.press(KEY.Key_F11, ctrl=True)
    assert selling.shown("waiting-none")
    selling.press(KEY.Key_Escape)
    assert selling.space.sheet is None


def test_the_supervisor_sees_the_queue_and_decides_by_key(dressed: QApplication, office: BackOffice) -> None:
    clerk = Clerk.of(office)
    waiting = clerk.waiting()
    waiting.ask(clerk.request, clerk.sent.append)
    waiting.ask(clerk.request, clerk.sent.append)
    context, shell = office.context("supervisor1")
    page = BalancingPage(context)
    panel = page.places["approvals"]
    with in_front(page):
        assert panel.pick().chip == "2 waiting"
        page.presenter.choose("approvals")
        page.show_chosen()
        panel.first_focus().setFocus()
        table = panel.first_focus()
        rows = table.texts()  # type: ignore[attr-defined]
        assert [row[:4] for row in rows] == [["Maria Delgado", "Void", clerk.number, "1.20"]] * 2
        press(page, KEY.Key_Return, ctrl=True)
        assert shell.banners[-1] == (f"Maria Delgado may do it: Void, {clerk.number} (1.20)", Tone.OK)
        panel.words.setFocus()  # type: ignore[attr-defined]
        type_in(page, "No")
        press(page, KEY.Key_Delete, ctrl=True)
        assert panel.pick().chip == ""
        assert page.list.hasFocus()  # with the last request gone the next stop would be Lock
    waiting.poll()
    assert [one.ready for one in waiting.pending] == [True]
    told = [words for words, _ in clerk.shell.banners]
    assert "Robert Hayes refused: Void, HPC1-0000001 (1.20). No" in told


def test_what_a_person_may_not_do_reaches_the_journal_from_the_window_once(office: BackOffice) -> None:
    context, shell = office.context("auditor1")
    context.read(lambda: drawers.open_drawer(office.desk, context.actor, drawers.OpenDrawer("k", "HPC-1", {})), print)
    assert len(shell.problems) == 1
    day = office.desk.today()
    rows = virtual_tape.page(office.desk, context.actor, TapeQuery(day, day)).rows
    assert [(row.kind, row.user, row.told) for row in rows if row.entry != "HPC/1"] == [
        ("act_refused", "auditor1", "Act refused: open drawer (not_permitted)")
    ]
