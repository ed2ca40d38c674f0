"""A city with companies, a project, a contractor and permits, told row by row: what the release register stands on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from csr_desk.data.models import company, contractor, contractor_paper, inspection, permit, permit_change, project
from csr_desk.data.queries import told
from csr_desk.domain import sites
from csr_desk.domain.ledger import EntryDraft, EventKey, EventKind
from csr_desk.domain.release import Kind
from csr_desk.domain.release_register import ReleaseView
from csr_desk.domain.telling import Change
from csr_desk.services import accounts, receipts, service_release_sending, service_releases, telling
from csr_desk.services.service_releases import RequestRelease, Wish
from demo_city import City

CONTRACTOR = "K26-90001-1"
ELECTRIC, GAS = "G26-9001-2", "G26-9002-0"
PROJECT = "26-990001-9"
ESI = "1008901023800009999999"
SITE = "4107 LEELAND ST B"


@dataclass
class ReleaseCity:
    """An open demo city and what was told of it."""

    city: City
    receipt: str = ""
    """What issued the permits; a receipt of the day where none is named."""
    key: EventKey | None = None

    def tell(self, *changes: Change, kind: EventKind = EventKind.PROJECT_OPENED, subjects: Sequence[str] = ()) -> None:
        """Record an entry that tells rows."""
        self.tell_numbered("", lambda _number: changes, kind, subjects)

    def tell_numbered(
        self, series: str, rows: Callable[[str], Sequence[Change]], kind: EventKind, subjects: Sequence[str] = ()
    ) -> str:
        """Record an entry that tells rows under the next number of a series."""
        desk = self.city.desk
        with desk.begin() as work:
            work.lock_series(desk.office_series)
            number, counted = telling.next_number(work.conn, desk, series, 2026) if series else ("", None)
            changes = [*([counted] if counted else []), *rows(number)]
            telling.tell(work, desk, self._draft(kind), changes, subjects)
        return number

    def change(self, table: str, key: str, **values: str | int | None) -> None:
        """Change impersonal columns of a row of the two tables that tests change."""
        known = {"permit": permit, "company": company, "contractor": contractor}[table]
        with self.city.desk.read() as work:
            row = told.record(work.conn, known, key)
        assert row is not None
        words = {name: values.pop(name) for name in ("site", "send_to", "name") if name in values}
        self.tell(told.changed(known, row, values, {name: str(word) for name, word in words.items()}))

    def permit(
        self, site: str = SITE, *, inspected: str | None = "passed", inputs: str = "{}", **more: str | int | None
    ) -> str:
        """Let a receipt have issued a reconnect permit whose inspection is passed."""
        values = {**self._permit_values(site), **more}
        number = self.tell_numbered(
            "permit",
            lambda number: [told.added(permit, (number,), values, {"inputs": inputs, "site": site})],
            EventKind.PERMIT_CHANGED,
        )
        if inspected:
            self.inspect(number, inspected)
        return number

    def permits(self, count: int) -> list[str]:
        """Let a receipt have issued many permits whose inspections are passed, in two entries."""
        desk = self.city.desk
        self._permit_values("")  # the receipt, before the act begins
        made: dict[str, list[Change]] = {"permit": [], "inspection": []}
        numbers: list[str] = []
        with desk.begin() as work:
            work.lock_series(desk.office_series)
            last: Change | None = None
            seen: Change | None = None
            for n in range(1, count + 1):
                site = f"{n} ELLA BLVD"
                number, issued = telling.next_number(work.conn, desk, "permit", 2026, last)
                words = {"inputs": "{}", "site": site}
                made["permit"] += [issued, told.added(permit, (number,), self._permit_values(site), words)]
                looked, passed = telling.next_number(work.conn, desk, "inspection", 2026, seen)
                values = self._inspection_values(number, "passed", "reconnect")
                made["inspection"] += [passed, told.added(inspection, (looked,), values)]
                last, seen = issued, passed
                numbers.append(number)
            for series, kind in (("permit", EventKind.PERMIT_CHANGED), ("inspection", EventKind.INSPECTION_DONE)):
                telling.tell(work, desk, self._draft(kind), made[series])
        return numbers

    def _permit_values(self, site: str) -> dict[str, str | int | None]:
        city = self.city
        self.receipt = self.receipt or city.sell(user="clerk1").number
        self.key = self.key or receipts.receipt(city.desk, city.who("clerk1"), self.receipt).key
        return {
            "project_no": PROJECT, "kind": "ELE-RECON", "items": "ELE-RECON", "description": "Reconnection",
            "trade": "electrical", "customer_id": "C-R", "contractor_no": CONTRACTOR, "order_no": None,
            "state": "issued", "issued_on": "2026-07-14", "expires_on": "2027-01-10", "renewals": 0,
            "paid_minor": 9006, "receipt_series": self.key.series, "receipt_seq": self.key.seq, "receipt_line": 1,
            "site_key": about_key(site),
        }  # fmt: skip

    def _inspection_values(self, permit_no: str, state: str, kind: str) -> dict[str, str | int | None]:
        done = self.city.desk.today().isoformat() if state in {"passed", "failed"} else None
        return {
            "permit_no": permit_no, "kind": kind, "state": state, "requested_on": "2026-07-14", "due_on": "2026-07-16",
            "inspected_on": done,
        }  # fmt: skip

    def _draft(self, kind: EventKind) -> EntryDraft:
        desk = self.city.desk
        return EntryDraft(
            series=desk.office_series, kind=kind, business_date=desk.today(), actor="clerk1", idem_key=self.city.key()
        )

    def inspect(self, permit_no: str, state: str, kind: str = "reconnect") -> str:
        """Record an inspection of a permit."""
        values = self._inspection_values(permit_no, state, kind)
        return self.tell_numbered(
            "inspection", lambda number: [told.added(inspection, (number,), values)], EventKind.INSPECTION_DONE
        )

    def fail(self, permit_no: str) -> None:
        """Let the permit fail an inspection after the one that it passed."""
        self.inspect(permit_no, "failed")

    def insure(self, until: str) -> None:
        """Change the last day of the contractor's insurance."""
        with self.city.desk.read() as work:
            row = told.record(work.conn, contractor_paper, CONTRACTOR, 2)
        assert row is not None
        self.tell(told.changed(contractor_paper, row, {"expires_on": until}), kind=EventKind.CONTRACTOR_CHANGED)

    def mails(self) -> list[dict[str, object]]:
        """The messages of the outbox, in order."""
        with self.city.desk.read() as work:
            rows = work.conn.exec_driver_sql("SELECT * FROM outbox ORDER BY message_no").mappings().all()
        return [dict(row) for row in rows]

    def owe(self, permit_no: str, cents: int) -> None:
        """Let a supplement be due on a permit."""
        values: dict[str, str | int | None] = {
            "kind": "amendment", "state": "due", "on_date": "2026-07-14", "amount_minor": cents,
        }  # fmt: skip
        self.tell(told.added(permit_change, (permit_no, 1), values), kind=EventKind.PERMIT_CHANGED)

    def ask(self, permit_no: str = "", **more: object) -> ReleaseView:
        """Ask for a reconnect on a permit."""
        told_of: dict[str, object] = {"premise": ESI, **more}
        wish = Wish(Kind.RECONNECT, ELECTRIC, permit_no, **told_of)  # type: ignore[arg-type]
        command = RequestRelease(self.city.key(), wish)
        return service_releases.request_release(self.city.desk, self.city.who("clerk1"), command).value

    def send(self, number: str, **more: object) -> ReleaseView:
        """Send a release."""
        command = service_release_sending.SendRelease(self.city.key(), number, **more)  # type: ignore[arg-type]
        return service_release_sending.send_release(self.city.desk, self.city.who("clerk1"), command).value


def about_key(site: str) -> str:
    """What all writings of an address have in common."""
    return sites.site_key(site)


def lay_out(city: City, receipt: str = "") -> ReleaseCity:
    """Tell two companies, a customer, a project, a contractor with valid papers; open a drawer without a receipt."""
    made = ReleaseCity(city, receipt)
    if not receipt:
        city.open("clerk1", "HPC-1")
    accounts.add_customer(
        city.desk, city.who("clerk1"), accounts.NewCustomer(city.key(), "María Álvarez", "es", number="C-R")
    )
    made.tell(*_companies(), kind=EventKind.COMPANY_CHANGED)
    made.tell(*_contractor("2027-06-30"), kind=EventKind.CONTRACTOR_CHANGED)
    opened = date(2026, 7, 14).isoformat()
    values: dict[str, str | int | None] = {
        "site_key": about_key(SITE), "customer_id": "C-R", "contractor_no": CONTRACTOR, "state": "open",
        "opened_on": opened, "opened_by": "clerk1",
    }  # fmt: skip
    made.tell(told.added(project, (PROJECT,), values, {"title": "Storm repair", "site": SITE}))
    return made


def _companies() -> tuple[Change, ...]:
    def one(number: str, name: str, values: Mapping[str, str | int | None]) -> Change:
        return told.added(company, (number,), {"active": 1, "channel": "email", **values}, {
            "name": name, "send_to": f"releases@{number.casefold()}.example.com",
        })  # fmt: skip

    return (
        one(ELECTRIC, "CenterPoint Energy", {"kind": "electric", "premise_code": "1008901", "send_at": "16:30"}),
        one(GAS, "Bayou Gas", {"kind": "gas", "channel": "portal"}),
    )


def _contractor(insured_until: str) -> tuple[Change, ...]:
    number = CONTRACTOR
    register = told.added(contractor, (number,), {
        "customer_id": "C-R", "trades": "electrical", "state": "active", "since": "2020-01-01",
    })  # fmt: skip
    papers = [
        told.added(
            contractor_paper, (number, n), {"kind": kind, "expires_on": until, "state": "valid"}, {"number": f"TX-{n}"}
        )
        for n, (kind, until) in enumerate((("licence", "2027-06-30"), ("insurance", insured_until)), 1)
    ]  # fmt: skip
    return (register, *papers)
