"""Tabs below the head of a project: everything at a glance with the time line, and the panels of each noun.

A panel takes the whole page below the head, and lends its keys to the page while it is in front.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.ui.moments import MomentRow
from csr_desk.ui.page import Page
from csr_desk.ui.pages.projects.panels import PanelSpec
from csr_desk.ui.pages.projects.picture import LineRow
from csr_desk.ui.pages.projects.things_list import ThingsList
from csr_desk.ui.panel import LentKeys
from csr_desk.ui.project_panel import ProjectPanel
from csr_desk.ui.theme import say
from csr_desk.ui.widgets import Card, EmptyState, KeyButton, Label
from csr_desk.ui.widgets.moments_list import MomentsList
from csr_desk.ui.widgets.stack import Stack

OVERVIEW = "overview"


class Tabs(QWidget):
    """Alt+1, Alt+2 and so on; a panel is made when it is first chosen."""

    chosen = Signal(str)

    def __init__(self, page: Page, specs: Sequence[PanelSpec]) -> None:
        """Start with the overview of no project."""
        super().__init__()
        self._page = page
        self._specs = {spec.key: spec for spec in specs if page.context.actor.may(spec.act)}
        self._made: dict[str, ProjectPanel] = {}
        self._lent = LentKeys(page.keys)
        self._project = ""
        self.current = OVERVIEW
        self.things = ThingsList("project-things", self.tr("Everything on this project"))
        self.moments = MomentsList("project-timeline", self.tr("Time line"))
        self.buttons: dict[str, KeyButton] = {}
        self._titles = {OVERVIEW: self.tr("Overview")}
        self._titles |= {key: QCoreApplication.translate("projects", spec.title) for key, spec in self._specs.items()}
        self.stack = Stack()
        self._none = EmptyState(
            self.tr("Nothing on this project yet"),
            self.tr("Orders, permits, inspections, work orders and releases will stand here."),
        )
        self._over = self._overview()
        self._assemble()

    def _overview(self) -> QWidget:
        over = QWidget()
        column = QVBoxLayout(over)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._top = QStackedWidget()
        for widget in (self.things, self._none):
            self._top.addWidget(widget)
        head = Label(self.tr("Time line"), "title")
        head.setContentsMargins(12, 8, 12, 4)
        column.addWidget(self._top, 3)
        column.addWidget(head)
        column.addWidget(self.moments, 2)
        return over

    def _assemble(self) -> None:
        card = Card("", flush=True)
        head = QHBoxLayout()
        head.setContentsMargins(8, 8, 8, 4)
        head.setSpacing(3)
        cap = Label("Alt", "keycap", "project-tab-cap")
        head.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        for at, (key, words) in enumerate(self._titles.items(), start=1):
            action = self._page.key(f"project-tab-{key}", words, f"Alt+{at}", partial(self.choose, key))
            button = self.buttons[key] = KeyButton.for_action(action, "tab", str(at))
            head.addWidget(button)
        head.addStretch(1)
        card.body.setSpacing(0)
        card.body.addLayout(head)
        self.stack.addWidget(self._over)
        card.body.addWidget(self.stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._show()

    # ---- what is shown

    def choose(self, key: str) -> None:
        """Bring a tab to the front, with the keys in it."""
        self.bring(key)
        # the database answers in order: by then the panel shows its project, and knows where the keys are of use
        self._page.context.read(lambda: None, lambda _done: self.first_focus().setFocus())

    def bring(self, key: str) -> None:
        """Bring a tab to the front; the keys stay where they are."""
        self.current = key
        self._show()
        self.chosen.emit(key)

    def bring_line(self, about: str) -> None:
        """Bring the tab of a permit, an order and the like to the front, with the cursor on it."""
        noun, _, number = about.partition(":")
        if noun in self._specs:
            self.choose(noun)
            self._made[noun].pick(number)

    @property
    def wide(self) -> bool:
        """A panel is in front, and wants the whole page below the head."""
        return self.current != OVERVIEW

    def first_focus(self) -> QWidget:
        """What takes the keys of the tab in front: its list, or where it is empty the tab itself."""
        widget: QWidget = self.things
        if isinstance(panel := self.stack.currentWidget(), ProjectPanel):
            widget = panel.first_focus()
        takes = widget.isVisible() and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus
        return widget if takes else self.buttons[self.current]

    def show_project(self, number: str, lines: Sequence[LineRow], counts: dict[str, int]) -> None:
        """Another project is looked at, or something on it changed; each tab says how much it holds."""
        if number != self._project:
            self.moments.show_rows(())
        self._project = number
        self.things.show_rows(lines)
        self._top.setCurrentWidget(self.things if lines else self._none)
        for key, button in self.buttons.items():
            count = counts.get(key, 0)
            button.say_text(self.tr("{0} ({1})").format(self._titles[key], count) if count else self._titles[key])
        self._show()

    def _show(self) -> None:
        for at, (key, button) in enumerate(self.buttons.items(), start=1):
            say(button, state="on" if key == self.current else "")
            pressed = self.tr("Alt {0}").format(at)
            front = self.tr("{0}, in front").format(pressed)
            button.setAccessibleDescription(front if key == self.current else pressed)
        if not self.wide or not self._project:
            self._lent.lend(None)
            self.stack.setCurrentWidget(self._over)
        else:
            self._show_panel()

    def _show_panel(self) -> None:
        if self.current not in self._made:
            panel = self._made[self.current] = self._specs[self.current].factory(self._page.context)
            panel.setContentsMargins(8, 4, 8, 8)
            self.stack.addWidget(panel)
        panel = self._made[self.current]
        self.stack.setCurrentWidget(panel)
        self._lent.lend(panel)
        panel.show_project(self._project)

    def show_moments(self, rows: Sequence[MomentRow]) -> None:
        """Show the time line."""
        self.moments.show_rows(rows)
