"""What the projects page shows of a project beside the overview: one tab a panel.

A new one is a ``ProjectPanel`` and one line in ``PANELS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act
from csr_desk.ui.project_panel import ProjectPanel

if TYPE_CHECKING:
    from csr_desk.ui.context import Context


@dataclass(frozen=True, slots=True)
class PanelSpec:
    """A line of the table of panels; ``key`` is the noun it shows, ``title`` QT_TRANSLATE_NOOP("projects", …)."""

    key: str
    title: str
    act: Act
    """The permission that shows it."""
    factory: Callable[[Context], ProjectPanel]


def loaded(module: str, name: str) -> Callable[[Context], ProjectPanel]:
    """Make a panel of a module of the page, which is loaded when its tab is first chosen."""

    def make(context: Context) -> ProjectPanel:
        made = getattr(import_module(f"csr_desk.ui.pages.projects.{module}"), name)
        return cast("ProjectPanel", made(context))

    return make


PANELS: tuple[PanelSpec, ...] = (
    PanelSpec(
        "permit",
        str(QT_TRANSLATE_NOOP("projects", "Permits")),
        Act.SEE_PROJECTS,
        loaded("permits_panel", "PermitsPanel"),
    ),
    PanelSpec(
        "order",
        str(QT_TRANSLATE_NOOP("projects", "Orders")),
        Act.SEE_PROJECTS,
        loaded("orders_panel", "OrdersPanel"),
    ),
    PanelSpec(
        "inspection",
        str(QT_TRANSLATE_NOOP("projects", "Inspections")),
        Act.SEE_PROJECTS,
        loaded("inspections_panel", "InspectionsPanel"),
    ),
    PanelSpec(
        "work_order",
        str(QT_TRANSLATE_NOOP("projects", "Work orders")),
        Act.SEE_PROJECTS,
        loaded("work_orders_panel", "WorkOrdersPanel"),
    ),
    PanelSpec(
        "release",
        str(QT_TRANSLATE_NOOP("projects", "Releases")),
        Act.SEE_PROJECTS,
        loaded("releases_panel", "ReleasesPanel"),
    ),
)
"""In the order of the tabs; whoever sees projects reads them all, and each panel offers what its reader may do."""
