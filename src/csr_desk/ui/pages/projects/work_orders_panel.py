"""The work orders beneath a project: its own, and those of its permits and releases."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.ui.context import Context
from csr_desk.ui.field_work.work_list import WorkList
from csr_desk.ui.project_panel import ProjectPanel


class WorkOrdersPanel(ProjectPanel):
    """Reads them anew each time: a crew may have answered."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.list = WorkList(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)

    def show_project(self, project_no: str) -> None:
        """Show the work orders of a project."""
        self.list.presenter.show(f"project:{project_no}")

    def pick(self, number: str) -> None:
        """Put the cursor on a work order."""
        self.list.pick(number)

    def first_focus(self) -> QWidget:
        """The list."""
        return self.list.first_focus()
