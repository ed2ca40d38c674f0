"""It is of another type: the type, why, and the questions of the new one; number and time line stay (H4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast
from uuid import uuid4

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.requests import Request, RequestType, due_on
from csr_desk.ui.context import Context, Tone
from csr_desk.ui.dates import us_date
from csr_desk.ui.new_request.fields import QuestionFields
from csr_desk.ui.new_request.type_edit import TypeEdit, type_pick
from csr_desk.ui.problems import explain
from csr_desk.ui.prompts import line_edit
from csr_desk.ui.request_finding import found_types
from csr_desk.ui.widgets import KeyButton, Label, Sheet, scrolled
from csr_desk.ui.widgets.pick_list import PickList
from csr_desk.ui.wording import tr

if TYPE_CHECKING:
    from csr_desk.services.request_lists import RequestView

_WIDTH, _HIGH, _LEFT = 860, 420, 340


def retype(context: Context, view: RequestView | None, reload: Callable[[str], None]) -> None:
    """Ask which type it really is."""
    if view is None:
        return
    desk, actor = context.desk, context.actor

    def read() -> tuple[RequestType, ...]:
        from csr_desk.services import request_types

        every = request_types.request_types(desk, actor)
        return tuple(one for one in every if one.active and one.code != view.request.type.code)

    def show(types: tuple[RequestType, ...]) -> None:
        context.shell.open_over(lambda shell: RetypeSheet(cast("QWidget", shell), context, (view, types, reload)))

    context.read(read, show)


class RetypeSheet(Sheet):
    """Enter goes from the type to the reason, and then it is done."""

    def __init__(
        self, parent: QWidget, context: Context,
        about: tuple[RequestView, tuple[RequestType, ...], Callable[[str], None]],
    ) -> None:  # fmt: skip
        """``about`` is the request, the other types, and what shows it anew."""
        view, types, reload = about
        super().__init__(parent, parent.tr("{0} is of another type").format(view.request.number), "retype", _WIDTH)
        self._context, self._request, self._every, self._reload = context, view.request, types, reload
        self.chosen: RequestType | None = None
        self.type = TypeEdit("retype-type", self.tr("What it is about"), self.tr("a word of it, or its figure"))
        self.types = PickList("retype-types", self.tr("What can be asked for"))
        self.types.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.due = Label("", "strong", "retype-due")
        self.due.setWordWrap(True)
        self.reason = line_edit("retype-reason", self.tr("Why it is of another type"))
        self.site = line_edit("retype-site", self.tr("Where"))
        self.where = Label(self.tr("Where"), "small")
        self.where.setBuddy(self.site)
        self.questions = QuestionFields()
        self._assemble()
        self.type.textChanged.connect(lambda _text: self._show())
        self.type.digit.connect(self._by_digit)
        self.type.stepped.connect(self._step)
        self.types.entered.connect(self._choose)
        self._show()

    def _assemble(self) -> None:
        left, right = QWidget(), QWidget()
        left.setFixedWidth(_LEFT)
        left.setMinimumHeight(_HIGH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.type)
        column.addWidget(self.types, 1)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self.due)
        label = Label(self.tr("Why it is of another type"), "small")
        label.setBuddy(self.reason)
        beside.addWidget(label)
        beside.addWidget(self.reason)
        for part in (self.where, self.site):
            part.hide()
            beside.addWidget(part)
        beside.addWidget(self.questions)
        beside.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(left)
        row.addWidget(scrolled(right), 1)
        self.body.addLayout(row, 1)
        back = KeyButton(self.tr("Back"), "Esc", "", "retype-back")
        back.clicked.connect(self.cancel)
        take = KeyButton(self.tr("It is of this type"), "Enter", "primary", "retype-take")
        take.clicked.connect(self._take)
        self.foot.addWidget(back)
        self.foot.addWidget(take, 1)

    def start(self) -> None:
        """Open with the cursor in the type."""
        self.open(self.type)

    def accept(self) -> None:
        """Enter: the type that is picked, or all of it."""
        if self.type.hasFocus():
            self._choose(self.types.current_key() or "")
        else:
            self._take()

    def _show(self) -> None:
        found = found_types(self._every, self.type.text())
        self.types.show_picks([type_pick(at, one) for at, one in enumerate(found, 1)])

    def _by_digit(self, digit: str) -> None:
        at = int(digit) - 1
        if at < len(self.types.picks):
            self._choose(self.types.picks[at].key)

    def _step(self, by: int) -> None:
        keys = [pick.key for pick in self.types.picks]
        if keys:
            at = keys.index(self.types.current_key() or keys[0]) + by
            self.types.pick(keys[max(0, min(at, len(keys) - 1))])

    def _choose(self, code: str) -> None:
        self.chosen = next((one for one in self._every if one.code == code), None)
        if self.chosen is None:
            return
        self.types.pick(code)
        self.questions.ask(self.chosen.questions)
        for part in (self.where, self.site):
            part.setVisible(self.chosen.needs_site and not self._request.site)
        due = due_on(self.chosen, self._request.opened_on, holidays=self._context.desk.policy.days_off)
        words = self.tr("{0}: {1} answers by {2}. The clock runs since {3}.")
        opened = us_date(self._request.opened_on)
        self.due.setText(words.format(self.chosen.name, self.chosen.department, us_date(due), opened))
        self.reason.setFocus(Qt.FocusReason.TabFocusReason)

    def _take(self) -> None:
        from csr_desk.services import requests

        if self.chosen is None:
            self.say_fault(self.tr("Choose the type that it is of."))
            return
        desk, actor = self._context.desk, self._context.actor
        command = requests.ReclassifyRequest(
            uuid4().hex, self._request.number, self.chosen.code, self.reason.text().strip(), self.questions.answers(),
            "" if self.site.isHidden() else self.site.text().strip(),
        )  # fmt: skip

        def done(one: Request) -> None:
            self.close_sheet()
            words = tr("{number} is now: {type}. {department} answers by {day}.")
            said = words.format(
                number=one.number, type=one.type.name, department=one.department, day=us_date(one.due_on)
            )
            self._context.shell.banner(said, Tone.OK)
            self._reload(one.number)

        def refused(error: Exception) -> None:
            problem = explain(error)
            self.say_fault(problem.text)
            own = {"reason": self.reason, "site": self.site}
            field = own.get(problem.field) or self.questions.field(problem.field)
            if field is not None:
                field.setFocus(Qt.FocusReason.OtherFocusReason)

        self._context.act(lambda: requests.reclassify_request(desk, actor, command), done, refused)
