"""A page of several lists side by side: a row of keys above, the panel of the chosen one below."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.ui.context import Context
from csr_desk.ui.page import Page
from csr_desk.ui.panel import LentKeys, Panel
from csr_desk.ui.theme import say
from csr_desk.ui.view_spec import ViewSpec
from csr_desk.ui.widgets import KeyButton


class ViewPanel(Panel):
    """A panel of such a page. The page uses F2 to F12 for its views; a panel's own acts take Alt with a letter."""

    topics: frozenset[Topic] = frozenset()
    """Changes of these let it read itself anew; an empty set means every change."""

    def load(self) -> None:
        """Read what it shows, from the start or anew; what is picked and keyed stays."""

    def look_at(self, about: str) -> None:
        """Show this one: another page sent somebody here."""

    def about(self) -> tuple[str, ...]:
        """Return what is looked at (``customer:C-1``)."""
        return ()


class SwitchedPage(Page):
    """Makes a panel when it is first chosen, lends its keys to the window while it is in front."""

    def __init__(self, context: Context, specs: Sequence[ViewSpec]) -> None:
        """Show the first view that the person may see."""
        super().__init__(context)
        self.specs = {spec.key: spec for spec in specs if context.actor.may(spec.act)}
        self.panels: dict[str, Panel] = {}
        self.buttons: dict[str, KeyButton] = {}
        self.view = ""
        self.views = QStackedWidget()
        self._lent = LentKeys(self.keys)
        self._assemble()

    def _assemble(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(3)
        for spec in self.specs.values():
            action = self.key(f"view-{spec.key}", spec.words, spec.shortcut, partial(self.choose_view, spec.key))
            self.buttons[spec.key] = KeyButton.for_action(action, "tab")
            row.addWidget(self.buttons[spec.key])
        row.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        whole.addLayout(row)
        whole.addWidget(self.views, 1)

    @property
    def front(self) -> Panel | None:
        """The panel in front."""
        return self.panels.get(self.view)

    def choose_view(self, view: str) -> None:
        """Bring a view to the front, with the keys in it."""
        self._bring(view)
        # the database answers in order: by then the panel knows where the keys are of use
        self.context.read(lambda: None, lambda _done: self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason))

    def _bring(self, view: str) -> None:
        if view not in self.specs:
            return
        self.view = view
        if view not in self.panels:
            self.panels[view] = self.specs[view].make(self.context)
            self.views.addWidget(self.panels[view])
        self.views.setCurrentWidget(self.panels[view])
        self._lent.lend(self.panels[view])
        for key, button in self.buttons.items():
            say(button, state="on" if key == view else "")
        self.specs[view].read(self.panels[view])

    def enter(self) -> None:
        """What is shown may have changed meanwhile."""
        self._bring(self.view or next(iter(self.specs), ""))

    def refresh(self, topics: frozenset[Topic]) -> None:
        """Let the panel in front read itself anew where it shows such things."""
        front = self.front
        if self.isVisible() and front is not None and self._shows(front, topics):
            self.specs[self.view].read(front)

    @staticmethod
    def _shows(panel: Panel, topics: frozenset[Topic]) -> bool:
        shown = panel.topics if isinstance(panel, ViewPanel) else frozenset()
        return not topics or not shown or bool(shown & topics)

    def look_at(self, about: str) -> None:
        """Bring the view of this kind of thing to the front, and in it this one."""
        view = self.view_for(about.partition(":")[0])
        self._bring(view)
        if isinstance(front := self.front, ViewPanel):
            front.look_at(about)

    def view_for(self, noun: str) -> str:
        """Return the view that shows a kind of thing; a view's key is the noun where the page says nothing else."""
        return noun if noun in self.specs else self.view

    def about(self) -> tuple[str, ...]:
        """Return what the panel in front looks at."""
        return self.front.about() if isinstance(self.front, ViewPanel) else ()

    def first_focus(self) -> QWidget:
        """Where the panel in front wants the keys."""
        return self.front.first_focus() if self.front is not None else self

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that no panel wanted goes back to the first view."""
        first = next(iter(self.specs), "")
        if event.key() == Qt.Key.Key_Escape and self.view != first:
            self.choose_view(first)
        else:
            super().keyPressEvent(event)
