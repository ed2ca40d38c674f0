"""What the customer page shows of the account that is picked, beside the time line and the notes: one tab a panel.

A new one is a widget with ``show_account`` and one line in ``PANELS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from PySide6.QtWidgets import QWidget

from csr_desk.domain.people import Act

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


class AccountPanel(Protocol):
    """A widget of one slice: made with the page's context when its tab is first chosen."""

    def show_account(self, account_no: str) -> None:
        """Show another account; called again when something changed while it is in front."""


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A line of the table of panels; ``title`` is QT_TRANSLATE_NOOP("customer", …)."""

    key: str
    title: str
    act: Act
    """The permission that shows it."""
    factory: Callable[[Context], QWidget]


def loaded(module: str, name: str) -> Callable[[Context], QWidget]:
    """Make a panel of a module of this folder, which is loaded when its tab is first chosen."""

    def make(context: Context) -> QWidget:
        made = getattr(import_module(f"csr_desk.ui.pages.customer.{module}"), name)
        return cast("QWidget", made(context))

    return make


PANELS: tuple[PanelSpec, ...] = ()
"""In the order of the tabs: ``PanelSpec("bills", …, Act.SEE_CUSTOMERS, loaded("billing_panel", "BillingPanel"))``."""
