"""Owners, a contractor and building sites in every state, for tests and pictures of the projects page.

Everybody in it is made up. The permits are issued by sales at a clerk's open drawer; what took days or ran out is told
as it stands, because a test does not wait for half a year.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from csr_desk.data.models import (
    company,
    contractor,
    contractor_paper,
    inspection,
    permit,
    project,
    sales_order,
    service_release,
    work_order,
)
from csr_desk.data.queries import told
from csr_desk.data.unit_of_work import Work
from csr_desk.domain import about
from csr_desk.domain.cart_lines import CartLine
from csr_desk.domain.customers import CustomerForm, CustomerKind
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.orders import write_lines
from csr_desk.domain.people import Actor
from csr_desk.domain.sites import site_key
from csr_desk.domain.telling import Change, Value
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import customers_entry, permits, sell, staff, telling
from csr_desk.services.desk import Desk

OWNERS = {
    "C-101": "ÁLVAREZ, María",
    "C-103": "Tran, Minh",
    "C-104": "OKAFOR, Chidi",
    "C-105": "Nguyễn, Thị Hoa",
    "C-106": "GUTIERREZ, José Luis",
    "C-107": "Johnson, Dorothy Mae",
}
LEELAND, MILAM, ALMEDA, BELLAIRE, POLK, SCOTT = range(6)
"""The sites, as places in what ``build`` returns."""

PRICED = {
    "BLD-STRUCT": {"valuation": "284000"}, "PLB-FIXTURE": {"fixtures": "5"}, "PLB-GAS": {"openings": "6"},
    "ELE-OUTLET": {"quantity": "6"}, "PLB-SEWER": {"quantity": "1"},
}  # fmt: skip
"""What prices a permit; the rest of what is asked for is filled in."""
FIRM = "C-116"
"""The electrical contractor among the demo's customers (``demo_people``)."""


@dataclass(frozen=True, slots=True)
class Permitted:
    """A permit of a site and how it stands; ``looked`` is the kind and state of its inspections, ``ago`` in days."""

    item: str
    words: str
    trade: str
    state: str = "issued"
    looked: tuple[tuple[str, str], ...] = ()
    ago: int = 0
    release: tuple[str, str] | None = None
    """The kind and state of its release."""


@dataclass(frozen=True, slots=True)
class Site:
    """A project: title, address, owner, what is permitted, what is ordered (item, words, days left), work."""

    title: str
    address: str
    owner: str
    permits: tuple[Permitted, ...] = ()
    orders: tuple[tuple[str, str, int], ...] = ()
    work: tuple[tuple[str, str, str, str, int], ...] = ()
    """Kind, what, priority, state, due in so many days."""
    ours: bool = True
    """The firm builds it."""


SITES = (
    Site(
        "Kitchen and service upgrade", "4107 Leeland St Unit B", "C-101",
        (
            Permitted(
                "ELE-RECON", "Electrical reconnect", "electrical", "inspected", (("reconnect", "passed"),), 3,
                ("reconnect", "sent"),
            ),
            Permitted("PLB-FIXTURE", "Plumbing fixtures, kitchen", "plumbing", "issued", (("rough_in", "failed"),), 9),
        ),
        (("ELE-OUTLET", "Kitchen outlets", 27),),
        (
            ("set_meter", "Set meter after release", "normal", "assigned", 2),
            ("other", "Locate water tap, curb side", "urgent", "open", -1),
        ),
    ),
    Site(
        "Single-family house, new", "2208 Milam St", "C-103",
        (
            Permitted("BLD-STRUCT", "Structural, new dwelling", "", "issued", (("foundation", "scheduled"),), 20),
            Permitted(
                "ELE-TCI", "Temporary pole", "electrical", "inspected", (("temporary_pole", "passed"),), 18,
                ("temporary_pole", "energised"),
            ),
        ),
        (("BLD-DRIVE", "Driveway approach", 12), ("PLB-SEWER", "Sewer connection", 12)),
    ),
    Site("Driveway and curb cut", "5514 Almeda Rd", "C-104", (), (("BLD-DRIVE", "Driveway approach", 4),), ours=False),
    Site(
        "Re-roof after hail", "9300 Bellaire Blvd", "C-105",
        (Permitted("BLD-STRUCT", "Re-roof, 28 squares", "", "issued", (), 190),), ours=False,
    ),
    Site(
        "Restaurant hood and gas line", "1811 Polk St", "C-106",
        (Permitted(
            "PLB-GAS", "Gas piping, 6 outlets", "plumbing", "inspected", (("final_gas", "passed"),), 6,
            ("final_gas", "rejected"),
        ),),
        work=(("street", "Street cut, restore pavement", "emergency", "started", 0),),
    ),
    Site("Storage shed, wired", "3402 Scott St", "C-107", ours=False),
)  # fmt: skip


@dataclass(slots=True)
class _Act:
    """One entry that is being made: what it tells, and what it is about."""

    desk: Desk
    work: Work
    changes: list[Change] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)

    def number(self, series: str) -> str:
        """Give out the next number of a series."""
        number, counted = telling.next_number(self.work.conn, self.desk, series, self.desk.today().year)
        self.changes.append(counted)
        return number

    def add(self, change: Change) -> None:
        """Tell a new row."""
        self.changes.append(change)


class _Builder:
    """Tells what becomes of the sites, one entry an act."""

    def __init__(self, desk: Desk, clerk: Actor) -> None:
        self.desk, self.clerk, self.done = desk, clerk, 0
        self.receipt = EventKey("", 0)
        self.firm, self.wires, self.gas = "", "", ""

    def key(self) -> str:
        """Return the key of the next act; the same for the same demo."""
        self.done += 1
        return f"demo-projects-{self.done}"

    def day(self, ago: int) -> str:
        """Return a day as text, so many days ago."""
        return (self.desk.today() - timedelta(days=ago)).isoformat()

    @contextmanager
    def act(self, kind: EventKind) -> Iterator[_Act]:
        """Record an entry with what is gathered within."""
        key = self.key()
        with self.desk.begin() as work:
            work.lock_series(self.desk.office_series)
            act = _Act(self.desk, work)
            yield act
            draft = EntryDraft(
                series=self.desk.office_series, kind=kind, business_date=self.desk.today(), actor=self.clerk.user,
                idem_key=key, content_hash=key,
            )  # fmt: skip
            telling.tell(work, self.desk, draft, act.changes, act.subjects)

    def line(self, item: str, site: Site, number: str) -> CartLine:
        """Return an item for a site: what the item asks for of the project is filled in truly."""
        known = {"project_number": number, "service_address": site.address, **PRICED.get(item, {})}
        asked = {one.name for one in self.desk.catalogue.item(item).version_on(self.desk.today()).inputs}
        return CartLine(item, {name: value for name, value in known.items() if name in asked})

    # ---- whom the sites need

    def companies(self) -> None:
        """Enter the utilities."""
        for name, kind, code in (("CenterPoint Energy", "electric", "1008901"), ("Bayou Gas", "gas", None)):
            with self.act(EventKind.COMPANY_CHANGED) as act:
                number = act.number("company")
                act.subjects.append(about.company(number))
                values: dict[str, Value] = {"kind": kind, "channel": "email", "active": 1, "premise_code": code}
                act.add(told.added(company, (number,), values, {"name": name, "send_to": "releases@example.com"}))
            if kind == "electric":
                self.wires = number
            else:
                self.gas = number

    def contractor(self) -> None:
        """Register the firm; its insurance ran out last week."""
        with self.act(EventKind.CONTRACTOR_CHANGED) as act:
            self.firm = act.number("contractor")
            act.subjects.append(about.contractor(self.firm))
            values = {
                "customer_id": FIRM, "trades": "electrical plumbing", "state": "active", "since": self.day(900),
            }  # fmt: skip
            act.add(told.added(contractor, (self.firm,), values, {}))
            for n, (kind, number, ends) in enumerate(
                (("licence", "TECL 30417", -200), ("insurance", "GL-88120-26", 6)), start=1
            ):
                values = {"kind": kind, "expires_on": self.day(ends), "state": "valid"}
                words = {"number": number, "issuer": "Texas" if kind == "licence" else "Gulf Mutual"}
                act.changes.append(told.added(contractor_paper, (self.firm, n), values, words))

    # ---- a site

    def site(self, site: Site) -> str:
        """Open a project with everything beneath it; return its number."""
        place: dict[str, str | None] = {"site": site.address, "site_key": site_key(site.address)}
        with self.act(EventKind.PROJECT_OPENED) as act:
            number = act.number(telling.PROJECT)
            act.subjects += [about.project(number), about.customer(site.owner)]
            values: dict[str, Value] = {
                "customer_id": site.owner, "contractor_no": self.firm if site.ours else None, "state": "open",
                "opened_on": self.day(site.permits[0].ago + 1 if site.permits else 1), "opened_by": self.clerk.user,
            }  # fmt: skip
            act.add(told.added(project, (number,), values, {"title": site.title, **place}))
        for one in site.permits:
            self.permit(site, number, one, place)
        for words, cents, left in site.orders:
            self.order(site, number, (words, cents, left))
        for work in site.work:
            self.work(site, number, work, place)
        return number

    def permit(self, site: Site, number: str, one: Permitted, place: Mapping[str, str | None]) -> None:
        """Sell a permit, which the sale issues; look at the work and ask for its release."""
        card = Tender(TenderKind.CARD, last4="4242", authorization="A77120")
        command = sell.CompleteSale(
            self.key(), None, (self.line(one.item, site, number),), (card,), site.title, demo_inputs=True
        )
        done = sell.complete_sale(self.desk, self.clerk, command).value
        permit_no = permits.numbers_of(self.desk, done.key)[0]
        with self.act(EventKind.PERMIT_CHANGED) as act:
            act.subjects += [about.project(number), about.permit(permit_no)]
            row = told.record(act.work.conn, permit, permit_no, lock=True)
            values: dict[str, Value] = {
                "description": one.words, "customer_id": site.owner, "state": one.state, "project_no": number,
                "contractor_no": self.firm if site.ours and one.trade else None, "issued_on": self.day(one.ago),
                "expires_on": self.day(one.ago - 180),
            }  # fmt: skip
            act.add(told.changed(permit, row or {}, values))
        for kind, state in one.looked:
            self.inspection(number, permit_no, (kind, state), one.ago)
        if one.release is not None:
            self.release(number, permit_no, one.release, place)

    def inspection(self, number: str, permit_no: str, looked: tuple[str, str], ago: int) -> None:
        """Ask for an inspection, and record its result where there is one."""
        kind, state = looked
        over = state in {"passed", "failed"}
        with self.act(EventKind.INSPECTION_REQUESTED) as act:
            name = act.number("inspection")
            act.subjects += [about.project(number), about.permit(permit_no), about.inspection(name)]
            values: dict[str, Value] = {
                "permit_no": permit_no, "kind": kind, "state": state, "requested_on": self.day(ago),
                "due_on": self.day(ago - 2), "scheduled_on": self.day(-1) if state == "scheduled" else None,
                "inspected_on": self.day(ago - 2) if over else None,
            }  # fmt: skip
            failed = "Nail plates missing at the sink wall" if state == "failed" else None
            words = {"inspector": "R. Delgado", "result": failed or ("In order" if over else None)}
            act.add(told.added(inspection, (name,), values, words))

    def release(self, number: str, permit_no: str, asked: tuple[str, str], place: Mapping[str, str | None]) -> None:
        """Ask a utility to give service."""
        kind, state = asked
        sent = state in {"sent", "confirmed", "energised", "rejected"}
        with self.act(EventKind.RELEASE_REQUESTED) as act:
            name = act.number("release")
            act.subjects += [about.project(number), about.permit(permit_no), about.release(name)]
            values: dict[str, Value] = {
                "kind": kind, "company_id": self.gas if kind == "final_gas" else self.wires, "permit_no": permit_no,
                "project_no": number, "mobile_home": 0, "emergency": 0, "state": state,
                "conditions": '{"met":[],"missing":[]}',
                "requested_by": self.clerk.user, "requested_on": self.day(2),
                "sent_at": self.desk.now_text() if sent else None, "channel": "email" if sent else None,
                "unmatched": 0, "energised_on": self.day(0) if state == "energised" else None,
            }  # fmt: skip
            answer = "Meter can and riser are not at the permitted address" if state == "rejected" else None
            confirmation = "88214" if state == "energised" else None
            words = {**place, "premise": "1008901023456789012345", "answer": answer, "confirmation": confirmation}
            act.add(told.added(service_release, (name,), values, words))

    def order(self, site: Site, number: str, ordered: tuple[str, str, int]) -> None:
        """Prepare an order for the cashier."""
        item, words, left = ordered
        wanted = sell.Quote((self.line(item, site, number),), (), self.desk.today(), demo_inputs=True)
        priced = sell.quote(self.desk, self.clerk, wanted).cart
        lines, keyed = write_lines(priced.lines)
        with self.act(EventKind.ORDER_MADE) as act:
            name = act.number("order")
            act.subjects += [about.project(number), about.order(name)]
            issued = self.desk.policy.order_days - left
            values: dict[str, Value] = {
                "project_no": number, "customer_id": site.owner, "state": "open", "lines": lines,
                "price_date": self.day(issued), "issued_on": self.day(issued), "expires_on": self.day(-left),
                "total_minor": priced.total, "prepared_by": self.clerk.user,
            }  # fmt: skip
            act.add(told.added(sales_order, (name,), values, {"inputs": keyed, "memo": words}))

    def work(
        self, site: Site, number: str, wanted: tuple[str, str, str, str, int], place: Mapping[str, str | None]
    ) -> None:
        """Send a crew."""
        kind, words, priority, state, due = wanted
        with self.act(EventKind.WORK_ORDER_OPENED) as act:
            name = act.number("work_order")
            act.subjects += [about.project(number), about.work_order(name)]
            values: dict[str, Value] = {
                "kind": kind, "priority": priority, "state": state, "source": "hand",
                "subject": about.project(number), "customer_id": site.owner,
                "crew": None if state == "open" else "Meter crew 2", "opened_on": self.day(3), "due_on": self.day(-due),
                "opened_by": self.clerk.user,
            }  # fmt: skip
            act.add(told.added(work_order, (name,), values, {"work": words, **place}))


def settle(desk: Desk, user: str, sites: Sequence[Site] = SITES) -> tuple[str, ...]:
    """Put the sites into the demo city; return the numbers of their projects. The drawer of ``user`` is open."""
    builder = _Builder(desk, staff.person(desk, user))
    builder.companies()
    builder.contractor()
    return tuple(builder.site(site) for site in sites)


def build(desk: Desk, user: str) -> tuple[str, ...]:
    """Enter the people and build; return the numbers of the projects. The drawer of ``user`` is open."""
    clerk = staff.person(desk, user)
    for number, name in OWNERS.items():
        command = customers_entry.EnterCustomer(f"enter {number}", CustomerForm(name), number)
        customers_entry.enter_customer(desk, clerk, command)
    firm = CustomerForm("ALVAREZ ELECTRIC LLC", CustomerKind.FIRM)
    customers_entry.enter_customer(desk, clerk, customers_entry.EnterCustomer("enter firm", firm, FIRM))
    return settle(desk, user)
