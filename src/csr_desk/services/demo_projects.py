"""The demo city's building sites: projects with permits, inspections, work orders and releases in every state.

Everybody in it is made up. The permits are paid at a clerk's open drawer, like any other sale.
"""

from __future__ import annotations

import json
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
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.people import Actor
from csr_desk.domain.sites import site_key
from csr_desk.domain.telling import Change, Value
from csr_desk.domain.tender import Tender, TenderKind
from csr_desk.services import sell, telling
from csr_desk.services.desk import Desk

PRICED = {"BLD-STRUCT": {"valuation": "284000"}, "PLB-FIXTURE": {"fixtures": "5"}, "PLB-GAS": {"openings": "6"}}
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
    """A project: title, address, owner, what is permitted, what is ordered (words, cents, days left), work."""

    title: str
    address: str
    owner: str
    permits: tuple[Permitted, ...] = ()
    orders: tuple[tuple[str, int, int], ...] = ()
    work: tuple[tuple[str, str, str, int], ...] = ()
    """What, priority, state, due in so many days."""
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
        (("Range hood, mechanical permit", 9_412, 27),),
        (("Set meter after release", "normal", "assigned", 2), ("Locate water tap, curb side", "urgent", "open", -1)),
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
        (("Driveway approach", 13_206, 12), ("Sewer connection", 41_977, 12)),
    ),
    Site("Driveway and curb cut", "5514 Almeda Rd", "C-104", (), (("Driveway approach", 13_206, 4),), ours=False),
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
        work=(("Street cut, restore pavement", "emergency", "started", 0),),
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
        """Sell a permit; look at the work and ask for its release."""
        inputs = {"project_number": number, "service_address": site.address, **PRICED.get(one.item, {})}
        card = Tender(TenderKind.CARD, last4="4242", authorization="A77120")
        command = sell.CompleteSale(
            self.key(), None, (CartLine(one.item, inputs),), (card,), site.title, demo_inputs=True
        )
        done = sell.complete_sale(self.desk, self.clerk, command).value
        with self.act(EventKind.PERMIT_CHANGED) as act:
            permit_no = act.number("permit")
            act.subjects += [about.project(number), about.permit(permit_no)]
            values: dict[str, Value] = {
                "project_no": number, "kind": one.item, "items": one.item, "description": one.words,
                "trade": one.trade or None, "customer_id": site.owner,
                "contractor_no": self.firm if site.ours and one.trade else None, "state": one.state,
                "issued_on": self.day(one.ago), "expires_on": self.day(one.ago - 180), "renewals": 0,
                "paid_minor": done.total, "receipt_series": done.key.series, "receipt_seq": done.key.seq,
                "receipt_line": 1,
            }  # fmt: skip
            act.add(told.added(permit, (permit_no,), values, {"inputs": "{}", **place}))
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
                "project_no": number, "mobile_home": 0, "emergency": 0, "state": state, "conditions": "[]",
                "requested_by": self.clerk.user, "requested_on": self.day(2),
                "sent_at": self.desk.now_text() if sent else None, "channel": "email" if sent else None,
                "unmatched": 0, "energised_on": self.day(0) if state == "energised" else None,
            }  # fmt: skip
            answer = "Meter can and riser are not at the permitted address" if state == "rejected" else None
            confirmation = "88214" if state == "energised" else None
            words = {**place, "premise": "1008901023456789012345", "answer": answer, "confirmation": confirmation}
            act.add(told.added(service_release, (name,), values, words))

    def order(self, site: Site, number: str, ordered: tuple[str, int, int]) -> None:
        """Prepare an order for the cashier."""
        words, cents, left = ordered
        with self.act(EventKind.ORDER_MADE) as act:
            name = act.number("order")
            act.subjects += [about.project(number), about.order(name)]
            issued = self.desk.policy.order_days - left
            values: dict[str, Value] = {
                "project_no": number, "customer_id": site.owner, "state": "open",
                "lines": json.dumps([{"name": words, "amount": cents}]), "price_date": self.day(issued),
                "issued_on": self.day(issued), "expires_on": self.day(-left), "total_minor": cents,
                "prepared_by": self.clerk.user,
            }  # fmt: skip
            act.add(told.added(sales_order, (name,), values, {"inputs": "[]", "memo": words}))

    def work(self, site: Site, number: str, wanted: tuple[str, str, str, int], place: Mapping[str, str | None]) -> None:
        """Send a crew."""
        words, priority, state, due = wanted
        with self.act(EventKind.WORK_ORDER_OPENED) as act:
            name = act.number("work_order")
            act.subjects += [about.project(number), about.work_order(name)]
            values: dict[str, Value] = {
                "kind": "field", "priority": priority, "state": state, "source": "request",
                "subject": about.project(number), "customer_id": site.owner,
                "crew": None if state == "open" else "Meter crew 2", "opened_on": self.day(3), "due_on": self.day(-due),
                "opened_by": self.clerk.user,
            }  # fmt: skip
            act.add(told.added(work_order, (name,), values, {"work": words, **place}))


def settle(desk: Desk, clerk: Actor, sites: Sequence[Site] = SITES) -> tuple[str, ...]:
    """Put the sites into the demo city; return the numbers of their projects. The clerk's drawer is open."""
    builder = _Builder(desk, clerk)
    builder.companies()
    builder.contractor()
    return tuple(builder.site(site) for site in sites)
