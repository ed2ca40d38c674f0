"""A panel that shows one slice of a project: its permits, orders, inspections, work orders, releases."""

from __future__ import annotations

from csr_desk.ui.panel import Panel


class ProjectPanel(Panel):
    """What one slice shows of the project that is looked at.

    The page uses Alt with figures, F2 to F12, Ctrl+N and Esc; a panel's own acts take Alt with a letter.
    """

    def show_project(self, project_no: str) -> None:
        """Show another project, or the same anew: something changed while the panel was in front."""

    def pick(self, number: str) -> None:
        """Put the cursor on one permit, order, inspection, work order or release of the project shown."""
