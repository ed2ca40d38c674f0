"""The projects page: projects at the left, at the right one of them; or a board of the whole office."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.people import Act
from csr_desk.ui.context import Context
from csr_desk.ui.moments import MomentRow
from csr_desk.ui.page import Page
from csr_desk.ui.pages.projects.board import BoardView
from csr_desk.ui.pages.projects.head_card import HeadCard
from csr_desk.ui.pages.projects.panels import PANELS
from csr_desk.ui.pages.projects.picture import FoundRow, HeadPicture, LanePicture, LineRow
from csr_desk.ui.pages.projects.presenter import PROJECT, RELEASES, WORK, ProjectsPresenter
from csr_desk.ui.pages.projects.tabs import OVERVIEW, Tabs
from csr_desk.ui.pages.projects.views import VIEWS
from csr_desk.ui.panel import LentKeys, Panel
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, Label
from csr_desk.ui.widgets.pick_list import Pick, PickList
from csr_desk.ui.widgets.search_box import SearchBox

_LEFT_WIDTH = 304


class ProjectsPage(Page):
    """Shows what the presenter says and hands every key to it."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble, connect."""
        super().__init__(context)
        self.presenter = ProjectsPresenter(context, self)
        self.specs = {spec.key: spec for spec in VIEWS if context.actor.may(spec.act)}
        self.search = SearchBox("project-search", self.tr("Find a project"), self.tr("number, address"))
        self.found = PickList("projects-found", self.tr("Projects found"))
        self._make_keys()
        self.head = HeadCard(self.pay_key, self.owner_key)
        self.tabs = Tabs(self, PANELS)
        self.boards = {WORK: BoardView("work-board"), RELEASES: BoardView("release-board")}
        self.panels: dict[str, Panel] = {}
        self.view_buttons: dict[str, KeyButton] = {}
        self._lent = LentKeys(self.keys)
        self.views = QStackedWidget()
        self.right = QStackedWidget()
        self.nobody = EmptyState(
            self.tr("Which project?"),
            self.tr(
                "Type a number of a project, permit, order or release, an address, an owner or a contractor. "
                "F8 and Shift F8 show what the whole office has to do."
            ),
        )
        self._number = ""
        self._assemble()
        self._connect()
        self.let_acts()

    # ---- making

    def _make_keys(self) -> None:
        go = self.presenter
        self.pay_key = self.key("project-pay", self.tr("Take payment"), "F5", go.pay)
        self.owner_key = self.key("project-owner", self.tr("Owner"), "F6", go.see_owner)
        if self.context.actor.may(Act.KEEP_PROJECTS):
            self.key("project-new", self.tr("New project"), "Ctrl+N", go.opening.start)
            self.key("project-correct", self.tr("Correct the project"), "Ctrl+E", go.correct)
        self.key("project-to-search", self.tr("Search"), "F4", self.focus_search)
        self.view_keys = {
            spec.key: self.key(
                f"view-{spec.key}",
                spec.words,
                spec.shortcut,
                partial(self.choose_view, spec.key),
            )
            for spec in self.specs.values()
        }

    def _assemble(self) -> None:
        left = self.left = QWidget()
        left.setFixedWidth(_LEFT_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.search)
        listed = Card("", flush=True)
        listed.body.addWidget(self.found, 1)
        self.list_words = Label("", "soft", "projects-list-words")
        self.list_words.setWordWrap(True)
        self.list_words.setContentsMargins(12, 8, 12, 8)
        listed.body.addWidget(self.list_words)
        column.addWidget(listed, 1)
        self.shown = QWidget()
        shown = QVBoxLayout(self.shown)
        shown.setContentsMargins(0, 0, 0, 0)
        shown.setSpacing(12)
        shown.addWidget(self.head)
        shown.addWidget(self.tabs, 1)
        for widget in (self.nobody, self.shown):
            self.right.addWidget(widget)
        one = QWidget()
        row = QHBoxLayout(one)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(left)
        row.addWidget(self.right, 1)
        self._one = one
        self.switch = self._switch()
        for widget in (one, *self.boards.values()):
            self.views.addWidget(widget)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addWidget(self.switch)
        whole.addWidget(self.views, 1)

    def _switch(self) -> QWidget:
        """The row that goes from the projects to the boards and lists of the office, and back."""
        switch = QWidget()
        row = QHBoxLayout(switch)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        for view, action in self.view_keys.items():
            self.view_buttons[view] = KeyButton.for_action(action, "tab")
            row.addWidget(self.view_buttons[view])
        row.addStretch(1)
        return switch

    def _connect(self) -> None:
        go = self.presenter
        self.search.typed.connect(go.typed)
        self.search.entered.connect(lambda _text: go.entered(self.found.current_key()))
        self.search.stepped.connect(self._step)
        self.search.escaped.connect(self._back)
        self.found.entered.connect(go.look_at)
        self.tabs.things.opened.connect(self.bring_line)
        self.tabs.moments.opened.connect(go.open_moment)
        self.tabs.chosen.connect(lambda _key: self._tab_chosen())
        for board in self.boards.values():
            board.opened.connect(go.look_at)

    # ---- the page

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Something was sold, looked at, sent or answered."""
        if self.isVisible():
            self.presenter.refresh(topics)
            self._read_panel()

    def enter(self) -> None:
        """What is shown may have changed meanwhile."""
        self.presenter.refresh(frozenset())
        self._read_panel()

    def look_at(self, about: str) -> None:
        """Open a project, or the project of a permit, an order and the like that another page found."""
        self.search.set_text("")
        self.tabs.bring(OVERVIEW)
        self.presenter.look_at(about)

    def about(self) -> tuple[str, ...]:
        """The project that is looked at, and its owner."""
        page = self.presenter.page
        if page is None or self.presenter.view != PROJECT:
            return ()
        return (*((f"customer:{page.owner_no}",) if page.owner_no else ()), f"project:{page.number}")

    def first_focus(self) -> QWidget:
        """A board or a panel while it is in front, else the search box."""
        front = self._front()
        if front is not self._one:
            return front.first_focus() if isinstance(front, BoardView | Panel) else front
        if self.right.currentWidget() is self.shown and self.tabs.wide:
            return self.tabs.first_focus()
        return self.search.edit

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes one step back; typing anywhere goes to the search box."""
        if event.key() == Qt.Key.Key_Escape:
            self.focus_search()
            super().keyPressEvent(event)
        elif self.tabs.wide or self.presenter.view != PROJECT or not self.search.take_key(event):
            super().keyPressEvent(event)

    # ---- what the presenter says

    def show_found(self, rows: Sequence[FoundRow], hint: str) -> None:
        """Show what was found, the first picked."""
        self.found.show_picks([Pick(row.key, row.title, row.below, row.chip, row.tone, row.right) for row in rows])
        looked_at = f"project:{self._number}"
        keys = [row.key for row in rows]
        self.found.pick(looked_at if looked_at in keys else keys[0] if keys else None)
        self.list_words.setText(hint)
        self.list_words.setVisible(bool(hint))

    def show_project(self, picture: HeadPicture, lines: Sequence[LineRow], counts: dict[str, int]) -> None:
        """Show a project."""
        self._number = picture.number
        self.head.show_head(picture)
        self.tabs.show_project(picture.number, lines, counts)
        self.right.setCurrentWidget(self.shown)
        if (key := f"project:{picture.number}") in [pick.key for pick in self.found.picks]:
            self.found.pick(key)
        self.search.edit.selectAll()

    def show_moments(self, rows: Sequence[MomentRow]) -> None:
        """Show the time line."""
        self.tabs.show_moments(rows)

    def show_board(self, view: str, lanes: Sequence[LanePicture]) -> None:
        """Show a board."""
        self.boards[view].show_lanes(lanes)

    def bring_line(self, about: str) -> None:
        """Bring the tab of a permit, an order and the like to the front, with the cursor on it."""
        self.tabs.bring_line(about)

    def let_acts(self) -> None:
        """Offer what can be done now, and nothing else."""
        go = self.presenter
        project = go.view == PROJECT
        for action, can in ((self.pay_key, go.may_pay), (self.owner_key, go.may_see_owner)):
            action.setEnabled(can and project)
            action.setVisible(can)
        for view, button in self.view_buttons.items():
            say(button, state="on" if view == go.view else "")
        front = self._front()
        self.switch.setVisible(front is not self._one or not self.tabs.wide)
        self._lent.lend(front if isinstance(front, Panel) else None)
        self.views.setCurrentWidget(front)

    # ---- small steps

    def choose_view(self, view: str) -> None:
        """Bring a project, a board or a list of the office to the front, with the keys in it."""
        self.presenter.show_view(view)
        self._read_panel()
        # the database answers in order: by then it knows where the keys are of use
        self.context.read(lambda: None, lambda _done: self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason))

    def _front(self) -> QWidget:
        """What the view in front shows itself by; a panel is made when it is first chosen."""
        view = self.presenter.view
        if view in self.boards:
            return self.boards[view]
        if view == PROJECT:
            return self._one
        if view not in self.panels:
            self.panels[view] = self.specs[view].make(self.context)
            self.views.addWidget(self.panels[view])
        return self.panels[view]

    def _read_panel(self) -> None:
        """Let the list of the office that is in front read itself anew."""
        if (panel := self.panels.get(self.presenter.view)) is not None:
            self.specs[self.presenter.view].read(panel)

    def focus_search(self) -> None:
        """The cursor into the search box, which stands beside the overview and not beside a panel or a board."""
        if self.presenter.view != PROJECT:
            self.presenter.show_view(PROJECT)
        if self.tabs.wide:
            self.tabs.bring(OVERVIEW)
        self.search.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.edit.selectAll()

    def _tab_chosen(self) -> None:
        """A panel has the whole page below the head; what else was found makes room."""
        self.left.setVisible(not self.tabs.wide)
        self.switch.setVisible(not self.tabs.wide)
        self.head.show_brief(brief=self.tabs.wide)

    def _step(self, by: int) -> None:
        keys = [pick.key for pick in self.found.picks]
        if keys:
            at = keys.index(self.found.current_key() or keys[0]) + by
            self.found.pick(keys[max(0, min(at, len(keys) - 1))])

    def _back(self) -> None:
        """Esc in the search box: empty it, then to the list of the newest."""
        self.search.set_text("")
