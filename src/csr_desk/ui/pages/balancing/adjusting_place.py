"""The requests for adjustments that wait for this person: the queue of whoever decides, of every account."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.money import shown
from csr_desk.ui.adjusting.panel import AdjustingPanel
from csr_desk.ui.page import Page
from csr_desk.ui.pages.balancing.places import PlacePanel
from csr_desk.ui.widgets.pick_list import Pick


class AdjustingPlace(PlacePanel):
    """The panel of adjustments without an account; its keys are the page's while it is in front."""

    shows = frozenset({Topic.ACCOUNTS, Topic.APPROVALS})

    def __init__(self, page: Page) -> None:
        """Put the panel into the place."""
        super().__init__(page)
        self.panel = AdjustingPanel(page.context, queue=True)
        self._front = False
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        self.panel.showing.connect(self.changed)

    def let_keys(self, *, front: bool) -> None:
        """Lend the page the keys of the panel, which says itself what can be done; behind they are of no use."""
        if front is self._front:
            return
        self._front = front
        lent, group = (self.panel.keys, self.page.keys) if front else (self.page.keys, self.panel.keys)
        for action in lent.actions():
            if action.parent() is self.panel:
                group.addAction(action)

    def load(self) -> None:
        """Read what waits."""
        self.panel.show_account("")

    def pick(self) -> Pick:
        """How many wait, and what they come to."""
        rows = self.panel.presenter.picture.rows
        told = self.tr("1 waits") if len(rows) == 1 else self.tr("{0} wait").format(len(rows))
        total = shown(sum(abs(one.amount) for one in rows))
        title = self.tr("Adjustments to decide")
        return Pick("adjustments", title, total, told if rows else self.tr("None"), "warn" if rows else "ok")

    def first_focus(self) -> QWidget:
        """The list."""
        return self.panel.first_focus()
