"""What the Reports page shows beside revenue: each is a panel with a line in the list, for those who may see it.

A new one is a module with a ``ReportPanel`` and one line in ``PANELS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from csr_desk.domain.people import Act
from csr_desk.ui.page import Page

if TYPE_CHECKING:
    from csr_desk.ui.context import Context
    from csr_desk.ui.pages.reports.period import Period


class ReportPanel(QWidget):
    """A report of the period chosen at the left."""

    prints: ClassVar[bool] = True
    """Whether it goes on paper as well."""

    def __init__(self, page: Page) -> None:
        """Keep the page, whose keys and context it uses."""
        super().__init__()
        self.page = page
        self.period: Period | None = None
        self.actions_of_panel: list[QAction] = []

    @property
    def context(self) -> Context:
        """The desk, who acts, and how to ask for work."""
        return self.page.context

    def key(self, name: str, text: str, shortcut: str, do: Callable[[], None]) -> QAction:
        """Make an action whose key works while this panel is in front."""
        action = self.page.key(name, text, shortcut, do)
        self.actions_of_panel.append(action)
        return action

    def let_keys(self, *, front: bool) -> None:
        """Offer its keys only while it is in front."""
        for action in self.actions_of_panel:
            action.setEnabled(front)
            action.setVisible(front)

    def show_period(self, period: Period) -> None:
        """Show another period."""
        self.period = period
        self.load()

    def save_words(self) -> str:
        """What the key that saves says."""
        return self.tr("Save as CSV")

    def load(self) -> None:
        """Read the period anew."""

    def save(self) -> None:
        """Save what is shown as a file."""

    def paper(self) -> None:
        """Print what is shown."""

    def leave(self) -> None:
        """The page goes to the back, or the person signs out."""

    def first_focus(self) -> QWidget:
        """The widget that takes the keys."""
        return self


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A line of the table of panels."""

    key: str
    title: str
    act: Act
    """The permission that shows it."""
    factory: Callable[[Page], ReportPanel]


def _exceptions(page: Page) -> ReportPanel:
    from csr_desk.ui.pages.reports.exceptions_panel import ExceptionsPanel

    return ExceptionsPanel(page)


def _journal(page: Page) -> ReportPanel:
    from csr_desk.ui.pages.reports.journal_panel import JournalPanel

    return JournalPanel(page)


def _evidence(page: Page) -> ReportPanel:
    from csr_desk.ui.pages.reports.evidence_panel import EvidencePanel

    return EvidencePanel(page)


def _visits(page: Page) -> ReportPanel:
    from csr_desk.ui.pages.reports.visits_panel import VisitsPanel

    return VisitsPanel(page)


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec("exceptions", str(QT_TRANSLATE_NOOP("reports", "Exceptions")), Act.SEE_EXCEPTIONS, _exceptions),
    PanelSpec("journal", str(QT_TRANSLATE_NOOP("reports", "Journal")), Act.SEE_JOURNAL, _journal),
    PanelSpec("evidence", str(QT_TRANSLATE_NOOP("reports", "Evidence")), Act.MAKE_EVIDENCE, _evidence),
    PanelSpec("visits", str(QT_TRANSLATE_NOOP("reports", "Who came")), Act.SEE_REPORTS, _visits),
)
"""In the order of the list; each is made when it is first shown."""
