"""A list of requests at the left, the one that is picked at the right, and what can be done about it below."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.requests import Escalation
from csr_desk.ui.context import Context
from csr_desk.ui.pages.requests.close_sheet import close_with_answer
from csr_desk.ui.pages.requests.papers import RequestPapers
from csr_desk.ui.pages.requests.presenter import ListPicture, ListPresenter
from csr_desk.ui.pages.requests.request_card import RequestCard
from csr_desk.ui.pages.requests.retype_sheet import retype
from csr_desk.ui.request_words import due_brief, escalation_words
from csr_desk.ui.switched_page import ViewPanel
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, Label
from csr_desk.ui.widgets.key_row import KeyRow
from csr_desk.ui.widgets.pick_list import Pick, PickList
from csr_desk.ui.widgets.search_box import SearchBox

_LEFT = 404
_DEPARTMENTS = 190


class ListPanel(ViewPanel):
    """Arrows pick, typing looks for words, Alt with a letter does what stands below."""

    which: ClassVar[str] = "all"
    topics = frozenset({Topic.REQUESTS, Topic.WORK_ORDERS, Topic.ACCOUNTS})

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.presenter = ListPresenter(context, self, self.which)
        self.papers = RequestPapers(context, self.presenter.load)
        self.search = SearchBox(
            "requests-search", self.tr("Find a request"), self.tr("number, address, customer or words")
        )
        self.departments = PickList("request-departments", self.tr("Departments"))
        self.list = PickList("requests-list", self.tr("Requests"))
        self.nobody = Card()
        self.nobody.body.addWidget(
            EmptyState(
                self.tr("Nothing stands in this list"),
                self.tr("F3 shows all that is open, Alt+A what is closed too. F9 takes a request beside every page."),
            )
        )
        self.card = RequestCard(context)
        self.count = Label("", "soft", "requests-count")
        self._make_keys()
        self._assemble()
        self._connect()
        self.show_picture(ListPicture())

    def _make_keys(self) -> None:
        go, acts = self.presenter, self.presenter.acts
        self.acts: dict[str, QAction] = {
            "note": self.key("request-note", self.tr("Note"), "Alt+N", acts.note),
            "task": self.key("request-task", self.tr("Ask a department"), "Alt+T", acts.ask_task),
            "answer": self.key("request-answer-task", self.tr("They answered"), "Alt+R", acts.answer),
            "take": self.key("request-mine", self.tr("I take it"), "Alt+I", acts.take),
            "assign": self.key("request-assign", self.tr("Give it to…"), "Alt+G", acts.assign),
            "wait": self.key("request-wait", self.tr("It waits"), "Alt+W", acts.wait),
            "retype": self.key("request-retype", self.tr("Another type"), "Alt+Y", self._retype),
            "escalate": self.key("request-escalate", self.tr("Escalate"), "Alt+E", acts.escalate),
            "close": self.key("request-close", self.tr("Close with an answer"), "Alt+C", self._close),
            "reopen": self.key("request-reopen", self.tr("Open again"), "Alt+O", acts.reopen),
            "link": self.key("request-link", self.tr("Link"), "Alt+L", acts.link),
            "caller": self.key("request-caller", self.tr("Second caller"), "Alt+S", acts.caller),
            "work": self.key("request-work", self.tr("Send a crew"), "Alt+D", acts.work),
            "attach": self.key("request-attach", self.tr("Attach a file"), "Alt+F", self._attach),
            "visit": self.key("request-visit", self.tr("Sheet for a visit"), "Alt+V", self._visit),
            "slip": self.key("request-print-slip", self.tr("Slip"), "Alt+P", self._slip),
            "letters": self.key("request-letters", self.tr("Letters"), "Alt+B", self._letters),
        }
        self.closed = self.key("requests-closed", self.tr("Show what is closed too"), "Alt+A", go.turn_closed)
        self.choose = self._choose_file

    def _assemble(self) -> None:
        left = QWidget()
        left.setFixedWidth(_LEFT)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.search)
        if self.which == "department":
            card = Card(flush=True)
            card.body.addWidget(self.departments)
            card.setFixedHeight(_DEPARTMENTS)
            column.addWidget(card)
        listed = Card("", flush=True)
        listed.body.addWidget(self.list, 1)
        self.count.setContentsMargins(12, 4, 12, 8)
        listed.body.addWidget(self.count)
        column.addWidget(listed, 1)
        column.addWidget(KeyButton.for_action(self.closed))
        self.below = KeyRow(*self.acts.values(), edge=0)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.card, 1)
        right.addWidget(self.nobody, 1)
        right.addWidget(self.below)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addLayout(right, 1)

    def _connect(self) -> None:
        go = self.presenter
        self.search.typed.connect(go.typed)
        self.search.stepped.connect(self._step)
        self.search.escaped.connect(lambda: self.search.set_text(""))
        self.search.entered.connect(lambda _text: self.card.about.setFocus(Qt.FocusReason.OtherFocusReason))
        self.list.picked.connect(go.choose)
        self.departments.picked.connect(go.choose_department)
        self.card.opened.connect(self._open)

    # ---- the panel

    def load(self) -> None:
        """Read the list anew."""
        self.presenter.load()

    def look_at(self, about: str) -> None:
        """Show one that another page sent somebody to."""
        self.search.set_text("")
        self.presenter.go_to(about.partition(":")[2])

    def about(self) -> tuple[str, ...]:
        """The request that is picked; its customer is not: who comes next is another one."""
        view = self.presenter.picture.chosen
        return () if view is None else (f"request:{view.request.number}",)

    def first_focus(self) -> QWidget:
        """The search box: letters look for words, arrows move in the list below."""
        return self.search.edit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Typing anywhere looks for words."""
        if not self.search.take_key(event):
            super().keyPressEvent(event)

    def show_picture(self, picture: ListPicture) -> None:
        """Show what the presenter read."""
        chosen = picture.chosen
        number = chosen.request.number if chosen is not None else None
        self.list.show_picks([self._pick(at) for at in range(len(picture.listed))], number)
        words = self.tr("1 request") if len(picture.listed) == 1 else self.tr("{0} requests")
        self.count.setText(words.format(len(picture.listed)))
        self.departments.show_picks(
            [Pick(name, name, "", str(open_now), "info") for name, open_now in picture.departments], picture.department
        )
        self.closed.setText(self.tr("Only what is open") if picture.closed else self.tr("Show what is closed too"))
        self.closed.setEnabled(self.which != "overdue")
        self.card.setVisible(chosen is not None)
        self.nobody.setVisible(chosen is None)
        if chosen is not None:
            self.card.show_request(chosen)
        self.presenter.acts.view = chosen
        can = self.presenter.acts.can()
        waits = chosen is not None and chosen.request.state == "waiting"
        self.acts["wait"].setText(self.tr("Go on with it") if waits else self.tr("It waits"))
        for name, action in self.acts.items():
            action.setVisible(name in can)
            action.setEnabled(name in can)

    def _pick(self, at: int) -> Pick:
        listed = self.presenter.picture.listed[at]
        one, desk = listed.request, self.context.desk
        late = one.days_late(desk.today(), holidays=desk.policy.days_off)
        chip, tone = due_brief(one, desk.today(), desk.policy.days_off), "bad" if late else "info"
        if listed.escalate is not None:
            why = self.tr("overdue") if listed.escalate is Escalation.OVERDUE else escalation_words(listed.escalate)
            chip, tone = self.tr("escalate: {0}").format(why), "bad"
        elif one.closed_on is not None:
            tone = "ok"
        below = " · ".join(filter(None, (one.number, one.site or one.summary)))
        return Pick(one.number, one.type.name, below, chip, tone)

    # ---- acts that open something of their own

    def _retype(self) -> None:
        retype(self.context, self.presenter.acts.view, self.presenter.load)

    def _close(self) -> None:
        close_with_answer(self.context, self.presenter.acts.view, self.presenter.load)

    def _visit(self) -> None:
        self.papers.visit(self.presenter.acts.view)

    def _slip(self) -> None:
        self.papers.slip(self.presenter.acts.view)

    def _letters(self) -> None:
        self.papers.letters(self.presenter.acts.view)

    def _attach(self) -> None:
        path = self.choose()
        if path is not None:
            self.papers.attach(self.presenter.acts.view, path)

    def _choose_file(self) -> Path | None:
        kinds = self.tr("Papers and pictures (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic *.txt)")
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Attach a file"), "", kinds)
        return Path(name) if name else None

    def _open(self, subject: str) -> None:
        self.papers.open(subject)

    def _step(self, by: int) -> None:
        keys = [pick.key for pick in self.list.picks]
        if keys:
            now = self.list.current_key() or keys[0]
            at = max(0, min(keys.index(now) + by, len(keys) - 1))
            self.list.pick(keys[at])
            self.presenter.choose(keys[at])
