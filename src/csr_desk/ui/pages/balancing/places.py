"""The places of the list below the drawers: each is a panel with a line of its own, its keys, and what it reads.

A new one is a module with a ``PlacePanel`` and one line in ``PLACES``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from csr_desk.domain.changes import Topic
from csr_desk.domain.people import Act
from csr_desk.ui.page import Page
from csr_desk.ui.widgets.pick_list import Pick

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


class PlacePanel(QWidget):
    """Something of the office that is looked at beside the drawers of a day."""

    changed = Signal()
    """Its line in the list says something else now."""
    shows: ClassVar[frozenset[Topic]] = frozenset()
    """The kinds of things that it shows; a change of one of them reads it anew."""

    def __init__(self, page: Page) -> None:
        """Keep the page, whose keys and context it uses."""
        super().__init__()
        self.page = page
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

    def allowed(self, _action: QAction) -> bool:
        """Say whether an action may be done now with what is picked."""
        return True

    def let_keys(self, *, front: bool) -> None:
        """Offer the keys while in front, and what cannot be done not at all."""
        for action in self.actions_of_panel:
            offered = front and self.allowed(action)
            action.setEnabled(offered)
            action.setVisible(offered)

    def load(self) -> None:
        """Read anew what it shows, then emit ``changed``."""

    def pick(self) -> Pick:
        """Its line in the list, under the key of its place."""
        raise TypeError("A place has a line.")

    def first_focus(self) -> QWidget:
        """The widget that takes the keys."""
        return self


def _payables(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.payables_panel import PayablesPanel

    return PayablesPanel(page)


@dataclass(frozen=True, slots=True)
class PlaceSpec:
    """A line of the table of places."""

    key: str
    act: Act
    """The permission that shows it."""
    factory: Callable[[Page], PlacePanel]


def _returned(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.returned_panel import ReturnedPanel

    return ReturnedPanel(page)


def _approvals(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.approvals_panel import ApprovalsPanel

    return ApprovalsPanel(page)


def _reviews(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.reviews_panel import ReviewsPanel

    return ReviewsPanel(page)


def _funds(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.funds_place import FundsPlace

    return FundsPlace(page)


def _books(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.books_place import BooksPlace

    return BooksPlace(page)


def _suspects(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.suspects_place import SuspectsPlace

    return SuspectsPlace(page)


def _collection(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.collection_place import CollectionPlace

    return CollectionPlace(page)


def _adjusting(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.adjusting_place import AdjustingPlace

    return AdjustingPlace(page)


def _unapplied(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.unapplied_place import UnappliedPlace

    return UnappliedPlace(page)


def _dormant(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.dormant_place import DormantPlace

    return DormantPlace(page)


def _imports(page: Page) -> PlacePanel:
    from csr_desk.ui.pages.balancing.imports_place import ImportsPlace

    return ImportsPlace(page)


PLACES: tuple[PlaceSpec, ...] = (
    PlaceSpec("approvals", Act.APPROVE, _approvals),
    PlaceSpec("reviews", Act.REVIEW_DEFERRED, _reviews),
    PlaceSpec("returned", Act.RETURN_ITEM, _returned),
    PlaceSpec("funds", Act.SEE_EXPECTED, _funds),
    PlaceSpec("books", Act.SEE_REPORTS, _books),
    PlaceSpec("suspects", Act.SEE_REPORTS, _suspects),
    PlaceSpec("payables", Act.SEND_PAYABLES, _payables),
    PlaceSpec("collection", Act.COLLECT, _collection),
    PlaceSpec("adjustments", Act.DECIDE_ADJUSTMENT, _adjusting),
    PlaceSpec("unapplied", Act.SEE_CUSTOMERS, _unapplied),
    PlaceSpec("dormant", Act.SEE_REPORTS, _dormant),
    PlaceSpec("imports", Act.LOAD_BILLS, _imports),
)
"""The places beside deposits and day, in the order of the list."""
