"""The demo city's building sites: projects of its customers with what is to be paid and done on them.

The city's key of permits is set first, as ``csr-desk permit-key set`` does, so that each permit's paper has its code.

Everybody in it is made up. No permit is issued yet: whoever tries the demo takes the money, and the payment issues it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from csr_desk.domain import about
from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.people import Actor
from csr_desk.domain.work_orders import Priority, WorkKind
from csr_desk.services import demo_companies, demo_people, orders, permit_signing, projects, staff, work_orders
from csr_desk.services.desk import Desk, open_desk


@dataclass(frozen=True, slots=True)
class Site:
    """A project: title, address, owner, what is ordered (item, what for, what prices it), what is to be done."""

    title: str
    address: str
    owner: str
    orders: tuple[tuple[str, str, dict[str, str]], ...] = ()
    work: tuple[tuple[WorkKind, str, Priority], ...] = ()


SITES = (
    Site(
        "Kitchen and service upgrade", "4107 Leeland St Unit B", "C-101",
        (
            ("ELE-RECON", "Electrical reconnect", {}),
            ("PLB-FIXTURE", "Plumbing fixtures, kitchen", {"fixtures": "5"}),
        ),
        ((WorkKind.READ_METER, "Read the water meter before the kitchen is opened", Priority.NORMAL),),
    ),
    Site(
        "Single-family house, new", "2208 Milam St", "C-103",
        (
            ("BLD-STRUCT", "Structural, new dwelling", {"valuation": "284000"}),
            ("ELE-TCI", "Temporary cut-in", {}),
            ("PLB-SEWER", "Sewer connection", {"quantity": "1"}),
        ),
        ((WorkKind.SEWER, "Locate the sewer tap at the curb", Priority.URGENT),),
    ),
    Site("Driveway and curb cut", "5514 Almeda Rd", "C-104", (("BLD-DRIVE", "Driveway approach", {}),)),
    Site("Restaurant hood and gas line", "1811 Polk St", "C-106", (("PLB-GAS", "Gas, 6 outlets", {"openings": "6"}),)),
    Site("Storage shed, wired", "3402 Scott St", "C-107"),
)  # fmt: skip


def fill(url: str) -> int:
    """Put the sites into a demo city whose people were just made, and return how many there are."""
    desk = open_desk(url)
    try:
        set_key(desk, "admin1")
        demo_companies.settle(desk, "supervisor1")
        demo_companies.register(desk, "clerk1", demo_people.FIRMS_NUMBER)
        return settle(desk, "clerk1")
    finally:
        desk.close()


def set_key(desk: Desk, user: str) -> str:
    """Let the demo city sign its permits, and return the id of its key; it lies where the ledger's own key does."""
    command = permit_signing.SetPermitKey("demo-permit-key")
    return permit_signing.set_permit_key(desk, staff.person(desk, user), command).value


def settle(desk: Desk, user: str) -> int:
    """Put the sites into the demo city's office, and return how many there are. No drawer is opened."""
    clerk = staff.person(desk, user)
    keys = (f"demo-projects-{n}" for n in range(10_000))
    for site in SITES:
        _build(desk, clerk, site, keys)
    return len(SITES)


def _build(desk: Desk, clerk: Actor, site: Site, keys: Iterator[str]) -> None:
    opened = projects.OpenProject(next(keys), site.title, site.address, site.owner)
    number = projects.open_project(desk, clerk, opened).value.number
    for item, words, priced in site.orders:
        asked = {one.name for one in desk.catalogue.item(item).version_on(desk.today()).inputs}
        known = {"project_number": number, "service_address": site.address, **priced}
        line = CartLine(item, {name: value for name, value in known.items() if name in asked})
        command = orders.PrepareOrder(next(keys), (line,), number, memo=words, demo_inputs=True)
        orders.prepare_order(desk, clerk, command)
    for kind, words, priority in site.work:
        subject = about.project(number)
        wanted = work_orders.OpenWorkOrder(next(keys), kind, words, site.address, subject, site.owner, priority)
        work_orders.open_work_order(desk, clerk, wanted)
