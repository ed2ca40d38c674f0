"""What the customer page shows of the account that is picked, beside the time line and the notes: one tab a panel.

A new one is an ``AccountPanel`` and one line in ``PANELS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act
from csr_desk.ui.account_panel import AccountPanel

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A line of the table of panels; ``title`` is QT_TRANSLATE_NOOP("customer", …)."""

    key: str
    title: str
    act: Act
    """The permission that shows it."""
    factory: Callable[[Context], AccountPanel]
    of_customer: bool = False
    """It is about the customer, who may have no account."""


def loaded(module: str, name: str) -> Callable[[Context], AccountPanel]:
    """Make a panel of a module of the ui, which is loaded when its tab is first chosen."""

    def make(context: Context) -> AccountPanel:
        made = getattr(import_module(f"csr_desk.ui.{module}"), name)
        return cast("AccountPanel", made(context))

    return make


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec(
        "bills",
        str(QT_TRANSLATE_NOOP("customer", "Bills")),
        Act.SEE_CUSTOMERS,
        loaded("pages.customer.billing_panel", "BillingPanel"),
    ),
    PanelSpec(
        "payments",
        str(QT_TRANSLATE_NOOP("customer", "Payments")),
        Act.SEE_CUSTOMERS,
        loaded("pages.customer.applying_panel", "ApplyingPanel"),
    ),
    PanelSpec(
        "collection",
        str(QT_TRANSLATE_NOOP("customer", "Collection")),
        Act.SEE_CUSTOMERS,
        loaded("pages.customer.collection_panel", "CollectionPanel"),
    ),
    PanelSpec(
        "adjustments",
        str(QT_TRANSLATE_NOOP("customer", "Adjustments")),
        Act.SEE_CUSTOMERS,
        loaded("adjusting.panel", "AdjustingPanel"),
    ),
    PanelSpec(
        "holds",
        str(QT_TRANSLATE_NOOP("customer", "Deposits, holds")),
        Act.SEE_CUSTOMERS,
        loaded("pages.customer.holding_panel", "HoldingPanel"),
    ),
    PanelSpec(
        "verification",
        str(QT_TRANSLATE_NOOP("customer", "New account")),
        Act.SEE_PROJECTS,
        loaded("pages.customer.verifying_panel", "VerifyingPanel"),
    ),
    PanelSpec(
        "work",
        str(QT_TRANSLATE_NOOP("customer", "Work orders")),
        Act.SEE_PROJECTS,
        loaded("pages.customer.work_panel", "WorkPanel"),
    ),
    PanelSpec(
        "contractor",
        str(QT_TRANSLATE_NOOP("customer", "Contractor")),
        Act.SEE_PROJECTS,
        loaded("pages.customer.contractor_panel", "ContractorPanel"),
        of_customer=True,
    ),
)
"""In the order of the tabs; whoever sees customers reads them all, and each panel offers what its reader may do."""
