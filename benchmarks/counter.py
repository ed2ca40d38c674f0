"""A demo counter to measure at: the office, a clerk with an open drawer, a supervisor, and a sale of three lines."""

from __future__ import annotations

import uuid
from decimal import Decimal
from pathlib import Path

from csr_desk.domain.cart import CartLine
from csr_desk.domain.people import Actor
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services.desk import Desk, open_desk
from csr_desk.services.drawers import OpenDrawer, open_drawer
from csr_desk.services.printing import pending_prints, printed
from csr_desk.services.sell import CompleteSale
from csr_desk.services.setup import DEMO_STAFF, make_demo_office

FLOAT = {2000: 2, 1000: 5, 500: 10, 100: 50, 25: 40}
"""200.00 by denomination: cents of a piece, pieces."""

DRAWER = "HPC-1"


def person(user: str) -> Actor:
    """A person of the demo city."""
    return next(actor for actor in DEMO_STAFF if actor.user == user)


CLERK = person("clerk1")
SUPERVISOR = person("supervisor1")


def key() -> str:
    """A key as a page makes it when it opens."""
    return str(uuid.uuid4())


def url(path: Path) -> str:
    """The address of an SQLite file."""
    return f"sqlite:///{path}"


def new_counter(path: Path) -> None:
    """Make the demo city's database with clerk1's drawer open."""
    make_demo_office(url(path))
    open_float(path)


def open_float(path: Path) -> None:
    """Open clerk1's drawer with its float; its slip is printed and nothing waits."""
    desk = open_desk(url(path))
    open_drawer(desk, CLERK, OpenDrawer(key(), DRAWER, FLOAT))
    for job in pending_prints(desk, CLERK):
        printed(desk, CLERK, job.job_id)
    desk.close()


def ready(path: Path) -> Desk:
    """Open the desk on a counter."""
    return open_desk(url(path))


def sale(cart: str) -> CompleteSale:
    """Three lines, two tenders: an alarm permit, two birth records, twelve copies; a check, and cash with change.

    The drawer keeps five cents of each, so that its cash limit is never met.
    """
    return CompleteSale(
        key=cart,
        drawer=None,
        lines=(
            CartLine("ALM-RES", {"service_address": "4107 Leeland St", "permit_holder": "Álvarez, María",
                                 "contacts": "R. Lee; T. Ngo", "alarm_company": "Bayou Alarm"}),
            CartLine("VIT-BIRTH", {"registrant_name": "J. Lee", "dob": "1990-02-01", "applicant_id": "TX 1234",
                                   "relationship": "self"}, Decimal(2)),
            CartLine("REC-COPY", {"pages": "12"}),
        ),
        tenders=(
            Tender(TenderKind.CHECK, 9715, number="1042", routing="113000609"),
            Tender(TenderKind.CASH, 100),
        ),
        customer="Álvarez, María",
    )  # fmt: skip
