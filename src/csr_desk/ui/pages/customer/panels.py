"""What the customer page shows of the account that is picked, beside the time line and the notes: one tab a panel.

A new one is an ``AccountPanel`` in a module of this folder, and one line in ``PANELS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QWidget

from csr_desk.domain.people import Act
from csr_desk.ui.page import make_key

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


class AccountPanel(QWidget):
    """What one slice shows of an account; made when its tab is first chosen.

    Its ``keys`` work while it is seen. The page lends them its own group meanwhile, which a sheet above silences.
    """

    def __init__(self, context: Context) -> None:
        """Keep what the page works with; a panel assembles its widgets after this."""
        super().__init__()
        self.context = context
        self.keys = QActionGroup(self)
        self.keys.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)

    def key(self, name: str, text: str, shortcut: str, do: Callable[[], None]) -> QAction:
        """Make an action whose key works while this panel is seen; the keys of the page are taken already."""
        return make_key(self, self.keys, (name, text, shortcut), do)

    def show_account(self, account_no: str) -> None:
        """Show another account, or the same anew: something changed while the panel was in front."""

    def first_focus(self) -> QWidget:
        """The widget that takes the keys when the panel comes to the front, once its account was read."""
        return self


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A line of the table of panels; ``title`` is QT_TRANSLATE_NOOP("customer", …)."""

    key: str
    title: str
    act: Act
    """The permission that shows it."""
    factory: Callable[[Context], AccountPanel]


def loaded(module: str, name: str) -> Callable[[Context], AccountPanel]:
    """Make a panel of a module of this folder, which is loaded when its tab is first chosen."""

    def make(context: Context) -> AccountPanel:
        made = getattr(import_module(f"csr_desk.ui.pages.customer.{module}"), name)
        return cast("AccountPanel", made(context))

    return make


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec(
        "bills",
        str(QT_TRANSLATE_NOOP("customer", "Bills")),
        Act.SEE_CUSTOMERS,
        loaded("billing_panel", "BillingPanel"),
    ),
    PanelSpec(
        "payments",
        str(QT_TRANSLATE_NOOP("customer", "Payments")),
        Act.SEE_CUSTOMERS,
        loaded("applying_panel", "ApplyingPanel"),
    ),
    PanelSpec(
        "collection",
        str(QT_TRANSLATE_NOOP("customer", "Collection")),
        Act.SEE_CUSTOMERS,
        loaded("collection_panel", "CollectionPanel"),
    ),
    PanelSpec(
        "adjustments",
        str(QT_TRANSLATE_NOOP("customer", "Adjustments")),
        Act.SEE_CUSTOMERS,
        loaded("adjusting_panel", "AdjustingPanel"),
    ),
    PanelSpec(
        "holds",
        str(QT_TRANSLATE_NOOP("customer", "Deposits, holds")),
        Act.SEE_CUSTOMERS,
        loaded("holding_panel", "HoldingPanel"),
    ),
)
"""In the order of the tabs; whoever sees customers reads them all, and each panel offers what its reader may do."""
