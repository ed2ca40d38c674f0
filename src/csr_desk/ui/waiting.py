"""What waits for an answer at some screen, looked at again and again and said in the bar: approvals, help."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.prompts import WAITING_KEY
from csr_desk.ui.waiting_approvals import Pending, WaitingApprovals
from csr_desk.ui.waiting_calls import Chip, WaitingCalls
from csr_desk.ui.waiting_sheet import WaitingSheet
from csr_desk.ui.widgets import Sheet

if TYPE_CHECKING:
    from csr_desk.ui.top_bar import TopBar

POLL_MS = 2_000
"""How often answers are looked for while something waits."""


class Waiting(QObject):
    """Lives as long as the sign-in of its workspace."""

    def __init__(self, context: Context, bar: TopBar, owner: QWidget, refresh: Callable[[Topic], None]) -> None:
        """Look from now on where there is anything to look for; ``refresh`` lets every page read itself anew."""
        super().__init__(owner)
        self._context, self._bar, self._owner, self._refresh = context, bar, owner, refresh
        self._approves = context.actor.may(Act.APPROVE)
        self.approvals = WaitingApprovals(context, self._show_approvals)
        self.calls = WaitingCalls(context, self._show_calls)
        self.for_me = 0
        """How many requests wait for this person's yes or no."""
        self._polls = QTimer(self)
        self._polls.setInterval(POLL_MS)
        self._polls.timeout.connect(self.poll)
        self.looks = QAction(self.tr("What waits for an answer"), self)
        self.looks.setObjectName("waiting-look")
        self.looks.setShortcut(QKeySequence(WAITING_KEY))
        owner.addAction(self.looks)
        self.calls.poll()
        self._let_poll()

    @property
    def pending(self) -> list[Pending]:
        """What of this person waits for another's answer."""
        return self.approvals.pending

    def sheet(self, parent: QWidget) -> Sheet | None:
        """Do what was approved, at once where only that waits; else give the sheet that shows how everything stands."""
        if len(self.approvals.pending) == 1 and self.approvals.do_next():
            return None
        return WaitingSheet(parent, self.approvals)

    def leave(self) -> None:
        """The person goes: what nobody answered is taken back."""
        self._polls.stop()
        self.approvals.leave()

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Look again where a call was made, answered or ended here."""
        if Topic.QUEUE in topics:
            self.calls.poll()

    def poll(self) -> None:
        """Look once at how everything stands."""
        self.approvals.poll()
        self.calls.poll()
        if not self._approves:
            return
        desk, actor = self._context.desk, self._context.actor

        def number() -> int:
            from csr_desk.services import approval_requests

            return len(approval_requests.waiting(desk, actor))

        self._context.read(number, self._show_for_me, lambda _error: None)

    def _let_poll(self) -> None:
        if self.approvals.pending or self._approves or self.calls.looked_for:
            self._polls.start()
        else:
            self._polls.stop()

    def _show_for_me(self, number: int) -> None:
        if number != self.for_me:
            self.for_me = number
            self._show_approvals()
            self._refresh(Topic.APPROVALS)

    def _show_approvals(self) -> None:
        """Say in the bar what waits, and look for answers while something does."""
        self._let_poll()
        if self._approves:
            words = self.tr("1 waits for you") if self.for_me == 1 else self.tr("{0} wait for you").format(self.for_me)
            self._bar.show_waiting(words if self.for_me else "", Tone.WARN, self.tr("Balancing, Waiting for you"))
        else:
            self._bar.show_waiting(*self.approvals.chip)

    def _show_calls(self, chip: Chip) -> None:
        self._let_poll()
        self._bar.show_help(*chip)
        if chip[1] is Tone.BAD:
            QApplication.alert(self._owner.window())  # the window may lie behind others at the supervisor's desk
