"""The work orders of an account: a leak, a meter to read again, service to restore."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.ui.account_panel import AccountPanel
from csr_desk.ui.context import Context
from csr_desk.ui.field_work.work_list import WorkList


class WorkPanel(AccountPanel):
    """Reads them anew each time: a crew may have answered."""

    def __init__(self, context: Context) -> None:
        """State, widgets, assemble."""
        super().__init__(context)
        self.list = WorkList(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)

    def show_account(self, account_no: str) -> None:
        """Show the work orders of an account."""
        self.list.presenter.show(f"account:{account_no}")

    def first_focus(self) -> QWidget:
        """The list."""
        return self.list.first_focus()
