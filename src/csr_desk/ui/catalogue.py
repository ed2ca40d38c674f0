"""The table of pages: a page is a folder and one line here. A page is loaded when it is first shown."""

from __future__ import annotations

from PySide6.QtCore import QT_TRANSLATE_NOOP

from csr_desk.domain.people import Act, Actor
from csr_desk.ui.context import Context
from csr_desk.ui.page import Page, PageSpec


def _sell(context: Context) -> Page:
    from csr_desk.ui.pages.sell.view import SellPage

    return SellPage(context)


def _customer(context: Context) -> Page:
    from csr_desk.ui.pages.customer.view import CustomerPage

    return CustomerPage(context)


def _projects(context: Context) -> Page:
    from csr_desk.ui.pages.projects.view import ProjectsPage

    return ProjectsPage(context)


def _requests(context: Context) -> Page:
    from csr_desk.ui.pages.requests.view import RequestsPage

    return RequestsPage(context)


def _info_desk(context: Context) -> Page:
    from csr_desk.ui.pages.info_desk.view import InfoDeskPage

    return InfoDeskPage(context)


def _drawer(context: Context) -> Page:
    from csr_desk.ui.pages.drawer.view import DrawerPage

    return DrawerPage(context)


def _balancing(context: Context) -> Page:
    from csr_desk.ui.pages.balancing.view import BalancingPage

    return BalancingPage(context)


def _reports(context: Context) -> Page:
    from csr_desk.ui.pages.reports.view import ReportsPage

    return ReportsPage(context)


def _setup(context: Context) -> Page:
    from csr_desk.ui.pages.setup.view import SetupPage

    return SetupPage(context)


PAGES: tuple[PageSpec, ...] = (
    PageSpec("sell", str(QT_TRANSLATE_NOOP("pages", "Sell")), "sell", Act.SELL, _sell),
    PageSpec(
        "customer",
        str(QT_TRANSLATE_NOOP("pages", "Customers")),
        "customers",
        Act.SEE_CUSTOMERS,
        _customer,
        begins=False,
    ),
    PageSpec(
        "requests",
        str(QT_TRANSLATE_NOOP("pages", "Requests")),
        "requests",
        Act.SEE_REQUESTS,
        _requests,
        begins=False,
    ),
    PageSpec(
        "projects",
        str(QT_TRANSLATE_NOOP("pages", "Projects")),
        "projects",
        Act.SEE_PROJECTS,
        _projects,
        begins=False,
    ),
    PageSpec(
        "info_desk",
        str(QT_TRANSLATE_NOOP("pages", "Info desk")),
        "info_desk",
        Act.SEE_CARDS,
        _info_desk,
        begins=False,
    ),
    PageSpec("drawer", str(QT_TRANSLATE_NOOP("pages", "Drawer")), "drawer", Act.PREPARE_DEPOSIT, _drawer),
    PageSpec("balancing", str(QT_TRANSLATE_NOOP("pages", "Balancing")), "balancing", Act.SEE_EXPECTED, _balancing),
    PageSpec("reports", str(QT_TRANSLATE_NOOP("pages", "Reports")), "reports", Act.SEE_REPORTS, _reports),
    PageSpec("setup", str(QT_TRANSLATE_NOOP("pages", "Setup")), "setup", None, _setup, at_end=True),
)


def pages_for(actor: Actor) -> tuple[PageSpec, ...]:
    """The pages that a person's role may see, in the order of the rail (Ctrl+1 is the first)."""
    return tuple(spec for spec in PAGES if spec.act is None or actor.may(spec.act))
