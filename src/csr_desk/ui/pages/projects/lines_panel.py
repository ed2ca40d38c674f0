"""A panel that lists what a project has of one noun: all of it, what wants somebody to look at it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csr_desk.services.project_lines import Noun
from csr_desk.ui.context import Context
from csr_desk.ui.pages.projects.things_list import ThingsList
from csr_desk.ui.pages.projects.words import overview_rows
from csr_desk.ui.project_panel import ProjectPanel
from csr_desk.ui.project_words import noun_words
from csr_desk.ui.widgets import EmptyState

if TYPE_CHECKING:
    from csr_desk.services.project_pages import ProjectPage


class LinesPanel(ProjectPanel):
    """Reads the project anew each time: something may have changed."""

    def __init__(self, noun: str, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self._noun = Noun(noun)
        self._wanted = self._picked = ""
        self.things = ThingsList(f"project-{noun}s", noun_words(noun))
        self._nothing = EmptyState(self.tr("Nothing yet"), self.tr("This project has none."))
        self.stack = QStackedWidget()
        for widget in (self._nothing, self.things):
            self.stack.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.stack)

    def show_project(self, project_no: str) -> None:
        """Read a project and list what it has of the noun."""
        desk, actor = self.context.desk, self.context.actor
        self._wanted = project_no

        def read() -> ProjectPage:
            from csr_desk.services.project_pages import project_page

            return project_page(desk, actor, project_no)

        self.context.read(read, self._show)

    def pick(self, number: str) -> None:
        """Put the cursor on one of them, as soon as they were read."""
        self._picked = f"{self._noun}:{number}"
        self.things.pick(self._picked)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.things

    def _show(self, page: ProjectPage) -> None:
        if page.number != self._wanted:
            return
        self.things.show_rows(overview_rows(page.of(self._noun), self.context.desk.today()))
        if self._picked:
            self.things.pick(self._picked)
            self._picked = ""
        self.stack.setCurrentWidget(self.things if self.things.things.rows else self._nothing)
